package source

import (
	"strings"
	"testing"
)

func TestParsePos(t *testing.T) {
	for text, want := range map[string]Pos{
		"":                         {},
		"manifest.yaml":            {File: "manifest.yaml"},
		"manifest.yaml:24:5":       {"manifest.yaml", 24, 5},
		"a:b c/m:1.yaml:24:5":      {"a:b c/m:1.yaml", 24, 5},
		"5:6:7:8":                  {"5:6", 7, 8},
		":3:4":                     {"", 3, 4},
		"m.yaml:3:0":               {"m.yaml", 3, 0},
		"m.yaml:24":                {File: "m.yaml:24"},
		"m.yaml:-3:4":              {File: "m.yaml:-3:4"},
		"m.yaml:3:":                {File: "m.yaml:3:"},
		"m.yaml:0:4":               {File: "m.yaml:0:4"},
		"m:99999999999999999999:1": {File: "m:99999999999999999999:1"},
		`"a\nb.yaml"`:              {File: "a\nb.yaml"},
		`"a\nb.yaml":3:4`:          {"a\nb.yaml", 3, 4},
		`"::error::x":3:4`:         {"::error::x", 3, 4},
		`"a\u202e:5:6":3:4`:        {"a\u202e:5:6", 3, 4},
		`"\xff":1:2`:               {"\xff", 1, 2},
	} {
		if got := ParsePos(text); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		} else if got.String() != text {
			t.Errorf("%+v is written %q, want %q", got, got.String(), text)
		}
	}
}

// TestQuoted: what could deceive is quoted, and names of all scripts are not.
func TestQuoted(t *testing.T) {
	for path, want := range map[string]string{
		"a b/ü/日本.yaml": "a b/ü/日本.yaml", `C:\x\y.yaml`: `C:\x\y.yaml`, "a#b": "a#b", "": "", "a::b": "a::b",
		"a\nb": `"a\nb"`, "a\x1b[2J": `"a\x1b[2J"`, "::x": `"::x"`, "a\u202eb": `"a\u202eb"`, "a\u200bb": `"a\u200bb"`, "\xff": `"\xff"`,
		" a": `" a"`, `"a"`: `"\"a\""`, "a\u3164": `"a\u3164"`, "##[error]": `"#\x23[error]"`, "a##vso[x]": `"a#\x23vso[x]"`, "a\u00a0b": `"a\u00a0b"`, "a\ufffdb": "a\ufffdb",
	} {
		got := Quoted(path)
		if got != want {
			t.Errorf("%q is written %s, want %s", path, got, want)
		}
		if back := ParsePos(got); path != "" && back.File != path {
			t.Errorf("%s is read back as %q", got, back.File)
		}
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"a\nb\tc\rd": "a b c d", "::error::x": `\::error::x`, " \n::x": `  \::x`, "x ::y": "x ::y", "a\u202eb\x1b": "a\ufffdb\ufffd", "x ##[a] ##vso[b] ##teamcity[c] ## [": `x #\#[a] #\#vso[b] #\#teamcity[c] ## [`,
		"\u2028::x": "\ufffd::x", "می\u200cخواهم 👩\u200d💻": "می\u200cخواهم 👩\u200d💻", "\xff": "\ufffd", "": "",
	} {
		if got := OneLine(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	if strings.ContainsFunc("a\u200d", IsInvisible) == false {
		t.Error("a joiner can be seen")
	}
}

// TestBadCharacter: joiners and selectors stay where they do something.
func TestBadCharacter(t *testing.T) {
	good := []string{"می\u200cخواهم", "क्\u200dष", "क्\u200cष", "ශ්\u200dරී", "👩\u200d💻", "👩🏽\u200d💻", "❤\ufe0f\u200d🔥", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3", "©\ufe0f", "↔\ufe0f", "‼\ufe0f",
		"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "葛\U000e0100城", "ᠮᠣᠩᠭᠣᠯ\u180e\u1820", "\u0600 x", "日本", "e\u0301", "a\u00a0b", "אבג"}
	for _, s := range good {
		if i, what := BadCharacter(s, false); i >= 0 {
			t.Errorf("%+q has %s", s, what)
		}
	}
	for _, s := range []string{"a\u200cb", "a\u200db", "\u200d👩", "👩\u200d", "👩\u200d\u200d💻", "a\ufe0f", "❤\ufe0f\ufe0f", "1\ufe0f", "\U000e0041", "a\U000e0100", "م\u200c", "\u180e", "a\u034fb", "\u115f", "\ufeff", "a\u2800", "a\u061c", "a\u200e", "a\u2069", "a\u00ad", "\u0085", "a\x7f"} {
		if i, _ := BadCharacter(s, false); i < 0 {
			t.Errorf("%+q is taken for a name", s)
		}
	}
	for _, s := range []string{"a\u202e", "a\u2066", "\ufeff", "a\u3164", "a\U000e0001", "a\u2028b", "a\u001b"} {
		if i, _ := BadCharacter(s, true); i < 0 {
			t.Errorf("%+q is taken for a text", s)
		}
	}
}
