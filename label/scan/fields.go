package scan

import (
	"strings"
	"time"

	"github.com/gonameplate/nameplate/gs1"
)

// fill sets the fields that all carriers have in common from the message.
func (r *Reader) fill(a *Result) {
	var bestBefore time.Time
	for _, e := range a.Message {
		switch e.AI {
		case "01", "02", "8006":
			if a.Product == "" {
				a.Product = e.Value[:14]
			}
		case "00":
			a.Container = e.Value
		case "10":
			a.Lot = e.Value
		case "21":
			a.Serial = e.Value
		case "17":
			a.Expiry = r.date(e)
			if e.Value[4:] == "00" {
				a.doubt("(17) has no day, which is not allowed for regulated healthcare items")
			}
		case "7003":
			a.Expiry = r.date(e)
		case "15":
			bestBefore = r.date(e)
		case "11", "8008":
			a.Made = r.date(e)
		case "30", "37":
			a.Quantity = strings.TrimLeft(e.Value[:len(e.Value)-1], "0") + e.Value[len(e.Value)-1:]
		default:
			if q, ok := gs1.ParseQuantity(e); ok && a.Quantity == "" && e.AI[0] == '3' &&
				e.AI[:2] != "39" {
				a.Quantity = q.Decimal.String()
			}
		}
	}
	if a.Expiry.IsZero() {
		a.Expiry = bestBefore
	}
}

// date returns the date of a valid element, whose value begins with YYMMDD.
func (r *Reader) date(e gs1.Element) time.Time {
	if v := e.Value; len(v) == 6 && v[4:] != "00" && v[2:] != "0229" {
		number := func(i int) int { return int(v[i]-'0')*10 + int(v[i+1]-'0') }
		now := r.now().Year()
		year := number(0) + now - now%100
		if year > now+50 {
			year -= 100
		} else if year <= now-50 {
			year += 100
		}
		return time.Date(year, time.Month(number(2)), number(4), 0, 0, 0, 0, time.UTC)
	}
	t, _ := gs1.ParseTime(e, r.now())
	return t
}

// shortDate returns a date of YYMMDD, in which day 00 is the last of the month.
func (r *Reader) shortDate(s string) (time.Time, bool) {
	t, err := gs1.ParseDate(s, r.now())
	return t, err == nil
}

// longDate returns a date of YYYYMMDD.
func longDate(s string) (time.Time, bool) {
	t, err := time.Parse("20060102", s)
	return t, err == nil
}

// dayOfYear returns the date of YYJJJ, a year of two digits and the day in it.
func (r Reader) dayOfYear(s string) (time.Time, bool) {
	if len(s) != 5 || strings.Trim(s, "0123456789") != "" {
		return time.Time{}, false
	}
	first, ok := r.shortDate(s[:2] + "0101")
	day := int(s[2]-'0')*100 + int(s[3]-'0')*10 + int(s[4]-'0')
	t := first.AddDate(0, 0, day-1)
	return t, ok && day > 0 && t.Year() == first.Year()
}
