package epc

import (
	"slices"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/bitfield"
)

// The "+" and "++" schemes (TDS 2.3, 14.6.16 on): header, data toggle, filter value, for DSGTIN a
// date, the elements of the EPC as table F has them, for "++" a hostname, and then +AIDC data
// (15.3).

// dateAIs are the AIs of the dates that a DSGTIN can have, by their indicators.
var dateAIs = [...]string{"11", "13", "15", "16", "17", "7006", "7007"}

// dateOf returns the place of the date that a DSGTIN puts before its key: the first one of m.
func dateOf(sch *scheme, m gs1.Message) (int, error) {
	isDate := func(e gs1.Element) bool { return slices.Contains(dateAIs[:], e.AI) }
	day := slices.IndexFunc(m, isDate)
	if day < 0 {
		return -1, &Error{Err: ErrMessage, Scheme: sch.name, Field: "date", Input: m.String(),
			Pos: -1, Detail: "one of the AIs (11), (13), (15), (16), (17), (7006), (7007)",
			Hint: "sgtin+ needs no date"}
	}
	if len(m[day].Value) != 6 {
		return -1, &Error{Err: ErrLength, Scheme: sch.name, Field: "AI (" + m[day].AI + ")",
			Input: m[day].Value, Pos: -1, Detail: "one date YYMMDD",
			Hint: "sgtin+ carries a date range as data"}
	}
	return day, nil
}

// dataOf returns the elements of m beside the EPC, for a scheme with a date that date first.
func dataOf(sch *scheme, m gs1.Message, key, serial int) (gs1.Message, error) {
	day := -1
	if sch.date {
		var err error
		if day, err = dateOf(sch, m); err != nil {
			return nil, err
		}
	}
	if len(m) == 1 || len(m) == 2 && serial >= 0 {
		return nil, nil
	}
	data := make(gs1.Message, 0, len(m))
	if day >= 0 {
		data = append(data, m[day])
	}
	for i := range m {
		first := find(m, m[i].AI)
		switch {
		case m[first].Value != m[i].Value:
			return nil, repeated(sch, m[i])
		case first == i && i != key && i != serial && i != day:
			data = append(data, m[i])
		}
	}
	if len(data) == 0 {
		return nil, nil
	}
	return data, nil
}

// setPlus encodes t.EPC and t.Data in a "+" or "++" scheme.
func (t *Tag) setPlus(sch *scheme, filter int, host string) error {
	if err := checkFilter(sch, filter); err != nil {
		return err
	}
	t.Scheme, t.Filter, t.Host = sch.name, filter, host
	w := writer{bitfield.Writer{Buf: t.bits[:]}}
	data := t.Data
	if sch.date {
		data = data[1:]
	}
	toggle := uint64(0)
	if len(data) > 0 {
		toggle = 1
	}
	w.Put(uint64(sch.header)<<4|toggle<<3|uint64(filter), 12)
	if sch.date {
		if err := w.putDay(sch, t.Data[0]); err != nil {
			return err
		}
	}
	w.putKey(&t.EPC)
	if err := putHost(&w, sch, host); err != nil {
		return err
	}
	for _, e := range data {
		if err := w.putElement(sch, e); err != nil {
			return err
		}
	}
	t.size = w.Size()
	w.Flush()
	t.keep(w.Buf)
	return nil
}

// keep takes the bits that a writer has written, if they have outgrown the tag's own room.
func (t *Tag) keep(written []byte) {
	n, room := bitfield.Words(t.size), len(t.bits)-bitfield.Slack
	if n > room {
		t.long = make([]byte, n+bitfield.Slack)
		copy(t.long, written)
	}
	copy(t.bits[:room], written)
	clear(t.bits[room:])
}

// putDay writes the date of a DSGTIN.
func (w *writer) putDay(sch *scheme, e gs1.Element) error {
	w.Put(uint64(slices.Index(dateAIs[:], e.AI)), 4)
	return elementFault(sch, e, w.putComponent(yymmdd, e.Value, false))
}

// elementFault completes the error of an element's value.
func elementFault(sch *scheme, e gs1.Element, err *Error) error {
	if err == nil {
		return nil
	}
	err.Scheme, err.Field = sch.name, "AI ("+e.AI+")"
	return err
}

