package templates_test

import (
	"slices"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/templates"
)

// splits resolves a service or service/variant, and returns the split of each duty.
func splits(t *testing.T, cat *catalog.Catalog, name string) map[string]catalog.DutySplit {
	t.Helper()
	id, variant, chosen := strings.Cut(name, "/")
	n, problems := cat.Lookup(source.Ref{ID: id})
	if problems != nil {
		t.Fatal(problems)
	}
	var variants []source.Ref
	if chosen {
		variants = []source.Ref{{ID: variant}}
	}
	r, problems := cat.Resolve(n.Service, variants)
	if problems != nil {
		t.Fatal(problems)
	}
	list := map[string]catalog.DutySplit{}
	for _, f := range r.Splits {
		list[f.Duty.ID] = f
	}
	return list
}

// side is the text of a party for a duty, or nothing.
func side(f catalog.DutySplit, who string) string {
	for _, s := range f.Sides {
		if s.Who == who {
			return s.Text
		}
	}
	return ""
}

// TestZones: what runs in the zones that the customer chose, or in one Region
// only, is not said to run in several zones by itself.
func TestZones(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	for _, name := range []string{
		"fsx", "fsx/windows", "fsx/ontap", "fsx/openzfs", "fsx/lustre", "mediaconnect", "managedblockchain", "transfer", "emrserverless",
		"account", "organizations", "networkmanager", "budgets", "bcmdataexports", "chatbot", "mturk", "devicefarm", "chimesdkmeetings",
		"health", "imagebuilder", "datazone",
	} {
		f := splits(t, cat, name)["resilient-workload"]
		if s := side(f, catalog.AWS); s == "" || f.Basis != catalog.BasisService || strings.Contains(s, "on several Availability Zones") {
			t.Errorf("%s: AWS %q, from the %s", name, s, f.Basis)
		}
	}
}

// TestDutiesOccur: duties that the pages of a service speak of are answered by
// the customer, and not with none.
func TestDutiesOccur(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	for _, c := range []struct {
		duty     string
		services string
	}{
		// Versions that the customer chooses and that end.
		{"upgrade-platform", "apprunner athena bedrock codebuild deploy dms docdb ecs eks elasticache elasticbeanstalk emr emrcontainers " +
			"emrserverless glue kafka kinesisanalyticsv2 lambda m2 mediaconvert memorydb mq mwaa neptune opensearch pcs rds redshift synthetics"},
		{"patch-application", "emr emrcontainers emrserverless snowball drs mgn iotfleetwise groundstation deadline/customer-managed-fleet"},
		{"manage-application", "emr emrcontainers emrserverless snowball"},
		{"secure-code", "emr emrcontainers emrserverless appsync"},
		{"rotate-secrets", "emr appsync transfer snowball iotsitewise discovery"},
		{"configure-firewall", "emr emrcontainers emrserverless transfer snowball backupgateway"},
		{"secure-images", "emrcontainers emrserverless"},
		// Software that stands at the customer is the customer's to patch.
		{"patch-guest-os", "iotsitewise discovery mediaconnect greengrassv2 storagegateway snowball workspacesthinclient"},
		{"patch-platform", "iotsitewise discovery mediaconnect greengrassv2 storagegateway snowball backupgateway deploy m2"},
		// What a web ACL can protect.
		{"protect-application-layer", "apigateway apprunner appsync bedrockagentcore cognitoidp elbv2/application verifiedaccess amplify cloudfront"},
	} {
		for _, name := range strings.Fields(c.services) {
			f := splits(t, cat, name)[c.duty]
			s := side(f, catalog.Customer)
			if s == "" {
				t.Errorf("%s/%s: the customer has no part", name, c.duty)
			}
			if c.duty == "protect-application-layer" && !strings.Contains(s, "web ACL") {
				t.Errorf("%s/%s names no web ACL: %s", name, c.duty, s)
			}
		}
	}
	for _, name := range []string{"neptune", "neptunegraph"} {
		if s := side(splits(t, cat, name)["grant-data-access"], catalog.Customer); strings.Contains(s, "database users") {
			t.Errorf("%s has no database users: %s", name, s)
		}
	}
}

// TestSiblingsAgree: two forms of one thing have the same split in each duty,
// and one thing under two names has the same texts where it stands.
func TestSiblingsAgree(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	for _, c := range []struct {
		one, other string
		texts      bool
		but        []string // duties in which they differ
	}{
		{one: "batch/fargate", other: "ecs/fargate"},
		{one: "batch/ec2", other: "ecs/ec2", but: []string{"operate-worker-nodes"}}, // Batch starts and ends the instances
		{one: "s3outposts", other: "s3/outposts", texts: true, but: []string{"patch-platform", "govern-data", "classify-data", "encrypt-client-side"}},
	} {
		one, other := splits(t, cat, c.one), splits(t, cat, c.other)
		for duty, f := range one {
			if slices.Contains(c.but, duty) {
				continue
			}
			o := other[duty]
			if f.Split() != o.Split() {
				t.Errorf("%s is %s for %s, and %s for %s", duty, f.Split(), c.one, o.Split(), c.other)
			}
			for _, who := range []string{catalog.AWS, catalog.Customer} {
				if c.texts && side(f, who) != side(o, who) {
					t.Errorf("%s, %s of %s: %q, and %q for %s", c.one, who, duty, side(f, who), side(o, who), c.other)
				}
			}
		}
	}
}

// TestLevels: every service has a level, in each of its variants, and the examples of
// the documents that explain the levels have theirs.
func TestLevels(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	for _, id := range cat.ServiceIDs() {
		n, problems := cat.Lookup(source.Ref{ID: id})
		if problems != nil {
			t.Fatal(problems)
		}
		for _, v := range append([]*catalog.Variant{nil}, n.Service.Variants...) {
			var refs []source.Ref
			if v != nil {
				refs = append(refs, source.Ref{ID: v.ID})
			}
			if r, problems := cat.Resolve(n.Service, refs); problems != nil || r.Level == "" {
				t.Errorf("%s %v: level %q, %v", id, refs, r.Level, problems)
			}
		}
	}
	for id, want := range map[string]catalog.Level{
		"ec2": catalog.IaaS, "ec2/bare-metal": catalog.BareMetal, "rds": catalog.PaaS, "rds/custom-oracle": catalog.IaaS, "elasticbeanstalk": catalog.PaaS, "lambda": catalog.Serverless, "s3": catalog.Abstracted,
		"workspaces": catalog.SaaS, "managedservices": catalog.SaaS, "ecs": catalog.Containers, "ecs/fargate": catalog.Serverless, "eks": catalog.Containers, "sqs": catalog.Abstracted,
		"evs": catalog.BareMetal, "kafka": catalog.PaaS, "kafka/serverless": catalog.Serverless, "vpc": catalog.IaaS, "quicksight": catalog.SaaS,
	} {
		f, problems := cat.Find(id)
		if problems != nil || f.Service.Level != want {
			t.Errorf("%s: level %q, want %q, %v", id, f.Service.Level, want, problems)
		}
	}
}
