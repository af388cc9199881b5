package gs1_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

func ExampleRepairScan() {
	scan, repairs, err := gs1.RepairScan("]d20109521234543213" + "10L42{GS}21A1\r\n")
	fmt.Println(scan.Message, err)
	for _, r := range repairs {
		fmt.Println(r.What)
	}
	// Output:
	// (01)09521234543213(10)L42(21)A1 <nil>
	// line end or other characters after the data removed
	// FNC1 written as {GS}
}

func TestRepairScan(t *testing.T) {
	const good = "]d20109521234543213" + "10L42\x1d21A1"
	const want = "(01)09521234543213(10)L42(21)A1"
	for _, c := range []struct {
		s, message string
		repairs    []string // what was done to which characters
	}{
		{good, want, nil},
		{good + "\r\n", want, []string{"line end or other characters after the data removed: \r\n"}},
		{"\ufeff" + good + "\n", want, []string{"characters before the data removed: \ufeff", "line end or other characters after the data removed: \n"}},
		{"\x02" + good + "\x03", want, []string{"characters before the data removed: \x02", "line end or other characters after the data removed: \x03"}},
		{strings.Replace(good, "\x1d", "<GS>", 1), "(01)09521234543213(10)L42<GS>21A1", nil}, // which is valid as it is
		{"]d210ABCDEFGHIJKLMNOPQR<GS>0109521234543213", "(10)ABCDEFGHIJKLMNOPQR(01)09521234543213", []string{"FNC1 written as <GS>: <GS>"}},
		{strings.Replace(good, "\x1d", "#", 1), want, []string{"FNC1 written as #: #"}},
		{strings.Replace(good, "\x1d", "|", 1), want, []string{"FNC1 written as |: |"}},
		{strings.Replace(good, "\x1d", "^", 1), want, []string{"FNC1 written as ^: ^"}},
		{strings.Replace(good, "\x1d", "\t", 1), want, []string{"FNC1 written as \"\\t\": \t"}},
		{strings.Replace(good, "\x1d", "\x1e", 1), want, []string{"FNC1 written as \"\\x1e\": \x1e"}},
		{strings.Replace(good, "\x1d", "\x1b[19~", 1), want, []string{"FNC1 written as \"\\x1b[19~\": \x1b[19~"}},
		{strings.Replace(good, "\x1d", "~029", 1), want, []string{"FNC1 written as ~029: ~029"}},
		{strings.Replace(good, "\x1d", `\F`, 1), want, []string{`FNC1 written as \F: \F`}},
		{strings.Replace(good, "\x1d", "\x1d\x1d", 1), want, []string{"FNC1 too many removed: \x1d"}},
		{"]d2\x1d" + good[3:] + "\x00", want, []string{"line end or other characters after the data removed: \x00", "FNC1 too many removed: \x1d"}},
		{"#" + strings.Replace(good[3:], "\x1d", "#", 1), want, []string{"symbology identifier missing: ", "FNC1 written as #: #", "FNC1 written as #: #"}},
		{"]C1(01)09521234543213(10)L42(21)A1", want, []string{"brackets around the AIs removed: (01)09521234543213(10)L42(21)A1"}},
		{strings.Replace(good, "\x1d", "^]", 1), want, []string{"FNC1 written as ^]: ^]"}},
		{strings.Replace(good, "\x1d", "␝", 1), want, []string{"FNC1 written as ␝: ␝"}},
		{"]D20109521234543213" + "10l42\x1d21a1", want, []string{"caps lock undone: ]D2010952123454321310l42\x1d21a1"}},
		{good[1:], want, []string{"bracket of the symbology identifier added: "}},
		{good[3:], want, []string{"symbology identifier missing: "}},
		{"]d8" + good[3:], want, []string{"identifier of a DMRE symbol taken for that of GS1 DataMatrix: 8"}},
		{"\x1d" + good[3:] + "\r", want, []string{"line end or other characters after the data removed: \r", "symbology identifier missing: "}},
		{"^" + strings.Replace(good[3:], "\x1d", "{GS}", 1), want, []string{"symbology identifier missing: ", "FNC1 written as {GS}: {GS}"}},
		{"^" + good[3:], want, []string{"symbology identifier missing: ", "FNC1 in front written as ^: ^"}},
		{"^010952123454321310ABCDEFGHIJKLMNOPQRST21A1", "(01)09521234543213(10)ABCDEFGHIJKLMNOPQRST(21)A1",
			[]string{"symbology identifier missing: ", "lost FNC1 put back: "}},
		{"]C1" + "10ABCDEFGHIJKLMNOPQRST0109521234543213", "(10)ABCDEFGHIJKLMNOPQRST(01)09521234543213", []string{"lost FNC1 put back: "}},
		{"]d2010952123454321310ABCDEFGHIJKLMNOPQRST21A1", "(01)09521234543213(10)ABCDEFGHIJKLMNOPQRST(21)A1", []string{"lost FNC1 put back: "}},
		{"+d20109521234543213" + "10ZYß1", "(01)09521234543213(10)YZ-1", []string{"keyboard layout undone: German: +d2010952123454321310ZYß1"}},
		{"+D20109521234543213" + "10zyß1", "(01)09521234543213(10)YZ-1", []string{"caps lock and keyboard layout undone: German: +D2010952123454321310zyß1"}},
		{"¨c10109521234543213" + "10l-1\r", "(01)09521234543213(10)L/1", []string{
			"line end or other characters after the data removed: \r",
			"caps lock and keyboard layout undone: Swiss German or Swiss French or Danish or Norwegian or Swedish: ¨c1010952123454321310l-1"}},
		{"ë0" + "0109521234543213", "(01)09521234543213", []string{"keyboard layout undone: Swiss German or Swiss French or Danish or Norwegian or Swedish: ë00109521234543213"}},
		{")!)(%@!@#$%$#@!#!)L$@", "(01)09521234543213(10)L42", []string{
			"keyboard layout undone: French of the reader or Belgian of the reader or Czech of the reader: )!)(%@!@#$%$#@!#!)L$@",
			"symbology identifier missing: "}},
	} {
		scan, repairs, err := gs1.RepairScan(c.s)
		if c.message == "" {
			require.Error(t, err, c.s)
			continue
		}
		require.NoError(t, err, "%q", c.s)
		require.Equal(t, c.message, scan.Message.String(), "%q", c.s)
		var got []string
		for _, r := range repairs {
			got = append(got, r.What+": "+c.s[r.Pos:r.Pos+r.Len])
		}
		require.Equal(t, c.repairs, got, "%q", c.s)
	}

	for text, want := range map[string]gs1.GTIN{
		"95212340\n":     "",               // or (95)212340
		"4006381333931":  "",               // or (400)6381333931
		"4006381333930":  "",               // or (400)6381333930, but probably misread
		"5012345678900":  "05012345678900", // (50) is no AI
		"012345678905\r": "00012345678905",
		"19521234543210": "19521234543210",
		"09521234543213": "09521234543213",
	} {
		scan, repairs, err := gs1.RepairScan(text)
		require.Equal(t, want == "", err != nil, text)
		require.Equal(t, want, scan.GTIN)
		require.Empty(t, scan.Message)
		require.Equal(t, want == "", repairs == nil)
	}

	// "]C1" 01 09521234543213 10 AZ on a French keyboard
	french := strings.NewReplacer("0", "à", "1", "&", "2", "é", "3", `"`, "4", "'", "5", "(", "6", "-", "7", "è", "8", "_", "9", "ç", "]", "$", "A", "Q", "Z", "W").Replace("]C1010952123454321310AZ")
	scan, repairs, err := gs1.RepairScan(french)
	require.NoError(t, err, french)
	require.Equal(t, "(01)09521234543213(10)AZ", scan.Message.String())
	require.Equal(t, []gs1.Repair{{"keyboard layout undone: French or Belgian", 0, len(french)}}, repairs)
}

