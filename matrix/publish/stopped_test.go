//go:build unix

package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// childFolder makes of the test's program one that publishes until it is killed.
const childFolder = "RACI_TEST_PUBLISH_INTO"

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		for n := 0; ; n++ {
			if err := publish(folder, Options{Say: func(string) {}}, version(n)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	}
	os.Exit(m.Run())
}

// version is one of many sets of files. Every third has a file less.
func version(n int) map[string]string {
	text := strings.Repeat(fmt.Sprintf("version %d\n", n), 2000)
	return map[string]string{"a": text, "b": text + text, "c": text + text + text}
}

// stop ends a batch as a kill at this step does: nothing runs after it.
type stop struct{ step string }

// stopAt runs do until its step of this number, and returns the step's name, or
// "" where there are not so many.
func stopAt(number int, do func()) (name string) {
	return stopWhere(func(string) bool { number--; return number == -1 }, do)
}

// stopWhere runs do until the first step that is wanted.
func stopWhere(wanted func(step string) bool, do func()) (name string) {
	defer func() {
		beforeStep = func(string) error { return nil }
		if p := recover(); p != nil {
			stopped, ok := p.(stop)
			if !ok {
				panic(p)
			}
			name = stopped.step
		}
	}()
	beforeStep = func(step string) error {
		if wanted(step) {
			panic(stop{step})
		}
		return nil
	}
	do()
	return ""
}

// wantEither checks that the folder holds the older files or the newer ones, and
// nothing else. It returns whether these are the newer.
func wantEither(t *testing.T, folder, when string) bool {
	t.Helper()
	got := held(t, folder)
	switch {
	case maps.Equal(got, older):
		return false
	case maps.Equal(got, after()):
		return true
	}
	t.Errorf("%s: the folder holds %q", when, got)
	return false
}

// sweepAll makes all leftovers old enough to be swept.
func sweepAll(t *testing.T) {
	t.Helper()
	before := leftoverAge
	leftoverAge = 0
	t.Cleanup(func() { leftoverAge = before })
}

// begin does what a run that begins does.
func begin(folder string, say func(string)) (*Batch, error) {
	b := New(folder, Options{Say: say})
	return b, b.Begin()
}

// TestStopped stops a batch at each of its steps, and the one that recovers it at
// each of its own. At every moment each file is whole; in the end all are older or
// all are newer, and that is said where anything was to be done.
func TestStopped(t *testing.T) {
	sweepAll(t)
	steps := map[string]bool{}
	for first := 0; ; first++ {
		step := ""
		for second := 0; ; second++ {
			folder := t.TempDir()
			put(t, folder, older)
			step = stopAt(first, func() {
				if err := publish(folder, Options{}, newer); err != nil {
					t.Fatal(err)
				}
			})
			there := held(t, folder)
			for name := range older {
				if there[name] == "" {
					t.Fatalf("stopped at %q, %s is not there", step, name)
				}
			}
			for name, text := range there {
				if old, now := older[name], after()[name]; !strings.HasPrefix(name, prefix) && text != old && text != now {
					t.Fatalf("stopped at %q, %s holds %q", step, name, text)
				}
			}
			_, began := findJournal(t, folder)
			var said []string
			recover := func() {
				b, err := begin(folder, func(line string) {
					if !strings.Contains(line, ": removed temporary files") {
						said = append(said, line)
					}
				})
				if err != nil {
					t.Fatal(err)
				}
				b.Discard()
			}
			again := stopAt(second, recover)
			if again != "" {
				_, began = findJournal(t, folder)
				said = nil
				recover()
			}
			when := fmt.Sprintf("stopped at %q, then at %q", step, again)
			stands := wantEither(t, folder, when)
			if began != (len(said) == 1) || began && strings.Contains(said[0], "as it was before") == stands {
				t.Errorf("%s: said %q, the newer files are there: %t", when, said, stands)
			}
			if again == "" || step == "" {
				break
			}
		}
		if step == "" {
			break
		}
		steps[step] = true
	}
	for _, want := range []string{"sync a", "sync the journal", "begin", "sync the folder", "keep a", "keep c", "move a", "move c", "end"} {
		if !steps[want] {
			t.Errorf("no batch was stopped at %q: %v", want, steps)
		}
	}
}

func findJournal(t *testing.T, folder string) (string, bool) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, prefix+"*.journal"))
	if err != nil || len(found) > 1 {
		t.Fatal(found, err)
	}
	return strings.Join(found, ""), len(found) > 0
}

