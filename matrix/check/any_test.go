package check_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
)

// words are what texts of a matrix are made of, so that some of them fit.
var words = []string{"", "a", "b", "aws", "customer", "shared", "none", "*", "a/b", "provider", "organization", "2026-11-21", "2026-13", "unused-rule",
	"rules-in-conflict", "no-accountable", "bad-waiver", "no-process", "asked-only", "team", "operator", "retired", "many words in a text"}

// anything fills a value at random.
func anything(r *rand.Rand, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(words[r.IntN(len(words))])
	case reflect.Int:
		v.SetInt(int64(r.IntN(8) - 2))
	case reflect.Uint8:
		v.SetUint(r.Uint64N(256))
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Slice:
		for range r.IntN(3) * r.IntN(3) / (1 + depth/6) {
			item := reflect.New(v.Type().Elem()).Elem()
			anything(r, item, depth+1)
			v.Set(reflect.Append(v, item))
		}
	case reflect.Pointer: // a selector need not be there, a requirement must
		if v.Set(reflect.New(v.Type().Elem())); v.Type() == reflect.TypeFor[*matrix.Selector]() && r.IntN(2) == 0 {
			v.SetZero()
			return
		}
		anything(r, v.Elem(), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				anything(r, v.Field(i), depth+1)
			}
		}
	}
}

// TestAnyMatrix: no matrix makes a rule panic, however it was edited.
func TestAnyMatrix(t *testing.T) {
	found := map[string]int{}
	for seed := range uint64(5000) {
		var m matrix.Matrix
		anything(rand.New(rand.NewPCG(seed, 7)), reflect.ValueOf(&m).Elem(), 0)
		f := check.Run(&m)
		for _, d := range f.Open {
			found[d.Rule]++
		}
		m.Digest()
	}
	if len(found) < len(check.Rules)-9 { // some take much that fits together
		t.Errorf("the matrices broke these rules alone: %v", found)
	}
}

// TestLettersByHand: what an edit can do to the letters of a row.
func TestLettersByHand(t *testing.T) {
	const R, A, C = matrix.Responsible, matrix.Accountable, matrix.Consulted
	aws, customer := catalog.Side{Who: catalog.AWS, Text: "Patches the hosts each month."}, catalog.Side{Who: catalog.Customer, Text: "Plans the month of patching."}
	for _, test := range []struct {
		name  string
		sides []catalog.Side
		roles []matrix.Role
		want  string
	}{
		{"as built", []catalog.Side{aws, customer}, []matrix.Role{{Party: "aws", Letters: R}, {Party: "a", Letters: A}, {Party: "b", Letters: R}}, ""},
		{"no roles", []catalog.Side{customer}, nil, "unassigned-duty"},
		{"the R of the customer is gone", []catalog.Side{aws, customer}, []matrix.Role{{Party: "aws", Letters: R}, {Party: "a", Letters: A}}, "no-responsible"},
		{"the R of AWS is gone", []catalog.Side{aws}, []matrix.Role{{Party: "a", Letters: A}}, "no-responsible"},
		{"the A is gone", []catalog.Side{customer}, []matrix.Role{{Party: "b", Letters: R}}, "no-accountable"},
		{"R and A are gone", []catalog.Side{customer}, []matrix.Role{{Party: "b", Letters: C}}, "unassigned-duty"},
		{"two As", []catalog.Side{customer}, []matrix.Role{{Party: "a", Letters: A | R}, {Party: "b", Letters: A}}, "two-accountables"},
		{"an R for AWS", []catalog.Side{customer}, []matrix.Role{{Party: "aws", Letters: R}, {Party: "a", Letters: A}}, "provider-letter"},
	} {
		m := matrix.Matrix{Parties: []matrix.Party{{ID: "aws", Kind: matrix.Provider}, {ID: "a", Kind: matrix.Team}, {ID: "b", Kind: matrix.Team}},
			Check: matrix.DefaultCheck, Rows: []matrix.Row{{ID: "x/y", Entry: "x", Sides: test.sides, Roles: test.roles, Exception: -1}}}
		got := ""
		for _, d := range check.Run(&m).Open {
			if d.Row == "x/y" && d.Rule != "accountability-concentrated" {
				got = d.Rule
			}
		}
		if got != test.want {
			t.Errorf("%s: %q is broken, want %q", test.name, got, test.want)
		}
	}
}
