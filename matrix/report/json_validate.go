package report

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// validate reports what no matrix holds that was built from a manifest, so that
// checks and writers may rely on it, and puts the rows in order. An edited
// matrix may still break the rules of check: two As are a finding, not an error.
func (j *jsonReader) validate() {
	j.parties = order(j.doc.Parties, func(p *jsonParty) string { return p.ID })
	j.entries = order(j.doc.Entries, func(e *jsonEntry) string { return e.Name })
	j.frameworks = order(j.doc.Frameworks, func(f *jsonWholeFramework) string { return f.ID })
	j.checkDates()
	j.checkDigests()
	j.checkParties()
	j.checkEntries()
	j.checkPrograms()
	j.checkAppearance()
	j.checkExceptions()
	j.checkFrameworks()
	j.checkAnswerRules()
	j.checkRows()
}

// order returns the place of each name, the first of several that are equal.
func order[T any](items []T, name func(*T) string) map[string]int {
	places := make(map[string]int, len(items))
	for i := range items {
		if _, ok := places[name(&items[i])]; !ok {
			places[name(&items[i])] = i
		}
	}
	return places
}

func (j *jsonReader) checkDates() {
	d := &j.doc
	for _, day := range d.Days() {
		j.day(d.jsonHead.where, day.Key, day.Text, true)
	}
	for _, e := range d.Exceptions {
		j.day(e.where, "the end of an exception", e.Expires, true)
	}
	for _, w := range d.Check.Waivers {
		j.day(w.where, "the end of a waiver", w.Expires, false)
	}
}

func (j *jsonReader) day(at where, what, text string, optional bool) {
	if _, err := time.Parse(time.DateOnly, text); err != nil && (text != "" || !optional) {
		j.add(at, "write it as YYYY-MM-DD, for example 2026-11-21", "%s %q is not a day of the calendar", what, text)
	}
}

func (j *jsonReader) checkDigests() {
	for _, digest := range []string{j.doc.Digest, j.doc.Catalog.Digest} {
		if sum, ok := strings.CutPrefix(digest, "sha256:"); !ok || !sha256Pattern.MatchString(sum) {
			j.add(j.doc.jsonHead.where, "build the matrix again", "the digest %q is not sha256: and 64 hexadecimal digits", digest)
		}
	}
}

func (j *jsonReader) checkParties() {
	if p := j.doc.Parties; len(p) == 0 || p[0].ID != catalog.AWS || p[0].Kind != matrix.Provider {
		j.add(j.doc.jsonHead.where, "put it there", "the first of the parties must be %q, of the kind %q", catalog.AWS, matrix.Provider)
	}
	for i := range j.doc.Parties {
		p := &j.doc.Parties[i]
		switch {
		case j.parties[p.ID] != i:
			j.add(p.where, "remove one of the two", "two parties have the id %q", p.ID)
		case p.ID == "" || p.Name == "":
			j.add(p.where, "", "a party needs an id and a name")
		case i > 0 && p.Kind == matrix.Provider && p.ID != catalog.AWS: // which has its message above
			j.add(p.where, "make it an operator", "the party %q cannot be of the kind %q: only %q is", p.ID, p.Kind, catalog.AWS)
		case slices.Contains([]string{catalog.Customer, catalog.Shared, catalog.NoSplit, "*"}, p.ID):
			j.add(p.where, "choose another id", "the party id %q is reserved", p.ID)
		}
	}
}

// party reports a party that is not there.
func (j *jsonReader) party(at where, id, role string) {
	if _, ok := j.parties[id]; !ok {
		ids := names(j.doc.Parties, func(p *jsonParty) string { return p.ID })
		j.add(at, source.DidYouMean(id, ids, "the parties are "+strings.Join(ids, ", ")), "unknown party %q %s", id, role)
	}
}

func names[T any](items []T, name func(*T) string) []string { return each(items, name) }

