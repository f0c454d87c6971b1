//go:build !unix

package load

const openFlags = 0 // opening waits for nothing here
