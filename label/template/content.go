package template

import (
	"strconv"

	"github.com/gonameplate/nameplate/gs1"
)

// content is what a template writes into an element: a compiled program that reads values by index,
// looks nothing up and cannot fail, since bind has checked the values.
type content struct {
	text    []part   // of a text, or of a symbol that does not carry GS1 data
	message []aiPart // of a GS1 symbol
}

// An aiPart is one element string of a GS1 message: an AI known since the template was parsed, and
// what makes its value.
type aiPart struct {
	ai    string
	value []part
}

// A part is one piece of content. Its kind decides which of its members it uses.
type part struct {
	kind   partKind
	text   string // literal
	field  int    // fieldValue, fieldDate, fieldPadded: index of the field
	format string // fieldDate: such as YYMMDD
	width  int    // fieldPadded: the number of digits
	over   []part // checkDigit: the digits that it follows
}

// A partKind is what a part of content does.
type partKind uint8

const (
	literal     partKind = iota // writes its text
	fieldValue                  // writes a field's value as it is given
	fieldDate                   // writes a date in a format of YYYY, YY, MM and DD
	fieldPadded                 // writes a number with leading zeros
	checkDigit                  // writes digits and their GS1 check digit (GenSpecs 7.9.1)
)

// constant reports whether no field has a part in the content.
func (c *content) constant() bool {
	for i := range c.message {
		if !constant(c.message[i].value) {
			return false
		}
	}
	return constant(c.text)
}

func constant(parts []part) bool {
	for i := range parts {
		p := &parts[i]
		if p.kind != literal && !(p.kind == checkDigit && constant(p.over)) {
			return false
		}
	}
	return true
}

// appendMessage appends the element strings of a GS1 content, without those whose optional fields
// are empty. It does not validate the message.
func (c *content) appendMessage(dst gs1.Message, v []value) gs1.Message {
	for i := range c.message {
		p := &c.message[i]
		if value := join(p.value, v); value != "" {
			dst = append(dst, gs1.Element{AI: p.ai, Value: value})
		}
	}
	return dst
}

func appendParts(dst []byte, parts []part, v []value) []byte {
	for i := range parts {
		dst = parts[i].append(dst, v)
	}
	return dst
}

// join returns what parts write, without a copy where that is one value as it is given.
func join(parts []part, v []value) string {
	if len(parts) == 1 && parts[0].kind == fieldValue {
		return v[parts[0].field].text
	}
	var buf [96]byte
	return string(appendParts(buf[:0], parts, v))
}

// append appends what the part writes.
func (p *part) append(dst []byte, v []value) []byte {
	switch p.kind {
	case fieldValue:
		return append(dst, v[p.field].text...)
	case fieldDate:
		return v[p.field].appendDate(dst, p.format)
	case fieldPadded:
		return appendPadded(dst, v[p.field].text, p.width)
	case checkDigit:
		begin := len(dst)
		dst = appendParts(dst, p.over, v)
		check, _ := gs1.CheckDigit(string(dst[begin:])) // digits only: compiled so, and bound so
		return append(dst, check)
	}
	return append(dst, p.text...)
}

// appendDate appends a date in a format that the compiler has checked; of an empty optional date,
// nothing.
func (v *value) appendDate(dst []byte, format string) []byte {
	if v.text == "" {
		return dst
	}
	for i := 0; i < len(format); {
		switch token := dateToken(format[i:]); token {
		case "YYYY":
			dst = appendNumber(dst, v.year, 4)
			i += 4
		case "YY":
			dst = appendNumber(dst, v.year%100, 2)
			i += 2
		case "MM":
			dst = appendNumber(dst, v.month, 2)
			i += 2
		case "DD":
			dst = appendNumber(dst, v.day, 2)
			i += 2
		default:
			dst = append(dst, format[i])
			i++
		}
	}
	return dst
}

// dateToken returns the token of a date format that s begins with, if any.
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
