package serial

import (
	"strings"

	"github.com/gonameplate/nameplate/serial/checkdigit"
)

// A skip leaves numbers out whose check has no character of its own: containers whose remainder is 10, codes that need an X, PZNs that have
// none at all. It counts the texts of an image by the remainder that they lead to, so that the index has no gaps and a serial still leads
// back.
type skip struct {
	check  int // the part
	system checkdigit.System
	mod    int       // the remainder mod − 1 is left out
	add    [][]int   // by place and character of the index: what it adds to the remainder
	count  [][]int64 // by place and remainder: how many texts go on from there and are not left out
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
	x.skip = newSkip(i, system, about.mod, p.check, s.parts, x.images[0].at)
	x.size = uint64(x.skip.least())
	return nil
}

// newSkip learns from the system what each character adds, and counts.
func newSkip(i int, system checkdigit.System, mod int, c *check, parts []part, at []*alphabet) *skip {
	k := &skip{check: i, system: system, mod: mod}
	var b strings.Builder
	for _, o := range c.over {
		parts[o.part].sample(&b, false, false)
	}
	text := []byte(b.String())
	base := k.remainder(text)
	for j, a := range at {
		place := &text[len(text)-len(at)+j]
		var add []int
		for _, ch := range []byte(a.chars) {
			*place = ch
			add = append(add, (k.remainder(text)-base+mod)%mod)
		}
		*place = a.chars[0]
		k.add = append(k.add, add)
	}
	k.count = make([][]int64, len(at)+1)
	for j := len(at); j >= 0; j-- {
		k.count[j] = make([]int64, mod)
		for r := range mod {
			switch {
			case j < len(at):
				for _, add := range k.add[j] {
					k.count[j][r] += k.count[j+1][(r+add)%mod]
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
	out, err := k.system.AppendCheck(buf[:0], text(payload))
	if err != nil {
		return k.mod - 1
	}
	return strings.IndexByte(k.system.CheckAlphabet(), out[0])
}

// start is the remainder before the index adds anything, in a serial up to which is written or read.
func (k *skip) start(s *Scheme, serial string, st *state) int {
	buf := scratches.Get().(*scratch)
	defer scratches.Put(buf)
	payload := buf.payload[:0]
	over := s.parts[k.check].check.over
	for _, o := range over[:len(over)-1] {
		payload = append(payload, serial[st.spans[o.part].from:st.spans[o.part].to]...)
	}
	x := &s.slots[s.parts[over[len(over)-1].part].slot]
	for _, a := range x.images[0].at {
		payload = append(payload, a.chars[0])
	}
	return k.remainder(payload)
}

// put writes number v of those that are not left out after a start.
func (k *skip) put(dst []byte, at []*alphabet, v uint64, start int) {
	r := start
	for j, a := range at {
		for i, add := range k.add[j] {
			to := (r + add) % k.mod
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
	r := start
	for j, a := range at {
		c := a.value[text[j]]
		for _, add := range k.add[j][:c] {
			v += uint64(k.count[j+1][(r+add)%k.mod])
		}
		r = (r + k.add[j][c]) % k.mod
	}
	return v, r != k.mod-1
}
