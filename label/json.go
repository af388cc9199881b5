package label

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// A ParseError tells where a template is wrong.
type ParseError struct {
	File         string // as given to ParseFS; empty from Parse
	Line, Column int    // from 1; columns count characters
	Element      int    // index among the elements, or -1 outside them
	Name         string // the element's name
	Problem      string // what is wrong, and the mend
	Err          error  // what else judged it, such as a *FitError
}

func (e *ParseError) Error() string {
	file := e.File
	if file == "" {
		file = "template"
	}
	where := fmt.Sprintf("%s:%d:%d: ", file, e.Line, e.Column)
	if e.Element >= 0 {
		where += describe(e.Element, e.Name) + ": "
	}
	return where + e.Problem
}

func (e *ParseError) Unwrap() error { return e.Err }

// A node is a JSON value that knows its place.
type node struct {
	pos     int // offset of its first byte in the source
	value   any // string, float64, bool, nil; an object or array has members
	delim   json.Delim
	members []member
}

type member struct {
	key  string
	pos  int // of the key
	node *node
}

// A document is a template's source while it is read. It keeps the first mistake; after it every read gives zero values.
type document struct {
	src     []byte
	dec     *json.Decoder
	file    string
	element int
	name    string
	err     *ParseError
}

const (
	maxSource  = 1 << 20 // bytes: a template is some kilobytes
	maxDepth   = 16
	maxMembers = 2_000 // of one object or list
)

func (d *document) fail(pos int, format string, a ...any) {
	if d.err != nil {
		return
	}
	pos = min(pos, len(d.src))
	line := bytes.Count(d.src[:pos], []byte{'\n'}) + 1
	column := utf8.RuneCount(d.src[bytes.LastIndexByte(d.src[:pos], '\n')+1:pos]) + 1
	d.err = &ParseError{File: d.file, Line: line, Column: column, Element: d.element, Name: d.name, Problem: fmt.Sprintf(format, a...)}
}

// failWith is fail for a mistake that another judge found.
func (d *document) failWith(pos int, err error) {
	if d.err == nil {
		d.fail(pos, "%s", err)
		d.err.Err = err
	}
}

// read parses the whole source into a tree.
func (d *document) read(r io.Reader) *node {
	src, err := io.ReadAll(io.LimitReader(r, maxSource+1))
	d.src = src
	switch {
	case err != nil:
		d.failWith(len(src), err)
		return &node{}
	case len(src) > maxSource:
		d.fail(maxSource, "a template has at most %d bytes", maxSource)
		return &node{}
	case !utf8.Valid(src):
		d.fail(invalidAt(src), "not UTF-8: save the template as UTF-8")
		return &node{}
	}
	d.dec = json.NewDecoder(bytes.NewReader(src))
	root := d.node(0)
	if d.err == nil {
		if _, err := d.dec.Token(); err != io.EOF {
			d.fail(d.next(), "something follows the template's closing brace: remove it")
		}
	}
	return root
}

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

// next is where the next token begins.
func (d *document) next() int {
	i := int(d.dec.InputOffset())
	for i < len(d.src) && strings.IndexByte(" \t\r\n,:", d.src[i]) >= 0 {
		i++
	}
	return i
}

func (d *document) node(depth int) *node {
	n := &node{pos: d.next()}
	token, err := d.dec.Token()
	if err != nil {
		d.syntax(err)
		return n
	}
	delim, nested := token.(json.Delim)
	if !nested {
		n.value = token
		return n
	}
	if depth == maxDepth {
		d.fail(n.pos, "nested deeper than %d: a template is flat", maxDepth)
		return n
	}
	n.delim = delim
	for d.err == nil && d.dec.More() {
		m := member{pos: d.next()}
		if len(n.members) == maxMembers {
			d.fail(m.pos, "more than %d members: split the template", maxMembers)
			return n
		}
		if delim == '{' {
			key, err := d.dec.Token()
			if err != nil {
				d.syntax(err)
				return n
			}
			m.key, _ = key.(string)
			if slices.ContainsFunc(n.members, func(o member) bool { return o.key == m.key }) {
				d.fail(m.pos, "key %q stands here twice: remove one", m.key)
			}
		}
		m.node = d.node(depth + 1)
		n.members = append(n.members, m)
	}
	if d.err == nil {
		if _, err := d.dec.Token(); err != nil {
			d.syntax(err)
		}
	}
	return n
}