func TestRepairScanLeavesAmbiguousAndWrong(t *testing.T) {
	for _, s := range []string{
		"", "]", "hello", "]C0abc", "]d7abc", "]d80109521234543210", "]d20109521234543210", // wrong check digit
		"]d2" + "010952123454321310ABCDEFGHIJKLM21NOPQ21RSTUV", // FNC1 could stand before either 21
		"(01)09521234543213",
		"]C1" + strings.Repeat("A", 1<<20),
		"]C1" + strings.Repeat("10", 4000),
		"d1hello", "D1HELLO", "ç(é'", "Z0G9SX", // a few characters can be taken for anything
		")!)(%@!@#$%$#@!#!)QZ", // a French reader's A and W, or a Czech one's Q and Y
	} {
		_, strict := gs1.ParseScan(s)
		scan, repairs, err := gs1.RepairScan(s)
		require.Error(t, err)
		require.Equal(t, strict, err)
		require.Empty(t, scan)
		require.Empty(t, repairs)
	}
}

// What is wrong with data that came without an identifier is not only that.
func TestRepairScanBlames(t *testing.T) {
	for s, want := range map[string]string{
		"010952123454321010L42":                "wrong check digit",
		"^0109521234543210":                    "wrong check digit",
		"(01)09521234543210":                   "wrong check digit",
		"https://id.gs1.org/01/09521234543210": "wrong check digit",
		"5012345678901":                        "wrong check digit",
		"0109521234543213" + "17261301":        `(17) USE BY or EXPIRY at byte 21 of "010952123454321317261301": impossible value: found "13"`,
		"0109521234543213" + "3106000001":      "unknown AI",
		"(01)09521234543213":                   "symbology identifier", // which is all that is wrong here
		"9521234543210":                        "wrong check digit",    // or (95)21234543210
		"hello":                                "symbology identifier",
	} {
		_, _, err := gs1.RepairScan(s)
		require.ErrorContains(t, err, want, s)
	}
}

