package checkdigit

const (
	gs1Chars = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
	gs1Pair  = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
)

var (
	inDigits  = newAlphabet(digits)
	inLetters = newAlphabet(letters)
	inAlnum   = newAlphabet(alnum)
)

var systems = [...]*checker{
	Luhn:         {name: "luhn", in: inDigits, out: digits, n: 1, sum: luhn},
	LuhnHex:      {name: "luhn-hex", in: newAlphabet(hex), out: hex, n: 1, sum: luhn},
	Verhoeff:     {name: "verhoeff", in: inDigits, out: digits, n: 1, sum: verhoeff},
	Damm:         {name: "damm", in: inDigits, out: digits, n: 1, sum: damm},
	Mod11_2:      {name: "mod11-2", in: inDigits, out: digits + "X", n: 1, sum: pure11},
	Mod37_2:      {name: "mod37-2", in: inAlnum, out: alnum + "*", n: 1, sum: pure37},
	Mod97_10:     {name: "mod97-10", in: inAlnum, out: digits, n: 2, sum: pure97},
	Mod661_26:    {name: "mod661-26", in: inLetters, out: letters, n: 2, sum: pure661},
	Mod1271_36:   {name: "mod1271-36", in: inAlnum, out: alnum, n: 2, sum: pure1271},
	Mod11_10:     {name: "mod11-10", in: inDigits, out: digits, n: 1, sum: hybrid},
	Mod27_26:     {name: "mod27-26", in: inLetters, out: letters, n: 1, sum: hybrid},
	Mod37_36:     {name: "mod37-36", in: inAlnum, out: alnum, n: 1, sum: hybrid},
	GS1Mod10:     {name: "gs1-mod10", in: inDigits, out: digits, n: 1, sum: gs1Mod10},
	GS1CheckPair: {name: "gs1-pair", in: newAlphabet(gs1Chars), out: gs1Pair, n: 2, max: len(primes), sum: gs1CheckPair},
	Mod43:        {name: "mod43", in: newAlphabet(code39), out: code39, n: 1, sum: mod43},
	IBAN:         {name: "iban", in: inAlnum, out: digits, n: 2, at: 2, min: 5, max: 32, sum: iban},
	PPN:          {name: "ppn", in: newAlphabet(alnum + "abcdefghijklmnopqrstuvwxyz"), out: digits, n: 2, min: 2, max: 20, sum: ppn},
	VIN:          {name: "vin", in: newAlphabet(vin), out: digits + "X", n: 1, at: 8, min: 16, max: 16, sum: vinSum},
	ISO6346:      {name: "iso6346", in: inAlnum, out: digits, n: 1, min: 10, max: 10, sum: iso6346, form: container},
	IMO:          {name: "imo", in: inDigits, out: digits, n: 1, min: 6, max: 6, sum: imo},
}
