package scan

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/serial/checkdigit"
)

// An HIBCData is the content of a Health Industry Bar Code for suppliers (ANSI/HIBC 2.6).
type HIBCData struct {
	Labeler  string    // labeler identification code: a letter and three letters or digits
	Product  string    // product or catalog number: 1 to 18 capitals or digits
	Unit     int       // unit of measure: 0 for the unit of use, 1 to 8 for packages of it, 9
	Lot      string    // up to 18 capitals or digits
	Serial   string    // up to 18 capitals or digits
	Expiry   time.Time // written as YYMMDD
	Made     time.Time
	Quantity int // not written if 0
}

// FormatHIBC returns the data as text with check character: the primary data structure alone, or
// concatenated with a secondary one if there is more than the product. Code 39, Code 128, Data
// Matrix, QR Code and others carry it.
func FormatHIBC(d HIBCData) (string, error) {
	for _, f := range []struct {
		name, value string
		least, most int
	}{
		{"labeler", d.Labeler, 4, 4}, {"product", d.Product, 1, 18}, {"lot", d.Lot, 0, 18},
		{"serial", d.Serial, 0, 18},
	} {
		if err := capitals(f.name, f.value, f.least, f.most); err != nil {
			return "", err
		}
	}
	if !isLetter(d.Labeler[0]) || d.Unit < 0 || d.Unit > 9 || d.Quantity < 0 || d.Quantity > 99999 {
		return "", &Error{Err: ErrFormat, Input: d.Labeler + d.Product, Pos: -1,
			Detail: "want a labeler that begins with a letter, a unit to 9 and a quantity to 99999"}
	}
	text := "+" + d.Labeler + d.Product + strconv.Itoa(d.Unit)
	if !d.Expiry.IsZero() || d.Lot != "" {
		text += "/$$7" + d.Lot
		if !d.Expiry.IsZero() {
			text = strings.TrimSuffix(text, "7"+d.Lot) + "3" + d.Expiry.Format("060102") + d.Lot
		}
	}
	if d.Serial != "" {
		text += "/S" + d.Serial
	}
	if !d.Made.IsZero() {
		text += "/16D" + d.Made.Format("20060102")
	}
	if d.Quantity > 0 {
		text += fmt.Sprintf("/Q%d", d.Quantity)
	}
	return checkdigit.Mod43.Complete(text)
}

// capitals checks that a field has capitals and digits, and its length.
func capitals(name, s string, least, most int) error {
	if len(s) < least || len(s) > most {
		return &Error{Err: ErrFormat, Input: s, Pos: -1, Detail: fmt.Sprintf(
			"found a %s of %d characters, want %d to %d", name, len(s), least, most)}
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return &Error{Err: ErrFormat, Input: s, Pos: i, Len: 1, Detail: fmt.Sprintf(
				"found %q in the %s, want capitals and digits", c, name)}
		}
	}
	return nil
}

// hibc reads a Health Industry Bar Code for suppliers from byte from on: a primary or a secondary
// data structure, or both, with its check character, which may be a blank that was lost.
func (r Reader) hibc(t *damaged, from int) []Result {
	text := t.s[from:]
	if len(text) < 4 || text[0] != '+' {
		return nil
	}
	text = strings.ReplaceAll(text, "_", " ") // printed for a blank
	if !checkdigit.Mod43.Valid(text) {
		if text += " "; !checkdigit.Mod43.Valid(text) {
			return nil
		}
	}
	a := Result{Kind: HIBC, Symbology: t.s[:from], Text: t.s[from:], Repairs: t.repairs}
	body := text[1 : len(text)-1]
	if isLetter(body[0]) {
		primary, secondary, both := strings.Cut(body, "/")
		if !a.hibcPrimary(primary) || both && !r.hibcSecondary(&a, secondary) {
			return nil
		}
		return []Result{a}
	}
	if !r.hibcSecondary(&a, body[:len(body)-1]) { // the last is the link character
		return nil
	}
	a.Items = append(a.Items, Item{"LINK", body[len(body)-1:]})
	return []Result{a}
}

