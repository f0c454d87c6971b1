package load

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/tools/txtar"

	"raci/matrix/catalog"
	"raci/matrix/report"
	"raci/matrix/source"
	"raci/matrix/view"
	"raci/templates"
)

func loader() *Loader { return &Loader{Shipped: catalog.Layer{Name: "templates", FS: templates.FS}} }

// systems writes all manifests that there are into folders of their own, with
// what they name, and returns their paths: the examples, the starters and those
// of this package's testdata.
func systems(t *testing.T) []string {
	t.Helper()
	root, paths := t.TempDir(), []string{}
	examples, err := filepath.Glob("../../examples/*/manifest.yaml")
	starters, _ := fs.Glob(templates.FS, "starters/*.yaml")
	written, _ := filepath.Glob("testdata/*.txtar")
	if err != nil || len(examples) == 0 || len(starters) == 0 || len(written) == 0 {
		t.Fatal("no manifests found")
	}
	for _, path := range examples {
		dir := filepath.Join(root, filepath.Base(filepath.Dir(path)))
		if err := os.CopyFS(dir, os.DirFS(filepath.Dir(path))); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, filepath.Join(dir, "manifest.yaml"))
	}
	if err := os.CopyFS(root, templates.FS); err != nil {
		t.Fatal(err)
	}
	for _, path := range starters {
		paths = append(paths, filepath.Join(root, path))
	}
	for _, path := range written {
		paths = append(paths, unpack(t, path, root))
	}
	return paths
}

// unpack writes the files of an archive, of which the first is the manifest, and
// pictures and a font beside them.
func unpack(t *testing.T, archive, root string) string {
	t.Helper()
	a, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(root, strings.TrimSuffix(filepath.Base(archive), ".txtar"))
	picture := image.NewRGBA(image.Rect(0, 0, 60, 20))
	picture.Set(5, 5, color.RGBA{200, 30, 30, 255})
	var asPNG, asJPEG bytes.Buffer
	if err := png.Encode(&asPNG, picture); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&asJPEG, picture, nil); err != nil {
		t.Fatal(err)
	}
	files := append(a.Files, txtar.File{Name: "bilder/logo.png", Data: asPNG.Bytes()}, txtar.File{Name: "logo.jpg", Data: asJPEG.Bytes()},
		txtar.File{Name: "schrift.ttf", Data: goregular.TTF})
	for _, f := range files {
		write(t, filepath.Join(dir, f.Name), f.Data)
	}
	return filepath.Join(dir, a.Files[0].Name)
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func mustLoad(t *testing.T, path string) *Input {
	t.Helper()
	in, problems := loader().Load(path)
	if problems != nil {
		t.Fatal(problems)
	}
	return in
}

func format(t *testing.T, id string) report.Format {
	t.Helper()
	for _, f := range report.Formats {
		if f.ID == id {
			return f
		}
	}
	t.Fatal("no format " + id)
	return report.Format{}
}

// written returns the report, with the warnings, or why there is none.
func written(f report.Format, in *Input) string {
	content := view.New(in.Matrix, in.Findings)
	content.Edited = in.Edited
	var b bytes.Buffer
	warnings, err := f.Write(&b, content)
	if err != nil {
		return "error: " + in.Located(err).Error()
	}
	return b.String() + strings.Join(warnings, "\n")
}

// TestStored: a matrix that was stored as JSON is checked like the manifest that
// it was made of, and gives the same reports, byte for byte, in every format.
func TestStored(t *testing.T) {
	refused := 0
	for _, path := range systems(t) {
		t.Run(filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path), func(t *testing.T) {
			in := mustLoad(t, path)
			stored := strings.TrimSuffix(path, ".yaml") + ".json"
			write(t, stored, []byte(written(format(t, "json"), in)))
			again := mustLoad(t, stored)
			if again.Edited || again.Catalog != nil || again.Source != nil {
				t.Errorf("edited %t, catalog %v, source %q", again.Edited, again.Catalog, again.Source)
			}
			if !reflect.DeepEqual(again.Findings, in.Findings) {
				t.Errorf("check finds\n%v\nwant\n%v", source.Diagnostics(again.Findings.Open), source.Diagnostics(in.Findings.Open))
			}
			for _, f := range report.Formats {
				want := written(f, in)
				if got := written(f, again); got != want {
					t.Errorf("%s: the report on the stored matrix differs at byte %d", f.ID, differsAt(got, want))
				}
				if strings.HasPrefix(want, "error: ") {
					refused++
				}
			}
		})
	}
	if refused == 0 {
		t.Error("every system has every report, so that nothing is known of the refusals")
	}
}

func differsAt(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// TestEverything: the systems of testdata have what their names promise, so
// that TestStored is about all of it.
func TestEverything(t *testing.T) {
	in := mustLoad(t, unpack(t, "testdata/everything.txtar", t.TempDir()))
	m, rows := in.Matrix, map[string]bool{}
	for i := range m.Rows {
		r := &m.Rows[i]
		rows["exception"] = rows["exception"] || r.Exception >= 0
		rows["losing override"] = rows["losing override"] || len(r.LosingOverrides) > 0
		rows["replaced"] = rows["replaced"] || len(r.Replaced) > 1
		rows["overruled"] = rows["overruled"] || len(r.Overruled) > 0
		rows["cleared"] = rows["cleared"] || len(r.Cleared) > 0
		rows["unassigned"] = rows["unassigned"] || r.Unassigned
		rows["gap"] = rows["gap"] || r.Accountable() == ""
		rows["overlay"] = rows["overlay"] || r.Basis == catalog.BasisOverlay
		rows["note"] = rows["note"] || r.Note != ""
		rows["three sides"] = rows["three sides"] || len(r.Sides) > 1 && r.Side("msp") != ""
	}
	rows["own rows"] = len(m.OrganizationRows) > 0
	rows["remarks"] = len(m.Remarks) > 3
	rows["expired"] = m.Exceptions[2].Expired
	rows["accepted"] = len(in.Findings.Accepted) > 0
	rows["excluded"] = len(m.Frameworks[0].Excluded) > 0 && len(m.Frameworks[0].Included) > 0 && len(m.Frameworks) > 1
	rows["statements"] = len(m.Frameworks[0].Requirements[1].Statements) > 0
	for what, there := range rows {
		if !there {
			t.Errorf("no %s", what)
		}
	}
	found := map[string]bool{}
	for _, d := range in.Findings.Open {
		found[d.Rule] = true
	}
	if len(found) < 12 {
		t.Errorf("only these rules are broken: %v", found)
	}
}
