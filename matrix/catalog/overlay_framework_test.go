package catalog_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// rules is a framework with requirements of every kind.
const rules = `
id: rules
name: Rules
publisher: Somebody
baselines: [low, high]
requirements:
  "A": {title: Part A, group: true}
  "A-1": {title: One, in: [low], duties: [feed], organization: Buys food.}
  "A-2": {title: Two, in: [low, high], statements: {a: {duties: [feed]}, b: {organization: Writes.}, c: {duties: [house], outside: Rains.}}}
  "A-10": {title: Ten, duties: [house]}
  "A-11": {title: Eleven, withdrawn: true}
  "B-1": {title: B, duties: [feed]}
`

// overRules opens the small catalog with the framework of the tests, and over it
// these files.
func overRules(over map[string]string) (*catalog.Catalog, source.Diagnostics) {
	base := files(below)
	base["frameworks/rules.yaml"] = &fstest.MapFile{Data: []byte(rules)}
	base["frameworks/alike.yaml"] = &fstest.MapFile{Data: []byte("id: alike\nname: Alike\nlike: rules\nrequirements: {A-1: {}, A-2: {}, A-10: {duties: [feed]}}\n")}
	return catalog.Open(catalog.Layer{Name: "below", FS: base}, catalog.Layer{Name: "ours", FS: files(over)})
}

// answers shows the requirements of a framework in brief.
func answers(f *catalog.Framework) []string {
	var list []string
	var add func(q *catalog.Requirement)
	add = func(q *catalog.Requirement) {
		s := strings.Join([]string{q.ID, q.Title, strings.Join(q.Baselines, "+"), strings.Join(q.Duties, "+"), q.Organization, q.Outside}, "|")
		if q.Omitted {
			s += " omitted at " + q.At.String()
		}
		list = append(list, s)
		for i := range q.Statements {
			add(&q.Statements[i])
		}
	}
	for i := range f.Requirements {
		add(&f.Requirements[i])
	}
	return list
}

const (
	headingA = "A|Part A||||"
	one      = "A-1|One|low|feed|Buys food.|"
	two      = "A-2|Two|low+high|feed+house|(b) Writes.|(c) Rains."
	twoA     = "A-2a|||feed||"
	twoB     = "A-2b||||Writes.|"
	twoC     = "A-2c|||house||Rains."
	ten      = "A-10|Ten||house||"
	eleven   = "A-11|Eleven||||"
	b        = "B-1|B||feed||"
)

