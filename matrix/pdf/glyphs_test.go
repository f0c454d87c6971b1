package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

// first is the first of the characters that ideographs has.
const first = 0x4e00

// ideographs is a font that the report needs: the glyphs of the report's own under
// characters that it does not have.
func ideographs() []byte { return withCharacters(segment{first, first + 599, 1}) }

// segment is a range of characters, with the glyph of its first.
type segment struct{ begin, end, glyph int }

func withCharacters(segments ...segment) []byte {
	segments = append(segments, segment{0xffff, 0xffff, 0})
	cmap := words(0, 1, 3, 1, 0, 12, 4, 16+8*len(segments), 0, 2*len(segments), 0, 0, 0)
	for _, s := range segments {
		cmap = append(cmap, words(s.end)...)
	}
	cmap = append(cmap, 0, 0)
	for _, s := range segments {
		cmap = append(cmap, words(s.begin)...)
	}
	for _, s := range segments {
		cmap = append(cmap, words(s.glyph-s.begin)...)
	}
	return withTable(regular.ttf(), "cmap", append(cmap, make([]byte, 2*len(segments))...))
}

func words(values ...int) (out []byte) {
	for _, v := range values {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	return out
}

// withTable returns the font with another table in the place of one.
func withTable(font []byte, name string, table []byte) []byte {
	out := bytes.Clone(font)
	for len(out)%4 != 0 {
		out = append(out, 0)
	}
	for i := range int(binary.BigEndian.Uint16(out[4:])) {
		if rec := out[12+16*i:]; string(rec[:4]) == name {
			binary.BigEndian.PutUint32(rec[8:], uint32(len(out)))
			binary.BigEndian.PutUint32(rec[12:], uint32(len(table)))
		}
	}
	return append(out, table...)
}

func mustTables(t *testing.T, font []byte) (map[string][]byte, *glyphs) {
	t.Helper()
	tables, err := fontTables(font)
	if err != nil {
		t.Fatal(err)
	}
	g, err := readGlyphs(tables)
	if err != nil {
		t.Fatal(err)
	}
	return tables, g
}

// withGlyphs returns the font with other outlines in the place of its glyphs, from
// the second on.
func withGlyphs(t *testing.T, font []byte, outlines ...[]byte) []byte {
	t.Helper()
	_, g := mustTables(t, font)
	var glyf, loca []byte
	for i := range g.count + 1 {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if i > 0 && i <= len(outlines) {
			glyf = append(glyf, outlines[i-1]...)
		} else if i < g.count {
			glyf = append(glyf, g.data[g.bounds[i]:g.bounds[i+1]]...)
		}
	}
	tables, _ := mustTables(t, font)
	head := bytes.Clone(tables["head"])
	copy(head[50:], words(1))
	return withTable(withTable(withTable(font, "glyf", glyf), "loca", loca), "head", head)
}

// madeOf is a glyph made of these.
func madeOf(glyphs ...int) []byte {
	out := words(-1, 0, 0, 0, 0)
	for i, g := range glyphs {
		flags := 0x20
		if i == len(glyphs)-1 {
			flags = 0
		}
		out = append(out, words(flags, g, 0)...)
	}
	return out
}

// withFont is a report whose system has the name, in a font of its own.
func withFont(font []byte, name string) *matrix.Matrix {
	m := sample(shape{1, 1, 1, false})
	m.Appearance.Fonts = []matrix.File{{Ref: source.Ref{ID: "own.ttf", At: source.Pos{File: "m.yaml", Line: 7, Col: 3}}, Data: font}}
	m.System = name
	return m
}

func every(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteRune(rune(first + i))
	}
	return b.String()
}

