package sqlite

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gonameplate/nameplate/serial/ledger"
)

const (
	applicationID = 0x4e504c54 // "NPLT", in the header of the file
	formatVersion = 1

	headerSize = 100
)

// See "Database File Format", 1.3.
var magic = []byte("SQLite format 3\x00")

func pageSize(header []byte) int {
	if n := int(binary.BigEndian.Uint16(header[16:])); n != 1 {
		return n
	}
	return 65536
}

// inspect reports, without changing it, whether what is at the path is a ledger or nothing yet.
func (s *store) inspect() (exists bool, err error) {
	for try := 0; ; try++ {
		exists, err = inspectHeader(s.path)
		if !errors.Is(err, ledger.ErrForeign) || !s.unfinished() {
			return exists, err
		}
		// Another process may be making the file. If it was killed doing so, SQLite removes its
		// pages.
		if try == 5 {
			return false, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// inspectHeader is inspect without waiting.
func inspectHeader(path string) (exists bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, folderOf(path)
	}
	if err != nil {
		return false, accessError(path, err)
	}
	if info.IsDir() {
		return false, &ledger.StoreError{Name: path, Err: ledger.ErrAccess,
			Detail: "it is a directory",
			Hint:   "name a file, such as " + filepath.Join(path, "ledger.db")}
	}
	f, err := os.Open(path)
	if err != nil {
		return false, accessError(path, err)
	}
	defer f.Close()
	if info.Size() == 0 {
		return false, nil
	}
	header := make([]byte, headerSize)
	if _, err := f.ReadAt(header, 0); err != nil || string(header[:len(magic)]) != string(magic) {
		return false, foreign(path, "it is not an SQLite file")
	}
	if id := binary.BigEndian.Uint32(header[68:]); id != applicationID {
		return false, foreign(path,
			fmt.Sprintf("it is an SQLite file of another program (application id %#08x)", id))
	}
	if v := binary.BigEndian.Uint32(header[60:]); v != formatVersion {
		return false, newer(path, fmt.Sprintf("format %d, want at most %d", v, formatVersion))
	}
	if n := pageSize(header); n < 512 || n&(n-1) != 0 {
		return false, damagedError(path, damage("its pages have %d bytes", n))
	}
	return true, nil
}

// unfinished reports whether the file may be one that is being made: its mark knows of no number,
// and SQLite's journal is there.
func (s *store) unfinished() bool {
	if _, err := os.Stat(s.path + "-journal"); err != nil {
		return false
	}
	m, err := openMark(s.markPath, s.set)
	if err != nil {
		return false
	}
	defer m.close()
	return m.last.Seq == 0
}

func foreign(path, detail string) error {
	return &ledger.StoreError{Name: path, Err: ledger.ErrForeign, Detail: detail,
		Hint: "it was left as it is; name another file, or one that doesn't exist yet"}
}

func newer(path, detail string) error {
	return &ledger.StoreError{Name: path, Err: ledger.ErrNewer, Detail: detail,
		Hint: "open it with the software that wrote it, or a newer one"}
}

func folderOf(path string) error {
	dir := filepath.Dir(path)
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return &ledger.StoreError{Name: path, Err: ledger.ErrAccess,
			Detail: "there is no folder " + dir, Hint: "create it"}
	case err != nil:
		return accessError(path, err)
	case !info.IsDir():
		return &ledger.StoreError{Name: path, Err: ledger.ErrAccess,
			Detail: dir + " is not a folder", Hint: "name a file in a folder"}
	}
	return nil
}
