package epc

import "encoding/binary"

// An XPC is an extended protocol control word, XPC_W1: word 33 of the EPC memory bank, which tags
// have whose protocol control word is [PC.Extended] (EPC Gen2, 6.3.2.1.2.5).
type XPC uint16

// BankXPC returns the extended protocol control word of an EPC memory bank, and false if its
// protocol control word announces none or the bank ends before it.
func BankXPC(bank []byte) (XPC, bool) {
	const at = 2 * 0x21
	if len(bank) < at+2 || !PC(binary.BigEndian.Uint16(bank[2:])).Extended() {
		return 0, false
	}
	return XPC(binary.BigEndian.Uint16(bank[at:])), true
}

// More reports whether a second extended word follows.
func (x XPC) More() bool { return x&0x8000 != 0 }

// BatteryAssisted reports whether the tag has a battery.
func (x XPC) BatteryAssisted() bool { return x&0x0080 != 0 }

// Untraceable reports whether the tag hides part of its memory.
func (x XPC) Untraceable() bool { return x&0x0008 != 0 }

// Killable reports whether the tag can be killed.
func (x XPC) Killable() bool { return x&0x0004 != 0 }

// NonRemovable reports whether the tag can't be removed without harm to what it is on.
func (x XPC) NonRemovable() bool { return x&0x0002 != 0 }

// Hazardous reports whether the tag is on hazardous material.
func (x XPC) Hazardous() bool { return x&0x0001 != 0 }

// A TID describes the chip of a tag: the beginning of its TID memory bank (TDS 2.3, 16.2).
type TID struct {
	Extended bool   // XTID: further words follow, which may hold the chip's serial number
	Security bool   // the chip authenticates itself
	Files    bool   // the chip has files
	Designer uint16 // mask designer identifier, 9 bits
	Model    uint16 // tag model number, 12 bits
}

// DecodeTID reads the first two words of the TID memory bank. The error is an [*Error] of
// [ErrTID] if they don't begin with E2, the class of GS1.
func DecodeTID(bank []byte) (TID, error) {
	if len(bank) < 4 || bank[0] != 0xE2 {
		return TID{}, &Error{Err: ErrTID, Input: hexOf(bank), Pos: -1,
			Detail: "a TID of GS1: E2 and three bytes or more"}
	}
	v := binary.BigEndian.Uint32(bank)
	return TID{v>>23&1 != 0, v>>22&1 != 0, v>>21&1 != 0, uint16(v >> 12 & 0x1FF), uint16(v &
		0xFFF)}, nil
}
