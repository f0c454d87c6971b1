package source

import "testing"

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
	} {
		if got := ParsePos(text); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		} else if got.String() != text {
			t.Errorf("%+v is written %q, want %q", got, got.String(), text)
		}
	}
}
