package draft

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var plainText = regexp.MustCompile(`^\pL[\pL\pN ._/-]*$`)

// yamlText writes a text such that YAML reads it as this text: quoted unless
// it is made of words that mean nothing else.
func yamlText(s string) string {
	plain := plainText.MatchString(s) && strings.TrimSpace(s) == s &&
		!slices.Contains([]string{"null", "true", "false", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(s))
	if plain {
		return s
	}
	return strconv.Quote(s) // the escapes of Go are escapes of YAML, too
}

func yamlList(items []string) string {
	quoted := make([]string, len(items))
	for i, s := range items {
		quoted[i] = yamlText(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
