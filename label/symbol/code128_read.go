package symbol

import "github.com/gonameplate/nameplate/internal/code128"

// FromCode128 returns the Code 128 symbol of symbol character values (0 to 106, ISO/IEC 15417,
// Table 1), from the start character on, as [Symbol.Codewords] returns them. The check and stop
// characters are added where the stop character is missing. The symbol's content is what a reader
// sends.
//
// It fails with an [*Error] that wraps [ErrCodeword] on values that are no symbol: without a start
// character, with one or the stop character in the middle, with a wrong check character, or without
// data.
func FromCode128(codewords []int) (*Symbol, error) {
	words := make([]byte, 0, len(codewords)+2)
	for i, w := range codewords {
		if w < 0 || w > code128.Stop || w >= code128.StartA && w < code128.Stop && i > 0 ||
			w == code128.Stop && i < len(codewords)-1 ||
			i == 0 && (w < code128.StartA || w > code128.StartC) {
			return nil, fault(SymbologyCode128, ErrCodeword, "value %d as character %d", w, i+1)
		}
		words = append(words, byte(w))
	}
	n := len(words)
	if n > 0 && words[n-1] == code128.Stop {
		if n -= 2; n > 1 && words[n] != code128Check(words[:n]) {
			return nil, fault(SymbologyCode128, ErrCodeword, "check character %d, want %d",
				words[n], code128Check(words[:n]))
		}
	}
	if n < 2 {
		return nil, fault(SymbologyCode128, ErrEmpty, "%d symbol characters", len(codewords))
	}
	if n+2 > maxCode128 {
		return nil, fault(SymbologyCode128, ErrTooLong, "%d symbol characters, want at most %d",
			n+2, maxCode128)
	}
	s := &Symbol{symbology: SymbologyCode128,
		words: append(words[:n], code128Check(words[:n]), code128.Stop), used: n + 2}
	units := code128Units(words[:n])
	s.modifier = '0'
	if len(units) > 0 {
		s.modifier = code128Modifier(units)
	}
	s.content = code128Content(units)
	s.drawCode128()
	return s, nil
}

// code128Units returns the data of symbol characters from the start character on.
func code128Units(words []byte) []unit {
	var units []unit
	set := int(words[0])
	shifted, latched, high := false, false, false
	for _, w := range words[1:] {
		now, v := set, int(w)
		if shifted {
			now, shifted = code128.StartA+code128.StartB-set, false
		}
		switch {
		case v == code128.FNC1:
			units = append(units, unitFNC1)
		case now == code128.StartC && v < 100:
			units = append(units, unit('0'+v/10), unit('0'+v%10))
		case v < code128.FNC3:
			u := unit(v + ' ')
			if now == code128.StartA && v >= 64 {
				u = unit(v - 64)
			}
			if latched != high {
				u += 0x80
			}
			high = false
			units = append(units, u)
		case v == code128.Shift:
			shifted = true
		case v == code128.FNC2:
			units = append(units, unitFNC2)
		case v == code128.FNC3:
			units = append(units, unitFNC3)
		case v == code128.CodeA && now == code128.StartA,
			v == code128.CodeB && now == code128.StartB: // FNC4
			if high { // twice: for all that follow
				latched, high = !latched, false
			} else {
				high = true
			}
		default:
			set = code128.NextSet(set, v)
		}
	}
	return units
}

// code128Content returns what a reader sends for units: text, with GS for each FNC1 that is neither
// first nor second.
func code128Content(units []unit) []byte {
	silent := leadOfIndicator(units) // of an FNC1 in second position, or the first unit
	var content []byte
	for i, u := range units {
		switch {
		case u <= 0xFF:
			content = append(content, string(rune(u))...)
		case u == unitFNC1 && i != silent:
			content = append(content, separator)
		}
	}
	return content
}