// FuzzRepairScan checks that a repaired scan is valid, and that repairs concern characters of the
// scan.
func FuzzRepairScan(f *testing.F) {
	f.Add("]d2010952123454321310L42{GS}21A1\r\n")
	f.Add("\ufeff0109521234543213")
	f.Add("+d2010952123454321310ZYß1")
	f.Add("]D2010952123454321310l42#21a1")
	f.Add("¨c10109521234543213\r")
	f.Add("]C1\x1d(01)09521234543213(10)L42\x1b[19~")
	f.Add("4006381333931")
	f.Add("]d8010952123454321310L42\x1d21A1")
	f.Add(")!)(%@!@#$%$#@!#!)QZ")
	f.Add("]C110ABCDEFGHIJKLMNOPQRST0109521234543213")
	f.Fuzz(func(t *testing.T, s string) {
		scan, repairs, err := gs1.RepairScan(s)
		strict, wrong := gs1.ParseScan(s)
		if wrong == nil {
			require.Equal(t, strict, scan, "what is right is left alone")
			require.Empty(t, repairs)
			require.NoError(t, err)
			return
		}
		if err != nil {
			if strings.HasPrefix(s, "]") {
				require.Equal(t, wrong, err)
			}
			require.Empty(t, scan)
			require.Empty(t, repairs)
			return
		}
		require.NotEmpty(t, repairs)
		switch {
		case scan.Symbology != "":
			again, err := gs1.ParseScan(scan.Symbology + scan.Text)
			require.NoError(t, err)
			require.Equal(t, scan, again)
		case scan.GTIN != "":
			again, err := gs1.ParseGTIN(scan.Text)
			require.NoError(t, err)
			require.Equal(t, scan.GTIN, again)
		default:
			again, err := gs1.Parse(scan.Text)
			require.NoError(t, err)
			require.Equal(t, scan.Message, again)
		}
		if len(scan.Message) > 0 {
			require.NoError(t, scan.Message.Validate())
		}
		for _, r := range repairs {
			require.GreaterOrEqual(t, r.Pos, 0)
			require.GreaterOrEqual(t, r.Len, 0)
			require.LessOrEqual(t, r.Pos+r.Len, len(s))
		}
	})
}

// BenchmarkRepairScan mends scans that need more and more: nothing, FNC1 as text, a lost FNC1, a
// keyboard's layout; and what can't be mended.
func BenchmarkRepairScan(b *testing.B) {
	for _, c := range []struct{ name, scan string }{
		{"right", "]d2010952123454321310L42\x1d21A1"},
		{"text", "]d2010952123454321310L42{GS}21A1\r\n"},
		{"lost", "]d2010952123454321310ABCDEFGHIJKLMNOPQRST21A1"},
		{"layout", "+d2010952123454321310ZYß1"},
		{"hopeless", "]d2010952123454321010L42"},
		{"worst", "]C1" + strings.Repeat("10", 500)},
		{"long", "]C1" + strings.Repeat("21{GS}", 1300)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				gs1.RepairScan(c.scan)
			}
		})
	}
}
