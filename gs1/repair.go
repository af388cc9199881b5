package gs1

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A Repair is one thing that [RepairScan] mended.
type Repair struct {
	What     string // what was done, such as "line end removed"
	Pos, Len int    // the bytes of the scan that it concerns; Len is 0 where something was missing
}

// RepairScan reads the output of a barcode reader as [ParseScan] does. If that fails, it undoes what readers and the computers behind
// them are known to do, and tells what it undid:
//
//   - characters before and after the data: line ends, spaces, NUL, a byte order mark, STX and ETX;
//   - FNC1 written as text, such as {GS}, <GS>, [FNC1], ^], \x1d, \F, ~029, ␝ or the F8 key, or as any one character that values can't have;
//   - an FNC1 too many, in front or in a row;
//   - brackets around the AIs of data with a symbology identifier;
//   - a symbology identifier that was lost or lost its bracket, or is "]d8", that of GS1 data in a DMRE symbol (ISO/IEC 21471);
//   - a reader that types as a keyboard: caps lock, and its US key codes taken for those of a British, German, Swiss, French, Belgian,
//     Spanish, Latin American, Italian, Portuguese, Brazilian, Danish, Norwegian, Swedish, Turkish, Czech, Hungarian, Canadian French,
//     Croatian or Japanese keyboard, or the other way round;
//   - an FNC1 that was lost.
//
// A scan that ParseScan accepts is never changed. The result of a repair is valid in full, and holds elements or a GTIN:
// [ParseScan] accepts Symbology and Text put together if there is a Symbology. Where the damage allows more than one reading, nothing is repaired. The error is
// that of ParseScan, or, for data that begins as [Parse] reads it without an identifier, that of Parse. Without an identifier, Scan.Symbology is "", and 8, 12, 13 or 14 digits are a GTIN unless they could be an element string,
// too. Scans of more than 8 KB are not repaired.
func RepairScan(s string) (Scan, []Repair, error) { return Parser{}.RepairScan(s) }

// RepairScan is [RepairScan] with the parser's options.
func (p Parser) RepairScan(s string) (Scan, []Repair, error) {
	scan, err := p.ParseScan(s)
	if err == nil || len(s) > 8<<10 {
		return scan, nil, err
	}
	t := newDamaged(s)
	t.trim()
	if p.isBoth(t.s) {
		return Scan{}, nil, p.blame(s, err)
	}
	if m, ok := p.mend(t, (*damaged).foreign); ok {
		return m.scan, m.repairs, nil
	}
	if m, ok := p.retyped(t); ok {
		return m.scan, m.repairs, nil
	}
	return Scan{}, nil, p.blame(s, err)
}

// blame returns what is wrong with s beside its identifier: err is what ParseScan says, which of data without one says no more than that.
func (p Parser) blame(s string, err error) error {
	if strings.IndexAny(s, "(^\x1d0123456789") != 0 && !strings.HasPrefix(s, "http") && !strings.HasPrefix(s, "HTTP") {
		return err
	}
	if _, more := ParseGTIN(s); errors.Is(more, ErrCheckDigit) {
		return more
	}
	if _, more := p.Parse(s); more != nil {
		return more
	}
	return err
}

// isBoth reports whether s could be a GTIN, if perhaps a wrong one, and an element string: (400) and others begin as EAN-13 numbers do.
func (p Parser) isBoth(s string) bool {
	var e *Error
	if _, err := ParseGTIN(s); errors.As(err, &e) && e.Err != ErrCheckDigit {
		return false
	}
	_, err := p.Parse(s)
	return err == nil
}

type mended struct {
	scan    Scan
	repairs []Repair
}

// mend tries the repairs that leave the characters as they are, each with those before it, and one more.
func (p Parser) mend(t *damaged, more func(*damaged) bool) (mended, bool) {
	for _, identify := range [...]func(*damaged) bool{(*damaged).asIs, (*damaged).addBracket, (*damaged).noIdentifier, (*damaged).extended} {
		c := t.clone()
		if !identify(c) {
			continue
		}
		c.opt = gs1syntax.Options(p)
		for _, step := range [...]func(*damaged) bool{(*damaged).asItIs, (*damaged).unbracket, (*damaged).separators, (*damaged).fewerFNC1s, more, (*damaged).separate} {
			if !step(c) {
				continue
			}
			if scan, ok := p.read(c.s); ok {
				return mended{scan, c.repairs}, true
			}
		}
	}
	return mended{}, false
}

