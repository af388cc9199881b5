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
		{strings.Replace(good, "\x1d", "<GS>", 1), want, []string{"FNC1 written as <GS>: <GS>"}},
		{strings.Replace(good, "\x1d", "^]", 1), want, []string{"FNC1 written as ^]: ^]"}},
		{strings.Replace(good, "\x1d", "␝", 1), want, []string{"FNC1 written as ␝: ␝"}},
		{"]D2" + good[3:], want, []string{"case of the symbology identifier reversed: D"}},
		{good[1:], want, []string{"bracket of the symbology identifier added: "}},
		{good[3:], want, []string{"symbology identifier missing: "}},
		{"\x1d" + good[3:] + "\r", want, []string{"line end or other characters after the data removed: \r", "symbology identifier missing: "}},
		{"^" + strings.Replace(good[3:], "\x1d", "{GS}", 1), want, []string{"FNC1 written as {GS}: {GS}", "symbology identifier missing: "}},
		{"^" + good[3:], want, []string{"FNC1 in front written as ^: ^", "symbology identifier missing: "}},
		{"^010952123454321310ABCDEFGHIJKLMNOPQRST21A1", "(01)09521234543213(10)ABCDEFGHIJKLMNOPQRST(21)A1",
			[]string{"symbology identifier missing: ", "lost FNC1 put back: "}},
		{"]C1" + "10ABCDEFGHIJKLMNOPQRST0109521234543213", "(10)ABCDEFGHIJKLMNOPQRST(01)09521234543213", []string{"lost FNC1 put back: "}},
		{"]d2010952123454321310ABCDEFGHIJKLMNOPQRST21A1", "(01)09521234543213(10)ABCDEFGHIJKLMNOPQRST(21)A1", []string{"lost FNC1 put back: "}},
		{"+d20109521234543213" + "10ZYß1", "(01)09521234543213(10)YZ-1", []string{"German keyboard layout undone: +d2010952123454321310ZYß1"}},
		{"$dé" + "à&àçéé&éé'&é&(-"[:0], "", nil},
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

	// "]C1" 01 09521234543213 10 AZ on a French keyboard
	french := strings.NewReplacer("0", "à", "1", "&", "2", "é", "3", `"`, "4", "'", "5", "(", "6", "-", "7", "è", "8", "_", "9", "ç", "]", "$", "A", "Q", "Z", "W").Replace("]C1010952123454321310AZ")
	scan, repairs, err := gs1.RepairScan(french)
	require.NoError(t, err, french)
	require.Equal(t, "(01)09521234543213(10)AZ", scan.Message.String())
	require.Equal(t, []gs1.Repair{{"French keyboard layout undone", 0, len(french)}}, repairs)
}

func TestRepairScanLeavesAmbiguousAndWrong(t *testing.T) {
	for _, s := range []string{
		"", "]", "hello", "]C0abc", "]d20109521234543210", // wrong check digit
		"]d2" + "010952123454321310ABCDEFGHIJKLM21NOPQ21RSTUV", // FNC1 could stand before either 21
		"(01)09521234543213",
		"]C1" + strings.Repeat("A", 1<<20),
		"]C1" + strings.Repeat("10", 4000),
	} {
		_, strict := gs1.ParseScan(s)
		scan, repairs, err := gs1.RepairScan(s)
		require.Error(t, err)
		require.Equal(t, strict, err)
		require.Empty(t, scan)
		require.Empty(t, repairs)
	}
}

// FuzzRepairScan checks that a repaired scan is valid, and that repairs concern characters of the scan.
func FuzzRepairScan(f *testing.F) {
	f.Add("]d2010952123454321310L42{GS}21A1\r\n")
	f.Add("\ufeff0109521234543213")
	f.Add("+d2010952123454321310ZYß1")
	f.Add("]C110ABCDEFGHIJKLMNOPQRST0109521234543213")
	f.Fuzz(func(t *testing.T, s string) {
		scan, repairs, err := gs1.RepairScan(s)
		if err != nil {
			require.Empty(t, repairs)
			return
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
