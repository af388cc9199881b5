package gs1_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/digitallink"
)

// A slowJudge is a second opinion: it reads the GS1 Barcode Syntax Dictionary itself and checks messages in the most obvious way. It
// shares no line and no table with the package.
type slowJudge struct {
	ais   map[string]*slowAI
	codes []string // of ais, in ascending order
	lists map[string][]string
}

type slowAI struct {
	predefined, attribute, key bool
	parts                      []slowPart
	req                        [][][]string // clauses of alternatives of AIs
	ex                         []string
	qualifiers                 [][]string
}

type slowPart struct {
	set         byte
	least, most int
	optional    bool
	linters     []string
}

func newSlowJudge(t testing.TB) *slowJudge {
	read := func(name string) []byte {
		path := filepath.Join("..", "..", "shared", "data", name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Skipf("no reference data at %s", path)
		}
		return data
	}
	j := &slowJudge{ais: map[string]*slowAI{}}
	require.NoError(t, json.Unmarshal(read("code-lists.json"), &j.lists))
	row := regexp.MustCompile(`^(\d+)(?:-(\d+))?\s+([*?]*)\s+([^#]*)`)
	part := regexp.MustCompile(`^(\[?)([NXYZ])(\.\.)?(\d+)\]?((?:,\w+)*)$`)
	for line := range strings.Lines(string(read("gs1-syntax-dictionary.txt"))) {
		m := row.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		ai := &slowAI{predefined: strings.Contains(m[3], "*"), attribute: strings.Contains(m[3], "?")}
		for _, word := range strings.Fields(m[4]) {
			name, value, _ := strings.Cut(word, "=")
			switch name {
			case "req":
				var clause [][]string
				for _, group := range strings.Split(value, ",") {
					clause = append(clause, strings.Split(group, "+"))
				}
				ai.req = append(ai.req, clause)
			case "ex":
				ai.ex = append(ai.ex, strings.Split(value, ",")...)
			case "dlpkey":
				ai.key = true
				for _, alternative := range strings.Split(value, "|") {
					ai.qualifiers = append(ai.qualifiers, strings.Split(alternative, ","))
				}
			default:
				p := part.FindStringSubmatch(word)
				require.NotNil(t, p, word)
				n, _ := strconv.Atoi(p[4])
				c := slowPart{set: p[2][0], least: n, most: n, optional: p[1] != "", linters: strings.Split(p[5], ",")[1:]}
				if p[5] == "" {
					c.linters = nil
				}
				if p[3] != "" {
					c.least = 1
				}
				ai.parts = append(ai.parts, c)
			}
		}
		from, _ := strconv.Atoi(m[1])
		to := from
		if m[2] != "" {
			to, _ = strconv.Atoi(m[2])
		}
		for n := from; n <= to; n++ {
			code := fmt.Sprintf("%0*d", len(m[1]), n)
			j.ais[code], j.codes = ai, append(j.codes, code)
		}
	}
	require.Greater(t, len(j.codes), 500)
	return j
}

var slowSets = map[byte]*regexp.Regexp{
	'N': regexp.MustCompile(`^[0-9]*$`),
	'X': regexp.MustCompile(`^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$`),
	'Y': regexp.MustCompile(`^[#\-/0-9A-Z]*$`),
	'Z': regexp.MustCompile(`^[\-_0-9A-Za-z]*={0,2}$`),
}

// value tells whether v is right for ai.
func (j *slowJudge) value(ai *slowAI, v string) bool {
	if v == "" {
		return false
	}
	for _, p := range ai.parts {
		part := v[:min(len(v), p.most)]
		v = v[len(part):]
		if part == "" && p.optional {
			continue
		}
		if len(part) < p.least || !slowSets[p.set].MatchString(part) || p.set == 'Z' && strings.HasSuffix(part, "=") && len(part)%3 != 0 {
			return false
		}
		for _, linter := range p.linters {
			if !j.lint(linter, part) {
				return false
			}
		}
	}
	return v == ""
}

func slowDate(v string) bool {
	_, err := time.Parse("20060102", v)
	return err == nil
}

func slowCheckDigit(digits string) byte {
	sum := 0
	for i := range len(digits) {
		sum += int(digits[len(digits)-1-i]-'0') * []int{3, 1}[i%2]
	}
	return "0987654321"[sum%10]
}

