package check_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/source"
	"raci/templates"
)

// exampleParties are the parties of the examples, but for what they declare
// themselves.
var exampleParties = []struct{ id, rest string }{
	{"ciso", ""}, {"head-of-data", ""}, {"data", ""}, {"platform", ""}, {"security", ""}, {"network", ""}, {"grc", ""}, {"legal", ""}, {"msp", ", kind: operator"},
}

// exampleKeys are what an example takes from the manifest it is a part of,
// where neither the one before nor the one after says it.
var exampleKeys = []struct{ key, text string }{
	{"organization", "organization: Example\n"},
	{"system", "system: Shop\n"},
	{"date", "date: 2026-11-21\n"},
	{"services", "services: [{use: ec2, name: fraud-scoring, owner: platform}, {use: rds, name: orders-db, owner: data}]\n"},
}

// inCatalog are rules whose examples are parts of a service of an overlay.
var inCatalog = map[string]bool{"old-source": true}

// inFramework are rules whose examples before are parts of a framework of an
// overlay.
var inFramework = map[string]bool{"omitted-requirement": true}

// TestExamples checks that the example before breaks its rule, that the one
// after does not, and that both can be read in a terminal.
func TestExamples(t *testing.T) {
	for _, rule := range check.Rules {
		if byHand[rule.ID] {
			continue
		}
		t.Run(rule.ID, func(t *testing.T) {
			if found := exampleFindings(t, &rule, rule.Before); len(found) == 0 {
				t.Errorf("the example before does not break the rule:\n%s", rule.Before)
			}
			for _, line := range strings.Split(rule.Before+"\n"+rule.After, "\n") {
				if len(line) > 98 { // --explain indents it by two
					t.Errorf("a line of an example has %d characters: %s", len(line), line)
				}
			}
			for _, f := range exampleFindings(t, &rule, rule.After) {
				t.Errorf("the example after breaks the rule: %s: %s %s\n%s", f.At, f.Row, f.Message, rule.After)
			}
		})
	}
}

func exampleFindings(t *testing.T, rule *check.Rule, part string) []source.Diagnostic {
	t.Helper()
	layers := []catalog.Layer{{Name: "templates", FS: templates.FS}}
	if inCatalog[rule.ID] {
		layers = append(layers, catalog.Layer{Name: "ours", FS: fstest.MapFS{"services/mainframe.yaml": {Data: []byte("id: mainframe\nname: The Mainframe\nmodel: infrastructure\n" + part)}}})
		part = "services: [{use: mainframe, owner: platform}]"
	}
	if inFramework[rule.ID] && strings.HasPrefix(part, "requirements:") {
		layers = append(layers, catalog.Layer{Name: "ours", FS: fstest.MapFS{"frameworks/soc2-tsc-2017.yaml": {Data: []byte("id: soc2-tsc-2017\n" + part)}}})
		part = "frameworks: [soc2-tsc-2017]"
	}
	man, problems := matrix.ParseManifest("m.yaml", []byte(completed(rule, part)))
	if problems != nil {
		t.Fatalf("%v in:\n%s", problems, completed(rule, part))
	}
	cat, problems := catalog.Open(layers...)
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatalf("%v in:\n%s", problems, completed(rule, part))
	}
	var found []source.Diagnostic
	all := check.Run(m).Open
	for _, f := range all {
		if f.Rule == rule.ID {
			found = append(found, f)
		}
	}
	return found
}

// completed makes a manifest of a part.
func completed(rule *check.Rule, part string) string {
	text := part + "\n"
	for _, k := range exampleKeys {
		if !strings.Contains("\n"+rule.Before+"\n"+rule.After+"\n"+text, "\n"+k.key+":") {
			text += k.text
		}
	}
	var parties []string
	for _, p := range exampleParties {
		declared := regexp.MustCompile(`parties: .*[{ ]` + p.id + `:`).MatchString(text)
		named := regexp.MustCompile(`[^\w-]` + p.id + `[^\w-]`).MatchString(text)
		if named && !declared {
			parties = append(parties, fmt.Sprintf("%s: {name: %s, contact: %s@northwind.example%s}", p.id, p.id, p.id, p.rest))
		}
	}
	list := strings.Join(parties, ", ")
	if strings.Contains(text, "parties: {") {
		text = strings.Replace(text, "parties: {", "parties: {"+strings.TrimPrefix(list+", ", ", "), 1)
	} else {
		text += "parties: {" + list + "}\n"
	}
	return "version: 1\n" + text
}
