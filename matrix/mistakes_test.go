package matrix_test

import (
	"strings"
	"testing"

	"raci/matrix"
)

// mistakes are what people write who do not think of YAML, each with all that is
// said of it but missing keys.
var mistakes = []struct{ text, want string }{
	{"version: 1\norganization: {{ org }}\nsystem: Shop\n", `m:2:15: organization must be text, not a map; write the text itself; put quotes around text that begins with {`},
	{"version: 1\nsystem:Shop\norganization: x\n", `m:2:7: not valid YAML: could not find expected ':'; write a blank behind the colon`},
	{"version:1\nsystem: Shop\n", `m:1:8: not valid YAML: mapping values are not allowed in this context; write a blank behind the colon`},
	{"version: 1\nsystem: Shop\norganization:x\n", `m:3:13: not valid YAML: could not find expected ':'; write a blank behind the colon`},
	{"version: 1\nsystem: a: b\n", `m:2:10: not valid YAML: mapping values are not allowed in this context; put quotes around text that contains a colon and a space, or fix the indentation`},
	{"version: 1\nsystem: \"Shop\norganization: x\n", `m:2:9: not valid YAML: found unexpected end of stream; close the quote`},
	{"version: 1\nsystem: \"Shop\norganization: \"x\"\nscope: y\n", `m:2:9: not valid YAML: did not find expected key; close the quote`},
	{"version: 1\nsystem: 'Shop\norganization: 'x'\nscope: y\n", `m:2:9: not valid YAML: did not find expected key; close the quote`},
	{"version: 1\nsystem: Bob's\norganization: 'Bob's'\nscope: y\n", `m:3:20: not valid YAML: did not find expected key; the text before this one ends here: put " around the whole text, or write '' for a ' within '`},
	{"version: 1\nsystem: \"The \"Shop\"\"\nscope: y\n", `m:2:15: not valid YAML: did not find expected key; the text before this one ends here: put ' around the whole text, or write \" for a " within "`},
	{"version: 1\nsystem: \"Shop\" team\nscope: y\n", `m:2:16: not valid YAML: did not find expected key; the text before this one ends here: put ' around the whole text, or write \" for a " within "`},
	{"version: 1\nsystem: @shop\n", "m:2:9: not valid YAML: found character that cannot start any token; put quotes around text that begins with @, ` or %"},
	{"version: 1\nsystem: `shop`\n", "m:2:9: not valid YAML: found character that cannot start any token; put quotes around text that begins with @, ` or %"},
	{"version: 1\nsystem: %shop\n", "m:2:9: not valid YAML: found character that cannot start any token; put quotes around text that begins with @, ` or %"},
	{"version: 1\nsystem: *\n", `m:2:9: not valid YAML: did not find expected alphabetic or numeric character; put quotes around text that begins with & or *`},
	{"version: 1\nsystem: *.example.com\n", `m:2:9: not valid YAML: did not find expected alphabetic or numeric character; put quotes around text that begins with & or *`},
	{"version: 1\nsystem: *Shop\n", `m:2:9: not valid YAML: unknown anchor 'Shop' referenced; put quotes around text that begins with *`},
	{"version: 1\nsystem: [*]\n", `m:2:10: not valid YAML: did not find expected alphabetic or numeric character; put quotes around text that begins with & or *`},
	{"version: 1\nassign:\n  - {duty: *, accountable: boss}\n", `m:3:12: not valid YAML: did not find expected alphabetic or numeric character; put quotes around text that begins with & or *`},
	{"version: 1\nsystem: **Shop**\n", `m:2:9: not valid YAML: did not find expected alphabetic or numeric character; put quotes around text that begins with & or *`},
	{"version: 1\nsystem: & Co\n", `m:2:9: not valid YAML: did not find expected alphabetic or numeric character; put quotes around text that begins with & or *`},
	{"version: 1\nsystem: &Co Shop\n", `m:2:9: the anchor "Co" is used nowhere; remove it, or put quotes around a text that begins with &`},
	{"version: 1\nsystem: !important\n", `m:2:9: the tag !important is not that of nothing; write the value itself: nothing is looked up or converted here; put quotes around text that begins with !`},
	{"version: 1\nsystem: ! shop\n", `m:2:9: the tag ! stands before a text without quotes; write the value itself: nothing is looked up or converted here; put quotes around text that begins with !`},
	{"version: 1\nsystem: !!\n", `m:2:9: not valid YAML: did not find expected tag URI; put quotes around text that begins with !`},
	{"version: 1\nsystem: > shop\n", `m:2:9: not valid YAML: did not find expected comment or line break; put quotes around text that begins with | or >`},
	{"version: 1\nsystem: | shop\n", `m:2:9: not valid YAML: did not find expected comment or line break; put quotes around text that begins with | or >`},
	{"version: 1\nsystem: - shop\n", `m:2:9: not valid YAML: block sequence entries are not allowed in this context; put quotes around text that begins with -, or begin the list on the next line`},
	{"version: 1\nsystem: ? shop\n", `m:2:9: not valid YAML: mapping keys are not allowed in this context; put quotes around text that begins with ?`},
	{"version: 1\nsystem: : shop\n", `m:2:9: not valid YAML: mapping values are not allowed in this context; put quotes around text that contains a colon and a space, or fix the indentation`},
	{"version: 1\nsystem: , shop\n", `m:2:9: not valid YAML: did not find expected node content; give it a value; put quotes around text that begins with a special character of YAML, such as - , : or ]`},
	{"version: 1\nsystem: ] shop\n", `m:2:9: not valid YAML: did not find expected node content; give it a value; put quotes around text that begins with a special character of YAML, such as - , : or ]`},
	{"version: 1\nsystem: } shop\n", `m:2:9: not valid YAML: did not find expected node content; give it a value; put quotes around text that begins with a special character of YAML, such as - , : or ]`},
	{"version: 1\nsystem: [Internal] Shop\n", `m:2:9: not valid YAML: did not find expected key; put quotes around text that begins with [ or {`},
	{"version: 1\nsystem: {a} Shop\n", `m:2:9: not valid YAML: did not find expected key; put quotes around text that begins with [ or {`},
	{"version: 1\nsystem: # Shop\norganization: x\n", `m:2:8: the key "system" has no value; give it a value or remove it`},
	{"version: 1\nsystem: #Shop\norganization: x\n", `m:2:8: the key "system" has no value; put quotes around text that begins with #, or write a blank behind the # of a comment`},
	{"version: 1\nsystem: Shop #1\n", `m:2:14: system ends before "#1", which is a comment; put quotes around the text if this belongs to it; write a blank behind the # of a comment`},
	{"version: 1\n\tsystem: Shop\n", `m:2:1: not valid YAML: found a tab character that violates indentation; indent with spaces, not tabs`},
	{"parties:\n\tboss: x\n", `m:2:1: not valid YAML: found character that cannot start any token; indent with spaces, not tabs`},
	{"parties:\n  boss: x\n\tteam: y\n", `m:3:1: not valid YAML: found a tab character that violates indentation; indent with spaces, not tabs`},
	{"services:\n  -\tuse: s3\n", `m:2:4: not valid YAML: found character that cannot start any token; indent with spaces, not tabs`},
	{"services:\n  - use: s3\n  \towner: team\n", `m:3:3: not valid YAML: found a tab character that violates indentation; indent with spaces, not tabs`},
	{"version: 1\nsystem: \"C:\\Users\\shop\"\n", `m:2:12: \U is not an escape between double quotes; write \\ for a \, or put ' in the place of " around the text`},
	{"version: 1\nsystem: \"C:\\temp\\new\"\n", `m:2:12: \t is not an escape between double quotes; write \\ for a \, or put ' in the place of " around the text`},
	{"version: 1\nscope: \"C:\\temp\\new\"\n", `m:2:11: \t is not an escape between double quotes; write \\ for a \, or put ' in the place of " around the text`},
	{"version: 1\nsystem: \"\\\\server\\share\"\n", `m:2:18: \s is not an escape between double quotes; write \\ for a \, or put ' in the place of " around the text`},
	{"version: 1\nsystem: \"a\\xZZ\"\n", `m:2:11: \x is not an escape between double quotes; write \\ for a \, or put ' in the place of " around the text`},
	{"version: 1\nsystem: \"a\\u12\"\n", `m:2:11: \u is not the code of a character; write \\ for a \, or the code of a character: \x and 2, \u and 4 or \U and 8 hexadecimal digits`},
	{"version: 1\nsystem: \"a\\ud83d\"\n", `m:2:11: \ud83d is half of a character; write both halves, such as \ud83d\ude80, or the character itself`},
	{"version: 1\nsystem: \"a\\ude80\\ud83d\"\n", `m:2:11: \ude80 is half of a character; write both halves, such as \ud83d\ude80, or the character itself`},
	{"version: 1\nsystem: \"\\d+\"\n", `m:2:10: \d is not an escape between double quotes; write \\ for a \, or put ' in the place of " around the text`},
	{"version: 1\nsystem: Shop\n organization: x\n", `m:3:2: not valid YAML: mapping values are not allowed in this context; put quotes around text that contains a colon and a space, or fix the indentation`},
	{"version: 1\n  system: Shop\n", `m:2:3: not valid YAML: mapping values are not allowed in this context; put quotes around text that contains a colon and a space, or fix the indentation`},
	{"parties:\nboss: x\n", "m:1:9: the key \"parties\" has no value; indent what belongs under it, or remove it\nm:2:1: unknown key \"boss\" in the manifest; the keys are version, organization, system, revision, date, accountability, duties, scope, prepared-by, reviewed-by, next-review, history, frameworks, environments, accounts, parties, defaults, services, assign, answers, overrides, report, catalog, check"},
	{"parties:\n- boss: x\n", `m:2:1: parties must be a map, not a list; write keys with values, without - before them`},
	{"services:\n- use: s3\n - use: rds\n", `m:3:2: not valid YAML: did not find expected key; begin each key of a map in the same column as the keys before it, and close every quote`},
	{"services: {use: s3}\n", `m:1:11: services must be a list, not a map; put [ and ] around it`},
	{"services:\n  use: s3\n", `m:2:3: services must be a list, not a map; begin each item with -`},
	{"services: s3\n", `m:1:11: services must be a list, not text; put [ and ] around it, or begin it with - on a line of its own`},
	{"services: [s3, rds]\n", "m:1:12: a service must be a map, not text; write keys with values: key: value\nm:1:16: a service must be a map, not text; write keys with values: key: value"},
	{head + "services: [{use: s3, owner:team}]\n", `m:6:22: unknown key "owner:team" in a service; write a blank behind the colon: "owner: team"`},
	{head + "services: [{use: s3, owner: team, Name: x}]\n", `m:6:35: unknown key "Name" in a service; did you mean "name"?`},
	{head + "services: [{use: s3 owner: team}]\n", `m:6:26: not valid YAML: did not find expected ',' or '}'; put a comma before a new key, or quotes around text that contains a colon and a space`},
	{"parties: {boss: {name: Risk, contact}}\n", `m:1:37: the key "contact" has no value; between { and } a comma ends a value: put quotes around text that contains one`},
	{"parties: {boss: {name: Risk, Legal: and more}}\n", `m:1:30: unknown key "Legal" in a party; the keys are name, contact, kind; if it belongs to the text before it, put quotes around the whole text: between { and } a comma ends a value`},
	{"parties: {boss: {name: Risk, name}}\n", `m:1:30: the key "name" occurs twice in a party; the first is at line 1; between { and } a comma ends a value: put quotes around text that contains one`},
	{"parties: {boss: {name: Risk, kind, and Compliance}}\n", "m:1:34: the key \"kind\" has no value; between { and } a comma ends a value: put quotes around text that contains one\nm:1:36: unknown key \"and Compliance\" in a party; between { and } a comma ends a value: put quotes around text that contains one"},
	{"parties: {boss: {name: \"Risk\", Legal}}\n", `m:1:32: unknown key "Legal" in a party; the keys are name, contact, kind`},
	{"parties: {boss: Risk, Audit and more}\n", `m:1:37: the key "Audit and more" has no value; between { and } a comma ends a value: put quotes around text that contains one`},
	{"parties: {boss: Risk, audit, team: x}\n", `m:1:28: the key "audit" has no value; between { and } a comma ends a value: put quotes around text that contains one`},
	{"parties:\n  boss: {name: Risk: Audit}\n", `m:2:20: not valid YAML: did not find expected ',' or '}'; put a comma before a new key, or quotes around text that contains a colon and a space`},
	{"parties: {boss: {name: Risk\n", `m:1:1: not valid YAML: did not find expected ',' or '}'; close the { with }, and put a comma between its parts`},
	{"parties: {boss: {name: Risk}\nservices: []\n", `m:1:1: not valid YAML: did not find expected ',' or '}'; close the { with }, and put a comma between its parts`},
	{"version: 1\nsystem: null\n", `m:2:9: the key "system" has no value; put quotes around it if it is a text: "null"`},
	{"version: 1\nsystem: ~\n", `m:2:9: the key "system" has no value; put quotes around it if it is a text: "~"`},
	{"version: 1\nsystem:\n", `m:2:8: the key "system" has no value; give it a value or remove it`},
	{"version: 1\nsystem: {a: b}\n", `m:2:9: system must be text, not a map; write the text itself; put quotes around text that begins with {`},
	{"version: 1\nsystem:\n  name: x\n", `m:3:3: system must be text, not a map; write the text itself behind the key; put quotes around text that contains a colon and a blank`},
	{"version: 1\nsystem:\n  - x\n", `m:3:3: system must be text, not a list; write it behind the key, without -`},
	{"\ufeffversion: 2\n", `m:1:10: version "2" of the manifest's format is not known; write version: 1`},
	{"version: 1\n\ufeffsystem: Shop\n", `m:2:1: the character U+FEFF, a byte order mark, stands within the file; remove it: it may stand at the beginning of the file alone`},
	{"version: 2\r\nsystem: \"\r\n", `m:2:9: not valid YAML: found unexpected end of stream; close the quote`},
	{"version: 1\rsystem: a: b\r", `m:2:10: not valid YAML: mapping values are not allowed in this context; put quotes around text that contains a colon and a space, or fix the indentation`},
	{"version: 1\nsystem: a\u0085b\n", `m:2:10: the control character U+0085, which some programs take for a line break; replace it by a blank or a line break`},
	{"version: 1\nsystem: a\u2028b\n", `m:2:10: the character U+2028, a line separator, which some programs take for a line break; replace it by a blank or a line break`},
	{"\xff\xfev\x00", `m:1:1: the file is UTF-16 text; save the file as UTF-8 text`},
	{"report: {protect: yes}\n", `m:1:19: unknown value of protect "yes"; write true`},
	{"report: {protect: Yes}\n", `m:1:19: unknown value of protect "Yes"; write true`},
	{"report: {protect: \"true\"}\n", `m:1:19: the value of protect is text, not true or false; write it without quotes`},
	{"report: {protect: tru}\n", `m:1:19: unknown value of protect "tru"; did you mean "true"?`},
	{"report: {protect: 1}\n", `m:1:19: unknown value of protect "1"; write true`},
	{"%YAML 1.2\n---\nversion: 2\n", `m:3:10: version "2" of the manifest's format is not known; write version: 1`},
	{"%YAML 1.3\n---\n", `m:1:1: version 1.3 of YAML is not known; write %YAML 1.2, or remove the line`},
	{"%YAML 1.2\nversion: 1\n", `m:2:1: no --- ends the directives that begin at line 1; write --- on a line of its own before this one`},
	{"%TAG ! tag:x\n---\na: b\n", `m:1:1: the directive %TAG declares tags, and a file of raci has none; remove the line; write the values themselves, without tags`},
	{"%FOO\n---\na: b\n", `m:1:1: "%FOO" is not a directive of YAML; remove the line, or put quotes around a text that begins with %`},
	{"%YAML\n---\na: b\n", `m:1:1: "%YAML" names no version of YAML; write %YAML 1.2, or remove the line`},
	{"%YAML 1.2\n%YAML 1.1\n---\nversion: 2\n", `m:2:1: a second directive; the first is at line 1; remove one of the two`},
	{"# c\n%YAML 1.2 # x\n---\nversion: 2\n...\n", `m:4:10: version "2" of the manifest's format is not known; write version: 1`},
	{"%YAML 1.2\n", `m:1:1: the file is empty`},
	{"a: &a {<<: *a}\n", `m:1:4: the anchor "a" contains itself`},
	{"version: 1\nreport: {<<: 5}\n", `m:2:14: the key << takes in maps, and this is text; write <<: *NAME, where &NAME stands before a map, or a list of such`},
	{"version: 1\nreport: {<<: [[]]}\n", `m:2:15: the key << takes in maps, and this is a list; write <<: *NAME, where &NAME stands before a map, or a list of such`},
	{"version: 1\nreport: {<<: {title: x}, <<: {title: y}}\n", `m:2:26: the key << occurs twice in a map; the first is at line 2; write one, with a list: <<: [*one, *other]`},
	{"version: 1\nreport: {\"<<\": {title: x}}\n", `m:2:10: unknown key "<<" in report; write << without quotes to take in another map`},
	{"x-a: &r {titel: y}\nreport: {<<: *r}\n", `m:1:10: unknown key "titel" in report; did you mean "title"?`},
	{"x-a: 1\nx-a: 2\n", `m:2:1: the key "x-a" occurs twice; remove one of the two`},
	{"x-a: &r {title: y, title: z}\nreport: {<<: *r}\n", `m:1:20: the key "title" occurs twice in report; the first is at line 1; remove one of the two`},
	{"report: {<<: }\n", `m:1:14: the key << takes in maps, and this is nothing; write <<: *NAME, where &NAME stands before a map, or a list of such`},
	{"revision: !!str 5\nversion: 2\n", `m:2:10: version "2" of the manifest's format is not known; write version: 1`},
	{"version: !!int 2\n", `m:1:10: version "2" of the manifest's format is not known; write version: 1`},
	{"version: !!int \"2\"\n", `m:1:10: the tag !!int is not that of text; write the value itself: nothing is looked up or converted here; put quotes around text that begins with !`},
	{"revision: !!float 5\n", `m:1:11: the tag !!float is not that of a number; write the value itself: nothing is looked up or converted here; put quotes around text that begins with !`},
	{"services: !!set {a, b}\n", "m:1:11: services must be a list, not a map; put [ and ] around it\nm:1:11: the tag !!set is not that of a map; write the value itself: nothing is looked up or converted here; put quotes around text that begins with !"},
	{"services: !!seq []\n", `m:1:11: services is empty; list the services in use, each as - use: SERVICE`},
	{"revision: &a !Ref x\n", `m:1:14: the tag !Ref is not that of text; write the value itself: nothing is looked up or converted here; put quotes around text that begins with !`},
	{"parties: {!x boss: y}\n", `m:1:11: the tag !x is not that of text; write the value itself: nothing is looked up or converted here; put quotes around text that begins with !`},
	{"date: !!timestamp 2026-11-21\nversion: 2\n", `m:2:10: version "2" of the manifest's format is not known; write version: 1`},
	{"date: 21.11.2026\n", `m:1:7: date "21.11.2026" is not a day of the calendar; write it as YYYY-MM-DD, for example 2026-11-21`},
	{"organization: [a, b]\n", `m:1:15: organization must be text, not a list; write one value, not a list`},
	{"organization: [a]\n", `m:1:15: organization must be text, not a list; write it without [ and ]; put quotes around text that begins with [`},
	{"organization:\n  - a\n", `m:2:3: organization must be text, not a list; write it behind the key, without -`},
	{"version: 1\nscope: >\n  text\n bad\n", `m:4:2: not valid YAML: did not find expected key; begin each key of a map in the same column as the keys before it, and close every quote`},
	{"version: 1\n---\nfoo: 1\n", `m:2:1: a second document begins here; keep one document per file`},
	{"version: 1\n...\nfoo: 1\n", `m:3:1: not valid YAML: did not find expected <document start>; keep one document per file`},
	{"---\nversion: 2\n", `m:2:10: version "2" of the manifest's format is not known; write version: 1`},
	{"{\"version\": 2,}\n", `m:1:13: version "2" of the manifest's format is not known; write version: 1`},
	{"{\"version\": 2 \"system\": 1}\n", `m:1:1: not valid YAML: did not find expected ',' or '}'; close the { with }, and put a comma between its parts`},
	{`{'version': 2}`, `m:1:13: version "2" of the manifest's format is not known; write version: 1`},
	{"// comment\nversion: 1\n", `m:1:1: not valid YAML: mapping values are not allowed in this context; begin a comment with #`},
	{"version = 1\nsystem = x\n", `m:1:1: the manifest must be a map, not text; write keys with values: key: value`},
	{"version: 1\nsystem: Shop\n}\n", `m:3:1: not valid YAML: did not find expected key; begin each key of a map in the same column as the keys before it, and close every quote`},
	{"version: 1;\nsystem: Shop;\n", `m:1:10: version "1;" of the manifest's format is not known; write version: 1`},
	{`<xml/>`, `m:1:1: the manifest must be a map, not text; write keys with values: key: value`},
	{"version: 1\nparties:\n  boss:\n  name: x\n", `m:3:8: the name of the party must be text, not nothing`},
	{"version: 1\nsystem: “Shop”\nservices: \u00a0x\n", `m:3:11: services must be a list, not text; put [ and ] around it, or begin it with - on a line of its own`},
	{"version: 1\n\u00a0system: Shop\n", `m:2:1: unknown key "\u00a0system" in the manifest; did you mean "system"?`},
	{"version： 1\n", `m:1:1: the manifest must be a map, not text; write keys with values: key: value`},
}

// TestMistakes: what is wrong is placed where it stands, with what to write instead.
func TestMistakes(t *testing.T) {
	for _, c := range mistakes {
		_, problems := matrix.ParseManifest("m", []byte(c.text))
		var got []string
		for _, p := range problems {
			if !strings.HasPrefix(p.Message, "missing key") {
				got = append(got, p.String())
			}
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.text, strings.Join(got, "\n"), c.want)
		}
	}
}

// TestNoMistakes: what looks like a mistake and is none.
func TestNoMistakes(t *testing.T) {
	for _, text := range []string{
		"version: 1\nsystem: ?shop\n",
		"version: 1\nsystem: Shop # the shop\n",
		"version: 1\nsystem: C# Shop\n",
		"version: 1\nsystem: C:\\temp\n",
		"report: {protect: TRUE}\n",
		"version: 1\nsystem: a\\/b\norganization: 'a\\/b'\n",
		"version: 1\norganization: a\n  b\n",
	} {
		_, problems := matrix.ParseManifest("m", []byte(text))
		for _, p := range problems {
			if !strings.HasPrefix(p.Message, "missing key") {
				t.Errorf("%q: %s", text, p)
			}
		}
	}
}
