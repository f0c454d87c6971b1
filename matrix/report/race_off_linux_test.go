//go:build !race

package report

const detectorCost = 1
