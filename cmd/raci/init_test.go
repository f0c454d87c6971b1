package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"raci/matrix/catalog"
	"raci/matrix/draft"
	"raci/templates"
)

// answering is a program whose user types these lines.
func answering(typed string) (p *program, printed *bytes.Buffer) {
	printed = new(bytes.Buffer)
	return &program{in: strings.NewReader(typed), out: printed, err: printed,
		catalog: catalog.Layer{Name: "templates", FS: templates.FS}}, printed
}

// toManifest is init as it is called without flags.
func toManifest() initOptions {
	return initOptions{output: "manifest.yaml", draft: draft.Draft{Starter: draft.DefaultStarter}, given: func(string) bool { return false }}
}

// initAnswered runs init with questions in an empty folder called checkout,
// and returns the manifest it wrote and what it printed.
func initAnswered(t *testing.T, typed string) (manifest, printed string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "checkout")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	p, out := answering(typed)
	if err := p.initManifest(toManifest(), true); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile("manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data), out.String()
}

func wantLines(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, l := range lines {
		if !strings.Contains(text, l) {
			t.Errorf("%q is missing from\n%s", l, text)
		}
	}
}

// TestInitEnter: a user who only presses Enter gets the answers in brackets.
func TestInitEnter(t *testing.T) {
	entered, printed := initAnswered(t, "\n\n\n\n\n")
	wantLines(t, entered, "organization: Example Organization\n", "system: checkout\n", "frameworks: [soc2-tsc-2017]\n", "use: cloudfront\n")
	wantLines(t, printed, "Organization [Example Organization]: ", "System [checkout]: ", "[the starter's]: ", "[web]: ", "[soc2-tsc-2017]: ")
}

// TestInitAnswers: names as people write them.
func TestInitAnswers(t *testing.T) {
	got, printed := initAnswered(t, "Ünï & Co\nShop: \"A\"\nData Platform <data@example.org>, ops = Operations and Support\nAmazon Aurora, S3 and Identity and Access Management; ECS on Fargate\nSOC 2, HIPAA and nist 800-53 moderate\n")
	wantLines(t, got, `organization: "Ünï & Co"`, `system: "Shop: \"A\""`,
		"  data-platform: {name: Data Platform, contact: \"data@example.org\"}\n  ops: Operations and Support\n",
		"  - use: rds\n    name: rds-aurora\n    variant: aurora #", "use: s3 ", "use: iam\n", "variant: fargate #",
		"frameworks: [soc2-tsc-2017, hipaa-security-rule, nist-800-53-r5/moderate]\n")
	wantLines(t, printed, "  = ciso: Chief Information Security Officer; data-platform: Data Platform <data@example.org>; ops:\n",
		"  = rds/aurora; s3; iam; ecs/fargate\n", "  = soc2-tsc-2017; hipaa-security-rule; nist-800-53-r5/moderate\n")
	got, _ = initAnswered(t, "\n\n\nHybrid\nsoc2 security, availability; NIST 800-53 Rev. 5 low\n")
	wantLines(t, got, "use: directconnect\n", `frameworks: ["soc2-tsc-2017/security+availability", nist-800-53-r5/low]`)
	got, printed = initAnswered(t, "\n\nRisk, Audit; Platform\ns3\nnone\n")
	wantLines(t, got, `  risk-audit: "Risk, Audit"`, "  platform: Platform\n", "frameworks: []\n")
	wantLines(t, printed, "  = none\n")
}

// TestInitGoesOn: a list goes on behind a comma or "and" at the end of a line,
// until an empty one.
func TestInitGoesOn(t *testing.T) {
	got, _ := initAnswered(t, "\n\n\"One\",\r\nTwo,\r\n\r\nS3,\nlambda and\nsqs\n,\nSOC 2\n")
	wantLines(t, got, "  one: One\n  two: Two\n", "use: s3 ", "use: lambda ", "use: sqs ", "frameworks: [soc2-tsc-2017]\n")
}

// TestInitAsksAgain: a wrong answer is explained, and asked for again.
func TestInitAsksAgain(t *testing.T) {
	long := strings.Repeat("x", 201)
	got, printed := initAnswered(t, "a\u202Eb\n"+long+"\nNorthwind\na\tb\nShop\naws=Amazon\n🚀\nA, a\nOps <>\nx=AWS\nCISO=Boss\nx=X, X=Y\n\nfargate, lamda, web\ns3\u200B\nlambda\npci-dss-4.0, soc 2 secrecy, none\nSOC 2, soc2\nsoc2-tsc-2017\n")
	wantLines(t, printed, `organization "a\u202eb" contains the character U+202E, which cannot be seen; remove it`,
		"organization has 201 characters; at most 200 are allowed; shorten it", "system has a line break or a tab; write it on one line",
		`the party id "aws" is reserved; choose another id`, `the team "🚀" has no id or no name`, `two teams have the id "a"`, `the team "Ops <>" has nothing between < and >`,
		`the party x is named "AWS", which means AWS`, `the id "CISO" of a team looks like "ciso"; write "ciso" for the one who answers`, `the ids of parties "x" and "X" are two`,
		`"fargate" fits several: ecs/fargate, eks/fargate, batch/fargate; name one of them`, `unknown service "lamda"; did you mean "lambda"?`, `"web" is a starter, and stands among services`,
		`the service "s3\u200b" contains the character U+200B`,
		`unknown framework "pci-dss-4.0"; did you mean "pci-dss-4.0.1"?`, `unknown baseline "secrecy" of soc2-tsc-2017`, "none stands beside other frameworks", `the framework "soc2-tsc-2017" is named twice`)
	wantLines(t, got, "organization: Northwind\nsystem: Shop\n", "use: lambda ", "frameworks: [soc2-tsc-2017]\n")
	if strings.Contains(got, "Amazon\n") {
		t.Errorf("the refused answer was written:\n%s", got)
	}
}

