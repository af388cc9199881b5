package gs1_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

func ExampleParseGTIN() {
	gtin, err := gs1.ParseGTIN("9521234543213")
	fmt.Println(gtin, err)
	_, err = gs1.ParseGTIN("9521234543210")
	fmt.Println(errors.Is(err, gs1.ErrCheckDigit))
	// Output:
	// 09521234543213 <nil>
	// true
}

func ExampleNewSSCC() {
	sscc, err := gs1.NewSSCC(0, "9521234", 1)
	fmt.Println(sscc, err)
	// Output: 095212340000000013 <nil>
}

func TestGTIN(t *testing.T) {
	for s, want := range map[string]string{"95212340": "00000095212340", "012345678905": "00012345678905", "9521234543213": "09521234543213", "19521234543210": "19521234543210"} {
		g, err := gs1.ParseGTIN(s)
		require.NoError(t, err, s)
		require.Equal(t, want, string(g))
		short, ok := g.Short()
		require.Equal(t, len(s) < 14, ok)
		if ok {
			require.Equal(t, s, short)
		}
		require.NoError(t, gs1.Message{g.Element()}.Validate())
	}
	for _, bad := range []string{"", "1", "95212341", "9521234543213a", "952123454321a", "952123454321"} {
		g, err := gs1.ParseGTIN(bad)
		require.Error(t, err, bad)
		require.Empty(t, g)
	}
	upc := gs1.GTIN("00012345678905")
	for n, want := range map[int]string{8: "", 12: "012345678905", 13: "0012345678905", 14: "00012345678905", 11: "", 0: "", -1: "", 15: ""} {
		s, ok := upc.Digits(n)
		require.Equal(t, want, s, n)
		require.Equal(t, want != "", ok)
	}
	g, err := gs1.GTIN("09521234543213").WithIndicator(1)
	require.NoError(t, err)
	require.Equal(t, gs1.GTIN("19521234543210"), g)
	require.Equal(t, byte('1'), g.Indicator())
	_, err = g.WithIndicator(10)
	require.Error(t, err)
}

// TestUPCE takes every UPC-E number to its UPC-A and back. Those that a shorter rule writes come
// back in the form of that rule.
func TestUPCE(t *testing.T) {
	same := 0
	for n := range 1_000_000 {
		d := fmt.Sprintf("%06d", n)
		a := expanded(d)
		check, err := gs1.CheckDigit("0" + a)
		if err != nil {
			t.Fatal(err)
		}
		s := "0" + d + string(check)
		g, err := gs1.ParseUPCE(s)
		if err != nil || string(g) != "000"+a+string(check) {
			t.Fatalf("%s: %s %v, want %s", s, g, err, a)
		}
		back, ok := g.UPCE()
		if !ok {
			t.Fatalf("%s: no way back from %s", s, g)
		}
		shortest := !(d[5] == '3' && d[2] <= '2' || d[5] == '4' && d[3] == '0' ||
			d[5] >= '5' && d[4] == '0')
		if shortest != (back == s) || !shortest && expanded(back[1:7]) != a {
			t.Fatalf("%s: %s, then %s", s, g, back)
		}
		if shortest {
			same++
		}
	}
	require.Equal(t, 300_000+70_000+90_000+450_000, same)
	numbers, step := 0, int64(9973)
	if testing.Short() {
		step = 99_991
	}
	// UPC-A to UPC-E: what can be shortened is what is in the image of the above
	for n := int64(0); n < 1e10; n += step {
		g, err := gs1.ParseGTIN(complete(t, fmt.Sprintf("0%010d", n)))
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := g.UPCE(); ok {
			if numbers++; expanded(e[1:7]) != string(g[3:13]) {
				t.Fatal(g, e)
			}
		}
	}
	require.NotZero(t, numbers)
	_, ok := gs1.GTIN("09521234543213").UPCE()
	require.False(t, ok)
	for _, bad := range []string{"", "1234567", "11234562", "0123456a", "01234560"} {
		_, err := gs1.ParseUPCE(bad)
		require.Error(t, err, bad)
	}
	g, err := gs1.ParseUPCE("01234565") // GS1 General Specifications, 5.2.2.4.2: 012345000065
	require.NoError(t, err)
	require.Equal(t, gs1.GTIN("00012345000065"), g)
}

