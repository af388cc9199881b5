package epc

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/bitfield"
)

// A generator makes messages that tags can carry.
type generator struct{ *rand.Rand }

func newGenerator(seed uint64) generator { return generator{rand.New(rand.NewPCG(seed, 1))} }

const set82Text = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!\"%&'()*+,-./:;<=>?_"

const set39Text = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ#-/"

// letters returns n characters of alphabet.
func (g generator) letters(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[g.IntN(len(alphabet))]
	}
	return string(b)
}

func (g generator) digits(n int) string { return g.letters("0123456789", n) }

// text returns 1 to most characters of one of the alphabets among which encodings choose.
func (g generator) text(most int) string {
	alphabets := [...]string{"0123456789", upperHex, lowerHex, base64Alphabet, code40Alphabet[1:],
		set82Text}
	return g.letters(alphabets[g.IntN(len(alphabets))], 1+g.IntN(most))
}

// numeral returns a number of up to most digits without leading zeros that is at most limit.
func (g generator) numeral(most int, limit uint64) string {
	for {
		s := g.digits(1 + g.IntN(most))
		s = strings.TrimLeft(s, "0")
		if s == "" {
			s = "0"
		}
		if v, ok := bitfield.Number([]byte(s)); ok && len(s) <= 19 && v <= limit {
			return s
		}
	}
}

// withCheck appends the check digit, counted digit by digit.
func withCheck(s string) string {
	sum := 0
	for i := range len(s) {
		weight := 1
		if (len(s)-i)%2 == 1 {
			weight = 3
		}
		sum += weight * int(s[i]-'0')
	}
	return s + string('0'+byte((10-sum%10)%10))
}

func (g generator) day() string {
	return fmt.Sprintf("%02d%02d%02d", g.IntN(100), 1+g.IntN(12), 1+g.IntN(28))
}

// value returns a value of the format.
func (g generator) value(f *format) string {
	s := g.component(f.parts[0])
	if f.parts[1].how != 0 && (!f.optional || g.IntN(4) > 0) {
		s += g.component(f.parts[1])
	}
	return s
}

func (g generator) component(c component) string {
	n := int(c.n)
	switch c.how {
	case fixedInteger, fixedDigits:
		return g.digits(n)
	case delimited:
		s := g.digits(4 + g.IntN(n-5))
		switch {
		case g.IntN(2) > 0:
		case c.set == set39:
			s += g.letters(set39Text, 1+g.IntN(n-len(s)))
		default:
			s += g.text(n - len(s))
		}
		return s
	case text:
		return g.text(n)
	case oneBit:
		return g.digits(1)[:0] + string("01"[g.IntN(2)])
	case date:
		return g.day()
	case dateMinute:
		return g.day() + g.clock(2)
	case dateRange:
		return strings.Repeat(g.day(), 1+g.IntN(2))
	case dateTime:
		return g.day() + g.clock(g.IntN(4))
	case country:
		return g.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 2)
	case integer:
		return g.digits(1 + g.IntN(n))
	case minusSign:
		return "-"
	}
	return g.digits(1) + "/" + g.digits(1)
}

func (g generator) clock(pairs int) string {
	return fmt.Sprintf("%02d%02d%02d", g.IntN(24), g.IntN(60), g.IntN(60))[:2*pairs]
}

// key returns the elements of an EPC that a scheme carries, and the length of its company prefix.
func (g generator) key(sch *scheme) (gs1.Message, int) {
	f := &forms[sch.kind]
	n := 6 + g.IntN(7)
	var value, serial string
	switch {
	case sch.kind == giai:
		value, serial = g.asset(sch, n), ""
	case sch.kind == cpi:
		value, serial = g.part(sch, n)
	default:
		value = g.digits(int(f.check))
		if f.check == 13 {
			value = string("013456789"[g.IntN(9)]) + string("136789"[g.IntN(6)]) + value[2:]
		}
		if sch.kind == grai {
			value = "0" + value[1:]
		}
		if value[1] == '9' && f.check == 13 {
			value = value[:2] + "5" + value[3:]
		}
		value = withCheck(value)
		if sch.kind == itip {
			value += "0102"
		}
		serial = g.serial(sch)
	}
	m := gs1.Message{{AI: f.ai, Value: value}}
	if f.serialAI == "" {
		m[0].Value += serial
	} else if serial != "" {
		m = append(m, gs1.Element{AI: f.serialAI, Value: serial})
	}
	return m, n
}

func (g generator) serial(sch *scheme) string {
	f := &forms[sch.kind]
	switch {
	case f.serial == noSerial:
		return ""
	case sch.coding == integerTail && sch.layout == classic:
		return g.numeral(19, limitOf(sch))
	case f.serialSet == digit:
		return g.digits(1 + g.IntN(int(f.serialMax)))
	}
	return g.text(int(f.serialMax))
}

func (g generator) asset(sch *scheme, n int) string {
	prefix := g.digits(n)
	switch sch.coding {
	case assetTail:
		return prefix + g.numeral(19, 1<<(82-prefixBits[12-n])-1)
	case assetText:
		return prefix + g.text(30-n)
	}
	return prefix + g.text(30-n)
}

func (g generator) part(sch *scheme, n int) (value, serial string) {
	prefix := g.digits(n)
	if sch.coding == partTail {
		return prefix + g.numeral(15-n, 1e15), g.numeral(10, 1<<31-1)
	}
	return prefix + g.letters(set39Text, 1+g.IntN(30-n)), g.numeral(12, 1e12-1)
}

// tag returns what NewTag needs for a tag of the scheme.
func (g generator) tag(sch *scheme, data int) (gs1.Message, Options) {
	m, n := g.key(sch)
	o := Options{Scheme: sch.name, Filter: g.IntN(1 << sch.filter), PrefixLength: n}
	if sch.host {
		o.Host = g.host()
	}
	if sch.date {
		m = append(m, gs1.Element{AI: dateAIs[g.IntN(len(dateAIs))], Value: g.day()})
	}
	for sch.layout == plus && data > 0 {
		f := &formats[g.IntN(len(formats))]
		ai := f.ai[:len(f.ai)-1] +
			string(f.ai[len(f.ai)-1]+byte(g.IntN(int(f.last[len(f.last)-1]-f.ai[len(f.ai)-1])+1)))
		if find(m, ai) < 0 && ai != forms[sch.kind].serialAI {
			m = append(m, gs1.Element{AI: ai, Value: g.value(f)})
			data--
		}
	}
	return m, o
}

func (g generator) host() string {
	names := [...]string{"example", "acme", "david", "valid", "warehouse-7", "info", "grid"}
	ends := [...]string{".com", ".org", ".co.uk", ".de", ".tech", ".com.br", ".io", ".museum",
		".eco"}
	starts := [...]string{"", "id.", "www.", "qr.", "tag.", "shop.id."}
	host := starts[g.IntN(len(starts))] + names[g.IntN(len(names))] + ends[g.IntN(len(ends))]
	if g.IntN(4) == 0 {
		host = strings.ToUpper(host)
	}
	return host
}
