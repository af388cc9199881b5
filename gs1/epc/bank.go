package epc

import (
	"encoding/binary"

	"github.com/gonameplate/nameplate/internal/bitfield"
)

// A PC is a protocol control word: word 1 of the EPC memory bank (EPC Gen2; TDS 2.3, 9.4). Decode
// wants the words that follow it.
type PC uint16

// Words returns how many words of 16 bits the EPC has that follows: 0 to 31.
func (p PC) Words() int { return int(p >> 11) }

// UserMemory reports the user memory indicator: whether the user memory bank holds data.
func (p PC) UserMemory() bool { return p&0x0400 != 0 }

// Extended reports the indicator of extended protocol control words (XPC).
func (p PC) Extended() bool { return p&0x0200 != 0 }

// ISO reports the numbering system toggle: true means that no EPC follows but an identifier of an
// ISO application family, which AFI returns.
func (p PC) ISO() bool { return p&0x0100 != 0 }

// AFI returns the application family identifier of a tag without EPC, otherwise the attribute bits.
func (p PC) AFI() byte { return byte(p) }

// maxWords is the longest EPC whose length a protocol control word can give.
const maxWords = 31

// PC returns the protocol control word that goes with the tag: the length of the EPC in words and
// the user memory indicator. The error is an [*Error] of [ErrLength] if the EPC has more than 31
// words, which no tag's EPC bank can announce.
func (t Tag) PC(userMemory bool) (PC, error) {
	n := bitfield.Words(t.size) / 2
	if n == 0 || n > maxWords {
		return 0, &Error{Err: ErrLength, Scheme: t.Scheme, Input: itoa(n), Pos: -1,
			Detail: "an EPC of 1 to 31 words", Hint: "leave out data or use a shorter host"}
	}
	p := PC(n << 11)
	if userMemory {
		p |= 0x0400
	}
	return p, nil
}

// AppendBank appends the EPC memory bank of the tag to dst: CRC, protocol control word and EPC.
// Tags compute the CRC themselves, so writers write from word 1 on. The error is that of
// [Tag.PC]; on error it returns dst as it was.
func (t Tag) AppendBank(dst []byte, userMemory bool) ([]byte, error) {
	p, err := t.PC(userMemory)
	if err != nil {
		return dst, err
	}
	begin := len(dst)
	dst = append(dst, 0, 0, byte(p>>8), byte(p))
	dst = append(dst, t.buffer()[:bitfield.Words(t.size)]...)
	binary.BigEndian.PutUint16(dst[begin:], crc16(dst[begin+2:]))
	return dst, nil
}

// DecodeBank reads a whole EPC memory bank (bank 01): the CRC, the protocol control word and as
// many words of EPC as that announces. What follows them is ignored, as is the CRC, which
// [BankCRC] checks. The error is an [*Error] of [ErrPC] if more words are announced than there
// are or no EPC, of [ErrBlank] if none are, otherwise that of [Decode].
func DecodeBank(bank []byte) (Tag, error) {
	p, epc, err := splitBank(bank)
	if err != nil {
		return Tag{}, err
	}
	switch {
	case p.ISO():
		return Tag{}, &Error{Err: ErrPC, Input: hexOf(bank), Pos: -1,
			Detail: "an EPC; the toggle bit announces the application family " +
				hexOf([]byte{p.AFI()})}
	case len(epc) == 0:
		return Tag{}, &Error{Err: ErrBlank, Input: hexOf(bank), Pos: -1,
			Detail: "an EPC; the length is 0"}
	}
	return Decode(epc)
}

// splitBank returns the protocol control word of a bank and the words that it announces.
func splitBank(bank []byte) (PC, []byte, error) {
	if len(bank) < 4 {
		return 0, nil, &Error{Err: ErrPC, Input: hexOf(bank), Pos: -1,
			Detail: "CRC and protocol control word"}
	}
	p := PC(binary.BigEndian.Uint16(bank[2:]))
	n := 4 + 2*p.Words()
	if len(bank) < n {
		return 0, nil, &Error{Err: ErrPC, Input: hexOf(bank), Pos: -1,
			Detail: itoa(p.Words()) +
				" words after the protocol control word, as its length announces"}
	}
	return p, bank[4:n], nil
}

// BankCRC reports whether an EPC memory bank begins with the CRC of its protocol control word and
// EPC (EPC Gen2, annex F).
func BankCRC(bank []byte) bool {
	_, epc, err := splitBank(bank)
	return err == nil && binary.BigEndian.Uint16(bank) == crc16(bank[2:4+len(epc)])
}

// crc16 returns the CRC of Gen2: polynomial 0x1021, preset to ones and inverted.
func crc16(data []byte) uint16 {
	crc := uint16(0xFFFF)
	for _, b := range data {
		crc ^= uint16(b) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return ^crc
}
