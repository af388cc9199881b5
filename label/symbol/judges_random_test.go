package symbol

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// randomAlphabets touch each encodation alone; bytes also come from all of them in turn.
var randomAlphabets = []string{
	"0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789", "abcdefghijklmnopqrstuvwxyz -/", "REF ABC 0123456789 abc", "\r*> 019AZ",
	".:+,;?'()*-/ ABCXYZ0123456789@[\\]^_", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "\x00\x01\x02\x1b\x1c\x1e\x1f\x7f\n\t",
	"\x80\x9f\xa0\xbf\xc0\xe9\xfc\xff", "A1a.\x01\xe1\x81\xff",
}

// randomData returns 1 to most bytes: of one alphabet or of several, each alone, in runs, or as a
// word again and again.
func randomData(r *rand.Rand, most int) string {
	var data []byte
	one := randomAlphabets[r.IntN(len(randomAlphabets))]
	several, repeat := r.IntN(2) == 0, 1
	if r.IntN(2) == 0 {
		repeat = 6
	}
	for n := 1 + r.IntN(most); len(data) < n; {
		if several && r.IntN(6) == 0 {
			one = randomAlphabets[r.IntN(len(randomAlphabets))]
		}
		c := one[r.IntN(len(one))]
		for range 1 + r.IntN(repeat) {
			data = append(data, c)
		}
	}
	return string(data)
}

// randomMessage returns a message of one to four elements, whose values are of the right form and
// mean nothing.
func randomMessage(r *rand.Rand) (msg gs1.Message) {
	for range 1 + r.IntN(4) {
		ai, digits, text := "", 0, 0
		switch r.IntN(6) {
		case 0:
			ai, digits = "01", 14
		case 1:
			ai, digits = "17", 6
		case 2:
			ai, digits = "37", 1+r.IntN(8)
		case 3:
			ai, text = "10", 1+r.IntN(20)
		case 4:
			ai, text = "21", 1+r.IntN(20)
		case 5:
			ai, text = "240", 1+r.IntN(30)
		}
		alphabet := []string{"0123456789", "ABCDEFGH12345678", "abcdefgh12345678", "Aa1-./_%", "!\"&'()*+,:;<=>?"}[r.IntN(5)]
		value := make([]byte, 0, digits+text)
		for range digits {
			value = append(value, byte('0'+r.IntN(10)))
		}
		for range text {
			value = append(value, alphabet[r.IntN(len(alphabet))])
		}
		msg = append(msg, gs1.Element{AI: ai, Value: string(value)})
	}
	return msg
}

