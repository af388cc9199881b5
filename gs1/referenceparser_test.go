package gs1_test

import (
	"encoding/json"
	"fmt"
	"math/big"
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
)

// referenceData is the folder of the dictionary and the code lists.
var referenceData = filepath.Join("..", "internal", "gs1syntax", "testdata")

// A referenceParser is an oracle: it reads the GS1 Barcode Syntax Dictionary itself and checks
// messages in the most obvious way. It shares no line and no table with the package.
type referenceParser struct {
	gs1.Parser // the options
	ais        map[string]*referenceAI
	codes      []string // of ais, in ascending order
	lists      map[string][]string
}

type referenceAI struct {
	predefined, attribute, key bool
	parts                      []referencePart
	req                        [][][]string // clauses of alternatives of AIs
	ex                         []string
	qualifiers                 [][]string
}

type referencePart struct {
	set         byte
	least, most int
	optional    bool
	linters     []string
}

func newReferenceParser(t testing.TB) *referenceParser {
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(referenceData, name))
		require.NoError(t, err)
		return data
	}
	j := &referenceParser{ais: map[string]*referenceAI{}}
	require.NoError(t, json.Unmarshal(read("code-lists.json"), &j.lists))
	row := regexp.MustCompile(`^(\d+)(?:-(\d+))?\s+([*?]*)\s+([^#]*)`)
	part := regexp.MustCompile(`^(\[?)([NXYZ])(\.\.)?(\d+)\]?((?:,\w+)*)$`)
	for line := range strings.Lines(string(read("gs1-syntax-dictionary.txt"))) {
		m := row.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		ai := &referenceAI{
			predefined: strings.Contains(m[3], "*"),
			attribute:  strings.Contains(m[3], "?"),
		}
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
				c := referencePart{
					set:      p[2][0],
					least:    n,
					most:     n,
					optional: p[1] != "",
					linters:  strings.Split(p[5], ",")[1:],
				}
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

var referenceSets = map[byte]*regexp.Regexp{
	'N': regexp.MustCompile(`^[0-9]*$`),
	'X': regexp.MustCompile(`^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$`),
	'Y': regexp.MustCompile(`^[#\-/0-9A-Z]*$`),
	'Z': regexp.MustCompile(`^[\-_0-9A-Za-z]*={0,2}$`),
}

// referencePredefined are the beginnings of AIs whose values have a predefined length (GS1 General
// Specifications, 7.8.5).
var referencePredefined = map[string]int{
	"31": 6,
	"32": 6,
	"33": 6,
	"34": 6,
	"35": 6,
	"36": 6,
	"41": 13,
}

// ai returns the rules of code, and whether the length of the AI is known in raw data. An AI that
// the dictionary doesn't have has rules only if unknown AIs are permitted.
func (j *referenceParser) ai(code string) (ai *referenceAI, known bool) {
	if ai = j.ais[code]; ai != nil {
		return ai, true
	}
	if !j.PermitUnknownAIs || len(code) < 2 || len(code) > 4 ||
		strings.Trim(code, "0123456789") != "" {
		return nil, false
	}
	ai = &referenceAI{attribute: j.PermitUnknownAttributes}
	length, predefined := referencePredefined[code[:2]]
	like := slices.IndexFunc(j.codes, func(c string) bool { return c[:2] == code[:2] })
	if like >= 0 {
		if len(j.codes[like]) != len(code) {
			return nil, false
		}
		known = true
	}
	p := referencePart{set: 'X', least: 1, most: 90}
	switch {
	case predefined:
		ai.predefined, p.least, p.most = true, length, length
	case !known:
		p.most -= len(code)
	}
	ai.parts = []referencePart{p}
	return ai, known
}

// value reports whether v is right for ai.
func (j *referenceParser) value(ai *referenceAI, v string) bool {
	if v == "" {
		return false
	}
	for _, p := range ai.parts {
		part := v[:min(len(v), p.most)]
		v = v[len(part):]
		if part == "" && p.optional {
			continue
		}
		if len(part) < p.least || !referenceSets[p.set].MatchString(part) ||
			p.set == 'Z' && strings.HasSuffix(part, "=") && len(part)%3 != 0 {
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

func referenceDate(v string) bool {
	_, err := time.Parse("20060102", v)
	return err == nil
}

func referenceCheckDigit(digits string) byte {
	sum := 0
	for i := range len(digits) {
		sum += int(digits[len(digits)-1-i]-'0') * []int{3, 1}[i%2]
	}
	return "0987654321"[sum%10]
}

func referenceCheckPair(s string) string {
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

// prefixed is a pattern of a digit from lo to hi, and of that many digits and more.
func prefixed(lo, hi, more int) string {
	var alternatives []string
	for d := lo; d <= hi; d++ {
		alternatives = append(alternatives, fmt.Sprintf(`%d\d{%d}`, d, d+more))
	}
	return "(?:" + strings.Join(alternatives, "|") + ")"
}

var (
	referencePurchase = prefixed(1, 5, 0) + `[0-49]\d{3}`
	referenceCoupon   = regexp.MustCompile(
		`^` + prefixed(0, 6, 6) + `\d{6}` + prefixed(1, 5, 0) + referencePurchase +
			`(?:1[0-3]` + referencePurchase + `(?:9|` + prefixed(0, 6, 6) + `))?` + `(?:2` + referencePurchase + `(?:9|` + prefixed(0, 6, 6) + `))?` +
			`(?:3(\d{6}))?(?:4(\d{6}))?(?:5` + prefixed(0, 9, 6) + `)?(?:6` + prefixed(1, 7, 6) + `)?(?:9[01256][0-2]\d[01])?$`,
	)
	referenceOffer = regexp.MustCompile(`^[01]` + prefixed(0, 6, 6) + `\d{6}` + prefixed(0, 9, 6) + `$`)
)

func (j *referenceParser) lint(linter, v string) bool {
	is := func(pattern string) bool { return regexp.MustCompile(`^(?:` + pattern + `)$`).MatchString(v) }
	number := func(s string) uint64 { n, _ := strconv.ParseUint(s, 10, 64); return n }
	switch linter {
	case "csum":
		return referenceCheckDigit(v[:len(v)-1]) == v[len(v)-1]
	case "csumalpha":
		return len(v) >= 2 && referenceCheckPair(v[:len(v)-2]) == v[len(v)-2:]
	case "gcppos1":
		return is(`\d{4}.*`)
	case "gcppos2":
		return is(`.\d{4}.*`)
	case "yymmd0":
		return referenceDate("20"+v) || v[4:] == "00" && referenceDate("20"+v[:4]+"01")
	case "yymmdd":
		return referenceDate("20" + v)
	case "yyyymmdd":
		return referenceDate(v)
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
		return is(`(?:[^%]|%[0-9A-Fa-f]{2})*`)
	case "nonzero":
		return number(v) != 0
	case "zero":
		return number(v) == 0
	case "nozeroprefix":
		return is(`[1-9]\d*`)
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
		m := referenceCoupon.FindStringSubmatch(v)
		return m != nil && (m[1] == "" || referenceDate("20"+m[1])) &&
			(m[2] == "" || referenceDate("20"+m[2])) &&
			(m[1] == "" || m[2] <= m[1])
	case "couponposoffer":
		return referenceOffer.MatchString(v)
	}
	panic("unknown linter " + linter)
}

// matches reports whether code is the AI pattern, in which "n" is any digit.
func referenceMatches(pattern, code string) bool {
	return len(pattern) == len(code) && strings.HasPrefix(code, strings.TrimRight(pattern, "n"))
}

func referenceHas(m gs1.Message, pattern, but string) bool {
	return slices.ContainsFunc(
		m,
		func(e gs1.Element) bool { return e.AI != but && referenceMatches(pattern, e.AI) },
	)
}

// message reports whether m is valid.
func (j *referenceParser) message(m gs1.Message) bool {
	values := map[string]string{}
	for _, e := range m {
		ai, _ := j.ai(e.AI)
		if ai == nil || !j.value(ai, e.Value) {
			return false
		}
		if v, again := values[e.AI]; again && v != e.Value {
			return false
		}
		values[e.AI] = e.Value
		for _, pattern := range ai.ex {
			if referenceHas(m, pattern, e.AI) {
				return false
			}
		}
		for _, clause := range ai.req {
			if !j.SkipAssociations && !slices.ContainsFunc(clause, func(group []string) bool {
				return !slices.ContainsFunc(
					group,
					func(pattern string) bool { return !referenceHas(m, pattern, "") },
				)
			}) {
				return false
			}
		}
	}
	if _, signed := values["8030"]; signed &&
		(len(values["253"]) == 13 || len(values["255"]) == 13 || len(values["8003"]) == 14) {
		return false // GS1 General Specifications, 3.9.13
	}
	return len(m) > 0
}

// bracketed, data and uri read a message in the three forms; they return nil if it is malformed.

func (j *referenceParser) bracketed(s string) (m gs1.Message) {
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

func (j *referenceParser) data(s, fnc1 string) (m gs1.Message) {
	for s != "" {
		var ai *referenceAI
		code := ""
		for n := 2; n <= min(4, len(s)); n++ {
			if a, known := j.ai(s[:n]); known {
				ai, code = a, s[:n]
			}
		}
		if ai == nil {
			return nil
		}
		s = s[len(code):]
		value := s
		if i := strings.IndexAny(s, fnc1); i >= 0 {
			value = s[:i]
		}
		if ai.predefined {
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

func (j *referenceParser) elementString(s string) (m gs1.Message) {
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

var (
	referenceElements = regexp.MustCompile(`^(?s)\](?:C1|e0|d2|Q3|J1)(.*)$`)
	referencePrimary  = regexp.MustCompile(`^(?s)\](?:E0(\d{13})|E4(\d{8}))(\|\]e0.*)?$`)
	referenceText     = regexp.MustCompile(`^(?s)\](?:d1|Q1|J0)(.*)$`)
)

// scan reads a scan; valid reports whether it is right, with or without elements.
func (j *referenceParser) scan(s string) (m gs1.Message, gtin gs1.GTIN, valid bool) {
	if len(s) > 8193 {
		return nil, "", false
	}
	if found := referenceElements.FindStringSubmatch(s); found != nil {
		m = j.data(found[1], "\x1d")
		return m, "", j.message(m)
	}
	if found := referenceText.FindStringSubmatch(s); found != nil {
		if !regexp.MustCompile(`^(?:https?|HTTPS?)://`).MatchString(found[1]) {
			return nil, "", true
		}
		m, _ = j.uri(found[1])
		return m, "", j.message(m)
	}
	found := referencePrimary.FindStringSubmatch(s)
	if found == nil {
		return nil, "", false
	}
	digits := found[1] + found[2]
	if last := len(digits) - 1; referenceCheckDigit(digits[:last]) != digits[last] {
		return nil, "", false
	}
	gtin = gs1.GTIN(strings.Repeat("0", 14-len(digits)) + digits)
	if found[3] == "" {
		return nil, gtin, true
	}
	m = j.data(strings.TrimPrefix(found[3], "|]e0"), "\x1d")
	return m, gtin, j.message(m)
}

var referenceURI = regexp.MustCompile(
	`^(?:https|HTTPS|http|HTTP)://[A-Za-z0-9.:\[\]\-]+((?:/[^/?#]*)+)(?:\?([^#]*))?(?:#.*)?$`,
)
var referenceURIChars = regexp.MustCompile(`^[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*$`)
var referenceEscape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

func referenceUnescape(s string) string {
	return referenceEscape.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[1:], 16, 8)
		return string([]byte{byte(n)})
	})
}

// uri also returns how many elements the path has.
func (j *referenceParser) uri(s string) (m gs1.Message, inPath int) {
	parts := referenceURI.FindStringSubmatch(s)
	if parts == nil || !referenceURIChars.MatchString(s) || len(s) > 8191 {
		return nil, 0
	}
	pad := func(code, value string) string {
		if value = referenceUnescape(value); j.PermitZeroSuppressedGTINs && code == "01" &&
			slices.Contains([]int{8, 12, 13}, len(value)) {
			return strings.Repeat("0", 14-len(value)) + value
		}
		return value
	}
	segments := strings.Split(parts[1], "/")[1:]
	for { // from the right: pairs up to the key
		if len(segments) < 2 {
			return nil, 0
		}
		code, value := segments[len(segments)-2], segments[len(segments)-1]
		ai, _ := j.ai(code)
		if ai == nil {
			return nil, 0
		}
		m = slices.Insert(m, 0, gs1.Element{AI: code, Value: pad(code, value)})
		if ai.key {
			break
		}
		segments = segments[:len(segments)-2]
	}
	inPath = len(m)
	var alternatives [][]string // that the path follows
	for _, order := range j.ais[m[0].AI].qualifiers {
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
		return nil, 0
	}
	ignored := 0
	if strings.HasSuffix(parts[2], "&") {
		ignored++
	}
	for _, parameter := range strings.Split(parts[2], "&") {
		code, value, pair := strings.Cut(parameter, "=")
		if pair && code == "" {
			return nil, 0
		}
		if !pair || code == "" || strings.Trim(code, "0123456789") != "" {
			if parameter != "" {
				ignored++
			}
			continue
		}
		ai, _ := j.ai(code)
		if ai == nil || !ai.attribute || referenceHas(m, code, "") ||
			slices.ContainsFunc(
				alternatives,
				func(order []string) bool { return slices.Contains(order, code) },
			) {
			return nil, 0
		}
		m = append(m, gs1.Element{AI: code, Value: pad(code, strings.ReplaceAll(value, "+", " "))})
	}
	if len(m)+ignored > 64 {
		return nil, 0
	}
	return m, inPath
}

// canonical writes the canonical URI of a valid message, or "". The first inPath elements make the
// path, if there are any.
func (j *referenceParser) canonical(m gs1.Message, inPath int) string {
	var path []string
	for _, e := range m[:inPath] {
		path = append(path, e.AI)
	}
	for _, e := range m {
		if ai, _ := j.ai(e.AI); ai.key && path == nil {
			path = j.path(m, e.AI)
		}
	}
	if path == nil {
		return ""
	}
	pair := func(code, between string) string {
		value, _ := m.Value(code)
		return code + between + strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
	}
	uri := "https://id.gs1.org"
	for _, code := range path {
		uri += "/" + pair(code, "/")
	}
	var query []string
	for _, predefined := range []bool{true, false} {
		for _, e := range m {
			ai, _ := j.ai(e.AI)
			if ai.predefined != predefined || slices.Contains(path, e.AI) ||
				slices.Contains(query, pair(e.AI, "=")) {
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

// path returns the first in alphabetical order of the longest paths that key and qualifiers in m
// make.
func (j *referenceParser) path(m gs1.Message, key string) (longest []string) {
	paths := []string{key}
	for _, order := range j.ais[key].qualifiers {
		some := []string{key}
		for _, code := range order {
			for _, path := range some {
				some = append(some, path+" "+code)
			}
		}
		paths = append(paths, some...)
	}
	slices.Sort(paths)
	for _, path := range paths {
		codes := strings.Fields(path)
		if len(codes) > len(longest) &&
			!slices.ContainsFunc(
				codes,
				func(code string) bool { return !referenceHas(m, code, "") },
			) {
			longest = codes
		}
	}
	return longest
}
