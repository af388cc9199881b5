package serial

import (
	"strings"

	"github.com/gonameplate/nameplate/serial/checkdigit"
)

// A skip leaves numbers out whose check has no character of its own: containers whose remainder is 10, codes that need an X, PZNs that have
// none at all. It counts the texts of an image by the remainder that they lead to, so that the index has no gaps and a serial still leads
// back.
type skip struct {
	system checkdigit.System
	over   []covered     // what the check covers, the index last
	mod    int           // the remainder mod − 1 is left out
	base   int           // the remainder of the least text
	add    [][256]uint16 // by place and character of what is covered: what it adds to that
	count  [][]int64     // by place of the index and remainder: how many texts go on from there and are not left out
}

// skippers are the systems that skip= works with: remainders of sums in which each place counts for itself. Of some of their numbers
// there is no check at all.
var skippers = map[checkdigit.System]struct{ mod, none int }{
	checkdigit.ISO6346: {11, 0},
	checkdigit.Mod11_2: {11, 0},
	checkdigit.ISBN10:  {11, 0},
	checkdigit.ISSN:    {11, 0},
	checkdigit.PZN:     {11, 1},
	checkdigit.EIC:     {37, 1},
}

// skipDigits bounds the index beside a skip, so that counts stay small.
const skipDigits = 12

// skips finds the checks that leave numbers out and ties them to the index that they cover.
func (c *compiler) skips() error {
	s := c.scheme
	for i := range s.parts {
		if s.parts[i].kind != checkPart {
			continue
		}
		if err := c.skip(i); err != nil {
			return err
		}
	}
	return nil
}

func (c *compiler) skip(i int) error {
	s := c.scheme
	p := &s.parts[i]
	system, _ := p.check.system.(checkdigit.System)
	about, ok := skippers[system]
	if p.check.skip && !ok {
		return c.at(p.node, "skip goes with iso6346, mod11-2, isbn10, issn, pzn or eic, some of whose numbers have no digit or letter for a check")
	}
	if !ok || !p.check.skip && about.none == 0 {
		return nil
	}
	indices := 0
	for _, o := range p.check.over {
		if o.given == "" && s.parts[o.part].kind == indexPart {
			indices++
		}
	}
	if indices == 0 && !p.check.skip {
		return nil
	}
	last := p.check.over[len(p.check.over)-1]
	if indices != 1 || last.given != "" || s.parts[last.part].kind != indexPart {
		return c.at(p.node, "to leave out numbers that have no check of %s it must cover one index, as the last part", system)
	}
	for _, o := range p.check.over {
		if o.given != "" || s.parts[o.part].min < s.parts[o.part].max || o.part > last.part {
			return c.at(p.node, "to leave out numbers that have no check of %s it must cover parts of one width, all of them before the index", system)
		}
	}
	q := &s.parts[last.part]
	x := &s.slots[q.slot]
	if len(x.images) != 1 || x.images[0].words != nil || x.from != 0 || x.step != 1 || x.sites != nil || x.size != x.images[0].count || x.skip != nil || len(x.images[0].at) > skipDigits {
		return c.at(q.node, "beside a check that leaves numbers out an index is of one width, 1 to %d, and has no from= to= step= range= stop= like=", skipDigits)
	}
	x.skip = newSkip(system, about.mod, p.check.over, s.parts, x.images[0].at)
	x.size = uint64(x.skip.least())
	return nil
}

// newSkip learns from the system what each character adds, and counts.
func newSkip(system checkdigit.System, mod int, over []covered, parts []part, at []*alphabet) *skip {
	k := &skip{system: system, over: over, mod: mod}
	var b strings.Builder
	var chars []*alphabet // of each place
	for _, o := range over {
		p := &parts[o.part]
		p.sample(&b, false, false)
		for j := range p.max {
			switch {
			case p.literal != "":
				chars = append(chars, newAlphabet(p.literal[j:j+1]))
			case p.kind == indexPart:
				chars = append(chars, at[j])
			default:
				chars = append(chars, p.chars)
			}
		}
	}
	least := []byte(b.String())
	k.base = k.remainder(least)
	k.add = make([][256]uint16, len(least))
	for j, first := range least {
		for _, ch := range []byte(chars[j].chars) {
			least[j] = ch
			k.add[j][ch] = uint16((k.remainder(least) - k.base + mod) % mod)
		}
		least[j] = first
	}
	add := k.index(at)
	k.count = make([][]int64, len(at)+1)
	for j := len(at); j >= 0; j-- {
		k.count[j] = make([]int64, mod)
		for r := range mod {
			switch {
			case j < len(at):
				for _, ch := range []byte(at[j].chars) {
					k.count[j][r] += k.count[j+1][k.after(r, add[j][ch])]
				}
			case r != mod-1:
				k.count[j][r] = 1
			}
		}
	}
	return k
}

// least is how many numbers there are at least, whatever stands before them.
func (k *skip) least() int64 {
	n := k.count[0][0]
	for _, m := range k.count[0] {
		n = min(n, m)
	}
	return n
}

// remainder is mod − 1 for what is left out.
func (k *skip) remainder(payload []byte) int {
	if k.system == checkdigit.ISO6346 { // writes 10 as 0
		sum := 0
		for i, c := range payload {
			v := int(c - '0')
			if c >= 'A' {
				v = int(c-'A') + 10
				v += (v - 1) / 10 // without 11, 22, 33
			}
			sum += v << i
		}
		return sum % k.mod
	}
	var buf [8]byte
	out, err := k.system.AppendCheck(buf[:0], unsafeString(payload))
	if err != nil {
		return k.mod - 1
	}
	return strings.IndexByte(k.system.CheckAlphabet(), out[0])
}

// index is what the characters of the index add.
func (k *skip) index(at []*alphabet) [][256]uint16 { return k.add[len(k.add)-len(at):] }

// after is the remainder after a character that adds to it.
func (k *skip) after(r int, add uint16) int {
	if r += int(add); r >= k.mod {
		r -= k.mod
	}
	return r
}

// start is the remainder before the index adds anything, in a serial up to which is written or read.
func (k *skip) start(serial string, st *state) int {
	r, j := k.base, 0
	for _, o := range k.over[:len(k.over)-1] {
		for at := st.spans[o.part].from; at < st.spans[o.part].to; at++ {
			r = k.after(r, k.add[j][serial[at]])
			j++
		}
	}
	return r
}

// put writes number v of those that are not left out after a start.
func (k *skip) put(dst []byte, at []*alphabet, v uint64, start int) {
	add, r := k.index(at), start
	for j, a := range at {
		for i := range len(a.chars) {
			to := k.after(r, add[j][a.chars[i]])
			if n := uint64(k.count[j+1][to]); v >= n {
				v -= n
				continue
			}
			dst[j], r = a.chars[i], to
			break
		}
	}
}

// number returns the number of a text whose characters fit; ok is false if it is left out.
func (k *skip) number(at []*alphabet, text string, start int) (v uint64, ok bool) {
	add, r := k.index(at), start
	for j, a := range at {
		for i := range a.value[text[j]] {
			v += uint64(k.count[j+1][k.after(r, add[j][a.chars[i]])])
		}
		r = k.after(r, add[j][text[j]])
	}
	return v, r != k.mod-1
}
