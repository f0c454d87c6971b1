package draft_test

import (
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/draft"
	"raci/templates"
)

var shipped = catalog.Layer{Name: "templates", FS: templates.FS}

// TestServiceNames: services as people write them, and what is said of those that
// are none.
func TestServiceNames(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"Amazon Aurora, S3 and Lambda", "rds/aurora s3 lambda"},
		{"amazon aurora , s3, and lambda", "rds/aurora s3 lambda"},
		{"s3;sqs; sns", "s3 sqs sns"},
		{"s3\nsqs\tsns", "s3 sqs sns"},
		{"s3 & sqs + sns", "s3 sqs sns"},
		{"S3,,SQS", "s3 sqs"},
		{"Amazon\u00A0Aurora\u00A0and\u00A0S3、SQS", "rds/aurora s3 sqs"},
		{"AWS Identity and Access Management (IAM) and KMS", "iam kms"},
		{"identity & access management & kms", "iam kms"},
		{"ECS on Fargate, EKS Fargate", "ecs/fargate eks/fargate"},
		{"RDS (Aurora), rds ( Custom-Oracle )", "rds/aurora rds/custom-oracle"},
		{"rds / aurora", "rds/aurora"},
		{"RDS for PostgreSQL", "rds"},
		{"AWS::RDS::DBInstance", `unknown service "AWS::RDS::DBInstance"`},
		{"fargate", `"fargate" fits several: ecs/fargate, eks/fargate, batch/fargate; name one of them`},
		{"s3, lamda and qsq", `unknown service "lamda"; did you mean "lambda"?` + "\n" + `unknown service "qsq"; see raci catalog list services`},
		{"rds (aurara)", `unknown service "rds (aurara)"`},
		{"s3, Data", `"Data" is a starter, and stands among services; name it alone, or services alone`},
		{"s3,", `unknown service ""`},
	} {
		d := draft.Draft{Starter: "web", Services: []string{c.written}}
		text, problems := d.Text(shipped)
		got := problems.String()
		if problems == nil {
			got = strings.Join(services(t, text), " ")
		}
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%q: %s\nwant %s", c.written, got, c.want)
		}
	}
}

// services returns what a manifest uses.
func services(t *testing.T, text []byte) (list []string) {
	man, problems := matrix.ParseManifest("m.yaml", text)
	if problems != nil {
		t.Fatal(problems)
	}
	for _, u := range man.Uses {
		id := u.Service.ID
		for _, v := range u.Variants {
			id += "/" + v.ID
		}
		list = append(list, id)
	}
	return list
}

// TestFrameworkNames: frameworks and their baselines as people write them.
func TestFrameworkNames(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"SOC 2, HIPAA", "soc2-tsc-2017 hipaa-security-rule"},
		{"SOC 2 and PCI DSS", "soc2-tsc-2017 pci-dss-4.0.1"},
		{"PCI DSS v4.0.1; ISO/IEC 27001:2022; iso-27001", `the framework "iso-27001-2022" is named twice`},
		{"nist 800-53 moderate", "nist-800-53-r5/moderate"},
		{"NIST SP 800-53 Rev. 5", "nist-800-53-r5"},
		{"NIST 800-53 Revision 5 (Moderate)", "nist-800-53-r5/moderate"},
		{"NIST\u00A0800\u201153 moderate", "nist-800-53-r5/moderate"},
		{"nist 800-53/high", "nist-800-53-r5/high"},
		{"FedRAMP Moderate baseline", "fedramp-rev5/moderate"},
		{"FedRAMP Rev 5 LI SaaS", "fedramp-rev5/li-saas"},
		{"CIS AWS Foundations Benchmark level 1", "cis-aws-foundations/level-1"},
		{"NIST CSF 2.0, CMMC level 2", "nist-csf-2.0 nist-800-171-r2"},
		{"CIS level 1", "cis-aws-foundations/level-1"},
		{"CIS L1", "cis-aws-foundations/level-1"},
		{"cis/level-2", "cis-aws-foundations/level-2"},
		{"CIS Level 2 profile", "cis-aws-foundations/level-2"},
		{"CIS AWS Foundations Benchmark v7.0.0 Level 1", "cis-aws-foundations/level-1"},
		{"CIS Controls IG1", `unknown framework "CIS Controls IG1"; see raci catalog list frameworks`},
		{"CMMC 2.0 level 2", "nist-800-171-r2"},
		{"CMMC level 1", `unknown baseline "level 1" of nist-800-171-r2; it has no baselines`},
		{"PCI DSS 4", "pci-dss-4.0.1"},
		{"PCI DSS v4.0", "pci-dss-4.0.1"},
		{"PCI DSS 3.2.1", `unknown baseline "3.2.1" of pci-dss-4.0.1; it has no baselines`},
		{"NIST CSF 2, CSA CCM v4", "nist-csf-2.0 csa-ccm-4.0"},
		{"NIST 800-171", "nist-800-171-r2"},
		{"ISO", "iso-27001-2022"},
		{"NIST", `"NIST" fits several frameworks: nist-800-171-r2, nist-800-53-r5, nist-csf-2.0; name one of them`},
		{"SOC 2 Type II", "soc2-tsc-2017"},
		{"SOC 2 type 1 security", "soc2-tsc-2017/security"},
		{"SOC 2 security and availability, HIPAA", "soc2-tsc-2017/security+availability hipaa-security-rule"},
		{"SOC 2: security, availability, and processing integrity", "soc2-tsc-2017/security+availability+processing-integrity"},
		{"soc2/security + availability", "soc2-tsc-2017/security+availability"},
		{"soc2/availability+security, hipaa", "soc2/availability+security hipaa"}, // words of a manifest stay
		{"none", ""}, {" NONE ", ""},
		{"SOC 2, availability", `unknown framework "availability"`}, // of which one is not said
		{"soc2 secrecy", `unknown baseline "secrecy" of soc2-tsc-2017`},
		{"SOC 2 security security", `the baseline "security" of soc2-tsc-2017 is named twice`},
		{"HIPAA high", `unknown baseline "high" of hipaa-security-rule; it has no baselines`},
		{"GDPR and pci-dss-4.0", `unknown framework "GDPR"`},
		{"none, soc2", "none stands beside other frameworks"},
	} {
		d := draft.Draft{Starter: "web", Frameworks: []string{c.written}}
		text, problems := d.Text(shipped)
		got := problems.String()
		if problems == nil {
			man, problems := matrix.ParseManifest("m.yaml", text)
			if problems != nil {
				t.Fatal(problems)
			}
			var names []string
			for _, use := range man.Frameworks {
				names = append(names, use.ID)
			}
			got = strings.Join(names, " ")
		}
		if got != c.want && (c.want == "" || !strings.HasPrefix(got, c.want) || problems == nil) {
			t.Errorf("%q: %s\nwant %s", c.written, got, c.want)
		}
	}
}