// putElement writes an element of the +AIDC data: the digits of the AI, then the value.
func (w *writer) putElement(sch *scheme, e gs1.Element) error {
	f := formatOf(e.AI)
	if f == nil {
		return &Error{Err: ErrMessage, Scheme: sch.name, Field: "AI (" + e.AI + ")", Input: e.Value,
			Pos:    -1,
			Detail: "an AI that table F of TDS 2.3 has"}
	}
	w.putDigits(e.AI)
	return elementFault(sch, e, w.putValue(f, e.Value))
}

// putKey writes the elements of an EPC.
func (w *writer) putKey(e *EPC) {
	f := &forms[e.kind]
	if f.size == 0 {
		w.putDelimited(e.keyText(), 5)
	} else {
		key := e.keyText()
		w.putBCD(key[:f.check])
		w.Put(uint64(e.checkDigit()-'0'), 4)
		w.putBCD(key[f.check:])
	}
	serial := e.serialText()
	switch {
	case f.serial == noSerial:
	case f.serialSet == digit:
		w.Put(uint64(len(serial)), 4)
		v, _ := bitfield.Number(serial)
		w.Put(v, bitfield.BitsOf(len(serial)))
	case len(serial) == 0:
		w.putAlphanumeric("0", 5)
	default:
		w.putAlphanumericBytes(serial, 5)
	}
}

// putBCD writes digits of 4 bits.
func (w *writer) putBCD(digits []byte) {
	for len(digits) > 0 {
		n := min(len(digits), 14)
		var v uint64
		for _, c := range digits[:n] {
			v = v<<4 | uint64(c-'0')
		}
		w.Put(v, 4*n)
		digits = digits[n:]
	}
}

// takePlus reads what follows the header.
func (t *Tag) takePlus(r *reader, sch *scheme) *fault {
	toggle := r.Take(1) == 1
	t.Filter = int(r.Take(3))
	if sch.date {
		if wrong := t.takeDay(r); wrong != nil {
			return wrong
		}
	}
	if wrong := takeKey(r, sch.kind, &t.EPC); wrong != nil {
		return wrong
	}
	if sch.host {
		var room [maxHost]byte
		n, wrong := takeHost(r, room[:])
		if wrong != nil {
			return wrong
		}
		t.Host = string(room[:n])
	}
	if !toggle {
		return nil
	}
	before := len(t.Data)
	for r.Left() >= 16 || !r.onlyZeros() {
		if wrong := t.takeElement(r); wrong != nil {
			return wrong
		}
	}
	if len(t.Data) == before {
		return &fault{ErrLength, "+AIDC data", "", "an element, as the data toggle announces"}
	}
	return nil
}

// onlyZeros reports whether nothing but zeros is left, and doesn't pass over them.
func (r *reader) onlyZeros() bool {
	ahead := *r
	return ahead.Zeros(ahead.Left())
}

// takeDay reads the date of a DSGTIN.
func (t *Tag) takeDay(r *reader) *fault {
	if r.Left() < 20 {
		return shortValue
	}
	kind := int(r.Take(4))
	if kind >= len(dateAIs) {
		return &fault{ErrRange, "date indicator", itoa(kind), "0 to 6"}
	}
	var room [maxValue]byte
	n, wrong := r.takeComponent(yymmdd, room[:], false)
	if wrong != nil {
		wrong.field = "date"
		return wrong
	}
	t.Data = gs1.Message{{AI: dateAIs[kind], Value: string(room[:n])}}
	return nil
}

// takeElement reads an element of the +AIDC data.
func (t *Tag) takeElement(r *reader) *fault {
	var room [maxValue]byte
	if r.Left() < 8 {
		return &fault{ErrPadding, "+AIDC data", "", "zeros after the last element"}
	}
	ai := room[:2]
	if wrong := r.takeDigits(ai, 2); wrong != nil {
		wrong.field = "AI"
		return wrong
	}
	n := int(aiDigits[pair(ai)])
	if n == 0 || r.Left() < 4*(n-2) {
		return &fault{ErrRange, "AI", string(ai), "the beginning of an AI of table F"}
	}
	ai = room[:n]
	if wrong := r.takeDigits(ai[2:], n-2); wrong != nil {
		wrong.field = "AI"
		return wrong
	}
	f := formatOf(string(ai))
	if f == nil {
		return &fault{ErrRange, "AI", string(ai), "an AI of table F"}
	}
	name := f.ai
	if name != string(ai) {
		name = string(ai)
	}
	if t.hasElement(name) {
		return &fault{ErrRepeated, "+AIDC data", name, "each AI once"}
	}
	n, wrong := r.takeValue(f, room[:])
	if wrong != nil {
		return &fault{wrong.err, "AI (" + name + ")", wrong.found, wrong.want}
	}
	t.Data = append(t.Data, gs1.Element{AI: name, Value: string(room[:n])})
	return nil
}

