package sqlite

import (
	"os"
	"path/filepath"
)

// An identity distinguishes a file from its copies. The file system's number of a file stays when
// it is renamed and after the machine is started again; the number of its device may not.
type identity struct {
	Device uint64 `json:"device"`
	Number uint64 `json:"number"`
	Path   string `json:"path"`
}

// identify returns the identity of an open file that has, or will have, a path.
func (set *settings) identify(f *os.File, path string) (identity, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return identity{}, err
	}
	device, number, err := set.fileNumber(f)
	return identity{device, number, abs}, err
}

// same reports whether two identities are of one file. It may have been moved within its device,
// or its device may have got another number, as those of btrfs, ZFS and containers do whenever
// they are mounted; both at once are taken for a copy.
func (a identity) same(b identity) bool {
	return a.Number == b.Number && (a.Device == b.Device || a.Path == b.Path)
}
