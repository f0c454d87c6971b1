package examples_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// gapJSON is gapManifest in a line of JSON.
const gapJSON = `{"version": 1, "organization": "Example", "system": "Shop", "parties": {"platform": "Platform Engineering"}, ` +
	`"services": [{"use": "s3", "owner": "platform"}]}` + "\n"

// TestPreCommit makes commits in a scratch repository with the hook.
func TestPreCommit(t *testing.T) {
	t.Parallel()
	hook, err := os.ReadFile("ci/pre-commit")
	if err != nil {
		t.Fatal(err)
	}
	p := newPipeline(t)
	p.mustRun("go", "build", "-C", p.source(), "-o", filepath.Join(p.dir, ".git-bin", "raci"), "./cmd/raci")
	p.addPath(filepath.Join(p.dir, ".git-bin"))
	for name, value := range map[string]string{"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@shop.example", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@shop.example"} {
		p.setenv(name, value)
	}
	temp := t.TempDir()
	p.setenv("TMPDIR", temp)
	p.mustRun("git", "init", "-q")
	p.write(".git/hooks/pre-commit", string(hook))
	p.write(".git/info/exclude", "/.git-bin\n")

	// Each commit changes files, in the place of what the one before staged:
	// those that are empty here are deleted. It is stopped where its output says why.
	const desk = "id: desk\nname: Ticket Desk\nmodel: management\n"
	overlaid := strings.Replace(goodManifest, "use: s3", "use: desk", 1) + "catalog: [../our-services]\n"
	type files map[string]string
	for _, c := range []struct {
		name    string
		files   files
		stopped string
	}{
		{"no manifest", files{"README": "text\n"}, ""},
		{"good", files{"raci/my shop.yaml": goodManifest, "raci/our-services/services/desk.yaml": desk, "raci/teams/desk.yml": overlaid}, ""},
		{"gap", files{"raci/my shop.yaml": gapManifest}, "raci/my shop.yaml:5:12: error: "},
		{"broken", files{"raci/my shop.yaml": brokenManifest}, "raci/my shop.yaml:2:18: unknown service"},
		{"gap in a file .yml", files{"raci/gaps.yml": gapManifest}, "raci/gaps.yml:5:12: error: "},
		{"gap in a folder", files{"raci/a/b/gaps.yaml": gapManifest}, "raci/a/b/gaps.yaml:5:12: error: "},
		{"broken, with a key misspelled", files{"raci/typo.yml": strings.Replace(goodManifest, "services:", "service:", 1)}, `raci/typo.yml:6:1: unknown key "service"`},
		{"an odd name", files{"raci/-v x'\"$(x)*.yaml": gapManifest}, "raci/-v x'\"$(x)*.yaml:5:12: error: "},
		{"a line break in a name", files{"raci/x\ny.yaml": goodManifest}, "has a control character"},
		{"catalog changed", files{"raci/our-services/services/desk.yaml": strings.Replace(desk, "management", "manager", 1)}, `raci/our-services/services/desk.yaml:3:8: unknown model "manager"`},
		{"catalog deleted", files{"raci/our-services/services/desk.yaml": ""}, "raci/teams/desk.yml:"},
		{"catalog renamed", files{"raci/our-services/services/desk.yaml": "", "raci/our-services/services/desk2.yaml": strings.Replace(desk, "id: desk", "id: desk2", 1)}, "raci/teams/desk.yml:"},
		{"other files", files{"README": "more\n", "docker-compose.yml": "services: {web: {image: web}}\n", "raci/notes.yaml": "system: a note\nservices: []\n"}, ""},
		{"manifest renamed", files{"raci/my shop.yaml": "", "raci/shop.yml": goodManifest}, ""},
		{"manifest deleted", files{"raci/shop.yml": ""}, ""},
		{"all deleted", files{"raci/teams/desk.yml": "", "raci/our-services/services/desk.yaml": "", "raci/notes.yaml": "", "docker-compose.yml": ""}, ""},
		{"gap anywhere", files{"gaps.yml": gapManifest}, "gaps.yml:5:12: error: "},
		{"good, with a catalog elsewhere", files{"docs/raci.yml": overlaid, "our-services/services/desk.yaml": desk, "raci/keep": "kept\n"}, ""},
		{"catalog deleted elsewhere", files{"our-services/services/desk.yaml": ""}, "docs/raci.yml:"},
		// Whatever raci check FOLDER takes for a manifest is one.
		{"JSON", files{"raci/gaps.json": gapJSON}, "raci/gaps.json:1:"},
		{"JSON in a file of YAML", files{"raci/gaps.yaml": gapJSON}, "raci/gaps.yaml:1:"},
		{"JSON in lines", files{"raci/gaps.json": strings.ReplaceAll(gapJSON, ", ", ",\n  ")}, "raci/gaps.json:"},
		{"a document in brackets", files{"raci/gaps.yaml": "--- " + gapJSON}, "raci/gaps.yaml:1:"},
		{"indented", files{"raci/gaps.yaml": "  " + strings.ReplaceAll(strings.TrimSpace(gapManifest), "\n", "\n  ") + "\n"}, "raci/gaps.yaml:5:14: error: "},
		{"keys in single quotes", files{"raci/gaps.yaml": regexp.MustCompile(`(?m)^(\w+):`).ReplaceAllString(gapManifest, "'$1':")}, "raci/gaps.yaml:5:14: error: "},
		{"a blank before the colon", files{"raci/gaps.yaml": strings.Replace(gapManifest, "version:", "version :", 1)}, "raci/gaps.yaml:5:12: error: "},
		{"capital letters", files{"raci/gaps.YAML": gapManifest}, "raci/gaps.YAML:5:12: error: "},
		{"UTF-16", files{"raci/gaps.yaml": "\xfe\xff\x00" + strings.Join(strings.Split(gapManifest, ""), "\x00")}, "raci/gaps.yaml:"},
		{"ignored, but in the repository", files{".gitignore": "/.gitignore\n/raci/*\n", "raci/gaps.yaml": gapManifest}, "raci/gaps.yaml:5:12: error: "},
		{"what raci passes over", files{".raci/gaps.yaml": gapManifest, "raci/.gaps.yaml": gapManifest, "node_modules/gaps.yaml": gapManifest}, ""},
		{"manifest without its version", files{"docs/raci.yml": strings.Replace(goodManifest, "version: 1\n", "", 1)}, `docs/raci.yml:1:1: missing key "version"`},
	} {
		p.outputs = ""
		p.mustRun("git", "reset", "-q", "--hard")
		p.mustRun("git", "clean", "-qfd")
		for name, text := range c.files {
			if text == "" {
				p.mustRun("git", "rm", "-q", "--", name)
				continue
			}
			p.write(name, text)
			p.mustRun("git", "add", "-f", "--", name)
			p.write(name, goodManifest) // what is staged counts, and nothing else
		}
		ok := p.run("git", "commit", "-q", "-m", c.name)
		if ok != (c.stopped == "") || !strings.Contains(p.outputs, c.stopped) {
			t.Errorf("%s: committed %v, want %q:\n%s", c.name, ok, c.stopped, p.outputs)
		}
		if !ok {
			p.mustRun("git", "reset", "-q")
		}
	}

	// A link is checked, and one to nothing is refused, as raci check FOLDER does.
	p.mustRun("git", "reset", "-q", "--hard")
	p.write("raci/shared/gaps", gapManifest)
	for link, target := range map[string]string{"raci/linked.yml": "shared/gaps", "raci/nothing.yaml": "gone", "raci/folder.yaml": "shared"} {
		if err := os.Symlink(target, filepath.Join(p.dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	p.mustRun("git", "add", "raci")
	p.outputs = ""
	p.ends(p.run("git", "commit", "-q", "-m", "links"), false, "raci/linked.yml:5:12: error: ")
	p.ends(false, false, "raci/nothing.yaml: no such file")
	p.mustRun("git", "rm", "-q", "-f", "raci/linked.yml", "raci/nothing.yaml")
	p.write("raci/shop.yaml", goodManifest)
	p.mustRun("git", "add", "raci")
	p.mustRun("git", "commit", "-q", "-m", "without the link")

	// What was committed without the hook stops nobody who changes another manifest,
	// but whoever changes a catalog, which all may share.
	p.write("raci/gaps.yaml", gapManifest)
	p.mustRun("git", "add", "raci")
	p.mustRun("git", "commit", "-q", "--no-verify", "-m", "with a gap")
	p.write("raci/shop.yaml", goodManifest+"date: 2026-11-21\n")
	p.write("raci/shop.json", "{}")
	p.mustRun("git", "add", "raci")
	p.mustRun("git", "commit", "-q", "-m", "another manifest")
	p.write("our-services/services/desk.yaml", desk+"# changed\n")
	p.mustRun("git", "add", "our-services")
	p.outputs = ""
	p.ends(p.run("git", "commit", "-q", "-m", "a catalog"), false, "raci/gaps.yaml:5:12: error: ")
	p.mustRun("git", "rm", "-q", "-f", "raci/gaps.yaml")
	p.mustRun("git", "commit", "-q", "-m", "without the gap")

	// A sparse checkout has not all that is in the repository.
	p.mustRun("git", "sparse-checkout", "set", "docs")
	p.write("docs/raci.yml", overlaid+"date: 2026-11-21\n")
	p.mustRun("git", "add", "docs")
	p.mustRun("git", "commit", "-q", "-m", "sparse")
	p.write("docs/raci.yml", strings.Replace(overlaid, "desk", "desks", 1))
	p.mustRun("git", "add", "docs")
	p.outputs = ""
	p.ends(p.run("git", "commit", "-q", "-m", "sparse"), false, "docs/raci.yml:6:")
	p.mustRun("git", "reset", "-q", "--hard")
	p.mustRun("git", "sparse-checkout", "disable")

	// A catalog in a submodule is seen as it is checked out.
	p.write("sub/ours/services/desk.yaml", desk)
	p.mustRun("git", "init", "-q", "sub")
	p.mustRun("git", "-C", "sub", "add", ".")
	p.mustRun("git", "-C", "sub", "commit", "-q", "-m", "ours")
	p.write("docs/sub.yml", strings.Replace(overlaid, "../our-services", "../sub/ours", 1))
	p.mustRun("git", "add", "sub", "docs")
	p.mustRun("git", "commit", "-q", "-m", "a submodule")
	p.mustRun("git", "-C", "sub", "mv", "ours/services/desk.yaml", "ours/services/table.yaml")
	p.mustRun("git", "-C", "sub", "commit", "-q", "-m", "renamed")
	p.mustRun("git", "add", "sub")
	p.outputs = ""
	p.ends(p.run("git", "commit", "-q", "-m", "a submodule"), false, "sub/ours/services/table.yaml:1:5: ")
	p.mustRun("git", "reset", "-q", "--hard")

	// A folder that is named is all that is looked at.
	p.write(".git/hooks/pre-commit", strings.Replace(string(hook), "folder=. ", "folder=raci ", 1))
	p.write("raci/shop.yaml", gapManifest)
	p.mustRun("git", "add", "raci")
	p.outputs = ""
	p.ends(p.run("git", "commit", "-q", "-m", "inside"), false, "\nraci/shop.yaml:5:12: error: ")
	p.write("raci/shop.yaml", goodManifest)
	p.write("other/gaps.yaml", gapManifest)
	p.mustRun("git", "add", "raci", "other")
	p.mustRun("git", "commit", "-q", "-m", "outside")
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("the hook leaves %v behind: %v", left, err)
	}

	// Without raci nothing is let through unseen.
	p.write("raci/shop.yaml", gapManifest)
	if err := os.Remove(filepath.Join(p.dir, ".git-bin", "raci")); err != nil {
		t.Fatal(err)
	}
	p.outputs = ""
	p.ends(p.run("git", "commit", "-q", "-a", "-m", "unseen"), false, "raci is not in PATH")
}