func TestKeys(t *testing.T) {
	message := gs1.Message{}
	key := func(e gs1.Element, err error) {
		t.Helper()
		require.NoError(t, err)
		message = append(message, e)
	}
	sscc, err := gs1.ParseSSCC("095212340000000013")
	key(sscc.Element(), err)
	gln, err := gs1.ParseGLN("9521234543213")
	key(gln.Element(), err)
	pgln, err := gs1.ParsePGLN("9521234543213")
	key(pgln.Element(), err)
	grai, err := gs1.ParseGRAI("09521234543213SERIAL")
	key(grai.Element(), err)
	require.Equal(t, "SERIAL", grai.Serial())
	giai, err := gs1.ParseGIAI("9521234A-1")
	key(giai.Element(), err)
	gsrn, err := gs1.ParseGSRN("095212345432101239"[:17] + "9")
	key(gsrn.Recipient(), err)
	require.Equal(t, "8017", gsrn.Provider().AI)
	gdti, err := gs1.ParseGDTI("9521234543213")
	key(gdti.Element(), err)
	require.Empty(t, gdti.Serial())
	ginc, err := gs1.ParseGINC("9521234X")
	key(ginc.Element(), err)
	gsin, err := gs1.ParseGSIN(complete(t, "9521234000000001"))
	key(gsin.Element(), err)
	cpid, err := gs1.ParseCPID("9521234#1")
	key(cpid.Element(), err)
	itip, err := gs1.ParseITIP("095212345432130203")
	key(itip.Element(), err)
	gtin, piece, total := itip.Parts()
	require.Equal(t, []any{gs1.GTIN("09521234543213"), 2, 3}, []any{gtin, piece, total})
	gmn, err := gs1.ParseGMN("1987654Ad4X4bL5ttr2310c2K")
	key(gmn.Element(), err)
	require.NoError(t, message.Validate())

	gcn, err := gs1.ParseGCN("9521234543213000001")
	require.NoError(t, err)
	require.Equal(t, "000001", gcn.Serial())
	require.Equal(t, "255", gcn.Element().AI)
	mudi, err := gs1.ParseMUDI("1234A" + pair("1234A"))
	require.NoError(t, err)
	require.Equal(t, "8014", mudi.Element().AI)

	require.Equal(t, gmn, gs1.GMN("1987654Ad4X4bL5ttr2310c"+pair("1987654Ad4X4bL5ttr2310c")))

	for _, c := range []struct {
		extension int
		prefix    string
		reference uint64
	}{{10, "9521234", 1}, {-1, "9521234", 1}, {0, "952", 1}, {0, "9521234567890", 1}, {0, "952123a", 1}, {0, "9521234", 1e9}} {
		_, err := gs1.NewSSCC(c.extension, c.prefix, c.reference)
		require.Error(t, err, c)
	}
	for _, c := range []struct {
		want string
		make func() (string, error)
	}{
		{"09521234000013", func() (string, error) { g, err := gs1.NewGTIN(0, "9521234", 1); return string(g), err }},
		{"19521234567896", func() (string, error) { g, err := gs1.NewGTIN(1, "952123456789", 0); return string(g), err }},
		{"9521234000013", func() (string, error) { g, err := gs1.NewGLN("9521234", 1); return string(g), err }},
		{"952123400000000017", func() (string, error) { g, err := gs1.NewGSRN("9521234", 1); return string(g), err }},
	} {
		got, err := c.make()
		require.NoError(t, err)
		require.Equal(t, c.want, got)
		check, err := gs1.CheckDigit(got[:len(got)-1])
		require.NoError(t, err)
		require.Equal(t, got[len(got)-1], check)
	}
	_, err = gs1.NewGTIN(0, "952123456789", 1)
	require.ErrorIs(t, err, gs1.ErrLength)
	_, err = gs1.NewGLN("9521234", 1e5)
	require.ErrorIs(t, err, gs1.ErrLength)
	for _, wrong := range []string{"ä", strings.Repeat("1", 98)} {
		_, err = gs1.CheckPair(wrong)
		require.ErrorIs(t, err, gs1.ErrKey)
	}
	_, err = gs1.CheckPair(strings.Repeat("1", 97))
	require.NoError(t, err)
	for wrong, kind := range map[string]error{"": gs1.ErrLength, "12A": gs1.ErrCharacter} {
		_, err = gs1.CheckDigit(wrong)
		require.ErrorIs(t, err, kind)
	}
}

// expanded returns the ten digits that the six of a UPC-E symbol abbreviate, by the table of the
// General Specifications.
func expanded(d string) string {
	rule := [...]string{"ab00000cde", "ab10000cde", "ab20000cde", "abc00000de", "abcd00000e", "abcde0000f"}[min(d[5]-'0', 5)]
	return strings.Map(func(r rune) rune {
		if r >= 'a' {
			return rune(d[r-'a'])
		}
		return r
	}, rule)
}

func complete(t *testing.T, payload string) string {
	check, err := gs1.CheckDigit(payload)
	require.NoError(t, err)
	return payload + string(check)
}

func ExampleParseShortUPCE() {
	gtin, err := gs1.ParseShortUPCE("123456")
	fmt.Println(gtin, err)
	_, err = gs1.ParseShortUPCE("0123406") // 0 123406, or 012340 and a check digit
	fmt.Println(errors.Is(err, gs1.ErrKey))
	// Output:
	// 00012345000065 <nil>
	// true
}

// TestShortUPCE leaves digits of UPC-E symbols out: what is read is the same, or nothing where the
// digits have a second reading.
func TestShortUPCE(t *testing.T) {
	rejected, all := 0, 0
	for n := 0; n < 1e6; n += 97 {
		six := fmt.Sprintf("%06d", n)
		want, err := gs1.ParseShortUPCE(six)
		require.NoError(t, err)
		require.Equal(t, "0"+expanded(six), string(want[2:13]))
		eight := "0" + six + string(want[13])
		again, err := gs1.ParseUPCE(eight)
		require.NoError(t, err)
		require.Equal(t, want, again)
		for _, seven := range []string{eight[:7], eight[1:]} {
			all++
			got, err := gs1.ParseShortUPCE(seven)
			if err != nil {
				rejected++
				require.ErrorIs(t, err, gs1.ErrKey)
				require.Equal(t, byte('0'), seven[0])
				continue
			}
			if seven[0] != '0' || seven == eight[:7] {
				require.Equal(t, want, got, seven)
			}
		}
	}
	require.Less(t, rejected, all/8)
	for wrong, kind := range map[string]error{
		"": gs1.ErrLength, "12345": gs1.ErrLength, "01234565": gs1.ErrLength, "12345A": gs1.ErrCharacter,
		"1234560": gs1.ErrCheckDigit,
	} {
		_, err := gs1.ParseShortUPCE(wrong)
		require.ErrorIs(t, err, kind, wrong)
	}
}
