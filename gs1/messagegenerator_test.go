package gs1_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/digitallink"
)

// A messageGenerator generates messages.
type messageGenerator struct {
	*referenceParser
	*rand.Rand
}

func (a messageGenerator) from(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[a.IntN(len(alphabet))]
	}
	return string(b)
}

func (a messageGenerator) digits(n int) string { return a.from("0123456789", n) }

// part makes a part up that is right, mostly.
func (a messageGenerator) part(p referencePart) string {
	n := p.least + a.IntN(p.most-p.least+1)
	if a.IntN(4) == 0 {
		n = []int{p.least, p.most}[a.IntN(2)]
	}
	v := a.from(map[byte]string{
		'N': "0123456789", 'X': `ABCxyz0123456789!"%&'()*+,-./:;<=>?_`, 'Y': "AZ0123456789#-/", 'Z': "ABCabc019-_",
	}[p.set], n)
	set := func(s string) { v = s + v[min(len(v), len(s)):] }
	for _, linter := range slices.Backward(p.linters) { // check digits are made last
		switch linter {
		case "csum":
			v = v[:n-1] + string(referenceCheckDigit(v[:n-1]))
		case "csumalpha":
			v = v[:max(n-2, 0)]
			v += referenceCheckPair(v)
		case "gcppos1", "gcppos2":
			set(a.digits(min(n, 5)))
		case "yymmd0", "yymmdd":
			set(fmt.Sprintf("%02d%02d%02d", a.IntN(100), 1+a.IntN(12), a.IntN(32)))
		case "yyyymmdd":
			set(
				fmt.Sprintf(
					"%02d%02d%02d%02d",
					18+a.IntN(4),
					a.IntN(100),
					1+a.IntN(12),
					1+a.IntN(31),
				),
			)
		case "hh", "hhmi":
			set(fmt.Sprintf("%02d%02d", a.IntN(25), a.IntN(61))[:n])
		case "mi", "ss":
			set(fmt.Sprintf("%02d", a.IntN(61)))
		case "iso3166", "iso3166999", "iso3166alpha2", "iso4217", "mediatype", "packagetype":
			list := a.lists[strings.TrimSuffix(linter, "999")]
			v = list[a.IntN(len(list))]
		case "iban":
			account := a.from("ABC0123456789", max(n-4, 6))
			for check := range 97 {
				if v = fmt.Sprintf("DE%02d%s", check, account); a.lint("iban", v) {
					break
				}
			}
		case "latitude", "longitude":
			set(
				[]string{"0", "1", "1800000000", "1800000001", "3600000000", "3600000001"}[a.IntN(6)],
			)
		case "zero":
			v = strings.Repeat("0", n)
		case "hyphen":
			v = "-"
		case "pcenc":
			v = strings.ReplaceAll(v, "%", a.from("AB%", 1))
			if i := strings.IndexByte(v, '%'); i >= 0 && i+3 <= len(v) {
				v = v[:i] + []string{"%20", "%fF", "%00", "%0g"}[a.IntN(4)] + v[i+3:]
			}
		case "pieceoftotal":
			v = fmt.Sprintf("%02d%02d", a.IntN(12), a.IntN(12))
		case "posinseqslash":
			v = fmt.Sprintf("%d/%d", a.IntN(10), a.IntN(10))
		case "importeridx":
			v = a.from("-_Az09/", 1)
		case "couponcode", "couponposoffer":
			v = a.coupon(linter == "couponposoffer")
		}
	}
	return v
}

func (a messageGenerator) coupon(offer bool) string {
	prefixed := func(lo, hi, more int) string {
		d := lo + a.IntN(hi-lo+1)
		return strconv.Itoa(d) + a.digits(d+more)
	}
	if offer {
		return a.from("01", 1) + prefixed(0, 6, 6) + a.digits(6) + prefixed(0, 9, 6)
	}
	purchase := func() string { return prefixed(1, 5, 0) + a.from("012349", 1) + a.digits(3) }
	date := func() string { return fmt.Sprintf("26%02d%02d", 1+a.IntN(12), 1+a.IntN(29)) }
	v := prefixed(0, 6, 6) + a.digits(6) + prefixed(1, 5, 0) + purchase()
	for i, field := range []func() string{
		func() string {
			return "1" + a.from("0123", 1) + purchase() + []string{"9", prefixed(0, 6, 6)}[a.IntN(2)]
		},
		func() string { return "2" + purchase() + []string{"9", prefixed(0, 6, 6)}[a.IntN(2)] },
		func() string { return "3" + date() }, func() string { return "4" + date() },
		func() string { return "5" + prefixed(0, 9, 6) }, func() string { return "6" + prefixed(1, 7, 6) },
		func() string { return "9" + a.from("01256", 1) + a.from("012", 1) + a.digits(1) + a.from("01", 1) },
	} {
		if a.IntN(3) == 0 || i > 1 && a.IntN(2) == 0 {
			v += field()
		}
	}
	return v[:min(len(v), 70+a.IntN(2))]
}

