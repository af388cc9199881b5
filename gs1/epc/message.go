package epc

import (
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/bitfield"
)

// FromMessage returns the EPC that a message identifies: its first GS1 key with the serial, the
// extension or the lot that belongs to it. Other elements are ignored.
//
// A GTIN with a serial (21) is an SGTIN, with a third-party serial (235) a UPUI, with a lot (10)
// an LGTIN, and alone the pattern of all its SGTINs. A GTIN may have 8, 12, 13 or 14 digits. An
// extension (254) of "0" is none.
//
// prefixLength is the length of the GS1 Company Prefix, 4 to 12 digits (4 and 5 count as 6),
// which package companyprefix finds; 0 if it isn't known. Then the EPC has no EPC URI and fits
// the "+" schemes only. The error is an [*Error]: [ErrMessage], [ErrPrefixLength], [ErrLength],
// [ErrCharacter], [ErrCheckDigit] or [ErrRestricted].
func FromMessage(m gs1.Message, prefixLength int) (EPC, error) {
	k, key, serial := identify(m, noKind)
	if k == noKind {
		return EPC{}, &Error{Err: ErrMessage, Input: m.String(), Pos: -1,
			Detail: "a GS1 key, with the serial that belongs to it"}
	}
	pattern := serial < 0 && m[key].AI == "01"
	var e EPC
	if err := e.setElements(k, forms[k].name, m[key].Value, valueAt(m, serial),
		pattern); err != nil {
		return EPC{}, err
	}
	if prefixLength == 0 && !pattern {
		return e, nil
	}
	if e, err := e.WithPrefixLength(prefixLength); err != nil || !pattern {
		return e, err
	}
	e.prefix = uint8(max(prefixLength, 6))
	body := e.appendBody(nil)
	p := EPC{kind: k, stars: 1}
	copy(p.setKey(len(body)), body)
	return p, nil
}

// valueAt returns the value of element i, or "" if there is none.
func valueAt(m gs1.Message, i int) string {
	if i < 0 {
		return ""
	}
	return m[i].Value
}

// identify returns the kind that the first key of m identifies, or the first key of kind want if
// that is given, and the places of its key and serial, -1 if there is none.
func identify(m gs1.Message, want kind) (k kind, key, serial int) {
	for i := range m {
		if k, serial = kindOfKey(m, m[i].AI, want); k != noKind {
			return k, i, serial
		}
	}
	return noKind, -1, -1
}

// kindOfKey returns the kind that the key of AI ai identifies in m, and the place of its serial.
func kindOfKey(m gs1.Message, ai string, want kind) (k kind, serial int) {
	if want != noKind {
		if forms[want].ai != ai {
			return noKind, -1
		}
		return want, find(m, forms[want].serialAI)
	}
	if ai == "01" {
		for _, k := range [...]kind{sgtin, upui, lgtin} {
			if i := find(m, forms[k].serialAI); i >= 0 {
				return k, i
			}
		}
		return sgtin, -1
	}
	for k := sscc; k < numKinds; k++ {
		if f := &forms[k]; f.ai == ai && ai != "" {
			return k, find(m, f.serialAI)
		}
	}
	return noKind, -1
}

// find returns the place of the first element of AI ai, or -1.
func find(m gs1.Message, ai string) int {
	if ai == "" {
		return -1
	}
	for i := range m {
		if m[i].AI == ai {
			return i
		}
	}
	return -1
}

// setElements sets an EPC of kind k from the value of its key and that of its serial element,
// which a pattern needs not. scheme is for errors.
func (e *EPC) setElements(k kind, scheme, value, serial string, pattern bool) error {
	f := &forms[k]
	e.kind = k
	if f.serialAI == "" && f.serial != noSerial {
		n := min(len(value), int(f.size)+1)
		value, serial = value[:n], value[n:]
	}
	var err error
	if f.size == 0 {
		err = e.setVariable(scheme, value)
	} else {
		err = e.setFixed(scheme, value)
	}
	if err != nil {
		return err
	}
	if f.ai == "01" || k == itip {
		if err := restricted(scheme, e.keyText(), value); err != nil {
			return err
		}
	}
	if f.serial == noSerial || pattern {
		return nil
	}
	return e.setSerialText(scheme, serial)
}

