package gs1syntax

import "strings"

// MaxElements is how many elements a message may have: more than any carrier holds, and the
// reference engine's limit.
const MaxElements = 64

// maxInput is how many bytes the reference engine reads of a URI; what a reader sends must be
// shorter.
const maxInput = 8191

// gs is the control character that is FNC1 in a reader's output.
const gs = '\x1d'

// Options relax what a parser accepts; gs1.Parser, which documents them, has the same fields. The
// zero value is strict.
type Options struct {
	PermitUnknownAIs          bool
	SkipAssociations          bool
	PermitZeroSuppressedGTINs bool
	PermitUnknownAttributes   bool
}

// A parser appends the elements that it finds in input to msg.
type parser struct {
	input   string
	opt     Options
	msg     []Element
	base    int  // elements that msg had before
	spare   int  // elements that count but don't become part of the message
	isURI   bool // escapes are those of URIs, not those of bracketed text
	escaped bool // a URI has a percent sign or a plus
	roll
}

// add appends an element whose value is in the input at byte at, in n bytes, with escapes or
// without.
func (p *parser) add(ai string, row index, id ID, value string, at, n int) *Fault {
	if p.n+p.spare >= MaxElements {
		return p.fault(TooMany, ai, at, n, "at most 64 elements")
	}
	if !table[row].plain(value) {
		if f := table[row].check(value); f.kind != 0 {
			if n != len(value) {
				f.pos, f.n = p.source(p.input[at:at+n], len(value), f.pos, f.n)
			}
			return f.at(p.input, ai, at)
		}
	}
	p.enter(slot{uint32(at), id, row})
	p.msg = append(p.msg, Element{ai, value})
	return nil
}

func (p *parser) fault(kind Kind, ai string, at, n int, want string) *Fault {
	return &Fault{Kind: kind, AI: ai, Input: p.input, Pos: at, Len: n, Want: want}
}

// finish checks the associations of the elements and returns the message.
func (p *parser) finish() ([]Element, *Fault) {
	added := p.msg[p.base:]
	if i, f := p.associations(added, p.opt); i >= 0 {
		f.n = p.rawLen(i)
		return p.msg[:p.base], f.at(p.input, added[i].AI, int(p.slot(i).at))
	}
	return p.msg, nil
}

// source returns which bytes of raw, a value as the input has it, are bytes pos to pos+n of the
// value, which has size bytes: fewer because of escapes, or more because of zeros put in front.
func (p *parser) source(raw string, size, pos, n int) (from, length int) {
	decoded := 0
	for rest := raw; rest != ""; rest = rest[p.width(rest):] {
		decoded++
	}
	pos, end := max(0, pos-max(0, size-decoded)), max(0, pos+n-max(0, size-decoded))
	at := 0
	for i := 0; at < len(raw) && i < end; i++ {
		if i == pos {
			from = at
		}
		at += p.width(raw[at:])
	}
	if n == 0 || pos >= decoded {
		return at, 0
	}
	return from, at - from
}

// width returns the length of the escape or the byte that begins s.
func (p *parser) width(s string) int {
	if p.isURI {
		if _, ok := Unhex(s); ok {
			return 3
		}
		return 1
	}
	if strings.HasPrefix(s, `\(`) {
		return 2
	}
	return 1
}

// rawLen returns the length that the i-th value has in the input.
func (p *parser) rawLen(i int) int {
	value, at := p.msg[p.base+i].Value, int(p.slot(i).at)
	raw := p.input[at:]
	if p.isURI && p.opt.PermitZeroSuppressedGTINs { // which may be longer than in the input
		raw = raw[:len(raw)-len(strings.TrimLeft(raw, "0123456789%ABCDEFabcdef"))]
		if p.slot(i).id != 100 || len(raw) >= len(value) {
			raw = p.input[at:]
		}
	}
	n := 0
	for range len(value) {
		if n < len(raw) {
			n += p.width(raw[n:])
		}
	}
	return n
}

// AppendElementString parses s, raw data that begins with FNC1 (GS or ^, and so is every other
// FNC1) unless it is bare, and appends its elements to dst. A composite component follows after
// "|".
func AppendElementString(dst []Element, s string, bare bool, opt Options) ([]Element, *Fault) {
	p := parser{input: s, opt: opt, msg: dst, base: len(dst)}
	linear, composite := p.components()
	f := p.component(0, linear, bare)
	if f == nil && composite > 0 {
		p.spare++
		f = p.component(composite, len(s), false)
	}
	if f != nil {
		return dst, f
	}
	return p.finish()
}

