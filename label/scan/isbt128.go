package scan

import (
	"strings"
	"time"

	"github.com/gonameplate/nameplate/serial/checkdigit"
)

// An isbtStructure is a data structure of ISBT 128 (ICCBBA ST-001, section 2.4).
type isbtStructure struct {
	id     string // data identifier
	length int    // of the data after it
	digits bool   // the data are digits only
}

var isbtStructures = [...]isbtStructure{
	{"=%", 4, false},   // 002 blood groups
	{"=<", 8, false},   // 003 product code
	{"=>", 6, true},    // 004 expiration date
	{"&>", 10, true},   // 005 expiration date and time
	{"=*", 6, true},    // 006 collection date
	{"&*", 10, true},   // 007 collection date and time
	{"=}", 6, true},    // 008 production date
	{"&}", 10, true},   // 009 production date and time
	{"&(", 5, false},   // 010 special testing: general
	{"={", 18, true},   // 012 special testing: red blood cell antigens
	{"=[", 18, true},   // 013 special testing: red blood cell antigens, general
	{"=\"", 18, true},  // 014 special testing: platelet HLA and platelet-specific antigens
	{"=)", 10, false},  // 017 container manufacturer and catalog number
	{"&)", 10, false},  // 018 container lot number
	{"=;", 21, false},  // 019 donor identification number
	{"='", 11, false},  // 020 staff member identification number
	{"=-", 10, false},  // 021 manufacturer and catalog number, other items
	{"&-", 10, false},  // 022 lot number, other items
	{"=+", 5, true},    // 023 compound message
	{"=#", 10, true},   // 024 patient date of birth
	{"=/", 16, false},  // 034 processor product identification code
	{"&,1", 18, false}, // 035 lot number of medical products of human origin
	{"=,", 6, false},   // 032 product divisions
}

// FormatISBT128 returns data structures one after the other, as concatenated symbols and Data
// Matrix carry them: each item is a data identifier, such as "=<", and its data. The identifier
// of a donation identification number is "=", its data are 13 characters and two flags. The error
// is an *[Error] that wraps [ErrFormat].
func FormatISBT128(items ...Item) (string, error) {
	text := ""
	for _, item := range items {
		field := item.ID + item.Value
		n, ok := isbtLength(field)
		if !ok || n != len(field) || item.ID != isbtID(field) {
			return "", &Error{Err: ErrFormat, Input: field, Pos: -1,
				Detail: "want a data identifier of ISBT 128 and data of its length"}
		}
		text += field
	}
	if text == "" {
		return "", &Error{Err: ErrFormat, Pos: -1, Detail: "want at least one data structure"}
	}
	return text, nil
}

// FormatDIN returns a donation identification number of 13 characters as people key it: with the
// check character that is printed beside it (ISO/IEC 7064, MOD 37-2).
func FormatDIN(din string) (string, error) {
	if !isDIN(din) {
		return "", &Error{Err: ErrFormat, Input: din, Pos: -1, Detail: "want 13 characters: " +
			"a facility of 5, a year of 2 and a number of 6 digits"}
	}
	return checkdigit.Mod37_2.Complete(din)
}

// isDIN reports whether s is a donation identification number without flags.
func isDIN(s string) bool {
	return len(s) == 13 && s[0] != '0' && s[0] != 'O' && capitals("", s[:5], 5, 5) == nil &&
		leadingDigits(s[5:]) == 8
}

// isbtLength returns the length of the data structure that begins s, its identifier included.
func isbtLength(s string) (n int, ok bool) {
	for _, d := range isbtStructures {
		if !strings.HasPrefix(s, d.id) {
			continue
		}
		n = len(d.id) + d.length
		if n > len(s) || d.digits && leadingDigits(s[len(d.id):n]) < d.length {
			return 0, false
		}
		return n, isPrintable(s[:n])
	}
	if len(s) >= 16 && s[0] == '=' && isDIN(s[1:14]) && capitals("", s[14:16], 2, 2) == nil {
		return 16, true
	}
	return 0, false
}

// isbtID returns the data identifier of the data structure that begins s.
func isbtID(s string) string {
	for _, d := range isbtStructures {
		if strings.HasPrefix(s, d.id) {
			return d.id
		}
	}
	return "="
}

// isbt128 reads data structures of ISBT 128 from byte from on, or a donation identification
// number as it is keyed, with its check character.
func (r Reader) isbt128(t *damaged, from int) []Result {
	text := t.s[from:]
	a := Result{Kind: ISBT128, Symbology: t.s[:from], Text: text, Repairs: t.repairs}
	if keyed := strings.ToUpper(strings.ReplaceAll(text, " ", "")); from == 0 && len(keyed) == 14 &&
		isDIN(keyed[:13]) && checkdigit.Mod37_2.Valid(keyed) {
		a.Serial = keyed[:13]
		a.Items = []Item{{"=", keyed[:13]}, {"check", keyed[13:]}}
		return []Result{a}
	}
	if text == "" || text[0] != '=' && text[0] != '&' {
		return nil
	}
	for text != "" {
		n, ok := isbtLength(text)
		if !ok || !a.isbtStructure(isbtID(text[:n]), text[len(isbtID(text[:n])):n]) {
			return nil
		}
		text = text[n:]
	}
	return []Result{a}
}

// isbtStructure reads one data structure.
func (a *Result) isbtStructure(id, v string) (ok bool) {
	a.Items = append(a.Items, Item{id, v})
	ok = true
	switch id {
	case "=":
		a.Serial = v[:13]
	case "=<", "=/":
		a.Product = v
	case "=>", "&>":
		a.Expiry, ok = isbtDate(v)
	case "=*", "&*":
		_, ok = isbtDate(v)
	case "=}", "&}":
		a.Made, ok = isbtDate(v)
	case "&,1":
		a.Lot = v
	}
	return ok
}

// isbtDate returns a date of CYYJJJ, the last digit of the century, year and day in it, with a time
// HHMM if it has one. Without time, or with 2359, it is the day.
func isbtDate(s string) (time.Time, bool) {
	year := 2000 + int(s[0]-'0')*100 + int(s[1]-'0')*10 + int(s[2]-'0')
	if s[0] == '9' {
		year -= 1000
	}
	day := int(s[3]-'0')*100 + int(s[4]-'0')*10 + int(s[5]-'0')
	t := time.Date(year, 1, day, 0, 0, 0, 0, time.UTC)
	if day == 0 || t.Year() != year {
		return time.Time{}, false
	}
	if len(s) == 10 {
		clock, err := time.Parse("1504", s[6:])
		if err != nil {
			return time.Time{}, false
		}
		t = t.Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute)
	}
	return t, true
}
