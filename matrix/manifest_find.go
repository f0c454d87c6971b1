package matrix

import (
	"bytes"
	"regexp"
	"slices"

	"raci/matrix/source"
)

// IsManifest reports whether a file of YAML is a manifest, whether or not it can be
// read without an error: it says "version: 1" beside "services:", or beside two of
// "organization:", "system:" and "parties:", because one whose services are
// forgotten is no other file. Of what is no YAML the lines say it. A matrix is none.
func IsManifest(data []byte) bool {
	if !bytes.Contains(data, []byte("version")) {
		return false
	}
	keys, ok := source.TopKeys(data)
	if !ok {
		return versionLine.Match(data) && servicesLine.Match(data)
	}
	has := func(key string) bool { _, ok := keys[key]; return ok }
	parts := slices.DeleteFunc([]string{"organization", "system", "parties"}, func(key string) bool { return !has(key) })
	return keys["version"] == "1" && (has("services") || len(parts) > 1) && !has("schema")
}

var (
	versionLine  = regexp.MustCompile(`(?m)^[\s{,]*"?version"?\s*:\s*1\s*(?:[,#}\r]|$)`)
	servicesLine = regexp.MustCompile(`(?m)^[\s{,]*"?services"?\s*:`)
)
