package zpl_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/zpl"
)

// openings are what may stand before the data of a field of each context.
var openings = map[zpl.Context]string{
	zpl.InText:       `^A0N,30`,
	zpl.InBlock:      `^A0N,30^FB400,9`,
	zpl.InCode128:    `^BCN,50`,
	zpl.InDataMatrix: `^BXN,4,200,0,0,6,_`,
	zpl.InQR:         `^BQN,2,4`,
}

// readBack prints data in a field between two others and returns what an interpreter makes of it.
func readBack(c zpl.Context, data string) (string, error) {
	if c == zpl.InQR {
		data = "MA," + data
	}
	pages, err := zpl.Pages(strings.NewReader(`^XA^CI28^FO1,1^A0N,20^FDbefore^FS^FO1,30` +
		openings[c] + `^FH\^FD` + data + `^FS^FO1,90^FDafter^FS^XZ`))
	switch {
	case err != nil:
		return "", err
	case len(pages) != 1 || len(pages[0].Fields) != 3:
		return "", fmt.Errorf("%d pages, not one of three fields", len(pages))
	case pages[0].Fields[0].Data != "before" || pages[0].Fields[2].Data != "after":
		return "", errors.New("its neighbours changed")
	}
	return pages[0].Fields[1].Data, nil
}

// checkEscape holds Escape to its promise: a field holds exactly the value, or there is an error.
func checkEscape(c zpl.Context, s string) error {
	data, err := zpl.Escape(c, s)
	if err != nil {
		var e *zpl.EscapeError
		if !errors.As(err, &e) || e.Input != s || e.Pos < 0 || e.Pos > max(len(s), 3072) {
			return fmt.Errorf("an error of no use: %v", err)
		}
		return nil
	}
	if strings.ContainsAny(data, "^~\r\n\x00") {
		return fmt.Errorf("%q could become a command", data)
	}
	got, err := readBack(c, data)
	if err == nil && got != s {
		err = fmt.Errorf("read back as %q", got)
	}
	return err
}

func TestEscape(t *testing.T) {
	for _, tt := range []struct {
		context  zpl.Context
		in, want string
	}{
		{zpl.InText, "100% ^XZ~JA_1F", `100% \5EXZ\7EJA_1F`},
		{zpl.InText, `a\b`, `a\5Cb`},
		{zpl.InText, "Größe", "Größe"},
		{zpl.InText, "", ""},
		{zpl.InBlock, "a\nb\\&", `a\5C&b\5C\5C&`},
		{zpl.InCode128, "A>B^~\x7f", ">:A>0B><>=>1"},
		{zpl.InCode128, "a\x1d1\x00", ">:a>793>61>764"},
		{zpl.InDataMatrix, "_1~^\x1d\x1e\x1f\\", `__1\7E\5E_]_\5E\1F\5C`},
		{zpl.InQR, "a^b", `a\5Eb`},
	} {
		got, err := zpl.Escape(tt.context, tt.in)
		require.NoError(t, err)
		require.Equal(t, tt.want, got)
		require.NoError(t, checkEscape(tt.context, tt.in))
	}
}

func TestEscapeRefuses(t *testing.T) {
	for _, tt := range []struct {
		context zpl.Context
		in      string
		pos     int
	}{
		{zpl.InText, "a\nb", 1},
		{zpl.InText, "ab\x00", 2},
		{zpl.InText, "ab\xff", 2},
		{zpl.InText, "a\u0085", 1},
		{zpl.InText, strings.Repeat("x", 3073), 3072},
		{zpl.InText, strings.Repeat("^", 1025), 3072},
		{zpl.InBlock, "a\r\n", 1},
		{zpl.InCode128, "", 0},
		{zpl.InCode128, "aé", 1},
		{zpl.InDataMatrix, "aé", 1},
		{zpl.InQR, "aé", 1},
		{0, "a", 0},
	} {
		_, err := zpl.Escape(tt.context, tt.in)
		var e *zpl.EscapeError
		require.ErrorAs(t, err, &e, "%v %q", tt.context, tt.in)
		require.Equal(t, tt.pos, e.Pos)
		require.Equal(t, tt.context, e.Context)
	}
}

// Every byte and pair of bytes in every context.
func TestEscapeExhaustive(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 7
	}
	for c := range openings {
		for i := range 256 {
			require.NoError(t, checkEscape(c, string([]byte{byte(i)})), "%v %q", c, i)
			for j := i % step; j < 256; j += step {
				s := string([]byte{byte(i), byte(j)})
				if err := checkEscape(c, s); err != nil {
					t.Fatalf("%v %q: %v", c, s, err)
				}
			}
		}
	}
}

// Strings made of what ZPL gives a meaning.
func TestEscapeHostile(t *testing.T) {
	pieces := []string{"^", "~", "\\", "_", ">", "^XZ", "^XA", "^FS", "~JA", "~HS", "\\5E", "_5E",
		"_1", "\\&", ">8", ">:", ",", " ", "\x1d", "\x00", "é", "1", "23", "a",
		"! U1 setvar \"a\" \"b\"\r\n", "^FD", "^FH", "^CC+", "\u2028"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		var b strings.Builder
		for range r.IntN(6) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		for c := range openings {
			if err := checkEscape(c, b.String()); err != nil {
				t.Fatalf("%v %q: %v", c, b.String(), err)
			}
		}
	}
}

func FuzzEscape(f *testing.F) {
	f.Add(uint8(1), "^XZ~JA\\5E")
	f.Add(uint8(3), ">8123")
	f.Add(uint8(4), "_1\x1f")
	f.Fuzz(func(t *testing.T, c uint8, s string) {
		context := zpl.Context(c%5) + zpl.InText
		if err := checkEscape(context, s); err != nil {
			t.Fatalf("%v %q: %v", context, s, err)
		}
		if printable := utf8.ValidString(s) && len(s) < 1000 &&
			!strings.ContainsFunc(s, func(r rune) bool {
				return r < 32 || 127 <= r &&
					r < 160
			}); printable && context == zpl.InText {
			if _, err := zpl.Escape(context, s); err != nil {
				t.Fatalf("printable text %q is refused: %v", s, err)
			}
		}
	})
}