// setFixed sets a key of fixed length from the value of its AI.
func (e *EPC) setFixed(scheme, value string) error {
	f := &forms[e.kind]
	size := int(f.size) + 1
	if f.ai == "01" && (len(value) == 8 || len(value) == 12 || len(value) == 13) {
		value = "000000"[:14-len(value)] + value
	}
	if len(value) != size {
		return e.keyFault(scheme, ErrLength, value, -1, itoa(size)+" digits")
	}
	key := e.setKey(int(f.size))
	at := int(f.check)
	copy(key, value[:at])
	copy(key[at:], value[at+1:])
	last := value[at]
	if !bitfield.AllDigits(e.text[:], int(f.size)) || last-'0' > 9 {
		return e.keyFault(scheme, ErrCharacter, value, notIn(value, digit), "digits")
	}
	if e.kind == grai && value[0] != '0' {
		return e.keyFault(scheme, ErrCharacter, value, 0, "a zero in front of the GRAI")
	}
	if want := e.checkDigit(); last != want {
		return e.keyFault(scheme, ErrCheckDigit, value, at, "check digit "+string(want))
	}
	return nil
}

func (e *EPC) keyFault(scheme string, err error, value string, pos int, want string) error {
	return &Error{Err: err, Scheme: scheme, Field: "AI (" + forms[e.kind].ai + ")", Input: value,
		Pos:    pos,
		Detail: want}
}

// setVariable sets a key of variable length from the value of its AI.
func (e *EPC) setVariable(scheme, value string) error {
	f := &forms[e.kind]
	switch i := notIn(value, f.set); {
	case i >= 0:
		return e.keyFault(scheme, ErrCharacter, value, i, "a character of the AI's alphabet")
	case len(value) > int(f.longest):
		return e.keyFault(scheme, ErrLength, value, -1, "at most "+itoa(f.longest)+" characters")
	case len(value) < 5 || notIn(value[:4], digit) >= 0:
		return e.keyFault(scheme, ErrLength, value, -1,
			"a GS1 Company Prefix, then the "+f.reference)
	}
	copy(e.setKey(len(value)), value)
	return nil
}

// setSerialText sets the serial.
func (e *EPC) setSerialText(scheme, serial string) error {
	f := &forms[e.kind]
	if f.serial == maySerial && (serial == "" || serial == "0") {
		return nil
	}
	fault := func(err error, pos int, want string) error {
		return &Error{Err: err, Scheme: scheme, Field: f.number, Input: serial, Pos: pos,
			Detail: want}
	}
	switch i := notIn(serial, f.serialSet); {
	case serial == "":
		detail := "a " + f.number
		if f.serialAI != "" {
			detail += " (" + f.serialAI + ")"
		}
		return fault(ErrMessage, -1, detail)
	case i >= 0:
		return fault(ErrCharacter, i, alphabetName(f.serialSet))
	case len(serial) > int(f.serialMax):
		return fault(ErrLength, -1, "at most "+itoa(f.serialMax)+" characters")
	case e.kind == cpi && len(serial) > 1 && serial[0] == '0':
		return fault(ErrRange, 0, "no leading zero")
	}
	copy(e.setSerial(len(serial)), serial)
	return nil
}

// alphabetName describes an alphabet in errors.
func alphabetName(set uint8) string {
	switch set {
	case digit:
		return "digits"
	case set39:
		return "a character of GS1 set 39"
	}
	return "a character of GS1 set 82"
}

// A reservation is a range of numbers that identify nothing for everybody.
type reservation struct{ prefix, what string }

// reservations are the beginnings of GTIN-13s that may not be made EPCs (TDS 2.3, 7.3; GS1 General
// Specifications, 1.4).
var reservations = [...]reservation{
	{"02", "restricted circulation within a region"},
	{"04", "restricted circulation within a company"},
	{"05", "coupons"},
	{"2", "restricted circulation within a region"},
	{"980", "refund receipts"},
	{"981", "coupons"}, {"982", "coupons"}, {"983", "coupons"}, {"984", "coupons"},
	{"99", "coupons"},
	{"000000", "restricted circulation within a company (RCN-8)"},
	{"000002", "restricted circulation within a company (RCN-8)"},
}

// reserved returns what the GTIN with that key (13 digits without check digit) is reserved for,
// or "".
func reserved(key []byte) string {
	switch {
	case key[1] == '0' && (key[2] == '2' || key[2] == '4' || key[2] == '5' ||
		key[2] == '0'), key[1] == '2', key[1] == '9':
		text := string(key[1:])
		for _, r := range reservations {
			if strings.HasPrefix(text, r.prefix) {
				return r.what
			}
		}
	}
	return ""
}

// restricted returns an error if a GTIN is reserved.
func restricted(scheme string, key []byte, value string) error {
	what := reserved(key)
	if what == "" {
		return nil
	}
	return &Error{Err: ErrRestricted, Scheme: scheme, Field: "GTIN", Input: value, Pos: -1,
		Detail: "a GTIN that identifies the item everywhere; this one is for " + what,
		Hint:   "give the item a GTIN of its maker"}
}
