package epc

import "github.com/gonameplate/nameplate/internal/bitfield"

// A reader takes the fields of a tag.
type reader struct{ bitfield.Reader }

// Decode reads the bits of one EPC: the words from word 2 of the EPC memory bank on, as many as the
// protocol control word gives, the last one padded with zeros. Most readers report exactly this.
//
// Decode rejects what no encoder writes: unknown headers, values outside their range, characters
// outside their alphabet, wrong check digits, repeated elements, bits after the end that aren't
// zero, and surplus words. What it accepts, [Tag.Encode] returns unchanged. Zeros, a TID and a
// protocol control word in front are recognised and reported as [ErrBlank], [ErrTID] and [ErrPC].
// Other errors are an [*Error] of [ErrScheme], [ErrLength], [ErrPadding], [ErrRange],
// [ErrCharacter], [ErrCheckDigit], [ErrRepeated] or [ErrHost]. GTINs of restricted circulation
// are accepted: [Classify] reports them.
func Decode(bits []byte) (t Tag, err error) {
	if err = t.decode(bits); err != nil {
		t = Tag{}
	}
	return t, err
}

func (t *Tag) decode(bits []byte) error {
	if len(bits) < 2 {
		return &Error{Err: ErrLength, Input: hexOf(bits), Pos: -1, Detail: "whole words of 16 bits"}
	}
	sch := byHeader[bits[0]]
	if sch == nil {
		return unknownHeader(bits)
	}
	if sch.short && len(bits) == 12 {
		return t.decodeShort(bits, sch)
	}
	if len(bits)%2 != 0 || sch.size > 0 && len(bits) != bitfield.Words(int(sch.size)) {
		return wrongLength(sch, bits)
	}
	if len(bits) <= len(t.bits)-bitfield.Slack {
		copy(t.bits[:], bits)
	} else {
		t.long = make([]byte, len(bits)+bitfield.Slack)
		copy(t.long, bits)
		copy(t.bits[:len(t.bits)-bitfield.Slack], bits)
	}
	r := reader{bitfield.Reader{Buf: t.buffer(), Pos: 8, Size: 8 * len(bits)}}
	var wrong *fault
	switch {
	case sch.layout == plus:
		wrong = t.takePlus(&r, sch)
	default:
		t.Filter = int(r.Take(int(sch.filter)))
		switch sch.layout {
		case classic:
			wrong = takeClassic(&r, sch, &t.EPC)
		case general:
			takeGeneral(&r, &t.EPC)
		case defense:
			wrong = takeDefense(&r, &t.EPC)
		case aerospace:
			wrong = takeAerospace(&r, &t.EPC)
		}
	}
	if wrong != nil {
		return t.failure(sch, bits, wrong)
	}
	t.Scheme = sch.name
	t.size = r.Pos
	return t.checkEnd(&r, sch, bits)
}

// decodeShort decodes 12 bytes of a scheme that takeShort reads.
func (t *Tag) decodeShort(bits []byte, sch *scheme) error {
	copy(t.bits[:12], bits[:12])
	t.Filter = int(bits[1] >> 5)
	if wrong := takeShort(t.bits[:16], sch, &t.EPC); wrong != nil {
		return t.failure(sch, bits, wrong)
	}
	t.Scheme = sch.name
	t.size = 96
	return nil
}

// checkEnd checks what follows the EPC: nothing but zeros that fill the last word.
func (t *Tag) checkEnd(r *reader, sch *scheme, bits []byte) error {
	switch left := r.Left(); {
	case left < 0:
		return wrongLength(sch, bits)
	case left >= 16:
		return t.failure(sch, bits, &fault{ErrLength, "", "", itoa(bitfield.Words(r.Pos)/2) +
			" words"})
	case left > 0 && r.Take(left) != 0:
		return t.failure(sch, bits, &fault{ErrPadding, "", "", "zeros after bit " +
			itoa(r.Pos-left)})
	}
	return nil
}

// failure makes an error of what is wrong with bits. Where the bits after their first word are an
// EPC, the first word is a protocol control word.
func (t *Tag) failure(sch *scheme, bits []byte, wrong *fault) error {
	if err := afterPC(bits); err != nil {
		return err
	}
	e := &Error{Err: wrong.err, Scheme: sch.name, Field: wrong.field, Input: wrong.found, Pos: -1,
		Detail: wrong.want}
	if e.Input == "" {
		e.Input = hexOf(bits)
	}
	return e
}

func wrongLength(sch *scheme, bits []byte) error {
	if err := afterPC(bits); err != nil {
		return err
	}
	want := "whole words of 16 bits, as many as the fields need"
	if sch.size > 0 {
		want = itoa(bitfield.Words(int(sch.size))) + " bytes"
	}
	return &Error{Err: ErrLength, Scheme: sch.name, Input: hexOf(bits), Pos: -1,
		Detail: want + " (there are " + itoa(len(bits)) + ")"}
}

// afterPC returns an error if bits are a protocol control word and an EPC of the length that it
// gives.
func afterPC(bits []byte) error {
	if len(bits) > 4 && BankCRC(bits) {
		return &Error{Err: ErrPC, Input: hexOf(bits), Pos: 0, Detail: "an EPC",
			Hint: "these are a CRC, a protocol control word and an EPC: use DecodeBank"}
	}
	if len(bits) < 4 || PC(bits[0])<<8>>11 != PC(len(bits)/2-1) || byHeader[bits[2]] == nil {
		return nil
	}
	var inner Tag
	if inner.decode(bits[2:]) != nil {
		return nil
	}
	return &Error{Err: ErrPC, Input: hexOf(bits), Pos: 0, Detail: "an EPC",
		Hint: "the first word gives the length of the EPC that follows: leave it out"}
}

// unknownHeader returns the error of bits whose header no scheme has.
func unknownHeader(bits []byte) error {
	zero := true
	for _, b := range bits {
		zero = zero && b == 0
	}
	input := hexOf(bits)
	switch {
	case zero:
		return &Error{Err: ErrBlank, Input: input, Pos: -1, Detail: "an EPC",
			Hint: "write the tag first"}
	case bits[0] == 0xE2 || bits[0] == 0xE0:
		return &Error{Err: ErrTID, Input: input, Pos: -1, Detail: "an EPC",
			Hint: "read memory bank 1 from word 2 on instead of bank 2"}
	}
	if err := afterPC(bits); err != nil {
		return err
	}
	hint := ""
	if bits[0] == 0 {
		hint = "header 00 is that of a tag that hasn't been written"
	}
	return &Error{Err: ErrScheme, Input: input, Pos: -1,
		Detail: "a header of TDS 2.3 (found " + hexOf(bits[:1]) + ")", Hint: hint}
}
