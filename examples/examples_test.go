// Package examples_test keeps the generated reports of the examples current.
package examples_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/report"
	"raci/matrix/view"
	"raci/templates"
)

var update = flag.Bool("update", false, "rewrite the reports of the examples")

// written are the formats of the committed reports.
var written = []string{"xlsx", "pdf", "json"}

// TestReports regenerates the reports of every example and compares them with
// the committed ones by what they hold: the compressed bytes may differ
// between versions of Go.
func TestReports(t *testing.T) {
	manifests, err := filepath.Glob("*/manifest.yaml")
	if err != nil || len(manifests) == 0 {
		t.Fatal("no examples found")
	}
	for _, path := range manifests {
		dir := filepath.Dir(path)
		t.Run(dir, func(t *testing.T) {
			m := build(t, path)
			var names []string
			for _, f := range report.Formats {
				if slices.Contains(written, f.ID) {
					name := dir + f.Extension
					data := generate(t, f, m)
					names = append(names, name)
					compare(t, filepath.Join(dir, "reports", name), data)
				}
			}
			orphans(t, filepath.Join(dir, "reports"), names)
		})
	}
}

func build(t *testing.T, path string) *matrix.Matrix {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	man, problems := matrix.ParseManifest(filepath.Base(path), data)
	if problems != nil {
		t.Fatal(problems)
	}
	layers := []catalog.Layer{{Name: "templates", FS: templates.FS}}
	for _, o := range man.Overlays {
		layers = append(layers, catalog.Layer{Name: o.ID, FS: os.DirFS(filepath.Join(filepath.Dir(path), o.ID))})
	}
	cat, problems := catalog.Open(layers...)
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	return m
}

func generate(t *testing.T, f report.Format, m *matrix.Matrix) []byte {
	content := view.New(m, check.Run(m))
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if warnings, err := f.Write(b, content); err != nil || len(warnings) > 0 {
			t.Fatalf("%s: %v %v", f.ID, err, warnings)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("%s: two runs gave different bytes", f.ID)
	}
	return first.Bytes()
}

func compare(t *testing.T, path string, got []byte) {
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if old, err := os.ReadFile(path); err == nil && unpack(t, path, old) == unpack(t, path, got) {
			return // the same content; leave the bytes of another toolchain alone
		}
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./examples -update", err)
	}
	if want, have := unpack(t, path, old), unpack(t, path, got); want != have {
		t.Errorf("%s is not what its manifest gives; %s\nrewrite it with: go test ./examples -update", path, firstDifference(want, have))
	}
}

// unpack returns the content of a report as text: the parts of a workbook,
// the inflated streams of a PDF.
func unpack(t *testing.T, path string, data []byte) string {
	switch filepath.Ext(path) {
	case ".xlsx":
		return unzip(t, data)
	case ".pdf":
		return inflate(t, data)
	}
	return string(data)
}

func unzip(t *testing.T, data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "== %s\n%s\n", f.Name, strings.ReplaceAll(string(content), "><", ">\n<"))
	}
	return b.String()
}

var streamStart = regexp.MustCompile(`/Length (\d+)[^>]*>>\s*stream\r?\n`)

// inflate replaces compressed streams by their content, and leaves out what
// says where the bytes lie: lengths and the tables of offsets.
func inflate(t *testing.T, data []byte) string {
	var b strings.Builder
	for {
		at := streamStart.FindSubmatchIndex(data)
		if at == nil {
			break
		}
		length, err := strconv.Atoi(string(data[at[2]:at[3]]))
		if err != nil || at[1]+length > len(data) {
			t.Fatal("a stream of the PDF has no end")
		}
		b.Write(offsets.ReplaceAll(data[:at[0]], nil))
		stream := data[at[1] : at[1]+length]
		if r, err := zlib.NewReader(bytes.NewReader(stream)); err == nil {
			if _, err := io.Copy(&b, r); err != nil {
				t.Fatal(err)
			}
		} else {
			b.Write(stream)
		}
		data = data[at[1]+length:]
	}
	b.Write(offsets.ReplaceAll(data, nil))
	return b.String()
}

// offsets are the parts of a PDF that count bytes of compressed streams, and
// the file's id, which is a digest of them.
var offsets = regexp.MustCompile(`(?m)^\d{10} \d{5} [nf] ?$|^startxref\n\d+$|/Prev \d+|/ID ?\[[^]]*\]|/ByteRange ?\[[^]]*\]`)

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d of its content\nis   %.300q\nwant %.300q", i+1, x[i], y[i])
		}
	}
	return "one is longer than the other"
}

// orphans reports files that no format wrote.
func orphans(t *testing.T, dir string, names []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(names, e.Name()) {
			t.Errorf("%s: no format writes it; remove it", filepath.Join(dir, e.Name()))
		}
	}
}
