package checkdigit

// primes are the weights of the GS1 check character pair.
var primes = []uint16{
	509, 503, 499, 491, 487, 479, 467, 463, 461, 457, 449, 443, 439, 433, 431, 421, 419, 409, 401, 397, 389, 383, 379, 373, 367, 359, 353, 349, 347,
	337, 331, 317, 313, 311, 307, 293, 283, 281, 277, 271, 269, 263, 257, 251, 241, 239, 233, 229, 227, 223, 211, 199, 197, 193, 191, 181, 179, 173,
	167, 163, 157, 151, 149, 139, 137, 131, 127, 113, 109, 107, 103, 101, 97, 89, 83, 79, 73, 71, 67, 61, 59, 53, 47, 43, 41, 37, 31, 29, 23, 19, 17, 13, 11, 7, 5, 3, 2,
}

// systems are described by what their sources say: the payload, the sum, and the check for each remainder. They are filled in by init because
// meid refers to them.
var systems [GS1Price5 + 1]checker

func init() {
	const (
		mod11 = "0X987654321" // what lacks of 11, X for 10
		mod10 = "0987654321"  // what lacks of 10
	)
	systems = [...]checker{
		Luhn:         luhnOf("luhn", inDigits),
		LuhnHex:      luhnOf("luhn-hex", inHex),
		Verhoeff:     {name: "verhoeff", in: inDigits, out: digits, n: 1, sum: verhoeff, check: "0432156789"}, // a reflection is its own inverse
		Damm:         {name: "damm", in: inDigits, out: digits, n: 1, sum: read, machine: dammMachine, check: digits},
		Mod11_2:      pure("mod11-2", digits+"X"),
		Mod37_2:      pure("mod37-2", alnum+"*"),
		Mod97_10:     {name: "mod97-10", in: inAlnum, out: digits, n: 2, sum: mod97, top: 98},
		Mod661_26:    purePair("mod661-26", inLetters, 661, 26),
		Mod1271_36:   purePair("mod1271-36", inAlnum, 1271, 36),
		Mod11_10:     {name: "mod11-10", in: inDigits, out: digits, n: 1, sum: read, machine: mod11Machine, check: lacking(1, 10, digits)},
		Mod27_26:     hybridOf("mod27-26", inLetters),
		Mod37_36:     hybridOf("mod37-36", inAlnum),
		GS1Mod10:     {name: "gs1-mod10", in: inDigits, out: digits, n: 1, sum: weighted, linear: weigh(10, 1, 3), check: mod10},
		GS1CheckPair: {name: "gs1-pair", in: inGS1, out: gs1Pair, n: 2, max: len(primes), sum: weighted, linear: weigh(1021, primes...)},
		Mod43:        {name: "mod43", in: inCode39, out: code39, n: 1, sum: weighted, linear: weigh(43, 1), check: code39},
		IBAN:         {name: "iban", in: inAlnum, out: digits, n: 2, at: 2, min: 5, max: 32, sum: iban, top: 98, misplaced: misplacedInIBAN, form: "two letters, then digits and capital letters"},
		PPN: {name: "ppn", in: inPPN, out: digits, n: 2, min: 2, max: 20, sum: weighted,
			linear: weigh(97, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21).fromLeft()},
		VIN:     {name: "vin", in: inVIN, out: digits + "X", n: 1, at: 8, min: 16, max: 16, sum: weighted, linear: weigh(11, 8, 7, 6, 5, 4, 3, 2, 10, 9, 8, 7, 6, 5, 4, 3, 2), check: digits + "X"},
		ISO6346: {name: "iso6346", in: inContainer, out: digits, n: 1, min: 10, max: 10, sum: iso6346, linear: weigh(11, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512), check: digits + "0", misplaced: misplacedInContainer, form: "three letters, one of U J Z, six digits"},
		IMO:     {name: "imo", in: inDigits, out: digits, n: 1, min: 6, max: 6, sum: weighted, linear: weigh(10, 7, 6, 5, 4, 3, 2), check: digits},

		MEID:       {name: "meid", in: inHex, out: hex, n: 1, min: 14, max: 14, sum: meid, linear: weigh(16), place: luhnTables(inHex), check: lacking(0, 16, hex) + mod10},
		PZN:        {name: "pzn", in: inDigits, out: digits, n: 1, min: 7, max: 7, sum: weighted, linear: weigh(11, 1, 2, 3, 4, 5, 6, 7), check: digits + "\x00"},
		ISBN10:     {name: "isbn10", in: inDigits, out: digits + "X", n: 1, min: 9, max: 9, sum: weighted, linear: weigh(11, 10, 9, 8, 7, 6, 5, 4, 3, 2), check: mod11},
		ISSN:       {name: "issn", in: inDigits, out: digits + "X", n: 1, min: 7, max: 7, sum: weighted, linear: weigh(11, 8, 7, 6, 5, 4, 3, 2), check: mod11},
		CAS:        {name: "cas", in: inDigits, out: digits, n: 1, min: 4, max: 9, sum: weighted, linear: weigh(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), check: digits},
		EIC:        {name: "eic", in: inEIC, out: alnum, n: 1, min: 15, max: 15, sum: weighted, linear: weigh(37, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2), check: lacking(37, 37, alnum+"\x00")},
		S10:        {name: "s10", in: inDigits, out: digits, n: 1, min: 8, max: 8, sum: weighted, linear: weigh(11, 8, 6, 4, 2, 3, 5, 9, 7), check: "50987654321"},
		AirWaybill: {name: "air-waybill", in: inDigits, out: digits[:7], n: 1, min: 7, max: 7, sum: weighted, linear: weigh(7, 1, 5, 4, 6, 2, 3, 1), check: digits[:7]},
		Identcode:  {name: "identcode", in: inDigits, out: digits, n: 1, min: 11, max: 11, sum: weighted, linear: weigh(10, 9, 4), check: mod10},
		Leitcode:   {name: "leitcode", in: inDigits, out: digits, n: 1, min: 13, max: 13, sum: weighted, linear: weigh(10, 9, 4), check: mod10},
		GS1Price4:  {name: "gs1-price4", in: inDigits, out: digits, n: 1, min: 4, max: 4, sum: priced, linear: weigh(10), place: []*[256]uint8{twoMinus, twoMinus, three, fiveMinus}, check: "0369258147"},
		GS1Price5:  {name: "gs1-price5", in: inDigits, out: digits, n: 1, min: 5, max: 5, sum: priced, linear: weigh(10), place: []*[256]uint8{fivePlus, twoMinus, fiveMinus, fivePlus, twoMinus}, check: "0246813579"},
	}
	for i := range systems {
		if c := &systems[i]; c.n == 2 {
			c.share = shareOf(len(c.out))
		}
	}
}

// luhnOf is Luhn mod N over an alphabet of N characters.
func luhnOf(name string, in *alphabet) checker {
	n := len(in.chars)
	return checker{name: name, in: in, out: in.chars, n: 1, sum: luhn, linear: weigh(n), place: luhnTables(in), check: lacking(0, n, in.chars)}
}
