package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"raci/matrix"
	"raci/matrix/catalog"
)

// fewServices is a catalog with a word of each kind, so that an answer takes a
// millisecond.
var fewServices = fstest.MapFS{
	"catalog.yaml": {Data: []byte("version: test\n")},
	"controls.yaml": {Data: []byte(`controls:
  - id: patching
    name: Patching
    category: shared
    duties:
      - {id: patch-app, scope: service, title: Patch the application}
      - {id: train-staff, scope: organization, title: Train staff, customer: Trains its staff.}
`)},
	"models/base.yaml":        {Data: []byte("id: base\nname: Base\nduties: {patch-app: {customer: Patches the application.}}\n")},
	"services/s3.yaml":        {Data: []byte("id: s3\nname: Amazon S3\naliases: [simple storage service]\nmodel: base\n")},
	"services/iam.yaml":       {Data: []byte("id: iam\nname: AWS Identity and Access Management\naliases: [identity & access management]\nmodel: base\n")},
	"services/rds.yaml":       {Data: []byte("id: rds\nname: Amazon RDS\nmodel: base\nvariants: {aurora: {name: Amazon Aurora, group: engine, aliases: [aurora]}, custom: {name: RDS Custom, group: engine}}\n")},
	"services/ambiguous.yaml": {Data: []byte("fargate: [rds/custom, s3]\n")},
	"frameworks/soc2-tsc-2017.yaml": {Data: []byte("id: soc2-tsc-2017\nname: SOC 2\naliases: [soc2]\nbaselines: [security, processing-integrity]\n" +
		"requirements: {A1: {title: Patch, duties: [patch-app], in: [security, processing-integrity]}, A2: {title: Train, duties: [train-staff]}}\n")},
	"frameworks/hipaa.yaml": {Data: []byte("id: hipaa\nname: HIPAA\nrequirements: {H1: {title: Patch, duties: [patch-app]}}\n")},
	"starters/web.yaml": {Data: []byte(`# A few services.
version: 1

organization: Example Organization
system: Example System

frameworks: [soc2-tsc-2017]

parties:
  ciso: Chief Information Security Officer
  data: Data Platform

defaults:
  accountable: ciso

services:
  - use: s3
    name: uploads
    owner: data

assign:
  - entry: organization
    responsible: data
`)},
	"starters/hybrid.yaml": {Data: []byte(`# Others.
version: 1

organization: Example Organization
system: Example System

frameworks: [hipaa]

parties:
  ciso: Chief Information Security Officer
  ops: Operations

defaults:
  accountable: ciso

services:
  - use: rds
    name: orders
    owner: ops

assign:
  - entry: organization
    responsible: ops
`)},
}

// FuzzInitAnswers: whatever is typed, there is either a manifest that is read back
// with the names as they were typed, or none.
func FuzzInitAnswers(f *testing.F) {
	f.Add("\n\n\n\n\n")
	f.Add("no\n123\na: b, #x <&Co>; \"y, z\"\nAmazon Aurora, S3 and Lambda,\nsqs\nSOC 2 security, availability; nist 800-53 moderate\n")
	f.Add("?\nÜ 🚀\n\u202E\nx\n?\nops=Ops <o@x>\n? rds\nfargate\nhybrid\n?\nnone\n")
	f.Add("\"\n'\nNull <~>, 北京=数据\nRDS (Aurora); ecs/fargate & IAM\nFedRAMP high\n")
	f.Fuzz(func(t *testing.T, typed string) {
		p, _ := answering(typed)
		p.catalog = catalog.Layer{Name: "templates", FS: fewServices}
		out := new(bytes.Buffer)
		p.out = out
		o := toManifest()
		o.output = "-"
		if err := p.initManifest(o, true); err != nil {
			if !errors.Is(err, errEnded) || out.Len() > 0 || strings.HasPrefix(typed, "\n\n\n\n\n") {
				t.Errorf("error %v, written %q", err, out)
			}
			return
		}
		man, problems := matrix.ParseManifest("m.yaml", out.Bytes())
		if problems != nil {
			t.Fatalf("%v\n%s", problems, out)
		}
		for _, name := range []string{man.Organization, man.System} {
			if name != "Example Organization" && name != filepath.Base(mustGetwd(t)) && !strings.Contains(strings.Join(strings.Fields(typed), " "), name) {
				t.Errorf("%q was not typed", name)
			}
		}
	})
}

func mustGetwd(t *testing.T) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
