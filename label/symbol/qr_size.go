package symbol

// qrCorrection holds for each level and version the error correction codewords of a block and the
// number of blocks (ISO/IEC 18004, Table 9).
var qrCorrection = [4][40][2]uint8{
	L: {{7, 1}, {10, 1}, {15, 1}, {20, 1}, {26, 1}, {18, 2}, {20, 2}, {24, 2}, {30, 2}, {18, 4},
		{20, 4}, {24, 4}, {26, 4}, {30, 4}, {22, 6}, {24, 6}, {28, 6}, {30, 6}, {28, 7}, {28, 8},
		{28, 8}, {28, 9}, {30, 9}, {30, 10}, {26, 12}, {28, 12}, {30, 12}, {30, 13}, {30, 14},
		{30, 15},
		{30, 16}, {30, 17}, {30, 18}, {30, 19}, {30, 19}, {30, 20}, {30, 21}, {30, 22}, {30, 24},
		{30, 25}},
	M: {{10, 1}, {16, 1}, {26, 1}, {18, 2}, {24, 2}, {16, 4}, {18, 4}, {22, 4}, {22, 5}, {26, 5},
		{30, 5}, {22, 8}, {22, 9}, {24, 9}, {24, 10}, {28, 10}, {28, 11}, {26, 13}, {26, 14},
		{26, 16},
		{26, 17}, {28, 17}, {28, 18}, {28, 20}, {28, 21}, {28, 23}, {28, 25}, {28, 26}, {28, 28},
		{28, 29},
		{28, 31}, {28, 33}, {28, 35}, {28, 37}, {28, 38}, {28, 40}, {28, 43}, {28, 45}, {28, 47},
		{28, 49}},
	Q: {{13, 1}, {22, 1}, {18, 2}, {26, 2}, {18, 4}, {24, 4}, {18, 6}, {22, 6}, {20, 8}, {24, 8},
		{28, 8}, {26, 10}, {24, 12}, {20, 16}, {30, 12}, {24, 17}, {28, 16}, {28, 18}, {26, 21},
		{30, 20},
		{28, 23}, {30, 23}, {30, 25}, {30, 27}, {30, 29}, {28, 34}, {30, 34}, {30, 35}, {30, 38},
		{30, 40},
		{30, 43}, {30, 45}, {30, 48}, {30, 51}, {30, 53}, {30, 56}, {30, 59}, {30, 62}, {30, 65},
		{30, 68}},
	H: {{17, 1}, {28, 1}, {22, 2}, {16, 4}, {22, 4}, {28, 4}, {26, 5}, {26, 6}, {24, 8}, {28, 8},
		{24, 11}, {28, 11}, {22, 16}, {24, 16}, {24, 18}, {30, 16}, {28, 19}, {28, 21}, {26, 25},
		{28, 25},
		{30, 25}, {24, 34}, {30, 30}, {30, 32}, {30, 35}, {30, 37}, {30, 40}, {30, 42}, {30, 45},
		{30, 48},
		{30, 51}, {30, 54}, {30, 57}, {30, 60}, {30, 63}, {30, 66}, {30, 70}, {30, 74}, {30, 77},
		{30, 81}},
}

// correction returns the number of error correction codewords of a block, and of blocks.
func (z qrSize) correction() (words, blocks int) {
	c := qrCorrection[z.level][z.version-1]
	return int(c[0]), int(c[1])
}

// totalWords returns the number of codewords: the modules that are no patterns, format or version
// information.
func (z qrSize) totalWords() int {
	v := z.version
	modules := (16*v+128)*v + 64
	if v >= 2 {
		n := v/7 + 2
		modules -= (25*n-10)*n - 55
	}
	if v >= 7 {
		modules -= 36
	}
	return modules / 8
}

func (z qrSize) dataWords() int {
	words, blocks := z.correction()
	return z.totalWords() - words*blocks
}

// appendQRAlignment appends the rows, which are the columns too, of the alignment patterns' centres
// (ISO/IEC 18004, Annex E).
func (z qrSize) appendAlignment(dst []int) []int {
	if z.version == 1 {
		return dst
	}
	n := z.version/7 + 2
	step := (z.version*8 + n*3 + 5) / (n*4 - 4) * 2
	dst = append(dst, 6)
	for i := n - 2; i >= 0; i-- {
		dst = append(dst, z.side()-7-i*step)
	}
	return dst
}
