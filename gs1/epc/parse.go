package epc

import (
	"strings"
)

// ParseURI reads an EPC URI: a pure identity (urn:epc:id:…), a class of trade items
// (urn:epc:class:lgtin:…) or an identity pattern (urn:epc:idpat:…), as in TDS 2.3, clauses 6.3
// and 8. Escapes of characters that need none are accepted. The error is an [*Error] of [ErrURI],
// [ErrScheme], [ErrLength], [ErrCharacter] or [ErrRange] with the place.
func ParseURI(s string) (EPC, error) {
	for _, form := range [...]struct {
		start string
		parse func(k kind, s string, pos int) (EPC, error)
	}{{"urn:epc:id:", parseIdentity}, {"urn:epc:class:", parseClass}, {"urn:epc:idpat:",
		parsePattern}} {
		if rest, ok := strings.CutPrefix(s, form.start); ok {
			name, _, found := strings.Cut(rest, ":")
			k := kindNamed(name)
			if !found || k == noKind {
				return EPC{}, &Error{Err: ErrScheme, Input: s, Pos: len(form.start),
					Detail: "a kind such as sgtin, and a colon"}
			}
			return form.parse(k, s, len(form.start)+len(name)+1)
		}
	}
	hint := ""
	switch {
	case strings.HasPrefix(s, "urn:epc:tag:"):
		hint = "use ParseTagURI"
	case strings.HasPrefix(s, "urn:epc:raw:"):
		hint = "use ParseRawURI"
	case strings.HasPrefix(s, "http"):
		hint = "use digitallink.Parse and FromMessage"
	}
	return EPC{}, &Error{Err: ErrURI, Input: s, Pos: 0,
		Detail: "urn:epc:id:, urn:epc:class: or urn:epc:idpat:", Hint: hint}
}

func parseIdentity(k kind, s string, pos int) (EPC, error) {
	if k == lgtin {
		return EPC{}, &Error{Err: ErrScheme, Input: s, Pos: pos,
			Detail: "an identity", Hint: "an LGTIN begins with urn:epc:class:lgtin:"}
	}
	return parseBody(k, s, pos)
}

func parseClass(k kind, s string, pos int) (EPC, error) {
	if k != lgtin {
		return EPC{}, &Error{Err: ErrScheme, Input: s, Pos: pos, Detail: "urn:epc:class:lgtin:"}
	}
	return parseBody(k, s, pos)
}

// A bodyParser reads the components of an EPC URI.
type bodyParser struct {
	f     *form
	input string
	pos   int
}

func (p *bodyParser) fault(err error, field string, pos int, detail string) error {
	return &Error{Err: err, Scheme: p.f.name, Field: field, Input: p.input, Pos: pos,
		Detail: detail}
}

// component returns what precedes the next dot, which it passes over, and where it begins.
func (p *bodyParser) component(field string) (text string, pos int, err error) {
	pos = p.pos
	n := strings.IndexByte(p.input[pos:], '.')
	if n < 0 {
		return "", pos, p.fault(ErrURI, field, len(p.input), "a dot and another component")
	}
	p.pos += n + 1
	return p.input[pos : pos+n], pos, nil
}

// digits checks that text, at pos, has min to max digits and nothing else.
func (p *bodyParser) digits(field, text string, pos, min, max int) error {
	if i := notIn(text, digit); i >= 0 {
		return p.fault(ErrCharacter, field, pos+i, "digits")
	}
	if len(text) < min || len(text) > max {
		want := itoa(min) + " to " + itoa(max)
		if min == max {
			want = itoa(min)
		}
		return p.fault(ErrLength, field, pos, want+" digits")
	}
	return nil
}

// unescape writes text, at pos, to dst and returns its length: 1 to max characters of the set.
func (p *bodyParser) unescape(dst []byte, field, text string, pos, max int, set uint8) (int,
	error) {
	n := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		at := pos + i
		switch {
		case c == '%':
			if i+2 >= len(text) {
				return 0, p.fault(ErrCharacter, field, at, "two hexadecimal digits after %")
			}
			var ok bool
			if c, ok = unhex(text[i+1], text[i+2]); !ok {
				return 0, p.fault(ErrCharacter, field, at, "two hexadecimal digits after %")
			}
			i += 2
		case alphabet[c]&plain == 0:
			return 0, p.fault(ErrCharacter, field, at,
				"a character that needs no escape, or an escape")
		}
		if alphabet[c]&set == 0 {
			return 0, p.fault(ErrCharacter, field, at, "a character of the field's alphabet")
		}
		if n == max || n == len(dst) {
			return 0, p.fault(ErrLength, field, at, "at most "+itoa(max)+" characters")
		}
		dst[n] = c
		n++
	}
	if n == 0 {
		return 0, p.fault(ErrLength, field, pos, "at least one character")
	}
	return n, nil
}

// parseBody reads the components at the end of s, which begin at pos.
func parseBody(k kind, s string, pos int) (EPC, error) {
	e := EPC{kind: k}
	p := bodyParser{&forms[k], s, pos}
	var err error
	switch {
	case k == gid || k == usdod || k == adi || k == bic || k == imovn:
		err = p.other(&e)
	case p.f.size == 0:
		err = p.variable(&e)
	default:
		err = p.fixed(&e)
	}
	if err == nil && p.f.serial != noSerial {
		err = p.serial(&e)
	}
	if err != nil {
		return EPC{}, err
	}
	return e, nil
}

