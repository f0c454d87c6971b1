package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"raci/matrix/schema"
	"raci/matrix/source"
)

// TestNames: every name of every service is one to the schema and to raci, in
// capitals or not, and allows the variants of the service.
func TestNames(t *testing.T) {
	t.Parallel()
	cat := shipped(t)
	services, problems := cat.Services()
	if problems != nil {
		t.Fatal(problems)
	}
	var good, bad strings.Builder
	n := 0
	entry := func(b *strings.Builder, use, variant string) {
		n++
		fmt.Fprintf(b, "  - {use: %q, name: e%d%s}\n", use, n, variant)
	}
	for _, s := range services {
		for _, name := range append([]string{s.ID, s.Name}, s.Aliases...) {
			if other, _ := cat.Lookup(source.Ref{ID: name}); other.Service == nil || other.ID() != s.ID {
				continue // another service has it
			}
			variant := ""
			if len(s.Variants) > 0 {
				variant = ", variant: " + s.Variants[0]
			}
			if n%2 == 0 {
				name = strings.ToUpper(name)
			}
			entry(&good, name, variant)
			if n%50 == 0 { // raci looks for the nearest name, which takes its time
				entry(&bad, name+"x", "")
				entry(&bad, name[1:], "")
			}
		}
	}
	start := head + parties + "services:\n"
	j := ofManifests(t)
	if j.judge("names", []byte(start+good.String())); j.verdicts["both accept"] != 1 || n < 2500 {
		t.Errorf("%d names: %v %v", n, j.verdicts, j.disagreements)
	}
	for line := range strings.Lines(bad.String()) {
		j.judge(line, []byte(start+line)) // some of these are names of other services
	}
	j.report(t)
}

// TestDays: the pattern knows the calendar.
func TestDays(t *testing.T) {
	pattern := regexp.MustCompile(patterns(t)["day"])
	for _, year := range []int{0, 4, 100, 400, 1899, 1900, 1999, 2000, 2024, 2026, 2028, 2096, 2100, 2400, 9999} {
		for month := range 14 {
			for day := range 33 {
				s := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
				if _, err := time.Parse(time.DateOnly, s); pattern.MatchString(s) != (err == nil) {
					t.Errorf("%s: the pattern says %t, the calendar %v", s, pattern.MatchString(s), err)
				}
			}
		}
	}
}

// patterns are the patterns of all schemas, by the path to them or the name of
// the definition.
func patterns(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	cat := shipped(t)
	manifest, err := schema.Manifest(cat)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := schema.Catalog(cat)
	if err != nil {
		t.Fatal(err)
	}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			if p, ok := v["pattern"].(string); ok {
				found[strings.TrimPrefix(path, "/$defs/")] = p
			}
			for key, value := range v {
				walk(path+"/"+key, value)
			}
		case []any:
			for i, value := range v {
				walk(fmt.Sprintf("%s/%d", path, i), value)
			}
		}
	}
	for _, s := range []any{manifest, catalog, schema.Matrix()} {
		var b bytes.Buffer
		var v any
		if err := schema.Write(&b, s); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		walk("", v)
	}
	return found
}

// TestPatternsElsewhere: the patterns mean in JavaScript, which editors use,
// and in Python what they mean in Go.
func TestPatternsElsewhere(t *testing.T) {
	samples := slices.Concat(texts, shapes, words, catalogWords, []string{"2024-02-29", "1900-02-29", "sha256:" + strings.Repeat("0", 64), "nist-csf-2.0",
		"amazon elastic kubernetes service (eks)", "AMAZON EKS", "aws::eks", "Amazon S3", "s\u0131mple", "\u212A8s", "\u0130am", "a\u2028b", "\u3000a\u3000"})
	found := patterns(t)
	input, err := json.Marshal(map[string]any{"patterns": found, "samples": samples})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for name, p := range found {
		re := regexp.MustCompile(p)
		for _, s := range samples {
			want[name] += map[bool]string{true: "1", false: "0"}[re.MatchString(s)]
		}
	}
	for _, program := range [][]string{
		{"node", "-e", `const {patterns, samples} = JSON.parse(require('fs').readFileSync(0)), out = {};
			for (const [name, p] of Object.entries(patterns)) { const r = new RegExp(p, 'u'); out[name] = samples.map(s => r.test(s) ? '1' : '0').join('') }
			console.log(JSON.stringify(out))`},
		{"python3", "-c", `import json, re, sys
d = json.load(sys.stdin)
print(json.dumps({name: ''.join('1' if re.search(p, s) else '0' for s in d['samples']) for name, p in d['patterns'].items()}))`},
	} {
		t.Run(program[0], func(t *testing.T) {
			path, err := exec.LookPath(program[0])
			if err != nil {
				t.Skip(err) // CI has it
			}
			cmd := exec.Command(path, program[1:]...)
			cmd.Stdin = bytes.NewReader(input)
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(err)
			}
			for name, p := range found {
				for i, s := range samples {
					if program[0] == "python3" && strings.HasSuffix(s, "\n") {
						continue // there $ is before a last line break as well
					}
					if got[name][i] != want[name][i] {
						t.Errorf("the pattern %.60q matches %q otherwise than in Go", p, s)
					}
				}
			}
		})
	}
}
