package epc

import "github.com/gonameplate/nameplate/internal/bitfield"

// How a component of a value is encoded (TDS 2.3, the clauses of 14.5 named here).
const (
	fixedInteger = iota + 1 // 14.5.2: n digits as an integer of size bits
	fixedDigits             // 14.5.4: n digits of 4 bits
	delimited               // 14.5.5: digits of 4 bits, then a terminator or other characters
	text                    // 14.5.6: encoding and length indicator, up to n characters
	oneBit                  // 14.5.7: 0 or 1
	date                    // 14.5.8: YYMMDD in 16 bits
	dateMinute              // 14.5.9: YYMMDDhhmm in 27 bits
	dateRange               // 14.5.10: a date or two
	dateTime                // 14.5.11: YYMMDD with hour, minute and second as precise as needed
	country                 // 14.5.12: two letters of 6 bits
	integer                 // 14.5.13: length indicator, up to n digits
	minusSign               // 14.5.14: "-" or nothing
	sequence                // 14.5.15: digit, slash, digit in 8 bits
)

// A component is how one part of a value is encoded.
type component struct {
	how  uint8
	n    uint8 // characters: exactly or at most
	size uint8 // bits of the whole, or of the length indicator
	set  uint8 // the alphabet, if it isn't the one that how implies
}

// A format is how the value of an AI is encoded: one or two components.
type format struct {
	ai       string // the first AI
	last     string // the last one of a run
	parts    [2]component
	optional bool // the second component may be missing
}

var (
	digits18 = component{how: fixedDigits, n: 18, size: 72}
	digits14 = component{how: fixedDigits, n: 14, size: 56}
	digits13 = component{how: fixedDigits, n: 13, size: 52}
	integer6 = component{how: fixedInteger, n: 6, size: 20}
	integer3 = component{how: fixedInteger, n: 3, size: 10}
	text20   = component{how: text, n: 20, size: 5}
	text30   = component{how: text, n: 30, size: 5}
	text35   = component{how: text, n: 35, size: 6}
	text40   = component{how: text, n: 40, size: 6}
	text70   = component{how: text, n: 70, size: 7}
	text90   = component{how: text, n: 90, size: 7}
	amount   = component{how: integer, n: 15, size: 4}
	yymmdd   = component{how: date, n: 6, size: 16}
)

func one(ai, last string, c component) format { return format{ai, last, [2]component{c}, false} }

