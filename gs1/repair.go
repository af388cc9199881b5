package gs1

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/gs1/internal/syntax"
)

// A Repair is one thing that [RepairScan] mended.
type Repair struct {
	What     string // what was done, such as "line end removed"
	Pos, Len int    // the bytes of the scan that it concerns; Len is 0 where something was missing
}

// RepairScan reads the output of a barcode reader as [ParseScan] does. If that fails, or if the data shows FNC1 written as text, it
// undoes what readers and the computers behind them are known to do, and tells what it undid:
//
//   - characters before and after the data: line ends, spaces, a byte order mark, STX and ETX;
//   - FNC1 written as text: {GS}, <GS>, [GS], {FNC1}, <FNC1>, ^], \x1d, \u001d, ␝;
//   - a symbology identifier that was lost, lost its bracket, or has its case reversed;
//   - a keyboard reader whose US key codes were taken for those of a German or French keyboard;
//   - an FNC1 that was lost.
//
// The result is as valid as that of ParseScan. Where the damage allows more than one reading, nothing is repaired, and the error is
// that of ParseScan. Without an identifier, Scan.Symbology is "". Scans of more than 8 KB are not repaired.
func RepairScan(s string) (Scan, []Repair, error) { return Parser{}.RepairScan(s) }

// RepairScan is [RepairScan] with the parser's options.
func (p Parser) RepairScan(s string) (Scan, []Repair, error) {
	scan, err := p.ParseScan(s)
	if len(s) > 8<<10 || err == nil && !slices.ContainsFunc(typedFNC1[:], func(typed string) bool { return strings.Contains(s, typed) }) {
		return scan, nil, err
	}
	t := newDamaged(s)
	t.trim()
	if scan, repairs, ok := p.mend(t.clone()); ok {
		return scan, repairs, nil
	}
	if err == nil {
		return scan, nil, nil
	}
	var only *mended
	for _, l := range layouts {
		typed := t.clone()
		if !typed.retype(l) {
			continue
		}
		if scan, repairs, ok := p.mend(typed); ok {
			if only != nil {
				return Scan{}, nil, err
			}
			only = &mended{scan, repairs}
		}
	}
	if only != nil {
		return only.scan, only.repairs, nil
	}
	return Scan{}, nil, err
}

type mended struct {
	scan    Scan
	repairs []Repair
}

// mend tries the repairs that leave the characters as they are.
func (p Parser) mend(t *damaged) (Scan, []Repair, bool) {
	t.separators()
	for _, identify := range [...]func(*damaged) bool{(*damaged).asIs, (*damaged).swapCase, (*damaged).addBracket, (*damaged).noIdentifier} {
		c := t.clone()
		if !identify(c) {
			continue
		}
		if scan, ok := p.read(c.s); ok {
			return scan, c.repairs, true
		}
		if c.separate(syntax.Options(p)) {
			if scan, ok := p.read(c.s); ok {
				return scan, c.repairs, true
			}
		}
	}
	return Scan{}, nil, false
}

// read parses s with its symbology identifier, or without.
func (p Parser) read(s string) (Scan, bool) {
	if strings.HasPrefix(s, "]") {
		scan, err := p.ParseScan(s)
		return scan, err == nil
	}
	if s == "" || s[0] == '(' {
		return Scan{}, false
	}
	m, err := p.Parse(s)
	return Scan{Text: s, Message: m}, err == nil
}

// A damaged is a scan under repair. at[i] tells where byte i of s stood in the scan.
type damaged struct {
	s       string
	at      []int
	repairs []Repair
}

func newDamaged(s string) *damaged {
	t := &damaged{s: s, at: make([]int, len(s)+1)}
	for i := range t.at {
		t.at[i] = i
	}
	return t
}

func (t *damaged) clone() *damaged {
	return &damaged{t.s, slices.Clone(t.at), slices.Clone(t.repairs)}
}

// replace puts with in place of n bytes at i, and notes why.
func (t *damaged) replace(i, n int, with, what string) {
	from, to := t.at[i], t.at[i+n]
	places := make([]int, len(with))
	for j := range places {
		places[j] = from
	}
	t.s = t.s[:i] + with + t.s[i+n:]
	t.at = slices.Concat(t.at[:i], places, t.at[i+n:])
	t.repairs = append(t.repairs, Repair{what, from, to - from})
}

