package template

import (
	"errors"
	"fmt"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/internal/jsonpos"
)

// What can be wrong with a template; errors.Is finds these in a [*ParseError].
var (
	ErrSyntax     = jsonpos.ErrSyntax // it is not a JSON document, or too large
	ErrKey        = jsonpos.ErrKey    // a key is unknown, missing or repeated
	ErrValue      = jsonpos.ErrValue  // a value has the wrong type or is out of range
	ErrExpression = errors.New("invalid expression or path data")
)

// A ParseError describes the first mistake of a template and its place.
type ParseError struct {
	// ErrSyntax, ErrKey, ErrValue, ErrExpression, or an error such as *label.FitError
	Err          error
	Input        string // the line of the file, shortened
	Pos          int    // byte offset in the file, after a byte order mark
	Detail       string // what was found and what was expected
	Hint         string // what to do; may be empty
	File         string // as given to ParseFS; empty from Parse
	Line, Column int    // of Pos, from 1; columns count characters
	Element      int    // index among the elements, from 0; -1 outside them
	Name         string // the element's name
}

// Error returns one line, such as
// `template: udi.json:3:7: element 1 (lot): unknown key "algin"; did you mean "align"?`.
func (e *ParseError) Error() string {
	text := fmt.Sprintf("template: line %d, column %d: ", e.Line, e.Column)
	if e.File != "" {
		text = fmt.Sprintf("template: %s:%d:%d: ", e.File, e.Line, e.Column)
	}
	if e.Element >= 0 {
		text += errtext.Element(e.Element, e.Name) + ": "
	}
	text += e.Detail
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unwrap returns Err.
func (e *ParseError) Unwrap() error { return e.Err }

// failure makes the document's mistake one of the template.
func (p *parser) failure(e *jsonpos.Error, file string) error {
	return &ParseError{
		Err: e.Err, Input: e.Input, Pos: e.Pos, Detail: e.Detail, Hint: e.Hint,
		File: file, Line: e.Line, Column: e.Column, Element: p.element, Name: p.name,
	}
}

// failWith records a mistake that another package found.
func (p *parser) failWith(pos int, err error) { p.Fail(pos, err, "", "%s", errtext.Inner(err)) }

// What can be wrong with data; errors.Is finds these in a [*DataError].
var (
	ErrMissing = errors.New("a field has no value")
	ErrUnknown = errors.New("the template has no such field")
	ErrInvalid = errors.New("not a value of the field")
)

// A DataError describes data that a template does not accept.
type DataError struct {
	Err    error  // ErrMissing, ErrUnknown, ErrInvalid, or a *gs1.Error
	Field  string // the field's name
	Input  string // its value
	Detail string // what was found and what was expected
	Hint   string // what to do; may be empty
}

// Error returns one line, such as `template: field "lot": no value; …`.
func (e *DataError) Error() string {
	text := fmt.Sprintf("template: field %q: %s", e.Field, e.Detail)
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unwrap returns Err.
func (e *DataError) Unwrap() error { return e.Err }
