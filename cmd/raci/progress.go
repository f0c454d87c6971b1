package main

import (
	"io"

	"github.com/schollz/progressbar/v3"
)

// progressBar shows on a terminal how much of the work is done. Elsewhere it is nil
// and shows nothing.
type progressBar struct{ bar *progressbar.ProgressBar }

// startProgress starts the bar of a command that has n things to do.
func (p *program) startProgress(what string, n int) *progressBar {
	if n == 0 || !isTerminal(p.err) {
		return nil
	}
	return newProgressBar(p.err, what, n)
}

func newProgressBar(w io.Writer, what string, n int) *progressBar {
	bar := progressbar.NewOptions(n, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(), progressbar.OptionSetWidth(30),
		progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false), progressbar.OptionClearOnFinish())
	_ = bar.RenderBlank() // a terminal that is gone needs no bar
	return &progressBar{bar}
}

// add counts what is done. It may be called by several goroutines at once.
func (b *progressBar) add(n int) {
	if b != nil {
		_ = b.bar.Add(n)
	}
}

// stop removes the bar.
func (b *progressBar) stop() {
	if b != nil {
		_ = b.bar.Clear()
	}
}