// TestBrokenGlyphs: what would end the process, take all memory or be drawn as
// nothing is named at the font's place, by check as by the report.
func TestBrokenGlyphs(t *testing.T) {
	good := ideographs()
	tables, g := mustTables(t, good)
	var doubled [][]byte // 2^20 glyphs in one, in as many layers as there may be
	for i := range 8 {
		doubled = append(doubled, madeOf(slices.Repeat([]int{i + 2}, 6)...))
	}
	simple := bytes.Clone(g.data[g.bounds[40]:g.bounds[41]])
	disordered := bytes.Clone(simple)
	copy(disordered[10:], words(0xfff0, 1))
	copy(disordered, words(2))
	for _, c := range []struct {
		name, want string
		font       []byte
	}{
		{"good", "", good},
		{"made of itself", "a glyph is made of itself, or of too many layers of others (character U+4E00)", withGlyphs(t, good, madeOf(1))},
		{"made in a circle", "a glyph is made of itself", withGlyphs(t, good, madeOf(2), madeOf(3), madeOf(1))},
		{"doubled", "a glyph is made of more than 1000 others", withGlyphs(t, good, doubled...)},
		{"made of what is not there", "a glyph is made of one that is not there", withGlyphs(t, good, madeOf(60000))},
		{"parts cut", "an outline ends within its data", withGlyphs(t, good, madeOf(40, 41)[:20])},
		{"outline cut", "an outline ends within its data (character U+4E00)", withGlyphs(t, good, simple[:len(simple)/2])},
		{"head cut", "an outline ends within its data", withGlyphs(t, good, simple[:7])},
		{"points", "the points of an outline are out of order", withGlyphs(t, good, disordered)},
		{"glyphs cut", "its table of glyphs leads out of them", withTable(good, "glyf", tables["glyf"][:len(tables["glyf"])/2])},
		{"loca cut", "its table of glyphs is cut off", withTable(good, "loca", tables["loca"][:len(tables["loca"])/2])},
		{"widths cut", "its table of widths does not fit its glyphs", withTable(good, "hmtx", tables["hmtx"][:len(tables["hmtx"])/2])},
		{"all characters many times", "its table of characters names some several times", withCharacters(slices.Repeat([]segment{{1, 0xfff0, 1}}, 3000)...)},
		{"characters cut", "its table of characters leads out of itself", withTable(good, "cmap", tables["cmap"][:30])},
	} {
		m := withFont(c.font, every(600))
		checked := CheckFonts(m.Appearance.Fonts)
		var out bytes.Buffer
		warnings, err := Write(&out, view.New(m, matrix.Findings{}))
		if c.want == "" {
			if checked != nil || err != nil || warnings != nil || bytes.Count(out.Bytes(), []byte("/Length1")) != int(faceCount)+1 {
				t.Errorf("%s: %v, %v, %v", c.name, checked, err, warnings)
			}
			continue
		}
		want := `m.yaml:7:3: the font "own.ttf" is broken: ` + c.want
		if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.HasPrefix(checked.String(), want) || out.Len() > 0 {
			t.Errorf("%s: %v\n%v\nwant %s", c.name, checked, err, want)
		}
	}
}

// TestCutFonts: a font that ends anywhere is an error or has all of its glyphs.
func TestCutFonts(t *testing.T) {
	good := ideographs()
	for part := range 64 {
		m := withFont(good[:len(good)*part/64], every(600))
		if problems := CheckFonts(m.Appearance.Fonts); !strings.HasPrefix(problems.String(), `m.yaml:7:3: the font "own.ttf" `) {
			t.Errorf("%d of 64: %v", part, problems)
		}
	}
}

// TestFontThatFailsLater: where the library cannot embed a font that passed, the
// error names it and not the whole document.
func TestFontThatFailsLater(t *testing.T) {
	fonts, problems := loadFonts(withFont(ideographs(), "").Appearance.Fonts)
	if problems != nil {
		t.Fatal(problems)
	}
	r := newBuilder(fonts, view.New(withFont(ideographs(), every(9)), matrix.Findings{}))
	r.writer = newWriter(r)
	r.writer.order = []int{0, int(faceCount)}
	r.writer.used[0] = make([]bool, lastRune+1)
	r.writer.used[faceCount] = make([]bool, lastRune+1)
	r.writer.used[faceCount][first] = true
	if problems := r.brokenFonts(); problems != nil {
		t.Error(problems)
	}
	r.extra[0].Data = withTable(r.extra[0].Data, "post", nil)
	if got := r.brokenFonts().String(); !strings.HasPrefix(got, `m.yaml:7:3: the font "own.ttf" is broken: it cannot be embedded: `) {
		t.Error(got)
	}
}

// FuzzFont: a font from anywhere gives an error at its place or a document, never
// a panic, and check says the same as the report.
func FuzzFont(f *testing.F) {
	f.Add(uint(0), byte(0), uint(0), byte(0), uint(0))
	f.Add(uint(100), byte(0xff), uint(5), byte(1), uint(0))
	f.Add(uint(0), byte(0), uint(0), byte(0), uint(1000))
	good, name := ideographs(), every(600)
	f.Fuzz(func(t *testing.T, at uint, b byte, also uint, with byte, cut uint) {
		data := bytes.Clone(good)
		data[at%uint(len(data))] ^= b
		data[also%uint(len(data))] ^= with
		m := withFont(data[:uint(len(data))-cut%uint(len(data))], name)
		checked := CheckFonts(m.Appearance.Fonts)
		var out bytes.Buffer
		_, err := Write(&out, view.New(m, matrix.Findings{}))
		if (checked == nil) != (err == nil) || err != nil && (out.Len() > 0 || !strings.HasPrefix(err.Error(), `m.yaml:7:3: the font "own.ttf" `)) {
			t.Fatal(fmt.Sprint(checked, " | ", err))
		}
	})
}
