package sqlite

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// The file of a mark consists of lines that are only ever added: a CRC-32C in hexadecimal, a
// space, and JSON. Zeros follow that keep space for more lines, because making those durable is
// then twice as fast. FORMAT.md of package ledger describes it.

const (
	markFormat = 1
	markSpace  = 64 << 10 // bytes kept free for lines
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A markLine is a line of the file: the first one identifies it, the others hold where the ledger
// ends, or where the file is now.
type markLine struct {
	Format int          `json:"nameplate_ledger_mark,omitempty"`
	Ledger string       `json:"ledger,omitempty"`
	File   *identity    `json:"file,omitempty"`
	Last   *position    `json:"last,omitempty"`
	Next   []counterEnd `json:"next,omitempty"`
}

// A counterEnd is the index below which a counter never issues again.
type counterEnd struct {
	driver.Counter
	Next uint64 `json:"next"`
}

// createMark puts a new mark in the place of what is there.
func createMark(path string, set *settings, instance string, last position,
	counters map[driver.Counter]raise) (*mark, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return nil, err
	}
	err = writeMark(f, path, set, instance, last, counters)
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
	return openMark(path, set)
}

// writeMark writes a mark whole.
func writeMark(f *os.File, path string, set *settings, instance string, last position,
	counters map[driver.Counter]raise) error {
	if err := f.Chmod(0o644); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	id, err := set.identify(f, path)
	if err != nil {
		return err
	}
	lines := []markLine{{Format: markFormat, Ledger: instance, File: &id}}
	for c, r := range counters {
		lines = append(lines, markLine{Last: &r.at, Next: []counterEnd{{c, r.next}}})
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
	return set.sync(f)
}

func (l markLine) append(text []byte) ([]byte, error) {
	body, err := json.Marshal(l)
	return fmt.Appendf(text, "%08x %s\n", crc32.Checksum(body, castagnoli), body), err
}

// read reads the lines from m.end on. What follows them is zeros, or the beginning of a line that
// was not finished when its process was killed: nobody was told of it.
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
				return damage("the line at byte %d of the high-water mark %s can't be read",
					m.end, m.path)
			}
		}
		if err := m.cut(); err != nil {
			return err
		}
	}
	return m.complete()
}

// complete checks that the mark has its first line, and is of a format that is known.
func (m *mark) complete() error {
	if m.ledger == "" {
		return damage("%s is not a high-water mark", m.path)
	}
	if m.format != markFormat {
		detail := fmt.Sprintf("format %d, want at most %d", m.format, markFormat)
		return newer(m.path, detail)
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
		err = m.set.sync(m.file)
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
	return m.set.sync(m.file)
}

// compact writes the file anew when it is large and most of it is superseded. Where that fails
// the file stays as it is.
func (m *mark) compact() {
	if m.end < m.set.markLimit || m.end < int64(len(m.counters))*1024 {
		return
	}
	m.file.Close() // Windows can't replace an open file
	n, err := createMark(m.path, m.set, m.ledger, m.last, m.counters)
	if err != nil {
		if n, err = openMark(m.path, m.set); err != nil {
			return // the next refresh reports it
		}
	}
	*m = *n
}
