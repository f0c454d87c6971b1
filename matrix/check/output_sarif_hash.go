package check

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"raci/matrix/source"
)

// sarifHash is the same when lines move, when a group gains or loses rows of the
// same entry, and when a count in a message changes. A number that is a name, such as
// that of an entry or of a requirement, stays. The location names the file.
func sarifHash(g *group) string {
	about := ""
	if g.aboutRows() {
		about = "entry\x00" + g.entry()
	} else {
		about = withoutCounts(g.Message)
	}
	sum := sha256.Sum256([]byte(g.Rule + "\x00" + about))
	return fmt.Sprintf("%x", sum[:16])
}

// entry returns what the rows of the group belong to, or "" where they differ.
func (g *group) entry() string {
	of := func(row string) string { return row[:max(strings.LastIndexByte(row, '/'), 0)] }
	first := of(g.Row)
	if slices.ContainsFunc(g.all, func(x source.Diagnostic) bool { return of(x.Row) != first }) {
		return ""
	}
	return first
}

// countPhrases are the phrases of messages that say how many, or in which line: what may
// change while the finding stays the same. The words around a number tell it from a
// number that is a name, as in "nobody owns 12". TestSARIFCounts wants a phrase here
// for each number that a message can have.
var countPhrases = regexp.MustCompile(strings.Join([]string{
	`\bline \d+`,
	`\band \d+ more\b`,
	`\bfor \d+ other ends?\b`,
	`\bholds \d+ of \d+ As(?:, more than \d+ percent)?$`,
	`^\d+ parties are consulted\b`,
	`\binformed of \d+ rows\b`,
	`\ball \d+ (?:rows|duties)\b`, `\bthe row it selects\b`,
	`\b\d+ days after the manifest's date$`,
	`\btext has \d+ characters; at most \d+ fit\b`,
	`^(?:the matrix of|the texts of all) \d+ .*`, // an error: it is too large
	`^the requirements of the chosen frameworks would be answered by \d+ .*`,
	`^\d+ more findings? (?:is|are) not in this file.*`,
	`\bmore than \d+ months before the manifest's date$`,
}, "|"))

func withoutCounts(message string) string { return countPhrases.ReplaceAllString(message, "#") }
