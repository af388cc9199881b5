package epc

import (
	"encoding/binary"

	"github.com/gonameplate/nameplate/internal/bitfield"
)

// The schemes with a partition value (TDS 2.3, 14.3 and 14.6.1 to 14.6.12): header, filter value,
// partition, company prefix, reference, serial.

// misfit is the error of a value that a scheme can't carry.
func misfit(sch *scheme, err error, field string, value []byte, pos int, want string) error {
	e := &Error{Err: err, Scheme: sch.name, Field: field, Input: string(value), Pos: pos,
		Detail: want}
	if sch.longer != "" {
		e.Hint = "the scheme " + sch.longer + " takes it"
	}
	return e
}

// putClassic writes what follows the filter value.
func putClassic(w *writer, sch *scheme, e *EPC) error {
	f := &forms[e.kind]
	partition := 12 - int(e.prefix)
	w.Put(uint64(partition), 3)
	n := int(e.prefix)
	first := int(f.first)
	w.Put(bitfield.NumberAt(e.text[first:], n), int(prefixBits[partition]))
	room := int(sch.key) - int(prefixBits[partition])
	if f.size == 0 {
		return putVariable(w, sch, e, e.keyText()[n:], room)
	}
	rest := int(f.end) - first - n
	ref := bitfield.NumberAt(e.text[first+n:], rest)
	if f.lead {
		ref += uint64(e.text[0]-'0') * bitfield.Powers[rest]
	}
	w.Put(ref, room)
	if e.kind == itip {
		w.Put(bitfield.NumberAt(e.text[13:], 2), 7)
		w.Put(bitfield.NumberAt(e.text[15:], 2), 7)
	}
	return putTail(w, sch, e)
}

// putTail writes the serial of a key of fixed length.
func putTail(w *writer, sch *scheme, e *EPC) error {
	f := &forms[e.kind]
	serial := e.serialText()
	if f.serial == maySerial && len(serial) == 0 {
		serial = []byte{'0'}
	}
	switch sch.coding {
	case noTail:
		w.Skip(int(sch.size) - w.Size())
		return nil
	case integerTail:
		return putInteger(w, sch, f.number, serial, int(sch.tail), limitOf(sch))
	case markedTail:
		v, _ := bitfield.Number(serial) // at most 12 digits
		w.Put(bitfield.Powers[len(serial)]+v, int(sch.tail))
		return nil
	}
	putText(w, serial, int(sch.tail))
	return nil
}

// limitOf returns the largest serial of a scheme with an integer serial.
func limitOf(sch *scheme) uint64 {
	if sch.tail == 58 {
		return 1e17 - 1 // GDTI-113: 17 digits
	}
	return 1<<sch.tail - 1
}

// putInteger writes digits without leading zeros as an integer of size bits.
func putInteger(w *writer, sch *scheme, field string, digits []byte, size int, most uint64) error {
	if i := notIn(digits, digit); i >= 0 {
		return misfit(sch, ErrCharacter, field, digits, i, "digits")
	}
	if len(digits) > 1 && digits[0] == '0' {
		return misfit(sch, ErrRange, field, digits, 0, "no leading zero")
	}
	v, _ := bitfield.Number(digits)
	if len(digits) > 19 || v > most {
		return misfit(sch, ErrRange, field, digits, -1, "at most "+utoa(most))
	}
	w.Put(v, size)
	return nil
}

// putText writes characters of 7 bits, then zeros up to size bits.
func putText(w *writer, text []byte, size int) {
	for _, c := range text {
		w.Put(uint64(c), 7)
	}
	w.Skip(size - 7*len(text))
}

// putVariable writes the reference of a key of variable length, for which there are room bits,
// and the serial.
func putVariable(w *writer, sch *scheme, e *EPC, ref []byte, room int) error {
	f := &forms[e.kind]
	switch sch.coding {
	case assetTail:
		return putInteger(w, sch, f.reference, ref, room, 1<<room-1)
	case assetText:
		if len(ref) > room/7 {
			return misfit(sch, ErrLength, f.reference, ref, -1,
				"at most "+itoa(room/7)+" characters")
		}
		putText(w, ref, room)
		return nil
	case partTail:
		digits := 15 - int(e.prefix)
		if err := putInteger(w, sch, f.reference, ref, room,
			bitfield.Powers[digits]-1); err != nil {
			return err
		}
		return putInteger(w, sch, f.number, e.serialText(), 31, 1<<31-1)
	}
	putSixBits(w, ref)
	serial, _ := bitfield.Number(e.serialText())
	w.Put(serial, 40)
	return nil
}

