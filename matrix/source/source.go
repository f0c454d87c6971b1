// Package source reads YAML files strictly, keeps the place of every value, and
// says what is wrong with the files.
//
// A reader asks a [Document] for each value that it knows; what nobody asked
// for is a [Diagnostic]. All diagnostics of a file come back together. Limits
// bound what a hostile file can cost.
//
// The package knows nothing about manifests, catalogs or matrices.
package source
