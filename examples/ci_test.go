package examples_test

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// Manifests for a pipeline: one that is fine, one that a check finds an error
// in, and one that cannot be read.
const (
	goodManifest = `version: 1
organization: Example
system: Shop
parties: {platform: Platform Engineering, cto: Chief Technology Officer}
defaults: {accountable: cto, responsible: platform}
services: [{use: s3, owner: platform}]
`
	gapManifest = `version: 1
organization: Example
system: Shop
parties: {platform: Platform Engineering}
services: [{use: s3, owner: platform}]
`
	brokenManifest = "version: 1\nservices: [{use: s4}]\n"
)

// pipeline is a scratch repository in which the commands of a file are run.
type pipeline struct {
	t       *testing.T
	dir     string
	env     []string
	outputs string // all that the commands printed
}

// newPipeline makes a scratch repository. What it builds stays for the next run
// of a job, so that raci is linked once.
func newPipeline(t *testing.T) *pipeline {
	t.Helper()
	p := &pipeline{t: t, dir: t.TempDir()}
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "GIT_") {
			p.env = append(p.env, e)
		}
	}
	p.setenv("GOFLAGS", "-buildvcs=false")
	return p
}

// begin puts the manifest raci/my shop.yaml in its place for the next run, and
// forgets the last one.
func (p *pipeline) begin(manifest string) {
	p.t.Helper()
	p.outputs = ""
	if err := os.RemoveAll(filepath.Join(p.dir, "reports")); err != nil {
		p.t.Fatal(err)
	}
	p.write("raci/my shop.yaml", manifest)
}

func (p *pipeline) setenv(name, value string) { p.env = append(p.env, name+"="+value) }

// addPath makes the programs of the folder known.
func (p *pipeline) addPath(dir string) {
	path := os.Getenv("PATH")
	for _, e := range p.env {
		if v, ok := strings.CutPrefix(e, "PATH="); ok {
			path = v
		}
	}
	p.setenv("PATH", dir+string(filepath.ListSeparator)+path)
}

func (p *pipeline) write(name, text string) {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o777); err != nil { // some are programs
		p.t.Fatal(err)
	}
}

// source is the folder of raci's own source.
func (p *pipeline) source() string {
	p.t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		p.t.Fatal(err)
	}
	return root
}

// run runs a command, and reports whether it succeeded.
func (p *pipeline) run(name string, args ...string) bool {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = p.dir, p.env
	out, err := cmd.CombinedOutput()
	p.outputs += string(out)
	return err == nil
}

func (p *pipeline) mustRun(name string, args ...string) {
	p.t.Helper()
	if !p.run(name, args...) {
		p.t.Fatalf("%s %s failed:\n%s", name, strings.Join(args, " "), p.outputs)
	}
}

// ends demands that the job ended as wanted, with this among its output.
func (p *pipeline) ends(ok, want bool, printed string) {
	p.t.Helper()
	if ok != want || !strings.Contains(p.outputs, printed) {
		p.t.Errorf("success %v, want %v with %q:\n%s", ok, want, printed, p.outputs)
	}
}

// hasReports demands the reports of the job, or none.
func (p *pipeline) hasReports(want bool) {
	p.t.Helper()
	for _, name := range []string{"my shop.xlsx", "my shop.pdf"} {
		if _, err := os.Stat(filepath.Join(p.dir, "reports", name)); (err == nil) != want {
			p.t.Errorf("reports/%s: %v, want it %v", name, err, want)
		}
	}
}

func (p *pipeline) read(name string) []byte {
	p.t.Helper()
	data, err := os.ReadFile(filepath.Join(p.dir, name))
	if err != nil {
		p.t.Fatal(err)
	}
	return data
}

func readYAML(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// workflow is the workflow of GitHub Actions.
type workflow struct {
	Env  map[string]string
	Jobs map[string]struct{ Steps []struct{ Name, Run string } }
}

// gitHub runs the steps of the workflow that are commands, as a runner does:
// each in a shell of its own, until one fails.
func (p *pipeline) gitHub(w *workflow, manifest string) bool {
	p.t.Helper()
	p.begin(manifest)
	path := filepath.Join(p.dir, "github-path")
	if err := os.RemoveAll(path); err != nil {
		p.t.Fatal(err)
	}
	p.setenv("GITHUB_PATH", path)
	for _, step := range w.Jobs["matrix"].Steps {
		if step.Run == "" {
			continue
		}
		if !p.run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run) {
			return false
		}
		if added, err := os.ReadFile(path); err == nil {
			p.addPath(strings.TrimSpace(string(added)))
		}
	}
	return true
}

