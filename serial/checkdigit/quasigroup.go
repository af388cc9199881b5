package checkdigit

// The tables are 16 wide so that an index cut to four bits needs no bounds check.

// dihedral is the multiplication of D5: 0–4 rotations, 5–9 reflections.
var dihedral = func() (d [16][16]uint8) {
	for x := range 10 {
		for y := range 10 {
			switch {
			case x < 5 && y < 5:
				d[x][y] = uint8((x + y) % 5)
			case x < 5:
				d[x][y] = uint8((x+y)%5 + 5)
			case y < 5:
				d[x][y] = uint8((x-y)%5 + 5)
			default:
				d[x][y] = uint8((x - y + 5) % 5)
			}
		}
	}
	return d
}()

// permuted holds the powers of Verhoeff's permutation (1 5 8 9 4 2 7 0)(3 6).
var permuted = func() (p [8][16]uint8) {
	first := [10]uint8{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	for v := range 10 {
		p[0][v] = uint8(v)
		for i := 1; i < 8; i++ {
			p[i][v] = first[p[i-1][v]]
		}
	}
	return p
}()

func verhoeff(a *alphabet, s string) (uint, int) {
	var c uint8
	for i := len(s) - 1; i >= 0; i-- {
		v := a.value[s[i]]
		if v == none {
			return 0, firstBad(a, s)
		}
		c = dihedral[c&15][permuted[uint(len(s)-i)&7][v&15]&15]
	}
	if c > 0 && c < 5 { // a rotation's inverse; a reflection is its own
		c = 5 - c
	}
	return uint(c), allGood
}

// quasigroup is Damm's of order 10.
var quasigroup = [16][16]uint8{
	{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
	{7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
	{4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
	{1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
	{6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
	{3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
	{5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
	{8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
	{9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
	{2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}

func damm(a *alphabet, s string) (uint, int) {
	var c uint8
	for i := range len(s) {
		v := a.value[s[i]]
		if v == none {
			return 0, i
		}
		c = quasigroup[c&15][v&15]
	}
	return uint(c), allGood
}
