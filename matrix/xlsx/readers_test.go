package xlsx

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
	"raci/templates"
)

// spoken is a matrix with all columns and texts that readers get wrong.
func spoken() *matrix.Matrix {
	m := realistic.make()
	texts := []string{"=1+1", "@SUM(A1)", "'quoted", "two\nlines", "<b>&amp;\"x\"</b>", "1e5", "TRUE", "2026-11-21", "007", "\U0001F600 and \U0001F468\u200d\U0001F469\u200d\U0001F467",
		"مسؤولية النسخ الاحتياطي", "备份和恢复", "é\u0301 ﬁ ß", "#REF!", "&P of &N", "tab\tin text", strings.Repeat("A long text. ", 2000), "-1", "+1", "1,5; \"x\""}
	for i := range m.Rows {
		m.Rows[i].Note = texts[i%len(texts)]
		m.Rows[i].Title = texts[(i+3)%len(texts)]
		m.Rows[i].Requirements = []matrix.RowRequirements{{Framework: "iso", IDs: []string{"A.5.1", "A.8.13"}}}
	}
	m.Frameworks = []catalog.Selection{{Framework: catalog.FrameworkInfo{ID: "iso", Name: "ISO/IEC 27001:2022"}, Name: "iso"}}
	m.Parties[1].Name = "الأمن 🔐"
	return m
}

// wantMatrix returns the cells of the sheet Matrix by heading, from the
// matrix alone; nil for the heading of an entry.
func wantMatrix(m *matrix.Matrix) []map[string]string {
	var lines []map[string]string
	for i := range m.Rows {
		r := &m.Rows[i]
		if i == 0 || r.Entry != m.Rows[i-1].Entry {
			lines = append(lines, nil)
		}
		l := map[string]string{
			"Entry": m.EntryTitle(r.Entry), "Duty": r.Title, "Row": r.ID, "Control": r.ControlName, "Category": string(r.Category),
			"What AWS does": r.Side(catalog.AWS), "What the customer does": r.Side(catalog.Customer), "Note": r.Note, "Basis": view.BasisText(r),
			"Split":    map[string]string{catalog.AWS: "AWS", catalog.Customer: "Customer", catalog.Shared: "Shared"}[r.Split],
			"Evidence": strings.Join(r.Evidence, ""), "Checked": "", "Check": "ok", "Marks": "",
		}
		if p := m.Party(r.Split); p != nil && p.Kind == matrix.Operator {
			l["Split"] = p.Name
		}
		for _, p := range m.Operators() {
			l["What "+p.Name+" does"] = r.Side(p.ID)
		}
		if len(r.Evidence) > 1 {
			l["Evidence"] = "• " + strings.Join(r.Evidence, "\n• ")
		}
		if len(r.Sources) > 0 {
			l["Checked"] = r.Sources[0].Checked
		}
		for _, f := range m.Frameworks {
			l[f.Framework.Name] = ""
			for _, q := range r.Requirements {
				if q.Framework == f.Framework.ID {
					l[f.Framework.Name] = strings.Join(q.IDs, ", ")
				}
			}
		}
		for _, p := range m.Parties {
			l[p.Name] = r.Letters(p.ID).String()
		}
		if r.Accountable() == "" {
			l["Check"], l["Marks"] = "no A", "gap"
		}
		if r.Exception >= 0 {
			l["Marks"] = fmt.Sprint("exception ", r.Exception+1)
		}
		if r.Unassigned {
			l["Marks"] = "unassigned"
		}
		if e := m.Entry(r.Entry); e != nil {
			l["Service"], l["Variant"] = e.ServiceName, strings.Join(e.VariantNames, ", ")
		} else {
			l["Service"], l["Variant"] = "", ""
		}
		lines = append(lines, l)
	}
	return lines
}

// compare checks every cell that a reader gave against the matrix.
func compare(t *testing.T, m *matrix.Matrix, got [][]string) {
	t.Helper()
	want := wantMatrix(m)
	if len(got) < 1+len(want) {
		t.Fatalf("%d rows read, want %d", len(got), 1+len(want))
	}
	cells := 0
	for i, l := range want {
		seen := 0
		for c, value := range got[i+1] {
			heading := got[0][c]
			expected, ok := l[heading]
			if !ok {
				continue
			}
			seen++
			cells++
			if strings.ReplaceAll(value, "\r\n", "\n") != expected {
				t.Errorf("row %d, %s: %.60q, want %.60q", i+2, heading, value, expected)
			}
		}
		if seen != len(l) {
			t.Fatalf("row %d: %d of %d columns found; headings %q", i+2, seen, len(l), got[0])
		}
	}
	t.Logf("%d cells are equal", cells)
}

// workbookFile writes the workbook of m to a file.
func workbookFile(t *testing.T, m *matrix.Matrix) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(name, write(t, m), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// run runs a program and returns what it prints.
func run(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, complaint.String())
	}
	return out
}

