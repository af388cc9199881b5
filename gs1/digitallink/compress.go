package digitallink

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/bitfield"
	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// Compress returns a GS1 Digital Link URI with its elements as one segment of the path, which
// takes about half the characters (GS1 Digital Link: URI syntax, release 1.1, clause 3): the
// stem, a slash and the elements in bits, written in the URI-safe base 64 alphabet. Parameters
// that are no AIs follow as they are. A fragment is dropped. [Decompress] returns a link with the
// same elements.
//
// The error is a *[gs1.Error] if uri is no valid GS1 Digital Link URI.
func Compress(uri string) (string, error) { return Compressor{}.Compress(uri) }

// A Compressor compresses URIs. Its zero value compresses all elements with all optimisations.
type Compressor struct {
	// Parser reads the URIs.
	Parser Parser
	// Partial leaves the primary key in front of the compressed segment, so that a resolver finds
	// it without decompressing: https://example.org/01/09521234543213/EIqpGNQ.
	Partial bool
	// Parameters compresses the parameters that are no AIs, too, as far as their names are of
	// letters, digits, "-" and "_", and names and values not longer than 127 characters.
	Parameters bool
	// NoOptimisations writes each AI by itself, where otherwise frequent pairs have one code.
	NoOptimisations bool
}

// Compress is [Compress] with the compressor's options.
func (c Compressor) Compress(uri string) (string, error) {
	b, err := c.AppendCompress(make([]byte, 0, len(uri)), uri)
	return string(b), err
}

// AppendCompress appends what [Compressor.Compress] returns to dst. On error it returns dst as it
// was.
func (c Compressor) AppendCompress(dst []byte, uri string) ([]byte, error) {
	u, err := c.Parser.ParseURI(uri)
	if err != nil {
		return dst, err
	}
	var room [128]byte
	w := bitfield.Writer{Buf: room[:]}
	rest := u.Message
	if c.Partial {
		rest = rest[1:]
	}
	plain := u.Ignored
	if len(rest) == 0 {
		return append(dst, uri...), nil
	}
	c.putElements(&w, &u, rest)
	if c.Parameters {
		plain = putParameters(&w, plain)
	}
	dst = append(dst, u.Stem...)
	if c.Partial {
		dst = append(append(append(append(dst, '/'), u.Message[0].AI...), '/'),
			escape(u.Message[0].Value, "")...)
	}
	size := w.Size()
	w.Flush()
	dst = append(dst, '/')
	begin := len(dst)
	dst = base64.RawURLEncoding.AppendEncode(dst, w.Buf[:(size+7)/8])
	dst = dst[:begin+(size+5)/6]
	return appendParameters(dst, '?', plain), nil
}

// escape returns a value with percent escapes for all but unreserved characters and those of also.
func escape(s, also string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; value64(c) != 0xFF || c == '.' || c == '~' || strings.IndexByte(also,
			c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		}
	}
	return b.String()
}

func appendParameters(dst []byte, separator byte, parameters []string) []byte {
	for _, p := range parameters {
		dst = append(append(dst, separator), p...)
		separator = '&'
	}
	return dst
}

// putElements writes rest, what is compressed of the message of u. Elements are written in the
// order of their AIs, those of optimisations first, unless a reader would then take another
// element for the primary key.
func (c Compressor) putElements(w *bitfield.Writer, u *URI, rest gs1.Message) {
	var room [2]int
	order := make([]int, len(rest))
	for i := range order {
		order[i] = i
	}
	if !c.Partial && hasOtherKey(rest) {
		for i := range rest {
			putAI(w, rest[i].AI)
			putValue(w, rest[i])
		}
		return
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return strings.Compare(rest[a].AI,
			rest[b].AI)
	})
	for !c.NoOptimisations {
		best, places := bestOptimisation(rest, order, room[:0])
		if best == nil {
			break
		}
		w.Put(uint64(best.code), 8)
		for _, i := range places {
			putValue(w, rest[i])
		}
		order = slices.DeleteFunc(order, func(i int) bool { return slices.Contains(places, i) })
	}
	for _, i := range order {
		putAI(w, rest[i].AI)
		putValue(w, rest[i])
	}
}

// hasOtherKey reports whether an element beside the first one is a primary key.
func hasOtherKey(m gs1.Message) bool {
	for i := 1; i < len(m); i++ {
		if row := gs1syntax.Lookup(m[i].AI); row != nil && row.Key {
			return true
		}
	}
	return false
}

// putAI writes the digits of an AI, 4 bits each.
func putAI(w *bitfield.Writer, ai string) {
	for i := range len(ai) {
		w.Put(uint64(ai[i]-'0'), 4)
	}
}

// putValue writes the value of an element in the format of its AI.
func putValue(w *bitfield.Writer, e gs1.Element) {
	s := e.Value
	var room [8]part
	for _, p := range partsOf(e.AI, room[:0]) {
		n := min(p.most, len(s))
		if p.numeric {
			if !p.fixed {
				w.Put(uint64(n), lengthBits(p.most))
			}
			if n > 0 {
				w.PutNumber([]byte(s[:n]))
			}
		} else {
			size := lengthBits(p.most)
			if p.fixed {
				size = 0
			}
			putText(w, s[:n], size)
		}
		s = s[n:]
	}
}

// putText writes an encoding indicator, a length indicator of size bits and the characters.
func putText(w *bitfield.Writer, s string, size int) {
	encoding := encodingOf(s)
	w.Put(uint64(encoding), 3)
	if size > 0 {
		w.Put(uint64(len(s)), size)
	}
	switch encoding {
	case numeric:
		w.PutNumber([]byte(s))
	case lowerHex, upperHex:
		for i := range len(s) {
			w.Put(uint64(hexValue(s[i])), 4)
		}
	case base64Text:
		for i := range len(s) {
			w.Put(uint64(value64(s[i])), 6)
		}
	default:
		for i := range len(s) {
			w.Put(uint64(s[i]), 7)
		}
	}
}

// putParameters writes the parameters that can be compressed and returns the others.
func putParameters(w *bitfield.Writer, parameters []string) (plain []string) {
	const longest = 127
	for _, p := range parameters {
		name, escaped, found := strings.Cut(p, "=")
		value, ok := unescapeValue(escaped)
		if !found || !ok || name == "" || len(name) > longest || len(value) > longest ||
			!is64(name) {
			plain = append(plain, p)
			continue
		}
		w.Put(0xF, 4)
		w.Put(uint64(len(name)), 7)
		for i := range len(name) {
			w.Put(uint64(value64(name[i])), 6)
		}
		putText(w, value, 7)
	}
	return plain
}

// unescapeValue returns what a parameter's value means, and false if that isn't clear or not ASCII.
func unescapeValue(s string) (string, bool) {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '+':
			return "", false // a space for some resolvers, a plus for others
		case c == '%':
			var ok bool
			if c, ok = gs1syntax.Unhex(s[i:]); !ok {
				return "", false
			}
			i += 2
		}
		if c < ' ' || c > '~' {
			return "", false
		}
		b = append(b, c)
	}
	return string(b), len(b) > 0
}
