package symbol

import (
	"encoding/hex"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// A judgement is what a decoding program must find in a symbol of ours.
type judgement struct {
	name   string
	symbol func() (*Symbol, error)
	data   string // its bytes
}

var udi = gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "17", Value: "270131"},
	{AI: "10", Value: "LOT42a"}, {AI: "21", Value: "ABC12345"}}

func judgements() []judgement {
	return []judgement{
		{
			"code 128 text",
			func() (*Symbol, error) { return Code128("Lot 4711\t0815") },
			"Lot 4711\t0815",
		},
		{
			"code 128 bytes",
			func() (*Symbol, error) { return Code128Bytes([]byte("a\xe9\xe8\xff\x80z1234")) },
			"a\xe9\xe8\xff\x80z1234",
		},
		{
			"gs1-128",
			func() (*Symbol, error) { return GS1128(udi) },
			"01095060001343521727013110LOT42a\x1d21ABC12345",
		},
		{
			"data matrix text",
			func() (*Symbol, error) { return DataMatrix("Lot 4711\t0815 abcdefghijklmnop") },
			"Lot 4711\t0815 abcdefghijklmnop",
		},
		{
			"data matrix bytes",
			func() (*Symbol, error) { return DataMatrixBytes([]byte("\xe8\xff\x80\x00\x1d z1234")) },
			"\xe8\xff\x80\x00\x1d z1234",
		},
		{"data matrix utf-8", func() (*Symbol, error) { return DataMatrix("東京 5 µm") }, "東京 5 µm"},
		{
			"data matrix utf-8 in an envelope",
			func() (*Symbol, error) { return DataMatrix("[)>\x1e06\x1d1P東京\x1e\x04") },
			"[)>\x1e06\x1d1P東京\x1e\x04",
		},
		{
			"data matrix uii of construct 1",
			envelope("06", "17V0CVA5", "S786950"),
			"[)>\x1e06\x1d17V0CVA5\x1dS786950\x1e\x04",
		},
		{
			"data matrix uii of construct 2",
			envelope("06", "17V0CVA5", "1P4327", "S786950"),
			"[)>\x1e06\x1d17V0CVA5\x1d1P4327\x1dS786950\x1e\x04",
		},
		{
			"data matrix uii of text elements",
			envelope("12", "MFR 0CVA5", "SER 786950"),
			"[)>\x1e12\x1dMFR 0CVA5\x1dSER 786950\x1e\x04",
		},
		{
			"data matrix uii of old format",
			envelope("DD", "CAG 0CVA5", "PNO 4327", "SER 786950"),
			"[)>\x1eDD\x1dCAG 0CVA5\x1dPNO 4327\x1dSER 786950\x1e\x04",
		},
		{
			"data matrix latin-1",
			func() (*Symbol, error) { return DataMatrix("Grüße 5 µm") },
			"Gr\xfc\xdfe 5 \xb5m",
		},
		{
			"data matrix latin-1 under eci 3",
			func() (*Symbol, error) { return DataMatrixSegments([]Segment{ECI(3), Text("Grüße 5 µm")}) },
			"Gr\xfc\xdfe 5 \xb5m",
		},
		{
			"code 128 latin-1",
			func() (*Symbol, error) { return Code128("Grüße 5 µm") },
			"Gr\xfc\xdfe 5 \xb5m",
		},
		{
			"data matrix rectangle",
			func() (*Symbol, error) { return DataMatrix("ABC123456", AllowRectangles) },
			"ABC123456",
		},
		{
			"qr text",
			func() (*Symbol, error) { return QR("https://id.gs1.org/01/09506000134352/10/L42", Level(Q)) },
			"https://id.gs1.org/01/09506000134352/10/L42",
		},
		{
			"qr bytes",
			func() (*Symbol, error) { return QRBytes([]byte("\xe8\xff\x80\x00\x1d z1234")) },
			"\xe8\xff\x80\x00\x1d z1234",
		},
		{"qr utf-8", func() (*Symbol, error) { return QR("東京 5 ñ") }, "東京 5 ñ"},
		{"qr kanji", func() (*Symbol, error) { return QR("東京 5") }, "\x93\x8c\x8b\x9e 5"},
		{
			"qr second fnc1",
			func() (*Symbol, error) { return QRSegments([]Segment{Text("37"), FNC1, Text("A.B"), FNC1, Text("C")}) },
			"37A.B\x1dC",
		},
		{
			"gs1 qr",
			func() (*Symbol, error) { return GS1QR(append(udi, gs1.Element{AI: "90", Value: "50.OFF."})) },
			"01095060001343521727013110LOT42a\x1d21ABC12345\x1d9050.OFF.",
		},
		{"gs1 qr with percent signs", func() (*Symbol, error) {
			return GS1QR(gs1.Message{{AI: "90", Value: "50%OFF%"}, {AI: "91", Value: "A%%B"}})
		}, "9050%OFF%\x1d91A%%B"},
		{
			"qr latin-1",
			func() (*Symbol, error) { return QR(strings.Repeat("é", 17)) },
			strings.Repeat("\xe9", 17),
		},
		{"qr ecis", func() (*Symbol, error) {
			return QRSegments(
				[]Segment{ECI(26), FNC1, Text("90ABCDEFGHé"), ECI(3), Text("°µ"), ECI(20),
					Bytes("\x93\x8c")},
			)
		}, "90ABCDEFGHé\xb0\xb5\x93\x8c"},
		{
			"qr eci before fnc1",
			func() (*Symbol, error) { return QRSegments([]Segment{ECI(26), FNC1, Text("90A"), FNC1, Text("91B")}) },
			"90A\x1d91B",
		},
		{"code 128 second fnc1", func() (*Symbol, error) {
			return Code128Segments([]Segment{Text("A"), FNC1, Text("B"), FNC1, Text("C")})
		}, "AB\x1dC"},
		{"dm second fnc1", func() (*Symbol, error) {
			return DataMatrixSegments([]Segment{Text("37"), FNC1, Text("B"), FNC1, Text("C")})
		}, "37B\x1dC"},
		{
			"dmre",
			func() (*Symbol, error) { return DataMatrix("Lot 4711", Size(8, 48)) },
			"Lot 4711",
		},
		{
			"gs1 dmre",
			func() (*Symbol, error) { return GS1DataMatrix(udi, Size(12, 64)) },
			"01095060001343521727013110LOT42a\x1d21ABC12345",
		},
		{
			"gs1 data matrix",
			func() (*Symbol, error) { return GS1DataMatrix(udi) },
			"01095060001343521727013110LOT42a\x1d21ABC12345",
		},
	}
}

