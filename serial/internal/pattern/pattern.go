package pattern

import (
	"github.com/gonameplate/nameplate/serial/internal/calendar"
)

// Bounds of a pattern, so that formatting needs no heap.
const (
	MaxParts   = 48
	MaxIndexes = 4
	MaxSerial  = 255 // characters of a serial
)

// A Pattern is a compiled pattern: the parts of a serial in order, and what concerns them
// together.
type Pattern struct {
	Text      string // as it was written
	Canonical string // what a scheme's version hashes

	Parts   []Part
	Rest    []int // Rest[i] is the length of Parts[i:] if all have one length, else −1
	Longest int   // characters of the longest serial
	Checks  []int // the parts that are checks
	Marks   []Mark
	Repeats [][2]Source // pairs of sources of one field

	Indexes []Index // the digits of the running index; the last runs fastest
	Limit   uint64  // how many indices are issued in one scope, saturating

	Calendar calendar.Calendar
	Scope    []ScopeItem
	Given    []string // fields that the caller's context supplies

	Custom    bool // the serial has fields of Fields.Values
	Scrambled bool
	KeyPart   bool // the serial has its key's identifier
}

// A Mark is printed and not encoded: before a part, or within it after every so many characters.
type Mark struct {
	Before int
	Text   string
	Group  int // 0: before the part
}

// A Source is where a field's value comes from: a part, or the range that an index's number is
// in.
type Source struct {
	Name  string
	Place int    // of the part
	Field *Field // nil: the range
	Index int    // with a range: the index
}

// A ScopeItem is one of the values within which a counter counts: a date token, a source, or a
// given field.
type ScopeItem struct {
	Token  *calendar.Token
	Source *Source
	Given  string
}

// Secret returns among how many numbers a guess must find those in use; 1 if nothing is
// scrambled. Of several scrambled indexes it is the smallest, because who has seen a serial knows
// the others.
func (p *Pattern) Secret() uint64 {
	if !p.Scrambled {
		return 1
	}
	n := ^uint64(0)
	for i := range p.Indexes {
		if p.Indexes[i].Scrambled {
			n = min(n, p.Indexes[i].Size)
		}
	}
	return n
}

// NamedKey returns the identifier of the key that the pattern names, "" if it names none.
func (p *Pattern) NamedKey() string {
	for i := range p.Indexes {
		if p.Indexes[i].Key != "" {
			return p.Indexes[i].Key
		}
	}
	return ""
}

// KeyField returns the field of the {key} part, nil if there is none.
func (p *Pattern) KeyField() *Field {
	for i := range p.Parts {
		if f := p.Parts[i].Field; f != nil && f.Name == KeyName {
			return f
		}
	}
	return nil
}
