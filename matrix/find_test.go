package matrix_test

import (
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// shop builds a system of two entries under the house rules.
func shop(t *testing.T) (*matrix.Matrix, *catalog.Catalog) {
	t.Helper()
	cat := ownFrameworks(t, map[string]string{"house-rules": houseRules})
	man, problems := matrix.ParseManifest("m.yaml", []byte(head+
		"frameworks: [house-rules/core]\ndefaults: {accountable: boss}\nservices: [{use: web, owner: team, variant: fancy}, {use: db, name: orders, owner: team}]\n"))
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	return m, cat
}

func TestFindRow(t *testing.T) {
	m, _ := shop(t)
	for id, want := range map[string]string{
		"orders/patch-engine": "",
		"orders/patch-engin":  `unknown row "orders/patch-engin"; did you mean "orders/patch-engine"?`,
		"orders":              `"orders" is an entry; name one of its rows: orders/patch-os, orders/patch-engine, orders/patch-app`,
		"patch-app":           `"patch-app" is a duty; name one of its rows: web/patch-app, orders/patch-app`,
		"provider":            `"provider" is an entry; name one of its rows: provider/guard-site`,
		"zzz":                 `unknown row "zzz"; leave ROW out to list the rows`,
	} {
		row, problems := m.FindRow(id)
		if problems.String() != want {
			t.Errorf("%s: %q, want %q", id, problems, want)
		}
		if found := row != nil && row.ID == id; found != (want == "") {
			t.Errorf("%s: the row is %v", id, row)
		}
	}
}

// TestFindRowNamesFive: of many rows five are named and the others counted.
func TestFindRowNamesFive(t *testing.T) {
	m := &matrix.Matrix{}
	for _, duty := range strings.Fields("a b c d e f g") {
		m.Rows = append(m.Rows, matrix.Row{ID: "db/" + duty, Entry: "db", Duty: duty})
	}
	_, problems := m.FindRow("db")
	if want := `"db" is an entry; name one of its rows: db/a, db/b, db/c, db/d, db/e and 2 more`; problems.String() != want {
		t.Errorf("%q, want %q", problems, want)
	}
}

func TestFindParty(t *testing.T) {
	m, _ := shop(t)
	if p, problems := m.FindParty("team"); problems != nil || p.ID != "team" {
		t.Errorf("team: %v, %v", p, problems)
	}
	if _, problems := m.FindParty("tem"); problems.String() != `unknown party "tem"; did you mean "team"?` {
		t.Errorf("tem: %v", problems)
	}
}

// TestRowFilter picks the rows that have every word of the filter.
func TestRowFilter(t *testing.T) {
	m, cat := shop(t)
	for _, c := range []struct {
		filter matrix.RowFilter
		want   string
	}{
		{matrix.RowFilter{Service: "db", Split: "shared"}, "orders/patch-engine"},
		{matrix.RowFilter{Party: "team", Service: "web"}, "web/patch-app"},
		{matrix.RowFilter{Control: "physical", Split: "aws"}, "provider/guard-site"},
		{matrix.RowFilter{Control: "physical", Service: "db"}, ""},
	} {
		var got []string
		for i := range m.Rows {
			if c.filter.Matches(&m.Rows[i]) {
				got = append(got, m.Rows[i].ID)
			}
		}
		if problems := c.filter.Check(m, cat); problems != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %q, %v, want %q", c.filter, got, problems, c.want)
		}
	}
	whole := matrix.RowFilter{}
	for i := range m.Rows {
		if !whole.Matches(&m.Rows[i]) {
			t.Errorf("the empty filter leaves out %s", m.Rows[i].ID)
		}
	}
}

// TestRowFilterRefuses: a slip, and a word that other systems have.
func TestRowFilterRefuses(t *testing.T) {
	m, cat := build(t, head+"services: [{use: db, owner: team}]\n"), open(t)
	for _, c := range []struct {
		filter  matrix.RowFilter
		catalog *catalog.Catalog
		want    string
	}{
		{matrix.RowFilter{Party: "tem"}, cat, `unknown party "tem"; did you mean "team"?`},
		{matrix.RowFilter{Control: "patchin"}, cat, `unknown control "patchin"; did you mean "patching"?`},
		{matrix.RowFilter{Service: "web"}, cat, `no row of this system has the service "web"; rows have db`},
		{matrix.RowFilter{Service: "web"}, nil, `unknown service "web"; use one of db`},
		{matrix.RowFilter{Split: "both"}, cat, `unknown split "both"; use one of aws, customer, shared, msp, vendor`},
	} {
		if problems := c.filter.Check(m, c.catalog); problems.String() != c.want {
			t.Errorf("%+v: %q, want %q", c.filter, problems, c.want)
		}
	}
}