func (j *jsonReader) checkEntries() {
	for i := range j.doc.Entries {
		e := &j.doc.Entries[i]
		switch {
		case j.entries[e.Name] != i:
			j.add(e.where, "remove one of the two", "two entries are named %q", e.Name)
		case e.Name == "" || e.Service == "":
			j.add(e.where, "", "an entry needs a name and a service")
		case e.Name == matrix.ProviderEntry || e.Name == matrix.OrganizationEntry:
			j.add(e.where, "choose another name", "the entry name %q is reserved", e.Name)
		case len(e.Variants) != len(e.VariantNames):
			j.add(e.where, "name each of its variants", "the entry %q has %d variants, and names of %d", e.Name, len(e.Variants), len(e.VariantNames))
		case e.Owner != "":
			j.party(e.where, e.Owner, "as the owner of the entry "+e.Name)
		}
	}
}

// checkAnswerRules looks at who answers for requirements.
func (j *jsonReader) checkAnswerRules() {
	if id := j.doc.Default.ID; id != "" {
		j.party(j.doc.jsonHead.where, id, "of the defaults")
	}
	for i := range j.doc.Answers {
		a := &j.doc.Answers[i]
		if a.Accountable.ID != "" {
			j.party(a.where, a.Accountable.ID, "in an answer")
		}
		for _, p := range a.Responsible {
			j.party(a.where, p.ID, "in an answer")
		}
		for _, q := range a.Requirements {
			if !j.asksFor(q.ID) {
				j.add(a.where, "remove the answer", "no framework asks for the requirement %q", q.ID)
			}
		}
	}
}

// asksFor reports whether a framework has the requirement FRAMEWORK/ID, or the
// statement.
func (j *jsonReader) asksFor(name string) bool {
	framework, id, _ := strings.Cut(name, "/")
	i, ok := j.frameworks[framework]
	if !ok {
		return false
	}
	if _, ok := j.requirements[i][id]; ok {
		return true
	}
	return slices.ContainsFunc(j.doc.Frameworks[i].Requirements, func(q jsonRequirement) bool {
		return slices.ContainsFunc(q.Statements, func(s jsonRequirement) bool { return s.ID == id })
	})
}

var (
	sha256Pattern = regexp.MustCompile(`^[0-9a-f]{64}$`)
	colorPattern  = regexp.MustCompile(`^(#[0-9A-Fa-f]{6})?$`)
)

func (j *jsonReader) checkAppearance() {
	a := &j.doc.Report
	for _, id := range a.Approvers {
		j.party(a.where, id, "among the approvers")
	}
	if !colorPattern.MatchString(a.Color) {
		j.add(a.where, "write it as #1F3A5F", "%q is not a color", a.Color)
	}
	if !slices.Contains([]string{"", matrix.PaperA4, matrix.PaperLetter}, a.Paper) {
		j.add(a.where, "use one of "+matrix.PaperA4+", "+matrix.PaperLetter, "unknown paper %q", a.Paper)
	}
	for _, c := range a.Columns {
		if !slices.Contains(matrix.ColumnIDs, c.ID) {
			j.add(c.where, source.DidYouMean(c.ID, matrix.ColumnIDs, "the columns are "+strings.Join(matrix.ColumnIDs, ", ")), "unknown column %q", c.ID)
		}
	}
	files := slices.Clone(a.Fonts)
	if a.Logo != nil {
		files = append(files, *a.Logo)
	}
	for _, f := range files {
		if f.Path == "" || !sha256Pattern.MatchString(f.SHA256) {
			j.add(f.where, "", "a file needs a path and the SHA-256 of its content, as 64 hexadecimal digits")
		}
	}
}

func (j *jsonReader) checkExceptions() {
	for i := range j.doc.Exceptions {
		e := &j.doc.Exceptions[i]
		j.performers(e.where, j.m.Exceptions[i].Sides, "among the sides of an exception")
		for k := range e.Removed {
			j.performers(e.Removed[k].where, j.m.Exceptions[i].Removed[k].Sides, "among the sides of the removed row "+e.Removed[k].ID)
		}
	}
}