func (a messageGenerator) element(code string) gs1.Element {
	ai, _ := a.ai(code)
	if ai == nil { // an unknown AI
		return gs1.Element{AI: code, Value: a.from("ABC0123456789", 1+a.IntN(20))}
	}
	v := ""
	for range 8 { // mostly right
		v = ""
		for _, p := range ai.parts {
			if p.optional && a.IntN(3) == 0 {
				break
			}
			v += a.part(p)
		}
		if a.value(ai, v) || a.IntN(4) == 0 {
			break
		}
	}
	return gs1.Element{AI: code, Value: v}
}

// add adds an element, and the associated AIs it requires.
func (a messageGenerator) add(m gs1.Message, code string, depth int) gs1.Message {
	m = append(m, a.element(code))
	if depth == 0 || a.IntN(12) == 0 || a.ais[code] == nil {
		return m
	}
	for _, clause := range a.ais[code].req {
		for _, pattern := range clause[a.IntN(len(clause))] {
			var codes []string
			for _, c := range a.codes {
				if referenceMatches(pattern, c) {
					codes = append(codes, c)
				}
			}
			if !referenceHas(m, pattern, "") {
				m = a.add(m, codes[a.IntN(len(codes))], depth-1)
			}
		}
	}
	return m
}

// damage changes s in a place or two.
func (a messageGenerator) damage(s string) string {
	for range 1 + a.IntN(2) {
		i := a.IntN(len(s) + 1)
		k := min(len(s), i+1+a.IntN(2))
		c := a.from("019AZaz()\\^\x1d|/?&=#%+;~@ -_$.\x00\xff]", 1)
		switch a.IntN(5) {
		case 0:
			s = s[:i] + c + s[i:]
		case 1:
			s = s[:i] + s[k:]
		case 2:
			s = s[:i] + s[i:k] + s[i:]
		case 3:
			s = s[:i] + a.digits(1) + s[k:]
		default:
			s = s[:i] + c + s[k:]
		}
	}
	return s
}

// link writes m as a URI, with the first key in the path, right or nearly so.
func (a messageGenerator) link(m gs1.Message) string {
	escape := func(v string) string {
		b := ""
		for i := range len(v) {
			if strings.IndexByte("-._~", v[i]) >= 0 || v[i] >= '0' && v[i] <= '9' ||
				v[i]|32 >= 'a' && v[i]|32 <= 'z' {
				b += v[i : i+1]
			} else if b += fmt.Sprintf("%%%02X", v[i]); a.IntN(40) == 0 {
				b = b[:len(b)-3] + v[i:i+1]
			}
		}
		return b
	}
	path, query, order := "", "", []string{}
	key := slices.IndexFunc(
		m,
		func(e gs1.Element) bool { return a.ais[e.AI] != nil && a.ais[e.AI].key },
	)
	if key >= 0 {
		value := m[key].Value
		if m[key].AI == "01" && a.IntN(6) == 0 {
			value = strings.TrimPrefix(value, []string{"0", "00", "000000"}[a.IntN(3)])
		}
		path = "/" + m[key].AI + "/" + escape(value)
		alternatives := a.ais[m[key].AI].qualifiers
		order = alternatives[a.IntN(len(alternatives))]
	}
	for _, q := range order {
		if v, ok := m.Value(q); ok {
			path += "/" + q + "/" + escape(v)
		}
	}
	for i, e := range m {
		if i != key && !slices.Contains(order, e.AI) {
			query += a.from("?&", 1) + e.AI + "=" + escape(e.Value)
		}
	}
	query = strings.Trim(query, "?&")
	if a.IntN(2) == 0 {
		query = strings.ReplaceAll(query, "?", "&")
	}
	s := []string{"https://id.gs1.org", "http://a:80/x/y", "HTTPS://A.B/01/z", "https://a"}[a.IntN(4)] + path
	if query != "" {
		s += "?" + strings.ReplaceAll(query, "?", "&")
	}
	return s + []string{"", "", "", "#x", "?", "&k=v", "/"}[a.IntN(7)]
}

