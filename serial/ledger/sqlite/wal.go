package sqlite

import (
	"encoding/binary"
	"io"
	"os"
	"time"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A killed process leaves the write-ahead log of its last transactions beside the file, as
// FILE-wal, and SQLite copies them into the file when it is next opened. If an older file was put
// back in the meantime, those pages aren't its own, and it would be destroyed. So each
// transaction writes into page 2, table state, the state that it began with and the one that it
// ends with: the log belongs to the file if the file's state is the one that the log's first
// transaction began with, or one that a transaction in it ended with (they may have been copied
// already, in part or all).

const (
	walHeader   = 32
	frameHeader = 24
	chainSize   = 4 + 2*len(driver.Hash{})
)

// A chain is the column of that name: the version of the schema and the hashes of the last record,
// before and after the last transaction.
type chain struct {
	schema        uint32
	before, after driver.Hash
}

func (c chain) bytes() []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, chainSize), c.schema)
	return append(append(b, c.before[:]...), c.after[:]...)
}

func parseChain(b []byte) (c chain, err error) {
	if len(b) != chainSize {
		return c, damage("its state has %d bytes", len(b))
	}
	c.schema = binary.BigEndian.Uint32(b)
	copy(c.before[:], b[4:])
	copy(c.after[:], b[4+len(c.before):])
	return c, nil
}

// chainOfPage finds the chain in page 2: a leaf of a table with one row, in which it is the last
// column. See "Database File Format", sqlite.org/fileformat2.html, 1.6 and 2.1.
func chainOfPage(page []byte) (chain, error) {
	if len(page) < 512 {
		return chain{}, damage("its pages have %d bytes", len(page))
	}
	cell := int(binary.BigEndian.Uint16(page[8:]))
	if page[0] != 0x0d || binary.BigEndian.Uint16(page[3:]) != 1 ||
		cell+2*binary.MaxVarintLen64 > len(page) {
		return chain{}, damage("page 2 is not the table of the state")
	}
	payload, n := varint(page[cell:])
	_, m := varint(page[cell+n:])
	end := cell + n + m + int(payload)
	if payload < uint64(chainSize) || payload > uint64(len(page)) || end > len(page) {
		return chain{}, damage("page 2 has no state")
	}
	return parseChain(page[end-chainSize : end])
}

// varint reads SQLite's varint: seven bits a byte, the highest first.
func varint(b []byte) (v uint64, n int) {
	for n < 8 {
		v = v<<7 | uint64(b[n]&0x7f)
		n++
		if b[n-1] < 0x80 {
			return v, n
		}
	}
	return v<<8 | uint64(b[n]), n + 1
}

// quarantineForeignWAL renames a write-ahead log that belongs to another state of the file.
func quarantineForeignWAL(path string) error {
	log := path + "-wal"
	before, err := os.Stat(log)
	if os.IsNotExist(err) {
		return nil
	} else if err != nil {
		return err
	}
	for try := 0; ; try++ {
		belongs, err := logBelongs(path, log)
		if os.IsNotExist(err) {
			return nil
		}
		if err == nil && belongs {
			return nil
		}
		// Another process may be writing the file or may have begun a new log: look again. What is
		// read here isn't protected by SQLite's locks.
		if try < 5 {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		// A log that changes meanwhile has a process that looked before, and is never taken from
		// it.
		now, statErr := os.Stat(log)
		if os.IsNotExist(statErr) {
			return nil // that process has removed it with its last connection
		}
		if statErr != nil || !os.SameFile(before, now) || now.Size() != before.Size() ||
			!now.ModTime().Equal(before.ModTime()) {
			return statErr
		}
		if err != nil {
			return err
		}
		return os.Rename(log, log+".stale-"+time.Now().UTC().Format("20060102T150405.000000"))
	}
}

// logBelongs reports whether a write-ahead log belongs to a file.
func logBelongs(path, log string) (bool, error) {
	size, schema, file, err := fileState(path)
	if err != nil {
		return false, err
	}
	states, err := logStates(log, size)
	if err != nil || len(states) == 0 {
		return true, err
	}
	// A file that was made by VACUUM has another schema version and another order of pages.
	if schema != file.schema {
		return false, nil
	}
	if file.after == states[0].before {
		return true, nil
	}
	for _, s := range states {
		if file.after == s.after {
			return true, nil
		}
	}
	return false, nil
}

// fileState returns what a file itself has: the size of its pages, its schema version and page 2.
func fileState(path string) (size int, schema uint32, state chain, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, 0, chain{}, err
	}
	defer f.Close()
	header := make([]byte, headerSize)
	_, err = f.ReadAt(header, 0)
	page := make([]byte, pageSize(header))
	if err == nil {
		_, err = f.ReadAt(page, int64(len(page)))
	}
	if err == io.EOF {
		return 0, 0, chain{}, damage("it ends before its second page")
	} else if err != nil {
		return 0, 0, chain{}, err
	}
	state, err = chainOfPage(page)
	return len(page), binary.BigEndian.Uint32(header[40:]), state, err
}

// logStates returns the states that a write-ahead log has, in their order.
// See "Database File Format", 4.1 and 4.2.
func logStates(log string, size int) (states []chain, err error) {
	f, err := os.Open(log)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var header [walHeader]byte
	if _, err := io.ReadFull(f, header[:]); err != nil {
		return nil, ignoreEOF(err)
	}
	if binary.BigEndian.Uint32(header[8:]) != uint32(size) {
		return nil, nil // SQLite ignores it too
	}
	salts := binary.BigEndian.Uint64(header[16:])
	frame := make([]byte, frameHeader+size)
	for {
		if _, err := io.ReadFull(f, frame); err != nil {
			return states, ignoreEOF(err)
		}
		if binary.BigEndian.Uint64(frame[8:]) != salts {
			return states, nil
		}
		if binary.BigEndian.Uint32(frame) != 2 {
			continue
		}
		c, err := chainOfPage(frame[frameHeader:])
		if err != nil {
			return nil, err
		}
		states = append(states, c)
	}
}

func ignoreEOF(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil
	}
	return err
}
