package main

import (
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

// onSignal does something where a signal ends the program, and then exits with the
// status that shells report for it. A signal that was ignored stays so. The function
// that it returns ends the watch; where a signal has come it does not return, so that
// nothing is said about what fails because of it.
func onSignal(last func(syscall.Signal)) (stop func()) {
	signals := slices.DeleteFunc([]os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM}, signal.Ignored)
	if len(signals) == 0 {
		return func() {} // Notify without signals would mean all of them
	}
	caught, ended := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(caught, signals...)
	go func() {
		if sig, ok := (<-caught).(syscall.Signal); ok {
			last(sig)
			os.Exit(128 + int(sig))
		}
		close(ended)
	}()
	return func() {
		signal.Stop(caught)
		close(caught)
		<-ended
	}
}

// sayEnded says what a signal has ended. Nobody waits for long where standard error
// takes nothing.
func (p *program) sayEnded(sig syscall.Signal, what string) {
	said := make(chan struct{})
	go func() {
		p.say("raci: %v; %s", sig, what)
		close(said)
	}()
	select {
	case <-said:
	case <-time.After(time.Second):
	}
}