// hasElement reports whether ai is an AI of the EPC or of the data.
func (t *Tag) hasElement(ai string) bool {
	f := &forms[t.EPC.kind]
	return ai == f.ai || ai == f.serialAI || find(t.Data, ai) >= 0
}

// takeKey reads the elements of an EPC of kind k.
func takeKey(r *reader, k kind, e *EPC) *fault {
	f := &forms[k]
	e.kind = k
	if f.size == 0 {
		if wrong := takeVariableKey(r, f, e); wrong != nil {
			return wrong
		}
	} else if wrong := takeFixedKey(r, f, e); wrong != nil {
		return wrong
	}
	if f.serial == noSerial {
		return nil
	}
	room := e.text[e.key:]
	var n int
	var wrong *fault
	if f.serialSet == digit {
		n, wrong = r.takeSerialNumber(room, int(f.serialMax))
	} else {
		n, wrong = r.takeAlphanumeric(room, 5, int(f.serialMax))
	}
	switch {
	case wrong != nil:
		return &fault{wrong.err, f.number, wrong.found, wrong.want}
	case n == 0:
		return &fault{ErrLength, f.number, "", "at least one character"}
	case notIn(room[:n], f.serialSet) >= 0:
		return &fault{ErrCharacter, f.number, string(room[:n]), alphabetName(f.serialSet)}
	case f.serial == maySerial && n == 1 && room[0] == '0':
		room[0] = 0
		return nil
	case k == cpi && n > 1 && room[0] == '0':
		return &fault{ErrRange, f.number, string(room[:n]), "no leading zero"}
	}
	e.serial = uint8(n)
	return nil
}

// takeSerialNumber reads a number with a length indicator of 4 bits.
func (r *reader) takeSerialNumber(dst []byte, most int) (int, *fault) {
	if r.Left() < 4 {
		return 0, shortValue
	}
	n := int(r.Take(4))
	if n > most {
		return 0, &fault{ErrLength, "", itoa(n), "at most " + itoa(most) + " digits"}
	}
	if r.Left() < bitfield.BitsOf(n) {
		return 0, shortValue
	}
	if !r.TakeNumber(dst, n) {
		return 0, &fault{ErrRange, "", "", "a number of " + itoa(n) + " digits"}
	}
	return n, nil
}

// takeFixedKey reads a key of fixed length with its check digit.
func takeFixedKey(r *reader, f *form, e *EPC) *fault {
	n := int(f.size) + 1
	if r.Left() < 4*n {
		return shortValue
	}
	var room [20]byte
	for i := 0; i < n; {
		some := min(n-i, 14)
		v := r.Take(4*some) << (64 - 4*some)
		for end := i + some; i < end; i++ {
			d := byte(v >> 60)
			if d > 9 {
				return &fault{ErrCharacter, "AI (" + f.ai + ")", upperHex[d : d+1], "digits"}
			}
			room[i] = '0' + d
			v <<= 4
		}
	}
	at := int(f.check)
	key := e.setKey(n - 1)
	copy(key, room[:at])
	copy(key[at:], room[at+1:n])
	if want := e.checkDigit(); room[at] != want {
		return &fault{ErrCheckDigit, "AI (" + f.ai + ")", string(room[:n]), "check digit " +
			string(want)}
	}
	if e.kind == grai && key[0] != '0' {
		return &fault{ErrCharacter, "AI (8003)", string(room[:n]), "a zero in front"}
	}
	return nil
}

// takeVariableKey reads a key of variable length.
func takeVariableKey(r *reader, f *form, e *EPC) *fault {
	var room [maxValue]byte
	field := "AI (" + f.ai + ")"
	n, wrong := r.takeDelimited(room[:], component{how: delimited, n: f.longest, size: 5})
	if wrong != nil {
		return &fault{wrong.err, field, wrong.found, wrong.want}
	}
	key := room[:n]
	switch i := notIn(key, f.set); {
	case i >= 0:
		return &fault{ErrCharacter, field, string(key), alphabetName(f.set)}
	case n < 5 || notIn(key[:4], digit) >= 0:
		return &fault{ErrLength, field, string(key), "a GS1 Company Prefix, then the " +
			f.reference}
	}
	copy(e.setKey(n), key)
	return nil
}
