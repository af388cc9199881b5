package serial

import (
	"math"

	"github.com/gonameplate/nameplate/serial/scramble"
)

// A Scheme leads from the facts of a unit and its running index to its serial, and back. [Compile] makes one. It is immutable and safe for
// concurrent use.
type Scheme struct {
	pattern   string
	canonical string // what the version hashes
	eyes      []eye
	checks    []int // the parts that are checks
	custom    bool  // the serial tells fields of Values
	parts     []part
	same      [][2]source // pairs that tell one field
	rest      []int       // rest[i] is the length of parts[i:] if all of them are of fixed length, else −1
	longest   int
	version   string

	slots []slot // the index's digits, the last runs fastest
	issue uint64 // how many indices may be issued, saturating

	calendar calendar
	scope    []scopeItem
	given    []string // fields that the caller's context supplies

	scrambled bool
	keyPart   bool // the serial spells the key's identifier
	keys      []keyed
}

// keyed are the permutations under one key, one for each scrambled slot.
type keyed struct {
	id    string
	perms [maxSlots]*scramble.Permutation
}

// Bounds of a scheme, so that rendering needs no heap.
const (
	maxParts  = 48
	maxSlots  = 4
	maxSerial = 255 // characters of a serial
)

// A part is one piece of a pattern. It spells min to max characters.
type part struct {
	kind     kind
	min, max int
	chars    *alphabet // every character that it may have
	name     string    // by which checks name it
	node     *node

	literal string
	date    []token
	field   *textField
	slot    int
	check   *check
}

// A kind tells which of its fields a part has.
type kind uint8

const (
	literalPart kind = iota
	datePart
	fieldPart
	indexPart // slot
	checkPart
)

// state is one rendering or one reading of a serial.
type state struct {
	fields *Fields
	serial string // that is read; "" while one is rendered
	key    string
	dated  bool
	moment moment
	digits [maxSlots]uint64
	ranges [maxSlots]uint16 // which of its slot's ranges a number is in
	spans  [maxParts]span
}

// text is what part i spells of the serial that is read.
func (st *state) text(i int) string { return st.serial[st.spans[i].from:st.spans[i].to] }

// span is where a part stands in the serial.
type span struct{ from, to uint8 }

// MustCompile is [Compile] for patterns that stand in a program: it panics on an error.
func MustCompile(pattern string) *Scheme {
	s, err := Compile(pattern)
	if err != nil {
		panic(err)
	}
	return s
}

// String returns the pattern.
func (s *Scheme) String() string { return s.pattern }

// Version returns 16 hexadecimal digits that change with anything that would lead an index to another serial: the pattern less
// its marks for the eye and its odds, and the identifiers of the keys that it scrambles with. A serial's record keeps it.
func (s *Scheme) Version() string { return s.version }

// Capacity returns how many indices, from 0 on, the scheme issues in one scope. More than 2^64 − 1 are reported as 2^64 − 1.
func (s *Scheme) Capacity() uint64 { return s.issue }

// Len returns the least and the greatest length of a serial, in characters.
func (s *Scheme) Len() (least, most int) {
	for i := range s.parts {
		least += s.parts[i].min
	}
	return least, s.longest
}

// Odds returns the greatest probability that one guess hits a serial in use, for a number of serials issued in one scope, by someone
// who knows all but the key: issued / numbers of the scrambled part. Dates, fields and checks hide nothing, and of several scrambled parts only
// the smallest does, because who has seen a serial knows the others. A scheme without a scrambled part has odds of 1.
func (s *Scheme) Odds(issued uint64) float64 {
	return min(1, float64(issued)/float64(s.secret()))
}

// secret is among how many numbers a guess must find those in use.
func (s *Scheme) secret() uint64 {
	if !s.scrambled {
		return 1
	}
	n := uint64(math.MaxUint64)
	for i := range s.slots {
		if s.slots[i].scrambled {
			n = min(n, s.slots[i].size)
		}
	}
	return n
}
