package scan

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/checkdigit"
)

// summary is the content of a result in one line.
func summary(a Result) string {
	parts := []string{a.Kind.String()}
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+" "+value)
		}
	}
	date := func(name string, t time.Time) {
		if !t.IsZero() {
			add(name, strings.TrimSuffix(t.Format("2006-01-02T15:04"), "T00:00"))
		}
	}
	if len(a.Message) > 0 {
		parts = append(parts, a.Message.String())
	} else {
		add("product", a.Product)
		add("serial", a.Serial)
		add("lot", a.Lot)
		date("expiry", a.Expiry)
		date("made", a.Made)
		add("quantity", a.Quantity)
		add("container", a.Container)
		add("add-on", a.AddOn)
	}
	if a.Kind == Text || a.Kind == URL {
		add("text", a.Text)
	}
	return strings.Join(parts, ", ")
}

const gtin = "09506000134352"

// cases are scans with their content; a doubt is the beginning of the first one.
var cases = []struct{ scan, want, doubt string }{
	// forms without identifier
	{"https://id.gs1.org/01/" + gtin + "/21/K7Q", "Link, (01)" + gtin + "(21)K7Q", ""},
	{"Https://id.gs1.org/01/" + gtin + "/21/K7Q", "Link, (01)" + gtin + "(21)K7Q", ""},
	{"HTTPS://ID.GS1.ORG/01/" + gtin, "Link, (01)" + gtin, ""},
	{"HTTPS://ID.GS1.ORG/01/" + gtin + "/21/K7Q", "Link, (01)" + gtin + "(21)K7Q", "the letters"},
	{"https://shop.example/x/01/" + gtin + "?17=271231\n", "Link, (01)" + gtin + "(17)271231", ""},
	{"https://shop.example/x", "URL, text https://shop.example/x", ""},
	{"https://a/01/09506000134350", "URL, text https://a/01/09506000134350", "this would be"},
	{"(01)" + gtin + "(21)K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	{"(01) " + gtin + " (10) L7 (21) K7Q", "GS1, (01)" + gtin + "(10)L7(21)K7Q", ""},
	{"(01) 0 9506000 13435 2\r\n(10) L7\r\n(21) K7Q\r\n", "GS1, (01)" + gtin + "(10)L7(21)K7Q", ""},
	{"GTIN (01)" + gtin + "\nSERIAL (21)K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	{"\ufeff01" + gtin + "21K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	{"^01" + gtin + "10L7^21K7Q", "GS1, (01)" + gtin + "(10)L7(21)K7Q", ""},
	{"\x1d01" + gtin + "10L7\x1d21K7Q", "GS1, (01)" + gtin + "(10)L7(21)K7Q", ""},
	{"C101" + gtin + "21K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	// symbologies
	{"]E09521234543213", "Retail, product 09521234543213", ""},
	{"]E0036000291452", "Retail, product 00036000291452", ""},
	{"]E495212340", "Retail, product 00000095212340", ""},
	{"]E105", "Retail, add-on 05", ""},
	{"]E251234", "Retail, add-on 51234", ""},
	{"]E3977123456700305", "Retail, product 09771234567003, add-on 05", ""},
	{"]E3978316148410051234", "Retail, product 09783161484100, add-on 51234", ""},
	{"977123456700305", "Retail, product 09771234567003, add-on 05", ""},
	{"]E09521234543213|]e090L7", "Retail, (90)L7", ""},
	{"]I119506000134359", "Retail, product 19506000134359", ""},
	{"]I119506000134350", "Text, text 19506000134350", "14 digits"},
	{"]C001" + gtin + "21K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	{"]C0SN4711", "Text, text SN4711", ""},
	{"]d1(01)" + gtin + "(21)K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	{"]Q101" + gtin + "21K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	{"]A0SN4711", "Text, text SN4711", ""},
	{"]F0A4711B", "Text, text A4711B", ""},
	{"]G0SN", "Text, text SN", ""},
	{"]X0SN", "Text, text SN", ""},
	{"]U1SN", "Text, text SN", ""},
	{"]L0SN", "Text, text SN", ""},
	{"]z0SN", "Text, text SN", ""},
	{"]z101" + gtin + "21K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	{"]d801" + gtin + "21K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	{"]d3X4711", "Text, text X4711", ""},
	{"]Q2a\\\\b\\000026ä", "Text, text a\\bä", ""},
	{"]Q2\\000003a\xe4", "Text, text aä", ""},
	{"]Q2a\\b", "Text, text a\\b", "malformed ECI"},
	{"]Q4\\00002601" + gtin + "21K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	{"]d501" + gtin + "21K7Q", "GS1, (01)" + gtin + "(21)K7Q", ""},
	{"]Q501X4711", "Text, text 01X4711", ""},
	{"]?0SN", "", ""},
	// UPC-E
	{"01234565", "Retail, product 00000001234565", "this is Retail data of product 00012345000065"},
	{"04252614", "Retail, product 00042100005264", ""},
	{"95212340", "Retail, product 00000095212340", ""},
	// capitals
	{"]D201" + gtin + "21K7Q\x1d17271231", "GS1, (01)" + gtin + "(21)K7Q(17)271231", "the case"},
	{"]D201" + gtin + "21771", "GS1, (01)" + gtin + "(21)771", ""},
	{"]D201" + gtin + "21k7Q", "GS1, (01)" + gtin + "(21)K7q", ""},
	{"]c101" + gtin + "21k7q", "GS1, (01)" + gtin + "(21)k7q", "the case"},
	{"]c101" + gtin + "21K7q", "GS1, (01)" + gtin + "(21)k7Q", ""},
	// lost or typed FNC1
	{"01" + gtin + "10L7<GS>21K7Q", "GS1, (01)" + gtin + "(10)L7(21)K7Q", ""},
	{"]d201" + gtin + "10L7<FNC1>21K7Q", "GS1, (01)" + gtin + "(10)L7(21)K7Q", ""},
	{"]d201" + gtin + "10L7%1D21K7Q", "GS1, (01)" + gtin + "(10)L7(21)K7Q", ""},
	{"]d201" + gtin + "10L7_x001D_21K7Q", "GS1, (01)" + gtin + "(10)L7(21)K7Q", ""},
	{"01" + gtin + "1727123110L7PX21K7Q44D", "GS1, (01)" + gtin + "(17)271231(10)L7PX21K7Q44D",
		"(10)L7PX(21)K7Q44D fits as well"},
	{"01" + gtin + "1727123110AC35G321455777", "GS1, (01)" + gtin + "(17)271231(10)AC35G321455777",
		"(10)AC35G3(21)455777 fits as well"},
	{"]d201" + gtin + "17280200", "GS1, (01)" + gtin + "(17)280200", "(17) has no day"},
	{"]C1420123459270012345678901234567890", "GS1, (420)12345(92)70012345678901234567890", "(420)"},
	// keyboards
	{"ъв201" + gtin + "21Л7Й\x1d17271231", "GS1, (01)" + gtin + "(21)K7Q(17)271231", ""},
	{"01" + gtin + "21Л7Й\x1d17271231", "GS1, (01)" + gtin + "(21)K7Q(17)271231", "(21)"},
	{"+d201" + gtin + "21Y", "GS1, (01)" + gtin + "(21)Z", "(21)Y fits as well"},
	// HIBC
	{"+A123BJC5D6E71G", "HIBC, product BJC5D6E7", ""},
	{"]A0+A123BJC5D6E71G", "HIBC, product BJC5D6E7", ""},
	{"+A123BJC5D6E71H", "Text, text +A123BJC5D6E71H", "the text begins as HIBC"},
	{"]d1+A123BJC5D6E71/$$3271231L7/SK7Q1",
		"HIBC, product BJC5D6E7, serial K7Q, lot L7, expiry 2027-12-31", ""},
	{withCheck("+$L7G"), "HIBC, lot L7", ""},
	{withCheck("+$$0128L7G"), "HIBC, lot L7, expiry 2028-01-31", ""},
	{withCheck("+$$2013128L7G"), "HIBC, lot L7, expiry 2028-01-31", ""},
	{withCheck("+$$3280131L7G"), "HIBC, lot L7, expiry 2028-01-31", ""},
	{withCheck("+$$428013114L7G"), "HIBC, lot L7, expiry 2028-01-31T14:00", ""},
	{withCheck("+$$528031L7G"), "HIBC, lot L7, expiry 2028-01-31", ""},
	{withCheck("+$$62803114L7G"), "HIBC, lot L7, expiry 2028-01-31T14:00", ""},
	{withCheck("+$$7L7G"), "HIBC, lot L7", ""},
	{withCheck("+$$8240128L7G"), "HIBC, lot L7, expiry 2028-01-31, quantity 24", ""},
	{withCheck("+$$9001003280131L7G"), "HIBC, lot L7, expiry 2028-01-31, quantity 100", ""},
	{withCheck("+28031L7G"), "HIBC, lot L7, expiry 2028-01-31", ""},
	{withCheck("+$+S1G"), "HIBC, serial S1", ""},
	{withCheck("+$$+0128S1G"), "HIBC, serial S1, expiry 2028-01-31", ""},
	{withCheck("+$$+7S1G"), "HIBC, serial S1", ""},
	{withCheck("+A123X1/16D20260131/14D20280131/Q12"),
		"HIBC, product X, expiry 2028-01-31, made 2026-01-31, quantity 12", ""},
	// ISO/IEC 15434
	{"]d1[)>\x1e06\x1d9N110375286414\x1d1TL7\x1dD271231\x1dSK7Q\x1e\x04",
		"ISO15434, product 110375286414, serial K7Q, lot L7, expiry 2027-12-31", ""},
	{"[)>{RS}06{GS}17V0CVA5{GS}1P4327{GS}S786950{RS}{EOT}",
		"ISO15434, product 4327, serial 786950", ""},
	{"[)>\x1e06\x1d25SUN0CVA5786950\x1e\x04", "ISO15434, serial UN0CVA5786950", ""},
	{"[)>\x1e06\x1d18S0CVA5786950\x1d16D20260131\x1dQ12\x1d6JUN123\x1e\x04",
		"ISO15434, serial 0CVA5786950, made 2026-01-31, quantity 12, container UN123", ""},
	{"[)>\x1e12\x1dMFR 0CVA5\x1dPNR 4327\x1dSEQ 786950\x1e\x04",
		"ISO15434, product 4327, serial 786950", ""},
	{"[)>\x1e05\x1d01" + gtin + "\x1d10L7\x1d21K7Q\x1e\x04",
		"ISO15434, (01)" + gtin + "(10)L7(21)K7Q", ""},
	{"]d1[)>\x1e06\x1d9N110375286415\x1e\x04", "Text, text [)>\x1e06\x1d9N110375286415\x1e\x04",
		"the text"},
	// ISBT 128
	{"=G12348965432100", "ISBT128, serial G123489654321", ""},
	{"]C0=<E0206V00", "ISBT128, product E0206V00", ""},
	{"]C0&>0280312359", "ISBT128, expiry 2028-01-31T23:59", ""},
	{"]C0=>028031", "ISBT128, expiry 2028-01-31", ""},
	{"]C4=G12348965432100=<E0206V00", "ISBT128, product E0206V00, serial G123489654321", ""},
	{"G1234 98 654321H", "ISBT128, serial G123498654321", ""},
	// PZN
	{"-03752864", "PZN, product 03752864", ""},
	{"]A0-03752864", "PZN, product 03752864", ""},
	{"]A0-03752865", "Text, text -03752865", ""},
	// text
	{"SN4711", "Text, text SN4711", ""},
	{"9521234543210", "Text, text 9521234543210", "the number"},
	{"9212345", "Text, text 9212345", "this is GS1 data"},
	{"", "", ""},
	{"\x00\x01", "", ""},
}

func TestCases(t *testing.T) {
	for _, c := range cases {
		a, err := Reader{Now: testNow}.Read(c.scan)
		if c.want == "" {
			require.Error(t, err, "%q", c.scan)
			require.Equal(t, Result{Text: c.scan}, a)
			continue
		}
		require.NoError(t, err, "%q", c.scan)
		require.Equal(t, c.want, summary(a), "%q", c.scan)
		if c.doubt == "" {
			require.Empty(t, a.Doubts, "%q", c.scan)
		} else {
			require.NotEmpty(t, a.Doubts, "%q", c.scan)
			require.Contains(t, a.Doubts[0].What, c.doubt, "%q", c.scan)
		}
		for _, r := range a.Repairs {
			require.True(t, r.Pos >= 0 && r.Len >= 0 && r.Pos+r.Len <= len(c.scan), "%q %v",
				c.scan, r)
		}
	}
}

// withCheck appends the check character of HIBC.
func withCheck(s string) string {
	check, err := checkdigit.Mod43.Complete(s)
	if err != nil {
		panic(err)
	}
	return check
}

func TestAll(t *testing.T) {
	in := "\x02]E09521234543213\x03\r\n\r\n(90)A\r" + strings.Repeat("A", 9000) + "\n]Q1hello"
	for _, r := range []Reader{{}} {
		var got []string
		for a, err := range r.All(iotest.OneByteReader(strings.NewReader(in))) {
			if err != nil {
				require.ErrorIs(t, err, ErrLength)
				require.Len(t, a.Text, maxScan+1)
				got = append(got, "long")
				continue
			}
			got = append(got, summary(a))
		}
		require.Equal(t, []string{"Retail, product 09521234543213", "GS1, (90)A", "long",
			"Text, text hello"}, got)
	}
	broken := errors.New("unplugged")
	var last error
	text := ""
	for a, err := range (Reader{}).All(iotest.TimeoutReader(strings.NewReader("]E0952"))) {
		text, last = a.Text, err
	}
	require.ErrorIs(t, last, iotest.ErrTimeout)
	require.Equal(t, "]E0952", text)
	for _, err := range (Reader{}).All(iotest.ErrReader(broken)) {
		require.Equal(t, broken, err)
	}
	for range (Reader{}).All(strings.NewReader("a\nb\n")) {
		break
	}
}

func TestExpectDoubtsWhatIsMissing(t *testing.T) {
	for _, s := range []string{"]d201" + gtin, "(01)" + gtin, "https://a/01/" + gtin} {
		a, err := Reader{Expect: []string{"01", "21"}}.Read(s)
		require.NoError(t, err)
		require.Equal(t, "(21) was expected and isn't there", a.Doubts[0].What)
	}
	a, err := Reader{Expect: []string{"01", "310n"}}.Read("]d201" + gtin + "3103000123")
	require.NoError(t, err)
	require.Empty(t, a.Doubts)
	require.Equal(t, "0.123", a.Quantity)
}

func TestKeyboards(t *testing.T) {
	tags := Keyboards()
	require.Len(t, tags, len(layouts))
	require.Subset(t, tags, []string{"de", "fr", "ru", "uk", "el", "bg", "bg-x-phonetic"})
	for _, l := range append(layouts[:], us) {
		require.Equal(t, 47, len([]rune(l.alone)), l.tag)
		require.Equal(t, 47, len([]rune(l.shifted)), l.tag)
	}
	a, err := Reader{Keyboard: "ru"}.Read("01" + gtin + "21Л7Й")
	require.NoError(t, err)
	require.Empty(t, a.Doubts)
	require.Equal(t, "K7Q", a.Serial)
}

func TestErrorsHaveWhatCame(t *testing.T) {
	for _, s := range []string{"]C10109506000134350", "]", "]\xff\xff", "\x01",
		strings.Repeat("9", 10000)} {
		a, err := Read(s)
		var e *Error
		require.ErrorAs(t, err, &e, s)
		require.Equal(t, s, e.Input)
		require.Equal(t, s, a.Text)
		require.Less(t, len(err.Error()), 400)
		require.True(t, strings.HasPrefix(err.Error(), "scan: "), err)
	}
	_, err := Read("]C10109506000134350")
	require.ErrorIs(t, err, gs1.ErrCheckDigit)
	require.Equal(t, 1, strings.Count(err.Error(), "gs1")+strings.Count(err.Error(), "scan:"))
	_, err = Read(strings.Repeat("A", maxScan+1))
	require.ErrorIs(t, err, ErrLength)
	_, err = Read(strings.Repeat("A", maxScan))
	require.NoError(t, err)
}

func TestKnown(t *testing.T) {
	set := serial.NewSet(map[string]*serial.Scheme{
		"ours":   serial.MustCompile("SN{YY}{MM}{index:5}{check}"),
		"theirs": serial.MustCompile("PF{index:6 alnum}"),
		"number": serial.MustCompile("{index:13}"),
	})
	set.Time = testNow
	r := Reader{Schemes: set, Now: testNow}
	ours, err := serial.MustCompile("SN{YY}{MM}{index:5}{check}").
		Format(serial.Fields{Time: testNow}, 42)
	require.NoError(t, err)
	for _, c := range []struct{ scan, serial, product, name string }{
		{ours, ours, "", "ours"},
		{"]C0" + ours, ours, "", "ours"},
		{"]A0" + ours + "\r\n", ours, "", "ours"},
		{"S/N: " + ours, ours, "", "ours"},
		{"Serial No. " + ours, ours, "", "ours"},
		{"SPF00AB12", "PF00AB12", "", "theirs"},
		{"1S20XX1234GEPF00AB12", "PF00AB12", "20XX1234GE", "theirs"},
		{"1S20XX123PF00AB12", "PF00AB12", "20XX123", "theirs"},
		{"X-200, " + ours, ours, "X-200", "ours"},
		{"X-200; S/N:" + ours, ours, "X-200", "ours"},
	} {
		a, err := r.Read(c.scan)
		require.NoError(t, err, c.scan)
		require.Equal(t, Known, a.Kind, c.scan)
		require.Equal(
			t,
			[]string{c.serial, c.product, c.name},
			[]string{a.Serial, a.Product, a.Known[0].Name},
			c.scan,
		)
		require.Empty(t, a.Doubts, c.scan)
	}
	a, err := r.Read(ours)
	require.NoError(t, err)
	require.Equal(t, "2026-06-01", a.Made.Format(time.DateOnly))
	a, err = r.Read("]C0unknown")
	require.NoError(t, err)
	require.Equal(t, Text, a.Kind)
	a, err = r.Read("9521234543213") // a GTIN, and a number of 13 digits
	require.NoError(t, err)
	require.Equal(t, Retail, a.Kind)
	require.Equal(t, Known, a.Doubts[0].Other.Kind)
	a, err = r.Read("]E09521234543213")
	require.NoError(t, err)
	require.Empty(t, a.Doubts)
}
