package symbol

import "sync"

// PDF417 encodes text as the smallest PDF417 symbol (ISO/IEC 15438): in the fewest codewords that
// the text, byte and numeric compaction modes allow, and of the sizes that hold them the one of the
// fewest modules that is no more than four times as wide as high. Text of the characters U+0000 to
// U+00FF is carried as ISO/IEC 8859-1, the standard's default, other text as UTF-8 after ECI 26.
// The error correction level is the least that the standard recommends, more where that makes the
// symbol no larger, and less where only that fits. A row is three modules high.
//
// Options are Size, MaxHeight and MaxWidth, in modules; with any of them the symbol can have any
// shape. It fails with an [*Error] on text that is empty, not valid UTF-8, or does not fit: 1,840
// capital letters, 2,700 digits or 1,100 bytes do.
func PDF417(text string, options ...Option) (*Symbol, error) {
	last, err := (&reading{symbology: SymbologyPDF417, eci: true}).lastCharacter(text)
	if err != nil {
		return nil, err
	}
	if last > 0xFF {
		return makePDF417([]byte(text), text, []uint16{pdf417ECI, uint16(eciUTF8)}, options)
	}
	data := make([]byte, 0, len(text))
	for _, c := range text {
		data = append(data, byte(c))
	}
	return makePDF417(data, text, nil, options)
}

// PDF417Bytes encodes bytes as they are.
func PDF417Bytes(data []byte, options ...Option) (*Symbol, error) {
	return makePDF417(data, string(data), nil, options)
}

// Codewords with a function (ISO/IEC 15438, 5.4). Those below 900 are data.
const (
	pdf417Text      = 900 // text compaction from here on; also fills a symbol
	pdf417Bytes     = 901 // bytes from here on, not a multiple of six
	pdf417Numeric   = 902
	pdf417ByteShift = 913 // one byte, in text compaction
	pdf417Sixes     = 924 // bytes from here on, a multiple of six
	pdf417ECI       = 927 // the next codeword is an ECI
)

// The bounds of ISO/IEC 15438, 5.3: codewords of a symbol with those for error correction, rows and
// columns of data codewords.
const (
	pdf417MaxWords            = 928
	pdf417MinRows, pdf417Rows = 3, 90
	pdf417MinCols, pdf417Cols = 1, 30
	pdf417RowHeight           = 3              // modules
	pdf417PerWord             = 17             // modules across
	pdf417Frame               = 17 + 2*17 + 18 // start, two indicators and stop
)

// maxPDF417 is how many digits fit: 44 in 15 codewords of the 918 after the number of codewords and
// the latch.
const maxPDF417 = 61*44 + 8

func makePDF417(data []byte, content string, words []uint16, options []Option) (*Symbol, error) {
	if len(data) == 0 {
		return nil, fault(SymbologyPDF417, ErrEmpty, "").with("give at least one character")
	}
	choice, err := choosePDF417(options)
	if err != nil {
		return nil, err
	}
	if len(data) > maxPDF417 {
		return nil, fault(SymbologyPDF417, ErrTooLong,
			"%d bytes, want at most %d digits or fewer others", len(data), maxPDF417)
	}
	words = append(make([]uint16, 1, pdf417MaxWords), words...) // the first is their number
	words = new(pdf417Paths).shortest(data, words)
	z, err := choice.find(len(words))
	if err != nil {
		return nil, err
	}
	for len(words) < z.dataWords() {
		words = append(words, pdf417Text)
	}
	words[0] = uint16(len(words))
	words = appendPDF417Correction(words, z.correction())
	s := &Symbol{symbology: SymbologyPDF417, modifier: '2', content: []byte(content)}
	s.drawPDF417(z, words)
	return s, nil
}

// drawPDF417 sets the modules from the codewords, row by row.
func (s *Symbol) drawPDF417(z pdf417Size, words []uint16) {
	s.size(z.height(), z.width())
	out := bitWriter{dst: s.bits}
	for row := range z.rows {
		before := out.out
		cluster := row % 3
		out.widths(pdf417Start)
		out.widths(pdf417Word(cluster, z.indicator(row, 0)))
		for _, w := range words[row*z.cols : (row+1)*z.cols] {
			out.widths(pdf417Word(cluster, int(w)))
		}
		out.widths(pdf417Word(cluster, z.indicator(row, 2)))
		out.widths(pdf417Stop)
		out.flush()
		line := s.bits[before:out.out]
		for range pdf417RowHeight - 1 {
			out.out += copy(s.bits[out.out:], line)
		}
	}
}

// pdf417Word returns the widths of a codeword in a cluster.
func pdf417Word(cluster, word int) string { return pdf417Clusters[cluster][8*word : 8*word+8] }

// widths writes bars and spaces of widths in modules, from a bar on.
func (w *bitWriter) widths(digits string) {
	for i := range len(digits) {
		n := int(digits[i] - '0')
		w.write(uint64(1-i&1)*(1<<n-1), n)
	}
}

// appendPDF417Correction appends n error correction codewords: the remainder of the words by a
// polynomial with the zeros 3 to 3ⁿ, over the integers modulo 929, negated (ISO/IEC 15438, 5.10).
func appendPDF417Correction(words []uint16, n int) []uint16 {
	generator := pdf417Generator(n)
	rest := make([]int, n) // from the highest power on
	for _, w := range words {
		factor := (int(w) + rest[0]) % 929
		for i := range n - 1 {
			rest[i] = (rest[i+1] + (929-generator[n-1-i])*factor) % 929
		}
		rest[n-1] = (929 - generator[0]) * factor % 929
	}
	for _, r := range rest {
		words = append(words, uint16((929-r)%929))
	}
	return words
}

var pdf417Generators sync.Map // int to []int

// pdf417Generator returns the coefficients of the product of x − 3ⁱ for i from 1 to n, from that of
// x⁰ on.
func pdf417Generator(n int) []int {
	if known, ok := pdf417Generators.Load(n); ok {
		return known.([]int)
	}
	g := make([]int, n+1)
	g[0] = 1
	root := 1
	for i := range n {
		root = root * 3 % 929
		for j := i + 1; j > 0; j-- {
			g[j] = (g[j-1] + (929-root)*g[j]) % 929
		}
		g[0] = (929 - root) * g[0] % 929
	}
	pdf417Generators.Store(n, g)
	return g
}
