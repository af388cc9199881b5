package symbol

// A pdf417Writer writes codewords.
type pdf417Writer struct {
	words  []uint16
	value  byte   // of text compaction, the first of a codeword
	half   bool   // there is a value
	bytes  []byte // to be written together
	digits []byte
}

// change writes what leads from state s to another mode or submode, in which it ends.
func (w *pdf417Writer) change(s, to int) {
	if s == to {
		return
	}
	from := s / 2
	switch {
	case to >= pdf417Byte:
		w.end()
		return
	case s >= pdf417Byte:
		w.end()
		w.words = append(w.words, pdf417Text)
		from = 0
	}
	for _, v := range pdf417Latches[from][to/2] {
		w.text(v)
	}
}

// write writes a byte in state s, in text compaction in a way, and returns the state after it.
func (w *pdf417Writer) write(c byte, s, way int) (after int) {
	switch {
	case s >= pdf417Digit:
		w.digits = append(w.digits, c)
		return pdf417Digit + (s-pdf417Digit+1)%44
	case s >= pdf417Byte:
		w.bytes = append(w.bytes, c)
		return pdf417Byte + (s-pdf417Byte+1)%6
	case way == pdf417AsValue:
		v, _ := pdf417Value(s/2, c)
		w.text(v)
		return s ^ 1
	case way == pdf417Shifted:
		to, shift, _ := pdf417Shift(s/2, c)
		v, _ := pdf417Value(to, c)
		w.text(shift)
		w.text(v)
		return s
	}
	w.fill()
	w.words = append(w.words, pdf417ByteShift, uint16(c))
	return pdf417AfterByte(s)
}

// text writes a value of text compaction.
func (w *pdf417Writer) text(v byte) {
	if w.half {
		w.words = append(w.words, uint16(w.value)*30+uint16(v))
	}
	w.value, w.half = v, !w.half
}

// fill completes a codeword of text compaction.
func (w *pdf417Writer) fill() {
	if w.half {
		w.text(pdf417ToPunctuation)
	}
}

// end ends text compaction with a complete codeword, or writes the bytes or digits.
func (w *pdf417Writer) end() {
	w.fill()
	w.endBytes()
	w.endDigits()
}

func (w *pdf417Writer) endBytes() {
	if len(w.bytes) == 0 {
		return
	}
	latch := uint16(pdf417Bytes)
	if len(w.bytes)%6 == 0 {
		latch = pdf417Sixes
	}
	w.words = append(w.words, latch)
	rest := w.bytes
	for ; len(rest) >= 6; rest = rest[6:] { // to the base 900
		var n uint64
		for _, b := range rest[:6] {
			n = n<<8 | uint64(b)
		}
		var group [5]uint16
		for i := 4; i >= 0; i-- {
			group[i], n = uint16(n%900), n/900
		}
		w.words = append(w.words, group[:]...)
	}
	for _, b := range rest {
		w.words = append(w.words, uint16(b))
	}
	w.bytes = w.bytes[:0]
}

func (w *pdf417Writer) endDigits() {
	if len(w.digits) == 0 {
		return
	}
	w.words = append(w.words, pdf417Numeric)
	for rest := w.digits; len(rest) > 0; {
		n := min(44, len(rest))
		w.words = appendPDF417Digits(w.words, rest[:n])
		rest = rest[n:]
	}
	w.digits = w.digits[:0]
}

// appendPDF417Digits appends up to 44 digits, a 1 before them, to the base 900.
func appendPDF417Digits(dst []uint16, digits []byte) []uint16 {
	group := make([]uint16, pdf417DigitWords(len(digits))) // the highest place first
	group[len(group)-1] = 1
	for _, d := range digits {
		carry := int(d - '0')
		for i := len(group) - 1; i >= 0; i-- {
			carry += 10 * int(group[i])
			group[i], carry = uint16(carry%900), carry/900
		}
	}
	return append(dst, group...)
}
