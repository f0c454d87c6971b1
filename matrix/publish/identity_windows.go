package publish

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// identify returns the file index and the time of change of what stands under a
// name. A file system without them, as FAT, says 0 or what the next mount does not.
func (b *Batch) identify(name string) (id identity) {
	file, err := b.root.Open(name)
	if err != nil {
		return identity{}
	}
	defer file.Close()
	handle := windows.Handle(file.Fd())
	var index windows.ByHandleFileInformation
	if windows.GetFileInformationByHandle(handle, &index) != nil {
		return identity{}
	}
	id.Inode = uint64(index.FileIndexHigh)<<32 | uint64(index.FileIndexLow)
	var times struct { // FILE_BASIC_INFO
		created, accessed, written, changed windows.Filetime
		attributes                          uint32
		_                                   uint32
	}
	if windows.GetFileInformationByHandleEx(handle, windows.FileBasicInfo, (*byte)(unsafe.Pointer(&times)), uint32(unsafe.Sizeof(times))) == nil && times.changed != (windows.Filetime{}) {
		id.Changed = times.changed.Nanoseconds()
	}
	return id
}
