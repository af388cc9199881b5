package sqlite

import (
	"os"
	"slices"
	"sync"
)

// inUse are the files that this process has open. None of them may be opened and closed by
// anything but SQLite: POSIX drops all of a process's locks on a file when it closes any
// descriptor of it, and other processes would then take SQLite's connection for gone. See "How To
// Corrupt An SQLite Database File", sqlite.org/howtocorrupt.html, 2.2.
var inUse registry

type registry struct {
	sync.Mutex // held while a file is looked at and opened
	files      []os.FileInfo
}

// has reports whether the file at a path is in use. The registry must be locked.
func (r *registry) has(path string) bool {
	info, err := os.Stat(path)
	return err == nil && slices.ContainsFunc(r.files,
		func(f os.FileInfo) bool { return os.SameFile(f, info) })
}

// remove takes one entry of a file away.
func (r *registry) remove(file os.FileInfo) {
	if file == nil {
		return
	}
	r.Lock()
	defer r.Unlock()
	if i := slices.Index(r.files, file); i >= 0 {
		r.files = slices.Delete(r.files, i, i+1)
	}
}
