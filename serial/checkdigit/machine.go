package checkdigit

// A machine is the transition table of a system with at most ten states that reads digits. Entry
// d is the column of digit d: six bits for each state, which hold the next state. States are kept
// multiplied by six, so that a step is one shift, which is faster than an index into a table of
// tables:
//
//	state = m[digit] >> state & 63
type machine [16]uint64

// stateBits is the number of bits of a state, and the factor that states are multiplied with.
const stateBits = 6

func newMachine(next func(state, digit int) int) *machine {
	var m machine
	for state := range 10 {
		for digit := range 10 {
			m[digit] |= uint64(next(state, digit)) * stateBits << (stateBits * state)
		}
	}
	return &m
}

// step returns the state after a digit's value, both multiplied by stateBits. Of a value above 9
// only the lower four bits count: the caller rejects it.
func (m *machine) step(state uint64, v byte) uint64 {
	return m[v&15] >> (state & (1<<stateBits - 1))
}

// remainder returns the state that the steps have led to.
func remainder(state uint64) uint { return uint(state&(1<<stateBits-1)) / stateBits }

// A digit's value is its byte less '0'. pastNine adds to it so that the bit of what is outside is
// set for a value of 10 or more.
const pastNine = outside - 10

// read runs the machine of a system from state 0 over the digits from the left; the remainder is
// the last state.
func read(c *checker, s string) (uint, bool) {
	m := c.machine
	var state uint64
	var seen uint8
	for i := range len(s) {
		v := s[i] - '0'
		seen |= v | (v + pastNine)
		state = m.step(state, v)
	}
	return remainder(state), seen < outside
}

// quasigroup is H. M. Damm's of order 10, by state and digit.
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

var dammMachine = newMachine(func(state,
	digit int) int {
	return int(quasigroup[state][digit] - '0')
})

// turn multiplies in the dihedral group D5: 0–4 are rotations, 5–9 reflections.
func turn(x, y int) int {
	rotation := x + y
	if x >= 5 {
		rotation = x - y + 5
	}
	return rotation%5 + (x/5^y/5)*5
}

// verhoeffMachines are one for each place, counted from the check at 0 and modulo 8: a digit is
// permuted by (1 5 8 9 4 2 7 0)(3 6) as many times as its place before it is multiplied in.
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
		state = verhoeffMachines[uint(len(s)-i)&7].step(state, v)
	}
	return remainder(state), seen < outside
}
