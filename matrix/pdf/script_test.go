package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

// debian reads a font of Debian's packages, or skips the test.
func debian(t testing.TB, pattern string) matrix.File {
	t.Helper()
	names, _ := filepath.Glob(pattern)
	if len(names) == 0 {
		t.Skip(pattern + " is not installed")
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return matrix.File{Ref: source.Ref{ID: filepath.Base(names[0]), At: source.Pos{File: "m.yaml", Line: 7, Col: 3}}, Data: data}
}

func japanese(t testing.TB) matrix.File {
	return debian(t, "/usr/share/fonts/*/ipafont-gothic/ipag.ttf")
}
func arabic(t testing.TB) matrix.File {
	return debian(t, "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf")
}
func hebrew(t testing.TB) matrix.File {
	return debian(t, "/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf")
}

func TestScripts(t *testing.T) {
	t.Parallel()
	m := sample(shapes["one"])
	m.Appearance.Fonts = []matrix.File{japanese(t), arabic(t), hebrew(t)}
	m.Organization, m.System = "株式会社北風", "نظام الدفع Checkout v2"
	m.Parties[0].Name = "ראש תחום"
	m.Rows[0].Title = "Ελλάδα Київ Ё œ"
	m.Rows[1].Note = "変更要求は\U0001F600管理される。"
	var b bytes.Buffer
	warnings, err := Write(&b, view.New(m, matrix.Findings{}))
	if err != nil || len(warnings) != 1 || !strings.Contains(warnings[0], "U+1F600") {
		t.Fatal(err, warnings)
	}
	var again bytes.Buffer
	if _, err := Write(&again, view.New(m, matrix.Findings{})); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the bytes differ", err)
	}
	name := file(t, b.Bytes())
	tool(t, "qpdf", "--check", name)
	text := tool(t, "pdftotext", name, "-")
	for _, want := range []string{"株式会社北風", "نظام الدفع", "ראש תחום", "Ελλάδα Київ", "変更要求は", "□管理される"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the text", want)
		}
	}
	if info := tool(t, "pdfinfo", name); !strings.Contains(info, "نظام الدفع Checkout v2") || !strings.Contains(info, "株式会社北風") {
		t.Errorf("properties: %s", info)
	}
}

func TestReadersDoNotWarn(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]shape{"real": {4, 6, 60, true}, "one": shapes["one"], "wide": {10, 25, 30, false}} {
		m := withFramework(sample(s))
		m.Appearance.Logo.Data = pictureOf(t, "png", 300, 100)
		path := file(t, write(t, m, sampleFindings(m)))
		for line := range strings.Lines(tool(t, "mutool", "draw", "-o", os.DevNull, path)) {
			if !strings.HasPrefix(line, "page ") && strings.TrimSpace(line) != "" && !strings.Contains(line, "ICC support is not available") {
				t.Errorf("%s: mutool: %s", name, line)
			}
		}
		if out := tool(t, "pdftoppm", "-r", "20", path, filepath.Join(t.TempDir(), "p")); out != "" {
			t.Errorf("%s: poppler: %s", name, out)
		}
	}
}

func TestShape(t *testing.T) {
	all := func(rune) bool { return true }
	for _, c := range []struct{ in, want string }{
		{"بيت", "\ufe91\ufef4\ufe96"},
		{"دار", "دار"}, // letters that do not join to the next
		{"لا", "\ufefb"},
		{"سلام", "\ufeb3\ufefc\u0645"},
		{"كَتَبَ", "\ufedb\u064e\ufe98\u064e\ufe90\u064e"},
		{"نمی\u200cخواهم", "\ufee7\ufee4\ufbfd\ufea7\ufeee\ufe8d\ufeeb\ufee2"},
		{"abc", "abc"},
	} {
		f := newForms()
		got := string(f.shape([]rune(c.in), all))
		if c.in == "نمی\u200cخواهم" { // an alef after waw stays as it is
			c.want = strings.ReplaceAll(c.want, "\ufe8d", "\u0627")
		}
		if got != c.want {
			t.Errorf("%q became %+q, want %+q", c.in, got, c.want)
		}
		if back := plainText(got); back != strings.ReplaceAll(c.in, "\u200c", "") {
			t.Errorf("%q came back as %q", c.in, back)
		}
	}
	if got := string(newForms().shape([]rune("بيت"), func(rune) bool { return false })); got != "بيت" {
		t.Errorf("a font without forms: %+q", got)
	}
}

