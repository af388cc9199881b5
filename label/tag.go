package label

import "fmt"

// A Tag is what is written into the memory of a label's RFID chip while it is printed. It prints
// nothing. Package gs1/epc makes the words from a GS1 message.
type Tag struct {
	Name string
	Bank Bank
	// Words are what is written, whole words of 16 bits with the high byte first. In the EPC bank
	// they are the EPC: the printer computes the protocol control word and the CRC before it.
	Words []byte
}

// A Bank is a memory bank of an RFID chip that labels write (EPC Gen2).
type Bank uint8

// The memory banks.
const (
	BankEPC  Bank = iota // bank 1, from word 2 on
	BankUser             // bank 3
)

// String returns "EPC" or "user".
func (b Bank) String() string {
	switch b {
	case BankEPC:
		return "EPC"
	case BankUser:
		return "user"
	}
	return "unknown"
}

// A TagCanvas is a [Canvas] that also writes the chips of labels. Other canvases leave tags out;
// [Label.Preflight] reports that for devices that don't write them.
type TagCanvas interface {
	Canvas
	Tag(*Tag) error
}

// maxTagWords is the longest EPC that a protocol control word can announce (EPC Gen2).
const maxTagWords = 31

// Check returns an error if no chip can hold the tag: unless it has whole words, at least one,
// and in the EPC bank at most 31.
func (t *Tag) Check() error {
	switch n := len(t.Words); {
	case t.Bank > BankUser:
		return fmt.Errorf("label: memory bank %d of a tag, want EPC or user", t.Bank)
	case n == 0 || n%2 != 0:
		return fmt.Errorf("label: %d bytes for the %v bank of a tag, want whole words of 16 bits",
			n, t.Bank)
	case t.Bank == BankEPC && n > 2*maxTagWords:
		return fmt.Errorf("label: an EPC of %d words, want at most %d", n/2, maxTagWords)
	}
	return nil
}

func (t *Tag) name() string { return t.Name }

func (t *Tag) draw(c Canvas) error {
	if err := t.Check(); err != nil {
		return err
	}
	if tc, ok := c.(TagCanvas); ok {
		return tc.Tag(t)
	}
	return nil
}