func TestGitHubActions(t *testing.T) {
	t.Parallel()
	var w workflow
	readYAML(t, "ci/github-actions.yml", &w)
	p := newPipeline(t)
	if err := os.Symlink(p.source(), filepath.Join(p.dir, ".raci")); err != nil {
		t.Fatal(err)
	}
	p.setenv("RUNNER_TEMP", filepath.Join(p.dir, "runner"))
	for name, value := range w.Env {
		p.setenv(name, value)
	}
	p.ends(p.gitHub(&w, goodManifest), true, "::notice ")
	p.hasReports(true)
	p.ends(p.gitHub(&w, gapManifest), false, "::error ")
	p.hasReports(false)
	var sarif struct {
		Runs []struct{ Results []struct{ Level string } }
	}
	if err := json.Unmarshal(p.read("raci.sarif"), &sarif); err != nil || len(sarif.Runs) != 1 || len(sarif.Runs[0].Results) == 0 {
		t.Errorf("no results for code scanning: %v", err)
	}
	p.ends(p.gitHub(&w, brokenManifest), false, "raci/my shop.yaml:2:18: unknown service")
	p.hasReports(false)
}

// gitLab runs the job's lines in one shell, as a runner does.
func (p *pipeline) gitLab(lines []string, manifest string) bool {
	p.t.Helper()
	p.begin(manifest)
	if err := os.RemoveAll(filepath.Join(p.dir, ".raci")); err != nil {
		p.t.Fatal(err)
	}
	return p.run("bash", "-c", strings.Join(lines, "\n"))
}

// TestGitLab has a stand-in for git, which clones raci's source from here.
func TestGitLab(t *testing.T) {
	t.Parallel()
	var file struct {
		Job struct {
			Variables    map[string]string
			BeforeScript []string `yaml:"before_script"`
			Script       []string
		} `yaml:"responsibilities"`
	}
	readYAML(t, "ci/gitlab-ci.yml", &file)
	p := newPipeline(t)
	p.write("stand-in/git", "#!/bin/sh\n[ \"$1 $2 $3\" = 'clone --depth 1' ] && ln -s \"$SOURCE\" \"$5\"\n")
	p.addPath(filepath.Join(p.dir, "stand-in"))
	p.setenv("SOURCE", p.source())
	p.setenv("CI_PROJECT_DIR", p.dir)
	for name, value := range file.Job.Variables {
		p.setenv(name, value)
	}
	lines := slices.Concat([]string{"set -eo pipefail"}, file.Job.BeforeScript, file.Job.Script)
	p.ends(p.gitLab(lines, goodManifest), true, "wrote reports/my shop.xlsx")
	p.hasReports(true)
	p.ends(p.gitLab(lines, gapManifest), false, "")
	p.hasReports(false)
	var junit struct {
		Failures int `xml:"failures,attr"`
	}
	if err := xml.Unmarshal(p.read("raci-junit.xml"), &junit); err != nil || junit.Failures == 0 {
		t.Errorf("no failures in the test report: %v\n%s", err, p.read("raci-junit.xml"))
	}
	p.ends(p.gitLab(lines, brokenManifest), false, "raci/my shop.yaml:2:18: unknown service")
}

// TestPreCommit makes commits in a scratch repository with the hook.
func TestPreCommit(t *testing.T) {
	t.Parallel()
	hook, err := os.ReadFile("ci/pre-commit")
	if err != nil {
		t.Fatal(err)
	}
	p := newPipeline(t)
	p.write("raci/my shop.yaml", goodManifest)
	p.mustRun("go", "build", "-C", p.source(), "-o", filepath.Join(p.dir, ".git-bin", "raci"), "./cmd/raci")
	p.addPath(filepath.Join(p.dir, ".git-bin"))
	for name, value := range map[string]string{"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@shop.example", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@shop.example"} {
		p.setenv(name, value)
	}
	p.mustRun("git", "init", "-q")
	p.write(".git/hooks/pre-commit", string(hook))
	commit := func(message string) bool { return p.run("git", "commit", "-q", "-m", message) }

	p.write("raci/our-services/services/desk.yaml", "id: desk\nname: Ticket Desk\nmodel: management\n")
	p.write("raci/desk.yaml", goodManifest+"catalog: [./our-services]\n")
	p.mustRun("git", "add", "raci")
	p.ends(commit("good"), true, "")

	p.write("raci/my shop.yaml", gapManifest)
	p.mustRun("git", "add", "raci")
	p.write("raci/my shop.yaml", goodManifest) // what is staged counts
	p.ends(commit("gap"), false, "[no-accountable]")

	p.mustRun("git", "add", "raci")
	p.write("raci/my shop.yaml", brokenManifest) // and nothing else
	p.write("README", "text\n")
	p.mustRun("git", "add", "README")
	p.ends(commit("other files"), true, "")

	p.mustRun("git", "add", "raci")
	p.ends(commit("broken"), false, "raci/my shop.yaml:2:18: unknown service")
	p.mustRun("git", "rm", "-q", "-f", "raci/my shop.yaml")
	p.ends(commit("removed"), true, "")
}
