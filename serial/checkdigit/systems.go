package checkdigit

// primes are the weights of the GS1 check character pair.
var primes = []uint16{
	509, 503, 499, 491, 487, 479, 467, 463, 461, 457, 449, 443, 439, 433, 431, 421, 419, 409,
	401, 397, 389, 383, 379, 373, 367, 359, 353, 349, 347, 337, 331, 317, 313, 311, 307, 293,
	283, 281, 277, 271, 269, 263, 257, 251, 241, 239, 233, 229, 227, 223, 211, 199, 197, 193,
	191, 181, 179, 173, 167, 163, 157, 151, 149, 139, 137, 131, 127, 113, 109, 107, 103, 101, 97,
	89, 83, 79, 73, 71, 67, 61, 59, 53, 47, 43, 41, 37, 31, 29, 23, 19, 17, 13, 11, 7, 5, 3, 2,
}

// systems have each system as its source describes it: the payload, the sum, and the check for
// each remainder. init fills them in because meid refers to them.
var systems [GS1Price5 + 1]checker

func init() {
	const (
		mod11 = "0X987654321" // completes to a multiple of 11, X for 10
		mod10 = "0987654321"  // completes to a multiple of 10
		none  = "\x00"        // no check
	)
	systems = [...]checker{
		Luhn:    luhnOf("luhn", inDigits),
		LuhnHex: luhnOf("luhn-hex", inHex),
		// a reflection is its own inverse
		Verhoeff:   digitsOf("verhoeff", verhoeff, nil, "0432156789"),
		Damm:       digitsOf("damm", read, dammMachine, digits),
		Mod11_2:    pure("mod11-2", digits+"X"),
		Mod37_2:    pure("mod37-2", alnum+"*"),
		Mod97_10:   pairOf("mod97-10", inAlnum, digits, mod97, 98),
		Mod661_26:  purePair("mod661-26", inLetters, 661, 26),
		Mod1271_36: purePair("mod1271-36", inAlnum, 1271, 36),
		Mod11_10:   digitsOf("mod11-10", read, mod11Machine, completing(1, 10, digits)),
		Mod27_26:   hybridOf("mod27-26", inLetters),
		Mod37_36:   hybridOf("mod37-36", inAlnum),
		GS1Mod10:   weightedOf("gs1-mod10", inDigits, digits, mod10, weigh(10, 1, 3)),
		GS1CheckPair: pairOf("gs1-pair", inGS1, gs1Pair, weighted, 0).
			weighing(weigh(1021, primes...)).length(0, len(primes)),
		Mod43: weightedOf("mod43", inCode39, code39, code39, weigh(43, 1)),
		IBAN: pairOf("iban", inAlnum, digits, iban, 98).length(5, maxInner).inside(2).
			form(misplacedInIBAN, "two letters, then digits and capital letters"),
		PPN: pairOf("ppn", inPPN, digits, weighted, 0).
			weighing(weigh(97, counting(2, 21)...).fromLeft()).length(2, 20),
		VIN: weightedOf("vin", inVIN, digits+"X", digits+"X",
			weigh(11, 8, 7, 6, 5, 4, 3, 2, 10, 9, 8, 7, 6, 5, 4, 3, 2)).length(16, 16).inside(8),
		ISO6346: containers(),
		IMO: weightedOf("imo", inDigits, digits, digits,
			weigh(10, counting(7, 2)...)).length(6, 6),

		MEID: meids(mod10),
		PZN: weightedOf("pzn", inDigits, digits, digits+none,
			weigh(11, counting(1, 7)...)).length(7, 7),
		ISBN10: weightedOf("isbn10", inDigits, digits+"X", mod11,
			weigh(11, counting(10, 2)...)).length(9, 9),
		ISSN: weightedOf("issn", inDigits, digits+"X", mod11,
			weigh(11, counting(8, 2)...)).length(7, 7),
		CAS: weightedOf("cas", inDigits, digits, digits,
			weigh(10, counting(9, 1)...)).length(4, 9),
		EIC: weightedOf("eic", inEIC, alnum, completing(37, 37, alnum+none),
			weigh(37, counting(16, 2)...)).length(15, 15),
		S10: weightedOf("s10", inDigits, digits, "50987654321",
			weigh(11, 8, 6, 4, 2, 3, 5, 9, 7)).length(8, 8),
		AirWaybill: weightedOf("air-waybill", inDigits, digits[:7], digits[:7],
			weigh(7, 1, 5, 4, 6, 2, 3, 1)).length(7, 7),
		Identcode: weightedOf("identcode", inDigits, digits, mod10,
			weigh(10, 9, 4)).length(11, 11),
		Leitcode: weightedOf("leitcode", inDigits, digits, mod10,
			weigh(10, 9, 4)).length(13, 13),
		GS1Price4: pricedOf("gs1-price4", "0369258147", twoMinus, twoMinus, three, fiveMinus),
		GS1Price5: pricedOf("gs1-price5", "0246813579", fivePlus, twoMinus, fiveMinus, fivePlus,
			twoMinus),
	}
}

