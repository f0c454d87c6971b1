package draft

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// DefaultStarter is the id of the starter where none is named.
const DefaultStarter = "web"

// Starters returns the ids of the starters, sorted, the default one first.
func Starters(shipped catalog.Layer) []string {
	ids := []string{DefaultStarter}
	entries, _ := fs.ReadDir(shipped.FS, "starters") // embedded: it is always there
	for _, e := range entries {
		if id := strings.TrimSuffix(e.Name(), ".yaml"); id != DefaultStarter {
			ids = append(ids, id)
		}
	}
	return ids
}

// Title returns the first line of a starter, which says what it is for.
func Title(shipped catalog.Layer, id string) string {
	_, text, _ := readStarter(shipped, id)
	title, _, _ := bytes.Cut(text, []byte("\n"))
	return string(bytes.TrimPrefix(title, []byte("# ")))
}

// Starter returns a starter as a manifest: what stands where nothing else is
// answered. Of an id that is unknown it returns the default one.
func Starter(shipped catalog.Layer, id string) *matrix.Manifest {
	id, text, _ := readStarter(shipped, id)
	man, _ := matrix.ParseManifest(id+".yaml", text) // embedded: it is good
	return man
}

// readStarter returns the text of a starter, with its id: the default one beside
// the diagnostics where it is unknown.
func readStarter(shipped catalog.Layer, id string) (known string, text []byte, problems source.Diagnostics) {
	text, err := fs.ReadFile(shipped.FS, "starters/"+id+".yaml")
	if err != nil {
		ids := Starters(shipped)
		_, text, _ = readStarter(shipped, DefaultStarter)
		return DefaultStarter, text, draftError(source.DidYouMean(id, ids, "the starters are "+strings.Join(ids, ", ")), "unknown starter %q", id)
	}
	return id, text, nil
}

// replaceSection replaces a top-level key with its value: the line that begins
// with the key, and the indented lines below it.
func replaceSection(text, key, with string) string {
	section := regexp.MustCompile(`(?m)^` + key + `:.*\n(?: .*\n)*`)
	return section.ReplaceAllLiteralString(text, with+"\n")
}