func TestVisual(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"אבג", "גבא"},
		{"abc אבג def", "abc גבא def"},
		{"אבג 123", "123 גבא"},
		{"abc אבג 123", "abc 123 גבא"},
		{"(אבג)", "(גבא)"},
		{"אבג (abc) ד", "ד (abc) גבא"},
		{"abc אבג 12x", "abc 12 גבאx"},
		{"\u200fabc אבג", "גבא abc"},
		{"\u200eאבג abc", "גבא abc"},
		{"plain", "plain"},
	} {
		if got := string(visual([]rune(c.in))); got != c.want {
			t.Errorf("visual(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestWrapJapanese(t *testing.T) {
	fs, err := loadFonts([]matrix.File{japanese(t)})
	if err != nil {
		t.Fatal(err)
	}
	s := "台帳がAmazon Auroraへ移行するまで、外部委託されている。"
	lines := fs.wrap(s, regular, 10, 72)
	if got := strings.Join(lines, ""); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(s, " ", "") {
		t.Errorf("text was lost: %q", lines)
	}
	for _, ln := range lines {
		if w := fs.width(ln, regular, 10); w > 82 || strings.ContainsAny(ln[:3], "、。") || strings.HasSuffix(ln, "-") {
			t.Errorf("%q of %q", ln, lines)
		}
	}
}

func TestBadFonts(t *testing.T) {
	good := append([]byte(nil), regular.ttf()...)
	cut := good[:len(good)/2]
	otto := append([]byte("OTTO"), good[4:]...)
	closed := bytes.Clone(good)
	for i := range int(binary.BigEndian.Uint16(closed[4:])) {
		if rec := closed[12+16*i:]; string(rec[:4]) == "OS/2" {
			binary.BigEndian.PutUint16(closed[binary.BigEndian.Uint32(rec[8:])+8:], 2)
		}
	}
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"text", "is not a TrueType font", []byte("this is a text, not a font")},
		{"empty", "is not a font", nil},
		{"cut", "is broken", cut},
		{"cff", "PostScript outlines", otto},
		{"collection", "collection", append([]byte("ttcf"), good[4:]...)},
		{"web", "web font", append([]byte("wOF2"), good[4:]...)},
		{"closed", "forbids to be embedded", closed},
	} {
		m := sample(shapes["one"])
		m.Appearance.Fonts = []matrix.File{{Ref: source.Ref{ID: c.name, At: source.Pos{File: "m.yaml", Line: 7, Col: 3}}, Data: c.data}}
		var b bytes.Buffer
		_, err := Write(&b, view.New(m, matrix.Findings{}))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "m.yaml:7:3: ") || b.Len() > 0 {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func FuzzScripts(f *testing.F) {
	for _, s := range []string{"شكرا 12 abc", "שלום (abc) 3", "日本語ABC", "e\u0301\u0651", nasty, "\u200f\u200e\u0644\u0627"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := sample(shape{1, 2, 3, true})
		m.Appearance.Fonts = []matrix.File{arabic(t), hebrew(t)}
		if len(s) > 500 {
			return
		}
		poison(reflect.ValueOf(&m.Rows), s)
		poison(reflect.ValueOf(&m.Parties), s)
		if a, b := write(t, m, nil), write(t, m, nil); !bytes.Equal(a, b) {
			t.Fatal("the bytes differ")
		}
	})
}

func TestManyFonts(t *testing.T) {
	m := sample(shapes["one"])
	for i := range 3 {
		m.Appearance.Fonts = append(m.Appearance.Fonts, matrix.File{Ref: source.Ref{ID: fmt.Sprint(i)}, Data: regular.ttf()})
	}
	if n := bytes.Count(write(t, m, nil), []byte("/Length1")); n > int(faceCount) {
		t.Errorf("%d fonts are embedded; those that add nothing should not be", n)
	}
}
