package pdf

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func testFonts(t testing.TB) *fonts {
	t.Helper()
	fs, err := loadFonts(nil)
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

func TestClean(t *testing.T) {
	fs := testFonts(t)
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"", ""},
		{"  a \t\n b  ", "a b"},
		{"=1+1", "=1+1"},
		{"{nb}", "{nb}"},
		{"Zu\u0308rich", "Zürich"},
		{"Ελλάδα Київ œuvre", "Ελλάδα Київ œuvre"},
		{"中文", "□□"},
		{"a😀b", "a□b"},
		{"\u202eabc\u202c\u200f", "abc"},
		{"a\x00b\x1b[0m", "ab[0m"},
		{"soft\u00adhyphen\ufeff", "softhyphen"},
		{"no\u00a0break\u202fhere", "no\u00a0break\u00a0here"},
		{"non\u2011breaking", "non-breaking"},
		{"bad\xffbyte", "bad\ufffdbyte"},
	} {
		if got := newSanitizer(fs).clean(c.in); got != c.want {
			t.Errorf("clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestWarnings(t *testing.T) {
	g := newSanitizer(testFonts(t))
	g.clean("文 中 文 \U0001F600")
	g.clean("中 \xff")
	g.clean(strings.Repeat("long ", maxText))
	want := []string{
		`character U+4E2D "中" is not in the report's font; replaced by "□"`,
		`character U+6587 "文" is not in the report's font; replaced by "□"`,
		`character U+1F600 "😀" is not in the report's font; replaced by "□"`,
		"a text is not valid UTF-8; its broken bytes are printed as \"\ufffd\"",
		`a text of more than 10000 characters is cut in the PDF: it begins "long long long long long long "`,
	}
	if got := strings.Join(g.warnings(), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("warnings:\n%s", got)
	}
}

func TestWarningsAreBounded(t *testing.T) {
	g := newSanitizer(testFonts(t))
	for r := rune(0x4e00); r < 0x4e00+500; r++ {
		g.clean(string(r))
	}
	w := g.warnings()
	if len(w) != maxMissing+1 || !strings.HasPrefix(w[maxMissing], "460 more characters are not in the report's font") {
		t.Errorf("%d warnings, the last %q", len(w), w[len(w)-1])
	}
}

// The marks that this package prints itself must be in the font.
func TestOwnMarks(t *testing.T) {
	fs := testFonts(t)
	for _, r := range string(box) + "\u00b7\u2022\u2013\u2026\u00a0\ufffd" {
		if !fs.has(r) {
			t.Errorf("%U is not in the font", r)
		}
	}
}

func FuzzClean(f *testing.F) {
	fs := testFonts(f)
	for _, s := range []string{"a b", "e\u0301", "😀", "\u202eشكرا", "한국어", "\xff\xfe", "{nb}", "a\u2028b", strings.Repeat("x\u200d", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g := newSanitizer(fs)
		got := g.clean(s)
		last := ' '
		for _, r := range got {
			if !fs.has(r) || r > 0xffff || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == ' ' && last == ' ' {
				t.Fatalf("%q became %q: %U got through", s, got, r)
			}
			last = r
		}
		if last == ' ' && got != "" {
			t.Fatalf("%q became %q: ends in a space", s, got)
		}
		if utf8.RuneCountInString(got) > 3*maxText+10 {
			t.Fatalf("%d characters", utf8.RuneCountInString(got))
		}
		if again := newSanitizer(fs).clean(got); again != got && len(got) <= maxText {
			t.Fatalf("%q, cleaned again %q", got, again)
		}
		for _, width := range []float64{1, 30, 200} {
			lines := fs.wrap(got, regular, small, width)
			joined := strings.Join(lines, "")
			if kept := strings.NewReplacer(" ", "", "-", "").Replace(got); strings.NewReplacer(" ", "", "-", "").Replace(joined) != kept {
				t.Fatalf("wrapping %q at %v lost text: %q", got, width, lines)
			}
			for _, ln := range lines {
				if utf8.RuneCountInString(ln) > 2 && fs.width(ln, regular, small) > width+0.01 {
					t.Fatalf("%q is wider than %v", ln, width)
				}
			}
		}
	})
}
