package syntax

import (
	"slices"
	"strings"
)

// A URI is what a GS1 Digital Link URI tells beside the message.
type URI struct {
	Stem    string   // what stands before the primary key
	Ignored []string // parameters of the query that are no AIs, as they stand
	InPath  int      // how many elements stand in the path
}

// canonicalStem is the stem of the canonical form (GS1 Digital Link: URI syntax, 4.11).
const canonicalStem = "https://id.gs1.org"

// Sets of ASCII characters as bits, for codes below 64 and above.
const (
	digitBits    = 1<<('9'+1) - 1<<'0'
	capitalBits  = 1<<('Z'+1-64) - 1<<('A'-64)
	smallBits    = 1<<('z'+1-64) - 1<<('a'-64)
	plainLow     = digitBits | 1<<'-' | 1<<'.'
	plainHigh    = capitalBits | smallBits | 1<<('_'-64) | 1<<('~'-64)
	allowedLow   = plainLow | 1<<':' | 1<<'/' | 1<<'?' | 1<<'#' | 1<<'!' | 1<<'$' | 1<<'&' | 1<<'\'' | 1<<'(' | 1<<')' | 1<<'*' | 1<<'+' | 1<<',' | 1<<';' | 1<<'=' | 1<<'%'
	allowedHigh  = plainHigh | 1<<('['-64) | 1<<(']'-64) | 1<<('@'-64)
	authorityLow = plainLow | 1<<':'
	authorityHi  = capitalBits | smallBits | 1<<('['-64) | 1<<(']'-64)
)

func in(low, high uint64, c byte) bool {
	if c < 64 {
		return low>>c&1 != 0
	}
	return c < 128 && high>>(c-64)&1 != 0
}

// AppendURI parses s, a GS1 Digital Link URI, and appends its elements to dst: those of the path, then those of the query.
func AppendURI(dst []Element, s string, opt Options) ([]Element, URI, *Fault) {
	p := parser{input: s, opt: opt, msg: dst, base: len(dst)}
	var u URI
	if f := p.uri(0, &u); f != nil {
		return dst, URI{}, f
	}
	m, f := p.finish()
	return m, u, f
}

// afterScheme returns the length of the scheme with which s begins, all lower or all upper case.
func afterScheme(s string) (n int, ok bool) {
	for _, scheme := range [...]string{"https://", "HTTPS://", "http://", "HTTP://"} {
		if strings.HasPrefix(s, scheme) {
			return len(scheme), true
		}
	}
	return 0, false
}

// uri parses the input from byte from on.
func (p *parser) uri(from int, u *URI) *Fault {
	s := p.input
	if len(s)-from > maxInput {
		return p.fault(BadLength, "", from+maxInput, len(s)-from-maxInput, "at most 8191 bytes")
	}
	for i := from; i < len(s); i++ {
		if !in(allowedLow, allowedHigh, s[i]) {
			return p.fault(BadCharacter, "", i, 1, "a character that may stand in a URI, or a percent escape")
		}
	}
	n, ok := afterScheme(s[from:])
	if !ok {
		return p.fault(BadURI, "", from, min(8, len(s)-from), "http:// or https://")
	}
	path, f := p.authority(from + n)
	if f != nil {
		return f
	}
	end := len(s)
	if i := strings.IndexByte(s[path:], '#'); i >= 0 {
		end = path + i
	}
	query := end
	if i := strings.IndexByte(s[path:end], '?'); i >= 0 {
		query = path + i
	}
	key := p.keyInPath(path, query)
	if key < 0 {
		return p.fault(BadURI, "", path, query-path, "a primary key and its value, such as /01/09521234543213, with nothing but key qualifiers after them")
	}
	u.Stem = s[from:key]
	if f := p.path(key, query); f != nil {
		return f
	}
	inPath := p.n
	u.InPath = inPath
	if query < end {
		if f := p.query(query+1, end, u); f != nil {
			return f
		}
	}
	return p.attributes(inPath)
}

// authority parses the host and the port at pos, and returns where the path begins.
func (p *parser) authority(pos int) (path int, f *Fault) {
	n := strings.IndexByte(p.input[pos:], '/')
	if n < 1 {
		return 0, p.fault(BadURI, "", pos, 0, "a domain name and a path")
	}
	for i := pos; i < pos+n; i++ {
		if !in(authorityLow, authorityHi, p.input[i]) {
			return 0, p.fault(BadURI, "", i, 1, "a domain name, without user name")
		}
	}
	return pos + n, nil
}

// keyInPath returns where the last primary key begins, with its slash, in input[from:to], or -1. Only pairs of an AI and a value
// may follow it.
func (p *parser) keyInPath(from, to int) int {
	for {
		value := strings.LastIndexByte(p.input[from:to], '/')
		if value < 0 {
			return -1
		}
		begin := strings.LastIndexByte(p.input[from:from+value], '/')
		if begin < 0 {
			return -1
		}
		row, _, ok := lookup(p.input[from+begin+1:from+value], p.opt.PermitUnknownAIs)
		if !ok {
			return -1
		}
		if table[row].Key {
			return from + begin
		}
		to = from + begin
	}
}

