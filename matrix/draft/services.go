// Package draft makes the text of a manifest that somebody begins with: from one
// of the starters that ship, filled in with answers.
package draft

import (
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// DefaultStarter is the id of the starter where none is named.
const DefaultStarter = "web"

// Draft is what a starter is filled in with. What is empty stays as it is in
// the starter.
type Draft struct {
	Starter              string
	System, Organization string
	Teams                []string // ID=NAME
	Services             []string // SERVICE[/VARIANT...]
	Frameworks           []string // ID[/BASELINE], or none
}

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
	text, _ := readStarter(shipped, id)
	title, _, _ := bytes.Cut(text, []byte("\n"))
	return string(bytes.TrimPrefix(title, []byte("# ")))
}

func readStarter(shipped catalog.Layer, id string) ([]byte, source.Diagnostics) {
	text, err := fs.ReadFile(shipped.FS, "starters/"+id+".yaml")
	if err != nil {
		ids := Starters(shipped)
		return nil, draftError(source.DidYouMean(id, ids, "the starters are "+strings.Join(ids, ", ")), "unknown starter %q", id)
	}
	return text, nil
}

// draftError says what is wrong with a draft. No line of a file is to blame.
func draftError(hint, format string, args ...any) source.Diagnostics {
	return source.Diagnostics{{Message: fmt.Sprintf(format, args...), Hint: hint}}
}

// Text replaces sections of the starter's text. All else, with its comments,
// stays as it is. Diagnostics have no place.
func (d *Draft) Text(shipped catalog.Layer) ([]byte, source.Diagnostics) {
	if problems := d.check(); problems != nil {
		return nil, problems
	}
	starter, problems := readStarter(shipped, d.Starter)
	if problems != nil {
		return nil, problems
	}
	text := string(starter)
	if len(d.Teams)+len(d.Services) > 0 {
		if text, problems = d.fillServices(shipped, starter); problems != nil {
			return nil, problems
		}
	}
	if d.Organization != "" {
		text = replaceSection(text, "organization", "organization: "+yamlText(d.Organization))
	}
	if d.System != "" {
		text = replaceSection(text, "system", "system: "+yamlText(d.System))
	}
	if len(d.Frameworks) > 0 {
		text = replaceSection(text, "frameworks", frameworksText(d.Frameworks))
	}
	return []byte(text), nil
}

// fillServices fills in the teams and the services. The starter's rules speak
// of its own, so a general one takes their place.
func (d *Draft) fillServices(shipped catalog.Layer, text []byte) (string, source.Diagnostics) {
	starter, problems := matrix.ParseManifest(d.Starter+".yaml", text)
	if problems != nil {
		return "", problems
	}
	cat, problems := catalog.Open(shipped)
	if problems != nil {
		return "", problems
	}
	entries, problems := readEntries(cat, d.Services)
	if problems != nil {
		return "", problems
	}
	t, problems := newTeams(starter, d.Teams)
	if problems != nil {
		return "", problems
	}
	filled := t.replaceOwners(string(text), starter.Uses)
	if len(entries) > 0 {
		t.busy = map[string]bool{}
		_, filled, _ = strings.Cut(filled, "\n") // the title speaks of the starter's services
		filled = replaceSection(filled, "services", t.servicesText(entries))
	}
	filled = replaceSection(filled, "parties", t.partiesText())
	filled = replaceSection(filled, "assign", t.assignText())
	return replaceSection(filled, "defaults", t.defaultsText()), nil // last: it knows who holds no letter yet
}

// check finds what YAML cannot carry.
func (d *Draft) check() (problems source.Diagnostics) {
	for _, s := range slices.Concat([]string{d.System, d.Organization}, d.Teams, d.Services, d.Frameworks) {
		if !utf8.ValidString(s) {
			problems = append(problems, draftError("write it in UTF-8", "%q is not UTF-8 text", s)...)
		}
	}
	return problems
}

// replaceSection replaces a top-level key with its value: the line that begins
// with the key, and the indented lines below it.
func replaceSection(text, key, with string) string {
	section := regexp.MustCompile(`(?m)^` + key + `:.*\n(?: .*\n)*`)
	return section.ReplaceAllLiteralString(text, with+"\n")
}

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

func frameworksText(ids []string) string {
	if len(ids) == 1 && ids[0] == "none" {
		return "frameworks: []"
	}
	return "frameworks: " + yamlList(ids)
}

