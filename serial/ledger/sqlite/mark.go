package sqlite

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/gonameplate/nameplate/serial/ledger"
)

// A mark is the high-water mark that is kept outside the ledger's file: up to where each counter may have issued, and the
// last record that the file must have. It is durable before the transaction that it tells of, so that an older file that is
// put back is noticed, and every number that it has forgotten is burnt. Whoever has the mark may issue: it knows which file
// it is itself, so that a copy of it is noticed too.
//
// The file is made of lines that are only ever added: a CRC-32C in hexadecimal, a space, and JSON. Zeros follow that keep
// space for more lines, for making those durable is then twice as fast. It is read and written within a transaction that
// excludes the ledger's other writers.
type mark struct {
	path string
	file *os.File
	end  int64 // offset of the next line
	size int64 // of the file

	ledger   string
	file0    identity // of the file as it was written, for the file that it is now
	last     position
	counters map[ledger.Counter]raise
}

// A position is a record that the file has, or had.
type position struct {
	Epoch uint64      `json:"epoch"`
	Seq   uint64      `json:"seq"`
	Hash  ledger.Hash `json:"hash"`
}

func (p position) compare(q position) int {
	return cmp.Or(cmp.Compare(p.Epoch, q.Epoch), cmp.Compare(p.Seq, q.Seq))
}

// A raise is the index below which a counter never issues again, and the record that raised it.
type raise struct {
	next uint64
	at   position
}

// markLine is a line of the file: the first one says what it is, the others where the ledger stands, or where the file is now.
type markLine struct {
	Format int           `json:"nameplate_ledger_mark,omitempty"`
	Ledger string        `json:"ledger,omitempty"`
	File   *identity     `json:"file,omitempty"`
	Last   *position     `json:"last,omitempty"`
	Next   []markCounter `json:"next,omitempty"`
}

type markCounter struct {
	Product string `json:"product"`
	Version string `json:"version"`
	Scope   string `json:"scope"`
	Next    uint64 `json:"next"`
}

const (
	markFormat = 1
	markSpace  = 64 << 10 // bytes kept free for lines

)

// markLimit is the size in bytes from which the file is written anew, if most of it is superseded.
var markLimit int64 = 4 << 20

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// openMark reads the mark in a file.
func openMark(path string) (*mark, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	m := &mark{path: path, file: f, counters: map[ledger.Counter]raise{}}
	if err := m.read(); err != nil {
		f.Close()
		return nil, err
	}
	return m, nil
}

// createMark puts a new mark in the place of what is there.
func createMark(path, instance string, last position, counters map[ledger.Counter]raise) (*mark, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return nil, err
	}
	err = writeMark(f, instance, path, last, counters)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return nil, err
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return nil, err
	}
	return openMark(path)
}

// writeMark writes a mark whole.
func writeMark(f *os.File, instance, path string, last position, counters map[ledger.Counter]raise) error {
	if err := f.Chmod(0o644); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	id, err := identify(f, path)
	if err != nil {
		return err
	}
	lines := []markLine{{Format: markFormat, Ledger: instance, File: &id}}
	for c, r := range counters {
		lines = append(lines, markLine{Last: &r.at, Next: []markCounter{{c.Product, c.Version, c.Scope, r.next}}})
	}
	slices.SortStableFunc(lines[1:], func(a, b markLine) int { return a.Last.compare(*b.Last) })
	lines = append(lines, markLine{Last: &last})
	var text []byte
	for _, l := range lines {
		if text, err = l.append(text); err != nil {
			return err
		}
	}
	if _, err := f.Write(append(text, make([]byte, markSpace)...)); err != nil {
		return err
	}
	return f.Sync()
}

func (l markLine) append(text []byte) ([]byte, error) {
	body, err := json.Marshal(l)
	return fmt.Appendf(text, "%08x %s\n", crc32.Checksum(body, castagnoli), body), err
}

// refresh reads what other processes have added.
func (m *mark) refresh() error {
	now, err := os.Stat(m.path)
	if err != nil {
		return err
	}
	mine, err := m.file.Stat()
	if err != nil {
		return err
	}
	if os.SameFile(now, mine) {
		return m.read()
	}
	n, err := openMark(m.path)
	if err != nil {
		return err
	}
	m.close()
	*m = *n
	return nil
}