func TestZXing(t *testing.T) {
	ci.Program(t, "ZXingReader")
	for _, j := range judgements() {
		t.Run(j.name, func(t *testing.T) {
			s, err := j.symbol()
			require.NoError(t, err)
			path := writePNG(t, s, 4)
			data, err := exec.Command("ZXingReader", "-bytes", "-ispure", path).Output()
			require.NoError(t, err)
			require.Equal(t, []byte(j.data), data)
			if lastRune(j.data) < 0x80 {
				require.Equal(t, j.data, s.Content())
			}
			report, err := exec.Command("ZXingReader", "-ispure", path).Output()
			require.NoError(t, err)
			require.Equal(t, s.SymbologyIdentifier(), zxingIdentifier(t, string(report)))
		})
	}
}

// zxingIdentifier finds the symbology identifier in a report: with ECIs it is the one before the
// bytes.
func zxingIdentifier(t *testing.T, report string) string {
	field := func(name string) string {
		_, after, ok := strings.Cut(report, "\n"+name+":")
		require.True(t, ok, report)
		line, _, _ := strings.Cut(after, "\n")
		return strings.TrimSpace(line)
	}
	if field("HasECI") == "true" {
		raw, err := hex.DecodeString(strings.ReplaceAll(field("BytesECI"), " ", "")[:6])
		require.NoError(t, err)
		return string(raw)
	}
	return field("Identifier")
}

func TestDmtxread(t *testing.T) {
	ci.Program(t, "dmtxread")
	for _, j := range judgements() {
		if !strings.Contains(j.name, "data matrix") || strings.Contains(j.name, "utf-8") ||
			strings.Contains(j.name, "eci") { // libdmtx has no ECI
			continue
		}
		t.Run(j.name, func(t *testing.T) {
			s, err := j.symbol()
			require.NoError(t, err)
			data, err := exec.Command("dmtxread", "-N1", "-G29", writePNG(t, s, 4)).Output()
			require.NoError(t, err)
			require.Equal(t, []byte(j.data), []byte(strings.TrimPrefix(string(data), "\x1d")))
		})
	}
}

// TestReadersReturnQRText checks that readers return the characters of text as they were given:
// without an ECI both of these take "5 µm" for "5 ｵm".
func TestReadersReturnQRText(t *testing.T) {
	texts := []string{"5 µm", "§ 5 °C ±1", "Grüße", "ÿþ", "Ω é", "東京 5 µm", "東京", "Ж", "½"}
	var symbols []*Symbol
	for _, text := range texts {
		s, err := QR(text)
		require.NoError(t, err)
		require.Equal(t, text, readByGozxing(t, s).GetText())
		symbols = append(symbols, s)
	}
	ci.Program(t, "ZXingReader")
	for i, told := range readByZXing(t, symbols) {
		require.Equal(t, "\""+texts[i]+"\"", told.text)
	}
}

// TestZXingReadsStructuredAppend checks the place that zxing-cpp finds for each symbol of a set.
func TestZXingReadsStructuredAppend(t *testing.T) {
	ci.Program(t, "ZXingReader")
	for position := 1; position <= 3; position++ {
		for _, encode := range []func(string, ...Option) (*Symbol, error){DataMatrix, QR} {
			s, err := encode("part", StructuredAppend(position, 3, 200))
			require.NoError(t, err)
			report, err := exec.Command("ZXingReader", "-ispure", writePNG(t, s, 4)).Output()
			require.NoError(t, err)
			require.Contains(t, string(report), fmt.Sprintf("symbol %d of 3", position),
				string(report))
		}
	}
}

func envelope(format string, fields ...string) func() (*Symbol, error) {
	return func() (*Symbol, error) {
		text, err := Envelope(format, fields...)
		if err != nil {
			return nil, err
		}
		return DataMatrix(text)
	}
}