func slowCheckPair(s string) string {
	const set82 = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`
	const set32 = `23456789ABCDEFGHJKLMNPQRSTUVWXYZ`
	sum, prime := 0, int64(2)
	for i := len(s) - 1; i >= 0; i-- {
		sum += strings.IndexByte(set82, s[i]) * int(prime)
		for prime++; !big.NewInt(prime).ProbablyPrime(10); prime++ {
		}
	}
	sum %= 1021
	return string(set32[sum/32]) + string(set32[sum%32])
}

// told is a pattern of a digit from lo to hi and as many digits as it says, and more.
func told(lo, hi, more int) string {
	var alternatives []string
	for d := lo; d <= hi; d++ {
		alternatives = append(alternatives, fmt.Sprintf(`%d\d{%d}`, d, d+more))
	}
	return "(?:" + strings.Join(alternatives, "|") + ")"
}

var (
	slowPurchase = told(1, 5, 0) + `[0-49]\d{3}`
	slowCoupon   = regexp.MustCompile(`^` + told(0, 6, 6) + `\d{6}` + told(1, 5, 0) + slowPurchase +
		`(?:1[0-3]` + slowPurchase + `(?:9|` + told(0, 6, 6) + `))?` + `(?:2` + slowPurchase + `(?:9|` + told(0, 6, 6) + `))?` +
		`(?:3(\d{6}))?(?:4(\d{6}))?(?:5` + told(0, 9, 6) + `)?(?:6` + told(1, 7, 6) + `)?(?:9[01256][0-2]\d[01])?$`)
	slowOffer = regexp.MustCompile(`^[01]` + told(0, 6, 6) + `\d{6}` + told(0, 9, 6) + `$`)
)

func (j *slowJudge) lint(linter, v string) bool {
	is := func(pattern string) bool { return regexp.MustCompile(`^(?:` + pattern + `)$`).MatchString(v) }
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	switch linter {
	case "csum":
		return slowCheckDigit(v[:len(v)-1]) == v[len(v)-1]
	case "csumalpha":
		return len(v) >= 2 && slowCheckPair(v[:len(v)-2]) == v[len(v)-2:]
	case "gcppos1":
		return is(`\d{4}.*`)
	case "gcppos2":
		return is(`.\d{4}.*`)
	case "yymmd0":
		return slowDate("20"+v) || v[4:] == "00" && slowDate("20"+v[:4]+"01")
	case "yymmdd":
		return slowDate("20" + v)
	case "yyyymmdd":
		return slowDate(v)
	case "hh":
		return number(v) < 24
	case "mi", "ss":
		return number(v) < 60
	case "hhmi":
		return number(v[:2]) < 24 && number(v[2:]) < 60
	case "iso3166999":
		return v == "999" || slices.Contains(j.lists["iso3166"], v)
	case "iso3166", "iso3166alpha2", "iso4217", "mediatype", "packagetype":
		return slices.Contains(j.lists[linter], v)
	case "iban":
		if !is(`[A-Z]{2}[0-9A-Z]{9,32}`) || !slices.Contains(j.lists["iso3166alpha2"], v[:2]) {
			return false
		}
		digits := ""
		for _, c := range v[4:] + v[:4] {
			n, _ := strconv.ParseInt(string(c), 36, 64)
			digits += strconv.FormatInt(n, 10)
		}
		n, _ := new(big.Int).SetString(digits, 10)
		return n.Mod(n, big.NewInt(97)).Int64() == 1
	case "iso5218":
		return is(`[0129]`)
	case "latitude":
		return number(v) <= 1800000000
	case "longitude":
		return number(v) <= 3600000000
	case "pcenc":
		return is(`(?:[^%]|%[0-9A-Fa-f]{2})*`) && !is(`(?:[^%]|%[0-9A-Fa-f]{2})*%00.*`)
	case "nonzero":
		return number(v) != 0
	case "zero":
		return number(v) == 0
	case "nozeroprefix":
		return is(`0|[1-9]\d*`)
	case "hasnondigit":
		return is(`.*\D.*`)
	case "hyphen":
		return is(`-+`)
	case "yesno":
		return is(`[01]`)
	case "winding":
		return is(`[019]`)
	case "pieceoftotal":
		piece, total := number(v[:len(v)/2]), number(v[len(v)/2:])
		return 0 < piece && piece <= total
	case "posinseqslash":
		position, total, _ := strings.Cut(v, "/")
		return is(`[1-9]\d*/[1-9]\d*`) && number(position) <= number(total)
	case "importeridx":
		return is(`[\-_0-9A-Za-z]`)
	case "couponcode":
		m := slowCoupon.FindStringSubmatch(v)
		return m != nil && (m[1] == "" || slowDate("20"+m[1])) && (m[2] == "" || slowDate("20"+m[2])) && (m[1] == "" || m[2] <= m[1])
	case "couponposoffer":
		return slowOffer.MatchString(v)
	}
	panic("unknown linter " + linter)
}

// matches tells whether code is the AI pattern, in which "n" is any digit.
func slowMatches(pattern, code string) bool {
	return len(pattern) == len(code) && strings.HasPrefix(code, strings.TrimRight(pattern, "n"))
}

func slowHas(m gs1.Message, pattern, but string) bool {
	return slices.ContainsFunc(m, func(e gs1.Element) bool { return e.AI != but && slowMatches(pattern, e.AI) })
}

// message tells whether m is valid.
func (j *slowJudge) message(m gs1.Message) bool {
	values := map[string]string{}
	for _, e := range m {
		ai := j.ais[e.AI]
		if ai == nil || !j.value(ai, e.Value) {
			return false
		}
		if v, again := values[e.AI]; again && v != e.Value {
			return false
		}
		values[e.AI] = e.Value
		for _, pattern := range ai.ex {
			if slowHas(m, pattern, e.AI) {
				return false
			}
		}
		for _, clause := range ai.req {
			if !slices.ContainsFunc(clause, func(group []string) bool {
				return !slices.ContainsFunc(group, func(pattern string) bool { return !slowHas(m, pattern, "") })
			}) {
				return false
			}
		}
	}
	if _, signed := values["8030"]; signed && (len(values["253"]) == 13 || len(values["255"]) == 13 || len(values["8003"]) == 14) {
		return false // GS1 General Specifications, 3.9.13
	}
	return len(m) > 0
}

// bracketed, data and uri read a message in the three forms; they return nil if it is malformed.

func (j *slowJudge) bracketed(s string) (m gs1.Message) {
	linear, composite, both := strings.Cut(s, "|")
	if both {
		a, b := j.bracketed(linear), j.bracketed(strings.ReplaceAll(composite, "|", "\x00"))
		if a == nil || b == nil {
			return nil
		}
		return append(a, b...)
	}
	const mark = "\x01"
	for i, field := range strings.Split(strings.ReplaceAll(s, `\(`, mark), "(") {
		if i == 0 {
			if field != "" {
				return nil
			}
			continue
		}
		ai, value, ok := strings.Cut(field, ")")
		if !ok || strings.Contains(ai, mark) {
			return nil
		}
		m = append(m, gs1.Element{AI: ai, Value: strings.ReplaceAll(value, mark, "(")})
	}
	return m
}

func (j *slowJudge) data(s, fnc1 string) (m gs1.Message) {
	for s != "" {
		n := slices.IndexFunc([]int{0, 0, 2, 3, 4}, func(n int) bool { return n > 0 && len(s) > n && j.ais[s[:n]] != nil })
		if n < 0 {
			return nil
		}
		code := s[:n]
		s = s[n:]
		value := s
		if i := strings.IndexAny(s, fnc1); i >= 0 {
			value = s[:i]
		}
		if ai := j.ais[code]; ai.predefined {
			most := 0
			for _, p := range ai.parts {
				most += p.most
			}
			value = value[:min(len(value), most)]
		}
		m = append(m, gs1.Element{AI: code, Value: value})
		s = s[len(value):]
		if s != "" && strings.IndexByte(fnc1, s[0]) >= 0 {
			s = s[1:]
		}
	}
	return m
}

func (j *slowJudge) elementString(s string) (m gs1.Message) {
	for _, part := range strings.SplitN(s, "|", 2) {
		if part == "" || part[0] != s[0] || s[0] != '^' && s[0] != '\x1d' {
			return nil
		}
		more := j.data(part[1:], s[:1])
		if more == nil {
			return nil
		}
		m = append(m, more...)
	}
	return m
}

func (j *slowJudge) scan(s string) (m gs1.Message) {
	if len(s) < 3 || !slices.Contains([]string{"]C1", "]e0", "]d2", "]Q3", "]J1"}, s[:3]) {
		return nil
	}
	return j.data(s[3:], "\x1d")
}

var slowURI = regexp.MustCompile(`^(?:https|HTTPS|http|HTTP)://[A-Za-z0-9.:\[\]\-]+((?:/[^/?#]*)+)(?:\?([^#]*))?(?:#.*)?$`)
var slowURIChars = regexp.MustCompile(`^[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*$`)
var slowEscape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

func slowUnescape(s string) string {
	return slowEscape.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[1:], 16, 8)
		return string([]byte{byte(n)})
	})
}