// formats are table F of TDS 2.3: how the value of each AI is encoded, in ascending order.
var formats = [...]format{
	one("00", "00", digits18),
	one("01", "02", digits14),
	one("10", "10", text20),
	one("11", "13", yymmdd),
	one("15", "17", yymmdd),
	one("20", "20", component{how: fixedInteger, n: 2, size: 7}),
	one("21", "22", text20),
	one("235", "235", component{how: text, n: 28, size: 5}),
	one("240", "241", text30),
	one("242", "242", component{how: integer, n: 6, size: 3}),
	one("243", "243", text20),
	one("250", "251", text30),
	{"253", "253", [2]component{digits13, {how: text, n: 17, size: 5}}, true},
	one("254", "254", text20),
	{"255", "255", [2]component{digits13, {how: integer, n: 12, size: 4}}, true},
	one("30", "30", component{how: integer, n: 8, size: 4}),
	one("3100", "3105", integer6), one("3110", "3115", integer6), one("3120", "3125", integer6),
	one("3130", "3135", integer6), one("3140", "3145", integer6), one("3150", "3155", integer6),
	one("3160", "3165", integer6),
	one("3200", "3205", integer6), one("3210", "3215", integer6), one("3220", "3225", integer6),
	one("3230", "3235", integer6), one("3240", "3245", integer6), one("3250", "3255", integer6),
	one("3260", "3265", integer6), one("3270", "3275", integer6), one("3280", "3285", integer6),
	one("3290", "3295", integer6),
	one("3300", "3305", integer6), one("3310", "3315", integer6), one("3320", "3325", integer6),
	one("3330", "3335", integer6), one("3340", "3345", integer6), one("3350", "3355", integer6),
	one("3360", "3365", integer6), one("3370", "3375", integer6),
	one("3400", "3405", integer6), one("3410", "3415", integer6), one("3420", "3425", integer6),
	one("3430", "3435", integer6), one("3440", "3445", integer6), one("3450", "3455", integer6),
	one("3460", "3465", integer6), one("3470", "3475", integer6), one("3480", "3485", integer6),
	one("3490", "3495", integer6),
	one("3500", "3505", integer6), one("3510", "3515", integer6), one("3520", "3525", integer6),
	one("3530", "3535", integer6), one("3540", "3545", integer6), one("3550", "3555", integer6),
	one("3560", "3565", integer6), one("3570", "3575", integer6),
	one("3600", "3605", integer6), one("3610", "3615", integer6), one("3620", "3625", integer6),
	one("3630", "3635", integer6), one("3640", "3645", integer6), one("3650", "3655", integer6),
	one("3660", "3665", integer6), one("3670", "3675", integer6), one("3680", "3685", integer6),
	one("3690", "3695", integer6),
	one("37", "37", component{how: integer, n: 8, size: 4}),
	one("3900", "3909", amount),
	{"3910", "3919", [2]component{integer3, amount}, false},
	one("3920", "3929", amount),
	{"3930", "3939", [2]component{integer3, amount}, false},
	one("3940", "3943", component{how: fixedInteger, n: 4, size: 14}),
	one("3950", "3953", integer6),
	one("400", "401", text30),
	one("402", "402", component{how: fixedInteger, n: 17, size: 57}),
	one("403", "403", text30),
	one("410", "417", digits13),
	one("420", "420", text20),
	{"421", "421", [2]component{integer3, {how: text, n: 9, size: 4}}, false},
	one("422", "422", integer3),
	one("423", "423", amount),
	one("424", "424", integer3),
	one("425", "425", amount),
	one("426", "426", integer3),
	one("427", "427", component{how: text, n: 3, size: 2}),
	one("4300", "4301", text35),
	one("4302", "4306", text70),
	one("4307", "4307", component{how: country, n: 2, size: 12}),
	one("4308", "4308", text30),
	one("4309", "4309", component{how: fixedInteger, n: 20, size: 67}),
	one("4310", "4311", text35),
	one("4312", "4316", text70),
	one("4317", "4317", component{how: country, n: 2, size: 12}),
	one("4318", "4318", text20),
	one("4319", "4319", text30),
	one("4320", "4320", text35),
	one("4321", "4323", component{how: oneBit, n: 1, size: 1}),
	one("4324", "4325", component{how: dateMinute, n: 10, size: 27}),
	one("4326", "4326", yymmdd),
	{"4330", "4333", [2]component{integer6, {how: minusSign, n: 1, size: 1}}, true},
	one("7001", "7001", component{how: fixedInteger, n: 13, size: 44}),
	one("7002", "7002", text30),
	one("7003", "7003", component{how: dateMinute, n: 10, size: 27}),
	one("7004", "7004", component{how: integer, n: 4, size: 3}),
	one("7005", "7005", component{how: text, n: 12, size: 4}),
	one("7006", "7006", yymmdd),
	one("7007", "7007", component{how: dateRange}),
	one("7008", "7008", component{how: text, n: 3, size: 2}),
	one("7009", "7009", component{how: text, n: 10, size: 4}),
	one("7010", "7010", component{how: text, n: 2, size: 2}),
	one("7011", "7011", component{how: dateTime}),
	one("7020", "7022", text20),
	one("7023", "7023", component{how: delimited, n: 30, size: 5}),
	{"7030", "7039", [2]component{integer3, {how: text, n: 27, size: 5}}, false},
	one("7040", "7041", component{how: text, n: 4, size: 3}),
	one("710", "716", text20),
	one("7230", "7239", text30),
	one("7240", "7240", text20),
	one("7241", "7241", component{how: fixedDigits, n: 2, size: 8}),
	one("7242", "7242", component{how: text, n: 25, size: 5}),
	one("7250", "7250", component{how: fixedInteger, n: 8, size: 27}),
	one("7251", "7251", component{how: fixedInteger, n: 12, size: 40}),
	one("7252", "7252", component{how: fixedInteger, n: 1, size: 4}),
	one("7253", "7254", text40),
	one("7255", "7255", component{how: text, n: 10, size: 4}),
	one("7256", "7256", text90),
	one("7257", "7257", text70),
	one("7258", "7258", component{how: sequence, n: 3, size: 8}),
	one("7259", "7259", text40),
	one("8001", "8001", component{how: fixedInteger, n: 14, size: 47}),
	one("8002", "8002", text20),
	{"8003", "8003", [2]component{digits14, {how: text, n: 16, size: 5}}, true},
	one("8004", "8004", component{how: delimited, n: 30, size: 5}),
	one("8005", "8005", integer6),
	one("8006", "8006", digits18),
	one("8007", "8007", component{how: text, n: 24, size: 5}),
	one("8008", "8008", component{how: dateTime}),
	one("8009", "8009", component{how: text, n: 50, size: 6}),
	one("8010", "8010", component{how: delimited, n: 30, size: 5, set: set39}),
	one("8011", "8011", component{how: integer, n: 12, size: 4}),
	one("8012", "8012", text20),
	one("8013", "8013", component{how: text, n: 25, size: 5}),
	one("8017", "8018", digits18),
	one("8019", "8019", component{how: integer, n: 10, size: 4}),
	one("8020", "8020", component{how: text, n: 25, size: 5}),
	one("8026", "8026", digits18),
	one("8030", "8030", text90),
	one("8110", "8110", text70),
	one("8111", "8111", component{how: fixedInteger, n: 4, size: 14}),
	one("8112", "8112", text70),
	one("8200", "8200", text70),
	one("90", "90", text30),
	one("91", "99", text90),
}

// aiDigits is table K of TDS 2.3: how many digits the AIs have that begin with the same two; 0 if
// there are none.
var aiDigits = func() (table [100]uint8) {
	for i := range formats {
		n := len(formats[i].ai)
		low, _ := bitfield.Number([]byte(formats[i].ai[:2]))
		high, _ := bitfield.Number([]byte(formats[i].last[:2]))
		for ; low <= high; low++ {
			table[low] = uint8(n)
		}
	}
	return table
}()

// formatOf returns how the value of ai is encoded, or nil if table F doesn't have it.
func formatOf(ai string) *format {
	lo, hi := 0, len(formats)
	for lo < hi {
		m := (lo + hi) / 2
		switch f := &formats[m]; {
		case ai < f.ai:
			hi = m
		case ai > f.last:
			lo = m + 1
		case len(ai) != len(f.ai):
			return nil
		default:
			return f
		}
	}
	return nil
}