func TestLibreOfficeReadsEveryCell(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("needs LibreOffice: apt-get install libreoffice-calc-nogui")
	}
	t.Parallel()
	books := map[string]*matrix.Matrix{"odd-texts": spoken(), "example": example(t)}
	folder := t.TempDir()
	const sheet = "2" // of the workbook; the rest asks for commas, quotes, UTF-8 and all cells quoted
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to",
		"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false," + sheet, "--outdir", folder}
	for name, m := range books { // it reads all of them in one run, because it takes long to start
		book := filepath.Join(folder, name+".xlsx")
		if err := os.WriteFile(book, write(t, m), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, book)
	}
	run(t, "soffice", args...)
	for name, m := range books {
		t.Run(name, func(t *testing.T) { compare(t, m, readCSV(t, filepath.Join(folder, name+"-*.csv"))) })
	}
}

// TestCounterWithoutCheck: the summary counts the rows without exactly one A,
// whatever columns are shown, also after edits.
func TestCounterWithoutCheck(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("needs LibreOffice: apt-get install libreoffice-calc-nogui")
	}
	t.Parallel()
	m := example(t)
	m.Appearance.Columns = []matrix.Column{{ID: "entry"}, {ID: "duty"}, {ID: "parties"}, {ID: "evidence"}}
	f, l := open(t, write(t, m)), layoutOf(m)
	for _, i := range []int{20, 21} {
		for c := l.firstParty; c <= l.lastParty; c++ {
			f.SetCellValue("Matrix", ref(c, l.at[i]), "")
		}
	}
	f.SetCellValue("Matrix", ref(l.firstParty, l.at[22]), "A")
	f.SetCellValue("Matrix", ref(l.lastParty, l.at[22]), "A/R")
	folder := t.TempDir()
	book := filepath.Join(folder, "edited.xlsx")
	if err := errors.Join(f.UpdateLinkedValue(), f.SaveAs(book)); err != nil { // without what was computed before
		t.Fatal(err)
	}
	run(t, "soffice", "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "csv", "--outdir", folder, book)
	for _, row := range readCSV(t, filepath.Join(folder, "edited.csv")) {
		if row[0] == "Rows without exactly one A" {
			if want := strconv.Itoa(m.Gaps() + 3); row[1] != want {
				t.Errorf("the counter says %q after three edits, want %s", row[1], want)
			}
			return
		}
	}
	t.Error("no counter")
}

// example is the matrix of examples/checkout.
func example(t *testing.T) *matrix.Matrix {
	t.Helper()
	data, err := os.ReadFile("../../examples/checkout/manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	man, problems := matrix.ParseManifest("manifest.yaml", data)
	if problems != nil {
		t.Fatal(problems)
	}
	cat, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	return m
}

// readCSV reads the one file that the pattern names.
func readCSV(t *testing.T, pattern string) [][]string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) != 1 {
		t.Fatalf("%s: LibreOffice wrote %v: %v", pattern, files, err)
	}
	f, err := os.Open(files[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// decode reads rows as JSON.
func decode(t *testing.T, data []byte) [][]string {
	t.Helper()
	var rows [][]string
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestOpenpyxlReadsEveryCell(t *testing.T) {
	t.Parallel()
	const script = `
import json, openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1], data_only=True, read_only=sys.argv[2] == "stream")
print(json.dumps([["" if v is None else str(v) for v in row] for row in book["Matrix"].iter_rows(values_only=True)]))`
	python := ""
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import openpyxl").Run() == nil {
			python = name
		}
	}
	if python == "" {
		t.Skip("needs openpyxl: apt-get install python3-openpyxl")
	}
	m := spoken()
	book := workbookFile(t, m)
	for _, mode := range []string{"whole", "stream"} {
		t.Run(mode, func(t *testing.T) { compare(t, m, decode(t, run(t, python, "-c", script, book, mode))) })
	}
}

func TestExcelJSReadsEveryCell(t *testing.T) {
	t.Parallel()
	const script = `
const book = new (require('exceljs').Workbook)();
book.xlsx.readFile(process.argv[1]).then(() => {
  const sheet = book.getWorksheet('Matrix'), rows = [];
  const text = v => v == null ? '' : v.hyperlink !== undefined ? String(v.text) : v.formula !== undefined ? String(v.result ?? '') : String(v);
  for (let r = 1; r <= sheet.rowCount; r++) {
    const row = [];
    for (let c = 1; c <= sheet.columnCount; c++) row.push(text(sheet.getRow(r).getCell(c).value));
    rows.push(row);
  }
  process.stdout.write(JSON.stringify(rows));
}).catch(e => { console.error(e); process.exit(1); });`
	if exec.Command("node", "-e", "require('exceljs')").Run() != nil {
		t.Skip("needs Node and exceljs: npm install --prefix DIR exceljs@4.4.0, and NODE_PATH=DIR/node_modules")
	}
	m := spoken()
	compare(t, m, decode(t, run(t, "node", "-e", script, workbookFile(t, m))))
}
