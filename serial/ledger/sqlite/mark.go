package sqlite

import (
	"cmp"
	"fmt"
	"os"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A mark is the high-water mark that is kept outside the ledger's file: the index that each
// counter may have issued up to, and the last record that the file must have. It is durable
// before the transaction that it describes, so that an older file that is put back is noticed,
// and every number that it has forgotten is burnt. Whoever has the mark may issue: it knows which
// file it is itself, so that a copy of it is noticed too.
//
// It is read and written within a transaction that excludes the ledger's other writers.
type mark struct {
	path string
	set  *settings
	file *os.File
	end  int64 // offset of the next line
	size int64 // of the file

	format   int
	ledger   string
	written  identity // of the file as it was last noted
	last     position
	counters map[driver.Counter]raise
}

// A position is a record that the file has, or had.
type position struct {
	Epoch uint64      `json:"epoch"`
	Seq   uint64      `json:"seq"`
	Hash  driver.Hash `json:"hash"`
}

func (p position) compare(q position) int {
	return cmp.Or(cmp.Compare(p.Epoch, q.Epoch), cmp.Compare(p.Seq, q.Seq))
}

// A raise is the index below which a counter never issues again, and the record that raised it.
type raise struct {
	next uint64
	at   position
}

// openMark reads the mark in a file.
func openMark(path string, set *settings) (*mark, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	m := &mark{path: path, set: set, file: f, counters: map[driver.Counter]raise{}}
	if err := m.read(); err != nil {
		f.Close()
		return nil, err
	}
	return m, nil
}

func (m *mark) close() error { return m.file.Close() }

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
	n, err := openMark(m.path, m.set)
	if err != nil {
		return err
	}
	m.close()
	*m = *n
	return nil
}

// checkCopy returns why the mark is taken for a copy of the file that it was written as, if it
// is. If it is that file, but under another path or device number, it notes so: a move and a new
// device number would be taken for a copy if they came to be compared at once.
func (m *mark) checkCopy() (copied string, err error) {
	now, err := m.set.identify(m.file, m.path)
	switch {
	case err != nil || now == m.written:
		return "", err
	case now.same(m.written):
		// If that fails, as on a full disk, it is for the next time.
		_ = m.add(markLine{Ledger: m.ledger, File: &now})
		return "", nil
	case now.Path == m.written.Path:
		return fmt.Sprintf("its high-water mark %s isn't the file that was written there, but was "+
			"put back, or lies on a file system that numbers its files anew (FAT, exFAT): "+
			"a mark belongs on another", m.path), nil
	}
	return fmt.Sprintf("its high-water mark %s was copied from %s", m.path, m.written.Path), nil
}

// lost returns what the counters were raised to by records after a position.
func (m *mark) lost(since position) map[driver.Counter]uint64 {
	marks := map[driver.Counter]uint64{}
	for c, r := range m.counters {
		if r.at.compare(since) > 0 || r.at.compare(since) == 0 && r.at.Hash != since.Hash {
			marks[c] = r.next
		}
	}
	return marks
}

// write makes a position and the counters that it raises durable.
func (m *mark) write(last position, ends []counterEnd) error {
	return m.add(markLine{Last: &last, Next: ends})
}

// take adds the content of a line.
func (m *mark) take(l markLine) {
	m.format = max(m.format, l.Format)
	if l.File != nil {
		m.ledger, m.written = l.Ledger, *l.File
	}
	if l.Last == nil {
		return
	}
	m.last = *l.Last
	for _, c := range l.Next {
		if c.Next > m.counters[c.Counter].next {
			m.counters[c.Counter] = raise{c.Next, m.last}
		}
	}
}