// putSixBits writes characters of 6 bits and a terminator.
func putSixBits(w *writer, text []byte) {
	for _, c := range text {
		w.Put(uint64(c&0x3F), 6)
	}
	w.Put(0, 6)
}

// A fault is what is wrong with bits, before it becomes an [Error].
type fault struct {
	err          error
	field, found string
	want         string
}

// takeClassic reads what follows the filter value.
func takeClassic(r *reader, sch *scheme, e *EPC) *fault {
	f := &forms[sch.kind]
	e.kind = sch.kind
	partition := int(r.Take(3))
	if partition > 6 {
		return &fault{ErrRange, "partition", "7", "0 to 6"}
	}
	n := 12 - partition
	e.prefix = uint8(n)
	size := int(prefixBits[partition])
	prefix := r.Take(size)
	if f.size > 0 {
		if wrong := e.setParts(f, n, prefix, r.Take(int(sch.key)-size)); wrong != nil {
			return wrong
		}
	} else {
		if prefix >= bitfield.Powers[n] {
			return &fault{ErrRange, "company prefix", utoa(prefix), "at most " + itoa(n) +
				" digits"}
		}
		bitfield.WriteDigits(e.text[:], prefix, n)
		return takeVariable(r, sch, e, n, int(sch.key)-size)
	}
	key := e.keyText()
	if sch.kind == itip {
		piece, total := r.Take(7), r.Take(7)
		if piece > 99 || total > 99 {
			return &fault{ErrRange, "piece or total", utoa(max(piece, total)), "at most 99"}
		}
		bitfield.PutDigits(key[13:15], piece)
		bitfield.PutDigits(key[15:17], total)
	}
	return takeTail(r, sch, e)
}

// setParts sets a key of fixed length from a company prefix of n digits and a reference.
func (e *EPC) setParts(f *form, n int, prefix, ref uint64) *fault {
	width := int(f.end-f.first) - n
	if f.lead {
		width++
	}
	if prefix >= bitfield.Powers[n] {
		return &fault{ErrRange, "company prefix", utoa(prefix), "at most " + itoa(n) + " digits"}
	}
	if ref >= bitfield.Powers[width] {
		return &fault{ErrRange, f.reference, utoa(ref), "at most " + itoa(width) + " digits"}
	}
	if f.lead {
		width--
		lead := bitfield.Divide(ref, width)
		ref += lead * (bitfield.Powers[f.end-1] - bitfield.Powers[width])
	}
	e.key = f.size
	bitfield.WriteDigits(e.text[:], prefix*bitfield.Powers[width]+ref, int(f.end))
	return nil
}

// takeShort is takeClassic for the schemes of 96 bits whose key has a fixed length and whose
// serial, if any, is an integer. bits begins with the header.
func takeShort(bits []byte, sch *scheme, e *EPC) *fault {
	f := &forms[sch.kind]
	high, low := binary.BigEndian.Uint64(bits), binary.BigEndian.Uint64(bits[8:])
	partition := int(high >> 50 & 7)
	if partition > 6 {
		return &fault{ErrRange, "partition", "7", "0 to 6"}
	}
	e.kind = sch.kind
	e.prefix = uint8(12 - partition)
	size := prefixBits[partition] & 63
	rest := high<<14 | low>>50
	wrong := e.setParts(f, 12-partition, rest>>(64-size&63), rest<<size>>((64-sch.key+size)&63))
	if wrong != nil {
		return wrong
	}
	tail := high<<32 | low>>32
	if sch.coding == noTail {
		if tail<<40 != 0 {
			return &fault{ErrPadding, "", "", "zeros after the key"}
		}
		return nil
	}
	tail = tail << (64 - sch.tail&63) >> (64 - sch.tail&63)
	if tail > 0 || f.serial != maySerial {
		e.setSerialNumber(tail)
	}
	return nil
}

