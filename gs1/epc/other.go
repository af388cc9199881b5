package epc

import "github.com/gonameplate/nameplate/internal/bitfield"

// The largest numbers of a GID and the largest serial of a USDoD identity (TDS 2.3, tables 14-25
// and 14-26): 28, 24 and 36 bits.
const (
	maxManager = 1<<28 - 1
	maxClass   = 1<<24 - 1
	maxSerial  = 1<<36 - 1
)

// other reads what is no GS1 key up to the serial.
func (p *bodyParser) other(e *EPC) error {
	switch e.kind {
	case gid:
		return p.generalIdentifier(e)
	case usdod:
		return p.defense(e)
	case adi:
		return p.aerospace(e)
	}
	text, pos := p.last()
	n, err := p.unescape(e.text[:], p.f.name, text, pos, 11, alphanumeric)
	if err != nil {
		return err
	}
	e.key = uint8(n)
	letters, digits := 4, 7
	if e.kind == imovn {
		letters = 0
	}
	valid := n == letters+digits
	for i := 0; valid && i < n; i++ {
		valid = (alphabet[e.text[i]]&digit == 0) == (i < letters)
	}
	if !valid {
		return p.fault(ErrURI, "", pos, itoa(letters)+" letters and "+itoa(digits)+" digits")
	}
	return nil
}

// numeral reads a number without leading zeros.
func (p *bodyParser) numeral(field, text string, pos int, most uint64) error {
	if err := p.digits(field, text, pos, 1, 11); err != nil {
		return err
	}
	if len(text) > 1 && text[0] == '0' {
		return p.fault(ErrRange, field, pos, "no leading zero")
	}
	if v, _ := bitfield.Number([]byte(text)); v > most {
		return p.fault(ErrRange, field, pos, "at most "+utoa(most))
	}
	return nil
}

func (p *bodyParser) generalIdentifier(e *EPC) error {
	begin := p.pos
	for _, part := range [...]struct {
		name string
		most uint64
	}{{"general manager number", maxManager}, {"object class", maxClass}} {
		text, pos, err := p.component(part.name)
		if err == nil {
			err = p.numeral(part.name, text, pos, part.most)
		}
		if err != nil {
			return err
		}
	}
	copy(e.setKey(p.pos-1-begin), p.input[begin:])
	return p.numeralSerial(e)
}

// numeralSerial reads a serial of at most 36 bits.
func (p *bodyParser) numeralSerial(e *EPC) error {
	text, pos := p.last()
	if err := p.numeral("serial", text, pos, maxSerial); err != nil {
		return err
	}
	copy(e.setSerial(len(text)), text)
	return nil
}

// entity reads the CAGE code or DoDAAC into the key.
func (p *bodyParser) entity(e *EPC) error {
	text, pos, err := p.component("CAGE code or DoDAAC")
	if err != nil {
		return err
	}
	if i := notIn(text, cageSet); i >= 0 {
		return p.fault(ErrCharacter, "CAGE code or DoDAAC", pos+i,
			"digits and letters other than I and O")
	}
	if len(text) != 5 && len(text) != 6 {
		return p.fault(ErrLength, "CAGE code or DoDAAC", pos, "5 characters (CAGE) or 6 (DoDAAC)")
	}
	copy(e.setKey(len(text)), text)
	return nil
}

func (p *bodyParser) defense(e *EPC) error {
	if err := p.entity(e); err != nil {
		return err
	}
	return p.numeralSerial(e)
}

func (p *bodyParser) aerospace(e *EPC) error {
	if err := p.entity(e); err != nil {
		return err
	}
	n := int(e.key)
	e.text[n] = '.'
	n++
	text, pos, err := p.component("part number")
	if err != nil {
		return err
	}
	if text != "" {
		m, err := p.unescape(e.text[n:], "part number", text, pos, 32, partSet)
		if err != nil {
			return err
		}
		n += m
	}
	e.key = uint8(n)
	text, pos = p.last()
	n, err = p.unescape(e.text[e.key:], "serial", text, pos, 30, set39)
	if err != nil {
		return err
	}
	e.serial = uint8(n)
	if i := hashInside(e.serialText()); i >= 0 {
		return p.fault(ErrCharacter, "serial", pos,
			"# as its first character only, and another one after it")
	}
	return nil
}

// hashInside returns where a # is that doesn't begin the serial of an ADI, or that is all of it,
// or -1.
func hashInside(serial []byte) int {
	for i, c := range serial {
		if c == '#' && (i > 0 || len(serial) == 1) {
			return i
		}
	}
	return -1
}
