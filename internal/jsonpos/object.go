package jsonpos

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/internal/editdistance"
)

// An Object reads the members of a JSON object and remembers which, so that Done finds those that
// nobody asked for.
type Object struct {
	Node  *Node
	doc   *Document
	asked []string
}

// Object returns the reader of a node that must be an object. What names it in messages.
func (d *Document) Object(n *Node, what string) *Object {
	if n.Delim != '{' {
		d.Fail(n.Pos, ErrValue, "", "%s is %s, want an object in braces", what, n)
	}
	return &Object{Node: n, doc: d}
}

// Fail records a mistake at a byte offset of the document unless there is one already.
func (o *Object) Fail(pos int, err error, hint, format string, a ...any) {
	o.doc.Fail(pos, err, hint, format, a...)
}

// Asked returns the keys that have been read.
func (o *Object) Asked() []string { return o.asked }

// Get returns a member, or nil.
func (o *Object) Get(key string) *Node {
	if !slices.Contains(o.asked, key) {
		o.asked = append(o.asked, key)
	}
	for i := range o.Node.Members {
		if o.Node.Members[i].Key == key {
			return o.Node.Members[i].Node
		}
	}
	return nil
}

// Need returns a member that must be there.
func (o *Object) Need(key string) *Node {
	n := o.Get(key)
	if n == nil {
		o.doc.Fail(o.Node.Pos, ErrKey, "", "key %q is missing here", key)
	}
	return n
}

// Done rejects the members that nobody asked for.
func (o *Object) Done() {
	for _, m := range o.Node.Members {
		if !slices.Contains(o.asked, m.Key) {
			o.doc.Fail(m.Pos, ErrKey, DidYouMean(m.Key, o.asked, "remove it"), "unknown key %q",
				m.Key)
		}
	}
}

// Text returns a string and its node, or "" and nil when it is missing.
func (o *Object) Text(key string) (string, *Node) {
	n := o.Get(key)
	if n == nil {
		return "", nil
	}
	s, ok := n.Value.(string)
	if !ok {
		o.doc.Fail(n.Pos, ErrValue, "", "%q is %s, want a string in quotes", key, n)
	}
	return s, n
}

// NeedText returns a string that must be there, and its node: the object's when it is missing.
func (o *Object) NeedText(key string) (string, *Node) {
	if o.Need(key) == nil {
		return "", o.Node
	}
	return o.Text(key)
}

// Flag returns a boolean, or false when it is missing.
func (o *Object) Flag(key string) bool {
	n := o.Get(key)
	if n == nil {
		return false
	}
	b, ok := n.Value.(bool)
	if !ok {
		o.doc.Fail(n.Pos, ErrValue, "", "%q is %s, want true or false", key, n)
	}
	return b
}

// Number returns a number in a range, or 0 when it is missing.
func (o *Object) Number(key string, low, high float64) float64 {
	n := o.Get(key)
	if n == nil {
		return 0
	}
	return o.doc.Number(n, key, low, high)
}

// Whole returns a whole number in a range, or 0 when it is missing.
func (o *Object) Whole(key string, low, high int) int {
	n := o.Get(key)
	if n == nil {
		return 0
	}
	f := o.doc.Number(n, key, float64(low), float64(high))
	if f != math.Trunc(f) {
		o.doc.Fail(n.Pos, ErrValue, "", "%q is %v, want a whole number", key, f)
	}
	return int(f)
}

// Number returns the number that a node must be, in a range. What names it in messages.
func (d *Document) Number(n *Node, what string, low, high float64) float64 {
	f, ok := n.Value.(float64)
	if !ok {
		d.Fail(n.Pos, ErrValue, "", "%q is %s, want a number", what, n)
		return 0
	}
	if f < low || f > high {
		d.Fail(n.Pos, ErrValue, "", "%q is %v, want %v to %v", what, f, low, high)
	}
	return f
}

// Choice returns the index of a name among those allowed, or 0 when it is missing.
func (o *Object) Choice(key string, names ...string) int {
	s, n := o.Text(key)
	if n == nil {
		return 0
	}
	i := slices.Index(names, s)
	if i < 0 {
		o.doc.Fail(n.Pos, ErrValue, DidYouMean(s, names, "remove it"), "unknown %s %q", key, s)
	}
	return max(i, 0)
}

// List returns the members of a list, or nil when it is missing.
func (o *Object) List(key string) []Member {
	n := o.Get(key)
	if n == nil {
		return nil
	}
	if n.Delim != '[' {
		o.doc.Fail(n.Pos, ErrValue, "", "%q is %s, want a list in brackets", key, n)
		return nil
	}
	return n.Members
}

// DidYouMean returns the hint for an unknown name: the nearest known one, or all of them, or other
// when none is known.
func DidYouMean(name string, names []string, other string) string {
	if len(names) == 0 {
		return other
	}
	nearest, least := "", math.MaxInt
	for _, known := range names {
		if d := editdistance.Between(name, known); d < least {
			nearest, least = known, d
		}
	}
	if least <= max(1, len(name)/3) {
		return fmt.Sprintf("did you mean %q?", nearest)
	}
	return "known are " + strings.Join(names, ", ")
}
