package examples_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
			p.mustRun("git", "add", "--", name)
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

	// A link is checked, and one to nothing is passed over.
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
	p.mustRun("git", "rm", "-q", "-f", "raci/linked.yml")
	p.write("raci/shop.yaml", goodManifest)
	p.mustRun("git", "add", "raci")
	p.mustRun("git", "commit", "-q", "-m", "without the link")

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

	// Without raci nothing is let through unseen.
	p.write("raci/shop.yaml", gapManifest)
	if err := os.Remove(filepath.Join(p.dir, ".git-bin", "raci")); err != nil {
		t.Fatal(err)
	}
	p.outputs = ""
	p.ends(p.run("git", "commit", "-q", "-a", "-m", "unseen"), false, "raci is not in PATH")
}
