package load

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// TestPipes: a pipe in the place of a file that a manifest names is refused.
// Nothing waits for somebody to write to it.
func TestPipes(t *testing.T) {
	for _, test := range []struct{ pipe, more, want string }{
		{"logo.png", "report: {logo: logo.png}", `manifest.yaml:7:16: cannot read the logo "logo.png": it is a pipe, not a file; name a file`},
		{"own.ttf", "report: {font: own.ttf}", `manifest.yaml:7:16: cannot read the font "own.ttf": it is a pipe, not a file; name a file`},
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

// TestInputs: what is no file is refused as an input, and nothing waits or reads
// without an end.
func TestInputs(t *testing.T) {
	dir := t.TempDir()
	pipe, socket, link := filepath.Join(dir, "pipe.yaml"), filepath.Join(dir, "socket.yaml"), filepath.Join(dir, "link.yaml")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Symlink("pipe.yaml", link)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir) // the name of a socket is short
	listening, err := net.Listen("unix", "socket.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer listening.Close()
	reading, writing, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()
	defer writing.Close()
	const hint = ", not a file; for what another program writes, name - and pipe it in: program | raci build -"
	for path, want := range map[string]string{
		pipe:                                 "it is a pipe" + hint,
		link:                                 "it is a pipe" + hint,
		socket:                               "it is a socket" + hint,
		"/dev/zero":                          "it is a device" + hint,
		fmt.Sprint("/dev/fd/", reading.Fd()): "it is a pipe" + hint,
		dir:                                  "is a directory",
	} {
		if in, problems := loader().Load(path); in != nil || problems.String() != path+": "+want {
			t.Errorf("%v\nwant %s: %s", problems, path, want)
		}
	}
}

// TestKernelFiles: what the kernel makes as it is read looks like a file, and may
// wait for ever: /proc/kmsg does, for whoever may open it. A link of /proc to a
// file is that file.
func TestKernelFiles(t *testing.T) {
	paths := []string{"/proc/self/status", "/sys/kernel/notes"}
	if f, err := os.OpenFile("/proc/kmsg", os.O_RDONLY|syscall.O_NONBLOCK, 0); err == nil {
		f.Close()
		paths = append(paths, "/proc/kmsg")
	}
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			continue // the machine has none
		}
		done := make(chan string)
		go func() {
			_, problems := loader().Load(path)
			done <- problems.String()
		}()
		want := path + ": it is made by the kernel as it is read, not a file"
		select {
		case got := <-done:
			if !strings.HasPrefix(got, want) {
				t.Errorf("%s\nwant %s", got, want)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("%s is waited for", path)
		}
	}
	path := filepath.Join(t.TempDir(), "manifest.yaml")
	write(t, path, []byte(shop))
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if in, problems := loader().Load(fmt.Sprint("/proc/self/fd/", f.Fd())); in == nil {
		t.Error(problems)
	}
}

// TestRead: what is read of a file ends a byte behind what it may have.
func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large")
	write(t, path, nil)
	for size, ok := range map[int64]bool{10: true, 11: false, 1 << 40: false} {
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
		data, err := loader().readFile(path, 10)
		if ok != (err == nil) || ok && len(data) != 10 {
			t.Errorf("of %d bytes %d were read: %v", size, len(data), err)
		}
	}
}

