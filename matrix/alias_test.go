package matrix_test

import (
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/source"
)

// TestAliases: what is wrong because of an alias is placed at the alias, and names the
// value; what is wrong within a value stays there, and names the alias.
func TestAliases(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"x-l: &l [ops, nobody]\nassign: *l\n", "m:2:9: a rule must be a map, not text; write keys with values: key: value\n  see: m:1:10: the value stands here"},
		{"x-l: &l [ops, nobody]\nservices: [{<<: *l, use: s3, name: b}]\n", "m:2:17: the key << takes in maps, and this is text; write <<: *NAME, where &NAME stands before a map, or a list of such\n  see: m:1:10: the value stands here"},
		{"x-l: &l ops\ndefaults: *l\n", "m:2:11: defaults must be a map, not text; write keys with values: key: value\n  see: m:1:6: the value stands here"},
		{"x-l: &l {a: b}\nassign: *l\n", "m:2:9: assign must be a list, not a map; put [ and ] around it\n  see: m:1:6: the value stands here"},
		{"x-l: &l [{a: b}]\ndefaults: {consulted: *l}\n", "m:2:23: consulted must be text or a list, not a map; write one party or a list of such: [a]\n  see: m:1:10: the value stands here"},
		{"x-l: &l [[a]]\ndefaults: {consulted: *l}\n", "m:2:23: consulted must be text, not a list; write it without [ and ]; put quotes around text that begins with [\n  see: m:1:10: the value stands here"},
		{"x-l: &l {a: b}\nsystem: *l\n", "m:2:9: system must be text, not a map; write the text itself; put quotes around text that begins with {\n  see: m:1:6: the value stands here"},
		{"x-l: &l {name: s}\nservices: [*l]\n", "m:2:12: missing key \"use\" in a service; name the service, as use: s3\n  see: m:1:6: the value stands here"},
		{"x-l: &l {duty: d}\nassign: [*l]\n", "m:2:10: the rule says nothing of the rows that it selects; add responsible, accountable, consulted, informed, process, evidence or frequency\n  see: m:1:6: the value stands here"},
		{"x-l: &l {use: s3, ower: o}\nservices: [*l]\n", "m:1:19: unknown key \"ower\" in a service; did you mean \"owner\"?\n  see: m:2:12: the alias that takes it in"},
		{"x-l: &l [{use: s3, ower: o}]\nservices: *l\n", "m:1:20: unknown key \"ower\" in a service; did you mean \"owner\"?\n  see: m:2:11: the alias that takes it in"},
	} {
		_, problems := matrix.ParseManifest("m", []byte(c.text))
		var got source.Diagnostics
		for _, p := range problems {
			if !strings.HasSuffix(p.Message, "in the manifest") {
				got = append(got, p)
			}
		}
		if got.String() != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestAliasedNames: a name that an alias takes in and nothing has is placed where it is
// wrong, with the other place.
func TestAliasedNames(t *testing.T) {
	const rest = "version: 1\norganization: O\nsystem: S\nparties: {ciso: C}\n"
	for _, c := range []struct{ text, want string }{
		{"x-p: &o nobody\nservices: [{use: s3, owner: *o}]\n", "m:2:29: unknown party \"nobody\"; declare it under parties:\n  see: m:1:6: the value stands here"},
		{"x-p: &o [ciso, dat]\nservices: [{use: s3}]\ndefaults: {consulted: *o}\n", "m:1:16: unknown party \"dat\"; declare it under parties:\n  see: m:3:23: the alias that takes it in"},
		{"x-l: &l {duty: \"*\", responsible: dat}\nservices: [{use: s3}]\nassign: [*l, *l]\n", "m:1:34: unknown party \"dat\"; declare it under parties:\n  see: m:3:10: the alias that takes it in"},
		{"x-f: &f soc3\nframeworks: *f\nservices: [{use: s3}]\n", "m:2:13: unknown framework \"soc3\"; see raci catalog list frameworks\n  see: m:1:6: the value stands here"},
	} {
		man, problems := matrix.ParseManifest("m", []byte(c.text+rest))
		if problems != nil {
			t.Fatal(problems)
		}
		if _, problems = matrix.Build(man, shipped(t)); problems.String() != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.text, problems, c.want)
		}
	}
}
