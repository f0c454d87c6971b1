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
	return strings.Join(strings.Fields(norm.NFKC.String(cases.Fold().String(norm.NFKC.String(name)))), " ")
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
