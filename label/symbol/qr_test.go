package symbol

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/stretchr/testify/require"
)

func TestQRSizes(t *testing.T) {
	for version := 1; version <= 40; version++ {
		theirs, err := decoder.Version_GetVersionForNumber(version)
		require.NoError(t, err)
		for level, ec := range []decoder.ErrorCorrectionLevel{
			decoder.ErrorCorrectionLevel_L, decoder.ErrorCorrectionLevel_M,
			decoder.ErrorCorrectionLevel_Q, decoder.ErrorCorrectionLevel_H,
		} {
			z := qrSize{version, ErrorLevel(level)}
			words, blocks := z.correction()
			require.Equal(t, theirs.GetTotalCodewords(), z.totalWords())
			require.Equal(t, theirs.GetECBlocksForLevel(ec).GetECCodewordsPerBlock(), words)
			require.Equal(t, theirs.GetECBlocksForLevel(ec).GetNumBlocks(), blocks)
			text := strings.Repeat("7a", z.dataWords()/2-2)
			s, err := QR(text, Level(ErrorLevel(level)), Size(z.side(), z.side()))
			require.NoError(t, err)
			require.Equal(t, z.side(), s.Rows())
			require.Equal(t, text, readByGozxing(t, s).GetText())
		}
		require.Equal(t, len(theirs.GetAlignmentPatternCenters()),
			len(qrSize{version: version}.appendAlignment(nil)))
	}
}

func TestQRDecodes(t *testing.T) {
	for _, text := range []string{
		"A", "1", "12", "123", "HELLO WORLD",
		"https://id.gs1.org/01/09506000134352/10/L42?17=270131", "abc123456789012ABC",
		"東京都 ABC 123", "点茗", "Ж и é", strings.Repeat("7", 7089), strings.Repeat("A%", 2148),
	} {
		s, err := QR(text)
		require.NoError(t, err, "%.40q", text)
		require.Equal(t, text, readByGozxing(t, s).GetText(), "%v", s.Codewords())
		require.Equal(t, text, s.Content())
	}
}

func TestGS1QRDecodes(t *testing.T) {
	s, err := GS1QR(udi)
	require.NoError(t, err)
	require.Equal(t, "]Q3", s.SymbologyIdentifier())
	require.Equal(t, udiText, readByGozxing(t, s).GetText())
	s, err = GS1QR(gs1.Message{{AI: "90", Value: "50%OFF%"}, {AI: "91", Value: "A%%B"}})
	require.NoError(t, err)
	require.Equal(t, "9050%OFF%\x1d91A%%B", readByGozxing(t, s).GetText())
}

// TestQRRaisesLevel checks that the level is the highest for which the size takes the data, and not
// below what is asked for.
func TestQRRaisesLevel(t *testing.T) {
	r := rand.New(rand.NewPCG(18004, 7))
	raised := 0
	for range 1000 {
		data, asked := []byte(randomData(r, 200)), ErrorLevel(r.IntN(4))
		s, err := QRBytes(data, Level(asked))
		require.NoError(t, err)
		z, _ := s.qrFormat()
		require.GreaterOrEqual(t, z.level, asked)
		if z.level > asked {
			raised++
		}
		if z.level < H {
			_, err = QRBytes(data, Level(z.level+1), Size(s.Rows(), s.Rows()))
			require.ErrorIs(t, err, ErrSize, "%q", data)
		}
		if s.Rows() > 21 {
			_, err = QRBytes(data, Level(asked), Size(s.Rows()-4, s.Rows()-4))
			require.ErrorIs(t, err, ErrSize, "%q", data)
		}
	}
	require.Greater(t, raised, 100)
}
