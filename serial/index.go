package serial

import (
	"math"
	"math/bits"
)

// A slot spells one digit of the running index: a number below size. A pattern with one {index} has one slot; with several, the
// last runs fastest.
//
// The number is written in the first image that has room for it: an image is a list of alphabets, one a character. "Six
// decimal digits" is one image; "unpadded, 1 to 6" is six of them; "A999, then AA99" is two.
type slot struct {
	images    []image
	size      uint64 // saturating
	from      uint64 // the number of digit 0
	step      uint64
	scrambled bool
	key       string // the key's identifier if the pattern names one
	sites     *sites // nil: one range for all
	last      uint64 // with sites: the greatest number of any
	skip      *skip  // nil: no number is left out for its check
}

type image struct {
	at    []*alphabet
	count uint64    // how many texts it has, saturating
	words *language // nil: all texts are used
}

func newImage(at ...*alphabet) image {
	im := image{at: at, count: 1}
	for _, a := range at {
		im.count = mulSaturating(im.count, uint64(len(a.chars)))
	}
	return im
}

func mulSaturating(x, y uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	if hi != 0 {
		return math.MaxUint64
	}
	return lo
}

func addSaturating(x, y uint64) uint64 {
	sum, carry := bits.Add64(x, y, 0)
	if carry != 0 {
		return math.MaxUint64
	}
	return sum
}

// numbers is how many numbers the images write together.
func (x *slot) numbers() (n uint64) {
	for _, im := range x.images {
		n = addSaturating(n, im.count)
	}
	return n
}

func (x *slot) width() (least, most int) {
	least = math.MaxInt
	for _, im := range x.images {
		least, most = min(least, len(im.at)), max(most, len(im.at))
	}
	return least, most
}

// append writes digit d < size of a unit. With a skip, start is what precedes the index.
func (x *slot) append(dst []byte, d uint64, f *Fields, start int) ([]byte, error) {
	v := x.from + d*x.step
	if x.sites != nil {
		from, err := x.sites.from(f)
		if err != nil {
			return dst, err
		}
		v = from + d*x.step
	}
	i := 0
	for ; v >= x.images[i].count && i < len(x.images)-1; i++ {
		v -= x.images[i].count
	}
	im := &x.images[i]
	n := len(dst)
	for range im.at {
		dst = append(dst, 0)
	}
	if x.skip != nil {
		x.skip.put(dst[n:], im.at, v, start)
	} else {
		im.put(dst[n:], v)
	}
	return dst, nil
}

// put writes text number v.
func (im *image) put(dst []byte, v uint64) {
	if im.words != nil {
		im.words.put(dst, im, v)
		return
	}
	for j := len(dst) - 1; j >= 0; j-- {
		a := im.at[j]
		q := a.quotient(v)
		dst[j] = a.chars[v-q*a.size]
		v = q
	}
}

// parse reads the digit of slot n that fills text into st, or tells the position of the first wrong character. ok is false if the number
// isn't one that is issued.
func (x *slot) parse(text string, st *state, n int) (good int, ok bool) {
	var before uint64
	for i := range x.images {
		im := &x.images[i]
		if len(im.at) == len(text) {
			v, right, fits := im.parse(text)
			if right == len(text) {
				v, carry := bits.Add64(v, before, 0)
				return right, fits && carry == 0 && x.digit(v, st, n)
			}
			good = max(good, right)
		}
		before = addSaturating(before, im.count)
	}
	return good, false
}

// parse returns the number, the position up to which the characters fit, and whether the number is below 2^64.
func (im *image) parse(text string) (v uint64, good int, fits bool) {
	if im.count < math.MaxUint64 && im.words == nil { // no number overflows
		for j := range len(text) {
			a := im.at[j]
			c := a.value[text[j]]
			if c == none {
				return 0, j, false
			}
			v = v*a.size + uint64(c)
		}
		return v, len(text), true
	}
	var over uint64
	for j := range len(text) {
		a := im.at[j]
		c := a.value[text[j]]
		if c == none {
			return 0, j, false
		}
		hi, lo := bits.Mul64(v, a.size)
		sum, carry := bits.Add64(lo, uint64(c), 0)
		v, over = sum, over|hi|carry
	}
	if im.words != nil { // a small number among texts of which many are left out may be a large one among all
		v, fits = im.words.number(im, text)
		return v, len(text), fits
	}
	return v, len(text), over == 0
}

// digit undoes from and step.
func (x *slot) digit(v uint64, st *state, n int) bool {
	if x.sites == nil {
		d, ok := x.digitFrom(v, x.from)
		st.digits[n] = d
		return ok
	}
	for i := range x.sites.ranges {
		r := &x.sites.ranges[i]
		if d, ok := x.digitFrom(v, r.from); ok {
			st.digits[n], st.ranges[n] = d, uint16(i)
			if to := st.fields.builtin(x.sites.builtin); to != nil {
				*to = r.value
			}
			return true
		}
	}
	return false
}

func (x *slot) digitFrom(v, from uint64) (uint64, bool) {
	if v < from {
		return 0, false
	}
	d := v - from
	if x.step > 1 {
		if d%x.step != 0 {
			return 0, false
		}
		d /= x.step
	}
	return d, d < x.size
}