// TestFailing lets each step fail. Then the batch is as a whole in its place, or
// it says that it is not and all is as it was.
func TestFailing(t *testing.T) {
	sweepAll(t)
	failed := 0
	for number := 0; ; number++ {
		folder := t.TempDir()
		put(t, folder, older)
		count, name := number, ""
		beforeStep = func(step string) error {
			if count--; count == -1 {
				name = step
				return &fs.PathError{Op: "step", Path: "somewhere", Err: syscall.EPERM}
			}
			return nil
		}
		err := publish(folder, Options{}, newer)
		beforeStep = func(string) error { return nil }
		if name == "" {
			break
		}
		if err != nil {
			failed++
			if !errors.Is(err, syscall.EPERM) {
				t.Errorf("%s fails: %v", name, err)
			}
			got := held(t, folder)
			if name == "remove the probe" {
				maps.DeleteFunc(got, func(name, _ string) bool { return strings.HasSuffix(name, "-probe.part") })
			}
			if !maps.Equal(got, older) {
				t.Errorf("%s fails: the folder holds %q", name, got)
			}
			continue
		}
		b, err := begin(folder, nil) // of what could not be removed
		if err != nil {
			t.Fatal(err)
		}
		b.Discard()
		wantHeld(t, folder, after())
	}
	if failed < 10 {
		t.Errorf("%d steps failed the batch", failed)
	}
}

// TestCannotMove: things that happen between the steps, and after which a file
// cannot be replaced. The others are put back.
func TestCannotMove(t *testing.T) {
	for step, happens := range map[string]func(folder string) error{
		"move b": func(folder string) error { // the place becomes a folder
			if err := os.Remove(filepath.Join(folder, "b")); err != nil {
				return err
			}
			return os.MkdirAll(filepath.Join(folder, "b", "x"), 0o777)
		},
		"move c": func(folder string) error { return os.MkdirAll(filepath.Join(folder, "c", "x"), 0o777) },
		"move same": func(folder string) error { // a temporary is gone
			parts, err := filepath.Glob(filepath.Join(folder, prefix+"*-3.part"))
			if err != nil || len(parts) != 1 {
				return fmt.Errorf("%v, %v", parts, err)
			}
			return os.Remove(parts[0])
		},
	} {
		folder := t.TempDir()
		put(t, folder, older)
		beforeStep = func(at string) error {
			if at == step {
				if err := happens(folder); err != nil {
					t.Fatal(err)
				}
			}
			return nil
		}
		err := publish(folder, Options{}, newer)
		beforeStep = func(string) error { return nil }
		name := strings.TrimPrefix(step, "move ")
		if err == nil || !strings.HasPrefix(err.Error(), "cannot write "+filepath.Join(folder, name)+": ") {
			t.Errorf("%s: %v", step, err)
		}
		got := held(t, folder)
		want := maps.Clone(older)
		if name != "same" {
			want[name] = "/"
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: the folder holds %q", step, got)
		}
	}
}

// TestChanged: what somebody writes into the place of a file while a journal is
// open stays, and is named. The others stay with it.
func TestChanged(t *testing.T) {
	folder := stoppedAt(t, "move c", older)
	put(t, folder, map[string]string{"a": "by hand"})
	before := held(t, folder)
	wantLeftAlone(t, recovered(t, folder), "written or changed since then: a; so no file was put back; it says that older reports are beside it: a as "+prefix)
	wantHeld(t, folder, before)
}

// TestKilled kills a process that publishes one version after the other, at random
// moments. Then all files are of one version.
func TestKilled(t *testing.T) {
	folder := t.TempDir()
	recovered := 0
	for round := range 20 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childFolder+"="+folder)
		var complaints strings.Builder
		child.Stderr = &complaints
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(10+rand.Intn(30)) * time.Millisecond)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait()
		if complaints.Len() > 0 {
			t.Fatal(complaints.String())
		}
		b, err := begin(folder, func(string) { recovered++ })
		if err != nil {
			t.Fatal(err)
		}
		b.Discard()
		got := held(t, folder)
		maps.DeleteFunc(got, func(name, _ string) bool { return strings.HasSuffix(name, ".part") && strings.HasPrefix(name, prefix) })
		if len(got) > 0 && (len(got) != 3 || got["a"]+got["a"] != got["b"] || got["a"]+got["b"] != got["c"]) {
			t.Fatalf("round %d: %d files, %.12q %.12q %.12q", round, len(got), got["a"], got["b"], got["c"])
		}
	}
	t.Logf("%d of 20 were recovered", recovered)
}
