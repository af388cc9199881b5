package symbol

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExplainGoesThrough explains symbols of every encodation and function character to their ends.
func TestExplainGoesThrough(t *testing.T) {
	s, err := DataMatrixSegments(
		[]Segment{Text("A"), FNC1, ECI(1000), ECI(999999), ECI(3),
			Bytes(strings.Repeat("\x80", 300)), Text("AB*>AB*>AB*>AB*> x"),
			Text("A.B.C.D.E.F.G.H?:;<=>? abcdefgh12\r")},
	)
	require.NoError(t, err)
	told := s.Explain()
	for _, want := range []string{"FNC1", "latch to Base 256", "length 300", "bytes 80 80", "eci 1000\n", "eci 999999\n", "eci 3\n", "latch to EDIFACT", "padding"} {
		require.Contains(t, told, want)
	}
	s, err = Code128Segments([]Segment{FNC1, Text("é123456\x01aÄÖÜß"), FNC2, FNC3})
	require.NoError(t, err)
	for _, want := range []string{`"é"`, `"\x01"`, `"Ö"`, "FNC2", "FNC3", "shift", "check character"} {
		require.Contains(t, s.Explain(), want)
	}
	s, err = DataMatrix("abcdefABC\x01é", StructuredAppend(2, 3, 300))
	require.NoError(t, err)
	for _, want := range []string{"16 x 16 holds 12\n", "structured append: symbol 2 of 3, id 300"} {
		require.Contains(t, s.Explain(), want)
	}
	s, err = DataMatrixSegments([]Segment{Text("abcdefghiA.\x01é~jkl"), FNC1, Text("mnopqr")})
	require.NoError(t, err)
	for _, want := range []string{"2 shift 3\n", "Text values 1 \"A\"", "1 shift 2, 13 \".\"", "upper shift", "FNC1"} {
		require.Contains(t, s.Explain(), want)
	}
	r := rand.New(rand.NewPCG(7, 7))
	e := new(Encoder)
	for range 2000 {
		data := make([]byte, 1+r.IntN(40))
		for i := range data {
			data[i] = []byte("1234567890ABCabc.*>\r \x80\xe9\x00")[r.IntN(24)]
		}
		for _, encode := range []func([]byte, ...Option) (*Symbol, error){
			e.DataMatrixBytes, e.Code128Bytes, e.QRBytes,
		} {
			s, err := encode(data)
			require.NoError(t, err)
			require.NotEmpty(t, s.Explain())
		}
	}
}

func TestEncoderAllocatesNothing(t *testing.T) {
	e, raw := new(Encoder), []Segment{Bytes("\x00\xFF nameplate")}
	for name, encode := range map[string]func() (*Symbol, error){
		"gs1-128":         func() (*Symbol, error) { return e.GS1128(udi) },
		"gs1 data matrix": func() (*Symbol, error) { return e.GS1DataMatrix(udi, AllowRectangles) },
		"gs1 qr":          func() (*Symbol, error) { return e.GS1QR(udi, Level(Q)) },
		"text":            func() (*Symbol, error) { return e.DataMatrix("Grüße 5 µm aus 東京") },
		"qr text":         func() (*Symbol, error) { return e.QR("https://id.gs1.org/01/09506000134352/21/ABC12345?17=270131") },
		"qr latin":        func() (*Symbol, error) { return e.QR("Grüße 5 µm") },
		"qr kanji":        func() (*Symbol, error) { return e.QR("5 mm 東京 abc") },
		"qr bytes":        func() (*Symbol, error) { return e.QRSegments(raw) },
		"by symbology":    func() (*Symbol, error) { return e.Encode(SymbologyGS1DataMatrix, "", udi) },
		"qr by symbology": func() (*Symbol, error) { return e.Encode(SymbologyQR, "Lot 4711", nil) },
	} {
		_, err := encode()
		require.NoError(t, err)
		require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = encode() }), name)
	}
	if underRace {
		return // encoders that the functions borrow are lost at random
	}
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = GS1128(udi) }), 1.0)
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = GS1DataMatrix(udi) }), 2.0)
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = GS1QR(udi) }), 2.0)
}

// TestConcurrentSymbols makes symbols of all kinds at once, of which each is to be as if it were
// alone. It is for the race detector: encoders are borrowed, and layouts and correctors are made
// when they are first needed.
func TestConcurrentSymbols(t *testing.T) {
	encode := func(i int) *Symbol {
		text := strings.Repeat("Grüße 東京 4711 ", 1+i%20)
		functions := []func(string, ...Option) (*Symbol, error){QR, DataMatrix}
		s, err := functions[i/20](text)
		require.NoError(t, err)
		return s
	}
	symbols := make([]*Symbol, 40)
	var all sync.WaitGroup
	for i := range symbols {
		all.Go(func() { symbols[i] = encode(i) })
	}
	all.Wait()
	for i, s := range symbols {
		require.Equal(t, encode(i), s)
	}
}

// TestEncoderIsIndependent checks that symbols of the functions stay as they are when the memory
// they came from is reused.
func TestEncoderIsIndependent(t *testing.T) {
	first, err := GS1DataMatrix(udi)
	require.NoError(t, err)
	before := *first.clone()
	for range 10 {
		_, err := DataMatrix(strings.Repeat("another", 20))
		require.NoError(t, err)
	}
	require.Equal(t, before, *first)
}

// TestExplainQR explains what stands in every kind of segment.
func TestExplainQR(t *testing.T) {
	s, err := QRSegments(
		[]Segment{ECI(26), Text("37"), FNC1, Text("12345ABC%"), FNC1, Text("é"), ECI(1000),
			Bytes{0xFF}, ECI(999999), Bytes("x")},
		StructuredAppend(2, 5, 77),
		Level(H),
	)
	require.NoError(t, err)
	for _, want := range []string{"structured append: symbol 2 of 5, id 77", "eci 26", "FNC1 in second position, application indicator 37",
		"eci 1000\n", `1 characters: "\xff"`, "eci 999999", `"x"`, "padding", "level H, mask "} {
		require.Contains(t, s.Explain(), want)
	}
	s, err = QR("東京 abc 1234567890123")
	require.NoError(t, err)
	for _, want := range []string{`kanji, 2 characters: "東京"`, `byte, 5 characters: " abc "`, `numeric, 13 characters: "1234567890123"`, "terminator"} {
		require.Contains(t, s.Explain(), want)
	}
	e := new(Encoder)
	r := rand.New(rand.NewPCG(18, 18))
	for range 300 {
		text := ""
		for range 1 + r.IntN(50) {
			text += []string{"1", "22", "A", "b", "é", "東", "%"}[r.IntN(7)]
		}
		s, err := e.QR(text, Level(ErrorLevel(r.IntN(4))))
		require.NoError(t, err)
		z, mask := s.qrFormat()
		penalties := s.qrPenalties(z, mask)
		require.Equal(t, slices.Min(penalties[:]), penalties[mask])
		bits := 0
		for line := range strings.Lines(s.Explain()) {
			var at, took int
			if n, _ := fmt.Sscanf(line, "%d:%d bits", &at, &took); n == 2 {
				require.Equal(t, bits, at)
				bits += took
			}
		}
		require.Equal(t, 8*len(s.words), bits)
	}
}
