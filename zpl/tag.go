package zpl

import (
	"encoding/hex"
	"strings"

	"github.com/gonameplate/nameplate/label"
)

// A Lock locks what is written into the chips of labels, with ^RZ. The zero value locks nothing.
type Lock struct {
	// Password is the access password that the chips get: 8 hexadecimal digits, not all zeros. ""
	// leaves the chips open. It is sent with each label and appears in no error.
	Password string
	// Permanent locks for ever: nobody can write the bank again, whatever the password.
	Permanent bool
}

// check returns an error for a lock that ZPL can't express.
func (l *Lock) check() error {
	if l.Password == "" {
		if l.Permanent {
			return unwritable(ErrSettings, "set Lock.Password", "a permanent lock without password")
		}
		return nil
	}
	if len(l.Password) != 8 || !isHex(l.Password) || l.Password == "00000000" {
		return unwritable(ErrSettings, "",
			"a password that isn't 8 hexadecimal digits, or all zeros")
	}
	return nil
}

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdefABCDEF") == "" }

// tag writes a label's chip, and locks it if the options ask for that.
func (r *renderer) tag(dst []byte, t *label.Tag) ([]byte, error) {
	dst, err := appendField(dst, &Field{Kind: TagField, Tag: t})
	if err != nil || r.Lock.Password == "" {
		return dst, err
	}
	dst = append(append(dst, "^RZ"...), r.Lock.Password...)
	dst = append(dst, ',', "EU"[btoi(t.Bank == label.BankUser)], ',')
	return append(dst, "LP"[btoi(r.Lock.Permanent)], '^', 'F', 'S', '\n'), nil
}

// appendTag writes words into a bank in hexadecimal. In the EPC bank the printer adapts the
// protocol control word to their number (parameter A).
func appendTag(dst []byte, t *label.Tag) []byte {
	if t.Bank == label.BankUser {
		dst = appendCommand(append(dst, "^RFW,H,"...), "", 0, len(t.Words), 3)
	} else {
		dst = append(dst, "^RFW,H,,,A"...)
	}
	const digits = "0123456789ABCDEF"
	dst = append(dst, "^FD"...)
	for _, b := range t.Words {
		dst = append(dst, digits[b>>4], digits[b&15])
	}
	return dst
}

// tag interprets ^RF: writing the EPC or the user bank in hexadecimal from the beginning.
func (in *Interpreter) tag(cmd Command) error {
	p := split(cmd)
	p.choice(0, 'W', "W")
	if p.choice(1, 'H', "HAE") != 'H' {
		p.fail(ErrUnsupported, "a format other than H (hexadecimal)")
	}
	t := &label.Tag{}
	switch bank := strings.ToUpper(p.text(4)); bank {
	case "", "A", "E":
		p.number(2, 0, 0, 0)
	case "1":
		p.number(2, 2, 2, 2)
	case "3":
		t.Bank = label.BankUser
		p.number(2, 0, 0, 0)
	default:
		p.fail(ErrUnsupported, "memory bank %q, want E, A, 1 or 3", bank)
	}
	p.number(3, 0, 0, 1024)
	f := &in.field
	err := p.atMost(5)
	if err == nil && f.Kind != 0 {
		err = cmd.fail(ErrSyntax, "the field before it has no ^FS")
	}
	f.Kind, f.Tag, f.touched = TagField, t, true
	return err
}

// lockTag interprets ^RZ, whose password no error has.
func (in *Interpreter) lockTag(cmd Command) error {
	cmd.Params = append([]byte("********"), cmd.Params[min(8, len(cmd.Params)):]...)
	p := split(cmd)
	p.choice(1, 'E', "KAETU")
	p.choice(2, 'L', "ULOP")
	return p.atMost(3)
}

// decodeTag makes the words of a tag from the data of its field.
func (f *pending) decodeTag(cmd Command) error {
	words, err := hex.DecodeString(string(f.raw))
	if err != nil {
		return cmd.fail(ErrData, "a tag that isn't in hexadecimal")
	}
	f.Tag.Words = words
	if err := f.Tag.Check(); err != nil {
		return cmd.fail(ErrData, "%s", strings.TrimPrefix(err.Error(), "label: "))
	}
	return nil
}
