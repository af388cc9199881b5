package epc

import (
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/digitallink"
	"github.com/gonameplate/nameplate/internal/bitfield"
)

// An EPC is the identity of one thing, document, place or party (TDS 2.3, clause 6), or of a
// class of trade items. EPCs can be compared with == and used as keys of a map. Two EPCs are
// equal if they have the same kind and the same key and serial and if the length of their company
// prefix is known alike; [EPC.WithPrefixLength] adds it to an EPC that comes from a tag without
// it.
//
// The zero EPC identifies nothing.
type EPC struct {
	kind   kind
	prefix uint8 // digits of the GS1 Company Prefix, 0 if that isn't known or there is none
	stars  uint8 // components of a class pattern that match anything
	key    uint8 // length of the key, which begins text
	serial uint8 // length of the serial, which follows it
	// text holds the key as the value of its AI, but without check digit, and then the serial. What
	// is no GS1 key, and a pattern, is the body of the URI up to the last dot.
	text [maxText]byte
}

// maxText is the longest key and serial: those of ADI.
const maxText = 72

// IsZero reports whether the EPC identifies nothing.
func (e EPC) IsZero() bool { return e.kind == noKind }

// Kind returns what the EPC identifies, as in its URI: "sgtin", "sscc", "lgtin" and so on, or "".
func (e EPC) Kind() string { return forms[e.kind].name }

// Prefix returns the GS1 Company Prefix, and false if its length isn't known or the EPC has none.
func (e EPC) Prefix() (string, bool) {
	if e.prefix == 0 || e.stars > 0 {
		return "", false
	}
	from := forms[e.kind].first
	return string(e.text[from : from+e.prefix]), true
}

// Serial returns the component that distinguishes things of the same key: the serial, the extension
// of a location, the lot of an LGTIN. It is "" if there is none.
func (e EPC) Serial() string { return string(e.serialText()) }

func (e *EPC) keyText() []byte { return e.text[:e.key] }

func (e *EPC) serialText() []byte { return e.text[e.key : e.key+e.serial] }

// setKey and setSerial return the room for a key, then for a serial, of n bytes.
func (e *EPC) setKey(n int) []byte {
	e.key = uint8(n)
	return e.text[:n]
}

func (e *EPC) setSerial(n int) []byte {
	e.serial = uint8(n)
	return e.text[e.key : int(e.key)+n]
}

// setSerialNumber sets a serial without leading zeros.
func (e *EPC) setSerialNumber(v uint64) {
	n := bitfield.DigitsIn(v)
	e.serial = uint8(n)
	bitfield.WriteDigits(e.text[e.key:], v, n)
}

// WithPrefixLength returns the EPC with a GS1 Company Prefix of n digits, so that its URI can be
// written. EPC URIs know prefixes of 6 to 12 digits; those of 4 and 5 digits count as 6. The
// error is an [*Error] of [ErrPrefixLength].
func (e EPC) WithPrefixLength(n int) (EPC, error) {
	if err := e.setPrefixLength(n, forms[e.kind].name); err != nil {
		return EPC{}, err
	}
	return e, nil
}

func (e *EPC) setPrefixLength(n int, scheme string) error {
	if n == 4 || n == 5 {
		n = 6
	}
	f := &forms[e.kind]
	switch {
	case f.ai == "" || e.stars > 0:
		return &Error{Err: ErrPrefixLength, Scheme: scheme, Pos: -1,
			Detail: "an EPC that has a GS1 Company Prefix"}
	case n < 6 || n > 12:
		return &Error{Err: ErrPrefixLength, Scheme: scheme, Input: itoa(n), Pos: -1,
			Detail: "6 to 12 digits (4 and 5 count as 6)"}
	}
	if f.size == 0 {
		if len(e.keyText()) <= n || notIn(e.text[:n], digit) >= 0 {
			return &Error{Err: ErrPrefixLength, Scheme: scheme, Input: string(e.keyText()),
				Pos: -1, Detail: itoa(n) + " digits, then the " + f.reference}
		}
	}
	e.prefix = uint8(n)
	return nil
}

// URI returns the pure identity URI, such as urn:epc:id:sgtin:9506000.013435.123456789
// (TDS 2.3, clause 6.3); for an LGTIN a class URI, for a pattern an identity pattern URI. Where the
// length of the company prefix isn't known there is no such URI; then URI returns the canonical GS1
// Digital Link URI, which identifies the same. It is "" for the zero EPC.
func (e EPC) URI() string { return string(e.AppendURI(nil)) }

// String returns the URI.
func (e EPC) String() string { return e.URI() }

// AppendURI appends what [EPC.URI] returns to dst.
func (e EPC) AppendURI(dst []byte) []byte {
	f := &forms[e.kind]
	switch {
	case e.kind == noKind:
		return dst
	case e.stars > 0:
		dst = append(dst, "urn:epc:idpat:"...)
	case f.ai != "" && e.prefix == 0:
		return e.appendLink(dst)
	case e.kind == lgtin:
		dst = append(dst, "urn:epc:class:"...)
	default:
		dst = append(dst, "urn:epc:id:"...)
	}
	dst = append(dst, f.name...)
	dst = append(dst, ':')
	return e.appendBody(dst)
}

