package symbol

// The modes of QR Code (ISO/IEC 18004, 7.4).
const (
	qrNumeric = iota
	qrAlphanumeric
	qrByte
	qrKanji
	qrModes
)

// Mode indicators (ISO/IEC 18004, Table 2).
var qrIndicator = [qrModes]uint64{1, 2, 4, 8}

const (
	qrIndicatorAppend     = 3
	qrIndicatorFNC1First  = 5
	qrIndicatorECI        = 7
	qrIndicatorFNC1Second = 9
)

// qrCountBits are the bits of a segment's length in versions 1 to 9, 10 to 26 and 27 to 40 (ISO/IEC
// 18004, Table 3).
var qrCountBits = [3][qrModes]int{{10, 9, 8, 8}, {12, 11, 16, 10}, {14, 13, 16, 12}}

// qrClass returns the index to qrCountBits of a version.
func qrClass(version int) int {
	switch {
	case version <= 9:
		return 0
	case version <= 26:
		return 1
	}
	return 2
}

// sixth is a sixth of a bit: a digit takes 20 of them (10 bits for three), an alphanumeric
// character 33 (11 bits for two). What is less than a bit counts when a segment ends, and rounding
// up there gives the exact length of the segment.
const sixth = 6

func wholeBits(sixths uint32) uint32 { return (sixths + sixth - 1) / sixth * sixth }

// A qrRow holds, for a position in the data, the fewest sixths of a bit up to there within a
// segment of each mode, and when all segments have ended.
type qrRow struct {
	cost  [qrModes]uint32
	ended uint32
}

const qrFar = 1 << 24 // more than any segment takes

var qrNowhere = [qrModes]uint32{qrFar, qrFar, qrFar, qrFar}

type qrPaths struct {
	rows []qrRow
	plan []uint8 // the mode of each unit
}

// measure returns the fewest bits that units need in a class of versions.
func (p *qrPaths) measure(units []unit, ecis []ECI, rules qrRules, class int) int {
	n := len(units)
	if cap(p.rows) <= n {
		p.rows = make([]qrRow, n+1+n/2)
	}
	p.rows = p.rows[:n+1]
	var begin [qrModes]uint32 // what a segment takes before its data
	for mode := range begin {
		begin[mode] = uint32(4+qrCountBits[class][mode]) * sixth
	}
	row := qrRow{cost: qrNowhere}
	p.rows[0] = row
	for i, u := range units {
		if u.isECI() {
			row = qrRow{qrNowhere, row.ended + uint32(qrECIBits(ecis[u-unitECI])*sixth)}
			p.rows[i+1] = row
			continue
		}
		took := rules.cost(u)
		for mode := range row.cost {
			row.cost[mode] = min(row.cost[mode], row.ended+begin[mode]) + took[mode]
		}
		row.ended = min(wholeBits(row.cost[qrNumeric]), wholeBits(row.cost[qrAlphanumeric]),
			row.cost[qrByte], row.cost[qrKanji])
		p.rows[i+1] = row
	}
	return int(row.ended / sixth)
}

// trace finds the mode of each unit, after measure of the same. A segment begins where the mode
// changes, and after an ECI.
func (p *qrPaths) trace(units []unit, rules qrRules) {
	n := len(units)
	if cap(p.plan) < n {
		p.plan = make([]uint8, n+n/2)
	}
	p.plan = p.plan[:n]
	mode := -1 // none: the segment has ended
	for i := n; i > 0; i-- {
		row, u := &p.rows[i], units[i-1]
		if u.isECI() {
			mode = -1
			continue
		}
		for m := 0; mode < 0; m++ {
			if row.cost[m] < qrFar && wholeBits(row.cost[m]) == row.ended {
				mode = m
			}
		}
		p.plan[i-1] = uint8(mode)
		if p.rows[i-1].cost[mode]+rules.cost(u)[mode] != row.cost[mode] {
			mode = -1
		}
	}
}

// qrRules are what a unit may be.
type qrRules struct {
	fnc1     bool // FNC1 in alphanumeric mode is a percent sign, and a percent sign two
	percent  bool // even so, percent signs may be in alphanumeric mode
	shiftJIS bool // the characters of kanji mode are two bytes each in byte mode
}

// A qrCost holds the sixths of a bit that a unit takes in each mode, qrFar in those that lack it.
type qrCost [qrModes]uint32

const (
	digitCost        = 10 * sixth / 3
	alphanumericCost = 11 * sixth / 2
	byteCost         = 8 * sixth
	kanjiCost        = 13 * sixth
)

