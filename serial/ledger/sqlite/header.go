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

// inspect looks at what is at a path without changing it, and reports whether it is a ledger, or nothing yet.
func inspect(path, markPath string) (exists bool, err error) {
	for try := 0; ; try++ {
		exists, err = inspectHeader(path)
		if !errors.Is(err, ledger.ErrForeign) || !unfinished(path, markPath) {
			return exists, err
		}
		// Another process may be making the file. If it was killed doing so, SQLite takes its pages back.
		if try == 5 {
			return false, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func inspectHeader(path string) (exists bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, folderOf(path)
	}
	if err != nil {
		return false, accessError(path, err)
	}
	if info.IsDir() {
		return false, &ledger.StoreError{Name: path, Err: ledger.ErrAccess, Cause: errors.New("it is a directory"),
			Mend: "name a file, such as " + filepath.Join(path, "ledger.db")}
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
		return false, foreign(path, errors.New("it is not an SQLite file"))
	}
	if id := binary.BigEndian.Uint32(header[68:]); id != applicationID {
		return false, foreign(path, fmt.Errorf("it is an SQLite file of another program (application id %#08x)", id))
	}
	if v := binary.BigEndian.Uint32(header[60:]); v != formatVersion {
		return false, &ledger.StoreError{Name: path, Err: ledger.ErrNewer, Cause: fmt.Errorf("format %d, this software knows %d", v, formatVersion),
			Mend: "open it with the software that wrote it, or a newer one"}
	}
	if n := pageSize(header); n < 512 || n&(n-1) != 0 {
		return false, damaged(path, fmt.Errorf("its pages have %d bytes", n))
	}
	return true, nil
}

// unfinished reports whether a file may be one that is being made: its mark knows of no number, and SQLite's journal is there.
func unfinished(path, markPath string) bool {
	if _, err := os.Stat(path + "-journal"); err != nil {
		return false
	}
	m, err := openMark(markPath)
	if err != nil {
		return false
	}
	defer m.close()
	return m.last.Seq == 0
}

func foreign(path string, cause error) error {
	return &ledger.StoreError{Name: path, Err: ledger.ErrForeign, Cause: cause,
		Mend: "it was left as it is; name another file, or one that doesn't exist yet"}
}

func folderOf(path string) error {
	dir := filepath.Dir(path)
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return &ledger.StoreError{Name: path, Err: ledger.ErrAccess, Cause: fmt.Errorf("there is no folder %s", dir), Mend: "create it"}
	case err != nil:
		return accessError(path, err)
	case !info.IsDir():
		return &ledger.StoreError{Name: path, Err: ledger.ErrAccess, Cause: fmt.Errorf("%s is not a folder", dir), Mend: "name a file in a folder"}
	}
	return nil
}
