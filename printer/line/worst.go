package line

import (
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/serial"
)

// tryLabels lays out the labels of the worst serials and preflights them on every printer, so that
// no label of the order fails after its units are commissioned.
func (p *Plan) tryLabels(l Line) error {
	serials, err := worstSerials(p.scheme, p.Order.fields())
	if err != nil {
		return p.Order.because("scheme", err)
	}
	if p.Order.Scheme == "" {
		serials = serials[:1]
	}
	for _, s := range serials {
		made, err := p.label(s)
		if err == nil {
			err = p.preflight(made)
		}
		if err == nil && s == serials[0] {
			p.warn(made, l.now())
		}
		if err != nil {
			return p.unfit(s, s != serials[0], err)
		}
	}
	return nil
}

// unfit returns the error of a label that can't be printed. The first serial says nothing: every
// label of the order would fail.
func (p *Plan) unfit(serial string, worst bool, err error) error {
	e, ok := errors.AsType[*OrderError](err)
	if !ok {
		e = p.Order.because("", err)
	}
	if worst {
		e.Detail = fmt.Sprintf("a label with the serial %s: %s", errtext.Quote(serial), e.Detail)
		e.Hint = "give the serial more room, or the scheme shorter serials"
	}
	return e
}

// preflight rejects a label that must not be printed and keeps what is worth knowing of the
// others.
func (p *Plan) preflight(made *label.Label) error {
	for _, d := range p.Devices {
		for _, f := range made.Preflight(d) {
			if f.Severity == label.SeverityError {
				return p.Order.errorf("template", p.Order.Template, "%s: %s", p.Order.Template, f)
			}
			same := func(g label.Finding) bool { return g.Rule == f.Rule && g.Element == f.Element }
			if !slices.ContainsFunc(p.Findings, same) {
				p.Findings = append(p.Findings, f)
			}
		}
	}
	return nil
}

// samples is how many serials of a scheme are looked at for the characters that it uses.
const samples = 2048

// worstSerials returns serials whose labels need the most room: the scheme's first one, then, of
// the characters that the scheme has in each place, the widest ones in each face and those that
// cost the most in a symbol, and some that it makes.
func worstSerials(s *serial.Scheme, f serial.Fields) ([]string, error) {
	var made []string
	for i := range sampled(s.Capacity()) {
		text, err := s.Format(f, i)
		if err != nil {
			return nil, err
		}
		made = append(made, text)
	}
	longest := slices.MaxFunc(made, func(a, b string) int {
		return utf8.RuneCountInString(a) - utf8.RuneCountInString(b)
	})
	places := places(made, utf8.RuneCountInString(longest))
	worst := []string{made[0]}
	for _, face := range []font.Face{font.Regular, font.Bold, font.Mono} {
		width := func(_ int, r rune) int { return face.Width(string(r)) }
		worst = append(worst, pick(places, width))
	}
	dear := func(_ int, r rune) int { return cost(r) }
	inTurn := func(place int, r rune) int { // dear and cheap
		if place%2 == 1 {
			return -cost(r)
		}
		return cost(r)
	}
	worst = append(worst, pick(places, dear), pick(places, inTurn))
	for i := 0; i < len(made); i += len(made)/16 + 1 {
		worst = append(worst, made[i])
	}
	worst = append(worst, made[len(made)-1], longest)
	rest := slices.Sorted(slices.Values(worst[1:]))
	rest = slices.DeleteFunc(slices.Compact(rest), func(s string) bool { return s == worst[0] })
	return slices.Insert(rest, 0, worst[0]), nil
}

// sampled yields indices below a capacity: the first ones, others scattered over all of them, and
// the last.
func sampled(capacity uint64) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		n := min(capacity, samples)
		for i := range n {
			at := i
			switch {
			case i == n-1:
				at = capacity - 1
			case i >= n/2 && capacity > samples:
				at, _ = bits.Mul64(i*golden, capacity)
			}
			if !yield(at) {
				return
			}
		}
	}
}

// golden is 2⁶⁴ divided by the golden ratio: the fractional parts of its multiples are scattered
// evenly.
const golden = 0x9E3779B97F4A7C15

// places returns the characters that serials of a length have in each place.
func places(serials []string, length int) []map[rune]bool {
	all := make([]map[rune]bool, length)
	for i := range all {
		all[i] = map[rune]bool{}
	}
	for _, s := range serials {
		if utf8.RuneCountInString(s) != length {
			continue
		}
		for i, r := range []rune(s) {
			all[i][r] = true
		}
	}
	return all
}

// pick returns the text of the characters that weigh the most in each place.
func pick(places []map[rune]bool, weight func(place int, r rune) int) string {
	text := make([]rune, 0, len(places))
	for i, runes := range places {
		best, most := rune(-1), 0
		for r := range runes {
			if w := weight(i, r); best < 0 || w > most || w == most && r < best {
				best, most = r, w
			}
		}
		text = append(text, best)
	}
	return string(text)
}

// cost orders characters by the room that they need in a matrix symbol.
func cost(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return 1
	case r >= 'A' && r <= 'Z':
		return 2
	case r >= 'a' && r <= 'z':
		return 3
	}
	return 4
}
