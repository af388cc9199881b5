package pattern

import (
	"math"
	"math/bits"

	"github.com/gonameplate/nameplate/serial/internal/number"
)

// An Index writes one digit of the running index: a number below Size. A pattern with one {index}
// has one; with several, the last runs fastest.
//
// A digit's number is From + digit · Step, or with Ranges the range's first number + digit ·
// Step. The number is written in the first format that has room for it: "six decimal digits" is
// one format; "unpadded, 1 to 6" is six of them; "A999, then AA99" is two.
type Index struct {
	Formats   []number.Format
	Size      uint64 // saturating
	From      uint64
	Step      uint64
	Scrambled bool
	Key       string       // the key's identifier if the pattern names one
	Ranges    *Ranges      // nil: one range for all
	Skip      *number.Skip // nil: no number is left out for its check
	Before    []int        // with Skip: the parts that its check covers before the index
}

// Ranges give each value of a field a range of numbers, so that plants count on their own and
// never meet.
type Ranges struct {
	Field   string
	Builtin Builtin
	List    []Range
	last    uint64 // the greatest number of any
}

// A Range is the range of one value, of which all have the same size.
type Range struct {
	Value string
	From  uint64
}

// From returns the first number of the field's value, and whether the value has a range.
func (r *Ranges) From(value string) (uint64, bool) {
	for i := range r.List {
		if r.List[i].Value == value {
			return r.List[i].From, true
		}
	}
	return 0, false
}

// numbers returns how many numbers the formats write together.
func (x *Index) numbers() (n uint64) {
	for i := range x.Formats {
		n = number.AddSaturating(n, x.Formats[i].Count)
	}
	return n
}

func (x *Index) width() (least, most int) {
	least = math.MaxInt
	for _, f := range x.Formats {
		least, most = min(least, len(f.Places)), max(most, len(f.Places))
	}
	return least, most
}

// chars returns all characters that a text of the index may have.
func (x *Index) chars() *number.Alphabet {
	set := ""
	seen := map[*number.Alphabet]bool{}
	for _, f := range x.Formats {
		for _, a := range f.Places {
			if !seen[a] {
				set, seen[a] = number.Unique(set+a.Chars), true
			}
		}
	}
	return number.NewAlphabet(set)
}

// Append writes a digit below Size, from being From or the first number of a range. With a Skip,
// before is the remainder of what precedes the index.
func (x *Index) Append(dst []byte, digit, from uint64, before int) []byte {
	v := from + digit*x.Step
	i := 0
	for ; v >= x.Formats[i].Count && i < len(x.Formats)-1; i++ {
		v -= x.Formats[i].Count
	}
	f := &x.Formats[i]
	n := len(dst)
	for range f.Places {
		dst = append(dst, 0)
	}
	if x.Skip != nil {
		x.Skip.Put(dst[n:], v, before)
	} else {
		f.Put(dst[n:], v)
	}
	return dst
}

// Parse returns the digit of a text and the number of its range, the position of the first wrong
// character (the text's length if there is none), and whether the digit is below Size. With a
// Skip, before is the remainder of what precedes the index.
func (x *Index) Parse(text string, before int) (digit uint64, rng, good int, ok bool) {
	var lower uint64 // numbers of the formats before
	for i := range x.Formats {
		f := &x.Formats[i]
		if len(f.Places) != len(text) {
			lower = number.AddSaturating(lower, f.Count)
			continue
		}
		v, right, fits := f.Parse(text)
		if right < len(text) {
			good = max(good, right)
			lower = number.AddSaturating(lower, f.Count)
			continue
		}
		if x.Skip != nil {
			v, fits = x.Skip.Parse(text, before)
		}
		v, carry := bits.Add64(v, lower, 0)
		if x.Ranges == nil {
			digit, ok = x.digit(v, x.From)
		} else {
			digit, rng, ok = x.digitInRange(v)
		}
		return digit, rng, right, ok && fits && carry == 0
	}
	return 0, 0, good, false
}

// digitInRange returns the digit of a number and its range.
func (x *Index) digitInRange(v uint64) (digit uint64, rng int, ok bool) {
	for i := range x.Ranges.List {
		if digit, ok = x.digit(v, x.Ranges.List[i].From); ok {
			return digit, i, true
		}
	}
	return 0, 0, false
}

// digit returns the digit of a number, and whether it is one below Size.
func (x *Index) digit(v, from uint64) (uint64, bool) {
	if v < from {
		return 0, false
	}
	d := v - from
	if x.Step > 1 {
		if d%x.Step != 0 {
			return 0, false
		}
		d /= x.Step
	}
	return d, d < x.Size
}
