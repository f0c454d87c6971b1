package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
	if err := p.initManifest(initOptions{output: "manifest.yaml", draft: draft.Draft{Starter: draft.DefaultStarter}}, true); err != nil {
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

// TestInitEnter: a user who only presses Enter gets the usual answers, and so
// does one who ends the input.
func TestInitEnter(t *testing.T) {
	entered, printed := initAnswered(t, "\n\n\n\n")
	wantLines(t, entered, "system: checkout\n", "frameworks: [soc2-tsc-2017]\n", "use: cloudfront\n")
	wantLines(t, printed, "System [checkout]: ", "[the starter's]: ", "[web]: ", "[soc2-tsc-2017]: ")
	if ended, _ := initAnswered(t, ""); ended != entered {
		t.Errorf("the end of the input gave\n%s\nand Enter\n%s", ended, entered)
	}
}

func TestInitAnswers(t *testing.T) {
	got, _ := initAnswered(t, "Shop: \"A\"\nData Platform, ops = Operations\nrds/aurora, eks/fargate\nnone\n")
	wantLines(t, got, `system: "Shop: \"A\""`, "  data-platform: Data Platform\n  ops: Operations\n",
		"  - use: rds\n    name: rds-aurora\n    variant: aurora #", "frameworks: []\n")
	got, _ = initAnswered(t, "\n\nhybrid\nsoc2-tsc-2017, nist-800-53-r5/moderate\n")
	wantLines(t, got, "use: directconnect\n", "frameworks: [soc2-tsc-2017, nist-800-53-r5/moderate]\n")
}

// TestInitAsksAgain: a wrong answer is explained, and asked for again.
func TestInitAsksAgain(t *testing.T) {
	got, printed := initAnswered(t, "\naws=Amazon\n\nlamda\nlambda\npci-dss-4.0\nsoc2-tsc-2017\n")
	wantLines(t, printed, `the party id "aws" is reserved; choose another id`, `unknown service "lamda"; did you mean "lambda"?`, `unknown framework "pci-dss-4.0"; did you mean "pci-dss-4.0.1"?`)
	wantLines(t, got, "use: lambda ", "frameworks: [soc2-tsc-2017]\n")
	if strings.Contains(got, "Amazon\n") {
		t.Errorf("the refused answer was written:\n%s", got)
	}
}

// TestInitEndsWrong: a wrong answer with nothing after it writes no file.
func TestInitEndsWrong(t *testing.T) {
	t.Chdir(t.TempDir())
	p, _ := answering("\n\nlamda")
	err := p.initManifest(initOptions{output: "manifest.yaml", draft: draft.Draft{Starter: draft.DefaultStarter}}, true)
	if err == nil || !strings.Contains(err.Error(), `did you mean "lambda"?`) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat("manifest.yaml"); err == nil {
		t.Error("a manifest was written")
	}
}
