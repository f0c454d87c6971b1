package report_test

import (
	"bytes"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/report"
	"raci/matrix/view"
)

// unsafeLinks are addresses that no report may make live.
var unsafeLinks = []string{"javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", `\\server\share`, "https:///x", "https://user@host.example", "https://a b",
	"HTTPS://host.example", `https://host.example\@evil.example`, "http://intranet.example", "https://h\u202eost.example"}

// TestUnsafeLinks: an address that came past the readers is text in Markdown, and a
// matrix as JSON that holds one is refused.
func TestUnsafeLinks(t *testing.T) {
	for _, address := range unsafeLinks {
		for _, row := range []matrix.Row{
			{Process: []matrix.Process{{Text: "Runbook", URL: address}}},
			{Sources: []catalog.Source{{URL: address, Checked: "2026-11"}}},
		} {
			row.ID, row.Entry, row.Duty, row.Title, row.Exception = "organization/x", matrix.OrganizationEntry, "x", "Duty", -1
			row.Sides, row.Split, row.Scope, row.Basis, row.Category = []catalog.Side{{Who: catalog.Customer, Text: "Does it."}}, catalog.Customer, catalog.OrganizationScope, catalog.BasisControl, catalog.Categories[0]
			m := &matrix.Matrix{Document: matrix.Document{Accountability: matrix.CustomerAccountable, Duties: matrix.AllDuties}, Parties: []matrix.Party{{ID: catalog.AWS, Kind: matrix.Provider}}, Rows: []matrix.Row{row}, Check: matrix.DefaultCheck}
			for _, f := range report.Formats {
				if f.ID != "md" && f.ID != "json" {
					continue
				}
				var b bytes.Buffer
				if _, err := f.Write(&b, view.New(m, matrix.Findings{})); err != nil {
					t.Fatal(err)
				}
				if f.ID == "md" && strings.Contains(b.String(), "](") {
					t.Errorf("%q is a link in Markdown", address)
				}
				if f.ID == "json" {
					_, problems := report.ReadJSON("m.json", &b)
					refused := func(why string) bool { return strings.Contains(problems.String(), why) }
					if !refused("is not the address of a page") && !refused("cannot be shown") && !refused("url contains U+202E, ") {
						t.Errorf("%q is read from JSON: %s", address, problems)
					}
				}
			}
		}
	}
}

// TestBareAddresses: what stands in a text becomes no link in Markdown but where it is
// a page under https.
func TestBareAddresses(t *testing.T) {
	m := &matrix.Matrix{Document: matrix.Document{Scope: "See http://a.example/x, HTTP://B.example, www.c.example, ftp://d.example and https://e.example/?a=1&lt;", Accountability: matrix.CustomerAccountable},
		Parties: []matrix.Party{{ID: catalog.AWS, Kind: matrix.Provider, Contact: "https://f.example/&#x22;?a=1&b=2"}}, Check: matrix.DefaultCheck}
	var b bytes.Buffer
	for _, f := range report.Formats {
		if f.ID == "md" {
			if _, err := f.Write(&b, view.New(m, matrix.Findings{})); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, want := range []string{`See http:\//a.example/x, HTTP:\//B.example, www\.c.example, ftp:\//d.example and https://e.example/?a=1\&lt;`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s is not in\n%s", want, b.String())
		}
	}
}