// appendBody appends the components, divided by dots.
func (e *EPC) appendBody(dst []byte) []byte {
	f := &forms[e.kind]
	key := e.keyText()
	switch {
	case e.stars > 0:
		dst = append(dst, key...)
		for i := range e.stars {
			if i > 0 || len(key) > 0 {
				dst = append(dst, '.')
			}
			dst = append(dst, '*')
		}
		return dst
	case f.ai == "":
		dst = appendEscaped(dst, key)
	case f.size == 0:
		dst = append(dst, key[:e.prefix]...)
		dst = append(dst, '.')
		dst = appendEscaped(dst, key[e.prefix:])
	default:
		dst = append(dst, key[f.first:f.first+e.prefix]...)
		dst = append(dst, '.')
		if f.lead {
			dst = append(dst, key[0])
		}
		dst = append(dst, key[f.first+e.prefix:f.end]...)
		if e.kind == itip {
			dst = append(dst, '.', key[13], key[14], '.', key[15], key[16])
		}
	}
	switch {
	case e.serial > 0:
		dst = append(dst, '.')
		return appendEscaped(dst, e.serialText())
	case f.serial == maySerial:
		return append(dst, ".0"...)
	}
	return dst
}

// appendLink appends the canonical GS1 Digital Link URI, if there is one.
func (e EPC) appendLink(dst []byte) []byte {
	var room [2]gs1.Element
	m, err := e.AppendMessage(room[:0])
	if err != nil {
		return dst
	}
	dst, _ = digitallink.Parser{SkipAssociations: true}.AppendFormat(dst, "", m)
	return dst
}

// Message returns the GS1 element strings of the EPC, such as (01)09506000134352(21)123456789.
// The error is an [*Error] of [ErrMessage] for what has none: GID, USDoD, ADI, BIC and IMOVN, and
// patterns that leave more open than the serial.
func (e EPC) Message() (gs1.Message, error) {
	m, err := e.AppendMessage(make(gs1.Message, 0, 2))
	if err != nil {
		return nil, err
	}
	return m, nil
}

// AppendMessage appends what [EPC.Message] returns to dst. It allocates the text of the values,
// once. On error it returns dst as it was.
func (e EPC) AppendMessage(dst gs1.Message) (gs1.Message, error) {
	f := &forms[e.kind]
	if e.stars > 0 {
		return e.appendClass(dst)
	}
	if f.ai == "" {
		return dst, &Error{Err: ErrMessage, Scheme: f.name, Input: e.URI(), Pos: -1,
			Detail: "an EPC that is a GS1 key"}
	}
	var room [maxText + 1]byte
	text := append(room[:0], e.keyText()...)
	if f.check > 0 {
		text = append(append(text[:f.check], e.checkDigit()), e.text[f.check:e.key]...)
	}
	n := len(text)
	all := string(append(text, e.serialText()...))
	if f.serialAI == "" {
		return append(dst, gs1.Element{AI: f.ai, Value: all}), nil
	}
	dst = append(dst, gs1.Element{AI: f.ai, Value: all[:n]})
	if n < len(all) {
		dst = append(dst, gs1.Element{AI: f.serialAI, Value: all[n:]})
	}
	return dst, nil
}

// appendClass appends the element string of the class that a pattern describes.
func (e EPC) appendClass(dst gs1.Message) (gs1.Message, error) {
	f := &forms[e.kind]
	if e.stars != 1 || f.serialAI == "" || f.size == 0 {
		return dst, &Error{Err: ErrMessage, Scheme: f.name, Input: e.URI(), Pos: -1,
			Detail: "a pattern that leaves the " + f.number + " open only"}
	}
	one, err := parseBody(e.kind, string(e.keyText())+".1", 0)
	if err != nil {
		return dst, err
	}
	m, err := one.Message()
	if err != nil {
		return dst, err
	}
	return append(dst, m[0]), nil
}

// Match reports whether e, a class pattern, matches the EPC other.
func (e EPC) Match(other EPC) bool {
	if e.stars == 0 || e.kind != other.kind || other.stars > 0 {
		return false
	}
	body := string(other.appendBody(nil))
	fixed, ok := strings.CutPrefix(body, string(e.keyText()))
	return ok && (e.key == 0 || strings.HasPrefix(fixed, "."))
}

// MarshalText returns the URI.
func (e EPC) MarshalText() ([]byte, error) { return e.AppendURI(nil), nil }

// UnmarshalText reads what [ParseURI] reads, and the empty text as the zero EPC.
func (e *EPC) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*e = EPC{}
		return nil
	}
	parsed, err := ParseURI(string(text))
	if err == nil {
		*e = parsed
	}
	return err
}
