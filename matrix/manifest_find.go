package matrix

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"raci/matrix/source"
)

// manifestParts are keys that a manifest has and hardly any other file of YAML.
var manifestParts = []string{"organization", "system", "parties"}

// IsManifest reports whether a file of YAML or JSON is meant as a manifest, whether or
// not it can be read without an error: it has two of the keys organization, system
// and parties, or "version: 1" beside services. Of what cannot be parsed, in whatever
// encoding, the lines say it. A stored matrix, which names its schema, is none.
func IsManifest(data []byte) bool {
	keys, ok := source.TopKeys(data)
	if !ok {
		return looksLikeManifest(data)
	}
	has := func(key string) bool { _, ok := keys[key]; return ok }
	parts := slices.DeleteFunc(slices.Clone(manifestParts), func(key string) bool { return !has(key) })
	return (len(parts) > 1 || keys["version"] == "1" && has("services")) && !strings.HasPrefix(keys["schema"], "raci/")
}

func looksLikeManifest(data []byte) bool {
	// What is left of ASCII in UTF-16 and UTF-32 without the zeros is ASCII.
	data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte{0}, nil), []byte("\r"), []byte("\n"))
	found := 0
	for _, key := range manifestParts {
		if keyLine(key).Match(data) {
			found++
		}
	}
	return (found > 1 || versionLine.Match(data) && keyLine("services").Match(data)) && !matrixLine.Match(data)
}

// keyStart is what stands before a key at the beginning of a line or in a map of JSON.
const keyStart = `(?m)(?:^|[{,\x{85}])[\s\x{FEFF}\x{FFFE}\xFF\xFE-]*["']?`

func keyLine(key string) *regexp.Regexp { return regexp.MustCompile(keyStart + key + `["']?\s*:`) }

var (
	versionLine = regexp.MustCompile(keyStart + `version["']?\s*:\s*(?:[&!]\S+\s+)*["']?1["']?\s*(?:[,#}]|$)`)
	matrixLine  = regexp.MustCompile(keyStart + `schema["']?\s*:\s*["']?raci/`)
)
