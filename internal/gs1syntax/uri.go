package gs1syntax

import (
	"slices"
	"strings"
)

// A URI is what a GS1 Digital Link URI has beside the message.
type URI struct {
	Stem    string   // what is before the primary key
	Ignored []string // other parameters of the query, unchanged
	InPath  int      // how many elements the path has
}

// canonicalStem is the stem of the canonical form (GS1 Digital Link: URI syntax, 4.11).
const canonicalStem = "https://id.gs1.org"

// What an ASCII character may be in a URI, as bits of uriClass.
const (
	inURI   = 1 << iota // allowed somewhere
	inHost              // allowed in the authority
	plain               // unreserved: needs no escape (RFC 3986, 2.3)
	escapes             // begins an escape in a value
)

const letter = inURI | inHost | plain

var uriClass = [256]uint8{
	'0': letter, '1': letter, '2': letter, '3': letter, '4': letter, '5': letter, '6': letter,
	'7': letter, '8': letter, '9': letter, 'A': letter, 'B': letter, 'C': letter, 'D': letter,
	'E': letter, 'F': letter, 'G': letter, 'H': letter, 'I': letter, 'J': letter, 'K': letter,
	'L': letter, 'M': letter, 'N': letter, 'O': letter, 'P': letter, 'Q': letter, 'R': letter,
	'S': letter, 'T': letter, 'U': letter, 'V': letter, 'W': letter, 'X': letter, 'Y': letter,
	'Z': letter, 'a': letter, 'b': letter, 'c': letter, 'd': letter, 'e': letter, 'f': letter,
	'g': letter, 'h': letter, 'i': letter, 'j': letter, 'k': letter, 'l': letter, 'm': letter,
	'n': letter, 'o': letter, 'p': letter, 'q': letter, 'r': letter, 's': letter, 't': letter,
	'u': letter, 'v': letter, 'w': letter, 'x': letter, 'y': letter, 'z': letter, '-': letter,
	'.': letter, '_': inURI | plain, '~': inURI | plain, ':': inURI | inHost, '[': inURI | inHost,
	']': inURI | inHost, '/': inURI, '?': inURI, '#': inURI, '!': inURI, '$': inURI, '&': inURI,
	'\'': inURI, '(': inURI, ')': inURI, '*': inURI, ',': inURI, ';': inURI, '=': inURI, '@': inURI,
	'%': inURI | escapes, '+': inURI | escapes,
}

// AppendURI parses s, a GS1 Digital Link URI, and appends its elements to dst: those of the path,
// then those of the query.
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
	p.isURI = true
	if len(s)-from > maxInput {
		return p.fault(BadLength, "", from+maxInput, len(s)-from-maxInput, "at most 8191 bytes")
	}
	seen := uint8(0)
	for i := from; i < len(s); i++ {
		c := uriClass[s[i]]
		if c == 0 {
			return p.fault(
				BadCharacter,
				"",
				i,
				1,
				"a character that URIs allow, or a percent escape",
			)
		}
		seen |= c
	}
	p.escaped = seen&escapes != 0
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
	var pairs [8]pathPair
	after := p.pairsInPath(path, query, pairs[:])
	if after == nil {
		return p.fault(
			BadURI,
			"",
			path,
			query-path,
			"a primary key and its value, such as /01/09521234543213, and only qualifiers after it",
		)
	}
	key := after[len(after)-1].begin
	u.Stem = s[from:key]
	if f := p.path(after, query); f != nil {
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
	for path = pos; path < len(p.input) && p.input[path] != '/'; path++ {
		if uriClass[p.input[path]]&inHost == 0 {
			if strings.IndexByte(p.input[path:], '/') < 0 {
				break
			}
			return 0, p.fault(BadURI, "", path, 1, "a domain name, without user name")
		}
	}
	if path == pos || path == len(p.input) || p.input[path] != '/' {
		return 0, p.fault(BadURI, "", pos, 0, "a domain name and a path")
	}
	return path, nil
}

// A pathPair is an AI in a path, which begins with the slash at begin, and its value, which begins
// with that at value.
type pathPair struct {
	begin, value int
	id           ID
	row          index
}

// pairsInPath returns the pairs at the end of input[from:to], the last one first, up to the last
// primary key, or nil if there is none. There is room for more than any key has qualifiers.
func (p *parser) pairsInPath(from, to int, room []pathPair) []pathPair {
	for n := range room {
		value := lastSlash(p.input, from, to)
		begin := lastSlash(p.input, from, value)
		if begin < 0 {
			return nil
		}
		row, id, ok := lookup(p.input[begin+1:value], p.opt.PermitUnknownAIs)
		if !ok {
			return nil
		}
		room[n] = pathPair{begin, value, id, row}
		if table[row].Key {
			return room[:n+1]
		}
		to = begin
	}
	return nil
}

