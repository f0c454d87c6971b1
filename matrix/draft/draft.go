// Package draft makes the text of a manifest that somebody begins with: from one
// of the starters that ship, filled in with answers.
//
// Answers name services, frameworks and teams as people write them: "Amazon
// Aurora, S3 and Lambda", "SOC 2 security; nist 800-53 moderate", "Data Team
// <data@example.org>". The text has the ids of the catalog for what they mean, and
// nothing that is only near to a name is taken for it.
package draft

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Draft is what a starter is filled in with. What is empty stays as it is in
// the starter.
type Draft struct {
	Starter              string
	System, Organization string
	Teams                []string // one each, as ReadTeam reads it
	Services             []string // each one or several, by any names, as SERVICE[/VARIANT...]
	Frameworks           []string // each one or several, by any names, as ID[/BASELINE+...]; or none
}

// Text fills the starter in. All else, with its comments, stays as it is. The
// diagnostics, which have no place, are those of all answers; the text holds the
// others.
func (d *Draft) Text(shipped catalog.Layer) ([]byte, source.Diagnostics) {
	if problems := d.check(); problems != nil {
		return nil, problems
	}
	id, text, problems := readStarter(shipped, d.Starter)
	starter, more := matrix.ParseManifest(id+".yaml", text)
	if more != nil {
		return nil, append(problems, more...)
	}
	cat, more := catalog.Open(shipped)
	if more != nil {
		return nil, append(problems, more...)
	}
	entries, more := readEntries(cat, Starters(shipped), d.Services)
	problems = append(problems, more...)
	frameworks, more := readFrameworks(cat, d.Frameworks)
	problems = append(problems, more...)
	t, more := newTeams(starter, d.Teams)
	problems = append(problems, more...)

	filled := string(text)
	if len(d.Teams)+len(entries) > 0 {
		filled = fillServices(filled, starter, t, entries)
	}
	if d.Organization != "" {
		filled = replaceSection(filled, "organization", "organization: "+yamlText(d.Organization))
	}
	if d.System != "" {
		filled = replaceSection(filled, "system", "system: "+yamlText(d.System))
	}
	if len(d.Frameworks) > 0 {
		filled = replaceSection(filled, "frameworks", "frameworks: "+yamlList(frameworks))
	}
	return []byte(filled), problems
}

// fillServices fills in the teams and the services. The starter's rules speak
// of its own, so a general one takes their place.
func fillServices(text string, starter *matrix.Manifest, t *teams, entries []entry) string {
	text = t.replaceOwners(text, starter.Uses)
	if len(entries) > 0 {
		t.busy = map[string]bool{}
		_, text, _ = strings.Cut(text, "\n") // the title speaks of the starter's services
		text = replaceSection(text, "services", t.servicesText(entries))
	}
	text = replaceSection(text, "parties", t.partiesText())
	text = replaceSection(text, "assign", t.assignText())
	return replaceSection(text, "defaults", t.defaultsText()) // last: it knows who holds no letter yet
}

// check finds what YAML cannot carry, and what cannot be seen: a name with such a
// character looks like another one.
func (d *Draft) check() (problems source.Diagnostics) {
	for what, texts := range map[string][]string{"system": {d.System}, "organization": {d.Organization}, "the team": d.Teams, "the service": d.Services, "the framework": d.Frameworks} {
		for _, s := range texts {
			i := strings.IndexFunc(s, hidden)
			switch {
			case !utf8.ValidString(s):
				problems = append(problems, draftError("write it in UTF-8", "%q is not UTF-8 text", s)...)
			case i >= 0:
				c, _ := utf8.DecodeRuneInString(s[i:])
				problems = append(problems, draftError("remove it", "%s %q contains the character U+%04X, which cannot be seen", what, s, c)...)
			}
		}
	}
	return problems.Sorted()
}

// hidden reports a character that turns the direction of others, ends a line or has
// no width. Joiners and the tags of flags, without which some names cannot be
// written, are left to the reader of manifests.
func hidden(c rune) bool {
	switch {
	case c == '\u200C' || c == '\u200D' || c >= 0xE0020 && c <= 0xE007F || unicode.Is(unicode.Prepended_Concatenation_Mark, c):
		return false
	}
	return unicode.In(c, unicode.Cf, unicode.Zl, unicode.Zp)
}

// draftError says what is wrong with a draft. No line of a file is to blame.
func draftError(hint, format string, args ...any) source.Diagnostics {
	return source.Diagnostics{{Message: fmt.Sprintf(format, args...), Hint: hint}}
}