// TestInitTooLong: a line that a terminal has cut is no answer.
func TestInitTooLong(t *testing.T) {
	for _, n := range []int{maxAnswer, maxAnswer + 1, 3 * maxAnswer} {
		got, printed := initAnswered(t, "\n\n\n"+strings.Repeat("s", n)+"\ns3\n\n")
		wantLines(t, printed, "a terminal cuts off what is behind them")
		wantLines(t, got, "use: s3 ")
	}
	_, printed := initAnswered(t, "\n\n\n"+strings.Repeat("sx,", 1300)+"sx\ns3\n\n")
	wantLines(t, printed, `unknown service "sx"`)
}

// TestInitChoices: what ? shows at each question.
func TestInitChoices(t *testing.T) {
	_, printed := initAnswered(t, "?\n\n?\n\n?\n\n?\n?rds\n? FARGATE\n? iot\n? rds/aur\n? qqq\n\n?\n? nist 800\n\n")
	wantLines(t, printed, "Any name of up to 200 characters", "quotes keep a comma in a name", "  ciso         Chief Information Security Officer\n",
		"  databases\n    dax, ", "  containers  Services in containers", "  rds/custom-oracle ", "  eks/fargate    Amazon EKS on AWS Fargate\n", "  nothing has \"qqq\" in its name\n",
		"  fedramp-rev5         FedRAMP Revision 5; baselines: li-saas, low, moderate, high\n", "  nist-800-171-r2  NIST SP 800-171 Revision 2\n")
}

// TestInitFlagsAreNotAsked: each question is left out where a flag answers it.
func TestInitFlagsAreNotAsked(t *testing.T) {
	for flag, question := range map[string]string{"organization": "Organization [", "system": "System [", "team": "Teams, ", "starter": "Services, ", "service": "Services, ", "framework": "Frameworks, "} {
		t.Chdir(t.TempDir())
		p, printed := answering("\n\n\n\n")
		o := toManifest()
		o.given = func(name string) bool { return name == flag }
		if err := p.initManifest(o, true); err != nil {
			t.Errorf("%s: %v", flag, err)
		}
		if strings.Contains(printed.String(), question) || strings.Count(printed.String(), "]: ") != 4 {
			t.Errorf("with --%s it asks\n%s", flag, printed)
		}
	}
}

// TestInitEnds: where the input ends before the last answer, no file is written.
func TestInitEnds(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, typed := range []string{"", "Northwind", "\n\n", "\n\n\nlamda", "\n\n\ns3,\n", "\n\n\n\nnone"} {
		p, _ := answering(typed)
		if err := p.initManifest(toManifest(), true); !errors.Is(err, errEnded) {
			t.Errorf("%q: error %v", typed, err)
		}
		if _, err := os.Stat("manifest.yaml"); err == nil {
			t.Fatalf("%q: a manifest was written", typed)
		}
	}
}

// TestInitFlagsFirst: what is wrong with a flag is said before anything is asked.
func TestInitFlagsFirst(t *testing.T) {
	t.Chdir(t.TempDir())
	p, printed := answering("\n\n\n\n\n")
	o := toManifest()
	o.draft.Services = []string{"lamda"}
	if err := p.initManifest(o, true); err == nil || !strings.Contains(err.Error(), `did you mean "lambda"?`) || printed.Len() > 0 {
		t.Errorf("error %v, printed %s", err, printed)
	}
}

// TestInitFolderName: a folder whose name no system can have is not offered.
func TestInitFolderName(t *testing.T) {
	for _, name := range []string{"a\u202Eb", "a\x07b", strings.Repeat("ü", 100) + strings.Repeat("x", 55), "a\nb"} {
		dir := filepath.Join(t.TempDir(), name)
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Skip(err)
		}
		t.Chdir(dir)
		p, printed := answering("\n\n\n\n\n")
		if err := p.initManifest(toManifest(), true); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if utf8.RuneCountInString(name) > 100 {
			wantLines(t, printed.String(), "System ["+name+"]: ")
		} else {
			wantLines(t, printed.String(), "System [Example System]: ")
		}
	}
}

// TestWriteFileLate: a file that came while questions were answered stays.
func TestWriteFileLate(t *testing.T) {
	target := filepath.Join(t.TempDir(), "m.yaml")
	if err := os.WriteFile(target, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := (&program{err: io.Discard}).writeFile(target, []byte("new"), false); err == nil || !strings.Contains(err.Error(), "exists; overwrite it with --force") {
		t.Errorf("error %v", err)
	}
	if data, _ := os.ReadFile(target); string(data) != "mine" {
		t.Errorf("the file holds %q", data)
	}
	if err := (&program{err: io.Discard}).writeFile(target, []byte("new"), true); err != nil {
		t.Error(err)
	}
	if data, _ := os.ReadFile(target); string(data) != "new" {
		t.Errorf("the file holds %q", data)
	}
}
