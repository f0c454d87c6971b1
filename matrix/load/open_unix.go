//go:build unix

package load

import "syscall"

// openFlags open a pipe without waiting for its other end, and a terminal without
// making it the one that controls this process.
const openFlags = syscall.O_NONBLOCK | syscall.O_NOCTTY
