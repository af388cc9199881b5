package gs1syntax

// A Linter is a rule for the content of a component, by the name that the GS1 Barcode Syntax
// Dictionary gives it.
type Linter uint8

const (
	csum Linter = iota + 1
	csumalpha
	gcppos1
	gcppos2
	yymmd0
	yymmdd
	yyyymmdd
	hh
	mi
	ss
	hhmi
	iso3166
	iso3166999
	iso3166alpha2
	iso4217
	mediatype
	packagetype
	iban
	iso5218
	latitude
	longitude
	pcenc
	nonzero
	zero
	nozeroprefix
	hasnondigit
	hyphen
	yesno
	winding
	pieceoftotal
	posinseqslash
	importeridx
	couponcode
	couponposoffer
)

// check applies the rule to v, whose characters belong to the component's set.
func (l Linter) check(v string) flaw {
	switch l {
	case csum:
		return checkDigit(v)
	case csumalpha:
		return checkPair(v)
	case gcppos1:
		return companyPrefix(v, 0)
	case gcppos2:
		return companyPrefix(v, 1)
	case yymmd0:
		return date(v, 0)
	case yymmdd:
		return date(v, 1)
	case yyyymmdd:
		return longDate(v)
	case hh:
		return atMost(v, 0, "23", "an hour of 00 to 23")
	case mi:
		return atMost(v, 0, "59", "a minute of 00 to 59")
	case ss:
		return atMost(v, 0, "59", "a second of 00 to 59")
	case hhmi:
		if f := atMost(v[:2], 0, "23", "an hour of 00 to 23"); f.kind != 0 {
			return f
		}
		return atMost(v[2:], 2, "59", "a minute of 00 to 59")
	case iso3166, iso3166999:
		return ensure(
			listed(countries, v) || l == iso3166999 && v == "999",
			v,
			"a numeric country code of ISO 3166-1",
		)
	case iso3166alpha2:
		return ensure(listed(countries2, v), v, "an alpha-2 country code of ISO 3166-1")
	case iso4217:
		return ensure(listed(currencies, v), v, "a numeric currency code of ISO 4217")
	case mediatype:
		return ensure(listed(mediaTypes, v), v, "an AIDC media type: 01 to 10, or 80 to 99")
	case packagetype:
		return ensure(isPackageType(v), v, "a package type code of UN/ECE Recommendation 21")
	case iban:
		return bankAccount(v)
	case iso5218:
		return ensure(
			v == "0" || v == "1" || v == "2" || v == "9",
			v,
			"a sex code of ISO 5218: 0, 1, 2 or 9",
		)
	case latitude:
		return atMost(v, 0, "1800000000", "a latitude: 0000000000 to 1800000000")
	case longitude:
		return atMost(v, 0, "3600000000", "a longitude: 0000000000 to 3600000000")
	case pcenc:
		return percentEncoding(v)
	case nonzero:
		return ensure(!allZero(v), v, "a number other than zero")
	case zero:
		return ensure(allZero(v), v, "zero")
	case nozeroprefix:
		return ensure(v[0] != '0', v[:1], "no leading zero")
	case hasnondigit:
		return ensure(!setN.has(v), v, "a character that is no digit")
	case hyphen:
		return ensure(
			v == "-",
			v,
			"a hyphen",
		) // the only component with this rule has one character
	case yesno:
		return ensure(v <= "1", v, "0 for no or 1 for yes")
	case winding:
		return ensure(v == "0" || v == "1" || v == "9", v, "a winding direction: 0, 1 or 9")
	case pieceoftotal:
		return pieceOfTotal(v)
	case posinseqslash:
		return positionInSequence(v)
	case importeridx:
		return ensure(class[v[0]]&setZ != 0, v, "an importer index: a letter, a digit, - or _")
	case couponcode:
		return coupon(v)
	case couponposoffer:
		return couponOffer(v)
	}
	return flaw{}
}

// ensure makes a flaw of the whole of v unless ok.
func ensure(ok bool, v, want string) flaw {
	if ok {
		return flaw{}
	}
	return flaw{BadContent, 0, len(v), want}
}

// atMost compares digits of equal length; v begins at byte pos of the component.
func atMost(v string, pos int, limit, want string) flaw {
	if v <= limit {
		return flaw{}
	}
	return flaw{BadContent, pos, len(v), want}
}

func allZero(v string) bool {
	for i := range len(v) {
		if v[i] != '0' {
			return false
		}
	}
	return true
}

// companyPrefix checks that v has, from byte pos on, digits enough for the shortest GS1 Company
// Prefix (GS1 General Specifications, "GS1 Company Prefix").
func companyPrefix(v string, pos int) flaw {
	const least = 4
	if len(v) < pos+least {
		return flaw{BadLength, pos, len(v) - pos, "a GS1 Company Prefix of at least 4 digits"}
	}
	f := allOf(v[pos:pos+least], setN, "a GS1 Company Prefix of at least 4 digits")
	f.pos += pos
	return f
}

