package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"raci/matrix/schema"
)

func schemaCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "schema manifest|matrix|catalog",
		Short: "Print a JSON Schema, for editors and programs",
		Long: `Print a JSON Schema (2020-12) of a manifest, of the JSON format of build, or of
a service's file in a catalog. An editor with YAML support completes and checks
a manifest that names the schema in its first line:

  # yaml-language-server: $schema=manifest.schema.json

Other files of a catalog have definitions of their own in its schema: model,
variant, controls, programs, framework and version.

  # yaml-language-server: $schema=catalog.schema.json#/$defs/framework`,
		Example: `  raci schema manifest > manifest.schema.json
  raci schema matrix > matrix.schema.json`,
		ValidArgs: []string{"manifest", "matrix", "catalog"},
		Args:      argCount(1, 1, "a schema"),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := p.schema(args[0])
			if err != nil {
				return err
			}
			return schema.Write(p.out, s)
		},
	}
}

func (p *program) schema(name string) (any, error) {
	cat, err := p.openCatalog(nil)
	if err != nil {
		return nil, err
	}
	switch name {
	case "manifest":
		return schema.Manifest(cat)
	case "matrix":
		return schema.Matrix(), nil
	case "catalog":
		return schema.Catalog(cat)
	}
	return nil, fmt.Errorf("unknown schema %q; the schemas are manifest, matrix, catalog", name)
}

// manifestTopic is the manual of the manifest: raci help manifest.
func manifestTopic(*program) *cobra.Command {
	return &cobra.Command{Use: "manifest", Short: "Every key of a manifest", Long: schema.ManualText()}
}
