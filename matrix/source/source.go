// Package source reads YAML files strictly, keeps the place of every value, and
// says what is wrong with the files.
//
// The way of a file:
//
//	isText ── withStandIns ── readDirectives ── YAML library ── tree.settle ── Object, Pairs, Items ── Name, Ref, Bool ...
//
// What the library refuses and YAML 1.2 or JSON allows is marked before it reads, one
// character for one, so that no column moves. Then the tree is settled once: escapes
// are decoded, tags looked at, merge keys resolved, and keys that begin with x-
// dropped. A caller of [Reader] asks for each value that it knows; what nobody asked
// for is a [Diagnostic]. All diagnostics of a file come back together, each with a way
// out. Limits bound what a hostile file can cost.
//
// Names come composed (NFC), and hold no character that deceives: hidden.go has the
// one list of those. [Quoted] and [OneLine] keep them, and whatever else a path or a
// text may hold, from passing for a line of output.
//
// The package knows nothing about manifests, catalogs or matrices.
package source
