package zpl

import "github.com/gonameplate/nameplate/internal/code128"

// invocations are the symbol characters that ^BC's two-character codes mean in sets A and B (the
// guide's table "Code 128 Invocation Characters"). In set C only >6, >7 and >8 have a meaning.
var invocations = map[byte]int{
	'<': 62, '0': 30, '=': 94, '1': 95,
	'2': code128.FNC3, '3': code128.FNC2, '4': code128.Shift,
	'5': code128.CodeC, '6': code128.CodeB, '7': code128.CodeA, '8': code128.FNC1,
}

// parseInvocations returns the symbol characters of ^BC's field data in mode N, from the start
// character on. What a printer would skip, such as a letter in set C, is an error. In a template, a
// placeholder may be in any set; its name becomes characters of set B.
func parseInvocations(cmd Command, data []byte, template bool) ([]int, error) {
	p := invocationParser{cmd: cmd, data: data, set: code128.StartB}
	if len(data) >= 2 && data[0] == '>' && '9' <= data[1] && data[1] <= ';' {
		p.set, p.i = code128.StartA+int(data[1]-'9'), 2
	}
	p.out = append(make([]int, 0, len(data)+3), p.set)
	for p.i < len(data) {
		if template && p.placeholder() {
			continue
		}
		v, err := p.next()
		if err != nil {
			return nil, err
		}
		p.out = append(p.out, v)
	}
	if len(p.out) == 1 {
		return nil, cmd.fail(ErrData, "no data")
	}
	return p.out, nil
}

type invocationParser struct {
	cmd  Command
	data []byte
	i    int
	set  int // the code set, by its start character
	out  []int
}

func (p *invocationParser) fail(format string, a ...any) error {
	return p.cmd.fail(ErrData, format+" at byte %d of the data", append(a, p.i+1)...)
}

// placeholder reads a placeholder in set A or C; the set goes on after it. It reports whether one
// is there.
func (p *invocationParser) placeholder() bool {
	if p.set == code128.StartB {
		return false
	}
	n := placeholder(string(p.data[p.i:]))
	if n == 0 {
		return false
	}
	p.out = append(p.out, code128.CodeB)
	for _, b := range p.data[p.i : p.i+n] {
		p.out = append(p.out, int(b)-' ')
	}
	p.out = append(p.out, code128.CodeA+code128.StartA-p.set)
	p.i += n
	return true
}

// next reads one symbol character.
func (p *invocationParser) next() (int, error) {
	b := p.data[p.i]
	switch {
	case b == '>':
		return p.invocation()
	case p.set == code128.StartB:
		if b < ' ' || b > 0x7F {
			return 0, p.fail("%q, which set B lacks,", b)
		}
		p.i++
		return int(b) - ' ', nil
	}
	return p.pair()
}

// invocation reads > and the character after it.
func (p *invocationParser) invocation() (int, error) {
	if p.i+1 == len(p.data) {
		return 0, p.fail("an unfinished invocation")
	}
	code := p.data[p.i+1]
	v, known := invocations[code]
	if p.set == code128.StartC && v != code128.CodeB && v != code128.CodeA && v != code128.FNC1 {
		known = false
	}
	switch {
	case !known:
		return 0, p.fail("invocation >%c, which set %c lacks,", code, 'A'+p.set-code128.StartA)
	case v == code128.Shift:
		return 0, p.fail("a shift, which printers disagree on,")
	case v == code128.FNC2 || v == code128.FNC3:
		return 0, p.cmd.fail(ErrUnsupported, "FNC2 and FNC3")
	}
	p.i += 2
	p.set = code128.NextSet(p.set, v)
	return v, nil
}

// pair reads two digits, as which ^BC has the characters of sets A and C.
func (p *invocationParser) pair() (int, error) {
	if p.i+1 == len(p.data) || !isDigit(p.data[p.i]) || !isDigit(p.data[p.i+1]) {
		return 0, p.fail("no pair of digits in set %c", 'A'+p.set-code128.StartA)
	}
	v := int(p.data[p.i]-'0')*10 + int(p.data[p.i+1]-'0')
	if p.set == code128.StartA && v >= code128.FNC3 {
		return 0, p.fail("%02d, which is no character of set A,", v)
	}
	p.i += 2
	return v, nil
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