func (j *slowJudge) uri(s string) (m gs1.Message) {
	parts := slowURI.FindStringSubmatch(s)
	if parts == nil || !slowURIChars.MatchString(s) {
		return nil
	}
	segments := strings.Split(parts[1], "/")[1:]
	for { // from the right: pairs up to the key
		if len(segments) < 2 {
			return nil
		}
		code, value := segments[len(segments)-2], segments[len(segments)-1]
		ai := j.ais[code]
		if ai == nil {
			return nil
		}
		m = slices.Insert(m, 0, gs1.Element{AI: code, Value: slowUnescape(value)})
		if ai.key {
			break
		}
		segments = segments[:len(segments)-2]
	}
	key := j.ais[m[0].AI]
	var alternatives [][]string // that the path follows
	for _, order := range key.qualifiers {
		left := order
		if !slices.ContainsFunc(m[1:], func(e gs1.Element) bool {
			i := slices.Index(left, e.AI)
			left = left[i+1:]
			return i < 0
		}) {
			alternatives = append(alternatives, order)
		}
	}
	if len(alternatives) == 0 {
		return nil
	}
	for _, parameter := range strings.Split(parts[2], "&") {
		code, value, pair := strings.Cut(parameter, "=")
		if !pair || code == "" || strings.Trim(code, "0123456789") != "" {
			continue
		}
		ai := j.ais[code]
		if ai == nil || !ai.attribute || slowHas(m, code, "") ||
			slices.ContainsFunc(alternatives, func(order []string) bool { return slices.Contains(order, code) }) {
			return nil
		}
		value = slowUnescape(strings.ReplaceAll(value, "+", " "))
		if code == "01" && (len(value) == 8 || len(value) == 12 || len(value) == 13) {
			value = strings.Repeat("0", 14-len(value)) + value
		}
		m = append(m, gs1.Element{AI: code, Value: value})
	}
	return m
}

