package check

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// awsNames are what people call AWS.
var awsNames = []string{matrix.AWSName, "AWS", "Amazon", "Amazon.com", "Amazon AWS", "Amazon Web Services (AWS)", "Amazon Web Services, Inc.", "Amazon Web Services Inc."}

// samePartyName looks for parties that nobody can tell apart in a report. Capitals,
// blanks and forms of one character make no difference to a reader.
func samePartyName(m *input, report reporter) {
	first, aws := map[string]*matrix.Party{}, &matrix.Party{ID: catalog.AWS}
	for _, name := range awsNames {
		first[folded(name)] = aws
	}
	for i := range m.Parties {
		p := &m.Parties[i]
		if p.ID == catalog.AWS {
			continue
		}
		other := first[folded(p.Name)]
		switch {
		case other == nil:
			first[folded(p.Name)] = p
		case other == aws:
			report(partyPlace(m, p), aboutManifest(), fmt.Sprintf("the party %s is named %q, which means AWS", p.ID, p.Name))
		default:
			later, earlier := p, other
			if later.At.Line == 0 { // the catalog brings it
				later, earlier = other, p
			}
			var related []source.Related
			if earlier.At.Line > 0 {
				related = []source.Related{{At: earlier.At, Message: "it has the same name"}}
			}
			report(partyPlace(m, later), aboutManifest(), fmt.Sprintf("nobody can tell %s (%q) from %s (%q) in a report", later.ID, later.Name, earlier.ID, earlier.Name), related...)
		}
	}
}

func partyPlace(m *input, p *matrix.Party) source.Pos {
	if p.At.Line > 0 {
		return p.At
	}
	return manifestStart(m)
}

// folded returns a name without what readers do not tell apart.
func folded(name string) string {
	visible := strings.Map(func(c rune) rune {
		if source.IsInvisible(c) {
			return -1
		}
		return c
	}, norm.NFKC.String(name))
	return strings.Join(strings.Fields(norm.NFKC.String(cases.Fold().String(visible))), " ")
}

// spelling is a name that rules select by, where it stands first.
type spelling struct {
	kind, name string
	at         source.Pos
	about      subject
}

// lookAlikeNames looks for names of one kind that rules take for two, and readers
// for one. It reports each further spelling once.
func lookAlikeNames(m *input, report reporter) {
	type meaning struct{ kind, folded string }
	first, seen := map[meaning]spelling{}, map[[2]string]bool{}
	for _, s := range spellings(m) {
		if seen[[2]string{s.kind, s.name}] {
			continue
		}
		seen[[2]string{s.kind, s.name}] = true
		key := meaning{s.kind, folded(s.name)}
		other, ok := first[key]
		if !ok {
			first[key] = s
			continue
		}
		var related []source.Related
		if other.at.Line > 0 {
			related = []source.Related{{At: other.at, Message: "the other one stands here"}}
		}
		at := s.at
		if at.Line == 0 { // the catalog brings it
			at = manifestStart(m)
		}
		format := "the %s %q and %q are two, and look like one"
		if norm.NFC.String(other.name) == norm.NFC.String(s.name) {
			format = "the %s %+q and %+q are two, and look like one"
		}
		report(at, s.about, fmt.Sprintf(format, s.kind, other.name, s.name), related...)
	}
}

// spellings are all names of the manifest's own that its rules can select by.
func spellings(m *input) []spelling {
	var list []spelling
	for _, p := range m.Parties {
		list = append(list, spelling{"ids of parties", p.ID, p.At, aboutManifest()})
	}
	for _, e := range m.Environments {
		list = append(list, spelling{"environments", e.ID, e.At, aboutEnvironment(e.ID)})
	}
	for _, a := range m.Accounts {
		list = append(list, spelling{"accounts", a.ID, a.At, aboutAccount(a.ID)})
	}
	for i := range m.Entries {
		e := &m.Entries[i]
		list = append(list, spelling{"names of entries", e.Name, e.At, aboutEntry(e)})
		for _, name := range e.Environments {
			list = append(list, spelling{"environments", name, e.At, aboutEnvironment(name)})
		}
		for _, id := range e.Accounts {
			list = append(list, spelling{"accounts", id, e.At, aboutAccount(id)})
		}
		for _, tag := range e.Tags {
			list = append(list, spelling{"tags", tag, e.At, aboutTag(tag)})
		}
	}
	return list
}

// unknownRule looks at the rules that the manifest chooses, which only this package
// knows.
func unknownRule(m *input, report reporter) {
	for _, r := range m.Check.Rules {
		if !slices.Contains(m.known, r.ID) {
			report(r.At, aboutManifest(), fmt.Sprintf("there is no rule %q; %s", r.ID, source.DidYouMean(r.ID, m.known, "see raci check --list")))
		}
	}
}