// lastSlash returns the index of the last slash of s[from:to], or -1.
func lastSlash(s string, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if s[i] == '/' {
			return i
		}
	}
	return -1
}

// path parses the pairs of a path that ends at byte to, the last one first, and checks their
// sequence.
func (p *parser) path(pairs []pathPair, to int) *Fault {
	for i := len(pairs) - 1; i >= 0; i-- {
		pair, end := &pairs[i], to
		if i > 0 {
			end = pairs[i-1].begin
		}
		ai, value := p.input[pair.begin+1:pair.value], pair.value+1
		if f := p.pair(ai, pair.row, pair.id, value, end-value, false); f != nil {
			return f
		}
	}
	for _, order := range table[p.slot(0).row].Qualifiers {
		if p.follows(p.n, order) {
			return nil
		}
	}
	if p.n > 1 {
		key := pairs[len(pairs)-1].begin
		return p.fault(
			BadURI,
			p.msg[p.base].AI,
			key,
			to-key,
			"the qualifiers of this key only, in their order",
		)
	}
	return nil
}

// follows reports whether the qualifiers among the first n elements, which come after the key, keep
// the order, in which some may lack.
func (p *parser) follows(n int, order []ID) bool {
	i := 1
	for _, id := range order {
		if i < n && p.slot(i).id == id {
			i++
		}
	}
	return i >= n
}

// pair adds an element whose value is percent-encoded at pos, in n bytes. A plus is a space in
// a query.
func (p *parser) pair(ai string, row index, id ID, pos, n int, inQuery bool) *Fault {
	value := p.input[pos : pos+n]
	if n == 0 {
		return p.fault(BadLength, ai, pos, 0, "a value")
	}
	if p.escaped &&
		(strings.IndexByte(value, '%') >= 0 || inQuery && strings.IndexByte(value, '+') >= 0) {
		var nul int
		if value, nul = unescape(value, inQuery); nul >= 0 {
			return p.fault(BadCharacter, ai, pos+nul, 3, "no %00")
		}
	}
	if id == 100 && p.opt.PermitZeroSuppressedGTINs &&
		(len(value) == 8 || len(value) == 12 || len(value) == 13) {
		value = "000000"[:14-len(value)] + value
	}
	return p.add(ai, row, id, value, pos, n)
}

// unescape decodes percent escapes; a percent sign that begins none remains. nul is where s has the
// first %00, or -1.
func unescape(s string, inQuery bool) (value string, nul int) {
	b := make([]byte, 0, len(s))
	nul = -1
	for i := 0; i < len(s); i++ {
		c := s[i]
		if escaped, ok := Unhex(s[i:]); ok {
			if escaped == 0 && nul < 0 {
				nul = i
			}
			c = escaped
			i += 2
		} else if c == '+' && inQuery {
			c = ' '
		}
		b = append(b, c)
	}
	return string(b), nul
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
	if n == 0 {
		return p.fault(BadURI, "", pos, 1, "a name before the equals sign")
	}
	if n < 0 || !setN.has(p.input[pos:pos+n]) {
		return p.ignore(pos, to, u)
	}
	ai := p.input[pos : pos+n]
	row, id, ok := lookup(ai, p.opt.PermitUnknownAIs)
	if !ok {
		return p.fault(
			UnknownAI,
			ai,
			pos,
			n,
			"an AI of the GS1 General Specifications, or a name that is no number",
		)
	}
	return p.pair(ai, row, id, pos+n+1, to-pos-n-1, true)
}

// ignore counts the parameter input[pos:to], which is no AI. The empty one after a trailing "&"
// counts, too, as in the reference engine.
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

// attributes checks that a query may carry what follows the first inPath elements.
func (p *parser) attributes(inPath int) *Fault {
	msg := p.msg[p.base:]
	for i := inPath; i < len(msg); i++ {
		ai, at := msg[i].AI, int(p.slot(i).at)
		for j := range i {
			if msg[j].AI == ai {
				return p.fault(Repeated, ai, at, p.rawLen(i), "each AI once only")
			}
		}
		row := &table[p.slot(i).row]
		if !mayBeAttribute(row, p.opt) {
			return p.fault(BadURI, ai, at, p.rawLen(i), "an AI that the query may carry")
		}
		if p.belongsInPath(p.slot(i).id, inPath) {
			return p.fault(BadURI, ai, at, p.rawLen(i), "this key qualifier in the path")
		}
	}
	return nil
}

// belongsInPath reports whether id is a qualifier that could be among those of the path.
func (p *parser) belongsInPath(id ID, inPath int) bool {
	for _, order := range table[p.slot(0).row].Qualifiers {
		if p.follows(inPath, order) && slices.Contains(order, id) {
			return true
		}
	}
	return false
}
