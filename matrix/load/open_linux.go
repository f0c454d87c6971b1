package load

import (
	"os"
	"syscall"
)

// kernelFiles are file systems whose files look like regular ones, and of which
// some are read without an end, or wait for something to happen.
var kernelFiles = map[uint32]bool{
	0x9fa0:     true, // proc
	0x62656572: true, // sysfs
	0x74726163: true, // tracefs
	0x64626720: true, // debugfs
	0x73636673: true, // securityfs
	0x27e0eb:   true, // cgroup
	0x63677270: true, // cgroup2
	0x62656570: true, // configfs
	0xf97cff8c: true, // selinuxfs
}

// stored says why an open file is none that lies on a disk.
func stored(f *os.File) error {
	c, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var system syscall.Statfs_t
	var failed error
	if err := c.Control(func(fd uintptr) { failed = syscall.Fstatfs(int(fd), &system) }); err != nil {
		return err
	}
	if failed == nil && kernelFiles[uint32(system.Type)] {
		return notRegular("made by the kernel as it is read")
	}
	return nil
}
