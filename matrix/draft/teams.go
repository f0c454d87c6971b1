package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"raci/matrix"
	"raci/matrix/source"
)

// teams are the parties of a draft, and what they hold.
type teams struct {
	parties     []matrix.Party
	accountable string
	busy        map[string]bool // own an entry, or perform a duty
}

// newTeams takes the starter's parties, or those given and the starter's
// first one, which is accountable. Somebody else must do the work: where only
// the accountable party is given, the starter's second one joins it.
func newTeams(starter *matrix.Manifest, given []string) (t *teams, problems source.Diagnostics) {
	t = &teams{accountable: starter.Parties[0].ID, busy: map[string]bool{}}
	if len(given) == 0 {
		t.parties = starter.Parties
		return t, nil
	}
	for _, g := range given {
		party, more := ReadTeam(g)
		switch {
		case more != nil:
			problems = append(problems, more...)
		case t.find(party.ID):
			problems = append(problems, draftError("give each its own", "two teams have the id %q", party.ID)...)
		case party.ID != t.accountable && strings.EqualFold(party.ID, t.accountable):
			problems = append(problems, draftError(fmt.Sprintf("write %q for the one who answers for each duty, or choose another id", t.accountable),
				"the id %q of a team looks like %q", party.ID, t.accountable)...)
		default:
			t.parties = append(t.parties, party)
		}
	}
	if !t.find(t.accountable) {
		t.parties = slices.Insert(t.parties, 0, starter.Parties[0])
	}
	if len(t.parties) == 1 {
		t.parties = append(t.parties, starter.Parties[1])
	}
	return t, problems
}

// withContact is a name and an address, as in a letter's head.
var withContact = regexp.MustCompile(`^([^<>]*?)\s*<([^<>]*)>$`)

// ReadTeam reads NAME, from which it makes the id, or ID=NAME, each with an address
// behind it: Data Team <data@example.org>.
func ReadTeam(s string) (matrix.Party, source.Diagnostics) {
	id, name, hasID := strings.Cut(s, "=")
	if strings.Contains(id, "<") { // it stands in the address
		name, hasID = s, false
	}
	if !hasID {
		name = s
	}
	name, contact := strings.TrimSpace(name), ""
	m := withContact.FindStringSubmatch(name)
	if m != nil {
		name, contact = m[1], strings.TrimSpace(m[2])
	}
	if !hasID {
		id = idOf(name)
	}
	id = strings.TrimSpace(id)
	switch {
	case m != nil && contact == "":
		return matrix.Party{}, draftError("write an address there, or remove it", "the team %q has nothing between < and >", s)
	case id == "" || name == "":
		return matrix.Party{}, draftError("write it as ID=NAME, for example data=\"Data Platform\"", "the team %q has no id or no name", s)
	}
	return matrix.Party{ID: id, Name: name, Contact: contact}, nil
}

// idOf makes an id of a name: its letters and digits, in lower case, with
// hyphens between the words.
func idOf(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c)
	})
	return strings.Join(words, "-")
}

func (t *teams) find(id string) bool {
	return slices.ContainsFunc(t.parties, func(p matrix.Party) bool { return p.ID == id })
}

// ownerOr returns the team with this id, or else the first one that is not
// the accountable party. That team has something to do from now on.
func (t *teams) ownerOr(id string) string {
	if !t.find(id) || id == t.accountable {
		i := slices.IndexFunc(t.parties, func(p matrix.Party) bool { return p.ID != t.accountable })
		id = t.parties[i].ID
	}
	t.busy[id] = true
	return id
}

func (t *teams) partiesText() string {
	lines := []string{"parties:"}
	for _, p := range t.parties {
		value := yamlText(p.Name)
		if p.Contact != "" {
			value = fmt.Sprintf("{name: %s, contact: %s}", value, yamlText(p.Contact))
		}
		lines = append(lines, fmt.Sprintf("  %s: %s", yamlText(p.ID), value))
	}
	return strings.Join(lines, "\n")
}

func (t *teams) assignText() string {
	return `assign:
  # Duties of the organization as a whole have no owner: a rule names who does
  # them.
  - entry: organization
    responsible: ` + yamlText(t.ownerOr("security"))
}

// defaultsText informs the teams that would have no letter.
func (t *teams) defaultsText() string {
	text := "defaults:\n  accountable: " + yamlText(t.accountable)
	var unnamed []string
	for _, p := range t.parties {
		if p.ID != t.accountable && !t.busy[p.ID] {
			unnamed = append(unnamed, p.ID)
		}
	}
	if len(unnamed) > 0 {
		text += "\n  # They own nothing yet. Make them owners, or name them in rules.\n  informed: " + yamlList(unnamed)
	}
	return text
}

// replaceOwners replaces owners in the starter's text that are not among the teams.
func (t *teams) replaceOwners(text string, uses []matrix.Use) string {
	lines := strings.Split(text, "\n")
	for _, u := range uses {
		at := u.Owner.At
		before, after := lines[at.Line-1][:at.Col-1], lines[at.Line-1][at.Col-1+len(u.Owner.ID):]
		lines[at.Line-1] = before + yamlText(t.ownerOr(u.Owner.ID)) + after
	}
	return strings.Join(lines, "\n")
}
