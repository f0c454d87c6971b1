package main

import (
	"io"

	"github.com/schollz/progressbar/v3"
)

// progressBar shows on a terminal how many of several inputs are done. Elsewhere,
// and for one input, it is nil and shows nothing.
type progressBar struct{ bar *progressbar.ProgressBar }

// startProgress starts the bar of a command that takes n inputs.
func (p *program) startProgress(n int) *progressBar {
	if n < 2 || !isTerminal(p.err) {
		return nil
	}
	return newProgressBar(p.err, n)
}

func newProgressBar(w io.Writer, n int) *progressBar {
	return &progressBar{progressbar.NewOptions(n, progressbar.OptionSetWriter(w), progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false), progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth())}
}

// add counts one input, and reports whether there is a bar.
func (b *progressBar) add() bool {
	if b == nil {
		return false
	}
	_ = b.bar.Add(1) // a terminal that is gone needs no bar
	return true
}

// stop removes the bar.
func (b *progressBar) stop() {
	if b != nil {
		_ = b.bar.Clear()
	}
}
