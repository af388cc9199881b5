package symbol

import (
	"bytes"
	"errors"
	"image/png"
	"math/rand/v2"
	"os/exec"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/aztec"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// otherSymbols are symbols of the symbologies without an encoder of our own, with what readers tell.
var otherSymbols = []struct {
	encode func() (*Symbol, error)
	reader gozxing.Reader // nil where gozxing has none
	told   string
}{
	{func() (*Symbol, error) { return EAN13("950600013435") }, oned.NewEAN13Reader(), "9506000134352"},
	{func() (*Symbol, error) { return EAN8("9638507") }, oned.NewEAN8Reader(), "96385074"},
	{func() (*Symbol, error) { return UPCA("614141000036") }, oned.NewUPCAReader(), "614141000036"},
	{func() (*Symbol, error) { return UPCE("0123453") }, oned.NewUPCEReader(), ""},
	{func() (*Symbol, error) { return UPCE("1425261") }, oned.NewUPCEReader(), ""},
	{func() (*Symbol, error) { return ITF14("1950600013435") }, oned.NewITFReader(), "19506000134359"},
	{func() (*Symbol, error) { return Code39("REF 12-A/B.$+%") }, oned.NewCode39Reader(), "REF 12-A/B.$+%"},
	{func() (*Symbol, error) { return Code93("REF 12-A/B.$+%") }, oned.NewCode93Reader(), "REF 12-A/B.$+%"},
	{func() (*Symbol, error) { return Codabar("A40156-7B") }, oned.NewCodaBarReader(), "40156-7"},
	{func() (*Symbol, error) { return Aztec("Lot 4711, 12.5 mm") }, aztec.NewAztecReader(), "Lot 4711, 12.5 mm"},
	{func() (*Symbol, error) { return PDF417("Lot 4711, 12.5 mm; REF 0815 1234567890123456") }, nil, "Lot 4711, 12.5 mm; REF 0815 1234567890123456"},
}

func TestOtherSymbologies(t *testing.T) {
	for _, o := range otherSymbols {
		s, err := o.encode()
		require.NoError(t, err)
		if o.told == "" {
			o.told = s.Content()
		}
		if o.reader == nil {
			continue
		}
		var file bytes.Buffer
		require.NoError(t, s.WritePNG(&file, 4))
		picture, err := png.Decode(&file)
		require.NoError(t, err)
		bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
		require.NoError(t, err)
		result, err := o.reader.Decode(bitmap, nil)
		require.NoError(t, err, "%v %s", s.Symbology(), s.Content())
		require.Equal(t, o.told, result.GetText(), "%v", s.Symbology())
	}
}

func TestZXingReadsOtherSymbologies(t *testing.T) {
	ci.Program(t, "ZXingReader")
	for _, o := range otherSymbols {
		s, err := o.encode()
		require.NoError(t, err)
		t.Run(s.Symbology().String(), func(t *testing.T) {
			path := writePNG(t, s, 4)
			report, err := exec.Command("ZXingReader", path).Output()
			require.NoError(t, err, string(report))
			require.Equal(t, s.SymbologyIdentifier(), zxingIdentifier(t, string(report)))
			if o.told != "" && s.Symbology() != SymbologyUPCA && s.Symbology() != SymbologyCodabar {
				require.Contains(t, string(report), "\""+o.told+"\"")
			}
		})
	}
}

// TestZXingReadsRandomASCII looks for characters that boombuler's PDF417 and Aztec get wrong.
func TestZXingReadsRandomASCII(t *testing.T) {
	ci.Program(t, "ZXingReader")
	r := rand.New(rand.NewPCG(4, 17))
	refused := 0
	for range 40 {
		data := make([]byte, 1+r.IntN(80))
		most := 1 + r.IntN(128)
		for i := range data {
			data[i] = byte(127 - r.IntN(most))
		}
		for _, encode := range []func() (*Symbol, error){
			func() (*Symbol, error) { return PDF417(string(data)) },
			func() (*Symbol, error) { return AztecBytes(data) },
		} {
			s, err := encode()
			if errors.Is(err, ErrSize) {
				refused++
				continue
			}
			require.NoError(t, err)
			got, err := exec.Command("ZXingReader", "-bytes", writePNG(t, s, 4)).Output()
			require.NoError(t, err, "%v %q", s.Symbology(), data)
			require.Equal(t, data, got, "%v", s.Symbology())
		}
	}
	require.Less(t, refused, 10)
}

func TestOtherSymbologiesRefuse(t *testing.T) {
	for _, c := range []struct {
		encode func() (*Symbol, error)
		kind   error
		says   string
	}{
		{func() (*Symbol, error) { return EAN13("9506000134351") }, ErrCheckDigit, "symbol: ean-13 at byte 12: wrong check digit: it is 1 and should be 2"},
		{func() (*Symbol, error) { return EAN13("123") }, ErrLength, "3 digits"},
		{func() (*Symbol, error) { return EAN8("12a4567") }, ErrCharacter, "at byte 2: the symbology lacks the character: 'a'"},
		{func() (*Symbol, error) { return UPCE("2123456") }, ErrCharacter, "number system 2"},
		{func() (*Symbol, error) { return UPCE("01234530") }, ErrCheckDigit, "should be"},
		{func() (*Symbol, error) { return ITF14("") }, ErrEmpty, "itf-14"},
		{func() (*Symbol, error) { return Code39("ref") }, ErrCharacter, "'r'"},
		{func() (*Symbol, error) { return Code93("ñ") }, ErrCharacter, "'ñ'"},
		{func() (*Symbol, error) { return Codabar("123") }, ErrLength, "start and a stop"},
		{func() (*Symbol, error) { return Aztec("") }, ErrEmpty, "aztec"},
		{func() (*Symbol, error) { return AztecBytes(make([]byte, 4000)) }, ErrTooLong, "aztec"},
		{func() (*Symbol, error) { return PDF417("€") }, ErrCharacter, "'€'"},
	} {
		s, err := c.encode()
		require.Nil(t, s)
		require.ErrorIs(t, err, c.kind)
		require.ErrorContains(t, err, c.says)
	}
}
