package digitallink

import (
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/bitfield"
	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// Decompress returns the GS1 Digital Link URI of a compressed one, whether the primary key is
// compressed or not, and whoever compressed it. A URI that isn't compressed is returned as it is
// if it is valid. The error is a *[gs1.Error] of [gs1.ErrDigitalLink], or of what is wrong with
// the elements.
func Decompress(uri string) (string, error) { return Parser{}.Decompress(uri) }

// Decompress is [Decompress] with the parser's options.
func (p Parser) Decompress(uri string) (string, error) {
	if _, err := p.ParseURI(uri); err == nil {
		return uri, nil
	}
	link, err := p.AppendDecompress(make([]byte, 0, 2*len(uri)), uri)
	return string(link), err
}

// AppendDecompress appends what [Parser.Decompress] returns for a compressed URI to dst. On error
// it returns dst as it was.
func (p Parser) AppendDecompress(dst []byte, uri string) ([]byte, error) {
	c, err := splitCompressed(uri)
	if err != nil {
		return dst, err
	}
	size := len(c.segment)*6 + 7
	d := decompressor{Reader: bitfield.Reader{Buf: make([]byte, size/8+bitfield.Slack+1),
		Size: len(c.segment) * 6}}
	w := bitfield.Writer{Buf: d.Buf}
	for i := range len(c.segment) {
		w.Put(uint64(value64(c.segment[i])), 6)
	}
	w.Flush()
	for quirks := range 4 {
		d.sorted, d.doubled = quirks&1 != 0, quirks&2 != 0
		if link, ok := p.assemble(dst, c, d); ok {
			return link, nil
		}
	}
	d.sorted, d.doubled = false, false
	return dst, p.explain(c, d, uri)
}

// A compressed is a URI in parts.
type compressed struct {
	stem    string
	key     gs1.Element // that of a partly compressed URI, whose stem then begins before it
	before  string      // the stem that goes with key
	segment string
	query   string // without question mark
}

// splitCompressed divides a URI.
func splitCompressed(uri string) (c compressed, err error) {
	rest, _, _ := strings.Cut(uri, "#")
	rest, c.query, _ = strings.Cut(rest, "?")
	host := strings.Index(rest, "://")
	slash := strings.LastIndexByte(rest, '/')
	if host < 0 || slash < host+4 {
		return c, fault(uri, 0, 0, "a scheme, a domain name and a compressed segment")
	}
	c.stem, c.segment = rest[:slash], rest[slash+1:]
	if c.segment == "" || !is64(c.segment) {
		return c, fault(uri, slash+1, len(c.segment), "a segment of letters, digits, - and _")
	}
	value := strings.LastIndexByte(c.stem, '/')
	if value < host+4 {
		return c, nil
	}
	ai := strings.LastIndexByte(c.stem[:value], '/')
	if ai < host+3 {
		return c, nil
	}
	row := gs1syntax.Lookup(c.stem[ai+1 : value])
	if row == nil || !row.Key {
		return c, nil
	}
	if text, ok := unescapeSegment(c.stem[value+1:]); ok {
		c.key = gs1.Element{AI: c.stem[ai+1 : value], Value: text}
		c.before = c.stem[:ai]
	}
	return c, nil
}

// unescapeSegment decodes percent escapes.
func unescapeSegment(s string) (string, bool) {
	if strings.IndexByte(s, '%') < 0 {
		return s, s != ""
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if escaped, ok := gs1syntax.Unhex(s[i:]); ok {
			c = escaped
			i += 2
		}
		b = append(b, c)
	}
	return string(b), true
}

// fault returns an error of a compressed URI.
func fault(uri string, pos, n int, want string) error {
	f := gs1syntax.Fault{Kind: gs1syntax.BadURI, Input: uri, Pos: pos, Len: n, Want: want}
	return (*gs1.Error)(f.Failure())
}

// assemble appends the link that c contains, and reports whether that is valid.
func (p Parser) assemble(dst []byte, c compressed, d decompressor) ([]byte, bool) {
	m, parameters, ok := d.elements()
	if !ok {
		return dst, false
	}
	if c.key.AI != "" {
		whole := append(gs1.Message{c.key}, m...)
		if link, ok := p.join(dst, c.before, whole, parameters, c.query); ok {
			return link, true
		}
	}
	return p.join(dst, c.stem, m, parameters, c.query)
}

// join appends the link of elements and parameters, and reports whether it is valid.
func (p Parser) join(dst []byte, stem string, m gs1.Message, parameters []gs1.Element,
	query string) ([]byte, bool) {
	if strings.HasSuffix(stem, "/") { // a base may end in a slash, which isn't the stem's
		stem += "/"
	}
	link, err := p.AppendFormat(dst, stem, m)
	if err != nil {
		return dst, false
	}
	if query == "" && len(parameters) == 0 {
		return link, true
	}
	separator := byte('?')
	if slices.Contains(link[len(dst):], '?') {
		separator = '&'
	}
	for _, e := range parameters {
		link = append(append(append(append(link, separator), e.AI...), '='), escape(e.Value,
			"!$'()*,;:@/?=")...)
		separator = '&'
	}
	if query != "" {
		link = append(append(link, separator), query...)
	}
	if _, err := p.ParseURI(string(link[len(dst):])); err != nil {
		return dst, false
	}
	return link, true
}

// explain returns why a URI can't be decompressed.
func (p Parser) explain(c compressed, d decompressor, uri string) error {
	m, _, ok := d.elements()
	if !ok {
		return fault(uri, len(c.stem)+1, len(c.segment), "a compressed segment")
	}
	if c.key.AI != "" {
		m = append(gs1.Message{c.key}, m...)
	}
	if _, err := p.Format("", m); err != nil {
		return err
	}
	return fault(uri, len(c.stem)+1, len(c.segment),
		"a segment and parameters that make a valid link")
}

// A decompressor reads a compressed segment: as the standard has it, or with the quirks of GS1's
// toolkit.
type decompressor struct {
	bitfield.Reader
	sorted  bool // the values of an optimisation are in the order of their AIs
	doubled bool // the digits of a value are repeated before its characters
	room    [128]byte
}

// elements returns the elements and the parameters that are no AIs.
func (d decompressor) elements() (m gs1.Message, parameters []gs1.Element, ok bool) {
	m = make(gs1.Message, 0, 8)
	for d.Left() > 7 {
		high, low := d.Take(4), d.Take(4)
		switch {
		case high == 0xF:
			e, ok := d.parameter(low)
			if !ok {
				return nil, nil, false
			}
			if isNumber(e.AI) {
				m = append(m, e)
			} else {
				parameters = append(parameters, e)
			}
		case high > 9 || low > 9:
			if m, ok = d.optimised(m, uint8(high<<4|low)); !ok {
				return nil, nil, false
			}
		default:
			if m, ok = d.single(m, int(high*10+low)); !ok {
				return nil, nil, false
			}
		}
	}
	return m, parameters, d.Left() >= 0 && (d.Left() == 0 || d.Take(d.Left()) == 0)
}

// optimised reads the values of the AIs of an optimisation.
func (d *decompressor) optimised(m gs1.Message, code uint8) (gs1.Message, bool) {
	o := optimisationOf(code)
	if o == nil {
		return nil, false
	}
	ais := o.ais
	if d.sorted {
		ais = o.sorted
	}
	for _, ai := range ais {
		value, ok := d.value(ai)
		if !ok {
			return nil, false
		}
		m = append(m, gs1.Element{AI: ai, Value: value})
	}
	return m, true
}

// single reads the rest of an AI that begins with two digits, and its value.
func (d *decompressor) single(m gs1.Message, prefix int) (gs1.Message, bool) {
	computeTables()
	n := digitsOfAI[prefix]
	if n == 0 || d.Left() < 4*(n-2) {
		return nil, false
	}
	ai := []byte{'0' + byte(prefix/10), '0' + byte(prefix%10)}
	for len(ai) < n {
		digit := byte(d.Take(4))
		if digit > 9 {
			return nil, false
		}
		ai = append(ai, '0'+digit)
	}
	name := string(ai)
	value, ok := d.value(name)
	return append(m, gs1.Element{AI: name, Value: value}), ok
}

// value reads the value of an AI.
func (d *decompressor) value(ai string) (string, bool) {
	var room [8]part
	parts := partsOf(ai, room[:0])
	var all [128]byte
	value := all[:0]
	begin := d.Pos
	for i, p := range parts {
		if d.doubled && i > 0 && !p.numeric && !d.again(begin) {
			return "", false
		}
		size := 0
		if !p.fixed {
			size = lengthBits(p.most)
		}
		n := p.most
		if p.numeric {
			if d.Left() < size {
				return "", false
			}
			if size > 0 {
				n = int(d.Take(size))
			}
			if n > p.most || d.Left() < bitfield.BitsOf(n) {
				return "", false
			}
			digits, ok := d.number(n)
			if !ok {
				return "", false
			}
			value = append(value, digits...)
			continue
		}
		text, ok := d.text(size, n)
		if !ok || len(text) > p.most {
			return "", false
		}
		value = append(value, text...)
	}
	return string(value), len(parts) > 0
}

// again passes over a repetition of the bits from begin on.
func (d *decompressor) again(begin int) bool {
	first := *d
	first.Pos = begin
	for range d.Pos - begin {
		if d.Left() < 1 || first.Take(1) != d.Take(1) {
			return false
		}
	}
	return true
}

// number reads a number of n digits.
func (d *decompressor) number(n int) ([]byte, bool) {
	if n == 0 {
		return nil, true
	}
	digits := d.room[:n+bitfield.Slack]
	ok := d.TakeNumber(digits, n)
	return digits[:n], ok
}

// text reads an encoding indicator, a length indicator of size bits, or n characters if size is 0.
func (d *decompressor) text(size, n int) ([]byte, bool) {
	if d.Left() < 3+size {
		return nil, false
	}
	encoding := int(d.Take(3))
	if size > 0 {
		n = int(d.Take(size))
	}
	switch encoding {
	case numeric:
		if n > maxDigits || d.Left() < bitfield.BitsOf(n) {
			return nil, false
		}
		return d.number(n)
	case lowerHex, upperHex, base64Text, asciiText:
	default:
		return nil, false
	}
	each := [...]int{lowerHex: 4, upperHex: 4, base64Text: 6, asciiText: 7}[encoding]
	if d.Left() < each*n {
		return nil, false
	}
	text := d.room[:n]
	for i := range text {
		v := byte(d.Take(each))
		switch encoding {
		case lowerHex:
			v = "0123456789abcdef"[v]
		case upperHex:
			v = hexDigits[v]
		case base64Text:
			v = alphabet64[v]
		}
		text[i] = v
	}
	return text, true
}

// parameter reads a parameter that is no AI, after five of its bits, of which the last four are
// low.
func (d *decompressor) parameter(low uint64) (gs1.Element, bool) {
	if d.Left() < 3 {
		return gs1.Element{}, false
	}
	n := int(low<<3 | d.Take(3))
	if n == 0 || d.Left() < 6*n+10 {
		return gs1.Element{}, false
	}
	name := make([]byte, n)
	for i := range name {
		name[i] = alphabet64[d.Take(6)]
	}
	value, ok := d.text(7, 0)
	return gs1.Element{AI: string(name), Value: string(value)}, ok
}