// A slowAuthor makes messages up.
type slowAuthor struct {
	*slowJudge
	*rand.Rand
}

func (a slowAuthor) from(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[a.IntN(len(alphabet))]
	}
	return string(b)
}

func (a slowAuthor) digits(n int) string { return a.from("0123456789", n) }

// part makes a part up that is right, mostly.
func (a slowAuthor) part(p slowPart) string {
	n := p.least + a.IntN(p.most-p.least+1)
	if a.IntN(4) == 0 {
		n = []int{p.least, p.most}[a.IntN(2)]
	}
	v := a.from(map[byte]string{
		'N': "0123456789", 'X': `ABCxyz0123456789!"%&'()*+,-./:;<=>?_`, 'Y': "AZ0123456789#-/", 'Z': "ABCabc019-_",
	}[p.set], n)
	set := func(s string) { v = s + v[min(len(v), len(s)):] }
	for _, linter := range slices.Backward(p.linters) { // check digits come first, and are made last
		switch linter {
		case "csum":
			v = v[:n-1] + string(slowCheckDigit(v[:n-1]))
		case "csumalpha":
			v = v[:max(n-2, 0)]
			v += slowCheckPair(v)
		case "gcppos1", "gcppos2":
			set(a.digits(min(n, 5)))
		case "yymmd0", "yymmdd":
			set(fmt.Sprintf("%02d%02d%02d", a.IntN(100), 1+a.IntN(12), a.IntN(32)))
		case "yyyymmdd":
			set(fmt.Sprintf("%02d%02d%02d%02d", 18+a.IntN(4), a.IntN(100), 1+a.IntN(12), 1+a.IntN(31)))
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
			set([]string{"0", "1", "1800000000", "1800000001", "3600000000", "3600000001"}[a.IntN(6)])
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

func (a slowAuthor) coupon(offer bool) string {
	told := func(lo, hi, more int) string { d := lo + a.IntN(hi-lo+1); return strconv.Itoa(d) + a.digits(d+more) }
	if offer {
		return a.from("01", 1) + told(0, 6, 6) + a.digits(6) + told(0, 9, 6)
	}
	purchase := func() string { return told(1, 5, 0) + a.from("012349", 1) + a.digits(3) }
	date := func() string { return fmt.Sprintf("26%02d%02d", 1+a.IntN(12), 1+a.IntN(29)) }
	v := told(0, 6, 6) + a.digits(6) + told(1, 5, 0) + purchase()
	for i, field := range []func() string{
		func() string { return "1" + a.from("0123", 1) + purchase() + []string{"9", told(0, 6, 6)}[a.IntN(2)] },
		func() string { return "2" + purchase() + []string{"9", told(0, 6, 6)}[a.IntN(2)] },
		func() string { return "3" + date() }, func() string { return "4" + date() },
		func() string { return "5" + told(0, 9, 6) }, func() string { return "6" + told(1, 7, 6) },
		func() string { return "9" + a.from("01256", 1) + a.from("012", 1) + a.digits(1) + a.from("01", 1) },
	} {
		if a.IntN(3) == 0 || i > 1 && a.IntN(2) == 0 {
			v += field()
		}
	}
	return v[:min(len(v), 70+a.IntN(2))]
}

func (a slowAuthor) element(code string) gs1.Element {
	v := ""
	for range 8 { // mostly right
		v = ""
		for _, p := range a.ais[code].parts {
			if p.optional && a.IntN(3) == 0 {
				break
			}
			v += a.part(p)
		}
		if a.value(a.ais[code], v) || a.IntN(4) == 0 {
			break
		}
	}
	return gs1.Element{AI: code, Value: v}
}

// add adds an element, and company that it requires.
func (a slowAuthor) add(m gs1.Message, code string, depth int) gs1.Message {
	m = append(m, a.element(code))
	if depth == 0 || a.IntN(12) == 0 {
		return m
	}
	for _, clause := range a.ais[code].req {
		for _, pattern := range clause[a.IntN(len(clause))] {
			var codes []string
			for _, c := range a.codes {
				if slowMatches(pattern, c) {
					codes = append(codes, c)
				}
			}
			if !slowHas(m, pattern, "") {
				m = a.add(m, codes[a.IntN(len(codes))], depth-1)
			}
		}
	}
	return m
}

// damage changes s in a place or two.
func (a slowAuthor) damage(s string) string {
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
func (a slowAuthor) link(m gs1.Message) string {
	escape := func(v string) string {
		b := ""
		for i := range len(v) {
			if strings.IndexByte("-._~", v[i]) >= 0 || v[i] >= '0' && v[i] <= '9' || v[i]|32 >= 'a' && v[i]|32 <= 'z' {
				b += v[i : i+1]
			} else if b += fmt.Sprintf("%%%02X", v[i]); a.IntN(40) == 0 {
				b = b[:len(b)-3] + v[i:i+1]
			}
		}
		return b
	}
	path, query, order := "", "", []string{}
	key := slices.IndexFunc(m, func(e gs1.Element) bool { return a.ais[e.AI].key })
	if key >= 0 {
		path = "/" + m[key].AI + "/" + escape(m[key].Value)
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

// canonical writes the canonical URI of a valid message whose qualifiers don't compete, or "".
func (j *slowJudge) canonical(m gs1.Message) string {
	key := slices.IndexFunc(m, func(e gs1.Element) bool { return j.ais[e.AI].key })
	if key < 0 {
		return ""
	}
	path := []string{m[key].AI}
	for _, order := range j.ais[m[key].AI].qualifiers {
		path = append(path, order...)
	}
	pair := func(code, between string) string {
		value, _ := m.Value(code)
		return code + between + strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
	}
	uri := "https://id.gs1.org"
	for _, code := range path {
		if slowHas(m, code, "") {
			uri += "/" + pair(code, "/")
		}
	}
	var query []string
	for _, predefined := range []bool{true, false} {
		for _, e := range m {
			ai := j.ais[e.AI]
			if ai.predefined != predefined || slices.Contains(path, e.AI) || slices.Contains(query, pair(e.AI, "=")) {
				continue
			}
			if !ai.attribute {
				return ""
			}
			query = append(query, pair(e.AI, "="))
		}
	}
	if query != nil {
		uri += "?" + strings.Join(query, "&")
	}
	return uri
}

// TestAgainstSlowJudge compares verdicts, elements and canonical URIs on made-up messages of every AI, half of them damaged.
func TestAgainstSlowJudge(t *testing.T) {
	a := slowAuthor{newSlowJudge(t), rand.New(rand.NewPCG(1, 2))}
	rounds, accepted, all := 20, 0, 0
	if testing.Short() {
		rounds = 4
	}
	compare := func(form, s string, slow gs1.Message, parse func(string) (gs1.Message, error)) {
		m, err := parse(s)
		right := slow != nil && a.message(slow) && len(slow) <= 64
		if right != (err == nil) || right && !slices.Equal(slow, m) {
			t.Errorf("%s %q: the slow judge says %v, %v; the parser %v, %v", form, s, right, slow, m, err)
		}
		if all++; right {
			accepted++
		}
		if competing := slowHas(m, "235", "") && (slowHas(m, "10", "") || slowHas(m, "22", "")) || slowHas(m, "254", "") && slowHas(m, "7040", ""); right && !competing {
			uri, err := digitallink.Format("", m)
			if want := a.canonical(m); uri != want || (err == nil) != (want != "") {
				t.Errorf("%v: the slow judge writes %q, Format %q, %v", m, want, uri, err)
			}
		}
	}
	for range rounds {
		for _, code := range a.codes {
			m := a.add(nil, code, 4)
			for a.IntN(3) == 0 {
				m = a.add(m, a.codes[a.IntN(len(a.codes))], 2)
			}
			if a.IntN(8) == 0 {
				m = append(m, m[a.IntN(len(m))])
			}
			a.Shuffle(len(m), func(i, k int) { m[i], m[k] = m[k], m[i] })
			text, data := "", "^"
			for i, e := range m {
				text += "(" + e.AI + ")" + strings.ReplaceAll(e.Value, "(", `\(`)
				data += e.AI + e.Value
				if i == len(m)-1 && a.IntN(8) > 0 {
					break
				}
				if a.IntN(20) == 0 {
					text, data = text+"|", data+"|^"
				} else if !a.ais[e.AI].predefined || a.IntN(8) == 0 {
					data += "^"
				}
			}
			scan := []string{"]C1", "]e0", "]d2", "]Q3", "]J1", "]" + a.from("CedQJI", 1) + a.digits(1)}[a.IntN(6)] + strings.ReplaceAll(data[1:], "^", "\x1d")
			if a.IntN(2) == 0 {
				data = strings.ReplaceAll(data, "^", "\x1d")
			}
			for damaged := range 2 {
				link := a.link(m)
				if damaged == 1 {
					text, data, scan, link = a.damage(text), a.damage(data), a.damage(scan), a.damage(link)
				}
				compare("bracketed", text, a.bracketed(text), gs1.ParseBracketed)
				compare("element string", data, a.elementString(data), gs1.ParseElementString)
				if len(scan) < 3 || !slices.Contains([]string{"]d1", "]Q1", "]J0", "]E0", "]E4"}, scan[:3]) { // which have no elements
					compare("scan", scan, a.scan(scan), func(s string) (gs1.Message, error) {
						scan, err := gs1.ParseScan(s)
						return scan.Message, err
					})
				}
				if strings.HasPrefix(link, "http") || strings.HasPrefix(link, "HTTP") {
					compare("URI", link, a.uri(link), gs1.Parse)
				}
			}
		}
	}
	require.Greater(t, accepted, all/5, "too few right messages")
	t.Logf("%d of %d accepted", accepted, all)
}
