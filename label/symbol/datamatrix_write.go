package symbol

// write appends the codewords of units to dst for a symbol of capacity data codewords, of which the
// data with dst needs the given number.
func (p *datamatrixPaths) write(dst []byte, units []unit, ecis []ECI, need, capacity int) []byte {
	if need < capacity {
		p.end = dmEnd{} // there is room to end by unlatch
	}
	p.trace(units, ecis, p.end)
	for from := 0; from < len(units); {
		to := from + 1
		for to < len(units) && p.plan[to] == p.plan[from] {
			to++
		}
		run, last := units[from:to], to == len(units)
		switch mode := p.plan[from]; mode {
		case dmASCII:
			dst = appendDMASCII(dst, run, ecis)
		case dmC40, dmText, dmX12:
			dst = appendDMTriplets(append(dst, dmLatch[mode]), run, mode, capacity, last)
		case dmEDIFACT:
			dst = appendDMEDIFACT(append(dst, dmLatch[mode]), run, capacity)
		case dmBase256:
			dst = appendDMBase256(append(dst, dmLatch[mode]), run, capacity, last)
		}
		from = to
	}
	return dst
}

// dmASCIILength returns the number of codewords of u in ASCII encodation, digits one by one.
func dmASCIILength(u unit, ecis []ECI) int {
	switch {
	case u < 0x80 || u == unitFNC1:
		return 1
	case u <= 0xFF:
		return 2
	}
	switch eci := ecis[u-unitECI]; {
	case eci < 127:
		return 2
	case eci < 16383:
		return 3
	}
	return 4
}

// dmASCIIRunLength returns the number of codewords of units in ASCII encodation.
func dmASCIIRunLength(units []unit, ecis []ECI) (n int) {
	for i := 0; i < len(units); i++ {
		n += dmASCIILength(units[i], ecis)
		if i+1 < len(units) && units[i].isDigit() && units[i+1].isDigit() {
			i++
		}
	}
	return n
}

// appendDMASCII writes units in ASCII encodation (ISO/IEC 16022, 5.2.3).
func appendDMASCII(dst []byte, units []unit, ecis []ECI) []byte {
	for i := 0; i < len(units); i++ {
		u := units[i]
		switch {
		case u.isDigit() && i+1 < len(units) && units[i+1].isDigit():
			dst = append(dst, dmTwoDigits+byte(u-'0')*10+byte(units[i+1]-'0'))
			i++
		case u < 0x80:
			dst = append(dst, byte(u)+1)
		case u <= 0xFF:
			dst = append(dst, dmUpperShift, byte(u)-0x80+1)
		case u == unitFNC1:
			dst = append(dst, dmFNC1)
		default:
			dst = appendDMECI(append(dst, dmECI), ecis[u-unitECI])
		}
	}
	return dst
}

func appendDMECI(dst []byte, eci ECI) []byte {
	switch {
	case eci < 127:
		return append(dst, byte(eci+1))
	case eci < 16383:
		eci -= 127
		return append(dst, byte(eci/254+128), byte(eci%254+1))
	}
	eci -= 16383
	return append(dst, byte(eci/64516+192), byte(eci/254%254+1), byte(eci%254+1))
}

// appendDMTriplets writes units in C40, Text or X12 encodation, three values in two codewords. It
// unlatches, unless the symbol ends here or with one more codeword, which readers take for ASCII
// (5.2.5 to 5.2.7).
func appendDMTriplets(dst []byte, units []unit, mode uint8, capacity int, last bool) []byte {
	word, n := 0, 0
	add := func(value byte) {
		word, n = word*40+int(value), n+1
		if n == 3 {
			dst = append(dst, byte((word+1)>>8), byte(word+1))
			word, n = 0, 0
		}
	}
	for _, u := range units {
		eachDMValue(mode, u, add)
	}
	if n == 2 {
		add(dmShift1)
	}
	if left := capacity - len(dst); left > 1 || left == 1 && last {
		dst = append(dst, dmUnlatch)
	}
	return dst
}

// edifactUnlatch is the EDIFACT value that ends the encodation.
const edifactUnlatch = 0x1F

// appendDMEDIFACT writes units in EDIFACT encodation, four values in three codewords. Where no more
// than two codewords are left in the symbol readers take them for ASCII (5.2.8).
func appendDMEDIFACT(dst []byte, units []unit, capacity int) []byte {
	for ; len(units) >= 4 && capacity-len(dst) > 2; units = units[4:] {
		dst = appendDMQuadruplet(dst, units[:4])
	}
	if capacity-len(dst) <= 2 {
		return appendDMASCII(dst, units, nil)
	}
	rest := [4]unit{}
	n := copy(rest[:], units)
	rest[n] = edifactUnlatch
	size := [4]int{1, 2, 3, 3}[n]
	return appendDMQuadruplet(dst, rest[:])[:len(dst)+size]
}

func appendDMQuadruplet(dst []byte, units []unit) []byte {
	word := units[0]&0x3F<<10 | units[1]&0x3F<<4 | units[2]&0x3F>>2
	return append(dst, byte(word>>8), byte(word), byte(units[2]<<6|units[3]&0x3F))
}

// appendDMBase256 writes units in Base 256 encodation. A length of 0 means all that is left in the
// symbol (5.2.9).
func appendDMBase256(dst []byte, units []unit, capacity int, last bool) []byte {
	n := len(units)
	switch {
	case n < longBase256:
		dst = appendDMRandomized(dst, byte(n))
	case last && len(dst)+1+n == capacity:
		dst = appendDMRandomized(dst, 0)
	default:
		dst = appendDMRandomized(appendDMRandomized(dst, byte(n/longBase256+longBase256-1)),
			byte(n%longBase256))
	}
	for _, u := range units {
		dst = appendDMRandomized(dst, byte(u))
	}
	return dst
}

// appendDMRandomized scrambles a byte of Base 256 by its place (Annex B.2).
func appendDMRandomized(dst []byte, b byte) []byte {
	return append(dst, b+byte(149*(len(dst)+1)%255+1))
}
