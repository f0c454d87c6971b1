// Package source is where words come from: it reads files of YAML strictly,
// keeps the place of every value, and says what is wrong with them.
//
// A reader asks a [Document] for each value that it knows; what nobody asked
// for is a [Diagnostic]. All diagnostics of a file come back together. Limits
// bound what a hostile file can cost.
//
// The package knows nothing of manifests, catalogs or matrices.
package source
