package templates_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/templates"
)

// noPage matches addresses that are no page of whoever states a fact: mirrors
// for other partitions, references of packages, READMEs, redirects.
var noPage = regexp.MustCompile(`amazonaws\.cn|docs\.aws\.eu|boto3|botocore|docs\.rs|pkg\.go\.dev|npmjs|pypi\.org|github\.com/aws` +
	`|docs\.aws\.amazon\.com/(goto|cdk|sdk-for|sdkfor|AWSJavaS|java/|powershell)|\.md"`)

// TestSourcesArePages: what an auditor is sent to is a page of the one who
// states the fact.
func TestSourcesArePages(t *testing.T) {
	err := fs.WalkDir(templates.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yaml") || strings.HasPrefix(path, "frameworks/") {
			return err
		}
		data, err := fs.ReadFile(templates.FS, path)
		for i, line := range strings.Split(string(data), "\n") {
			if strings.Contains(line, "url:") && noPage.MatchString(line) {
				t.Errorf("%s:%d: %s", path, i+1, strings.TrimSpace(line))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestCustomerSites: wherever the hardware stands at the customer's site, the
// duties of the site are the customer's, and no host there is left to AWS
// alone. Software that runs nowhere else assumes the site.
func TestCustomerSites(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	for _, site := range []string{"eksanywhere", "eksanywhere/customer-site", "greengrassv2", "greengrassv2/customer-site", "ssm/hybrid-nodes",
		"deadline/customer-site", "storagegateway/on-premises", "datasync/customer-site", "gamelift/anywhere", "ecs/external", "eks/hybrid-nodes"} {
		service, variant, _ := strings.Cut(site, "/")
		n, problems := cat.Lookup(source.Ref{ID: service})
		if problems != nil {
			t.Fatal(problems)
		}
		var refs []source.Ref
		if variant != "" {
			refs = append(refs, source.Ref{ID: variant})
		}
		r, problems := cat.Resolve(n.Service, refs)
		if problems != nil {
			t.Fatal(problems)
		}
		for _, f := range r.Splits {
			switch split := f.Split(); f.Duty.ID {
			case "facility-access", "environmental-protection", "media-disposal", "host-hypervisor":
				if split != "customer" {
					t.Errorf("%s of %s is %s, want customer", f.Duty.ID, site, split)
				}
			case "network-backbone", "patch-host", "configure-infrastructure", "monitor-infrastructure", "resilient-infrastructure":
				if split != "customer" && split != "shared" {
					t.Errorf("%s of %s is %s, want a part of the customer", f.Duty.ID, site, split)
				}
			}
		}
	}
}