// retyped tries the ways in which a keyboard can be mistaken. All that make the scan valid must agree on what it says.
func (p Parser) retyped(t *damaged) (only mended, ok bool) {
	if len(t.s) > 1<<10 {
		return mended{}, false
	}
	for _, tier := range mistakes() {
		var names []string
		for _, m := range tier {
			c := t.clone()
			if !c.retype(m) {
				continue
			}
			found, valid := p.mend(c, (*damaged).asItIs)
			switch {
			case !valid || !found.scan.holdsKey():
				continue
			case !ok:
				only, ok = found, true
			case !found.scan.says(only.scan):
				return mended{}, false
			}
			names = append(names, m.layout())
		}
		if ok {
			what := &only.repairs[len(t.repairs)].What
			*what += strings.Join(names, " or ")
			return only, true
		}
	}
	return mended{}, false
}

// holdsKey reports whether a scan has an identifier, or else a key: without both, too much can be read into other keys.
func (s Scan) holdsKey() bool {
	return s.Symbology != "" || s.GTIN != "" || slices.ContainsFunc(s.Message, func(e Element) bool { return rank(e.AI) == 0 || rank(e.AI) == 2 })
}

// says reports whether two scans say the same.
func (s Scan) says(other Scan) bool {
	return s.Symbology == other.Symbology && s.GTIN == other.GTIN && slices.Equal(s.Message, other.Message)
}

// read parses s with its symbology identifier, or without.
func (p Parser) read(s string) (Scan, bool) {
	if strings.HasPrefix(s, "]") {
		scan, err := p.ParseScan(s)
		return scan, err == nil && (len(scan.Message) > 0 || scan.GTIN != "") // anything can be taken for plain text
	}
	if s == "" || s[0] == '(' || s[0]|0x20 == 'h' {
		return Scan{}, false
	}
	m, err := p.Parse(s)
	if gtin, no := ParseGTIN(s); no == nil {
		return Scan{Text: s, GTIN: gtin}, err != nil
	}
	return Scan{Text: s, Message: m}, err == nil
}

// A damaged is a scan under repair. at[i] tells where byte i of s stood in the scan.
type damaged struct {
	s       string
	at      []int
	repairs []Repair
	opt     gs1syntax.Options
	effort  *int // what is left of it for the search for lost FNC1s
}

func newDamaged(s string) *damaged {
	effort := 4 << 20
	t := &damaged{s: s, at: make([]int, len(s)+1), effort: &effort}
	for i := range t.at {
		t.at[i] = i
	}
	return t
}