func (d *document) syntax(err error) {
	var syntax *json.SyntaxError
	switch {
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		d.fail(len(d.src), "the template ends in the middle: a bracket or a brace is not closed")
	case errors.As(err, &syntax):
		d.fail(max(d.next(), int(syntax.Offset)-1), "not JSON: %s", strings.TrimPrefix(syntax.Error(), "json: "))
	default:
		d.fail(d.next(), "not JSON: %s", err)
	}
}

// An object reads the members of a JSON object and remembers which, so that those nobody asked for are found.
type object struct {
	doc   *document
	node  *node
	asked []string
}

func (d *document) object(n *node, what string) *object {
	if n.delim != '{' {
		d.fail(n.pos, "%s must be an object in braces", what)
	}
	return &object{doc: d, node: n}
}

// get returns a member, or nil.
func (o *object) get(key string) *node {
	o.asked = append(o.asked, key)
	for i := range o.node.members {
		if o.node.members[i].key == key {
			return o.node.members[i].node
		}
	}
	return nil
}

// done refuses the members that nobody asked for.
func (o *object) done() {
	for _, m := range o.node.members {
		if !slices.Contains(o.asked, m.key) {
			o.doc.fail(m.pos, "unknown key %q: %s", m.key, didYouMean(m.key, o.asked, "remove it"))
		}
	}
}

// need returns a member that must be there.
func (o *object) need(key string) *node {
	n := o.get(key)
	if n == nil {
		o.doc.fail(o.node.pos, "key %q is missing here", key)
	}
	return n
}

// text reads a string, or "" when it is missing.
func (o *object) text(key string) (string, *node) {
	n := o.get(key)
	if n == nil {
		return "", nil
	}
	s, ok := n.value.(string)
	if !ok {
		o.doc.fail(n.pos, "%q must be a string in quotes", key)
	}
	return s, n
}

// needText reads a string that must be there.
func (o *object) needText(key string) (string, *node) {
	if o.need(key) == nil {
		return "", o.node
	}
	return o.text(key)
}

// flag reads a boolean, or false when it is missing.
func (o *object) flag(key string) bool {
	n := o.get(key)
	if n == nil {
		return false
	}
	b, ok := n.value.(bool)
	if !ok {
		o.doc.fail(n.pos, "%q must be true or false", key)
	}
	return b
}

// number reads a number in a range, or 0 when it is missing.
func (o *object) number(key string, low, high float64) float64 {
	n := o.get(key)
	if n == nil {
		return 0
	}
	return o.doc.number(n, key, low, high)
}

func (d *document) number(n *node, what string, low, high float64) float64 {
	f, ok := n.value.(float64)
	if !ok {
		d.fail(n.pos, "%q must be a number", what)
		return 0
	}
	if math.IsNaN(f) || f < low || f > high {
		d.fail(n.pos, "%q is %v: it must be %v to %v", what, f, low, high)
	}
	return f
}

// maxLength is the longest side of a label and the farthest place on one, in mm.
const maxLength = 10_000

// place reads where something is, in mm.
func (o *object) place(key string) float64 { return o.number(key, -maxLength, maxLength) }

// length reads a measure in mm, or 0 when it is missing.
func (o *object) length(key string) float64 { return o.number(key, 0, maxLength) }

// needLength reads a positive measure in mm that must be there.
func (o *object) needLength(key string) float64 {
	n := o.need(key)
	if n == nil {
		return 0
	}
	f := o.length(key)
	if f == 0 {
		o.doc.fail(n.pos, "%q must be a length above 0 mm", key)
	}
	return f
}

// choice reads one of some names as its index, or 0 when it is missing.
func (o *object) choice(key string, names ...string) int {
	s, n := o.text(key)
	if n == nil {
		return 0
	}
	i := slices.Index(names, s)
	if i < 0 {
		o.doc.fail(n.pos, "unknown %s %q: %s", key, s, didYouMean(s, names, "remove it"))
	}
	return max(i, 0)
}

// list reads the members of an array, or none when it is missing.
func (o *object) list(key string) []member {
	n := o.get(key)
	if n == nil {
		return nil
	}
	if n.delim != '[' {
		o.doc.fail(n.pos, "%q must be a list in brackets", key)
		return nil
	}
	return n.members
}

// inString is the offset in the source of a byte of a string that the source may have escaped.
func (d *document) inString(n *node, at int) int {
	i := n.pos + 1
	for decoded := 0; decoded < at && i < len(d.src); {
		if d.src[i] != '\\' {
			decoded++
			i++
			continue
		}
		end := i + 2
		if d.src[i+1] == 'u' {
			end = i + 6
		}
		var s string
		if json.Unmarshal([]byte(`"`+string(d.src[i:end])+`"`), &s) != nil {
			break
		}
		decoded += len(s)
		i = end
	}
	return i
}
