package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// tills is a catalog of one service, one duty and one framework.
var tills = catalog.Layer{Name: "ours", FS: fstest.MapFS{
	"catalog.yaml": {Data: []byte("version: \"1\"\n")},
	"controls.yaml": {Data: []byte(`controls:
  - id: continuity
    name: Continuity
    category: shared
    duties:
      - {id: back-up-data, title: Back up data, scope: service}
`)},
	"facts.yaml":           {Data: []byte("facts: [{id: rings, question: \"Does it ring?\"}]\n")},
	"programs.yaml":        {Data: []byte(`programs: {pets: {name: Pet Shops, page: "https://example.com/pets", reports: [a licence], lists: [{month: 2026-10, services: till/mobile}]}}`)},
	"models/shop.yaml":     {Data: []byte("id: shop\nname: Shop device\nduties: {}\n")},
	"variants/abroad.yaml": {Data: []byte("id: abroad\nname: Abroad\ndescription: In another country.\nduties: {}\n")},
	"services/till.yaml": {Data: []byte(`id: till
name: Till
model: shop
duties:
  back-up-data: {customer: Backs up <the till> each night., evidence: [log], source: {url: "https://example.com/a", checked: 2026-11}}
variants:
  mobile: {name: Mobile till, group: kind}
`)},
	"frameworks/own.yaml": {Data: []byte(`id: own
name: Our Rules
publisher: Example
source: {url: "https://example.com/rules", checked: 2026-11}
baselines: [small]
requirements:
  R-1: {title: Copies are kept, in: [small], duties: [back-up-data]}
  R-2: {title: Tills are counted, organization: Counts the tills., evidence: [list]}
`)},
}}

func openTills(t *testing.T) *catalog.Catalog {
	t.Helper()
	cat, problems := catalog.Open(tills)
	if problems != nil {
		t.Fatal(problems)
	}
	return cat
}

func compact(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// TestCatalogLists: each list as programs and as people see it.
func TestCatalogLists(t *testing.T) {
	want := map[string][2]string{
		"services": {`[{"id":"till","name":"Till","model":"shop","variant_names":{"mobile":["Mobile till"]},"variants":["mobile"]}]`, "till|Till|shop|||mobile"},
		"models":   {`[{"id":"shop","name":"Shop device","description":""}]`, "shop|Shop device"},
		"variants": {`[{"id":"abroad","name":"Abroad","description":"In another country."}]`, "abroad|Abroad"},
		"controls": {`[{"id":"continuity","name":"Continuity","category":"shared","duties":1}]`, "continuity|Continuity|shared|1"},
		"duties":   {`[{"id":"back-up-data","name":"Back up data","control":"continuity","scope":"service"}]`, "back-up-data|continuity|service|Back up data"},
		"facts":    {`[{"id":"rings","name":"Does it ring?","values":["true","false"]}]`, "rings|Does it ring?|true false"},
		"programs": {`[{"id":"pets","name":"Pet Shops","page":"https://example.com/pets","reports":["a licence"],"services":["till/mobile"],"newest":"2026-10"}]`,
			"pets|Pet Shops|1|2026-10"},
		"frameworks": {`[{"id":"own","name":"Our Rules","requirements":2,"baselines":["small"]}]`, "own|Our Rules|2|small"},
	}
	for _, l := range CatalogLists {
		lines, problems := l.List(openTills(t))
		if problems != nil || len(lines) != 1 {
			t.Errorf("%s: %d lines, %v", l.Name, len(lines), problems)
			continue
		}
		got := [2]string{compact(t, []any{lines[0].Value}), strings.Join(lines[0].Cells, "|")}
		if got != want[l.Name] {
			t.Errorf("%s: %q, want %q", l.Name, got, want[l.Name])
		}
		if len(lines[0].Cells) != len(l.Headings) {
			t.Errorf("%s: %d cells under %d headings", l.Name, len(lines[0].Cells), len(l.Headings))
		}
	}
	if len(CatalogLists) != len(want) {
		t.Errorf("%d lists, of which %d are tested", len(CatalogLists), len(want))
	}
}

// TestShow: what is shown of a service, of a framework and of a baseline.
func TestShow(t *testing.T) {
	cat := openTills(t)
	duty := `{"duty":"back-up-data","control":"continuity","scope":"service","split":"customer","sides":{"customer":"Backs up <the till> each night."},` +
		`"basis":"service","sources":[{"url":"https://example.com/a","checked":"2026-11"}]}`
	first := `{"id":"R-1","title":"Copies are kept","answered_by":"duties","duties":["back-up-data"],"organization":"","aws_part":["back-up-data"]}`
	second := `{"id":"R-2","title":"Tills are counted","answered_by":"organization","duties":[],"organization":"Counts the tills.","aws_part":[]}`
	for name, want := range map[string]string{
		"till":        `{"service":"till","variants":[],"name":"Till","model":"shop","level":"","coverage":[],"facts":[],"duties":[` + duty + `]}`,
		"till/mobile": `{"service":"till","variants":["mobile"],"name":"Mobile till","model":"shop","level":"","coverage":[{"program":"pets","since":"2026-10","seen":"2026-10"}],"facts":[],"duties":[` + duty + `]}`,
		"own":         `{"framework":"own","name":"Our Rules","requirements":[` + first + `,` + second + `]}`,
		"own/small":   `{"framework":"own","baseline":"small","name":"Our Rules","requirements":[` + first + `]}`,
	} {
		found, problems := cat.Find(name)
		if problems != nil {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		got := ""
		if found.Service != nil {
			got = compact(t, ShowService(cat, found.Service))
		} else {
			got = compact(t, ShowFramework(found.Framework, found.Baselines))
		}
		if got != want {
			t.Errorf("%s is shown as\n%s\nwant\n%s", name, got, want)
		}
	}
}

// TestShowLint writes no findings as [], never as null.
func TestShowLint(t *testing.T) {
	if got := compact(t, ShowLint(nil)); got != "[]" {
		t.Errorf("no findings are %s", got)
	}
	d := source.Diagnostic{Rule: "text-end", Severity: source.Error, At: source.Pos{File: "ours/services/till.yaml", Line: 5, Col: 3}, Message: "no full stop", Hint: "add one"}
	want := `[{"rule":"text-end","severity":"error","file":"ours/services/till.yaml","line":5,"col":3,"message":"no full stop","fix":"add one"}]`
	if got := compact(t, ShowLint(source.Diagnostics{d})); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