// unknown makes an AI up that the dictionary may not have.
func (a messageGenerator) unknown() string {
	return []string{a.digits(2 + a.IntN(3)), a.from("0123", 1) + a.digits(1), "236", "3199", "3338", "419", "8299", "05", "050", "0500", "14", "04"}[a.IntN(12)]
}

// mutate makes at most one mistake in m: it changes, removes, repeats or adds an AI or a value.
func (a messageGenerator) mutate(m gs1.Message) gs1.Message {
	m = slices.Clone(m)
	i := a.IntN(len(m))
	e := &m[i]
	at := a.IntN(len(e.Value) + 1)
	switch a.IntN(10) {
	case 0: // wrong character, or check digit
		if at < len(e.Value) {
			e.Value = e.Value[:at] + a.from("0123456789AZaz-/%_ =", 1) + e.Value[at+1:]
		}
	case 1:
		e.Value = e.Value[:at] + a.digits(1) + e.Value[at:]
	case 2:
		e.Value = e.Value[:at]
	case 3:
		if n := len(e.Value); n > 1 {
			at = a.IntN(n - 1)
			e.Value = e.Value[:at] + e.Value[at+1:at+2] + e.Value[at:at+1] + e.Value[at+2:]
		}
	case 4:
		e.AI = a.codes[a.IntN(len(a.codes))]
	case 5:
		e.AI = a.unknown()
	case 6: // what another AI requires
		m = slices.Delete(m, i, i+1)
	case 7: // what another AI may exclude
		m = slices.Insert(m, i, a.element(a.codes[a.IntN(len(a.codes))]))
	case 8:
		m = slices.Insert(m, i, gs1.Element{AI: e.AI, Value: a.element(e.AI).Value})
	default: // a date, mostly impossible
		if len(e.Value) >= 6 {
			e.Value = fmt.Sprintf("%02d%02d%02d", a.IntN(100), a.IntN(14), a.IntN(33)) + e.Value[6:]
		}
	}
	return m
}

// write writes m as bracketed text, as raw data with FNC1 as "^" and as a scan; some separators
// lack, some are in excess.
func (a messageGenerator) write(m gs1.Message) (text, data, scan string) {
	data = "^"
	for i, e := range m {
		text += "(" + e.AI + ")" + strings.ReplaceAll(e.Value, "(", `\(`)
		data += e.AI + e.Value
		ai, _ := a.ai(e.AI)
		switch last := i == len(m)-1; {
		case last && a.IntN(8) > 0:
		case !last && a.IntN(20) == 0:
			text, data = text+"|", data+"|^"
		case (ai == nil || !ai.predefined) != (a.IntN(8) == 0):
			data += "^"
		}
	}
	identifier := []string{"]C1", "]e0", "]d2", "]Q3", "]J1", "]" + a.from("CedQJIE", 1) + a.digits(1), a.primary() + "|]e0"}[a.IntN(7)]
	return text, data, identifier + strings.ReplaceAll(strings.TrimPrefix(data, "^"), "^", "\x1d")
}

// primary makes an EAN symbol's scan up.
func (a messageGenerator) primary() string {
	digits := a.digits([]int{7, 12}[a.IntN(2)])
	return map[int]string{7: "]E4", 12: "]E0"}[len(digits)] + digits + string(
		referenceCheckDigit(digits),
	)
}

var referenceRounds = flag.Int(
	"referencerounds",
	12,
	"how often the reference parser goes through all AIs",
)

