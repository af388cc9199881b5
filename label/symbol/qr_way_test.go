package symbol

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"

	"github.com/gonameplate/nameplate/internal/ci"
)

// versionOf returns the smallest version of level L for units after head bits, by the slow search.
func versionOf(head int, units []unit, rules qrRules) int {
	need, class := 0, -1
	for version := 1; version < noVersion; version++ {
		if k := qrClass(version); k != class {
			class, need = k, head+shortestQR(units, rules, k)
		}
		if need <= 8*(qrSize{version, L}).dataWords() {
			return version
		}
	}
	return noVersion
}

// slowWays returns the smallest version of text in each way, by other encoders than ours; noVersion
// where it can't be.
func slowWays(text string) (versions [len(qrWays)]int) {
	bytes := func(data []byte) (units []unit) {
		for _, b := range data {
			units = append(units, unit(b))
		}
		return units
	}
	latin1, kanji, utf8 := &versions[0], &versions[1], &versions[2]
	shiftJIS, plain := &versions[3], &versions[4]
	*latin1, *kanji, *shiftJIS, *plain = noVersion, noVersion, noVersion, noVersion
	*utf8 = versionOf(12, bytes([]byte(text)), qrRules{})
	if data, err := charmap.ISO8859_1.NewEncoder().Bytes([]byte(text)); err == nil {
		*plain, *latin1 = versionOf(0, bytes(data), qrRules{}), versionOf(12, bytes(data),
			qrRules{})
	}
	var units []unit
	half := false
	for _, c := range text {
		code, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(string(c)))
		switch {
		case err != nil:
			return versions
		case len(code) == 1:
			units = append(units, unit(code[0]))
			half = half || c >= 0x80
		default:
			units = append(units, unitKanji) // whichever: all take 13 bits
		}
	}
	if !half {
		*kanji = versionOf(0, units, qrRules{})
	}
	*shiftJIS = versionOf(12, units, qrRules{shiftJIS: true})
	return versions
}

// TestQRTextIsMinimal compares the size of text with that of all the ways to carry it, and reads it
// back.
func TestQRTextIsMinimal(t *testing.T) {
	t.Parallel()
	alphabets := [][]string{
		{
			"1",
			"A",
			"a",
			"é",
			"°",
			"×",
			"%",
		}, {"1", "a", "×", "§"}, {"1", "A", "a", "Ж", "東", "×"}, {"a", "b", "Ж"},
		{
			"a",
			"東",
			"é",
			"7",
		}, {"€", "1", "a"}, {"ｱ", "東", "A"}, {"ｱ", "東", "a"}, {"a", "東", "京"}, {"é", "ü"},
	}
	e := new(Encoder)
	r := rand.New(rand.NewPCG(26, 3))
	rounds, said := 200, map[int]int{}
	if ci.Running() {
		rounds = 3000
	}
	for range rounds {
		alphabet, text := alphabets[r.IntN(len(alphabets))], ""
		for n := 1 + r.IntN(30); n > 0; n-- {
			text += strings.Repeat(alphabet[r.IntN(len(alphabet))], 1+r.IntN(4))
		}
		s, err := e.QR(text)
		require.NoError(t, err)
		versions := slowWays(text)
		require.Equal(t, 17+4*slices.Min(versions[:]), s.Rows(), "%q: %d", text, versions)
		if lastRune(text) < 0x80 {
			continue
		}
		way := slices.Index(versions[:], slices.Min(versions[:]))
		said[way]++
		require.Equal(t, []string{"]Q2", "]Q1", "]Q2", "]Q2", "]Q1"}[way], s.SymbologyIdentifier(),
			text)
		require.Equal(t, text, readAsLatin1(t, s).GetText())
		if way < len(versions)-1 {
			require.Equal(t, text, readByGozxing(t, s).GetText(), "without a guess")
		}
	}
	for way := range qrWays {
		require.Positive(t, said[way], "way %d", way)
	}
}

func TestQRAnnouncesWhereItIsFree(t *testing.T) {
	for _, c := range []struct {
		text, identifier string
		side             int
	}{
		{strings.Repeat("é", 16), "]Q2", 21}, // 12 + 12 + 16 x 8 bits are all of version 1
		{strings.Repeat("é", 17), "]Q1", 21},
		{strings.Repeat("é", 18), "]Q2", 25},
		{"東京", "]Q1", 21},
		{"aЖbЖcЖd", "]Q2", 21}, // in kanji mode it would take 25
		{"5 × 3", "]Q2", 21},
		{"ЖЖ é", "]Q2", 21},
		{"abcdef", "]Q1", 21},
	} {
		s, err := QR(c.text)
		require.NoError(t, err)
		require.Equal(t, c.identifier, s.SymbologyIdentifier(), c.text)
		require.Equal(t, c.side, s.Rows(), c.text)
		segments := []Segment{Text(c.text[:0]), Text(c.text)}
		again, err := QRSegments(segments)
		require.NoError(t, err)
		require.Equal(t, s.Codewords(), again.Codewords())
	}
}