// trim removes what readers put around the data.
func (t *damaged) trim() {
	const around = "\r\n\t \x00\x02\x03\ufeff"
	if n := len(t.s) - len(strings.TrimLeft(t.s, around)); n > 0 {
		t.replace(0, n, "", "characters before the data removed")
	}
	if kept := len(strings.TrimRight(t.s, around)); kept < len(t.s) {
		t.replace(kept, len(t.s)-kept, "", "line end or other characters after the data removed")
	}
}

// typedFNC1 are the ways in which FNC1 is written as text.
var typedFNC1 = [...]string{"{GS}", "<GS>", "[GS]", "{FNC1}", "<FNC1>", "^]", `\x1d`, `\x1D`, `\u001d`, `\u001D`, "\u241d"}

// fnc1 is how the data writes FNC1: as in front.
func (t *damaged) fnc1() string {
	if strings.HasPrefix(t.s, "^") {
		return "^"
	}
	return "\x1d"
}

func (t *damaged) separators() {
	if strings.HasPrefix(t.s, "^") && strings.Contains(t.s, "\x1d") {
		t.replace(0, 1, "\x1d", "FNC1 in front written as ^")
	}
	for _, typed := range typedFNC1 {
		for range syntax.MaxElements { // more would not make a message
			i := strings.Index(t.s, typed)
			if i < 0 {
				break
			}
			t.replace(i, len(typed), t.fnc1(), "FNC1 written as "+typed)
		}
	}
}

// asIs leaves the identifier alone.
func (t *damaged) asIs() bool { return strings.HasPrefix(t.s, "]") }

// swapCase mends an identifier whose case the caps lock key reversed.
func (t *damaged) swapCase() bool {
	if len(t.s) < 3 || t.s[0] != ']' || t.s[1]|0x20 < 'a' || t.s[1]|0x20 > 'z' {
		return false
	}
	t.replace(1, 1, string(t.s[1]^0x20), "case of the symbology identifier reversed")
	return true
}

// addBracket mends an identifier that lost its bracket.
func (t *damaged) addBracket() bool {
	if len(t.s) < 2 || t.s[0] < 'A' || t.s[1] < '0' || t.s[1] > '9' {
		return false
	}
	t.replace(0, 0, "]", "bracket of the symbology identifier added")
	return true
}

// noIdentifier takes the text for data whose identifier was not sent.
func (t *damaged) noIdentifier() bool {
	if strings.HasPrefix(t.s, "]") {
		return false
	}
	t.repairs = append(t.repairs, Repair{"symbology identifier missing", t.at[0], 0})
	return true
}

// separate puts FNC1 where it was lost, if there is one way only.
func (t *damaged) separate(opt syntax.Options) bool {
	from := 0
	if strings.HasPrefix(t.s, "]") {
		from = 3
	} else if t.s != "" && (t.s[0] == '\x1d' || t.s[0] == '^') {
		from = 1
	}
	if from > len(t.s) {
		return false
	}
	places := syntax.Splits(t.s[from:], opt)
	for i, place := range places {
		t.replace(from+place+i, 0, t.fnc1(), "lost FNC1 put back")
	}
	return places != nil
}

// A layout pairs what a keyboard types with what the same keys type on a US keyboard.
type layout struct{ name, typed, meant string }

var layouts = [...]layout{
	{"German",
		`yzYZß´ü+#öä-"§&/()=?` + "`" + `Ü*'ÖÄ;:_°`,
		`zyZY-=[]\;'/@#^&*()_` + `+` + `{}|:"<>?~`},
	{"French",
		`&é"'(-è_çà)$*mù;:!qawzQAWZ,1234567890°¨£µM%./§?`,
		`1234567890-]\;',./aqzwAQZWm!@#$%^&*()_{}|:"<>?M`},
}

// retype undoes a foreign keyboard layout. It fails if a character doesn't stand on the keys in question.
func (t *damaged) retype(l layout) bool {
	keys := map[rune]rune{}
	meant := []rune(l.meant)
	for i, r := range []rune(l.typed) {
		keys[r] = meant[i]
	}
	var b strings.Builder
	var at []int
	for i, r := range t.s {
		k, moved := keys[r]
		switch {
		case moved:
			r = k
		case r >= utf8.RuneSelf || strings.ContainsRune(l.meant, r) && !strings.ContainsRune(l.typed, r):
			return false
		}
		b.WriteRune(r)
		at = append(at, t.at[i])
	}
	t.repairs = append(t.repairs, Repair{l.name + " keyboard layout undone", t.at[0], t.at[len(t.s)] - t.at[0]})
	t.s, t.at = b.String(), append(at, t.at[len(t.s)])
	return true
}
