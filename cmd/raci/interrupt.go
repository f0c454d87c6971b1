package main

import (
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// onSignal does something where a signal ends the program, and then exits with the
// status that shells report for it. A signal that was ignored stays so. The function
// that it returns ends the watch.
func onSignal(last func(syscall.Signal)) (stop func()) {
	signals := slices.DeleteFunc([]os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM}, signal.Ignored)
	if len(signals) == 0 {
		return func() {} // Notify without signals would mean all of them
	}
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, signals...)
	go func() {
		if sig, ok := (<-caught).(syscall.Signal); ok {
			last(sig)
			os.Exit(128 + int(sig))
		}
	}()
	return func() {
		signal.Stop(caught)
		close(caught)
	}
}
