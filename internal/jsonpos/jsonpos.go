// Package jsonpos reads JSON that people write: it knows the line and the column of each value, and
// rejects what encoding/json lets pass: a key given twice, text that is not UTF-8, something after
// the document. A byte order mark, which Windows editors write, is skipped.
//
//	doc := jsonpos.Read(r, "an order")
//	o := doc.Object(doc.Root, "an order")
//	id, _ := o.NeedText("order")
//	o.Done()
//	if err := doc.Err(); err != nil {
//
// A [Document] keeps the first mistake. After it, every read returns a zero value, so that a reader
// asks for the error once, at the end.
package jsonpos

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/internal/errtext"
)

// The limits of a document.
const (
	MaxSize    = 1 << 20 // bytes
	MaxDepth   = 16      // nested objects and lists
	MaxMembers = 2_000   // of one object or list
)

// What can be wrong with a document; errors.Is finds these in an [*Error].
var (
	ErrSyntax = errors.New("not a JSON document")
	ErrKey    = errors.New("a key is unknown, missing or repeated")
	ErrValue  = errors.New("invalid value")
)

// An Error describes the first mistake of a document and its place.
type Error struct {
	Err          error  // ErrSyntax, ErrKey, ErrValue, or what the document's user found
	Input        string // the line of the source, shortened
	Pos          int    // byte offset in the source, after a byte order mark
	Line, Column int    // of Pos, from 1; columns count characters
	Detail       string // what was found and what was expected
	Hint         string // what to do; may be empty
}

// Error returns the place, what is wrong and what to do.
func (e *Error) Error() string {
	text := fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Detail)
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

// A Document is a JSON text that has been read.
type Document struct {
	Source []byte // without a byte order mark
	Root   *Node

	what string // such as "a template"
	dec  *json.Decoder
	err  *Error
}

// A Node is a JSON value with its place.
type Node struct {
	Pos     int        // byte offset of its first byte in the source
	Value   any        // string, float64, bool or nil; of an object or a list, nil
	Delim   json.Delim // '{' of an object, '[' of a list, else 0
	Members []Member   // of an object or a list, in their order
}

// String returns the node's value for messages: an object or a list by its kind, a string
// shortened.
func (n *Node) String() string {
	switch v := n.Value.(type) {
	case string:
		return errtext.Quote(v)
	case nil:
		return map[json.Delim]string{'{': "an object", '[': "a list", 0: "null"}[n.Delim]
	default:
		return fmt.Sprint(v)
	}
}

// A Member is one value of an object or a list.
type Member struct {
	Key  string // of an object
	Pos  int    // of the key, or of a list's value
	Node *Node
}

// Read reads a document of at most 1 MB. What names it in messages, such as "a template".
func Read(r io.Reader, what string) *Document {
	src, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	d := &Document{Source: bytes.TrimPrefix(src, []byte("\ufeff")), Root: &Node{}, what: what}
	switch {
	case err != nil:
		d.Fail(len(d.Source), err, "", "%s", err)
	case len(src) > MaxSize:
		d.Fail(len(d.Source), ErrSyntax, "", "more than %d bytes", MaxSize)
	case !utf8.Valid(d.Source):
		d.Fail(invalidAt(d.Source), ErrSyntax, "save it as UTF-8", "not UTF-8")
	default:
		d.parse()
	}
	return d
}

// Err returns the first mistake, or nil.
func (d *Document) Err() *Error { return d.err }

// Fail records a mistake at a byte offset unless there is one already.
func (d *Document) Fail(pos int, err error, hint, format string, a ...any) {
	if d.err != nil {
		return
	}
	pos = min(pos, len(d.Source))
	begin := bytes.LastIndexByte(d.Source[:pos], '\n') + 1
	line, _, _ := bytes.Cut(d.Source[begin:], []byte{'\n'})
	d.err = &Error{
		Err: err, Input: shorten(line), Pos: pos,
		Line:   bytes.Count(d.Source[:pos], []byte{'\n'}) + 1,
		Column: utf8.RuneCount(d.Source[begin:pos]) + 1,
		Detail: fmt.Sprintf(format, a...), Hint: hint,
	}
}

func shorten(line []byte) string {
	const most = 200
	if len(line) > most {
		line = line[:most]
	}
	return strings.ToValidUTF8(strings.TrimRight(string(line), "\r"), "")
}

// invalidAt returns where src is not UTF-8.
func invalidAt(src []byte) (i int) {
	for i < len(src) {
		r, n := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	return i
}

func (d *Document) parse() {
	d.dec = json.NewDecoder(bytes.NewReader(d.Source))
	d.Root = d.node(0)
	if d.err != nil {
		return
	}
	if _, err := d.dec.Token(); err != io.EOF {
		d.Fail(d.next(), ErrSyntax, "remove it", "something follows the end of %s", d.what)
	}
}

// next returns where the next token begins.
func (d *Document) next() int {
	i := int(d.dec.InputOffset())
	for i < len(d.Source) && strings.IndexByte(" \t\r\n,:", d.Source[i]) >= 0 {
		i++
	}
	return i
}

func (d *Document) node(depth int) *Node {
	n := &Node{Pos: d.next()}
	token, err := d.dec.Token()
	if err != nil {
		d.syntax(err)
		return n
	}
	delim, nested := token.(json.Delim)
	if !nested {
		n.Value = token
		return n
	}
	if depth == MaxDepth {
		d.Fail(n.Pos, ErrSyntax, "", "nested more than %d deep", MaxDepth)
		return n
	}
	n.Delim = delim
	for d.err == nil && d.dec.More() {
		d.member(n, depth)
	}
	if d.err == nil {
		if _, err := d.dec.Token(); err != nil {
			d.syntax(err)
		}
	}
	return n
}

// member reads one member of an object or a list.
func (d *Document) member(n *Node, depth int) {
	m := Member{Pos: d.next()}
	if len(n.Members) == MaxMembers {
		d.Fail(m.Pos, ErrSyntax, "", "more than %d members", MaxMembers)
		return
	}
	if n.Delim == '{' {
		key, err := d.dec.Token()
		if err != nil {
			d.syntax(err)
			return
		}
		m.Key, _ = key.(string)
		if slices.ContainsFunc(n.Members, func(o Member) bool { return o.Key == m.Key }) {
			d.Fail(m.Pos, ErrKey, "remove one", "key %q is here twice", m.Key)
		}
	}
	m.Node = d.node(depth + 1)
	n.Members = append(n.Members, m)
}

func (d *Document) syntax(err error) {
	var syntax *json.SyntaxError
	switch {
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		d.Fail(len(d.Source), ErrSyntax, "close its brackets and braces", "%s ends too early",
			d.what)
	case errors.As(err, &syntax):
		reason := strings.TrimPrefix(syntax.Error(), "json: ")
		d.Fail(max(d.next(), int(syntax.Offset)-1), ErrSyntax, "", "not JSON: %s", reason)
	default:
		d.Fail(d.next(), ErrSyntax, "", "not JSON: %s", err)
	}
}

// InString returns the offset in the source of a byte of a string, which the source may have
// escaped.
func (d *Document) InString(n *Node, at int) int {
	i := n.Pos + 1
	for decoded := 0; decoded < at && i < len(d.Source); {
		if d.Source[i] != '\\' {
			decoded++
			i++
			continue
		}
		end := i + 2
		if d.Source[i+1] == 'u' {
			end = i + 6
		}
		var s string
		if json.Unmarshal([]byte(`"`+string(d.Source[i:end])+`"`), &s) != nil {
			break
		}
		decoded += len(s)
		i = end
	}
	return i
}