// last returns the last component and where it begins.
func (p *bodyParser) last() (text string, pos int) {
	pos = p.pos
	p.pos = len(p.input)
	return p.input[pos:], pos
}

// more returns the next component if more follow, otherwise the last one.
func (p *bodyParser) more(field string, follow bool) (text string, pos int, err error) {
	if follow {
		return p.component(field)
	}
	text, pos = p.last()
	return text, pos, nil
}

func (p *bodyParser) prefix(e *EPC) (string, error) {
	text, pos, err := p.component("company prefix")
	if err == nil {
		err = p.digits("company prefix", text, pos, 6, 12)
	}
	e.prefix = uint8(len(text))
	return text, err
}

// fixed reads the company prefix and the reference of a key of fixed length.
func (p *bodyParser) fixed(e *EPC) error {
	f := p.f
	prefix, err := p.prefix(e)
	if err != nil {
		return err
	}
	ref, pos, err := p.more(f.reference, f.serial != noSerial || e.kind == itip)
	if err != nil {
		return err
	}
	n := int(f.end-f.first) - len(prefix)
	if f.lead {
		n++
	}
	if err := p.digits(f.reference, ref, pos, n, n); err != nil {
		return err
	}
	key := e.setKey(int(f.size))
	key[0] = '0'
	if f.lead {
		key[0], ref = ref[0], ref[1:]
	}
	copy(key[f.first:], prefix)
	copy(key[int(f.first)+len(prefix):], ref)
	if e.kind != itip {
		return nil
	}
	for i, field := range [...]string{"piece", "total"} {
		text, pos, err := p.component(field)
		if err == nil {
			err = p.digits(field, text, pos, 2, 2)
		}
		if err != nil {
			return err
		}
		copy(key[13+2*i:], text)
	}
	return nil
}

// variable reads the company prefix and the reference of a key of variable length.
func (p *bodyParser) variable(e *EPC) error {
	f := p.f
	prefix, err := p.prefix(e)
	if err != nil {
		return err
	}
	ref, pos, err := p.more(f.reference, f.serial != noSerial)
	if err != nil {
		return err
	}
	n := copy(e.text[:], prefix)
	m, err := p.unescape(e.text[n:], f.reference, ref, pos, int(f.longest)-n, f.set)
	e.key = uint8(n + m)
	return err
}

// serial reads the last component.
func (p *bodyParser) serial(e *EPC) error {
	f := p.f
	text, pos := p.last()
	if f.serial == maySerial && text == "0" {
		return nil
	}
	n, err := p.unescape(e.text[e.key:], f.number, text, pos, int(f.serialMax), f.serialSet)
	if err != nil {
		return err
	}
	if e.kind == cpi && n > 1 && e.text[e.key] == '0' {
		return p.fault(ErrRange, f.number, pos, "no leading zero")
	}
	e.serial = uint8(n)
	return nil
}

// parsePattern reads the components of an identity pattern: those that are fixed, then stars.
func parsePattern(k kind, s string, pos int) (EPC, error) {
	body := s[pos:]
	fixed := strings.TrimRight(body, ".*")
	parts := strings.Count(body, ".") + 1
	stars := strings.Count(body[len(fixed):], "*")
	want := componentsOf(k)
	wrong := &Error{Err: ErrURI, Scheme: forms[k].name, Input: s, Pos: pos,
		Detail: itoa(want) + " components, of which the last are *"}
	if want == 0 || parts != want || stars == 0 || stars > parts {
		return EPC{}, wrong
	}
	rest := strings.Repeat(".*", stars)
	if fixed == "" {
		rest = rest[1:]
	}
	if body != fixed+rest || len(fixed) > maxText {
		return EPC{}, wrong
	}
	if fixed != "" {
		if _, err := parseBody(k, s[:pos]+fixed+fill(k, stars, fixed), pos); err != nil {
			return EPC{}, err
		}
	}
	e := EPC{kind: k, stars: uint8(stars)}
	copy(e.setKey(len(fixed)), fixed)
	return e, nil
}

// componentsOf returns how many components a URI of kind k has that may be part of a pattern.
func componentsOf(k kind) int {
	switch k {
	case itip:
		return 5
	case sgtin, sgln, grai, gdti, cpi, sgcn, upui, gid, adi:
		return 3
	case sscc, giai, gsrn, gsrnp, usdod:
		return 2
	}
	return 0
}

// fill returns components that complete the fixed ones of a pattern with so many stars, so that the
// whole can be checked.
func fill(k kind, stars int, fixed string) string {
	switch {
	case k == itip:
		missing := []string{"." + strings.Repeat("0", max(13-len(fixed), 0)), ".01", ".01", ".1"}
		return strings.Join(missing[len(missing)-stars:], "")
	case k == usdod, forms[k].serial != noSerial && stars == 1, k == gid && stars == 1, k == adi &&
		stars == 1:
		return ".1"
	case k == gid:
		return ".1.1"
	case k == adi:
		return ".A.1"
	case forms[k].size == 0 && k == giai:
		return ".1"
	case forms[k].size == 0:
		return ".1.1"
	}
	f := &forms[k]
	n := int(f.end-f.first) - len(fixed)
	if f.lead {
		n++
	}
	ref := "." + strings.Repeat("0", max(n, 0))
	if f.serial != noSerial {
		ref += ".1"
	}
	return ref
}