// TestQRBytesAreBytes checks that bytes are not announced as anything.
func TestQRBytesAreBytes(t *testing.T) {
	s, err := QRBytes([]byte("Gr\xfc\xdfe"))
	require.NoError(t, err)
	require.Equal(t, "]Q1", s.SymbologyIdentifier())
	s, err = QRSegments([]Segment{ECI(899), Bytes{0, 0xFF}, ECI(16384), Text("A")})
	require.ErrorContains(t, err, "text under ECI 16384")
	require.Nil(t, s)
	s, err = QRSegments([]Segment{ECI(899), Bytes{0, 0xFF}, ECI(16384), Bytes("A")})
	require.NoError(t, err)
	require.Equal(t, []int{0x78, 0x38, 0x34, 0x02, 0x00, 0xFF, 0x7C, 0x04, 0x00, 0x02, 0x00},
		s.Codewords()[:11])
}

func TestGS1QRAvoidsTwoPercentSigns(t *testing.T) {
	doubled := func(s *Symbol) bool { return strings.Contains(s.Explain(), "is a percent sign") }
	s, err := GS1QR(gs1.Message{{AI: "90", Value: "50%OFF%"}, {AI: "91", Value: "A%%B"}})
	require.NoError(t, err)
	require.False(t, doubled(s))
	require.Equal(t, "9050%OFF%\x1d91A%%B", readByGozxing(t, s).GetText())
	r := rand.New(rand.NewPCG(25, 25))
	had := 0
	e := new(Encoder)
	for range 150 {
		value := make([]byte, 1+r.IntN(60))
		for i := range value {
			value[i] = "%ABCDEFGHIJKLMNOPQRSTUVWXYZ123"[r.IntN(30)]
		}
		s, err := e.GS1QR(gs1.Message{{AI: "91", Value: string(value)}})
		require.NoError(t, err)
		units := []unit{'9', '1'}
		avoiding := []unit{'9', '1'}
		for _, c := range value {
			units = append(units, unit(c))
			if c == '%' {
				c = 'a' // only in byte mode, as well
			}
			avoiding = append(avoiding, unit(c))
		}
		least := versionOf(4, units, qrRules{fnc1: true})
		require.Equal(t, 17+4*least, s.Rows())
		require.Equal(t, least < versionOf(4, avoiding, qrRules{fnc1: true}), doubled(s), "%s",
			value)
		require.Equal(t, "91"+string(value), readByGozxing(t, s).GetText())
		if doubled(s) {
			had++
		}
	}
	require.Greater(t, had, 5)
}

// TestZXingReadsRandomQR has zxing-cpp return the characters of text, and the bytes of bytes and
// messages.
func TestZXingReadsRandomQR(t *testing.T) {
	ci.Program(t, "ZXingReader")
	r := rand.New(rand.NewPCG(18004, 1))
	most := 30
	if ci.Running() {
		most = 300
	}
	var texts, others []*Symbol
	for len(texts) < most {
		text, alphabet := "", []string{"12345", "ABC $%*", "abc,;", "äöß°×µ", "東京漢字", "ЖЗИ", "ｱｲ",
			"€한ĀŁ"}
		some := alphabet[r.IntN(len(alphabet)):]
		for range 1 + r.IntN(8) {
			letters := []rune(some[r.IntN(min(3, len(some)))])
			for range 1 + r.IntN(10) {
				text += string(letters[r.IntN(len(letters))])
			}
		}
		s, err := QR(text, Level(ErrorLevel(r.IntN(4))))
		require.NoError(t, err)
		texts = append(texts, s)
	}
	for i, told := range readByZXing(t, texts) {
		text := texts[i].Content()
		if last := lastRune(text); last >= 0x80 && last <= 0xFF &&
			texts[i].SymbologyIdentifier() == "]Q1" &&
			!strings.Contains(texts[i].Explain(), "kanji") {
			require.Equal(t, latin1(text), told.data) // it guesses what they mean
			continue
		}
		require.Equal(t, "\""+text+"\"", told.text)
	}
	for len(others) < most {
		s, err := QRBytes([]byte(randomData(r, 200)), Level(ErrorLevel(r.IntN(4))))
		require.NoError(t, err)
		others = append(others, s)
		s, err = GS1QR(randomMessage(r))
		require.NoError(t, err)
		if !strings.Contains(s.Explain(),
			"is a percent sign") { // of which it reads no more than the first
			others = append(others, s)
		}
	}
	for i, told := range readByZXing(t, others) {
		require.Equal(t, others[i].Content(), told.data)
		require.Equal(t, others[i].SymbologyIdentifier(), told.identifier)
	}
}
