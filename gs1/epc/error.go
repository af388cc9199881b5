package epc

import (
	"errors"
	"strconv"
)

// The classes of errors, for errors.Is.
var (
	// ErrURI means that a text is not an EPC URI of the kind asked for.
	ErrURI = errors.New("not an EPC URI")
	// ErrScheme means that a scheme is unknown, or not one for this key.
	ErrScheme = errors.New("no such scheme")
	// ErrLength means that there are too few or too many bits, digits or characters.
	ErrLength = errors.New("wrong length")
	// ErrPadding means that bits that must be zero are not.
	ErrPadding = errors.New("padding is not zero")
	// ErrRange means that a number is outside the range of its field.
	ErrRange = errors.New("out of range")
	// ErrCharacter means that a character doesn't belong to the field's alphabet.
	ErrCharacter = errors.New("character not allowed")
	// ErrCheckDigit means that a GS1 check digit is wrong.
	ErrCheckDigit = errors.New("wrong check digit")
	// ErrPrefixLength means that the length of the GS1 Company Prefix is needed and not known,
	// or not possible.
	ErrPrefixLength = errors.New("length of the GS1 Company Prefix")
	// ErrRestricted means that a GTIN is a restricted circulation, coupon or refund receipt number,
	// which identifies nothing outside its region, company or campaign.
	ErrRestricted = errors.New("number of restricted circulation")
	// ErrMessage means that a message lacks what the scheme identifies, has more than the scheme
	// carries, or that there is no message for an EPC.
	ErrMessage = errors.New("message and scheme don't match")
	// ErrRepeated means that an AI occurs twice.
	ErrRepeated = errors.New("AI repeated")
	// ErrHost means that a hostname can't be encoded or isn't one.
	ErrHost = errors.New("not a hostname")
	// ErrBlank means that bits are all zeros, as in a tag that has never been written.
	ErrBlank = errors.New("blank tag")
	// ErrTID means that bits are those of a TID memory bank, which names the chip and not what the
	// tag is on, or for DecodeTID that they are not.
	ErrTID = errors.New("TID memory")
	// ErrPC means that bits begin with a protocol control word, or that such a word is wrong.
	ErrPC = errors.New("protocol control word")
)

// An Error describes what is wrong with an EPC, where, and what to do.
type Error struct {
	Err    error  // the class, one of the sentinels of this package
	Scheme string // the scheme concerned, such as "sgtin-96", or ""
	Field  string // the field concerned, such as "serial", or ""
	Input  string // the field's value, or what was parsed; bits in hexadecimal
	Pos    int    // where the fault is in Input, in bytes from 0, or -1
	Detail string // what was found, or what was expected
	Hint   string // what to do about it, or ""
}

// Error returns the message in one line: the place, what was found, what was expected and a hint.
func (e *Error) Error() string {
	text := "epc: "
	if e.Scheme != "" {
		text += e.Scheme + ": "
	}
	if e.Field != "" {
		text += e.Field + ": "
	}
	text += e.Err.Error()
	if e.Input != "" {
		text += ": " + strconv.QuoteToASCII(shorten(e.Input))
		if e.Pos >= 0 {
			text += ", at character " + strconv.Itoa(e.Pos+1)
		}
	}
	if e.Detail != "" {
		text += ", want " + e.Detail
	}
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Unwrap returns the class.
func (e *Error) Unwrap() error { return e.Err }

// shorten keeps a message readable when a whole file was given for an EPC.
func shorten(s string) string {
	const most = 100
	if len(s) <= most {
		return s
	}
	return s[:most] + "…"
}

// utoa returns the decimal digits of n.
func utoa(n uint64) string { return strconv.FormatUint(n, 10) }

// itoa is strconv.Itoa.
func itoa[T int | uint8](n T) string { return strconv.Itoa(int(n)) }

const upperHex = "0123456789ABCDEF"

// hexOf returns bits in hexadecimal.
func hexOf(bits []byte) string {
	if len(bits) > 60 {
		bits = bits[:60]
	}
	text := make([]byte, 0, 2*len(bits))
	for _, b := range bits {
		text = append(text, upperHex[b>>4], upperHex[b&15])
	}
	return string(text)
}
