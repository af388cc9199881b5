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

// append writes digit d < size of a unit.
func (x *slot) append(dst []byte, d uint64, f *Fields) ([]byte, error) {
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
	start := len(dst)
	for range im.at {
		dst = append(dst, 0)
	}
	im.put(dst[start:], v)
	return dst, nil
}

// put writes text number v.
func (im *image) put(dst []byte, v uint64) {
	if im.words != nil {
		im.words.put(dst, im, v)
		return
	}
	at := im.at
	for j := len(at) - 1; j >= 0; j-- {
		chars := at[j].chars
		n := uint64(len(chars))
		if n == 10 { // the compiler turns division by a constant into a multiplication
			dst[j] = chars[v%10]
			v /= 10
			continue
		}
		dst[j] = chars[v%n]
		v /= n
	}
}

// parse reads a digit that fills text, or tells the position of the first wrong character. ok is false if the number isn't
// one that is issued. It sets the field that the number tells.
func (x *slot) parse(text string, f *Fields) (d uint64, bad int, ok bool) {
	var before uint64
	bad = 0
	for i := range x.images {
		im := &x.images[i]
		if len(im.at) == len(text) {
			v, wrong, fits := im.parse(text)
			if wrong == len(text) {
				v, carry := bits.Add64(v, before, 0)
				d, ok = x.digit(v, f)
				return d, wrong, ok && fits && carry == 0
			}
			bad = max(bad, wrong)
		}
		before = addSaturating(before, im.count)
	}
	return 0, bad, false
}

// parse returns the number, the position up to which the characters fit, and whether the number is below 2^64.
func (im *image) parse(text string) (v uint64, good int, fits bool) {
	var over uint64
	for j := range len(text) {
		a := im.at[j]
		c := a.value[text[j]]
		if c == none {
			return 0, j, false
		}
		hi, lo := bits.Mul64(v, uint64(len(a.chars)))
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
func (x *slot) digit(v uint64, f *Fields) (uint64, bool) {
	if x.sites == nil {
		return x.digitFrom(v, x.from)
	}
	for _, r := range x.sites.ranges {
		if d, ok := x.digitFrom(v, r.from); ok {
			f.set(x.sites.field, r.value)
			return d, true
		}
	}
	return 0, false
}

func (x *slot) digitFrom(v, from uint64) (uint64, bool) {
	if v < from || (v-from)%x.step != 0 {
		return 0, false
	}
	d := (v - from) / x.step
	return d, d < x.size
}