// read reads the lines from m.end on. What follows them is zeros, or the beginning of a line that was not finished when
// its process was killed: nobody was told of it.
func (m *mark) read() error {
	info, err := m.file.Stat()
	if err != nil {
		return err
	}
	m.size = info.Size()
	var next [1]byte
	if _, err := m.file.ReadAt(next[:], m.end); err == io.EOF || next[0] == 0 && m.end > 0 {
		return m.complete()
	} else if err != nil {
		return err
	}
	text, err := io.ReadAll(io.NewSectionReader(m.file, m.end, m.size-m.end))
	if err != nil {
		return err
	}
	for len(text) > 0 && text[0] != 0 {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		l, ok := parseMarkLine(line)
		if !ok {
			break
		}
		m.take(l)
		m.end += int64(len(line) + 1)
		text = rest
	}
	if len(bytes.Trim(text, "\x00")) > 0 {
		whole := text[:bytes.LastIndexByte(text, '\n')+1]
		for line := range bytes.SplitSeq(whole, []byte("\n")) {
			if _, ok := parseMarkLine(bytes.Trim(line, "\x00")); ok {
				return damage("the line at byte %d of the high-water mark %s can't be read", m.end, m.path)
			}
		}
		if err := m.cut(); err != nil {
			return err
		}
	}
	return m.complete()
}

// complete checks that the mark has its first line.
func (m *mark) complete() error {
	if m.ledger == "" {
		return damage("%s is not a high-water mark", m.path)
	}
	return nil
}

func parseMarkLine(line []byte) (l markLine, ok bool) {
	sum, body, ok := bytes.Cut(line, []byte(" "))
	if !ok || fmt.Sprintf("%08x", crc32.Checksum(body, castagnoli)) != string(sum) {
		return l, false
	}
	return l, json.Unmarshal(body, &l) == nil
}

// take adds what a line says.
func (m *mark) take(l markLine) {
	if l.File != nil {
		m.ledger, m.file0 = l.Ledger, *l.File
	}
	if l.Last == nil {
		return
	}
	m.last = *l.Last
	for _, c := range l.Next {
		key := ledger.Counter{Product: c.Product, Version: c.Version, Scope: c.Scope}
		if c.Next > m.counters[key].next {
			m.counters[key] = raise{c.Next, m.last}
		}
	}
}

// write makes a position and the counters that it raises durable.
func (m *mark) write(last position, next []markCounter) error {
	return m.add(markLine{Last: &last, Next: next})
}

// add makes a line durable.
func (m *mark) add(l markLine) error {
	line, err := l.append(nil)
	if err != nil {
		return err
	}
	if m.end+int64(len(line)) > m.size {
		space := make([]byte, markSpace+len(line))
		if _, err := m.file.WriteAt(space, m.end); err != nil {
			return errors.Join(err, m.cut())
		}
		m.size = m.end + int64(len(space))
	}
	_, err = m.file.WriteAt(line, m.end)
	if err == nil {
		err = m.file.Sync()
	}
	if err != nil {
		return errors.Join(err, m.cut())
	}
	m.end += int64(len(line))
	m.take(l)
	return nil
}

// cut removes what is behind the last line.
func (m *mark) cut() error {
	m.size = m.end
	if err := m.file.Truncate(m.end); err != nil {
		return err
	}
	return m.file.Sync()
}

// checkCopy returns why the file is taken for a copy of the one that the mark was written as, if it is. If it is that one, but under another
// path or device number, it notes so: a move and a new device number would be taken for a copy if they came to be compared at once.
func (m *mark) checkCopy() (copied, err error) {
	now, err := identify(m.file, m.path)
	switch {
	case err != nil || now == m.file0:
		return nil, err
	case now.same(m.file0):
		m.add(markLine{Ledger: m.ledger, File: &now}) // where that fails, as on a full disk, it is for the next time
		return nil, nil
	case now.Path == m.file0.Path:
		return fmt.Errorf("its high-water mark %s isn't the file that was written there, but was put back, or lies on a file system "+
			"that numbers its files anew (FAT, exFAT): a mark belongs on another", m.path), nil
	}
	return fmt.Errorf("its high-water mark %s was copied from %s", m.path, m.file0.Path), nil
}

// lost returns what the counters were raised to by records after a position.
func (m *mark) lost(since position) map[ledger.Counter]uint64 {
	marks := map[ledger.Counter]uint64{}
	for c, r := range m.counters {
		if r.at.compare(since) > 0 || r.at.compare(since) == 0 && r.at.Hash != since.Hash {
			marks[c] = r.next
		}
	}
	return marks
}

// compact writes the file anew when it is large and most of it is superseded. Where that fails the file stays as it is.
func (m *mark) compact() {
	if m.end < markLimit || m.end < int64(len(m.counters))*1024 {
		return
	}
	m.file.Close() // Windows can't replace an open file
	n, err := createMark(m.path, m.ledger, m.last, m.counters)
	if err != nil {
		if n, err = openMark(m.path); err != nil {
			return // the next refresh reports it
		}
	}
	*m = *n
}

func (m *mark) close() error { return m.file.Close() }
