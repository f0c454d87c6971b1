package load

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/report"
	"raci/matrix/source"
	"raci/matrix/view"
)

// withLogo returns a matrix of one row with a logo, and what is wrong with that.
func withLogo(t testing.TB, data []byte) (*Input, source.Diagnostics) {
	t.Helper()
	in := &Input{Matrix: &matrix.Matrix{
		Document: matrix.Document{Organization: "Example", System: "Shop", Accountability: matrix.CustomerAccountable},
		Parties:  []matrix.Party{{ID: "aws", Name: "Amazon Web Services", Kind: matrix.Provider}, {ID: "boss", Name: "The Boss", Kind: matrix.Team}},
		Entries:  []matrix.Entry{{Name: "s3", Service: "s3", ServiceName: "Amazon S3", Owner: "boss"}},
		Rows: []matrix.Row{{ID: "s3/a", Entry: "s3", Service: "s3", Duty: "a", Title: "A", Split: "aws", Exception: -1, Sides: []catalog.Side{{Who: "aws", Text: "Does it."}},
			Roles: []matrix.Role{{Party: "boss", Letters: matrix.Accountable}}}},
	}}
	in.Matrix.Appearance.Logo = matrix.File{Ref: source.Ref{ID: "logo", At: source.Pos{File: "manifest", Line: 1, Col: 1}}, Data: data}
	return in, checkAssets(&in.Matrix.Appearance)
}

// embedders are the formats that embed a logo.
func embedders(t testing.TB) (all []report.Format) {
	for _, f := range report.Formats {
		if f.ID == "xlsx" || f.ID == "pdf" {
			all = append(all, f)
		}
	}
	if len(all) != 2 {
		t.Fatal("no formats")
	}
	return all
}

// TestLogoIsOnlyAPicture: what a file holds beside its picture is in no report.
func TestLogoIsOnlyAPicture(t *testing.T) {
	const secret = "47.3769N-8.5417E"
	var asJPEG, asPNG bytes.Buffer
	if err := jpeg.Encode(&asJPEG, image.NewGray(image.Rect(0, 0, 9, 9)), nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&asPNG, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{
		append(append([]byte("\xff\xd8\xff\xe1\x00\x18Exif\x00\x00"), secret...), asJPEG.Bytes()[2:]...),
		append(asPNG.Bytes(), secret...),
	} {
		in, problems := withLogo(t, data)
		if problems != nil {
			t.Fatal(problems)
		}
		for _, f := range embedders(t) {
			var out bytes.Buffer
			if _, err := f.Write(&out, view.New(in.Matrix, in.Findings)); err != nil {
				t.Fatal(err)
			}
			all, pictures := out.String(), 1
			if f.ID == "xlsx" {
				all, pictures = "", 0
				archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
				if err != nil {
					t.Fatal(err)
				}
				for _, part := range archive.File {
					r, err := part.Open()
					if err != nil {
						t.Fatal(err)
					}
					text, err := io.ReadAll(r)
					if err != nil {
						t.Fatal(err)
					}
					all += string(text)
					if strings.HasPrefix(part.Name, "xl/media/") {
						pictures++
					}
				}
			}
			if pictures != 1 || strings.Contains(all, secret) || strings.Contains(all, "Exif") {
				t.Errorf("%s: %d pictures, or what belongs to none", f.ID, pictures)
			}
		}
	}
}

// FuzzLogo: a file that check takes can be embedded by every format, and one that
// it refuses is named with its place.
func FuzzLogo(f *testing.F) {
	files, _ := filepath.Glob("../picture/testdata/*.*")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("GIF89a"))
	formats := embedders(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if config, _, err := image.DecodeConfig(bytes.NewReader(data)); len(data) == 0 || len(data) > 1<<14 || err == nil && config.Width*config.Height > 1<<16 {
			return
		}
		in, problems := withLogo(t, data)
		if problems != nil {
			if len(problems) != 1 || !strings.HasPrefix(problems.String(), `manifest:1:1: the logo "logo" `) || problems[0].Hint == "" {
				t.Error(problems)
			}
			return
		}
		for _, format := range formats {
			if _, err := format.Write(io.Discard, view.New(in.Matrix, in.Findings)); err != nil {
				t.Errorf("%s: %v", format.ID, err)
			}
		}
	})
}