// TestAgainstReferenceParser compares verdicts, elements and canonical URIs on made-up messages of
// every AI, most with a mistake in them, with each option.
func TestAgainstReferenceParser(t *testing.T) {
	reference := newReferenceParser(t)
	rounds, accepted, all := *referenceRounds, 0, 0
	if testing.Short() {
		rounds = 3
	}
	for i, options := range []gs1.Parser{
		{}, {SkipAssociations: true}, {PermitUnknownAIs: true},
		{PermitUnknownAIs: true, PermitUnknownAttributes: true}, {PermitZeroSuppressedGTINs: true},
		{SkipAssociations: true, PermitUnknownAIs: true, PermitUnknownAttributes: true,
			PermitZeroSuppressedGTINs: true},
	} {
		reference.Parser = options
		c := comparison{
			T:                t,
			messageGenerator: messageGenerator{reference, rand.New(rand.NewPCG(1, uint64(i)))},
		}
		for range max(rounds/6, 1) {
			for _, code := range c.codes {
				c.round(code)
			}
		}
		accepted, all = accepted+c.accepted, all+c.all
	}
	require.Greater(t, accepted, all/5, "too few right messages")
	t.Logf("%d of %d accepted", accepted, all)
}

// A comparison counts what it compares.
type comparison struct {
	*testing.T
	messageGenerator
	accepted, all int
}

// round compares messages around one AI.
func (c *comparison) round(code string) {
	m := c.add(nil, code, 4)
	for c.IntN(3) == 0 {
		m = c.add(m, c.codes[c.IntN(len(c.codes))], 2)
	}
	for c.IntN(3) == 0 { // what many messages have, or what competes for a place
		m = c.add(
			m,
			[]string{"10", "17", "21", "22", "235", "254", "7040", "37", "8030"}[c.IntN(9)],
			2,
		)
	}
	if c.IntN(8) == 0 {
		m = append(m, m[c.IntN(len(m))])
	}
	if c.PermitUnknownAIs && c.IntN(2) == 0 {
		m = append(m, c.element(c.unknown()))
	}
	c.Shuffle(len(m), func(i, k int) { m[i], m[k] = m[k], m[i] })
	for mistake := range 4 {
		written := m
		if mistake == 1 || mistake == 2 {
			written = c.mutate(m)
		}
		text, data, scan := c.write(written)
		link := c.link(written)
		if c.IntN(2) == 0 {
			data = strings.ReplaceAll(data, "^", "\x1d")
		}
		if c.IntN(4) == 0 {
			scan = []string{"]Q1", "]d1", "]J0", "]Q3", "]d2"}[c.IntN(5)] + link
		}
		if mistake == 3 {
			text, data, scan, link = c.damage(text), c.damage(data), c.damage(scan), c.damage(link)
		}
		c.compare(text, data, scan, link)
	}
}

func (c *comparison) compare(text, data, scan, link string) {
	want := c.bracketed(text)
	m, err := c.Parser.ParseBracketed(text)
	c.verdict("bracketed", text, want, m, c.right(want), err)

	want = c.elementString(data)
	m, err = c.Parser.ParseElementString(data)
	c.verdict("raw data", data, want, m, c.right(want), err)

	want, gtin, right := c.scan(scan)
	got, err := c.ParseScan(scan)
	if c.verdict("scan", scan, want, got.Message, right && len(want) <= 64, err); right &&
		got.GTIN != gtin {
		c.Errorf("scan %q: GTIN %s, not %s", scan, got.GTIN, gtin)
	}

	want, inPath := c.uri(link)
	u, err := digitallink.Parser(c.Parser).ParseURI(link)
	if c.verdict("URI", link, want, u.Message, c.right(want), err); err == nil {
		uri, err := digitallink.Parser(c.Parser).FormatURI("", u)
		if want := c.canonical(want, inPath); uri != want || err != nil {
			c.Errorf(
				"URI %q: the reference parser writes %q, FormatURI %q, %v",
				link,
				want,
				uri,
				err,
			)
		}
	}
}

func (c *comparison) right(want gs1.Message) bool { return c.message(want) && len(want) <= 64 }

// verdict compares one verdict, the elements, and the canonical URI if there are elements.
func (c *comparison) verdict(form, s string, want, m gs1.Message, right bool, err error) {
	if right != (err == nil) || right && !slices.Equal(want, m) {
		c.Errorf(
			"%+v %s %q: the reference parser returns %v, %v; the parser %v, %v",
			c.Parser,
			form,
			s,
			right,
			want,
			m,
			err,
		)
		return
	}
	if c.all++; !right {
		return
	}
	c.accepted++
	if len(m) > 0 {
		uri, err := digitallink.Parser(c.Parser).Format("", m)
		if want := c.canonical(m, 0); uri != want || (err == nil) != (want != "") {
			c.Errorf("%v: the reference parser writes %q, Format %q, %v", m, want, uri, err)
		}
	}
}
