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
	// notedManifest stays beside each of them, and a check has but a note on it.
	notedManifest = goodManifest
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
	p.write("raci/teams/second.yml", notedManifest)
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

// ends checks that the job ended as wanted, with this among its output.
func (p *pipeline) ends(ok, want bool, printed string) {
	p.t.Helper()
	if ok != want || !strings.Contains(p.outputs, printed) {
		p.t.Errorf("success %v, want %v with %q:\n%s", ok, want, printed, p.outputs)
	}
}

// hasReports checks for the reports of the job, or for none.
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
	Jobs map[string]struct {
		Steps []struct{ Name, ID, Run, Uses, If string }
	}
}

// uploads reports whether the step that uploads findings runs, after a step has
// failed or none has.
func (w *workflow) uploads(t *testing.T) bool {
	t.Helper()
	written, failing := -1, -1
	for i, step := range w.Jobs["matrix"].Steps {
		switch {
		case step.ID == "sarif":
			written = i
		case strings.Contains(step.Run, "--format github"):
			failing = i
		case strings.Contains(step.Uses, "/upload-sarif@"):
			return written >= 0 && failing < i && strings.Contains(step.If, "!cancelled() && steps.sarif.outcome == 'success' && ")
		}
	}
	return false
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
	if !w.uploads(t) {
		t.Error("the findings are not uploaded where a step has failed")
	}
	p.ends(p.gitHub(&w, goodManifest), true, "::notice file=raci/my shop.yaml,")
	p.hasReports(true)
	p.hasSARIF(true, "raci/my%20shop.yaml", "note", "raci/teams/second.yml", "note")
	p.ends(p.gitHub(&w, gapManifest), false, "::error file=raci/my shop.yaml,line=5,col=12,title=raci no-accountable::")
	p.hasReports(false)
	p.hasSARIF(true, "raci/my%20shop.yaml", "error", "raci/teams/second.yml", "note")
	p.ends(p.gitHub(&w, brokenManifest), false, "::error file=raci/my shop.yaml,line=2,col=18,title=raci bad-input::unknown service")
	p.ends(false, false, "::notice file=raci/teams/second.yml,")
	p.ends(false, false, "\nraci/my shop.yaml:2:18: unknown service")
	p.hasReports(false)
	p.hasSARIF(false, "raci/my%20shop.yaml", "error", "raci/teams/second.yml", "note")
}

// hasSARIF checks that all could be read, or not, and that the files have results
// of the levels.
func (p *pipeline) hasSARIF(successful bool, filesAndLevels ...string) {
	p.t.Helper()
	var sarif struct {
		Runs []struct {
			Invocations []struct{ ExecutionSuccessful bool }
			Results     []struct {
				Level     string
				Locations []struct {
					PhysicalLocation struct{ ArtifactLocation struct{ URI string } }
				}
			}
		}
	}
	if err := json.Unmarshal(p.read("raci.sarif"), &sarif); err != nil || len(sarif.Runs) != 1 {
		p.t.Fatalf("not a SARIF log: %v", err)
	}
	run := sarif.Runs[0]
	if len(run.Invocations) != 1 || run.Invocations[0].ExecutionSuccessful != successful {
		p.t.Errorf("the invocations are %+v", run.Invocations)
	}
	has := map[[2]string]bool{}
	for _, r := range run.Results {
		has[[2]string{r.Locations[0].PhysicalLocation.ArtifactLocation.URI, r.Level}] = true
	}
	for pair := range slices.Chunk(filesAndLevels, 2) {
		if !has[[2]string(pair)] {
			p.t.Errorf("no result of the level %s in %s: %v", pair[1], pair[0], has)
		}
	}
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
	p.ends(p.gitLab(lines, goodManifest), true, "wrote 4 reports of 2 inputs")
	p.hasReports(true)
	p.hasJUnit("raci/my shop.yaml", 0, 0)
	p.ends(p.gitLab(lines, gapManifest), false, "")
	p.hasReports(false)
	p.hasJUnit("raci/my shop.yaml", 2, 0)
	p.ends(p.gitLab(lines, brokenManifest), false, "raci/my shop.yaml:2:18: unknown service")
	p.hasReports(false)
	p.hasJUnit("raci/my shop.yaml", 0, 1)
	p.hasJUnit("raci/teams/second.yml", 0, 0)
	if !strings.Contains(string(p.read("raci-junit.xml")), "\nraci/my shop.yaml:2:18: unknown service") {
		t.Error("the test report does not say what is wrong with the manifest")
	}
}

// hasJUnit checks that the test report counts so many failures and errors for a
// file.
func (p *pipeline) hasJUnit(file string, failures, errors int) {
	p.t.Helper()
	var junit struct {
		Suites []struct {
			Name     string `xml:"name,attr"`
			Failures int    `xml:"failures,attr"`
			Errors   int    `xml:"errors,attr"`
			Cases    []struct {
				Error *struct{} `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(p.read("raci-junit.xml"), &junit); err != nil {
		p.t.Fatalf("not a test report: %v", err)
	}
	for _, s := range junit.Suites {
		if s.Name == file {
			if s.Failures != failures || s.Errors != errors || (errors > 0) != (s.Cases[0].Error != nil) {
				p.t.Errorf("%s has %d failures and %d errors, want %d and %d", file, s.Failures, s.Errors, failures, errors)
			}
			return
		}
	}
	p.t.Errorf("the test report has nothing on %s", file)
}
