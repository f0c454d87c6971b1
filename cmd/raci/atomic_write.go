package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
)

// nearestFolder returns the folder, or the nearest one above it that exists.
func nearestFolder(path string) (string, error) {
	info, err := os.Stat(path)
	above := filepath.Dir(path)
	switch {
	case err == nil && info.IsDir():
		return path, nil
	case err == nil:
		return "", &fs.PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
	case above == path:
		return "", err
	}
	return nearestFolder(above)
}

// staged are files that are complete, or will be, and not yet in their place.
type staged struct {
	folder string // in which they wait
	mu     sync.Mutex
	files  []stagedFile
}

type stagedFile struct{ temporary, target string }

func (s *staged) create(target string) (*os.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	temporary := filepath.Join(s.folder, fmt.Sprintf(".%s.%d.part", filepath.Base(target), os.Getpid()))
	s.files = append(s.files, stagedFile{temporary, target})
	return os.OpenFile(temporary, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o666)
}

// drop removes a file that is not wanted any more.
func (s *staged) drop(target string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files = slices.DeleteFunc(s.files, func(f stagedFile) bool {
		if f.target != target {
			return false
		}
		os.Remove(f.temporary)
		return true
	})
}

// commit makes the folder and moves all files to their places in it.
func (s *staged) commit(folder string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return fmt.Errorf("cannot make the output folder: %w", err)
	}
	for len(s.files) > 0 {
		f := s.files[0]
		if err := os.Rename(f.temporary, f.target); err != nil {
			return err
		}
		s.files = s.files[1:]
	}
	return nil
}

// discard removes what was not committed.
func (s *staged) discard() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove()
}

func (s *staged) remove() {
	for _, f := range s.files {
		os.Remove(f.temporary)
	}
}

// discardOnSignal removes the files also where a signal ends the program, and
// then exits with the status that shells report for it. A signal that was ignored
// stays so. The function that it returns ends the watch.
func (s *staged) discardOnSignal() (stop func()) {
	signals := slices.DeleteFunc([]os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM}, signal.Ignored)
	if len(signals) == 0 {
		return func() {} // Notify without signals would mean all of them
	}
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, signals...)
	go func() {
		if sig, ok := (<-caught).(syscall.Signal); ok {
			s.mu.Lock() // and never let go: no file is made or moved any more
			s.remove()
			os.Exit(128 + int(sig))
		}
	}()
	return func() {
		signal.Stop(caught)
		close(caught)
	}
}
