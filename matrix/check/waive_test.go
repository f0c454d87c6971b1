package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"raci/matrix/check"
	"raci/matrix/source"
)

// dubious breaks rules that are about entries, places, rules and overrides.
const dubious = `version: 1
organization: Example
system: Shop
date: 2026-11-21
environments: [prod, dev]
accounts: {"111122223333": Production, "444455556666": Staging}
parties: {boss: {name: The Boss, contact: boss@example.com}, team: The Team}
defaults: {accountable: boss, responsible: team}
services:
  - {use: s3, name: bucket, environment: prod, account: "111122223333", tags: [cards]}
  - {use: ecs, name: api, owner: team}
  - {use: s3, name: b2, owner: team}
  - {use: s3, name: b3, owner: team}
  - {use: codestar, name: cs, owner: team}
assign:
  - {entry: b2, duty: patch-guest-os, responsible: boss}
  - {duty: govern-data, responsible: boss}
  - {duty: govern-data, responsible: team}
overrides:
  - {entry: b2, duty: back-up-data, sides: {customer: Backs it up each night.}}
  - {entry: b3, duty: back-up-data, sides: {customer: Backs it up each night.}, reason: Old., expires: 2026-01-31}
  - {entry: b3, duty: classify-data, sides: {customer: Classifies it each year.}, reason: New., expires: 2026-12-01}
  - {entry: bucket, duty: classify-data, applies: false}
check: {waive: [{%s, reason: Accepted., expires: 2027-01-31}]}
`

// TestWaivers checks how many findings a waiver takes out. One that takes out
// none is a finding itself.
func TestWaivers(t *testing.T) {
	for _, c := range []struct {
		waiver string
		want   int
	}{
		{"rule: no-accountable, entry: b2", 0},
		{"rule: entry-without-owner, entry: bucket", 1},
		{"rule: entry-without-owner, service: \"simple storage service\"", 1},
		{"rule: entry-without-owner, tag: cards, environment: prod, account: \"111122223333\"", 1},
		{"rule: entry-without-owner, entry: \"*\"", 1},
		{"rule: entry-without-owner, entry: b2", 0},
		{"rule: entry-without-owner, entry: bucket, duty: back-up-data", 0},
		{"rule: variant-assumed, entry: api", 1},
		{"rule: same-entry-twice, entry: b3", 1},
		{"rule: same-entry-twice, entry: bucket", 0},
		{"rule: retired-service, service: codestar", 1},
		{"rule: empty-place, environment: dev", 1},
		{"rule: empty-place, account: \"444455556666\"", 1},
		{"rule: empty-place, environment: prod", 0},
		{"rule: empty-place", 2},
		{"rule: unused-rule, entry: b2", 1},
		{"rule: unused-rule, duty: patch-guest-os", 1},
		{"rule: unused-rule, service: s3", 1},
		{"rule: unused-rule, entry: b3", 0},
		{"rule: rules-in-conflict, duty: govern-data", 1},
		{"rule: rules-in-conflict, entry: b2", 0}, // it is about other entries as well
		{"rule: rules-in-conflict, entry: [bucket, api, b2, b3, cs]", 1},
		{"rule: override-without-reason", 2},
		{"rule: override-without-reason, entry: b2", 1},
		{"rule: override-without-reason, duty: back-up-data, service: s3", 1},
		{"rule: override-without-reason, entry: bucket", 1}, // its row has been dropped
		{"rule: override-without-reason, tag: cards", 1},
		{"rule: expired-override, entry: b3", 1},
		{"rule: expired-override, duty: back-up-data", 1},
		{"rule: expired-override, entry: b2", 0},
		{"rule: override-ends-soon, duty: classify-data", 1},
		{"rule: override-ends-soon, split: customer", 1},
		{"rule: unknown-contact", 1},
		{"rule: unknown-contact, entry: b2", 0},
	} {
		t.Run(c.waiver, func(t *testing.T) {
			findings := check.Run(build(t, fmt.Appendf(nil, dubious, c.waiver)))
			found, waived := findings.Open, findings.Accepted
			if len(waived) != c.want {
				t.Errorf("waived %d findings, want %d: %v", len(waived), c.want, waived)
			}
			about := 0
			for _, f := range found {
				if f.Rule == "bad-waiver" {
					about++
				}
			}
			if (about == 0) != (c.want > 0) {
				t.Errorf("%d findings about a waiver that takes out %d findings", about, len(waived))
			}
		})
	}
}

