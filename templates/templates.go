// Package templates embeds the catalog that ships with raci: see README.md
// beside this file. It does nothing else.
package templates

import "embed"

// FS holds the catalog's files.
//
//go:embed catalog.yaml controls.yaml programs.yaml facts.yaml index.json models variants services frameworks starters
var FS embed.FS