// TestOverlayOfFramework: a file of an overlay corrects a framework requirement by
// requirement, and what it does not say stays.
func TestOverlayOfFramework(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", []string{headingA, one, two, twoA, twoB, twoC, ten, eleven, b}},
		{"one requirement", "requirements: {A-1: {title: First}}", []string{headingA, "A-1|First|low|feed|Buys food.|", two, twoA, twoB, twoC, ten, eleven, b}},
		{"and like itself", "like: rules\nrequirements: {A-1: {title: First}}", []string{headingA, "A-1|First|low|feed|Buys food.|", two, twoA, twoB, twoC, ten, eleven, b}},
		{"other duties", "requirements: {A-1: {duties: [house, feed], organization: omit}, A-10: {in: [high]}}",
			[]string{headingA, "A-1|One|low|house+feed||", two, twoA, twoB, twoC, "A-10|Ten|high|house||", eleven, b}},
		{"as others write the ids", "requirements: {a-01: {title: First}, Control A-10: omit}", []string{headingA, "A-1|First|low|feed|Buys food.|", two, twoA, twoB, twoC, ten + " omitted at ours/frameworks/rules.yaml:2:38", eleven, b}},
		{"ids behind a new one", "requirements: {A-0: {title: Zero, duties: feed}, a-1: {title: First}, A-10: omit}",
			[]string{headingA, "A-0|Zero||feed||", "A-1|First|low|feed|Buys food.|", two, twoA, twoB, twoC, ten + " omitted at ours/frameworks/rules.yaml:2:71", eleven, b}},
		{"letters", "requirements: {A-2: {statements: {a: {duties: house}, b: omit, d: {duties: feed}}}}",
			[]string{headingA, one, "A-2|Two|low+high|house+feed||(c) Rains.", "A-2a|||house||", twoB + " omitted at ours/frameworks/rules.yaml:2:55", twoC, "A-2d|||feed||", ten, eleven, b}},
		{"left out", "requirements:\n  A-1: omit\n  A-2: omit\n", []string{headingA, one + " omitted at ours/frameworks/rules.yaml:3:3", two + " omitted at ours/frameworks/rules.yaml:4:3", twoA, twoB, twoC, ten, eleven, b}},
		{"new ones", "requirements: {C-1: {title: C, duties: feed}, A-3: {title: Three, duties: feed}, B-0: {title: B0, duties: feed}, A-1(1): {title: Enhanced, duties: feed}, A-20: {title: Twenty, duties: feed}}",
			[]string{headingA, one, "A-1(1)|Enhanced||feed||", two, twoA, twoB, twoC, "A-3|Three||feed||", ten, eleven, "A-20|Twenty||feed||", "B-0|B0||feed||", b, "C-1|C||feed||"}},
		{"an answer in letters", "requirements: {A-10: {duties: [], statements: {a: {duties: feed}}}}", []string{headingA, one, two, twoA, twoB, twoC, "A-10|Ten||feed||", "A-10a|||feed||", eleven, b}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cat, problems := overRules(map[string]string{"frameworks/rules.yaml": "id: rules\n" + c.text})
			if problems != nil {
				t.Fatal(problems)
			}
			f, problems := cat.Framework("rules")
			if problems != nil {
				t.Fatal(problems)
			}
			if got := answers(f); !slices.Equal(got, c.want) || f.Name != "Rules" || f.Publisher != "Somebody" {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// TestLikeACorrected: a framework that starts from one which an overlay corrects
// takes the corrected answers over. What the overlay leaves out of the one, a
// statement as well as a requirement, is not left out of the other, which is a framework of its own; and a correction of the
// other does not touch the first.
func TestLikeACorrected(t *testing.T) {
	cat, problems := overRules(map[string]string{
		"frameworks/rules.yaml": "id: rules\nrequirements: {A-1: omit, A-2: {statements: {a: {duties: house}, b: omit}}}\n",
		"frameworks/alike.yaml": "id: alike\nrequirements: {A-2: {statements: {c: {outside: Snows.}}}, A-10: omit}\n",
		"controls.yaml":         "controls: [{id: care, duties: [{id: walk, scope: organization, title: Walk, customer: Walks., requirements: [rules/A-2c]}]}]\n",
	})
	if problems != nil {
		t.Fatal(problems)
	}
	alike, problems := cat.Framework("alike")
	if problems != nil {
		t.Fatal(problems)
	}
	want := []string{"A-1|One||feed|Buys food.|", "A-2|Two||house+walk|(b) Writes.|(c) Snows.", "A-2a|||house||", twoB, "A-2c|||house+walk||Snows.",
		"A-10|Ten||feed|| omitted at ours/frameworks/alike.yaml:2:59"}
	if got := answers(alike); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	first, _ := cat.Framework("rules")
	if got := answers(first)[5]; got != "A-2c|||house+walk||Rains." {
		t.Errorf("the other framework has %s", got)
	}
}

func TestOverlayOfFrameworkProblems(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"requirements: {A-3: omit}", `2:16: there is no requirement "A-3" to leave out; did you mean "A-1"?`},
		{"requirements: {A: omit}", `2:16: "A" is a heading, and asks for nothing itself; leave out its requirements`},
		{"requirements: {A-11: omit}", `2:16: the requirement "A-11" has been withdrawn, and asks for nothing; remove the line`},
		{"requirements: {A-2: {statements: {d: omit}}}", `2:35: there is no statement "A-2d" to leave out; only what a layer below has can be left out`},
		{"requirements: {A-2: {statements: {a: omit, b: omit, c: omit}}}", `2:34: no statement of the requirement "A-2" is left; leave the requirement out: A-2: omit
2:16: the requirement "A-2" must be answered, or be a heading, or be withdrawn; to leave out what it asks for, write A-2: omit`},
		{"requirements: {A-2: {duties: feed}}", `2:21: the requirement "A-2" is answered by its statements; say it in the statements`},
		{"requirements: {A-1: {statements: {a: {duties: feed}}}}", `2:34: the requirement "A-1" has statements and an answer of its own; clear its answer: duties: [], organization: omit, outside: omit`},
		{"requirements: {A-10: {organization: omit}}", `2:37: there is no text under organization to leave out; remove the line`},
		{"requirements: {A-2: {in: [low]}}", `2:16: the requirement "A-2" is in the baseline "high", and an overlay cannot take it out; name it under in:, or leave the requirement out with omit, or in the manifest with exclude:`},
		{"requirements: {A-1: {title: First}, a-1: omit}", `2:37: the requirement "A-1" stands twice in this file; the first is at line 2; make them one`},
		{"requirements: {A-2(a): omit}", `2:16: "A-2(a)" is a statement of the requirement "A-2"; write A-2: {statements: {a: ...}}`},
		{"requirements: {A-4: {duties: feed}}", `2:21: missing key "title" in the requirement A-4`},
	} {
		cat, problems := overRules(map[string]string{"frameworks/rules.yaml": "id: rules\n" + c.text + "\n"})
		if problems == nil {
			_, problems = cat.Framework("rules")
		}
		var want []string
		for _, line := range strings.Split(c.want, "\n") {
			want = append(want, "ours/frameworks/rules.yaml:"+line)
		}
		slices.Sort(want)
		if got := problems.String(); got != strings.Join(want, "\n") {
			t.Errorf("%s:\ngot  %s\nwant %s", c.text, got, strings.Join(want, "\n"))
		}
	}
	const own = "id: own\nname: Own\nrequirements: {A-1: omit}\n"
	cat, _ := overRules(map[string]string{"frameworks/own.yaml": own})
	if _, problems := cat.Framework("own"); problems.String() != `ours/frameworks/own.yaml:3:16: there is no requirement "A-1" to leave out; only what a layer below has can be left out` {
		t.Errorf("a framework of one's own leaves out: %v", problems)
	}
}

// TestDutyAnswers: a duty says which requirements it answers. Only a framework that
// is asked for is read for that.
func TestDutyAnswers(t *testing.T) {
	duty := func(requirements string) map[string]string {
		return map[string]string{"controls.yaml": "controls:\n  - id: care\n    duties:\n      - {id: walk, scope: organization, title: Walk, customer: Walks., requirements: " + requirements + "}\n",
			"frameworks/rules.yaml": "id: rules\nrequirements: {B-1: omit}\n"}
	}
	cat, problems := overRules(duty("[rules/A-1, rules/A-2b, other/W9]"))
	if problems != nil {
		t.Fatal(problems)
	}
	f, problems := cat.Framework("rules")
	if problems != nil {
		t.Fatal(problems)
	}
	want := []string{headingA, "A-1|One|low|feed+walk|Buys food.|", "A-2|Two|low+high|feed+walk+house|(b) Writes.|(c) Rains.", twoA, "A-2b|||walk|Writes.|", twoC, ten, eleven, b + " omitted at ours/frameworks/rules.yaml:2:16"}
	if got := answers(f); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	before := cat.Info().Digest
	if _, problems := cat.Framework("other"); problems != nil || cat.Info().Digest == before {
		t.Errorf("the other framework was read before it was asked for (%v)", problems)
	}
	for _, c := range []struct{ requirements, want string }{
		{"A-1", `4:86: "A-1" names no requirement of a framework; write FRAMEWORK/REQUIREMENT, such as soc2-tsc-2017/CC8.1`},
		{"rule/A-1", `4:86: unknown framework "rule"; did you mean "rules"?`},
		{"rules/A-5", `4:86: unknown requirement "A-5" of rules; did you mean "A-1"?`},
		{"rules/A", `4:86: "A" is a heading of rules; name one of its requirements`},
		{"rules/A-11", `4:86: the requirement "A-11" has been withdrawn from rules; remove it`},
		{"rules/A-2", `4:86: the requirement "A-2" of rules is answered by its statements; name a statement, such as A-2a`},
		{"rules/B-1", `4:86: ours/frameworks/rules.yaml:2:16 leaves the requirement "B-1" of rules out; remove one of the two`},
	} {
		cat, problems := overRules(duty(c.requirements))
		if problems == nil {
			problems = cat.ReadAll()
		}
		if problems.String() != "ours/controls.yaml:"+c.want {
			t.Errorf("%s:\ngot  %v\nwant %s", c.requirements, problems, c.want)
		}
	}
}

// TestOverlayOfAWSPart: where AWS's part is taken from follows from what all layers
// say of the duties, also where a framework starts from another.
func TestOverlayOfAWSPart(t *testing.T) {
	parts := func(over map[string]string) string {
		cat, problems := overRules(over)
		if problems != nil {
			t.Fatal(problems)
		}
		var got []string
		for _, id := range []string{"rules", "alike"} {
			f, problems := cat.Framework(id)
			if problems != nil {
				t.Fatal(problems)
			}
			for _, q := range []string{"A-1", "A-2", "A-10"} {
				got = append(got, strings.Join(f.Requirement(q).AWSPart, "+")+"/"+strings.Join(f.Requirement(q).AWSApart, "+"))
			}
		}
		return strings.Join(got, " ")
	}
	home := "controls: [{id: care, duties: [{id: feed, aws-part: at-home}]}]"
	walk := "controls: [{id: care, duties: [{id: walk, scope: organization, title: Walk, aws: Leads., requirements: [rules/A-1]}]}]"
	for _, c := range []struct {
		name, want string
		over       map[string]string
	}{
		{"nothing", "feed/ feed+house/ house/ feed/ feed+house/ feed/", map[string]string{"controls.yaml": "controls: []"}},
		{"at home", "/ house/ house/ / house/ /", map[string]string{"controls.yaml": home}},
		{"a duty of one's own", "feed+walk/ feed+house/ house/ feed+walk/ feed+house/ feed/", map[string]string{"controls.yaml": walk}},
		{"named", "feed/feed feed+house/feed house/ feed/feed feed+house/feed /", map[string]string{"controls.yaml": home,
			"frameworks/rules.yaml": "id: rules\nrequirements: {A-1: {aws-part: feed}, A-2: {statements: {a: {aws-part: feed}}}}"}},
		{"none, and one of one's own", "walk/ feed+house/ house/ feed/ feed+house/ house/", map[string]string{"controls.yaml": walk,
			"frameworks/rules.yaml": "id: rules\nrequirements: {A-1: {aws-part: []}}", "frameworks/alike.yaml": "id: alike\nrequirements: {A-1: {aws-part: feed}, A-10: {aws-part: house, duties: house}}"}},
		{"other duties", "house/ house/ house/ house/ feed/ house/", map[string]string{
			"frameworks/rules.yaml": "id: rules\nrequirements: {A-1: {duties: house}, A-2: {statements: {a: omit}}}",
			"frameworks/alike.yaml": "id: alike\nrequirements: {A-2: {statements: {c: {duties: feed}}}, A-10: {duties: house}}"}},
	} {
		if got := parts(c.over); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	cat, _ := overRules(map[string]string{"frameworks/rules.yaml": "id: rules\nrequirements: {A-1: {aws-part: house}}"})
	if _, problems := cat.Framework("rules"); problems.String() != `ours/frameworks/rules.yaml:2:16: A-1 takes AWS's part from "house", which is none of its duties; add it to duties, or take it out of aws-part` {
		t.Error(problems)
	}
}

// TestDigestOfFrameworks: the digest of a catalog says which frameworks were asked
// for, whether or not they had been read to look for an alias.
func TestDigestOfFrameworks(t *testing.T) {
	digest := func(names ...string) string {
		cat, problems := overRules(map[string]string{"controls.yaml": "controls: []"})
		if problems != nil {
			t.Fatal(problems)
		}
		for _, name := range names {
			if f, problems := cat.Framework(name); f == nil {
				t.Fatalf("%s: %v", name, problems)
			}
		}
		return cat.Info().Digest
	}
	if digest("wb", "rules") != digest("rules", "wellbeing") || digest("wb") == digest("wb", "rules") {
		t.Error("a framework that was read to look for an alias does not count when it is asked for")
	}
}

// TestSelectOmitted: what an overlay leaves out stands in the selection, as left
// out; it cannot be taken in, and the manifest may give the reason.
func TestSelectOmitted(t *testing.T) {
	cat, problems := overRules(map[string]string{"frameworks/rules.yaml": "id: rules\nrequirements: {A-1: omit, A-2: {statements: {b: omit}}}\n"})
	if problems != nil {
		t.Fatal(problems)
	}
	f, _ := cat.Framework("rules")
	var ids []string
	for _, q := range f.Omitted("low") {
		ids = append(ids, q.ID)
	}
	if got := len(f.Asked()); got != 3 || strings.Join(ids, " ") != "A-1 A-2b" || f.Omitted("high")[0].ID != "A-2b" {
		t.Errorf("%d requirements are asked for; left out of low: %v", got, ids)
	}
	list, problems := cat.Select([]catalog.FrameworkUse{{Ref: source.Ref{ID: "rules/low"}}})
	if problems != nil {
		t.Fatal(problems)
	}
	s := list[0]
	const why = "The organization's own catalog leaves it out (ours/frameworks/rules.yaml:2:16)."
	if got := s.LeftOut(s.Requirements[0]); s.Requirements[0].ID != "A-1" || got != why {
		t.Errorf("%s is left out because: %s", s.Requirements[0].ID, got)
	}
	exclude := catalog.Exclusion{Requirement: source.Ref{ID: "A-1"}, Reason: "Ours."}
	if list, problems := cat.Select([]catalog.FrameworkUse{{Ref: source.Ref{ID: "rules/low"}, Exclude: []catalog.Exclusion{exclude}}}); problems != nil || list[0].LeftOut(list[0].Requirements[0]) != "Ours." {
		t.Errorf("the manifest gives the reason: %v", problems)
	}
	_, problems = cat.Select([]catalog.FrameworkUse{{Ref: source.Ref{ID: "rules/high"}, Include: []source.Ref{{ID: "A-1"}}}})
	if problems.String() != `ours/frameworks/rules.yaml:2:16 leaves the requirement "A-1" out; remove one of the two` {
		t.Errorf("taken in: %v", problems)
	}
}

// TestOmissionStays: a layer over the one that leaves something out does not take
// it in again without a word.
func TestOmissionStays(t *testing.T) {
	base := files(below)
	base["frameworks/rules.yaml"] = &fstest.MapFile{Data: []byte(rules)}
	layer := func(name, text string) catalog.Layer {
		return catalog.Layer{Name: name, FS: files(map[string]string{"frameworks/rules.yaml": "id: rules\nrequirements: " + text + "\n"})}
	}
	cat, problems := catalog.Open(catalog.Layer{Name: "below", FS: base}, layer("one", "{A-1: omit, A-2: {statements: {a: omit}}}"), layer("two", "{A-1: {title: Back}, A-2: {statements: {a: {duties: house}}}}"))
	if problems != nil {
		t.Fatal(problems)
	}
	_, problems = cat.Framework("rules")
	want := `two/frameworks/rules.yaml:2:16: "A-1" is left out at one/frameworks/rules.yaml:2:16; remove one of the two
two/frameworks/rules.yaml:2:55: "A-2a" is left out at one/frameworks/rules.yaml:2:46; remove one of the two`
	if problems.String() != want {
		t.Errorf("got\n%s\nwant\n%s", problems, want)
	}
}
