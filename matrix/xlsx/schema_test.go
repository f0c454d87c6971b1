package xlsx

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"raci/matrix"
)

// schemas is the folder of the schemas of the workbook format (ISO/IEC
// 29500-4), which lies beside the repository.
const schemas = "../../../shared/ooxml"

// schemaOf says which schema a part of a workbook follows, by patterns of its
// name. Pictures have none.
var schemaOf = [][2]string{
	{`\[Content_Types\].xml`, "opc-contentTypes.xsd"},
	{"_rels/.rels", "opc-relationships.xsd"},
	{"xl/_rels/*.rels", "opc-relationships.xsd"},
	{"xl/*/_rels/*.rels", "opc-relationships.xsd"},
	{"docProps/core.xml", "opc-coreProperties.xsd"},
	{"docProps/app.xml", "shared-documentPropertiesExtended.xsd"},
	{"xl/workbook.xml", "sml.xsd"},
	{"xl/styles.xml", "sml.xsd"},
	{"xl/sharedStrings.xml", "sml.xsd"},
	{"xl/worksheets/*.xml", "sml.xsd"},
	{"xl/tables/*.xml", "sml.xsd"},
	{"xl/charts/*.xml", "dml-chart.xsd"},
	{"xl/drawings/*.xml", "dml-spreadsheetDrawing.xsd"},
	{"xl/theme/*.xml", "dml-main.xsd"},
	{"xl/media/*", ""},
}

// TestSchemas validates every part of workbooks of all kinds.
func TestSchemas(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("needs xmllint: apt-get install libxml2-utils")
	}
	if _, err := os.Stat(schemas); err != nil {
		t.Skipf("needs the schemas of the workbook format: %v", err)
	}
	folder := t.TempDir()
	files := map[string][]string{} // by schema: xmllint reads each schema once
	for name, data := range allKinds(t) {
		zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(filepath.Join(folder, name), zr); err != nil {
			t.Fatal(err)
		}
		for _, f := range zr.File {
			schema, known := findSchema(f.Name)
			if !known {
				t.Errorf("%s: no schema is known for the part %s", name, f.Name)
			}
			if schema != "" {
				dropIgnorable(t, filepath.Join(folder, name, f.Name))
				files[schema] = append(files[schema], path.Join(name, f.Name))
			}
		}
	}
	for schema, list := range files {
		t.Run(schema, func(t *testing.T) {
			t.Parallel()
			validate(t, folder, schema, list)
		})
	}
}

// findSchema returns the schema of a part.
func findSchema(part string) (schema string, known bool) {
	for _, s := range schemaOf {
		if ok, _ := path.Match(s[0], part); ok {
			return s[1], true
		}
	}
	return "", false
}

var ignorable = regexp.MustCompile(` mc:Ignorable="([^"]*)"`)

// dropIgnorable takes the attributes out of a part that the schemas do not
// know: those that the part declares ignorable, and xml:space, without which
// Excel drops the spaces around a text, and which it writes itself.
func dropIgnorable(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{" mc:Ignorable=", " xml:space="}
	if found := ignorable.FindSubmatch(data); found != nil {
		for p := range strings.FieldsSeq(string(found[1])) {
			if !bytes.Contains(data, []byte(" xmlns:"+p+"=")) {
				t.Errorf("%s: the ignorable prefix %s is not declared, which Excel refuses", file, p)
			}
			names = append(names, " "+p+":")
		}
	}
	for _, name := range names {
		data = dropAttributes(data, name)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// dropAttributes takes out the attributes that begin so, up to the quote behind
// the value. The parts are large: a regular expression would take seconds.
func dropAttributes(data []byte, begin string) []byte {
	var kept []byte
	for {
		before, rest, found := bytes.Cut(data, []byte(begin))
		kept = append(kept, before...)
		if !found {
			return kept
		}
		_, value, _ := bytes.Cut(rest, []byte(`"`))
		_, data, _ = bytes.Cut(value, []byte(`"`))
	}
}

// validate validates files of a folder with one schema.
func validate(t *testing.T, folder, schema string, files []string) {
	xsd, err := filepath.Abs(filepath.Join(schemas, schema))
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := filepath.Abs("testdata/dublincore/catalog.xml")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("xmllint", append([]string{"--nonet", "--noout", "--schema", xsd}, files...)...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "XML_CATALOG_FILES="+catalog)
	out, err := cmd.CombinedOutput()
	if err == nil {
		return
	}
	t.Error(err)
	for l := range strings.Lines(string(out)) {
		if !strings.HasSuffix(l, " validates\n") {
			t.Logf("%.400s", l)
		}
	}
}

// allKinds returns workbooks of every kind that the package writes.
func allKinds(t *testing.T) map[string][]byte {
	t.Helper()
	list := map[string][]byte{}
	for name, m := range allShapes(t) {
		list[name] = write(t, m)
	}
	full := eventful(t)
	_, list["unknown sections"] = written(t, full, unknownContents(full))
	list["fedramp"] = fedrampOf(t, built(t, "frameworks: [fedramp-rev5/moderate]\nreport: {protect: true, classification: R&D}\n"+msp))
	long := built(t, "frameworks: [fedramp-rev5/li-saas, ccm]\n")
	lengthen(long)
	list["fedramp-long"] = fedrampOf(t, long)
	_, list["caiq-long"] = caiqOf(t, long)
	_, list["caiq"] = caiqOf(t, built(t, "frameworks: [{use: ccm, exclude: {DSP-19: There are no personal data.}}]\nreport: {protect: true}\n"+msp))
	return list
}

// allShapes returns matrices of which the main workbook looks different.
func allShapes(t *testing.T) map[string]*matrix.Matrix {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 900, 90))); err != nil {
		t.Fatal(err)
	}
	dressed := framed()
	dressed.Appearance.Logo.Data = picture.Bytes()
	dressed.Appearance.Protect = true
	dressed.Appearance.Color = "#0B6E4F"
	narrow := framed()
	narrow.Appearance.Columns = []matrix.Column{{ID: "row", Title: "Ref"}, {ID: "marks"}}
	return map[string]*matrix.Matrix{
		"empty":   {},
		"nobody":  {Rows: []matrix.Row{{ID: "a/b", Entry: "a", Exception: -1, Split: "msp"}}},
		"usual":   realistic.make(),
		"spoken":  spoken(),
		"dressed": dressed,
		"narrow":  narrow,
		"crowded": sample{entries: 60, parties: 40, duties: 12, operators: 3}.make(),
		"example": example(t),
	}
}
