package main

import (
	"os"
	"os/signal"
	"slices"
	"syscall"

	"raci/matrix/publish"
)

// discardOnSignal gives the files up also where a signal ends the program, and
// then exits with the status that shells report for it. Files that are being moved
// are first moved to the end. A signal that was ignored stays so. The function that
// it returns ends the watch.
func discardOnSignal(files *publish.Batch) (stop func()) {
	signals := slices.DeleteFunc([]os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM}, signal.Ignored)
	if len(signals) == 0 {
		return func() {} // Notify without signals would mean all of them
	}
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, signals...)
	go func() {
		if sig, ok := (<-caught).(syscall.Signal); ok {
			files.Discard() // no file is made or moved any more
			os.Exit(128 + int(sig))
		}
	}()
	return func() {
		signal.Stop(caught)
		close(caught)
	}
}