// TestTeamNames: a list of teams, each with its id, its name and its address.
func TestTeamNames(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"Data Team <data@example.org>", "data-team|Data Team|data@example.org"},
		{"data=Data Team<data@example.org> , Ops", "data|Data Team|data@example.org ops|Ops|"},
		{"Risk, Audit and Compliance; Ops", "risk-audit-and-compliance|Risk, Audit and Compliance| ops|Ops|"},
		{`"Risk, Audit" <a@b>, grc = "Risk; Compliance"`, `risk-audit|Risk, Audit|a@b grc|Risk; Compliance|`},
		{`5" Disks, Ops`, `5-disks|5" Disks| ops|Ops|`},
		{"Zürich & Söhne, 北京=数据", "zürich-söhne|Zürich & Söhne| 北京|数据|"},
		{"Web <https://example.org/?team=web>", "web|Web|https://example.org/?team=web"},
		{"w=Web <https://example.org/?team=web>", "w|Web|https://example.org/?team=web"},
		{"a<b>c", "a-b-c|a<b>c|"},
		{"Ops <>", `the team "Ops <>" has nothing between < and >`},
		{"<ops@example.org>", `the team "<ops@example.org>" has no id or no name`},
		{"=Ops", `the team "=Ops" has no id or no name`},
		{"🚀", `the team "🚀" has no id or no name`},
	} {
		var got []string
		for _, team := range draft.SplitTeams(c.written) {
			party, problems := draft.ReadTeam(team)
			if problems != nil {
				got = append(got, problems.String())
				continue
			}
			got = append(got, party.ID+"|"+party.Name+"|"+party.Contact)
		}
		if all := strings.Join(got, " "); all != c.want && !strings.HasPrefix(all, c.want+";") {
			t.Errorf("%q: %s\nwant %s", c.written, all, c.want)
		}
	}
}

// TestAllProblems: all that is wrong comes back at once, and the text holds the rest.
func TestAllProblems(t *testing.T) {
	d := draft.Draft{Starter: "wob", System: "Shop", Services: []string{"s3, lamda"}, Teams: []string{"a=A", "=", "a=B"}, Frameworks: []string{"soc 2", "hipa"}}
	text, problems := d.Text(shipped)
	for _, want := range []string{`unknown starter "wob"; did you mean "web"?`, `unknown service "lamda"`, `the team "=" has no id`, `two teams have the id "a"`, `unknown framework "hipa"; did you mean`} {
		if !strings.Contains(problems.String(), want) {
			t.Errorf("%s is missing from\n%v", want, problems)
		}
	}
	if len(problems) != 5 || !slices.Equal(services(t, text), []string{"s3"}) {
		t.Errorf("%v\n%s", problems, text)
	}
}
