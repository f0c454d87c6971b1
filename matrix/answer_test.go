package matrix_test

import (
	"reflect"
	"testing"

	"raci/matrix"
)

// TestAnswersInBrief: an answer in brief is the answer without what it leaves
// out.
func TestAnswersInBrief(t *testing.T) {
	man, problems := matrix.ParseManifest("m.yaml", []byte(head+`frameworks: [{use: nist-800-53-r5/moderate, exclude: {AC-2: Elsewhere.}}, csa-ccm-4.0, soc2-tsc-2017]
defaults: {accountable: boss}
services: [{use: rds, owner: team}, {use: ec2, owner: other}, {use: s3, name: a}, {use: s3, name: b}]
`))
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, shipped(t))
	if problems != nil {
		t.Fatal(problems)
	}
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		want := m.Answers(s)
		for j := range want {
			a := &want[j]
			a.AWS, a.Customer, a.Offers, a.Organization, a.Evidence, a.Statements = nil, nil, nil, nil, nil, nil
		}
		if got := m.AnswersInBrief(s); len(got) == 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the answers in brief differ", s.Name)
		}
	}
}
