// Package companyprefix returns the GS1 Company Prefix of a key. Its length depends on the table
// that GS1 publishes ("GCP length table") as JSON and XML and changes from time to time; the table
// is not part of this package: load a copy of your own.
//
//	f, err := os.Open("gcpprefixformatlist.json")
//	table, err := companyprefix.Parse(f)
//	prefix, ok := table.Of("9521234543213")
//	prefix, ok = table.OfElement(message[0])
//
// Errors are of type *[Error].
package companyprefix

import (
	"slices"
	"sort"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
)

// A Table has the lengths of GS1 Company Prefixes. The zero value knows no prefix. A Table may be
// used by several goroutines at once.
type Table struct {
	rows []row // sorted by prefix
}

// A row is the length of the company prefix of keys that begin with the digits of prefix, unless a
// longer row matches.
type row struct {
	prefix string
	length int
	parent int // the row of the longest other prefix that begins this one, or -1
}

// Of returns the GS1 Company Prefix that begins digits, the digits of a key from the prefix on:
// without the indicator of a GTIN-14, the extension digit of an SSCC and the leading zero of a
// GRAI. ok is false if the table has no such prefix.
func (t *Table) Of(digits string) (prefix string, ok bool) {
	after := sort.Search(len(t.rows), func(i int) bool { return t.rows[i].prefix > digits })
	i := t.longest(after-1, digits)
	if i < 0 {
		return "", false
	}
	n := t.rows[i].length
	if n == 0 || n > len(digits) || !allDigits(digits[:n]) {
		return "", false
	}
	return digits[:n], true
}

// OfElement returns the GS1 Company Prefix of a key. ok is false if the table has no such prefix,
// or if the AI is not that of a key.
func (t *Table) OfElement(e gs1.Element) (prefix string, ok bool) {
	from := 0
	switch e.AI {
	case "00", "01", "02", "03", "8006", "8026", "8003":
		from = 1
	case "253", "255", "401", "402", "410", "411", "412", "413", "414", "415", "416", "417", "7023",
		"8004", "8010", "8013", "8014", "8017", "8018":
	default:
		return "", false
	}
	if len(e.Value) <= from {
		return "", false
	}
	return t.Of(e.Value[from:])
}

// longest returns the row of the longest prefix that begins digits, or -1. It is i, the last row
// that is not greater than digits, or one of its parents: whatever sorts between a prefix of digits
// and digits begins with that prefix, too.
func (t *Table) longest(i int, digits string) int {
	for i >= 0 && !strings.HasPrefix(digits, t.rows[i].prefix) {
		i = t.rows[i].parent
	}
	return i
}

// newTable sorts the entries. On error it returns the index of the entry concerned, -1 if there is
// none.
func newTable(entries []entry) (*Table, int, string) {
	if len(entries) == 0 {
		return nil, -1, "want at least one entry"
	}
	t := &Table{rows: make([]row, 0, len(entries))}
	for i, e := range entries {
		if !allDigits(e.Prefix) || e.Length < 0 || e.Length > 12 || e.Length > 0 && e.Length < 4 {
			return nil, i, "found " + e.String() + ", want digits, and a length of 4 to 12 or 0"
		}
		t.rows = append(t.rows, row{e.Prefix, e.Length, -1})
	}
	slices.SortFunc(t.rows, func(a, b row) int { return strings.Compare(a.prefix, b.prefix) })
	t.rows = slices.Compact(t.rows)
	for i := 1; i < len(t.rows); i++ {
		this, parent := &t.rows[i], i-1
		if this.prefix == t.rows[parent].prefix {
			again := entry{this.prefix, this.length}
			other := entry{this.prefix, t.rows[parent].length}
			at := max(slices.Index(entries, again), slices.Index(entries, other))
			return nil, at, "found " + entries[at].String() + ", want one length for each prefix"
		}
		this.parent = t.longest(parent, this.prefix)
	}
	return t, 0, ""
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