// components returns the end of the linear component, and the beginning of the composite component
// or 0.
func (p *parser) components() (linear, composite int) {
	if i := strings.IndexByte(p.input, '|'); i >= 0 {
		return i, i + 1
	}
	return len(p.input), 0
}

// component parses FNC1, which a bare component lacks, and the elements after it.
func (p *parser) component(from, to int, bare bool) *Fault {
	if bare {
		return p.elements(from, to, gs, '^')
	}
	if from < to && isFNC1(p.input[from]) {
		fnc1 := p.input[from]
		if front := p.input[0]; fnc1 == front || !isFNC1(front) {
			return p.elements(from+1, to, fnc1, fnc1)
		}
	}
	return p.fault(
		BadForm,
		"",
		from,
		min(1, to-from),
		"FNC1 (the character GS, or ^) in front of the first AI",
	)
}

func isFNC1(c byte) bool { return c == gs || c == '^' }

// elements parses the elements in input[from:to]. FNC1 is the character fnc1, or also.
func (p *parser) elements(from, to int, fnc1, also byte) *Fault {
	s := p.input[:to]
	pos := from
	for {
		row, id, n := leading(s[pos:], p.opt.PermitUnknownAIs)
		if n == 0 {
			return p.noAI(pos, to)
		}
		ai := s[pos : pos+n]
		pos += n
		end := pos
		if r := &table[row]; r.Predefined && to-pos >= int(r.Max) {
			end = pos + int(r.Max)
		} else {
			for end < to && s[end] != fnc1 && s[end] != also {
				end++
			}
		}
		if f := p.add(ai, row, id, s[pos:end], pos, end-pos); f != nil {
			return f
		}
		pos = end
		if pos < to && (s[pos] == fnc1 || s[pos] == also) {
			pos++
		}
		if pos >= to {
			return nil
		}
	}
}

// noAI returns the fault that there is no AI at pos.
func (p *parser) noAI(pos, to int) *Fault {
	n := 0
	for pos+n < to && n < 4 && class[p.input[pos+n]]&setN != 0 {
		n++
	}
	switch {
	case n >= 2:
		return p.fault(
			UnknownAI,
			p.input[pos:pos+n],
			pos,
			n,
			"an AI of the GS1 General Specifications",
		)
	case pos < to && isFNC1(p.input[pos]):
		return p.fault(
			BadForm,
			"",
			pos,
			1,
			"an AI, not another FNC1, nor one written otherwise than in front",
		)
	}
	return p.fault(BadForm, "", pos, min(1, to-pos), "an AI of two to four digits")
}

// AppendBracketed parses s, the form (01)…(10)…, in which "\(" is a literal bracket within a value,
// and appends its elements to dst. A composite component follows after "|".
func AppendBracketed(dst []Element, s string, opt Options) ([]Element, *Fault) {
	p := parser{input: s, opt: opt, msg: dst, base: len(dst)}
	linear, composite := p.components()
	f := p.bracketed(0, linear)
	if f == nil && composite > 0 {
		p.spare++
		f = p.bracketed(composite, len(s))
	}
	if f != nil {
		return dst, f
	}
	return p.finish()
}

// bracketed parses the elements in input[from:to].
func (p *parser) bracketed(from, to int) *Fault {
	s := p.input[:to]
	pos := from
	for {
		if pos >= to || s[pos] != '(' {
			return p.fault(BadForm, "", pos, min(1, to-pos), "an AI in brackets, such as (01)")
		}
		pos++
		end := pos
		for end < to && end-pos <= 4 && s[end] != ')' {
			end++
		}
		if end == to || s[end] != ')' {
			return p.fault(
				BadForm,
				"",
				pos,
				end-pos,
				"an AI of two to four digits and a closing bracket",
			)
		}
		ai := s[pos:end]
		row, id, ok := lookup(ai, p.opt.PermitUnknownAIs)
		if !ok {
			return p.fault(UnknownAI, ai, pos, len(ai), "an AI of the GS1 General Specifications")
		}
		pos = end + 1
		end, escapes := pos, 0
		for end < to && (s[end] != '(' || s[end-1] == '\\') {
			if s[end] == '(' {
				escapes++
			}
			end++
		}
		value := s[pos:end]
		if escapes > 0 {
			value = strings.ReplaceAll(value, `\(`, "(")
		}
		if f := p.add(ai, row, id, value, pos, end-pos); f != nil {
			return f
		}
		if pos = end; pos == to {
			return nil
		}
	}
}