func yamlList(items []string) string {
	quoted := make([]string, len(items))
	for i, s := range items {
		quoted[i] = yamlText(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// teams are the parties of a draft, and what they hold.
type teams struct {
	parties     []matrix.Party
	accountable string
	busy        map[string]bool // own an entry, or perform a duty
}

// newTeams takes the starter's parties, or those given and the starter's
// first one, which is accountable. Somebody else must do the work: where only
// the accountable party is given, the starter's second one joins it.
func newTeams(starter *matrix.Manifest, given []string) (*teams, source.Diagnostics) {
	t := &teams{accountable: starter.Parties[0].ID, busy: map[string]bool{}}
	if len(given) == 0 {
		t.parties = starter.Parties
		return t, nil
	}
	for _, g := range given {
		party, problems := readTeam(g)
		if problems != nil {
			return nil, problems
		}
		if t.find(party.ID) {
			return nil, draftError("give each its own", "two teams have the id %q", party.ID)
		}
		t.parties = append(t.parties, party)
	}
	if !t.find(t.accountable) {
		t.parties = slices.Insert(t.parties, 0, starter.Parties[0])
	}
	if len(t.parties) == 1 {
		t.parties = append(t.parties, starter.Parties[1])
	}
	return t, nil
}

// readTeam reads ID=NAME, or a name from which it makes the id.
func readTeam(s string) (matrix.Party, source.Diagnostics) {
	id, name, ok := strings.Cut(s, "=")
	if !ok {
		name, id = s, idOf(s)
	}
	id, name = strings.TrimSpace(id), strings.TrimSpace(name)
	if id == "" || name == "" {
		return matrix.Party{}, draftError("write it as ID=NAME, for example data=\"Data Platform\"", "the team %q has no id or no name", s)
	}
	return matrix.Party{ID: id, Name: name}, nil
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
		lines = append(lines, fmt.Sprintf("  %s: %s", yamlText(p.ID), yamlText(p.Name)))
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

// entry is one use of a service in a draft.
type entry struct {
	service  *catalog.Service
	name     string
	variants []string
	assumed  bool
}

// readEntries reads SERVICE/VARIANT... for each entry. The error holds the
// problems of all.
func readEntries(cat *catalog.Catalog, services []string) (entries []entry, problems source.Diagnostics) {
	taken := map[string]bool{}
	for _, text := range services {
		e, more := readEntry(cat, text)
		if more != nil {
			problems = append(problems, more...)
			continue
		}
		name := e.name
		for n := 2; taken[e.name]; n++ {
			e.name = fmt.Sprintf("%s-%d", name, n)
		}
		taken[e.name] = true
		entries = append(entries, e)
	}
	return entries, problems
}

func readEntry(cat *catalog.Catalog, text string) (entry, source.Diagnostics) {
	parts := strings.Split(text, "/")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	n, problems := cat.Lookup(source.Ref{ID: strings.Join(parts, "/")})
	if problems != nil {
		return entry{}, problems
	}
	r, problems := cat.Resolve(n.Service, n.Variants)
	if problems != nil {
		return entry{}, problems
	}
	e := entry{service: n.Service, assumed: len(r.Assumed) > 0}
	for _, v := range r.Variants {
		e.variants = append(e.variants, v.ID)
	}
	e.name = strings.Join(append([]string{n.Service.ID}, e.variants...), "-")
	return e, nil
}

// ownerIDs are the usual ids of the teams that own the services of a category.
var ownerIDs = map[string]string{
	"security, identity and compliance": "security",
	"databases":                         "data",
	"storage":                           "data",
	"analytics":                         "data",
}

func (t *teams) servicesText(entries []entry) string {
	lines := []string{"services:"}
	for _, e := range entries {
		others := e.otherVariants()
		use := "  - use: " + e.service.ID
		if len(e.variants) == 0 && others != "" {
			use += " # variants: " + others
		}
		lines = append(lines, use, "    name: "+e.name)
		if len(e.variants) > 0 {
			lines = append(lines, "    variant: "+e.variantText(others))
		}
		lines = append(lines, "    owner: "+yamlText(t.ownerOr(ownerIDs[e.service.Category])))
	}
	return strings.Join(lines, "\n")
}

func (e *entry) variantText(others string) string {
	text := e.variants[0]
	if len(e.variants) > 1 {
		text = yamlList(e.variants)
	}
	switch {
	case e.assumed:
		return text + " # assumed; the others are " + others
	case others != "":
		return text + " # the others are " + others
	}
	return text
}

// otherVariants lists the variants of the service that are not chosen.
func (e *entry) otherVariants() string {
	var ids []string
	for _, v := range e.service.Variants {
		if !slices.Contains(e.variants, v.ID) {
			ids = append(ids, v.ID)
		}
	}
	return strings.Join(ids, ", ")
}