// performers reports sides of whom there is no party.
func (j *jsonReader) performers(at where, sides []catalog.Side, role string) {
	for _, s := range sides {
		if s.Who != catalog.Customer {
			j.party(at, s.Who, role)
		}
	}
}

func (j *jsonReader) checkFrameworks() {
	for i := range j.doc.Frameworks {
		f := &j.doc.Frameworks[i]
		selected, _, _ := strings.Cut(f.Selection, "/")
		switch {
		case j.frameworks[f.ID] != i:
			j.add(f.where, "remove one of the two", "two frameworks have the id %q", f.ID)
		case f.ID == "" || selected != f.ID:
			j.add(f.where, "write FRAMEWORK or FRAMEWORK/BASELINE+BASELINE", "the selection %q is none of the framework %q", f.Selection, f.ID)
		}
		ids := order(f.Requirements, func(q *jsonRequirement) string { return q.ID })
		for k := range f.Requirements {
			if q := &f.Requirements[k]; ids[q.ID] != k || q.ID == "" {
				j.add(q.where, "give each an id of its own", "two requirements of %s have the id %q, or one has none", f.ID, q.ID)
			}
		}
		j.requirements = append(j.requirements, ids)
	}
}

func (j *jsonReader) checkRows() {
	taken := make(map[string]bool, len(j.m.Rows)+len(j.m.OrganizationRows))
	for i := range j.m.Rows {
		r := &j.m.Rows[i]
		j.checkRow(r, j.rowsAt[i], taken)
		if r.Category == "" || r.Basis == "" {
			j.add(j.rowsAt[i], "build the matrix again", "the row %q has no category or no basis", r.ID)
		}
	}
	for i := range j.m.OrganizationRows {
		r := &j.m.OrganizationRows[i]
		j.checkRow(r, j.ownAt[i], taken)
		if r.Entry != matrix.OrganizationEntry {
			j.add(j.ownAt[i], "", "the row %q among organization_rows is of the entry %q", r.ID, r.Entry)
		}
	}
}

func (j *jsonReader) checkRow(r *matrix.Row, at where, taken map[string]bool) {
	if len(j.problems) >= maxJSONProblems {
		return
	}
	if r.ID == "" || taken[r.ID] {
		j.add(at, "give each row an id of its own", "two rows have the id %q, or one has none", r.ID)
	}
	taken[r.ID] = true
	j.checkEntryOf(r, at)
	j.checkSides(r, at)
	j.checkLetters(r, at)
	j.checkAnswers(r, at)
	j.checkDetails(r, at)
	if r.Exception >= len(j.doc.Exceptions) {
		j.add(at, "count from 0, or write null", "the row %q is under the exception %d, and there are %d", r.ID, r.Exception, len(j.doc.Exceptions))
	}
	for _, n := range r.LosingOverrides {
		if n >= len(j.doc.Exceptions) {
			j.add(at, "count from 0", "the row %q names the exception %d in losing_overrides, and there are %d", r.ID, n, len(j.doc.Exceptions))
		}
	}
}

// checkEntryOf lets the row share what it repeats of its entry.
func (j *jsonReader) checkEntryOf(r *matrix.Row, at where) {
	if r.Entry == matrix.ProviderEntry || r.Entry == matrix.OrganizationEntry {
		return
	}
	i, ok := j.entries[r.Entry]
	if !ok {
		known := names(j.doc.Entries, func(e *jsonEntry) string { return e.Name })
		j.add(at, source.DidYouMean(r.Entry, known, "add it to entries"), "unknown entry %q of the row %q", r.Entry, r.ID)
		return
	}
	if e := &j.m.Entries[i]; slices.Equal(r.Variants, e.Variants) {
		r.Variants = e.Variants
	}
}

