package label

import (
	"strconv"

	"github.com/gonameplate/nameplate/gs1"
)

// Content is what a template writes into an element: a compiled program that reads values by index, looks nothing up and cannot
// fail, since [Template.Bind] has checked all that could be wrong with the values.
type Content struct {
	Text    []Part   // the content of a text, or of a symbol that is not GS1
	Message []AIPart // the content of a GS1 symbol
}

// An AIPart is one element string of a GS1 message: an AI known since the template was parsed, and what makes its value.
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
func (c Content) Constant() bool {
	for _, p := range c.Message {
		if !constant(p.Value) {
			return false
		}
	}
	return constant(c.Text)
}

func constant(parts []Part) bool {
	for _, p := range parts {
		if p.Kind != Literal && !(p.Kind == CheckDigit && constant(p.Over)) {
			return false
		}
	}
	return true
}

// AppendText appends the content of a text, or of a symbol that is not GS1, to dst.
func (c Content) AppendText(dst []byte, v Values) []byte { return appendParts(dst, c.Text, v) }

// AppendMessage appends the element strings of a GS1 content to dst, and leaves out those whose optional fields are empty. It does
// not judge the message: see [gs1.Message.Validate].
func (c Content) AppendMessage(dst gs1.Message, v Values) gs1.Message {
	for _, p := range c.Message {
		if value := join(p.Value, v); value != "" {
			dst = append(dst, gs1.Element{AI: p.AI, Value: value})
		}
	}
	return dst
}

func appendParts(dst []byte, parts []Part, v Values) []byte {
	for i := range parts {
		dst = parts[i].Append(dst, v)
	}
	return dst
}

// join returns what parts write, without copying where that is one value as it is given.
func join(parts []Part, v Values) string {
	if len(parts) == 1 && parts[0].Kind == FieldValue {
		return v[parts[0].Field].Text
	}
	var buf [96]byte
	return string(appendParts(buf[:0], parts, v))
}

// Append appends what the part writes.
func (p *Part) Append(dst []byte, v Values) []byte {
	switch p.Kind {
	case FieldValue:
		return append(dst, v[p.Field].Text...)
	case FieldDate:
		return v[p.Field].appendDate(dst, p.Format)
	case FieldPadded:
		return appendPadded(dst, v[p.Field].Text, p.Width)
	case CheckDigit:
		begin := len(dst)
		dst = appendParts(dst, p.Over, v)
		check, _ := gs1.CheckDigit(string(dst[begin:])) // digits only: compiled so, and bound so
		return append(dst, check)
	}
	return append(dst, p.Literal...)
}

// appendDate writes a date in a format that compileField has checked; an empty optional date writes nothing.
func (v *Value) appendDate(dst []byte, format string) []byte {
	if v.Text == "" {
		return dst
	}
	for i := 0; i < len(format); {
		switch token := dateToken(format[i:]); token {
		case "YYYY":
			dst = appendNumber(dst, v.Year, 4)
			i += 4
		case "YY":
			dst = appendNumber(dst, v.Year%100, 2)
			i += 2
		case "MM":
			dst = appendNumber(dst, v.Month, 2)
			i += 2
		case "DD":
			dst = appendNumber(dst, v.Day, 2)
			i += 2
		default:
			dst = append(dst, format[i])
			i++
		}
	}
	return dst
}

// dateToken is the token of a date format that s begins with, if any.
func dateToken(s string) string {
	for _, token := range [...]string{"YYYY", "YY", "MM", "DD"} {
		if len(s) >= len(token) && s[:len(token)] == token {
			return token
		}
	}
	return ""
}

func appendNumber(dst []byte, n, width int) []byte {
	var buf [20]byte
	return appendPadded(dst, string(strconv.AppendInt(buf[:0], int64(n), 10)), width)
}

func appendPadded(dst []byte, digits string, width int) []byte {
	if digits == "" {
		return dst
	}
	for range width - len(digits) {
		dst = append(dst, '0')
	}
	return append(dst, digits...)
}
