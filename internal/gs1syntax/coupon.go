package gs1syntax

// A reader walks through the digits of a North American coupon code, whose fields have the
// length that a digit before them encodes. The first flaw sticks.
type reader struct {
	s   string
	pos int
	f   flaw
}

// fail records what was expected in the n bytes at the reader's place.
func (r *reader) fail(n int, want string) {
	if r.f.kind == 0 {
		r.f = flaw{BadContent, r.pos, min(n, len(r.s)-r.pos), want}
	}
}

// skip passes n digits.
func (r *reader) skip(n int, want string) (field string) {
	if r.f.kind != 0 {
		return ""
	}
	if len(r.s)-r.pos < n {
		r.fail(len(r.s), want)
		return ""
	}
	field = r.s[r.pos : r.pos+n]
	r.pos += n
	return field
}

// digit passes one digit, which must be among allowed.
func (r *reader) digit(allowed, want string) (d int) {
	if r.f.kind != 0 {
		return 0
	}
	if r.pos < len(r.s) {
		for i := range len(allowed) {
			if allowed[i] == r.s[r.pos] {
				r.pos++
				return int(allowed[i] - '0')
			}
		}
	}
	r.fail(1, want)
	return 0
}

// option reports whether the optional field that begins with digit d follows, and passes d.
func (r *reader) option(d byte) bool {
	if r.f.kind != 0 || r.pos >= len(r.s) || r.s[r.pos] != d {
		return false
	}
	r.pos++
	return true
}

// purchase passes a purchase requirement: its value, its code and the family code.
func (r *reader) purchase() {
	r.skip(
		r.digit("12345", "length of the purchase requirement: 1 to 5"),
		"purchase requirement of the length before it",
	)
	r.digit("012349", "purchase requirement code: 0 to 4 or 9")
	r.skip(3, "purchase family code of 3 digits")
}

// prefix passes a GS1 Company Prefix of another purchase; 9 is none.
func (r *reader) prefix() {
	n := r.digit("01234569", "length of the GS1 Company Prefix, less 6: 0 to 6, or 9 for none")
	if n != 9 {
		r.skip(n+6, "GS1 Company Prefix of the length before it")
	}
}

// date passes a date YYMMDD.
func (r *reader) date(want string) (field string) {
	if field = r.skip(6, want); field != "" && date(field, 1).kind != 0 {
		r.pos -= 6
		r.fail(6, want)
	}
	return field
}

// serial passes a serial number of 6 to 15 digits.
func (r *reader) serial() {
	r.skip(
		r.digit("0123456789", "length of the serial number, less 6")+6,
		"serial number of the length before it",
	)
}

// end returns the flaw, also if something follows.
func (r *reader) end() flaw {
	if r.f.kind == 0 && r.pos != len(r.s) {
		r.fail(len(r.s), "the end, or the next optional field in ascending order")
	}
	return r.f
}

// coupon checks the content of AI 8110 (North American Coupon Application Guideline Using GS1
// DataBar Expanded Symbols).
func coupon(v string) flaw {
	if f := allOf(v, setN, "digits only"); f.kind != 0 {
		return f
	}
	r := &reader{s: v}
	r.skip(
		r.digit("0123456", "length of the GS1 Company Prefix, less 6: 0 to 6")+6,
		"GS1 Company Prefix of the length before it",
	)
	r.skip(6, "offer code of 6 digits")
	r.skip(
		r.digit("12345", "length of the save value: 1 to 5"),
		"save value of the length before it",
	)
	r.purchase()
	if r.option('1') {
		r.digit("0123", "additional purchase rules code: 0 to 3")
		r.purchase()
		r.prefix()
	}
	if r.option('2') {
		r.purchase()
		r.prefix()
	}
	expiry := ""
	if r.option('3') {
		expiry = r.date("expiration date YYMMDD")
	}
	if r.option('4') {
		if start := r.date("start date YYMMDD"); expiry != "" && start > expiry {
			r.pos -= 6
			r.fail(6, "a start date that is not after the expiration date")
		}
	}
	if r.option('5') {
		r.serial()
	}
	if r.option('6') {
		r.skip(
			r.digit(
				"1234567",
				"length of the retailer's GS1 Company Prefix or GLN, less 6: 1 to 7",
			)+6,
			"retailer's GS1 Company Prefix or GLN of the length before it",
		)
	}
	if r.option('9') {
		r.digit("01256", "save value code: 0, 1, 2, 5 or 6")
		r.digit("012", "item to which the save value applies: 0, 1 or 2")
		r.digit("0123456789", "store coupon flag")
		r.digit("01", "don't-multiply flag: 0 or 1")
	}
	return r.end()
}

// couponOffer checks the content of AI 8112 (GS1 AI (8112) Coupon Data Specification).
func couponOffer(v string) flaw {
	if f := allOf(v, setN, "digits only"); f.kind != 0 {
		return f
	}
	r := &reader{s: v}
	r.digit("01", "coupon format: 0 or 1")
	r.skip(
		r.digit("0123456", "length of the coupon funder's identifier, less 6: 0 to 6")+6,
		"coupon funder's identifier of the length before it",
	)
	r.skip(6, "offer code of 6 digits")
	r.serial()
	return r.end()
}