// path parses the pairs in input[pos:to], which begins with a slash, and checks their sequence.
func (p *parser) path(pos, to int) *Fault {
	key := pos
	for pos < to {
		pos++
		slash := pos + strings.IndexByte(p.input[pos:to], '/')
		ai := p.input[pos:slash]
		pos = slash + 1
		n := strings.IndexByte(p.input[pos:to], '/')
		if n < 0 {
			n = to - pos
		}
		row, id, _ := lookup(ai, p.opt.PermitUnknownAIs)
		if f := p.pair(ai, row, id, pos, n, false); f != nil {
			return f
		}
		pos += n
	}
	for _, order := range table[p.slot(0).row].Qualifiers {
		if p.follows(p.n, order) {
			return nil
		}
	}
	if p.n > 1 {
		return p.fault(BadURI, p.msg[p.base].AI, key, to-key, "the qualifiers of this key only, in their order")
	}
	return nil
}

// follows tells whether the qualifiers among the first n elements, which come after the key, keep the order, in which some may lack.
func (p *parser) follows(n int, order []ID) bool {
	i := 1
	for _, id := range order {
		if i < n && p.slot(i).id == id {
			i++
		}
	}
	return i >= n
}

// pair adds an element whose value stands percent-encoded at pos, in n bytes. A plus is a space in a query.
func (p *parser) pair(ai string, row index, id ID, pos, n int, inQuery bool) *Fault {
	value := p.input[pos : pos+n]
	if n == 0 {
		return p.fault(BadLength, ai, pos, 0, "a value")
	}
	if strings.IndexByte(value, '%') >= 0 || inQuery && strings.IndexByte(value, '+') >= 0 {
		var ok bool
		if value, ok = unescape(value, inQuery); !ok {
			return p.fault(BadCharacter, ai, pos, n, "no %00")
		}
	}
	if id == 100 && p.opt.PermitZeroSuppressedGTINs && (len(value) == 8 || len(value) == 12 || len(value) == 13) {
		value = "000000"[:14-len(value)] + value
	}
	return p.add(ai, row, id, value, pos, n)
}

// unescape decodes percent escapes; a percent sign that begins none stands for itself. %00 is not ok.
func unescape(s string, inQuery bool) (value string, ok bool) {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if escaped, ok := Unhex(s[i:]); ok {
			if escaped == 0 {
				return "", false
			}
			c = escaped
			i += 2
		} else if c == '+' && inQuery {
			c = ' '
		}
		b = append(b, c)
	}
	return string(b), true
}

// query parses the parameters in input[pos:to].
func (p *parser) query(pos, to int, u *URI) *Fault {
	for pos < to {
		end := to
		if i := strings.IndexByte(p.input[pos:to], '&'); i >= 0 {
			end = pos + i
		}
		if pos < end {
			if f := p.parameter(pos, end, u); f != nil {
				return f
			}
		}
		pos = end + 1
	}
	if p.input[to-1] == '&' {
		return p.ignore(to, to, u)
	}
	return nil
}

// parameter parses the parameter input[pos:to].
func (p *parser) parameter(pos, to int, u *URI) *Fault {
	n := strings.IndexByte(p.input[pos:to], '=')
	if n < 1 || !setN.has(p.input[pos:pos+n]) {
		return p.ignore(pos, to, u)
	}
	ai := p.input[pos : pos+n]
	row, id, ok := lookup(ai, p.opt.PermitUnknownAIs)
	if !ok {
		return p.fault(UnknownAI, ai, pos, n, "an AI of the GS1 General Specifications, or a name that is no number")
	}
	return p.pair(ai, row, id, pos+n+1, to-pos-n-1, true)
}

// ignore counts the parameter input[pos:to], which is no AI. The empty one after a trailing "&" counts, too, as in the reference engine.
func (p *parser) ignore(pos, to int, u *URI) *Fault {
	p.spare++
	if p.n+p.spare > MaxElements {
		return p.fault(TooMany, "", pos, to-pos, "at most 64 elements and other parameters")
	}
	if pos < to {
		u.Ignored = append(u.Ignored, p.input[pos:to])
	}
	return nil
}

// attributes checks that what follows the first inPath elements may stand in a query.
func (p *parser) attributes(inPath int) *Fault {
	msg := p.msg[p.base:]
	for i := inPath; i < len(msg); i++ {
		ai, at := msg[i].AI, int(p.slot(i).at)
		for j := range i {
			if msg[j].AI == ai {
				return p.fault(Repeated, ai, at, len(msg[i].Value), "each AI once only")
			}
		}
		row := &table[p.slot(i).row]
		if !mayBeAttribute(row, p.opt) {
			return p.fault(BadURI, ai, at, len(msg[i].Value), "an AI that may stand in a query")
		}
		if p.belongsInPath(p.slot(i).id, inPath) {
			return p.fault(BadURI, ai, at, len(msg[i].Value), "this key qualifier in the path")
		}
	}
	return nil
}

// belongsInPath tells whether id is a qualifier that could stand among those of the path.
func (p *parser) belongsInPath(id ID, inPath int) bool {
	for _, order := range table[p.slot(0).row].Qualifiers {
		if p.follows(inPath, order) && slices.Contains(order, id) {
			return true
		}
	}
	return false
}
