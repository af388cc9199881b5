package symbol

import (
	"math/rand/v2"
	"testing"

	"github.com/makiuchi-d/gozxing/datamatrix/decoder"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// A dmReader is what a reader of Data Matrix knows between two values, written from the standard's
// words and not from the encoder's tables.
type dmReader struct {
	at     int16 // codewords or, in EDIFACT, quarters read
	unit   int16 // units read
	mode   byte  // 'a' ASCII, 'c' C40, 't' Text, 'x' X12, 'e' EDIFACT
	phase  int16 // values of the triplet or quadruplet read
	shift  int16 // shift set 1 to 3 in force, 0 for none
	upper  bool  // upper shift in force
	closed bool  // padding was read: the data must have ended, and the symbol must too
}

// A dmSearch looks for any way to write units in a symbol of capacity codewords.
type dmSearch struct {
	units    []unit
	capacity int
	seen     map[dmReader]bool
}

func (s *dmSearch) has(i int16, u int) bool {
	return int(i) < len(s.units) && s.units[i] == unit(u)
}

func (s *dmSearch) fits(r dmReader) bool {
	left := s.capacity - int(r.at)
	if left < 0 || s.seen[r] {
		return false
	}
	if int(r.phase)+2*left < len(s.units)-int(
		r.unit) { // a codeword is never more than two characters
		return false
	}
	s.seen[r] = true
	done := int(r.unit) == len(s.units) && r.shift == 0 && !r.upper
	if r.phase == 0 && left == 0 || r.closed {
		return done && left == 0 ||
			r.closed && int(r.unit) == len(s.units) && r.phase == 0 && left == 0
	}
	if r.phase == 0 && r.shift == 0 && !r.upper &&
		(r.mode == 'e' && left <= 2 || r.mode != 'a' && left == 1) {
		r.mode = 'a'
	}
	switch r.mode {
	case 'a':
		return done || s.ascii(r, left)
	case 'e':
		return s.edifact(r)
	}
	return s.triplet(r)
}

func (s *dmSearch) ascii(r dmReader, left int) bool {
	next := func(words, units int16, mode byte) bool {
		return s.fits(dmReader{at: r.at + words, unit: r.unit + units, mode: mode})
	}
	u := s.units[r.unit]
	for two := range 100 {
		if s.has(r.unit, '0'+two/10) && s.has(r.unit+1, '0'+two%10) && next(1, 2, 'a') {
			return true
		}
	}
	if (u < 128 || u == unitFNC1) && next(1, 1, 'a') || u >= 128 && u < 256 && next(2, 1, 'a') {
		return true
	}
	for _, mode := range []byte("ctxe") {
		if left > 1 && next(1, 0, mode) {
			return true
		}
	}
	for n := int16(1); int(r.unit+n) <= len(s.units) && s.units[r.unit+n-1] < 256; n++ {
		words := 2 + n
		if n > 249 &&
			int(r.at+words) != s.capacity { // a length of 0 says that the run ends with the symbol
			words++
		}
		if next(words, n, 'a') {
			return true
		}
	}
	return false
}

func (s *dmSearch) edifact(r dmReader) bool {
	// Values of 6 bits: after 1, 2, 3 and 4 of them 1, 2, 3 and 3 codewords are begun.
	to := r
	to.phase = (r.phase + 1) % 4
	if r.phase < 3 {
		to.at++
	}
	for value := range 64 {
		character := value
		if value < 32 {
			character += 64
		}
		if value == 31 {
			if s.fits(dmReader{at: to.at, unit: r.unit, mode: 'a'}) {
				return true
			}
			continue
		}
		if s.has(r.unit, character) {
			to.unit = r.unit + 1
			if s.fits(to) {
				return true
			}
		}
	}
	return false
}

const dmPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_"

func (s *dmSearch) triplet(r dmReader) bool {
	if r.phase == 0 && r.shift == 0 && !r.upper &&
		s.fits(dmReader{at: r.at + 1, unit: r.unit, mode: 'a'}) {
		return true
	}
	for value := range 40 {
		to := r
		to.phase = (r.phase + 1) % 3
		if r.phase < 2 {
			to.at++
		}
		if value == 0 && r.mode != 'x' && r.phase == 2 && r.shift == 0 &&
			int(r.unit) == len(s.units) &&
			!r.upper {
			to.closed = true
			if s.fits(to) {
				return true
			}
			continue
		}
		character, ok := s.value(&to, value)
		if !ok {
			continue
		}
		if character >= 0 {
			if !s.has(r.unit, character) {
				continue
			}
			to.unit++
		}
		if s.fits(to) {
			return true
		}
	}
	return false
}

// value returns the character of a value, -1 for none yet, and changes the shifts of r.
func (s *dmSearch) value(r *dmReader, value int) (int, bool) {
	if r.mode == 'x' {
		return int("\r*> 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[value]), true
	}
	letters, others := "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "`abcdefghijklmnopqrstuvwxyz{|}~\x7f"
	if r.mode == 't' {
		letters, others = "abcdefghijklmnopqrstuvwxyz", "`ABCDEFGHIJKLMNOPQRSTUVWXYZ{|}~\x7f"
	}
	character := 0
	switch shift := r.shift; {
	case shift == 0 && value < 3:
		r.shift = int16(value + 1)
		return -1, true
	case shift == 0:
		character = int((" 0123456789" + letters)[value-3])
	case shift == 1 && value < 32:
		character = value
	case shift == 2 && value < 27:
		character = int(dmPunctuation[value])
	case shift == 2 && value == 27 && !r.upper:
		r.shift = 0
		return int(unitFNC1), true
	case shift == 2 && value == 30 && !r.upper:
		r.shift, r.upper = 0, true
		return -1, true
	case shift == 3 && value < 32:
		character = int(others[value])
	default:
		return 0, false
	}
	if r.upper {
		character += 128
	}
	r.shift, r.upper = 0, false
	return character, true
}

// leastDMCapacity returns the least capacity for units.
func leastDMCapacity(units []unit) int {
	s := dmSearch{units, 0, map[dmReader]bool{}}
	for capacity := 1; ; capacity++ {
		s.capacity = capacity
		clear(s.seen)
		if s.fits(dmReader{mode: 'a'}) {
			return capacity
		}
	}
}

func requireMinimalDM(t *testing.T, p *datamatrixPaths, units []unit) {
	t.Helper()
	need := p.measure(units, nil, 0)
	if least := leastDMCapacity(units); need != least {
		t.Fatalf("%v needs %d codewords by measure; the least is %d", units, need, least)
	}
	requireDMReads(t, p, units, need)
}

// requireDMReads has gozxing read the codewords in symbols that are just large enough and a little
// larger.
func requireDMReads(t *testing.T, p *datamatrixPaths, units []unit, need int) {
	t.Helper()
	for room := range 4 {
		require.Equal(t, need, p.measure(units, nil, 0))
		words := p.write(nil, units, nil, need, need+room)
		if len(words) > need+room {
			t.Fatalf("%v is written as %v in more than %d codewords", units, words, need+room)
		}
		words = appendDMPadding(words, need+room)
		result, err := decoder.DecodedBitStreamParser_decode(words)
		require.NoError(t, err, "%v is written as %v", units, words)
		if want := p.asGozxing(units); want != result.GetText() {
			t.Fatalf("%v is written as %v, which reads %q", units, words, result.GetText())
		}
	}
}

// asGozxing returns the text that gozxing should return: characters above 0x7F are UTF-8 from Base
// 256, and else bytes.
func (p *datamatrixPaths) asGozxing(units []unit) string {
	var text []byte
	for i, u := range units {
		switch {
		case u == unitFNC1:
			text = append(text, separator)
		case u >= 0x80 && p.plan[i] == dmBase256:
			text = append(text, string(rune(u))...)
		default:
			text = append(text, byte(u))
		}
	}
	return string(text)
}

func TestDataMatrixIsMinimal(t *testing.T) {
	t.Parallel()
	alphabet := []unit{'1', 'A', 'a', '\r', '.', 0x01, 0xE1, 0xFF, unitFNC1}
	most, random := searchDepth()
	p := new(datamatrixPaths)
	everyString(alphabet, most, func(units []unit) { requireMinimalDM(t, p, units) })
	r := rand.New(rand.NewPCG(16, 22))
	every := []unit{unitFNC1}
	for b := range unit(0x100) {
		every = append(every, b)
	}
	for i := range random / 2 {
		some := []unit{alphabet[r.IntN(9)], alphabet[r.IntN(9)], alphabet[r.IntN(9)]}
		switch i % 3 {
		case 0:
			requireMinimalDM(t, p, randomUnits(r, some, 24))
		case 1:
			requireMinimalDM(t, p, randomUnits(r, alphabet, 24))
		default:
			requireMinimalDM(t, p, randomUnits(r, every, 24))
		}
	}
}

// TestDataMatrixIsMinimalForEachUnit tries each byte and FNC1 between, before and after runs of
// each encodation, of which there is every second outside CI.
func TestDataMatrixIsMinimalForEachUnit(t *testing.T) {
	t.Parallel()
	p := new(datamatrixPaths)
	for u := range unitFNC1 + 1 {
		if u == unitFNC {
			continue
		}
		for i, run := range [][]unit{
			{'A', '1', 'B'}, {'a', '1', 'b'}, {'*', 'A', '>'}, {'.', 'A', '-'},
			{0xE1, 0x01}, {'1', '2'},
		} {
			if (i+int(u))%2 > 0 && !ci.Running() {
				continue
			}
			units := []unit{u}
			for i := range 9 {
				units = append(units, run[i%len(run)])
			}
			requireMinimalDM(t, p, units)
			requireMinimalDM(t, p, append(units[1:], u))
			requireMinimalDM(t, p, append(units[:6], u, u, units[1], units[2]))
		}
	}
}

// TestDataMatrixIsMinimalWithLongBase256 searches where the length of a Base 256 run takes a second
// byte.
func TestDataMatrixIsMinimalWithLongBase256(t *testing.T) {
	t.Parallel()
	p := new(datamatrixPaths)
	if testing.Short() {
		t.Skip("the search takes seconds")
	}
	lengths, tails := []int{250}, [][]unit{{'1', '2', '3', '4'}}
	if ci.Running() {
		lengths, tails = []int{248, 249, 250, 251}, append(tails, []unit{unitFNC1, 0xE1})
	}
	for _, n := range lengths {
		for _, tail := range tails {
			units := make([]unit, n, n+len(tail))
			for i := range units {
				units[i] = unit(0x80 + i*7%128)
			}
			units = append(units, tail...)
			need := p.measure(units, nil, 0)
			least := dmSearch{units, need - 1, map[dmReader]bool{}}
			require.False(t, least.fits(dmReader{mode: 'a'}), "%d bytes and %v fit in %d codewords",
				n, tail, need-1)
			requireDMReads(t, p, units, need)
		}
	}
}

// TestDataMatrixSweepsNarrow compares with the search over all encodations where the encoder leaves
// some out.
func TestDataMatrixSweepsNarrow(t *testing.T) {
	r := rand.New(rand.NewPCG(60, 4))
	p := new(datamatrixPaths)
	narrow := 0
	for range 20000 {
		units := randomUnits(r,
			[]unit{'1', 'A', 'Z', ' ', 'a', unitFNC1, '2', 0x01, '~'}[:2+r.IntN(8)], 60)
		need := p.measure(units, nil, 0)
		if p.wide {
			continue
		}
		narrow++
		p.wide = true
		require.Equal(t, p.sweep(units, nil, 0), need, "%v", units)
	}
	require.Greater(t, narrow, 3000)
}

func TestDataMatrixLongBase256(t *testing.T) {
	p := new(datamatrixPaths)
	for _, n := range []int{248, 249, 250, 251, 499, 500, 1553, 1554, 1555, 1556} {
		units := make([]unit, n)
		for i := range units {
			units[i] = unit(0x80 + i*7%128)
		}
		need := p.measure(units, nil, 0)
		require.Equal(t, n+2, need)
		if n <= 1553 {
			requireDMReads(t, p, units, need)
		}
		e := new(Encoder)
		e.units = units
		s, err := e.makeDataMatrix(nil)
		require.NoError(t, err)
		require.Equal(t, e.datamatrix.asGozxing(units), readByGozxing(t, s).GetText())
	}
}
