package pattern

import (
	"fmt"
	"strings"
)

// A node is one piece of a pattern: literal text, or what is between two braces.
//
//	{name:argument option option=value}
type node struct {
	pos, end int // in the pattern
	literal  string
	mark     string // punctuation between braces: printed, not encoded
	name     string
	arg      string
	argPos   int
	opts     []option
}

type option struct {
	pos         int
	name, value string
}

// maxPattern bounds the length of a pattern, in bytes.
const maxPattern = 4096

// A reader cuts a pattern into nodes.
type reader struct {
	text string
	at   int
}

func (r *reader) fail(pos, n int, name, format string, args ...any) *Error {
	return &Error{Pos: pos, Len: n, Name: name, Detail: fmt.Sprintf(format, args...)}
}

func (r *reader) read() ([]node, error) {
	if r.text == "" {
		return nil, r.fail(0, 0, "",
			"it is empty, want at least an {index}").hint(`for example "SN{index:6}{check}"`)
	}
	if len(r.text) > maxPattern {
		return nil, r.fail(0, 0, "", "%d bytes, want at most %d", len(r.text), maxPattern)
	}
	for i := range len(r.text) {
		if c := r.text[i]; c < ' ' || c > '~' {
			return nil, r.fail(i, 1, "",
				"want printable ASCII characters only, as scanners and labels carry them")
		}
	}
	var nodes []node
	for r.at < len(r.text) {
		n, err := r.node()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	return nodes, nil
}

func (r *reader) node() (node, error) {
	switch {
	case r.text[r.at] != '{' || strings.HasPrefix(r.text[r.at:], "{{"):
		return r.literal()
	case r.at+1 < len(r.text) && !isWord(r.text[r.at+1]):
		return r.mark()
	}
	return r.braces()
}

// literal reads text up to a part; {{ and }} are the braces themselves.
func (r *reader) literal() (node, error) {
	n := node{pos: r.at}
	var b strings.Builder
	for ; r.at < len(r.text); r.at++ {
		c := r.text[r.at]
		if c == '{' || c == '}' {
			if r.at+1 == len(r.text) || r.text[r.at+1] != c {
				if c == '{' {
					break
				}
				return n, r.fail(r.at, 1, "",
					"a } without its {").hint("write it twice to print a brace")
			}
			r.at++
		}
		b.WriteByte(c)
	}
	n.literal, n.end = b.String(), r.at
	return n, nil
}

// mark reads punctuation between braces.
func (r *reader) mark() (node, error) {
	n := node{pos: r.at}
	inner := r.text[r.at+1:]
	stop := strings.IndexByte(inner, '}')
	if stop <= 0 || strings.ContainsFunc(inner[:stop],
		func(c rune) bool { return c == '{' || isWord(byte(c)) }) {
		return n, r.fail(n.pos, 1, "",
			"want a name after {, as in {index:6}, or a mark to print, as in {-}")
	}
	n.mark = inner[:stop]
	r.at += stop + 2
	n.end = r.at
	return n, nil
}

// braces reads a part or a setting.
func (r *reader) braces() (node, error) {
	n := node{pos: r.at}
	r.at++
	start := r.at
	for r.at < len(r.text) && isWord(r.text[r.at]) {
		r.at++
	}
	n.name = r.text[start:r.at]
	if r.at < len(r.text) && r.text[r.at] == ':' {
		r.at++
		n.argPos = r.at
		var err error
		if n.arg, err = r.value(n); err != nil {
			return n, err
		}
	}
	for r.at < len(r.text) && r.text[r.at] == ' ' {
		r.at++
		o := option{pos: r.at}
		text, err := r.value(n)
		if err != nil {
			return n, err
		}
		if text == "" {
			continue
		}
		o.name, o.value, _ = strings.Cut(text, "=")
		n.opts = append(n.opts, o)
	}
	if r.at == len(r.text) {
		return n, r.fail(n.pos, r.at-n.pos, "", "the { is never closed")
	}
	if r.text[r.at] != '}' {
		return n, r.fail(r.at, 1, n.name, "want a colon, a space or } after the name")
	}
	r.at++
	n.end = r.at
	return n, nil
}

// value reads up to a space or the closing brace; between double quotes these are text like any
// other.
func (r *reader) value(n node) (string, error) {
	var b strings.Builder
	quoted := false
	for ; r.at < len(r.text); r.at++ {
		c := r.text[r.at]
		switch {
		case c == '"':
			quoted = !quoted
			continue
		case quoted:
		case c == ' ' || c == '}':
			return b.String(), nil
		case c == '{':
			return "", r.fail(r.at, 1, n.name, "a part can't be inside another")
		}
		b.WriteByte(c)
	}
	return "", r.fail(n.pos, r.at-n.pos, n.name, "the { is never closed")
}

func isWord(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || c == '_'
}