func (t *damaged) clone() *damaged {
	c := *t
	c.at, c.repairs = slices.Clone(t.at), slices.Clone(t.repairs)
	return &c
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
var typedFNC1 = [...]string{
	"{GS}", "<GS>", "[GS]", "(GS)", "{FNC1}", "<FNC1>", "[FNC1]", "{F8}", "<F8>", "[F8]", "\x1b[19~", // which a terminal sends for F8
	"^]", `\x1d`, `\x1D`, `\u001d`, `\u001D`, `\035`, `\GS`, `\F`, "~d029", "~029", "~1", "{1D}", "<1D>", "[1D]", "{0x1D}", "<0x1D>", "<0x1d>",
	"&#29;", "&#x1D;", "&#x1d;", "%1D", "%1d", "\u241d",
}

// fnc1 is how the data writes FNC1: as in front.
func (t *damaged) fnc1() string {
	if strings.HasPrefix(t.s, "^") {
		return "^"
	}
	return "\x1d"
}

// body returns where the data begins after a symbology identifier.
func (t *damaged) body() int {
	if strings.HasPrefix(t.s, "]") {
		return min(3, len(t.s))
	}
	return 0
}

func (t *damaged) asItIs() bool { return true }

// unbracket takes away the brackets around AIs.
func (t *damaged) unbracket() bool {
	from := t.body()
	if from == 0 || !strings.HasPrefix(t.s[from:], "(") {
		return false
	}
	m, f := gs1syntax.AppendBracketed(nil, t.s[from:], t.opt)
	if f != nil {
		return false
	}
	data, f := gs1syntax.AppendData(nil, m, t.opt)
	if f != nil {
		return false
	}
	t.replace(from, len(t.s)-from, string(data[1:]), "brackets around the AIs removed")
	return true
}

// separators puts FNC1 where it is written as text.
func (t *damaged) separators() bool {
	before := len(t.repairs)
	if strings.HasPrefix(t.s, "^") && strings.Contains(t.s, "\x1d") {
		t.replace(0, 1, "\x1d", "FNC1 in front written as ^")
	}
	for _, typed := range typedFNC1 {
		t.replaceAll(typed)
	}
	return len(t.repairs) > before
}

// replaceAll puts FNC1 in place of a text.
func (t *damaged) replaceAll(typed string) {
	for range gs1syntax.MaxElements { // more would not make a message
		i := strings.Index(t.s[t.body():], typed)
		if i < 0 {
			return
		}
		t.replace(t.body()+i, len(typed), t.fnc1(), "FNC1 written as "+visible(typed))
	}
}

// visible spells characters that can't be seen.
func visible(s string) string {
	if q := strconv.Quote(s); q != `"`+s+`"` && s[0] != '\\' && s != `"` {
		return q
	}
	return s
}

// fewerFNC1s removes FNC1 in front of data with a symbology identifier, and all but one of several in a row.
func (t *damaged) fewerFNC1s() bool {
	before := len(t.repairs)
	for i := t.body(); i < len(t.s) && len(t.repairs) < before+gs1syntax.MaxElements; {
		if t.s[i] == '\x1d' && (i > 0 && i == t.body() || i > t.body() && t.s[i-1] == '\x1d') {
			t.replace(i, 1, "", "FNC1 too many removed")
		} else {
			i++
		}
	}
	return len(t.repairs) > before
}

// foreign puts FNC1 in place of a character that values can't have (of those with set 39, "#" too), if it is the only one.
func (t *damaged) foreign() bool {
	found := ""
	for _, r := range t.s[t.body():] {
		if r < utf8.RuneSelf && gs1syntax.In82(byte(r)) || r == '\x1d' || t.fnc1() == string(r) {
			continue
		}
		if found != "" && found != string(r) || r == utf8.RuneError {
			return false
		}
		found = string(r)
	}
	if found == "" {
		return false
	}
	t.replaceAll(found)
	return true
}

// asIs leaves the identifier alone.
func (t *damaged) asIs() bool { return strings.HasPrefix(t.s, "]") }

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

// extended takes a Data Matrix of ISO/IEC 21471 (DMRE), which the General Specifications don't have, for one of ISO/IEC 16022.
func (t *damaged) extended() bool {
	if !strings.HasPrefix(t.s, "]d8") {
		return false
	}
	t.replace(2, 1, "2", "identifier of a DMRE symbol taken for that of GS1 DataMatrix")
	return true
}

// separate puts FNC1 where it was lost, if there is one way only.
func (t *damaged) separate() bool {
	from := t.body()
	if from == 0 && t.s != "" && (t.s[0] == '\x1d' || t.s[0] == '^') {
		from = 1
	}
	places := gs1syntax.Splits(t.s[from:], t.opt, t.effort)
	for i, place := range places {
		t.replace(from+place+i, 0, t.fnc1(), "lost FNC1 put back")
	}
	return places != nil
}

// retype undoes a mistake. It fails if a character stands on no key, and if nothing would change.
func (t *damaged) retype(m mistake) bool {
	var b strings.Builder
	var at []int
	for i, typed := range t.s {
		for _, r := range m.keys(typed) {
			meant, ok := m.undo(r)
			if !ok || r == utf8.RuneError {
				return false
			}
			n, _ := b.WriteRune(meant)
			at = append(at, slices.Repeat(t.at[i:i+1], n)...)
		}
	}
	if b.String() == t.s {
		return false
	}
	what := "keyboard layout undone: "
	switch {
	case m.layout() == "":
		what = "caps lock undone"
	case m.caps || m.shiftLock:
		what = "caps lock and keyboard layout undone: "
	}
	t.repairs = append(t.repairs, Repair{what, t.at[0], t.at[len(t.s)-1] + 1 - t.at[0]})
	t.s, t.at = b.String(), append(at, t.at[len(t.s)])
	return true
}