// TestFindAnswers finds requirements and their statements by id, with the
// framework or without it.
func TestFindAnswers(t *testing.T) {
	m, cat := shop(t)
	for name, want := range map[string]string{
		"1.1":             "1.1 Patch",
		"House-Rules/1.8": "1.8 Letters",
		"1.8b":            "1.8b Letters",
		"1.8 (b)":         "1.8b Letters",
	} {
		found, problems := m.FindAnswers(cat, name)
		if problems != nil || len(found) != 1 {
			t.Errorf("%s: %d answers, %v", name, len(found), problems)
			continue
		}
		if got := found[0].Requirement.ID + " " + found[0].Title; got != want || found[0].Selection != &m.Frameworks[0] {
			t.Errorf("%s: %q of %s, want %q", name, got, found[0].Selection.Name, want)
		}
	}
}

// TestFindAnswersNowhere says why nothing asks for a requirement.
func TestFindAnswersNowhere(t *testing.T) {
	m, cat := shop(t)
	for name, want := range map[string]string{
		"1":               "1 is a heading of house-rules; name one of its parts: 1.1, 1.2, 1.4, 1.6, 1.7 and 1 more",
		"1.1.9":           `did you mean "1.1"?`,
		"house-rules/1.5": "1.5 has been withdrawn from house-rules",
		"1.3":             "house-rules/core leaves it out; take it in with include: under frameworks:",
		"house-rule/1.8":  `did you mean "house-rules/1.8"?`,
		"nonsense":        "",
	} {
		found, problems := m.FindAnswers(cat, name)
		if len(found) > 0 || len(problems) != 1 || problems[0].Hint != want || problems[0].Message != `no selected framework asks for "`+name+`"` {
			t.Errorf("%s: %d answers, %q, want the hint %q", name, len(found), problems, want)
		}
	}
	if _, problems := m.FindAnswers(nil, "house-rules/1.5"); problems[0].At != (source.Pos{}) || problems[0].Hint == "1.5 has been withdrawn from house-rules" {
		t.Errorf("without a catalog: %v", problems)
	}
}

// TestFindComposed: a matrix that was edited may hold names in the other form of
// Unicode, and both are found by either.
func TestFindComposed(t *testing.T) {
	const nfc, nfd = "caf\u00e9", "cafe\u0301"
	for _, stored := range []string{nfc, nfd} {
		m := &matrix.Matrix{
			Rows:    []matrix.Row{{ID: stored + "/a", Entry: stored, Duty: "a", Service: stored}, {ID: "tea/a", Entry: "tea", Duty: "a", Service: "s3"}},
			Parties: []matrix.Party{{ID: stored}, {ID: "tea"}},
		}
		for _, typed := range []string{nfc, nfd, "Caf\u00c9", "CAFE\u0301"} {
			if r, problems := m.FindRow(typed + "/a"); r == nil || r.ID != stored+"/a" {
				t.Errorf("row %+q for %+q: %v", typed, stored, problems)
			}
			if p, problems := m.FindParty(typed); p == nil || p.ID != stored {
				t.Errorf("party %+q for %+q: %v", typed, stored, problems)
			}
			f := matrix.RowFilter{Service: typed}
			if problems := f.Check(m, nil); problems != nil || f.Service != stored {
				t.Errorf("service %+q for %+q: %v", typed, stored, problems)
			}
		}
		if _, problems := m.FindRow(nfd); !strings.Contains(problems.String(), "is an entry") {
			t.Errorf("entry of %+q: %v", stored, problems)
		}
	}
	both := &matrix.Matrix{Parties: []matrix.Party{{ID: nfd, Name: "two"}, {ID: nfc, Name: "one"}}}
	for typed, want := range map[string]string{nfc: "one", nfd: "two"} {
		if p, _ := both.FindParty(typed); p == nil || p.Name != want {
			t.Errorf("%+q finds %v, want %s", typed, p, want)
		}
	}
}
