package check_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"raci/matrix/check"
	"raci/matrix/source"
)

// sarif is what the tests read of a log.
type sarif struct {
	Runs []struct {
		Tool struct {
			Driver struct{ Rules []sarifRule }
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ToolExecutionNotifications []struct {
				Level          string
				Message        struct{ Text string }
				AssociatedRule struct{ ID string }
			}
		}
		Results []sarifResult
	}
}

type sarifRule struct {
	ID, Name                                string
	ShortDescription, FullDescription, Help struct{ Text, Markdown string }
}

type sarifResult struct {
	RuleID    string
	RuleIndex int
	Level     string
	Message   struct{ Text string }
	Locations []struct {
		PhysicalLocation struct {
			ArtifactLocation struct{ URI, URIBaseID string }
			Region           *struct{ StartLine, StartColumn, EndLine, EndColumn int }
		}
		LogicalLocations []struct{ FullyQualifiedName string }
	}
	OccurrenceCount     int
	PartialFingerprints map[string]string
}

func readSARIF(t *testing.T, r check.Result) (rules []sarifRule, results []sarifResult) {
	t.Helper()
	log := unmarshalSARIF(t, write(t, "sarif", r))
	return log.Runs[0].Tool.Driver.Rules, log.Runs[0].Results
}

func unmarshalSARIF(t *testing.T, text string) (log sarif) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	return log
}

func TestSARIF(t *testing.T) {
	useRules(t)
	check.Rules = check.Rules[:1]
	r := small()
	r.Files[0].Findings = r.Files[0].Findings[1:2]
	equal(t, write(t, "sarif", r), strings.ReplaceAll(`{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "raci",
          "version": "1.2.3",
          "rules": [
            {
              "id": "no-accountable",
              "name": "NoAccountable",
              "shortDescription": {
                "text": "A row without an accountable party."
              },
              "fullDescription": {
                "text": "Nobody answers for it."
              },
              "help": {
                "text": "Nobody answers for it.\n\nTo fix it: name accountable under defaults.\n\nBefore:\n\nservices: [{use: s3}]\n\nAfter:\n\ndefaults: {accountable: ciso}",
                "markdown": "**A row without an accountable party.**\n\nNobody answers for it.\n\nTo fix it: name accountable under defaults.\n\nBefore:\n\n'''yaml\nservices: [{use: s3}]\n'''\n\nAfter:\n\n'''yaml\ndefaults: {accountable: ciso}\n'''"
              },
              "defaultConfiguration": {
                "level": "error"
              }
            }
          ]
        }
      },
      "invocations": [
        {
          "executionSuccessful": true
        }
      ],
      "originalUriBaseIds": {
        "%SRCROOT%": {
          "description": {
            "text": "The root of the repository."
          }
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "no-accountable",
          "ruleIndex": 0,
          "level": "error",
          "message": {
            "text": "nobody is accountable for \"Patch\" (row db/patch). To fix it: name accountable under defaults."
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "teams/pay.yaml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 3,
                  "startColumn": 10,
                  "endLine": 3,
                  "endColumn": 13
                }
              },
              "logicalLocations": [
                {
                  "name": "patch",
                  "fullyQualifiedName": "db/patch",
                  "kind": "row"
                }
              ]
            }
          ],
          "partialFingerprints": {
            "raciFinding/v3": "f3bd3e0d2cad4f98f6b81b2698d0ee8d:1"
          }
        }
      ]
    }
  ]
}
`, "'''", "```"))
}

// fingerprints returns those of the results, in their order.
func fingerprints(t *testing.T, findings ...source.Diagnostic) (all []string) {
	t.Helper()
	_, results := readSARIF(t, check.Result{Files: []check.FileFindings{{Path: "pay.yaml", Findings: findings}}})
	for _, result := range results {
		all = append(all, result.PartialFingerprints["raciFinding/v3"])
	}
	return all
}