// takeTail reads the serial of a key of fixed length.
func takeTail(r *reader, sch *scheme, e *EPC) *fault {
	f := &forms[sch.kind]
	switch sch.coding {
	case noTail:
		if !r.Zeros(int(sch.size) - r.Pos) {
			return &fault{ErrPadding, "", "", "zeros after the key"}
		}
	case integerTail:
		v := r.TakeLong(int(sch.tail))
		if v > limitOf(sch) {
			return &fault{ErrRange, f.number, utoa(v), "at most " + utoa(limitOf(sch))}
		}
		if v > 0 || f.serial != maySerial {
			e.setSerialNumber(v)
		}
	case markedTail:
		v := r.Take(int(sch.tail))
		n := bitfield.DigitsIn(v) - 1
		v -= bitfield.Powers[n]
		if n == 0 || n > 12 || v >= bitfield.Powers[n] {
			return &fault{ErrRange, f.number, utoa(v + bitfield.Powers[n]),
				"the digit 1 and 1 to 12 digits of the serial"}
		}
		bitfield.PutDigits(e.setSerial(n), v)
	default:
		n, wrong := takeText(r, e.text[e.key:], f.number, int(sch.tail), int(f.serialMax))
		if wrong != nil {
			return wrong
		}
		if f.serial != maySerial || n != 1 || e.text[e.key] != '0' {
			e.serial = uint8(n)
		} else {
			e.text[e.key] = 0
		}
	}
	return nil
}

// takeText reads characters of 7 bits in size bits, after which zeros follow, and returns how many
// there are: 1 to most.
func takeText(r *reader, dst []byte, field string, size, most int) (int, *fault) {
	for n := 0; ; n++ {
		if size < 7*(n+1) {
			return n, endOfText(r, field, n, size-7*n)
		}
		c := byte(r.Take(7))
		if c == 0 {
			return n, endOfText(r, field, n, size-7*(n+1))
		}
		if alphabet[c]&set82 == 0 || n == most {
			return 0, badText(field, c, n, most)
		}
		dst[n] = c
	}
}

func endOfText(r *reader, field string, n, rest int) *fault {
	if n == 0 {
		return &fault{ErrLength, field, "", "at least one character"}
	}
	if !r.Zeros(rest) {
		return &fault{ErrPadding, field, "", "zeros after its end"}
	}
	return nil
}

func badText(field string, c byte, n, most int) *fault {
	if n == most {
		return &fault{ErrLength, field, "", "at most " + itoa(most) + " characters"}
	}
	return &fault{ErrCharacter, field, string(rune(c)), "a character of GS1 set 82"}
}

// takeVariable reads the reference of a key of variable length, which follows the prefix of n
// digits in room bits, and the serial.
func takeVariable(r *reader, sch *scheme, e *EPC, n, room int) *fault {
	f := &forms[sch.kind]
	ref := e.text[n:]
	switch sch.coding {
	case assetTail, partTail:
		v := r.TakeLong(room)
		m := bitfield.DigitsIn(v)
		if sch.coding == partTail && m > 15-n {
			return &fault{ErrRange, f.reference, utoa(v), "at most " + itoa(15-n) + " digits"}
		}
		bitfield.WriteDigits(ref, v, m)
		e.setKey(n + m)
		if sch.coding == assetTail {
			return nil
		}
		v = r.Take(31)
		e.setSerialNumber(v)
		return nil
	case assetText:
		m, wrong := takeText(r, ref, f.reference, room, int(f.longest)-n)
		e.setKey(n + m)
		return wrong
	}
	m, wrong := takeSixBits(r, ref, f.reference, int(f.longest)-n, set39)
	if wrong != nil {
		return wrong
	}
	if m == 0 {
		return &fault{ErrLength, f.reference, "", "at least one character"}
	}
	e.setKey(n + m)
	v := r.Take(40)
	if v >= bitfield.Powers[12] {
		return &fault{ErrRange, f.number, utoa(v), "at most 12 digits"}
	}
	e.setSerialNumber(v)
	return nil
}

// takeSixBits reads up to most characters of 6 bits and their terminator.
func takeSixBits(r *reader, dst []byte, field string, most int, set uint8) (int, *fault) {
	for n := 0; r.Left() >= 6; n++ {
		c := byte(r.Take(6))
		if c == 0 {
			return n, nil
		}
		if c < 0x20 {
			c |= 0x40
		}
		if alphabet[c]&set == 0 {
			return 0, &fault{ErrCharacter, field, string(rune(c)),
				"a character of the field's alphabet"}
		}
		if n == most {
			return 0, &fault{ErrLength, field, "", "at most " + itoa(most) + " characters"}
		}
		dst[n] = c
	}
	return 0, &fault{ErrLength, field, "", "a terminator"}
}
