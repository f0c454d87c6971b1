//go:build unix

package publish

import "golang.org/x/sys/unix"

// identify returns the identity of what stands under a name.
func (b *Batch) identify(name string) identity {
	folder, err := b.root.Open(".")
	if err != nil {
		return identity{}
	}
	defer folder.Close()
	var stat unix.Stat_t
	if unix.Fstatat(int(folder.Fd()), name, &stat, unix.AT_SYMLINK_NOFOLLOW) != nil {
		return identity{}
	}
	return identity{uint64(stat.Ino), stat.Ctim.Nano()}
}
