package symbol

import (
	"bytes"
	"image/png"
	"os/exec"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/aztec"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// otherSymbols are symbols that are no path through code sets, with what readers return.
var otherSymbols = []struct {
	encode func() (*Symbol, error)
	reader gozxing.Reader // nil where gozxing has none
	told   string
}{
	{
		func() (*Symbol, error) { return EAN13("950600013435") },
		oned.NewEAN13Reader(),
		"9506000134352",
	},
	{func() (*Symbol, error) { return EAN8("9638507") }, oned.NewEAN8Reader(), "96385074"},
	{func() (*Symbol, error) { return UPCA("614141000036") }, oned.NewUPCAReader(), "614141000036"},
	{func() (*Symbol, error) { return UPCE("0123453") }, oned.NewUPCEReader(), ""},
	{func() (*Symbol, error) { return UPCE("1425261") }, oned.NewUPCEReader(), ""},
	{
		func() (*Symbol, error) { return ITF14("1950600013435") },
		oned.NewITFReader(),
		"19506000134359",
	},
	{
		func() (*Symbol, error) { return Code39("REF 12-A/B.$+%") },
		oned.NewCode39Reader(),
		"REF 12-A/B.$+%",
	},
	{
		func() (*Symbol, error) { return Code93("REF 12-A/B.$+%") },
		oned.NewCode93Reader(),
		"REF 12-A/B.$+%",
	},
	{
		func() (*Symbol, error) { return Code39FullASCII("Ref $1/2+3%\x00\x7f") },
		oned.NewCode39ReaderWithFlags(false, true),
		"Ref $1/2+3%\x00\x7f",
	},
	{
		func() (*Symbol, error) { return Code93("Ref {$}\x00\x7f") },
		oned.NewCode93Reader(),
		"Ref {$}\x00\x7f",
	},
	{func() (*Symbol, error) { return Codabar("A40156-7B") }, oned.NewCodaBarReader(), "40156-7"},
	{
		func() (*Symbol, error) { return Aztec("Lot 4711, 12.5 mm") },
		aztec.NewAztecReader(),
		"Lot 4711, 12.5 mm",
	},
	{
		func() (*Symbol, error) { return PDF417("Lot 4711, 12.5 mm; REF 0815 1234567890123456") },
		nil,
		"Lot 4711, 12.5 mm; REF 0815 1234567890123456",
	},
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
			if s.SymbologyIdentifier() == "]A4" { // it isn't told to read full ascii
				return
			}
			require.Equal(t, s.SymbologyIdentifier(), zxingIdentifier(t, string(report)))
			if o.told != "" && s.Symbology() != SymbologyUPCA && s.Symbology() != SymbologyCodabar {
				require.Contains(t, string(report), "\""+o.told+"\"")
			}
		})
	}
}

func TestOtherSymbologiesRefuse(t *testing.T) {
	for _, c := range []struct {
		encode func() (*Symbol, error)
		kind   error
		says   string
	}{
		{func() (*Symbol, error) { return EAN13("9506000134351") }, ErrCheckDigit, "symbol: ean-13 at byte 13 of \"9506000134351\": wrong check digit: 1, want 2"},
		{func() (*Symbol, error) { return EAN13("123") }, ErrLength, "3 digits"},
		{func() (*Symbol, error) { return EAN8("12a4567") }, ErrCharacter, "at byte 3 of \"12a4567\": the symbology lacks the character: 'a'"},
		{func() (*Symbol, error) { return UPCE("2123456") }, ErrCharacter, "number system 2"},
		{func() (*Symbol, error) { return UPCE("01234530") }, ErrCheckDigit, "at byte 8 of \"01234530\": wrong check digit: 0, want 1"},
		{func() (*Symbol, error) { return ITF14("") }, ErrEmpty, "itf-14"},
		{func() (*Symbol, error) { return Code39("ref") }, ErrCharacter, "'r'"},
		{func() (*Symbol, error) { return Code93("ñ") }, ErrCharacter, "'ñ'"},
		{func() (*Symbol, error) { return UPCE("") }, ErrEmpty, "upc-e"},
		{func() (*Symbol, error) { return UPCE("012345") }, ErrLength, "six digits"},
		{func() (*Symbol, error) { return UPCE(strings.Repeat("0", 100)) }, ErrLength, `0000"…, want the number system`},
		{func() (*Symbol, error) { return Codabar("") }, ErrEmpty, "codabar"},
		{func() (*Symbol, error) { return Codabar("A12b") }, ErrCharacter, "at byte 4 of \"A12b\": the symbology lacks the character: 'b'"},
		{func() (*Symbol, error) { return Codabar("A1\xffB") }, ErrUTF8, "at byte 3 of \"A1\\xffB\": not valid UTF-8: byte 0xff"},
		{func() (*Symbol, error) { return Code93("a\xff") }, ErrUTF8, "at byte 2 of \"a\\xff\": not valid UTF-8: byte 0xff"},
		{func() (*Symbol, error) { return Codabar("A1C2B") }, ErrLength, "with data between"},
		{func() (*Symbol, error) { return Codabar("AB") }, ErrLength, "with data between"},
		{func() (*Symbol, error) { return Codabar("A1") }, ErrLength, "with data between"},
		{func() (*Symbol, error) { return Codabar("123") }, ErrLength, "start and a stop"},
		{func() (*Symbol, error) { return Aztec("") }, ErrEmpty, "aztec"},
		{func() (*Symbol, error) { return AztecBytes(make([]byte, 4000)) }, ErrTooLong, "aztec"},
		{func() (*Symbol, error) { return PDF417(strings.Repeat("a", 1900)) }, ErrTooLong, "952 codewords, and the largest symbol holds 920"},
		{func() (*Symbol, error) { return PDF417("a\xff") }, ErrUTF8, "at byte 2"},
		{func() (*Symbol, error) { return Aztec("a\xff") }, ErrUTF8, "at byte 2"},
		{func() (*Symbol, error) { return Aztec("a€") }, ErrCharacter, "'€'"},
		{func() (*Symbol, error) { return Code39FullASCII("é") }, ErrCharacter, "'é'"},
		{func() (*Symbol, error) { return Code93("") }, ErrEmpty, "code93"},
		{func() (*Symbol, error) { return Code39FullASCII(strings.Repeat("a", 251)) }, ErrTooLong, "502 symbol characters"},
	} {
		s, err := c.encode()
		require.Nil(t, s)
		require.ErrorIs(t, err, c.kind)
		require.ErrorContains(t, err, c.says)
	}
}

func TestLinearSymbolsHaveABound(t *testing.T) {
	_, err := Code39(strings.Repeat("A", 500))
	require.NoError(t, err)
	_, err = Code39(strings.Repeat("A", 501))
	require.ErrorIs(t, err, ErrTooLong)
}
