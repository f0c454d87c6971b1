//go:build race

package report

// detectorCost is how many times the memory the race detector takes.
const detectorCost = 3