// TestZXingReadsRandomData has zxing-cpp read symbols of all symbologies that carry what they are
// given.
func TestZXingReadsRandomData(t *testing.T) {
	t.Parallel()
	ci.Program(t, "ZXingReader")
	r := rand.New(rand.NewPCG(4, 26))
	ascii := func(most int) string {
		return strings.Map(func(c rune) rune { return c & 0x7F }, randomData(r, most))
	}
	only := func(alphabet string, n int) string {
		text := make([]byte, n)
		for i := range text {
			text[i] = alphabet[r.IntN(len(alphabet))]
		}
		return string(text)
	}
	most := 100
	if testing.Short() {
		most = 20
	}
	shapes := [][]Option{nil, {AllowRectangles}, {AllowDMRE}}
	for name, encode := range map[string]func() (*Symbol, error){
		"code128":    func() (*Symbol, error) { return Code128Bytes([]byte(randomData(r, 40))) },
		"gs1-128":    func() (*Symbol, error) { return GS1128(randomMessage(r)) },
		"dm":         func() (*Symbol, error) { return DataMatrixBytes([]byte(randomData(r, 80)), shapes[r.IntN(3)]...) },
		"dm, long":   func() (*Symbol, error) { return DataMatrixBytes([]byte(randomData(r, 1500))) },
		"gs1 dm":     func() (*Symbol, error) { return GS1DataMatrix(randomMessage(r), shapes[r.IntN(3)]...) },
		"dm, utf-8":  func() (*Symbol, error) { return DataMatrix("東" + latin1Text(randomData(r, 40))) },
		"ean-13":     func() (*Symbol, error) { return EAN13("9" + only("0123456789", 11)) },
		"ean-8":      func() (*Symbol, error) { return EAN8(only("0123456789", 7)) },
		"itf-14":     func() (*Symbol, error) { return ITF14(only("0123456789", 13)) },
		"code 39":    func() (*Symbol, error) { return Code39(only(code39Alphabet, 1+r.IntN(20))) },
		"code 93":    func() (*Symbol, error) { return Code93(ascii(30)) },
		"codabar":    func() (*Symbol, error) { return Codabar("A" + only("0123456789-$:/.+", 3+r.IntN(20)) + "D") },
		"aztec":      func() (*Symbol, error) { return AztecBytes([]byte(randomData(r, 300))) },
		"aztec text": func() (*Symbol, error) { return Aztec(latin1Text(randomData(r, 60))) },
		"pdf417":     func() (*Symbol, error) { return PDF417Bytes([]byte(randomData(r, 300))) },
	} {
		t.Run(name, func(t *testing.T) {
			var symbols []*Symbol
			for len(symbols) < most {
				s, err := encode()
				if name == "gs1-128" && errors.Is(err, ErrTooLong) {
					continue
				}
				require.NoError(t, err)
				symbols = append(symbols, s)
			}
			for i, told := range readByZXing(t, symbols) {
				want := symbols[i].Content()
				switch symbols[i].Symbology().Base() {
				case SymbologyCodabar: // it leaves out the start and stop characters
					want = want[1 : len(want)-1]
				case SymbologyAztec:
					if name == "aztec text" {
						want = latin1(want)
					}
				}
				require.Equal(t, want, told.data, "%q", symbols[i].Content())
				if !strings.HasSuffix(name, "utf-8") {
					require.Equal(t, symbols[i].SymbologyIdentifier(), told.identifier)
				}
			}
		})
	}
}

// latin1Text returns bytes as the characters of ISO/IEC 8859-1.
func latin1Text(data string) string {
	var text []rune
	for i := range len(data) {
		text = append(text, rune(data[i]))
	}
	return string(text)
}

// told is what ZXingReader returns, the text in quotation marks.
type told struct{ data, identifier, text string }

// readByZXing has one call of ZXingReader read symbols.
func readByZXing(t *testing.T, symbols []*Symbol) []told {
	t.Helper()
	dir := t.TempDir()
	args := []string{}
	if symbols[0].Rows() > 1 {
		args = append(args, "-ispure")
	}
	for i, s := range symbols {
		path := filepath.Join(dir, fmt.Sprint(i, ".png"))
		file, err := os.Create(path)
		require.NoError(t, err)
		require.NoError(t, s.WritePNG(file, 2))
		require.NoError(t, file.Close())
		args = append(args, path)
	}
	report, err := exec.Command("ZXingReader", args...).Output()
	require.NoError(t, err)
	var all []told
	blocks := strings.Split("\n"+string(report), "\nFile: ")[1:]
	require.Len(t, blocks, len(symbols))
	for i, block := range blocks {
		_, after, ok := strings.Cut(block, "\nBytes: ")
		require.True(t, ok, "%q is not read: %s", symbols[i].Content(), block)
		line, _, _ := strings.Cut(after, "\n")
		data, err := hex.DecodeString(strings.ReplaceAll(line, " ", ""))
		require.NoError(t, err)
		_, after, _ = strings.Cut(block, "\nIdentifier: ")
		identifier, _, _ := strings.Cut(after, "\n")
		_, after, _ = strings.Cut(block, "\nText: ")
		text, _, _ := strings.Cut(after, "\n")
		all = append(all, told{string(data), identifier, strings.TrimSpace(text)})
	}
	return all
}
