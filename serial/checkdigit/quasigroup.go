package checkdigit

// A machine has ten states at most and reads a digit at a time. Each digit has its column in one word: six bits a state, which hold six times
// the next state. So a shift by the state finds the next one, which is faster than a table of tables.
type machine [16]uint64

func newMachine(next func(state, digit int) int) *machine {
	var m machine
	for state := range 10 {
		for digit := range 10 {
			m[digit] |= uint64(next(state, digit)) * 6 << (6 * state)
		}
	}
	return &m
}

// A digit's value is its byte less '0'. pastNine adds to it so that the bit of what is outside shows where a value is 10 or more.
const pastNine = outside - 10

// read runs the machine of a system from state 0 over the digits from the left; the remainder is the last state.
func read(c *checker, s string) (uint, bool) {
	m := c.machine
	var state uint64
	var seen uint8
	for i := range len(s) {
		v := s[i] - '0'
		seen |= v | (v + pastNine)
		state = m[v&15] >> (state & 63)
	}
	return uint(state&63) / 6, seen < outside
}

// quasigroup is Damm's of order 10: state by digit.
var quasigroup = [10]string{
	"0317598642",
	"7092154863",
	"4206871359",
	"1750983426",
	"6123045978",
	"3674209581",
	"5869720134",
	"8945362017",
	"9438617205",
	"2581436790",
}

var dammMachine = newMachine(func(state, digit int) int { return int(quasigroup[state][digit] - '0') })

// turn is the multiplication of the dihedral group D5: 0–4 are rotations, 5–9 reflections.
func turn(x, y int) int {
	rotation := x + y
	if x >= 5 {
		rotation = x - y + 5
	}
	return rotation%5 + (x/5^y/5)*5
}

// verhoeffMachines are one for each place counted from the check at 0, modulo 8: a digit is permuted by (1 5 8 9 4 2 7 0)(3 6) as many times
// before it is multiplied in.
var verhoeffMachines = func() (all [8]machine) {
	permuted := [10]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	for place := range all {
		all[place] = *newMachine(func(state, digit int) int { return turn(state, permuted[digit]) })
		for digit, p := range permuted {
			permuted[digit] = [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}[p]
		}
	}
	return all
}()

func verhoeff(_ *checker, s string) (uint, bool) {
	var state uint64
	var seen uint8
	for i := len(s) - 1; i >= 0; i-- {
		v := s[i] - '0'
		seen |= v | (v + pastNine)
		state = verhoeffMachines[uint(len(s)-i)&7][v&15] >> (state & 63)
	}
	return uint(state&63) / 6, seen < outside
}
