package scan

import (
	"strings"

	"github.com/gonameplate/nameplate/serial/checkdigit"
)

const (
	rs  = "\x1e"
	eot = "\x04"
)

// FormatISO15434 returns the items in the envelope of ISO/IEC 15434 for a format: "05" for GS1
// Application Identifiers, "06" for ASC MH10 data identifiers, "12" for text element identifiers,
// which have a blank before the value, and "DD", an older form of them. Data Matrix takes one
// codeword for the envelope of formats 05 and 06. Unique item identifiers of MIL-STD-130 and the
// labels of pharmacies (IFA) and car makers are such texts:
//
//	FormatISO15434("06", Item{"17V", "0CVA5"}, Item{"1P", "4327"}, Item{"S", "786950"})
//	FormatISO15434("06", Item{"9N", "110375286414"}, Item{"1T", "L7"}, Item{"S", "K7Q"})
//
// The error is an *[Error] that wraps [ErrFormat]. Which items a standard requires is not
// checked.
func FormatISO15434(format string, items ...Item) (string, error) {
	blank := ""
	switch format {
	case "05", "06":
	case "12", "DD":
		blank = " "
	default:
		return "", &Error{Err: ErrFormat, Input: format, Pos: -1, Detail: "want 05, 06, 12 or DD"}
	}
	if len(items) == 0 {
		return "", &Error{Err: ErrFormat, Input: format, Pos: -1, Detail: "want at least one item"}
	}
	text := "[)>" + rs + format
	for _, item := range items {
		field := item.ID + blank + item.Value
		at := strings.IndexFunc(field, func(c rune) bool { return c < ' ' })
		if at >= 0 || item.ID == "" || item.Value == "" {
			return "", &Error{Err: ErrFormat, Input: field, Pos: max(at, 0), Len: min(at+1, 1),
				Detail: "want an identifier and a value without control characters"}
		}
		text += gs + field
	}
	return text + rs + eot, nil
}

// typedControls are the ways in which the other separators of an envelope are written as text.
var typedControls = [...]struct{ typed, means string }{
	{"{RS}", rs}, {"<RS>", rs}, {"[RS]", rs}, {"{1E}", rs}, {"<0x1E>", rs}, {`\x1e`, rs}, {`\x1E`,
		rs},
	{"_x001E_", rs}, {"%1E", rs}, {"\u241e", rs}, {"^^", rs},
	{"{EOT}", eot}, {"<EOT>", eot}, {"[EOT]", eot}, {"{04}", eot}, {"<0x04>", eot}, {`\x04`, eot},
	{"_x0004_", eot}, {"%04", eot}, {"\u2404", eot}, {"^D", eot},
}

// envelope reads the envelope of ISO/IEC 15434 from byte from on.
func (r Reader) envelope(t *damaged, from int) []Result {
	if !strings.HasPrefix(t.s[from:], "[)>") {
		return nil
	}
	c := t.clone()
	c.separators(from + 3)
	for _, typed := range typedControls {
		c.replaceAll(from+3, typed.typed, typed.means, "separator written as "+visible(typed.typed))
	}
	body := strings.TrimSuffix(c.s[from+3:], eot)
	if !strings.HasPrefix(body, rs) {
		return nil
	}
	a := Result{Kind: ISO15434, Symbology: c.s[:from], Text: c.s[from:], Repairs: c.repairs}
	for _, record := range strings.Split(strings.TrimSuffix(body[1:], rs), rs) {
		format, fields, ok := strings.Cut(record, gs)
		if !ok || !r.record(&a, format, strings.TrimSuffix(fields, gs)) {
			return nil
		}
	}
	if !strings.HasSuffix(t.s, eot) && len(c.repairs) == len(t.repairs) {
		a.Repairs = append(a.Repairs, Repair{"end of the envelope is missing", t.at[len(t.s)], 0})
	}
	return []Result{a}
}

// record reads the fields of one format.
func (r Reader) record(a *Result, format, fields string) bool {
	switch format {
	case "05":
		m, err := r.Parser.ParseElementString(gs + fields)
		if err != nil {
			return false
		}
		a.Message = append(a.Message, m...)
		r.fill(a)
		return true
	case "06":
		for field := range strings.SplitSeq(fields, gs) {
			n := leadingDigits(field)
			if n > 3 || len(field) < n+2 || field[n] < 'A' || field[n] > 'Z' {
				return false
			}
			if !r.dataIdentifier(a, Item{field[:n+1], field[n+1:]}) {
				return false
			}
		}
		return true
	case "12", "DD":
		for field := range strings.SplitSeq(fields, gs) {
			id, value, ok := strings.Cut(field, " ")
			if !ok || id == "" || value == "" {
				return false
			}
			a.textElement(Item{id, value})
		}
		return true
	}
	return false
}

// dataIdentifier reads a field of ASC MH10.8.2.
func (r Reader) dataIdentifier(a *Result, item Item) (ok bool) {
	a.Items = append(a.Items, item)
	v := item.Value
	ok = true
	switch item.ID {
	case "9N": // PPN: product registration agency, number and check digits
		if ok = checkdigit.PPN.Valid(v); ok {
			a.Product = v
			if strings.HasPrefix(v, "11") && len(v) == 12 {
				a.Items = append(a.Items, Item{"PZN", v[2:10]})
			}
		}
	case "8P":
		a.Product = v
	case "1P", "P", "25P", "30P":
		if a.Product == "" {
			a.Product = v
		}
	case "S", "18S", "25S", "6S":
		if a.Serial == "" || item.ID == "S" {
			a.Serial = v
		}
	case "1T", "T", "30T", "25T":
		a.Lot = v
	case "D":
		if len(v) == 6 {
			a.Expiry, ok = r.shortDate(v)
		}
	case "14D":
		a.Expiry, ok = longDate(v)
	case "16D":
		a.Made, ok = longDate(v)
	case "Q", "7Q":
		a.Quantity = v
	case "J", "1J", "2J", "3J", "4J", "5J", "6J":
		a.Container = v
	}
	return ok
}

// textElement reads a field of MIL-STD-130 with a text element identifier.
func (a *Result) textElement(item Item) {
	a.Items = append(a.Items, item)
	switch item.ID {
	case "SER", "SEQ", "UCN", "USN", "UST":
		a.Serial = item.Value
	case "PNO", "PNR":
		a.Product = item.Value
	case "LOT", "BII", "BTN":
		a.Lot = item.Value
	}
}
