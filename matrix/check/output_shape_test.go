package check_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sarifKeys are the objects that raci writes, with what the schema of SARIF 2.1.0
// wants of them: the keys that each must have, and behind "|" those that it may.
// A key of a list ends in "[]", and what its objects are stands behind ":".
var sarifKeys = map[string]string{
	"log":          "version runs[]:run | $schema",
	"run":          "tool:tool | invocations[]:invocation originalUriBaseIds columnKind results[]:result",
	"tool":         "driver:driver",
	"driver":       "name | version rules[]:rule",
	"rule":         "id | name shortDescription:message fullDescription:message help:message defaultConfiguration",
	"message":      "text | markdown",
	"invocation":   "executionSuccessful | toolExecutionNotifications[]:notification",
	"notification": "message:message | level locations[]:location associatedRule:reference",
	"reference":    "| id index",
	"result":       "message:message | ruleId ruleIndex level locations[]:location relatedLocations[]:location occurrenceCount partialFingerprints",
	"location":     "| physicalLocation:physical logicalLocations[]:logical message:message",
	"physical":     "artifactLocation:artifact | region:region",
	"artifact":     "| uri uriBaseId",
	"region":       "startLine endLine | startColumn endColumn",
	"logical":      "| name fullyQualifiedName kind",
}

// validSARIF fails for a log that the schema of SARIF 2.1.0, its rules beyond the
// schema, or GitHub would refuse.
func validSARIF(t testing.TB, text string) {
	t.Helper()
	var log map[string]any
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, text)
	}
	for _, problem := range sarifProblems("log", "", log) {
		t.Errorf("SARIF: %s", problem)
	}
	run := log["runs"].([]any)[0].(map[string]any)
	rules := run["tool"].(map[string]any)["driver"].(map[string]any)["rules"].([]any)
	results := run["results"].([]any)
	if len(results) > 5000 {
		t.Errorf("%d results, more than GitHub stores", len(results))
	}
	for i, r := range results {
		r := r.(map[string]any)
		if index := int(r["ruleIndex"].(float64)); index >= len(rules) || rules[index].(map[string]any)["id"] != r["ruleId"] {
			t.Errorf("result %d has the index %d of another rule", i, index)
		}
		if n := len(r["locations"].([]any)); n != 1 {
			t.Errorf("result %d has %d locations; GitHub shows the first and refuses none", i, n)
		}
	}
}

func sarifProblems(kind, at string, object map[string]any) (problems []string) {
	must, may, _ := strings.Cut(sarifKeys[kind], "|")
	known := map[string]string{}
	for _, field := range strings.Fields(must + " " + may) {
		key, inner, _ := strings.Cut(field, ":")
		name := strings.TrimSuffix(key, "[]")
		known[name] = inner
		if _, ok := object[name]; !ok && slices.Contains(strings.Fields(must), field) {
			problems = append(problems, fmt.Sprintf("%s lacks %s", at, name))
		}
	}
	for key, value := range object {
		inner, ok := known[key]
		at := at + "/" + key
		if !ok {
			problems = append(problems, at+" is unknown")
		} else if list, isList := value.([]any); isList {
			seen := map[string]bool{}
			for i, v := range list {
				text, _ := json.Marshal(v)
				if seen[string(text)] && key != "results" { // uniqueItems
					problems = append(problems, fmt.Sprintf("%s/%d occurs twice", at, i))
				}
				seen[string(text)] = true
				problems = append(problems, sarifProblems(inner, fmt.Sprintf("%s/%d", at, i), v.(map[string]any))...)
			}
		} else if m, isMap := value.(map[string]any); isMap && inner != "" {
			problems = append(problems, sarifProblems(inner, at, m)...)
		} else if problem := sarifValueProblem(key, value); problem != "" {
			problems = append(problems, at+" "+problem)
		}
	}
	if kind == "region" {
		start, end := int(number(object["startColumn"])), int(number(object["endColumn"]))
		if object["startLine"] != object["endLine"] || end < start {
			problems = append(problems, fmt.Sprintf("%s ends before it begins: %v", at, object))
		}
	}
	return problems
}