var (
	qrDigitCost   = qrCost{digitCost, alphanumericCost, byteCost, qrFar}
	qrLetterCost  = qrCost{qrFar, alphanumericCost, byteCost, qrFar} // and FNC1
	qrPercentCost = qrCost{qrFar, 2 * alphanumericCost, byteCost, qrFar}
	qrByteCost    = qrCost{qrFar, qrFar, byteCost, qrFar}
	qrKanjiCost   = qrCost{qrFar, qrFar, qrFar, kanjiCost}

	qrShiftJISCost = qrCost{qrFar, qrFar, 2 * byteCost, kanjiCost}
)

func (r qrRules) cost(u unit) *qrCost {
	switch {
	case u >= unitKanji && r.shiftJIS:
		return &qrShiftJISCost
	case u >= unitKanji:
		return &qrKanjiCost
	case u == unitFNC1:
		return &qrLetterCost
	case u >= 0x80 || qrAlphanumerics[u] == 0 || u == '%' && r.fnc1 && !r.percent:
		return &qrByteCost
	case u == '%' && r.fnc1:
		return &qrPercentCost
	case qrAlphanumerics[u] <= 10:
		return &qrDigitCost
	}
	return &qrLetterCost
}

const qrAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// qrAlphanumerics holds the value of each character of alphanumeric mode plus 1 (ISO/IEC 18004,
// Table 5).
var qrAlphanumerics = func() (values [128]uint8) {
	for i, c := range []byte(qrAlphabet) {
		values[c] = uint8(i + 1)
	}
	return values
}()

func qrECIBits(eci ECI) int {
	switch {
	case eci < 1<<7:
		return 4 + 8
	case eci < 1<<14:
		return 4 + 16
	}
	return 4 + 24
}

// writeQR writes the data codewords: head, segments, terminator and padding, after measure of the
// same.
func (e *Encoder) writeQR(z qrSize, data *qrData, rules qrRules, append Option) {
	units := data.units
	e.qr.trace(units, rules)
	n := z.dataWords()
	if cap(e.symbol.words) < n {
		e.symbol.words = make([]byte, n)
	}
	words := e.symbol.words[:n]
	e.symbol.words = words
	out := bitWriter{dst: words}
	data.writeHead(&out, e.ecis, append)
	for from := 0; from < len(units); {
		if u := units[from]; u.isECI() {
			writeQRECI(&out, e.ecis[u-unitECI])
			from++
			continue
		}
		to := from + 1
		for to < len(units) && !units[to].isECI() && e.qr.plan[to] == e.qr.plan[from] {
			to++
		}
		writeQRSegment(&out, units[from:to], int(e.qr.plan[from]), z.version, rules.fnc1)
		from = to
	}
	out.write(0, min(4, 8*n-8*out.out-out.n))
	out.flush()
	e.symbol.used = out.out
	for i := out.out; i < n; i++ {
		words[i] = [2]byte{0xEC, 0x11}[(i-out.out)%2]
	}
}

func writeQRECI(out *bitWriter, eci ECI) {
	out.write(qrIndicatorECI, 4)
	switch bits := qrECIBits(eci) - 4; bits {
	case 8:
		out.write(uint64(eci), 8)
	case 16:
		out.write(0b10<<14|uint64(eci), 16)
	default:
		out.write(0b110<<21|uint64(eci), 24)
	}
}

func writeQRSegment(out *bitWriter, units []unit, mode, version int, fnc1 bool) {
	count := len(units)
	for _, u := range units {
		if u == '%' && mode == qrAlphanumeric && fnc1 || u >= unitKanji && mode == qrByte {
			count++ // it is two
		}
	}
	out.write(qrIndicator[mode], 4)
	out.write(uint64(count), qrCountBits[qrClass(version)][mode])
	switch mode {
	case qrNumeric:
		for ; len(units) > 0; units = units[min(3, len(units)):] {
			number := uint64(0)
			digits := units[:min(3, len(units))]
			for _, u := range digits {
				number = number*10 + uint64(u-'0')
			}
			out.write(number, 1+3*len(digits))
		}
	case qrAlphanumeric:
		writeQRAlphanumeric(out, units, fnc1)
	case qrByte:
		for _, u := range units {
			switch {
			case u == unitFNC1:
				out.write(separator, 8)
			case u >= unitKanji:
				out.write(uint64(shiftJIS(int(u-unitKanji))), 16)
			default:
				out.write(uint64(u), 8)
			}
		}
	case qrKanji:
		for _, u := range units {
			out.write(uint64(u-unitKanji), 13)
		}
	}
}

func writeQRAlphanumeric(out *bitWriter, units []unit, fnc1 bool) {
	first := -1
	add := func(c byte) {
		value := int(qrAlphanumerics[c]) - 1
		if first < 0 {
			first = value
			return
		}
		out.write(uint64(first*45+value), 11)
		first = -1
	}
	for _, u := range units {
		switch {
		case u == unitFNC1:
			add('%')
		case u == '%' && fnc1:
			add('%')
			add('%')
		default:
			add(byte(u))
		}
	}
	if first >= 0 {
		out.write(uint64(first), 6)
	}
}