// TestOverlayFiles: what an overlay holds and cannot be read is an error with its
// path, also where the manifest does not use it. Nothing waits, and nothing takes
// more memory than a file may have.
func TestOverlayFiles(t *testing.T) {
	link := func(to string) func(string) error { return func(path string) error { return os.Symlink(to, path) } }
	folder := func(path string) error { return os.Mkdir(path, 0o700) }
	large := func(path string) error {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			return err
		}
		return os.Truncate(path, 1<<40) // of which nothing lies on the disk
	}
	plain := func(path string) error { return os.WriteFile(path, nil, 0o600) }
	closed := func(path string) error { return os.WriteFile(path, nil, 0) }
	for _, test := range []struct {
		name string
		make func(path string) error
		want string
	}{
		{"services/sqs.yaml", link("nowhere"), "cannot read the catalog: this is a link to nothing; put the file in its place, or remove it"},
		{"services/sqs.yaml", link("sqs.yaml"), "cannot read the catalog: too many levels of symbolic links; make it readable, or remove it"},
		{"services/sqs.yaml", link("/dev/zero"), "cannot read the catalog: this is not a regular file; put a file in its place, or remove it"},
		{"services/sqs.yaml", link(".."), "cannot read the catalog: this is not a regular file; put a file in its place, or remove it"},
		{"services/sqs.yaml", folder, "cannot read the catalog: this is not a regular file; put a file in its place, or remove it"},
		{"services/sqs.yaml", large, "the file is larger than 8 MiB; split it"},
		{"services/sqs.yaml", closed, "cannot read the catalog: permission denied; make it readable, or remove it"},
		{"controls.yaml", link("nowhere"), "cannot read the catalog: this is a link to nothing; put the file in its place, or remove it"},
		{"controls.yaml", link("/dev/zero"), "cannot read the catalog: this is not a regular file; put a file in its place, or remove it"},
		{"catalog.yaml", folder, "cannot read the catalog: this is not a regular file; put a file in its place, or remove it"},
		{"models", link("nowhere"), "cannot read the catalog: this is a link to nothing; put the file in its place, or remove it"},
		{"models", plain, "cannot read the catalog: not a directory; make it readable, or remove it"},
		{"services/.#sqs.yaml", link("me@host.1"), ""},
		{"services/.sqs.yaml", link("/dev/zero"), ""},
		{"services/._sqs.yaml", large, ""},
		{".#controls.yaml", link("me@host.1"), ""},
		{"services/sqs.yaml~", link("nowhere"), ""},
		{"services/#sqs.yaml#", large, ""},
		{"services/desktop.ini", link("nowhere"), ""},
		{"services/.backup", folder, ""},
	} {
		if test.want != "" && strings.HasSuffix(test.want, "permission denied; make it readable, or remove it") && os.Geteuid() == 0 {
			continue // root may read everything
		}
		dir := t.TempDir()
		path := filepath.Join(dir, "manifest.yaml")
		if err := os.MkdirAll(filepath.Join(dir, "own", "services"), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, path, []byte(shop+"catalog: own"))
		if err := test.make(filepath.Join(dir, "own", test.name)); err != nil {
			t.Fatal(err)
		}
		want := ""
		if test.want != "" {
			want = filepath.Join(dir, "own", test.name) + ": " + test.want
		}
		_, problems := loader().Load(path)
		if got := problems.String(); got != want {
			t.Errorf("%s: got  %s\nwant %s", test.name, got, want)
		}
		cat, problems := OpenCatalog(loader().Shipped, []string{filepath.Join(dir, "own")})
		if got := problems.String(); got != want {
			t.Errorf("%s: OpenCatalog: got  %s\nwant %s", test.name, got, want)
		}
		if want == "" { // an alias and a misspelled name take the names of all services
			if n, problems := cat.Lookup(source.Ref{ID: "simple queue service"}); n.Service == nil {
				t.Errorf("%s: %v", test.name, problems)
			}
			if _, problems := cat.Lookup(source.Ref{ID: "simpel queue servce"}); problems == nil {
				t.Errorf("%s: a misspelled name is found", test.name)
			}
		}
	}
}

// TestOverlayFolder: the folder of an overlay is opened in one way, whoever names it.
func TestOverlayFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "manifest.yaml")
	for name, want := range map[string]string{
		"nowhere":       `cannot read the catalog "nowhere": no such file or directory`,
		"manifest.yaml": `the catalog "manifest.yaml" is not a folder`,
	} {
		write(t, path, []byte(shop+"catalog: "+name))
		_, problems := loader().Load(path)
		if got := problems.String(); got != path+":7:10: "+want+"; "+catalog.FolderHint+", relative to the manifest" {
			t.Errorf("in a manifest: %s", got)
		}
		_, problems = OpenCatalog(loader().Shipped, []string{filepath.Join(dir, name)})
		if got := strings.ReplaceAll(problems.String(), dir+"/", ""); got != want+"; "+catalog.FolderHint {
			t.Errorf("on the command line: %s", got)
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

// TestUnreadOverlayFiles: a file of an overlay that the manifest does not need is looked
// at nevertheless: its name may be wrong.
func TestUnreadOverlayFiles(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"services/storage.yaml": {"id: s3\nduties: {}\n", `services/storage.yaml:1:5: the id "s3" is not the name of the file; rename one of the two`},
		"services/desk.yaml":    {"id: [\n", "services/desk.yaml:1:5: not valid YAML: "},
		"services/s3.json":      {`{"id": "s3"}`, "services/s3.json: the file is not read under this name; name it s3.yaml, which JSON may stand in"},
		"s3.yaml":               {"id: s3\n", "s3.yaml: the file is not read here; move it into one of services, models, variants, frameworks"},
		"services/desk2.yaml":   {"id: desk2\nname: Desk\nmodel: management\n", ""},
		"notes.yaml":            {"text: mine\n", ""},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "manifest.yaml")
		if err := os.MkdirAll(filepath.Join(dir, "own", "services"), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, path, []byte(shop+"catalog: own"))
		write(t, filepath.Join(dir, "own", "controls.yaml"), []byte("controls: []\n"))
		write(t, filepath.Join(dir, "own", name), []byte(test.text))
		_, problems := loader().Load(path)
		if got := strings.ReplaceAll(problems.String(), filepath.Join(dir, "own")+"/", ""); test.want == "" && got != "" || !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %s\nwant %s", name, got, test.want)
		}
	}
}