func number(v any) float64 {
	n, _ := v.(float64)
	return n
}

func sarifValueProblem(key string, value any) string {
	switch key {
	case "level":
		if !slices.Contains([]any{"none", "note", "warning", "error"}, value) {
			return fmt.Sprintf("is %v", value)
		}
	case "startLine", "startColumn", "endLine", "endColumn", "occurrenceCount":
		if number(value) < 1 {
			return fmt.Sprintf("is %v, less than 1", value)
		}
	case "ruleIndex", "index":
		if number(value) < 0 {
			return "is negative"
		}
	case "uri", "$schema":
		if _, err := url.Parse(value.(string)); err != nil {
			return "is not a URI reference: " + err.Error()
		}
	case "version":
		if s := value.(string); s == "" {
			return "is empty"
		}
	}
	return ""
}

// junitShape are the elements that the schemas of Jenkins (junit-4 and junit-10)
// have in common, each with its attributes and with what may stand in it, in this
// order; GitLab reads a part of them.
var junitShape = map[string]struct{ attributes, elements []string }{
	"":           {nil, []string{"testsuites"}},
	"testsuites": {[]string{"name", "tests", "failures", "errors"}, []string{"testsuite"}},
	"testsuite":  {[]string{"name", "tests", "failures", "errors", "skipped"}, []string{"properties", "testcase"}},
	"properties": {nil, []string{"property"}},
	"property":   {[]string{"name", "value"}, nil},
	"testcase":   {[]string{"name", "classname"}, []string{"skipped", "error", "failure", "system-out"}},
	"error":      {[]string{"message", "type"}, nil},
	"failure":    {[]string{"message", "type"}, nil},
	"system-out": {nil, nil},
}

// validJUnit fails for XML that is not of the shape, or whose counts are wrong.
func validJUnit(t testing.TB, text string) {
	t.Helper()
	type open struct {
		name   string
		last   int
		counts map[string]int
		claims map[string]int
	}
	stack := []open{{last: -1, counts: map[string]int{}}}
	for dec := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not XML: %v in:\n%s", err, text)
		}
		parent := &stack[len(stack)-1]
		switch e := token.(type) {
		case xml.StartElement:
			name := e.Name.Local
			i := slices.Index(junitShape[parent.name].elements, name)
			if i < 0 || i < parent.last {
				t.Errorf("<%s> in <%s>, or in another order than %s", name, parent.name, junitShape[parent.name].elements)
			}
			parent.last = i
			child := open{name: name, last: -1, counts: map[string]int{}, claims: map[string]int{}}
			for _, a := range e.Attr {
				if !slices.Contains(junitShape[name].attributes, a.Name.Local) {
					t.Errorf("<%s> has %s", name, a.Name.Local)
				}
				if n, err := strconv.Atoi(a.Value); err == nil && strings.HasPrefix(name, "testsuite") {
					child.claims[a.Name.Local] = n
				}
			}
			stack = append(stack, child)
		case xml.EndElement:
			if parent.name == "properties" && parent.last < 0 {
				t.Error("<properties> is empty")
			}
			stack = stack[:len(stack)-1]
			up := &stack[len(stack)-1]
			if name := parent.name; name == "testcase" || name == "error" || name == "failure" {
				up.counts[map[string]string{"testcase": "tests", "error": "errors", "failure": "failures"}[name]]++
			}
			for key, n := range parent.counts {
				up.counts[key] += n
			}
			for key, n := range parent.claims {
				if key != "name" && key != "skipped" && parent.counts[key] != n {
					t.Errorf("<%s> has %d %s and says %d", parent.name, parent.counts[key], key, n)
				}
			}
		}
	}
}

var commandInside = regexp.MustCompile(`##(?:vso|teamcity)?\[`)

// commandFree fails where a CI server would find a command in what was printed.
func commandFree(t testing.TB, id, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") || commandInside.MatchString(line) {
			t.Errorf("%s: a command in %q", id, line)
		}
		if strings.ContainsAny(line, "\x1b\u009b\a\b") {
			t.Errorf("%s: a terminal obeys %q", id, line)
		}
	}
}