// hibcPrimary reads labeler, product and unit of measure.
func (a *Result) hibcPrimary(s string) bool {
	n := len(s)
	if n < 6 || n > 23 || s[n-1] < '0' || s[n-1] > '9' || capitals("", s, 6, 23) != nil {
		return false
	}
	a.Product = s[4 : n-1]
	a.Items = append(a.Items, Item{"LIC", s[:4]}, Item{"PCN", a.Product}, Item{"UM", s[n-1:]})
	return true
}

// hibcSecondary reads dates, lot, serial and quantity.
func (r Reader) hibcSecondary(a *Result, s string) bool {
	parts := strings.Split(s, "/")
	main := parts[0]
	from := 1
	switch {
	case strings.HasPrefix(main, "$$+"):
		if !r.hibcDate(a, main[3:], &a.Serial) {
			return false
		}
	case strings.HasPrefix(main, "$$"):
		if !r.hibcDate(a, main[2:], &a.Lot) {
			return false
		}
	case strings.HasPrefix(main, "$+"):
		a.Serial = main[2:]
	case strings.HasPrefix(main, "$"):
		a.Lot = main[1:]
	case len(main) >= 5 && leadingDigits(main) >= 5: // YYJJJ and lot
		var ok bool
		if a.Expiry, ok = r.dayOfYear(main[:5]); !ok {
			return false
		}
		a.Lot = main[5:]
	default:
		from = 0
	}
	for _, part := range parts[from:] {
		if !a.hibcExtra(part) {
			return false
		}
	}
	for _, f := range []Item{{"LOT", a.Lot}, {"SERIAL", a.Serial}, {"QTY", a.Quantity}} {
		if f.Value != "" {
			a.Items = append(a.Items, f)
		}
	}
	return len(a.Lot) <= 18 && len(a.Serial) <= 18
}

// hibcExtra reads one of the fields that follow a slash.
func (a *Result) hibcExtra(part string) (ok bool) {
	switch {
	case strings.HasPrefix(part, "16D"):
		a.Made, ok = longDate(part[3:])
	case strings.HasPrefix(part, "14D"):
		a.Expiry, ok = longDate(part[3:])
	case strings.HasPrefix(part, "S") && len(part) > 1:
		a.Serial, ok = part[1:], true
	case strings.HasPrefix(part, "Q") && len(part) > 1 && leadingDigits(part[1:]) == len(part)-1:
		a.Quantity, ok = part[1:], true
	}
	return ok
}

// hibcDate reads quantity and date, and sets rest to what follows: the lot or the serial.
func (r Reader) hibcDate(a *Result, s string, rest *string) (ok bool) {
	if s == "" {
		return false
	}
	if n := map[byte]int{'8': 2, '9': 5}[s[0]]; n > 0 {
		if len(s) < 1+n || leadingDigits(s) < 1+n {
			return false
		}
		a.Quantity = strings.TrimLeft(s[1:n], "0") + s[n:1+n]
		if s = s[1+n:]; s == "" {
			return true
		}
	}
	lengths := map[byte]int{'0': 4, '1': 4, '2': 6, '3': 6, '4': 8, '5': 5, '6': 7, '7': 0}
	n, known := lengths[s[0]]
	if !known {
		return false
	}
	flag := s[0]
	if flag > '1' {
		s = s[1:]
	}
	if len(s) < n || leadingDigits(s) < n {
		return false
	}
	date := s[:n]
	*rest = s[n:]
	switch flag {
	case '0', '1':
		a.Expiry, ok = r.shortDate(date[2:] + date[:2] + "00")
	case '2':
		a.Expiry, ok = r.shortDate(date[4:] + date[:4])
	case '3', '4':
		a.Expiry, ok = r.shortDate(date[:6])
	case '5', '6':
		a.Expiry, ok = r.dayOfYear(date[:5])
	case '7':
		ok = true
	}
	if ok && (flag == '4' || flag == '6') {
		hour, _ := strconv.Atoi(date[n-2:])
		a.Expiry = a.Expiry.Add(time.Duration(hour) * time.Hour)
		ok = hour < 24
	}
	return ok
}
