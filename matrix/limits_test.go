package matrix_test

import (
	"fmt"
	"strings"
	"testing"

	"raci/matrix"
)

// shapeHead begins a manifest.
const shapeHead = "version: 1\norganization: Example\nsystem: Shop\nparties: {boss: Boss, team: Team, msp: {name: MSP, kind: operator}"

func repeated(n int, line string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, line, i)
	}
	return b.String()
}

// TestLimits: a matrix that would be too large, and work that would not end, are
// errors with a place, what is wrong and what to do.
func TestLimits(t *testing.T) {
	entries := func(n int) string {
		return "defaults: {accountable: boss}\nservices:\n" + repeated(n, "  - {use: rds, name: n%d, owner: team}\n")
	}
	for name, c := range map[string]struct{ manifest, want string }{
		"rows": {shapeHead + "}\n" + entries(20_000), "m.yaml:7:3: the matrix of 20000 entries would have 500044 rows; at most 250000 are allowed; " +
			"split the manifest into several systems, or let one entry stand for several uses that have the same owner"},
		"cells": {shapeHead + repeated(1000, ", p%d: P") + "}\n" + entries(1000), "m.yaml:7:3: the matrix of 25044 rows and 1004 parties would have 25144176 cells; at most 10000000 are allowed; " +
			"split the manifest into several systems, or declare fewer parties"},
		"answers": {shapeHead + "}\nframeworks: [nist-800-53-r5, fedramp-rev5, pci-dss-4.0.1]\n" + entries(9000), "m.yaml:5:14: the requirements of the chosen frameworks would be answered by 10449000 rows, each counted as often as it answers one; " +
			"at most 10000000 are allowed; choose fewer frameworks or a smaller baseline, or split the manifest into several systems"},
		"letters": {shapeHead + repeated(1000, ", p%d: P") + "}\n" + strings.Replace(entries(200), "boss}", "boss, informed: ["+strings.TrimSuffix(repeated(1000, "p%d,"), ",")+"]}", 1),
			"m.yaml:7:3: the matrix of 5044 rows would hold more than 3000000 letters; name fewer parties as consulted and informed, or split the manifest into several systems"},
		"texts": {shapeHead + "}\n" + entries(5000) + "assign:\n  - {accountable: team, reason: " + strings.Repeat("x", 4000) + "}\n",
			"m.yaml:7:3: the texts of all 125044 rows would take more than 400 MB; shorten the texts, reasons and evidence that many rows repeat, or split the manifest into several systems"},
		"rules": {shapeHead + "}\n" + entries(1000) + "assign:\n" + repeated(10_000, "  - {accountable: team, reason: r%d}\n"),
			"m.yaml:1008:3: the rules of this manifest speak of too many rows too often; let each select less, join those that say the same, name fewer parties and items in them, or split the manifest into several systems"},
		"overrides": {shapeHead + "}\n" + entries(200) + "overrides:\n" + repeated(10_000, "  - {service: rds, sides: {customer: Does %d.}}\n"),
			"m.yaml:208:3: the overrides of this manifest speak of too many rows too often; let each select less, join those that say the same, name fewer parties and items in them, or split the manifest into several systems"},
	} {
		t.Run(name, func(t *testing.T) {
			man, problems := matrix.ParseManifest("m.yaml", []byte(c.manifest))
			if problems != nil {
				t.Fatal(problems[0])
			}
			m, problems := matrix.Build(man, shipped(t))
			if m != nil || len(problems) != 1 || problems[0].String() != c.want {
				t.Errorf("got  %.400s\nwant %s", problems, c.want)
			}
		})
	}
}

// TestMostStatements: of a great many statements about a row the strongest are
// listed and the others counted, and all are heeded.
func TestMostStatements(t *testing.T) {
	man, problems := matrix.ParseManifest("m.yaml", []byte(shapeHead+"}\ndefaults: {accountable: boss}\nservices: [{use: rds, name: n, owner: team, environment: [prod, test]}]\nassign:\n"+
		repeated(100, "  - {service: rds, accountable: team, consulted: [+msp], evidence: [+record %d]}\n")+repeated(50, "  - {environment: prod, informed: [+msp], reason: r%d}\n")+
		"overrides:\n"+repeated(60, "  - {entry: n, duty: back-up-data, sides: {customer: Does %d of it.}}\n")))
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, shipped(t))
	if problems != nil {
		t.Fatal(problems)
	}
	var row *matrix.Row
	for i := range m.Rows {
		if m.Rows[i].ID == "n/back-up-data" {
			row = &m.Rows[i]
		}
	}
	const most = matrix.MostStatements
	// A: 100 rules and the default, of which one won and 20 are listed. C: 100 that add.
	if want := (matrix.Unlisted{Reasons: 80 + 80, Details: 80, LosingOverrides: 59 - most, Withheld: 50 - most}); row.Unlisted != want {
		t.Errorf("unlisted %+v, want %+v", row.Unlisted, want)
	}
	if len(row.LosingOverrides) != most || len(row.Withheld) != most || row.Exception != 59 {
		t.Errorf("%d losing overrides, %d withheld, exception %d", len(row.LosingOverrides), len(row.Withheld), row.Exception)
	}
	if len(row.Evidence) < 100 || row.Evidence[0] != "record 99" {
		t.Errorf("evidence %q", row.Evidence)
	}
	if got := row.Letters("team"); got != matrix.Accountable|matrix.Responsible {
		t.Errorf("team holds %s", got)
	}
	if got := row.Letters("msp"); got != matrix.Consulted {
		t.Errorf("msp holds %s", got)
	}
}