// counting returns the weights from first to last, up or down.
func counting(first, last int) (w []uint16) {
	step := 1
	if last < first {
		step = -1
	}
	for v := first; v != last+step; v += step {
		w = append(w, uint16(v))
	}
	return w
}

// weightedOf is a system with one check character that adds value × weight.
func weightedOf(name string, in *alphabet, out, check string, l linear) checker {
	return checker{name: name, in: in, out: out, n: 1, check: check, sum: weighted, linear: l}
}

// pairOf is a system with two check characters.
func pairOf(name string, in *alphabet, out string, sum sum, top uint) checker {
	return checker{name: name, in: in, out: out, n: 2, sum: sum, top: top, share: shareOf(len(out))}
}

// digitsOf is a system over digits that keeps a state.
func digitsOf(name string, sum sum, m *machine, check string) checker {
	return checker{name: name, in: inDigits, out: digits, n: 1, sum: sum, machine: m, check: check}
}

// luhnOf is Luhn mod N over an alphabet of N characters.
func luhnOf(name string, in *alphabet) checker {
	n := len(in.chars)
	return checker{
		name: name, in: in, out: in.chars, n: 1, check: completing(0, n, in.chars),
		sum: luhn, linear: weigh(n), place: luhnTables(in),
	}
}

// pricedOf is a system over the digits of a price, with a table of products for each.
func pricedOf(name, check string, place ...*[256]uint8) checker {
	c := checker{name: name, in: inDigits, out: digits, n: 1, check: check, sum: priced,
		linear: weigh(10), place: place}
	return c.length(len(place), len(place))
}

// meids is Luhn mod 16 for hexadecimal digits, whose remainders are followed by those of Luhn for
// decimal ones.
func meids(decimal string) checker {
	c := luhnOf("meid", inHex).length(14, 14)
	c.sum, c.check = meid, c.check+decimal
	return c
}

func containers() checker {
	powersOfTwo := weigh(11, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
	c := weightedOf("iso6346", inContainer, digits, digits+"0", powersOfTwo).length(10, 10)
	c.sum = iso6346
	return c.form(misplacedInContainer, "three letters, one of U J Z, six digits")
}

// length sets the lengths of a payload; most is 0 for any.
func (c checker) length(least, most int) checker {
	c.min, c.max = least, most
	return c
}

// inside puts the check at a position of the number.
func (c checker) inside(at int) checker {
	c.at = at
	return c
}

// weighing sets the weights of the sum.
func (c checker) weighing(l linear) checker {
	c.linear = l
	return c
}

// form sets what the places of a payload may have.
func (c checker) form(misplaced func(payload string) int, words string) checker {
	c.misplaced, c.formWords = misplaced, words
	return c
}
