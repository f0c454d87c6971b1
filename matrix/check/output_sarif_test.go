package check_test

import (
	"encoding/json"
	"fmt"
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
			Region           *struct{ StartLine, StartColumn int }
		}
	}
	PartialFingerprints map[string]string
	Suppressions        []struct{ Kind string }
}

func readSARIF(t *testing.T, r check.Result) (rules []sarifRule, results []sarifResult) {
	t.Helper()
	var log sarif
	if err := json.Unmarshal([]byte(write(t, "sarif", r)), &log); err != nil {
		t.Fatal(err)
	}
	return log.Runs[0].Tool.Driver.Rules, log.Runs[0].Results
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
                "text": "Nobody answers for it.\n\nTo mend it: name accountable under defaults.\n\nBefore:\n\nservices: [{use: s3}]\n\nAfter:\n\ndefaults: {accountable: ciso}",
                "markdown": "**A row without an accountable party.**\n\nNobody answers for it.\n\nTo mend it: name accountable under defaults.\n\nBefore:\n\n'''yaml\nservices: [{use: s3}]\n'''\n\nAfter:\n\n'''yaml\ndefaults: {accountable: ciso}\n'''"
              },
              "defaultConfiguration": {
                "level": "error"
              }
            }
          ]
        }
      },
      "originalUriBaseIds": {
        "%SRCROOT%": {
          "description": {
            "text": "The folder in which raci was run."
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
            "text": "nobody is accountable for \"Patch\" (row db/patch). To mend it: name accountable under defaults."
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
                  "startColumn": 10
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
            "raciFinding/v1": "893230dde2bc1922af77f9c2c3fbd6af:1"
          },
          "suppressions": []
        },
        {
          "ruleId": "no-accountable",
          "ruleIndex": 0,
          "level": "error",
          "message": {
            "text": "nobody is accountable for \"Log\" (row db/log). To mend it: name accountable under defaults."
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
                  "startColumn": 5
                }
              },
              "logicalLocations": [
                {
                  "name": "log",
                  "fullyQualifiedName": "db/log",
                  "kind": "row"
                }
              ]
            }
          ],
          "partialFingerprints": {
            "raciFinding/v1": "e836ba819e1affdfad6bdf51b3ed28bc:1"
          },
          "suppressions": [
            {
              "kind": "inSource",
              "status": "accepted",
              "justification": "Accepted by the CISO."
            }
          ]
        }
      ]
    }
  ]
}
`, "'''", "```"))
}

// TestSARIFFingerprints moves findings, and looks whether they are known again.
func TestSARIFFingerprints(t *testing.T) {
	prints := func(r check.Result) (all []string) {
		_, results := readSARIF(t, r)
		for _, result := range results {
			all = append(all, result.PartialFingerprints["raciFinding/v1"])
		}
		return all
	}
	r := small()
	r.Files[0].Findings = append(r.Files[0].Findings, r.Files[0].Findings[1], gaps(3)[0])
	before := prints(r)
	for i := range r.Files[0].Findings {
		r.Files[0].Findings[i].At.Line += 7
		r.Files[0].Findings[i].At.Col++
	}
	if after := prints(r); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("the fingerprints change with the lines:\n%s\n%s", before, after)
	}
	seen := map[string]bool{}
	for _, p := range before {
		if seen[p] || p == "" {
			t.Errorf("the fingerprint %q stands for two findings", p)
		}
		seen[p] = true
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
			t.Errorf("the rule %+v is not told in full", rule)
		}
	}
	for _, result := range results {
		if rules[result.RuleIndex].ID != result.RuleID {
			t.Errorf("%s has the index of %s", result.RuleID, rules[result.RuleIndex].ID)
		}
	}
	last := results[len(results)-1]
	equal(t, last.Level, "warning")
	equal(t, last.Message.Text, "see [here] (https://example.com) {0}. To mend it: write <b>_x_</b>!")
	equal(t, rules[len(rules)-1].Help.Markdown,
		"**Findings of the rule text-verb.**\n\nFindings of the rule text-verb.\n\nTo mend it: write \\<b>\\_x\\_\\</b>!")
}
