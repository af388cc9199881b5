package symbol

// qrWays are the ways to carry data, in the order in which they are preferred when their symbols
// are of one size. Without an ECI readers guess what bytes above 0x7F mean, and take "5 µm" for "5
// ｵm": that is the last.
//
// Kanji mode is used without ECI and after ECI 20 only: after another some take its values for the
// bytes of that, some for Shift JIS.
var qrWays = [...]reading{
	{symbology: SymbologyQR, eci: true, latin1: true},
	{symbology: SymbologyQR, eci: true, kanji: true},
	{symbology: SymbologyQR, eci: true, utf8: true},
	{symbology: SymbologyQR, eci: true, shiftJIS: true},
	{symbology: SymbologyQR, eci: true},
}

// A qrWaySet has a bit for each of qrWays that data can be carried in.
type qrWaySet uint8

const (
	asLatin1 qrWaySet = 1 << iota
	asKanji
	asUTF8
	asShiftJIS
	asIs
)

// waysOf returns the ways to carry text that no ECI precedes.
func waysOf(texts ...string) qrWaySet {
	last, kanji, shiftJIS := rune(0), true, true
	for _, text := range texts {
		last = max(last, lastRune(text))
	}
	if last < 0x80 {
		return asIs
	}
	for _, text := range texts {
		inKanji, inShiftJIS := isKanjiText(text)
		kanji, shiftJIS = kanji && inKanji, shiftJIS && inShiftJIS
	}
	ways := asUTF8
	if last <= 0xFF {
		ways = asLatin1 | asIs
		shiftJIS = false // ISO/IEC 8859-1 never takes more
	}
	if kanji {
		ways |= asKanji
	}
	if shiftJIS {
		ways |= asShiftJIS
	}
	return ways
}

// lastRune returns the character of the highest code point.
func lastRune(text string) (last rune) {
	for _, c := range text {
		last = max(last, c)
	}
	return last
}

func waysOfSegments(segments []Segment) qrWaySet {
	var texts []string
	for _, s := range segments {
		switch s := s.(type) {
		case Text:
			texts = append(texts, string(s))
		case ECI:
			return waysOf(texts...)
		}
	}
	return waysOf(texts...)
}

// qrData is the data of a symbol as units, with what precedes the rest apart.
type qrData struct {
	ecis      [2][]unit // before FNC1 and after it
	indicator []unit    // before an FNC1 in second position
	fnc1      bool      // in first or second position
	units     []unit
}

// loadQR loads the data in a way.
func (e *Encoder) loadQR(load func(reading) error, way reading) (d qrData, err error) {
	if err := load(way); err != nil {
		return d, err
	}
	if err := e.rejectEmpty(SymbologyQR); err != nil {
		return d, err
	}
	ecis, rest := cutECIs(e.units)
	if lead := leadOfIndicator(rest); lead > 0 || len(rest) > 0 && rest[0] == unitFNC1 {
		d.fnc1, d.indicator, d.ecis[0] = true, rest[:lead], ecis
		d.ecis[1], d.units = cutECIs(rest[lead+1:])
		return d, nil
	}
	for i, u := range e.units {
		if u == unitFNC1 {
			return d, fault(
				SymbologyQR,
				ErrCharacter,
				"FNC1 as character %d, want it first or after one letter or two digits, "+
					"and then as a separator",
				i+1,
			)
		}
	}
	d.units = e.units
	return d, nil
}

// cutECIs returns the ECIs that units begin with, and the others.
func cutECIs(units []unit) (ecis, rest []unit) {
	n := 0
	for n < len(units) && units[n].isECI() {
		n++
	}
	return units[:n], units[n:]
}

// headBits returns the length of what precedes the units.
func (d *qrData) headBits(ecis []ECI, append Option) (n int) {
	if append.kind != 0 {
		n += 4 + 8 + 8
	}
	for _, some := range d.ecis {
		for _, u := range some {
			n += qrECIBits(ecis[u-unitECI])
		}
	}
	if d.fnc1 {
		n += 4
	}
	if len(d.indicator) > 0 {
		n += 8
	}
	return n
}

var (
	qrFreely   = []qrRules{{}}
	qrWithFNC1 = []qrRules{{fnc1: true, percent: true}}
	// Some readers take the two percent signs that are one in alphanumeric mode for a separator.
	qrWithPercent = []qrRules{{fnc1: true}, {fnc1: true, percent: true}}
)

// rules returns the rules that the data can be measured by, in the order in which they are
// preferred.
func (d *qrData) rules() []qrRules {
	if !d.fnc1 {
		return qrFreely
	}
	for _, u := range d.units {
		if u == '%' {
			return qrWithPercent
		}
	}
	return qrWithFNC1
}

// writeHead writes what precedes the units: FNC1 is immediately before the data (ISO/IEC 18004,
// 7.4.8).
func (d *qrData) writeHead(out *bitWriter, ecis []ECI, append Option) {
	if append.kind != 0 {
		position, total, id := append.a, append.b, append.c
		out.write(qrIndicatorAppend, 4)
		out.write(uint64(position-1), 4)
		out.write(uint64(total-1), 4)
		out.write(uint64(id), 8)
	}
	for _, some := range d.ecis {
		for _, u := range some {
			writeQRECI(out, ecis[u-unitECI])
		}
	}
	switch {
	case len(d.indicator) == 1:
		out.write(qrIndicatorFNC1Second, 4)
		out.write(uint64(d.indicator[0]+100), 8)
	case len(d.indicator) == 2:
		out.write(qrIndicatorFNC1Second, 4)
		out.write(uint64((d.indicator[0]-'0')*10+d.indicator[1]-'0'), 8)
	case d.fnc1:
		out.write(qrIndicatorFNC1First, 4)
	}
}