func isPackageType(v string) bool {
	switch len(v) {
	case 1:
		return listed(packageTypes1, v)
	case 2:
		return listed(packageTypes2, v)
	case 3:
		return listed(packageTypes3, v)
	}
	return false
}

// date checks YYMMDD; day 00, for a month as a whole, is allowed where firstDay is 0 (GS1 General
// Specifications, 3.4.2). Every year of two digits that 4 divides is a leap year until the century
// rule reaches 2100.
func date(v string, firstDay int) flaw {
	return monthAndDay(v, 2, firstDay, two(v)%4 == 0)
}

func longDate(v string) flaw {
	century, year := two(v), two(v[2:])
	return monthAndDay(v, 4, 1, year%4 == 0 && (year != 0 || century%4 == 0))
}

func monthAndDay(v string, pos, firstDay int, leap bool) flaw {
	month, day := two(v[pos:]), two(v[pos+2:])
	if month < 1 || month > 12 {
		return flaw{BadContent, pos, 2, "a month of 01 to 12"}
	}
	last := int("\x1f\x1c\x1f\x1e\x1f\x1e\x1f\x1f\x1e\x1f\x1e\x1f"[month-1])
	if month == 2 && leap {
		last = 29
	}
	if day < firstDay || day > last {
		return flaw{BadContent, pos + 2, 2, "a day that this month has"}
	}
	return flaw{}
}

// two returns the number of the first two digits of v.
func two(v string) int { return int(v[0]-'0')*10 + int(v[1]-'0') }

func bankAccount(v string) flaw {
	if len(v) < 2 || !listed(countries2, v[:2]) {
		return flaw{
			BadContent,
			0,
			min(2, len(v)),
			"an IBAN, which begins with a country code of ISO 3166-1",
		}
	}
	if len(v) <= 10 {
		return flaw{BadLength, 0, len(v), "an IBAN of at least 11 characters"}
	}
	sum := 0
	for i := range len(v) { // account first, then country and check digits
		c := v[(i+4)%len(v)]
		switch {
		case c >= '0' && c <= '9':
			sum = sum*10 + int(c-'0')
		case c >= 'A' && c <= 'Z':
			sum = sum*100 + int(c-'A') + 10
		default:
			return flaw{BadCharacter, (i + 4) % len(v), 1, "capitals and digits of an IBAN"}
		}
		sum %= 97
	}
	if sum != 1 {
		return flaw{BadCheck, 2, 2, "the right check digits of this IBAN (ISO 13616, mod 97)"}
	}
	return flaw{}
}

func percentEncoding(v string) flaw {
	for i := 0; i < len(v); i++ {
		if v[i] != '%' {
			continue
		}
		if _, ok := Unhex(v[i:]); !ok {
			return flaw{BadContent, i, min(3, len(v)-i), "% and two hexadecimal digits"}
		}
		i += 2
	}
	return flaw{}
}

// Unhex returns the byte that s begins with as an escape: "%" and two hexadecimal digits.
func Unhex(s string) (b byte, ok bool) {
	if len(s) < 3 || s[0] != '%' {
		return 0, false
	}
	for _, c := range []byte{s[1], s[2]} {
		b <<= 4
		switch {
		case c >= '0' && c <= '9':
			b |= c - '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			b |= c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
	}
	return b, true
}

func pieceOfTotal(v string) flaw {
	half := len(v) / 2
	piece, total := v[:half], v[half:]
	switch {
	case allZero(piece):
		return flaw{BadContent, 0, half, "a piece number from 1 on"}
	case allZero(total):
		return flaw{BadContent, half, half, "a total of pieces from 1 on"}
	case piece > total:
		return flaw{BadContent, 0, len(v), "a piece number that does not exceed the total"}
	}
	return flaw{}
}

// positionInSequence checks "position/total".
func positionInSequence(v string) flaw {
	slash := 0
	for slash < len(v) && v[slash] != '/' {
		slash++
	}
	if slash == 0 || slash >= len(v)-1 || !setN.has(v[:slash]) || !setN.has(v[slash+1:]) {
		return flaw{BadContent, 0, len(v), "a position and a total, such as 1/3"}
	}
	position, total := v[:slash], v[slash+1:]
	switch {
	case position[0] == '0':
		return flaw{BadContent, 0, len(position), "a position from 1 on, without leading zero"}
	case total[0] == '0':
		return flaw{BadContent, slash + 1, len(total), "a total from 1 on, without leading zero"}
	case len(position) > len(total) || len(position) == len(total) && position > total:
		return flaw{BadContent, 0, len(v), "a position that does not exceed the total"}
	}
	return flaw{}
}

// listed reports whether code is in list, whose codes have the same length.
func listed(list, code string) bool {
	n := len(code) + 1
	lo, hi := 0, len(list)/n
	for lo < hi {
		m := int(uint(lo+hi) / 2)
		switch at := list[m*n : m*n+n-1]; {
		case at == code:
			return true
		case at < code:
			lo = m + 1
		default:
			hi = m
		}
	}
	return false
}
