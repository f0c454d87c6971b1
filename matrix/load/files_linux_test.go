package load

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const shop = `version: 1
organization: Example
system: Shop
parties: {boss: The Boss, team: The Team}
defaults: {accountable: boss}
services: [{use: s3, owner: team}]
`

// TestPipes: a pipe in the place of a file that a manifest names is refused.
// Nothing waits for somebody to write to it.
func TestPipes(t *testing.T) {
	for _, test := range []struct{ pipe, more, want string }{
		{"logo.png", "report: {logo: logo.png}", `manifest.yaml:7:16: cannot read the logo "logo.png"; name a file`},
		{"own.ttf", "report: {font: own.ttf}", `manifest.yaml:7:16: cannot read the font "own.ttf"; name a file`},
		{"own/controls.yaml", "catalog: own", "own/controls.yaml: cannot read the catalog: this is not a regular file"},
		{"own/services/s3.yaml", "catalog: own", "own/services/s3.yaml: cannot read the catalog: this is not a regular file"},
	} {
		path := filepath.Join(t.TempDir(), "manifest.yaml")
		pipe := filepath.Join(filepath.Dir(path), test.pipe)
		if err := os.MkdirAll(filepath.Dir(pipe), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
		write(t, path, []byte(shop+test.more))
		if in, problems := loader().Load(path); in != nil || !strings.Contains(problems.String(), test.want) {
			t.Errorf("%s: %v\nwant %s", test.pipe, problems, test.want)
		}
	}
}

// TestNames: what cannot be read in a matrix is not written into one.
func TestNames(t *testing.T) {
	for name, refused := range map[string]bool{"a b.yaml": false, "\u00e9.yaml": false, "a\tb.yaml": true, "a\nb.yaml": true, "a\x1bb.yaml": true, "a\xffb.yaml": true} {
		path := filepath.Join(t.TempDir(), name)
		write(t, path, []byte(shop))
		_, problems := loader().Load(path)
		if refused != strings.Contains(problems.String(), "has a control character, or is not UTF-8 text; rename the file") {
			t.Errorf("%q: %v", name, problems)
		}
	}
}
