package label

import "github.com/gonameplate/nameplate/gs1"

// Content is what a template writes into an element: a compiled program that reads values by index and looks nothing up.
type Content struct {
	Text    []Part   // the content of a text, or of a symbol that is not GS1
	Message []AIPart // the content of a GS1 symbol
}

// An AIPart is one element string of a GS1 message: an AI known when the template is parsed, and what makes its value.
type AIPart struct {
	AI    string
	Value []Part
}

// A Part is one piece of content. The kind says which of its members it uses.
type Part struct {
	Kind    PartKind
	Literal string // Literal: the text
	Field   int    // FieldValue, FieldDate, FieldPadded: index of the field
	Format  string // FieldDate: such as YYMMDD
	Width   int    // FieldPadded: the number of digits
	Over    []Part // CheckDigit: the digits that it follows
}

// A PartKind is what a part of content does.
type PartKind uint8

// The kinds of parts.
const (
	Literal     PartKind = iota // writes its text
	FieldValue                  // writes a field's value as it is given
	FieldDate                   // writes a date in a format of YYYY, YY, MM and DD
	FieldPadded                 // writes a number with leading zeros
	CheckDigit                  // writes digits and their GS1 check digit (GS1 General Specifications, 7.9.1)
)

// Constant reports whether no field has a part in the content.
func (c Content) Constant() bool { panic("todo") }

// AppendText appends the content of a text to dst.
func (c Content) AppendText(dst []byte, v Values) ([]byte, error) { panic("todo") }

// AppendMessage appends the element strings of a GS1 content to dst, without judging the message.
func (c Content) AppendMessage(dst gs1.Message, v Values) (gs1.Message, error) { panic("todo") }

// Append appends what the part writes.
func (p Part) Append(dst []byte, v Values) ([]byte, error) { panic("todo") }