// TestSARIFFingerprints changes findings, and looks whether they are known again.
func TestSARIFFingerprints(t *testing.T) {
	finding := func(line int, rule, row, message string) source.Diagnostic {
		return source.Diagnostic{Rule: rule, Severity: source.Error, At: source.Pos{File: "pay.yaml", Line: line, Col: 3}, Row: row, Message: message}
	}
	findings := []source.Diagnostic{
		finding(3, "no-accountable", "db/patch", "nobody is accountable for Patch"),
		finding(3, "no-accountable", "db/log", "nobody is accountable for Log"),
		finding(4, "no-accountable", "web/log", "nobody is accountable for Log"),
		finding(4, "unassigned-duty", "web/log", "nobody is responsible for Log"),
		finding(5, "no-accountable", "web/log", "nobody is accountable for Log"), // at another place
		finding(6, "accountability-concentrated", "", "cto holds 52 of 60 As"),
		finding(7, "unknown-contact", "", "cto has no contact"),
		finding(8, "unknown-contact", "", "cfo has no contact"),
		finding(9, "entry-without-owner", "", "nobody owns 12"),
		finding(10, "entry-without-owner", "", "nobody owns 13"),
		finding(11, "unused-rule", "", "the rule changes nothing: in all 12 rows it selects something more specific or later wins, such as line 10; select by entry"),
		finding(12, "rules-in-conflict", "", "two equally specific rules give the R of 12/log and 3 more to different parties; this one won over the one at line 10"),
		finding(13, "rules-in-conflict", "", "two equally specific rules give the R of 13/log and 3 more to different parties; this one won over the one at line 10"),
	}
	before := fingerprints(t, findings...)
	if len(before) != 12 {
		t.Fatalf("%d results, want 12: two rows at one place are one", len(before))
	}
	seen := map[string]bool{}
	for i, p := range before {
		hash, n, _ := strings.Cut(p, ":")
		if seen[p] || hash == "" {
			t.Errorf("the fingerprint %q stands for two results", p)
		}
		if n != "1" && i != 3 { // the one at another place
			t.Errorf("result %d is known by its number alone: %s", i, p)
		}
		seen[p] = true
	}
	moved := slices.Clone(findings)
	for i := range moved {
		moved[i].At.Line += 7
		moved[i].At.Col++
		moved[i].Message = strings.ReplaceAll(moved[i].Message, "line 10", "line 17")
	}
	grown := slices.Insert(slices.Clone(findings), 2, finding(3, "no-accountable", "db/back-up", "nobody is accountable for Back up"))
	counted := slices.Clone(findings)
	counted[5].Message = "cto holds 53 of 61 As"
	counted[9].Message = strings.Replace(counted[9].Message, "all 12 rows", "all 13 rows", 1)
	counted[10].Message = strings.Replace(counted[10].Message, "3 more", "4 more", 1)
	for name, after := range map[string][]string{
		"lines move": fingerprints(t, moved...), "a group gains a row": fingerprints(t, grown...),
		"a group loses a row": fingerprints(t, findings[1:]...), "a number changes": fingerprints(t, counted...),
	} {
		if !slices.Equal(before, after) {
			t.Errorf("the fingerprints change when %s:\n%s\n%s", name, before, after)
		}
	}
	if after := fingerprints(t, findings[2:]...); slices.Contains(after, before[0]) {
		t.Error("the fingerprint of a finding that is gone is still there")
	}
}

func TestSARIFLocations(t *testing.T) {
	for _, c := range []struct{ file, uri, base string }{
		{"a.yaml", "a.yaml", "%SRCROOT%"},
		{"./x/../teams/a.yaml", "teams/a.yaml", "%SRCROOT%"},
		{"../a.yaml", "../a.yaml", "%SRCROOT%"},
		{"ö x%20[1]?#.yaml", "%C3%B6%20x%2520%5B1%5D%3F%23.yaml", "%SRCROOT%"},
		{"a:b.yaml", "./a:b.yaml", "%SRCROOT%"}, // else a would be a scheme
		{"/srv/my manifests/a.yaml", "file:///srv/my%20manifests/a.yaml", ""},
		{"stdin", "stdin", "%SRCROOT%"},
	} {
		_, results := readSARIF(t, check.Result{Files: []check.FileFindings{{Path: c.file,
			Findings: []source.Diagnostic{{Rule: "r", Severity: source.Error, At: source.Pos{File: c.file}, Message: "m"}}}}})
		place := results[0].Locations[0].PhysicalLocation
		if at := place.ArtifactLocation; at.URI != c.uri || at.URIBaseID != c.base {
			t.Errorf("%s: got %s in %s, want %s in %s", c.file, at.URI, at.URIBaseID, c.uri, c.base)
		}
		if place.Region != nil {
			t.Errorf("%s: a finding without a line has the region %+v", c.file, *place.Region)
		}
	}
}

// TestSARIFRules has a finding of a rule that is not in Rules, and texts that
// SARIF and Markdown would take for markup.
func TestSARIFRules(t *testing.T) {
	x := source.Diagnostic{Rule: "text-verb", Severity: "odd", Message: "see [here](https://example.com) {0}", Hint: "write <b>_x_</b>!"}
	known := source.Diagnostic{Rule: check.Rules[1].ID, Severity: source.Error, Message: "m"}
	r := check.Result{Files: []check.FileFindings{{Path: "pay.yaml", Findings: []source.Diagnostic{known, x}}}}
	rules, results := readSARIF(t, r)
	if len(rules) != len(check.Rules)+1 {
		t.Fatalf("%d rules, want one more than %d", len(rules), len(check.Rules))
	}
	for _, rule := range rules {
		if rule.Name == "" || rule.Name == rule.ID || rule.ShortDescription.Text == "" || rule.FullDescription.Text == "" ||
			rule.Help.Text == "" || !strings.HasPrefix(rule.Help.Markdown, "**") {
			t.Errorf("the rule %+v is incomplete", rule)
		}
	}
	for _, result := range results {
		if rules[result.RuleIndex].ID != result.RuleID {
			t.Errorf("%s has the index of %s", result.RuleID, rules[result.RuleIndex].ID)
		}
	}
	last := results[len(results)-1]
	equal(t, last.Level, "warning")
	equal(t, last.Message.Text, "see [here] (https://example.com) {0}. To fix it: write <b>_x_</b>!")
	equal(t, rules[len(rules)-1].Help.Markdown,
		"**Findings of the rule text-verb.**\n\nFindings of the rule text-verb.\n\nTo fix it: write \\<b>\\_x\\_\\</b>!")
}
