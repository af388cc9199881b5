package memory

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// An index holds records in their order and finds them again.
type index struct {
	head    driver.Head
	entries []entry
	lists   map[list][]int             // positions in entries, ascending
	spans   map[driver.Counter][]entry // blocks and burns by First
}

// An entry is a record with what filters ask of its body.
type entry struct {
	driver.Record
	body
}

type body struct {
	driver.Counter
	First   uint64 `json:"first"`
	Lot     string `json:"lot"`
	Request string `json:"request"`
	Of      uint64 `json:"block"` // of marks and events: the sequence of their block
}

// A list names the entries that have its fields in common; empty ones have any value.
type list struct {
	kind         driver.Kind
	product, lot string
	request      string
	of           uint64
}

// newIndex returns an index of the records that follow a head.
func newIndex(after driver.Head) index {
	return index{head: after, lists: map[list][]int{}, spans: map[driver.Counter][]entry{}}
}

// add adds the next record.
func (x *index) add(r driver.Record) {
	e := entry{Record: r}
	_ = json.Unmarshal(r.Body, &e.body) // what isn't there isn't found
	at := len(x.entries)
	x.entries = append(x.entries, e)
	x.head = driver.Head{Ledger: r.Ledger, Epoch: r.Epoch, Seq: r.Seq, Hash: r.Hash}

	names := map[list]bool{{kind: e.Kind}: true}
	switch e.Kind {
	case driver.KindBlock, driver.KindBurn, driver.KindProduct:
		names[list{kind: e.Kind, product: e.Product}] = true
		names[list{kind: e.Kind, lot: e.Lot}] = true
		names[list{kind: e.Kind, product: e.Product, lot: e.Lot}] = true
		names[list{request: e.Request}] = true
	case driver.KindMark, driver.KindEvent:
		names[list{of: e.Of}] = true
	}
	for name := range names {
		x.lists[name] = append(x.lists[name], at)
	}
	if _, _, ok := r.CounterEnd(); ok {
		of := x.spans[e.Counter]
		i, _ := slices.BinarySearchFunc(of, e.First+1, compareFirst)
		x.spans[e.Counter] = slices.Insert(of, i, e)
	}
}

// span returns the block or burn of a counter with the highest First that isn't above at.
func (x *index) span(c driver.Counter, at uint64) (entry, bool) {
	of := x.spans[c]
	i, found := slices.BinarySearchFunc(of, at, compareFirst)
	if !found {
		i--
	}
	if i < 0 {
		return entry{}, false
	}
	return of[i], true
}

func compareFirst(e entry, first uint64) int { return cmp.Compare(e.First, first) }

// candidates returns the entries that may match a filter. They remain as they are when others are
// added.
func (x *index) candidates(f driver.Filter) candidates {
	c := candidates{entries: x.entries}
	switch {
	case f.Block != 0:
		c.positions = x.lists[list{of: f.Block}]
	case f.Request != "":
		c.positions = x.lists[list{request: f.Request}]
	case f.Kind != "" && f.Kind != driver.KindMark && f.Kind != driver.KindEvent:
		c.positions = x.lists[list{kind: f.Kind, product: f.Product, lot: f.Lot}]
	case f.Kind != "":
		c.positions = x.lists[list{kind: f.Kind}]
	default:
		c.all = true
	}
	return c
}

// candidates are some entries of an index.
type candidates struct {
	entries   []entry
	positions []int
	all       bool
}

func (c *candidates) count() int {
	if c.all {
		return len(c.entries)
	}
	return len(c.positions)
}

func (c *candidates) at(i int) *entry {
	if c.all {
		return &c.entries[i]
	}
	return &c.entries[c.positions[i]]
}

// matches reports whether a filter selects the entry, but for Limit.
func (e *entry) matches(f *driver.Filter) bool {
	marked := e.Kind == driver.KindMark || e.Kind == driver.KindEvent
	return (f.Kind == "" || f.Kind == e.Kind) &&
		(f.Epoch == 0 || f.Epoch == e.Epoch) &&
		(f.Seq == 0 || f.Seq == e.Seq) &&
		(f.Product == "" || f.Product == e.Product) &&
		(f.Version == "" || f.Version == e.Version) &&
		(f.Lot == "" || f.Lot == e.Lot) &&
		(f.Request == "" || f.Request == e.Request) &&
		(f.Block == 0 || marked && f.Block == e.Of) &&
		e.Seq > f.After
}