// TestPlacesOfWaivers: a waiver by places takes out the findings about what lies
// wholly inside them. Where it would take out more, a finding says so, unless
// another waiver has done it.
func TestPlacesOfWaivers(t *testing.T) {
	const manifest = `version: 1
organization: Example
system: Shop
date: 2026-11-21
environments: [prod, dev]
parties: {boss: The Boss}
defaults: {accountable: boss, responsible: boss}
services:
  - {use: s3, name: a, environment: prod}
  - {use: s3, name: b, environment: [prod, dev]}
  - {use: s3, name: c}
assign: [{environment: dev, informed: none}]
check: {waive: [%s]}
`
	for _, c := range []struct{ waivers, accepted, said string }{
		{"rule: entry-without-owner, environment: prod", "nobody owns a", "the waiver of entry-without-owner does not act on b: it lies only partly inside environment prod"},
		{"rule: entry-without-owner, environment: dev", "", "the waiver of entry-without-owner does not act on b: it lies only partly inside environment dev; it acts on nothing else"},
		{"rule: entry-without-owner, environment: [dev, prod]", "nobody owns a, nobody owns b", ""},
		{"rule: entry-without-owner, entry: [a, c], environment: prod", "nobody owns a", ""},
		{"rule: retired-service, environment: dev", "", "the waiver of retired-service matches no finding"},
		{"rule: entry-partly-inside, environment: dev", "the rule does not act on b: it lies only partly inside environment dev; it acts on nothing else", ""},
		{"rule: entry-partly-inside, entry: b", "the rule does not act on b: it lies only partly inside environment dev; it acts on nothing else", ""},
		{"rule: entry-partly-inside, entry: a", "", "the waiver of entry-partly-inside matches no finding"},
		{"rule: entry-without-owner, entry: b%[1]s}, {rule: entry-without-owner, environment: prod", "nobody owns b, nobody owns a", ""},
		{"rule: entry-without-owner, environment: prod%[1]s}, {rule: entry-without-owner, entry: b", "nobody owns a, nobody owns b",
			"the waiver of entry-without-owner does not act on b: it lies only partly inside environment prod"},
	} {
		const why = ", reason: Accepted., expires: 2027-01-31"
		waivers := "{" + strings.ReplaceAll(c.waivers, "%[1]s", why) + why + "}"
		found := check.Run(build(t, fmt.Appendf(nil, manifest, waivers)))
		var accepted, said []string
		for _, f := range found.Accepted {
			accepted = append(accepted, f.Message)
		}
		for _, f := range found.Open {
			if f.At.Line == 13 {
				said = append(said, f.Message)
			}
		}
		slices.Sort(accepted)
		want := strings.Split(c.accepted, ", ")
		slices.Sort(want)
		if got := strings.Join(accepted, ", "); got != strings.Join(want, ", ") {
			t.Errorf("%s: accepted %q, want %q", c.waivers, got, want)
		}
		if got := strings.Join(said, "\n"); got != c.said {
			t.Errorf("%s: said %q, want %q", c.waivers, got, c.said)
		}
	}
}

// TestWaivedRequirement: of the requirements that no row answers, one is
// waived.
func TestWaivedRequirement(t *testing.T) {
	const manifest = `version: 1
organization: Example
system: Shop
date: 2026-11-21
frameworks: [cis-aws-foundations]
parties: {boss: The Boss}
defaults: {accountable: boss}
services: [{use: artifact, owner: boss}]
check: {waive: [{rule: unanswered-requirement, requirement: cis-aws-foundations/6.3, reason: Accepted., expires: 2027-01-31}]}
`
	findings := check.Run(build(t, []byte(manifest)))
	found, waived := findings.Open, findings.Accepted
	if len(waived) != 1 || !strings.Contains(waived[0].Message, "6.3 ") || waived[0].Expires != "2027-01-31" {
		t.Errorf("waived %v", waived)
	}
	left := 0
	for _, f := range found {
		if f.Rule == "unanswered-requirement" {
			left++
		}
	}
	if left == 0 {
		t.Error("the other requirements were waived as well")
	}
}

// TestUnwaivable: what says that waivers do not work cannot be waived.
func TestUnwaivable(t *testing.T) {
	manifest := strings.Replace(fmt.Sprintf(dubious, "rule: bad-waiver"), "check: {waive: [", "check: {waive: [{rule: unknown-contact, reason: Old., expires: 2026-01-31}, ", 1)
	findings := check.Run(build(t, []byte(manifest)))
	found, waived := findings.Open, findings.Accepted
	var got []string
	for _, f := range found {
		if f.Rule == "bad-waiver" {
			got = append(got, f.Message)
		}
	}
	want := []string{"the waiver of unknown-contact ended on 2026-01-31",
		"bad-waiver cannot be waived: it reports that a waiver matches no finding; fix or remove that waiver"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") || len(waived) > 0 {
		t.Errorf("found %q, want %q, and waived %v", got, want, waived)
	}
}

// TestFirstWaiver: of several waivers that cover a finding the first takes it
// out, whatever they select by, and one that is left with none is a finding.
func TestFirstWaiver(t *testing.T) {
	const more = ", reason: %s, expires: 2027-01-31}"
	for _, c := range []struct {
		first, second string
		taken         string // by which of the two, for each finding
	}{
		{"rule: unused-rule, entry: b2", "rule: unused-rule, duty: patch-guest-os", "first"}, // both name all that it names
		{"rule: unused-rule, service: s3", "rule: unused-rule, entry: b2", "first"},          // the first selects its rows
		{"rule: unused-rule, entry: b3", "rule: unused-rule", "second second"},               // the first has nothing to do with it
		{"rule: same-entry-twice", "rule: same-entry-twice, entry: b3", "first"},             // everything, and one entry
		{"rule: empty-place, environment: dev", "rule: empty-place", "first second"},         // one of two
		{"rule: entry-without-owner", "rule: empty-place, environment: dev", "first second"}, // of two rules
	} {
		waivers := c.first + fmt.Sprintf(more, "first") + ", {" + c.second + fmt.Sprintf(more, "second")
		manifest := strings.Replace(fmt.Sprintf(dubious, waivers), ", reason: Accepted., expires: 2027-01-31}", "", 1)
		findings := check.Run(build(t, []byte(manifest)))
		var taken []string
		for _, f := range findings.Accepted {
			taken = append(taken, f.Reason)
		}
		slices.Sort(taken)
		bad := slices.ContainsFunc(findings.Open, func(f source.Diagnostic) bool { return f.Rule == "bad-waiver" })
		bothTake := slices.Contains(taken, "first") && slices.Contains(taken, "second")
		if got := strings.Join(taken, " "); got != c.taken || bad == bothTake {
			t.Errorf("%s, then %s: taken by %q, want %q; a bad waiver: %v", c.first, c.second, got, c.taken, bad)
		}
	}
}
