package epc

import "github.com/gonameplate/nameplate/internal/bitfield"

// putGeneral writes a GID-96: general manager number of 28 bits, object class of 24, serial of 36
// (TDS 2.3, 14.6.13).
func (t *Tag) putGeneral(w *writer) {
	key := t.EPC.keyText()
	dot := 0
	for key[dot] != '.' {
		dot++
	}
	manager, _ := bitfield.Number(key[:dot])
	class, _ := bitfield.Number(key[dot+1:])
	serial, _ := bitfield.Number(t.EPC.serialText())
	w.Put(manager, 28)
	w.Put(class, 24)
	w.Put(serial, 36)
}

func takeGeneral(r *reader, e *EPC) {
	e.kind = gid
	manager, class, serial := r.Take(28), r.Take(24), r.Take(36)
	n := bitfield.DigitsIn(manager)
	m := bitfield.DigitsIn(class)
	key := e.setKey(n + 1 + m)
	bitfield.PutDigits(key[:n], manager)
	key[n] = '.'
	bitfield.PutDigits(key[n+1:], class)
	e.setSerialNumber(serial)
}

// putDefense writes a USDOD-96: six characters of 8 bits, the first a space for a CAGE code, and
// a serial of 36 bits (TDS 2.3, 14.6.14).
func (t *Tag) putDefense(w *writer) {
	key := t.EPC.keyText()
	if len(key) == 5 {
		w.Put(' ', 8)
	}
	for _, c := range key {
		w.Put(uint64(c), 8)
	}
	serial, _ := bitfield.Number(t.EPC.serialText())
	w.Put(serial, 36)
}

func takeDefense(r *reader, e *EPC) *fault {
	e.kind = usdod
	n := 0
	for i := range 6 {
		c := byte(r.Take(8))
		if i == 0 && c == ' ' {
			continue
		}
		if alphabet[c]&cageSet == 0 {
			return badEntity(c)
		}
		e.text[n] = c
		n++
	}
	e.setKey(n)
	serial := r.Take(36)
	e.setSerialNumber(serial)
	return nil
}

func badEntity(c byte) *fault {
	return &fault{ErrCharacter, "CAGE code or DoDAAC", string(rune(c)),
		"digits and letters other than I and O"}
}

// putAerospace writes an ADI-var: six characters of 6 bits, the first a space for a CAGE code,
// then the part number and the serial, each with a terminator (TDS 2.3, 14.6.15).
func (t *Tag) putAerospace(w *writer) {
	key := t.EPC.keyText()
	dot := 5
	if key[5] != '.' {
		dot = 6
	} else {
		w.Put(' ', 6)
	}
	for _, c := range key[:dot] {
		w.Put(uint64(c&0x3F), 6)
	}
	putSixBits(w, key[dot+1:])
	putSixBits(w, t.EPC.serialText())
}

func takeAerospace(r *reader, e *EPC) *fault {
	e.kind = adi
	n := 0
	for i := range 6 {
		c := byte(r.Take(6))
		if i == 0 && c == ' ' {
			continue
		}
		if c < 0x20 {
			c |= 0x40
		}
		if alphabet[c]&cageSet == 0 {
			return badEntity(c)
		}
		e.text[n] = c
		n++
	}
	e.text[n] = '.'
	n++
	m, wrong := takeSixBits(r, e.text[n:], "part number", 32, partSet)
	if wrong != nil {
		return wrong
	}
	e.setKey(n + m)
	m, wrong = takeSixBits(r, e.text[e.key:], "serial", 30, set39)
	if wrong != nil {
		return wrong
	}
	switch serial := e.setSerial(m); {
	case m == 0:
		return &fault{ErrLength, "serial", "", "at least one character"}
	case hashInside(serial) >= 0:
		return &fault{ErrCharacter, "serial", string(serial),
			"# as its first character only, and another one after it"}
	}
	return nil
}