// checkSides checks that those who act are parties, and that the split says who
// they are.
func (j *jsonReader) checkSides(r *matrix.Row, at where) {
	j.performers(at, slices.Concat(r.Sides, r.Replaced), "among the sides of the row "+r.ID)
	if split := catalog.SplitOf(r.Sides); split == catalog.NoSplit {
		j.add(at, "remove the row, or say who does what", "the row %q has no sides", r.ID)
	} else if r.Split != split {
		j.add(at, "write "+split, "the split of the row %q is %q, and its sides make it %q", r.ID, r.Split, split)
	}
}

func (j *jsonReader) checkLetters(r *matrix.Row, at where) {
	for _, role := range r.Roles {
		if j.party(at, role.Party, "among the roles of the row "+r.ID); role.Letters == 0 {
			j.add(at, "leave the party out", "%q has no letter among the roles of the row %q", role.Party, r.ID)
		}
	}
	for _, role := range r.Overruled {
		if j.party(at, role.Party, "in overruled of the row "+r.ID); r.Letters(role.Party) != 0 {
			j.add(at, "move the reasons to reasons", "%q holds a letter in the row %q, but is in overruled", role.Party, r.ID)
		}
	}
	for _, s := range r.Withheld {
		if s.About != "" && !slices.Contains(matrix.Details, s.About) {
			j.add(at, "use one of "+strings.Join(matrix.Details, ", "), "unknown detail %q in withheld of the row %q", s.About, r.ID)
		}
		for _, id := range s.Parties {
			j.party(at, id, "in withheld of the row "+r.ID)
		}
	}
	inOrder(r.Roles, j.parties, func(r *matrix.Role) string { return r.Party })
	inOrder(r.Overruled, j.parties, func(r *matrix.Role) string { return r.Party })
}

// checkDetails checks that pages can be linked safely, and that the words are known.
func (j *jsonReader) checkDetails(r *matrix.Row, at where) {
	for _, p := range r.Process {
		if p.Text == "" || p.URL != "" && !source.IsPage(p.URL) {
			j.add(at, "write a text, and the address of a page that begins with https:// and a host, or none", "the process %q of the row %q cannot be shown", p, r.ID)
		}
	}
	for _, s := range r.Sources {
		j.checkSource(at, s, "the row "+r.ID)
	}
	abouts := each(r.Details, func(d *matrix.Detail) string { return d.About })
	for _, w := range r.Withheld {
		if w.About != "" {
			abouts = append(abouts, w.About)
		}
	}
	for _, about := range abouts {
		if !slices.Contains(matrix.Details, about) {
			j.add(at, "use one of "+strings.Join(matrix.Details, ", "), "unknown detail %q of the row %q", about, r.ID)
		}
	}
}

// checkSource checks that a source can be linked safely.
func (j *jsonReader) checkSource(at where, s catalog.Source, of string) {
	if s.URL != "" && !source.IsPage(s.URL) {
		j.add(at, source.PageHint(s.URL), "the source %.100q of %s is not the address of a page", s.URL, of)
	}
}

// checkAnswers looks at the requirements that a row answers.
func (j *jsonReader) checkAnswers(r *matrix.Row, at where) {
	for _, f := range r.Requirements {
		i, ok := j.frameworks[f.Framework]
		if !ok {
			known := names(j.doc.Frameworks, func(f *jsonWholeFramework) string { return f.ID })
			j.add(at, source.DidYouMean(f.Framework, known, "add it to frameworks"), "unknown framework %q in the row %q", f.Framework, r.ID)
			continue
		}
		for _, id := range f.IDs {
			if _, ok := j.requirements[i][id]; !ok {
				j.add(at, "", "unknown requirement %q of %s in the row %q", id, f.Framework, r.ID)
			}
		}
	}
	inOrder(r.Requirements, j.frameworks, func(f *matrix.RowRequirements) string { return f.Framework })
}
