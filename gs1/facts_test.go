package gs1_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/digitallink"
)

// verdicts are inputs with what GS1's reference engine makes of them, a group for each rule that
// the General Specifications leave to the reader.
var verdicts = []struct {
	rule           string
	accept, refuse []string
}{
	{"a literal bracket is escaped",
		[]string{`(90)A\(B`, `(90)\(`, `(90)A)B`},
		[]string{`(90)A\B`, `(90)A\\(B`, `(90)(91)A`, "(90)", "(90", "()1", "(1)1", "(12345)1", "(9A)1", "A(90)B", "(90)A("}},
	{"FNC1 is in front and after each variable-length value that is not last",
		[]string{"^90A^91B", "\x1d90A\x1d91B", "^10A^0109521234543213"},
		[]string{"^90A\x1d91B", "\x1d90A^91B", "^90A|\x1d91B", "^0109521234543213\x1d90A", "^", "^^90A", "^90A^^91B", "^90", "^90^91A", "^109521234543213"}},
	{"FNC1 after a predefined length or at the very end is tolerated",
		[]string{"^0109521234543213^10A^", "^0109521234543213^", "^90A^", "]C190A\x1d", "]C10109521234543213\x1d10A"},
		[]string{"^0109521234543213^^10A", "^90A^^"}},
	{"a predefined length is not a minimum",
		[]string{"^010952123454321390A"},
		[]string{"^010952123454321", "^010952123454321^90A", "^01095212345432133"}},
	{"the same AI twice needs the same value",
		[]string{"(90)A(90)A", "(90)A(91)B(90)A", "]C190A\x1d90A"},
		[]string{"(90)A(90)B", "(90)A(90)AA", "(90)A(91)B(90)B"}},
	{"linear and composite parts are one message",
		[]string{"^0109521234543213|^10A", "(01)09521234543213|(10)A", "(90)A|(90)A"},
		[]string{"(10)A|(90)A", "(90)A|", "|(90)A", "^90A|90A", "^90A|", "(90)A|(91)B|(92)C", "(90)A|(90)B", "]C190A|91B"}},
	{"one of the required groups must be there",
		[]string{"(21)A(01)09521234543213", "(250)A(21)B(01)09521234543213", "(7258)1/3(8018)095212345432101239(7259)X",
			"(3925)123(01)09521234543213(3103)000123", "(3925)123(01)09521234543213(30)1",
			"(8042)12345678901234567890123456789012(01)09521234543213(21)A(8040)123456789012345"},
		[]string{"(21)A", "(250)A(01)09521234543213", "(7258)1/3(8018)095212345432101239", "(3925)123(01)09521234543213",
			"(3925)123(3103)000123", "(8042)12345678901234567890123456789012(01)09521234543213(21)A", "(02)09521234543213(37)1"}},
	{"excluded AIs must not be there, but an AI never excludes itself",
		[]string{"(01)09521234543213(3103)000123(3103)000123", "(01)09521234543213(3103)000123(3203)000123"},
		[]string{"(01)09521234543213(3103)000123(3102)000123", "(01)09521234543213(37)1", "(01)09521234543213(21)A(235)B"}},
	{"a digital signature needs a serialised key",
		[]string{"(8030)AB(253)9521234000013X", "(8030)AB(00)095212340000000013"},
		[]string{"(8030)AB(253)9521234000013", "(8030)AB(01)09521234543213"}},
	{"unknown AIs are rejected", nil,
		[]string{"(05)1", "(999)1", "^051", "(3106)000001", "(01)09521234543213(8099)A"}},
	{"check digits", []string{"(00)095212340000000013"}, []string{"(00)095212340000000014", "(01)09521234543210"}},
	{"check pairs", []string{"(8013)1987654Ad4X4bL5ttr2310c2K"}, []string{"(8013)1987654Ad4X4bL5ttr2310cXK", "(8013)A", "(8013)1987654Ad4X4bL5ttr2310c2k"}},
	{"company prefixes have four digits", []string{"(401)1234", "(401)1234A"}, []string{"(401)123", "(401)123A", "(7023)A1234"}},
	{"dates", []string{"(01)09521234543213(17)260228", "(01)09521234543213(17)280229", "(01)09521234543213(17)260200", "(00)095212340000000013(4326)260228", "(01)09521234543213(11)000229"},
		[]string{"(01)09521234543213(17)260229", "(01)09521234543213(17)260001", "(01)09521234543213(17)261301", "(01)09521234543213(17)260431", "(00)095212340000000013(4326)260200"}},
	{"long dates", []string{"(8018)095212345432101239(7250)20000229", "(8018)095212345432101239(7250)19991231"},
		[]string{"(8018)095212345432101239(7250)19000229", "(8018)095212345432101239(7250)19991200"}},
	{"clock ranges", []string{"(01)09521234543213(8008)26010123", "(01)09521234543213(8008)2601012359", "(01)09521234543213(8008)260101235959", "(01)09521234543213(7003)2601012359"},
		[]string{"(01)09521234543213(8008)26010124", "(01)09521234543213(8008)2601012360", "(01)09521234543213(8008)260101235960", "(01)09521234543213(8008)260101235", "(01)09521234543213(7003)2601012400", "(01)09521234543213(7003)2601012360"}},
	{"code lists", []string{"(01)09521234543213(422)528", "(01)09521234543213(423)528826", "(01)09521234543213(7030)999A", "(01)09521234543213(7030)528A", "(00)095212340000000013(4307)NL", "(8020)A(415)9521234543213(3912)97812", "(8017)095212345432101239(7241)10", "(00)095212340000000013(7041)1A", "(00)095212340000000013(7041)8", "(00)095212340000000013(7041)APE"},
		[]string{"(01)09521234543213(422)999", "(01)09521234543213(423)52882", "(01)09521234543213(423)528999", "(01)09521234543213(7030)998A", "(00)095212340000000013(4307)AA", "(00)095212340000000013(4307)nl", "(8017)095212345432101239(7241)11", "(8017)095212345432101239(7241)00", "(00)095212340000000013(7041)ZZZ"}},
	{"IBAN", []string{"(415)9521234543213(8020)A(8007)DE91100000000123456789"}, []string{"(415)9521234543213(8020)A(8007)DE92100000000123456789", "(415)9521234543213(8020)A(8007)XX91100000000123456789", "(415)9521234543213(8020)A(8007)DE911", "(415)9521234543213(8020)A(8007)DE9110000000012345678a"}},
	{"ISO 5218", []string{"(8018)095212345432101239(7252)9"}, []string{"(8018)095212345432101239(7252)3"}},
	{"latitude and longitude", []string{"(00)095212340000000013(4309)18000000003600000000"}, []string{"(00)095212340000000013(4309)18000000010000000000", "(00)095212340000000013(4309)00000000003600000001"}},
	{"percent encoding",
		[]string{"(00)095212340000000013(4300)A%20%fFB", "(00)095212340000000013(4300)A%00B"},
		[]string{"(00)095212340000000013(4300)A%0gB", "(00)095212340000000013(4300)A%2", "(00)095212340000000013(4300)A%"}},
	{"parameters have a name",
		[]string{"https://a/01/09521234543213?b", "https://a/01/09521234543213?b=", "https://a/01/09521234543213?&&"},
		[]string{"https://a/01/09521234543213?=b", "https://a/01/09521234543213?=", "https://a/01/09521234543213?b&=&c"}},
	{"zero or not", []string{"(01)09521234543213(8001)12341234512311", "(8003)09521234543213", "(8010)1234A(8011)10"},
		[]string{"(01)09521234543213(8001)00001234512311", "(8003)19521234543213", "(8010)1234A(8011)0", "(8010)1234A(8011)01", "(8010)1234A(8011)00"}},
	{"something other than a digit", []string{"(01)09521234543213(8014)1234A" + pair("1234A")}, []string{"(01)09521234543213(8014)A1234" + pair("A1234")}},
	{"hyphen", []string{"(00)095212340000000013(4330)000100-", "(00)095212340000000013(4330)000100"}, []string{"(00)095212340000000013(4330)000100+"}},
	{"yes or no", []string{"(00)095212340000000013(4321)1"}, []string{"(00)095212340000000013(4321)2"}},
	{"winding", []string{"(01)09521234543213(8001)12341234512391"}, []string{"(01)09521234543213(8001)12341234512321"}},
	{"piece of total", []string{"(8006)095212345432130102", "(8006)095212345432130202"}, []string{"(8006)095212345432130302", "(8006)095212345432130002", "(8006)095212345432130100"}},
	{"position in sequence", []string{"(8018)095212345432101239(7258)3/3(7259)X"}, []string{"(8018)095212345432101239(7258)3/2(7259)X", "(8018)095212345432101239(7258)0/2(7259)X", "(8018)095212345432101239(7258)1/0(7259)X", "(8018)095212345432101239(7258)123(7259)X"}},
	{"importer index", []string{"(7040)1AB-", "(7040)1ABz", "(7040)1AB_"}, []string{"(7040)1AB/", "(7040)1AB"}},
	{"character sets", []string{"(8010)1234#-/A", "(8030)A-_9(00)095212340000000013", "(8030)AB=(00)095212340000000013", "(90)" + `!"%&'\()*+,-./:;<=>?_`},
		[]string{"(8010)1234a", "(8030)A/(00)095212340000000013", "(8030)ABC=(00)095212340000000013", "(8030)===(00)095212340000000013", "(90)A B", "(90)A#B", "(90)A$", "(90)Ä", "(90)A^B", "(30)A(01)09521234543213"}},
	{"coupon codes", []string{
		"(8110)012345612345611110123", "(8110)012345612345611110123101101230123456", "(8110)01234561234561111012310110123921101239",
		"(8110)0123456123456111101233260101", "(8110)0123456123456111101234260101", "(8110)01234561234561111012332601024260101",
		"(8110)01234561234561111012350123456", "(8110)01234561234561111012361123456" + "7", "(8110)01234561234561111012390000",
	}, []string{
		"(8110)7123456123456111101230", "(8110)012345612345601110123", "(8110)012345612345611610123", "(8110)012345612345611115123",
		"(8110)0123456123456111101237", "(8110)0123456123456111101233261301", "(8110)01234561234561111012332601014260102", "(8110)0123456123456111101236012345",
		"(8110)01234561234561111012393000", "(8110)01234561234561111012390300", "(8110)01234561234561111012390002", "(8110)01234561234561111012A", "(8110)0123456123456111101239000",
		"(8110)012345612345611110123900001",
	}},
	{"coupon offers", []string{"(8112)001234561234560123456", "(8112)101234561234560123456", "(8112)061234567890121234569123456789012345"},
		[]string{"(8112)201234561234560123456", "(8112)07123456", "(8112)0012345612345601234567", "(8112)00123456123456", "(8112)001234561234561123456", "(8112)"}},
	{"readers' identifiers of GS1 data",
		[]string{"]C190A", "]e090A", "]d290A", "]Q390A", "]J190A"},
		[]string{"]C090A", "]I190A", "]e190A", "]E390A", "]c190A", "]d090A", "]d390A", "]Q290A", "]C1", "]C", "]", "]C1\x1d90A", "]C190A\r\n", "]C190A^91B", "]d2https://id.gs1.org/01/09521234543213", "]Q3https://id.gs1.org/01/09521234543213"}},
	{"EAN/UPC",
		[]string{"]E09521234543213", "]E4" + ean8, "]E09521234543213|]e090A"},
		[]string{"]E09521234543210", "]E0952123454321", "]E095212345432130", "]E4" + ean8 + "0", "]E4952123", "]E0952123454321A", "]E09521234543213|]e0", "]E09521234543213|90A", "]E09521234543213|]e010A"}},
	{"readers' plain text",
		[]string{"]d1hello", "]Q1", "]J0^90A", "]Q1https://id.gs1.org/01/09521234543213", "]d1HTTP://A/01/09521234543213", "]Q1ftp://x", "]Q1HtTp://x"},
		[]string{"]Q1https://example.com/", "]d1http://id.gs1.org/01/09521234543210", "]Q1HTTPS://x"}},
}

// ean8 is an EAN-8 number.
const ean8 = "95212340"

func pair(payload string) string {
	p, err := gs1.CheckPair(payload)
	if err != nil {
		panic(err)
	}
	return p
}

func TestVerdicts(t *testing.T) {
	for _, v := range verdicts {
		for _, s := range v.accept {
			m, err := gs1.Parse(s)
			require.NoError(t, err, "%s: %s", v.rule, s)
			if len(m) > 0 {
				require.NoError(t, m.Validate(), s)
			}
		}
		for _, s := range v.refuse {
			_, err := gs1.Parse(s)
			require.Error(t, err, "%s: %s", v.rule, s)
		}
	}
}

func TestEANAndTextScansHaveNoMessage(t *testing.T) {
	scan, err := gs1.ParseScan("]E09521234543213")
	require.NoError(t, err)
	require.Equal(t, gs1.Scan{Symbology: "]E0", Text: "9521234543213", GTIN: "09521234543213"}, scan)
	scan, err = gs1.ParseScan("]E09521234543213|]e090A")
	require.NoError(t, err)
	require.Equal(t, gs1.Message{{"90", "A"}}, scan.Message)
	require.Equal(t, gs1.GTIN("09521234543213"), scan.GTIN)
	scan, err = gs1.ParseScan("]d1hello")
	require.NoError(t, err)
	require.Equal(t, gs1.Scan{Symbology: "]d1", Text: "hello"}, scan)
	scan, err = gs1.ParseScan("]Q1https://a/00/095212340000000013")
	require.NoError(t, err)
	require.Equal(t, gs1.Message{{"00", "095212340000000013"}}, scan.Message)
}

// Each identifier that ParseScan takes has a carrier, and no other.
func TestCarrier(t *testing.T) {
	for code := byte(' '); code <= '~'; code++ {
		for modifier := byte(' '); modifier <= '~'; modifier++ {
			symbology := "]" + string(code) + string(modifier)
			accepted := false
			for _, data := range []string{"90A", "9521234543213", ean8} {
				_, err := gs1.ParseScan(symbology + data)
				accepted = accepted || err == nil
			}
			require.Equal(t, accepted, gs1.Scan{Symbology: symbology}.Carrier() != "", symbology)
		}
	}
}

func TestOptions(t *testing.T) {
	unknown := gs1.Parser{PermitUnknownAIs: true}
	for _, s := range []string{"(05)A", "(89)ABC", "(050)A", "(0500)A", "(3106)000001(90)A", "^310600000190A", "(419)9521234543213", "^236A"} {
		_, err := gs1.Parse(s)
		require.ErrorIs(t, err, gs1.ErrUnknownAI, s)
		m, err := unknown.Parse(s)
		require.NoError(t, err, s)
		require.NoError(t, unknown.Validate(m))
		data, err := unknown.AppendElementString(nil, m)
		require.NoError(t, err)
		if !strings.HasPrefix(m[0].AI, "0") && m[0].AI != "89" {
			again, err := unknown.Parse(string(data))
			require.NoError(t, err)
			require.Equal(t, m, again)
		}
	}
	for _, s := range []string{"(011)A", "(800)A", "(80)A", "(3106)00001", "(4199)A", "^05A", "(5)A", "(00000)A", "(0x)A", "(05)Ä"} {
		_, err := unknown.Parse(s)
		require.Error(t, err, s)
	}

	// reserved beginnings have no length for the reference engine
	for _, s := range []string{"(04)A", "(14)26010", "(18)ABC(90)A", "(19)1234567", "(041)A"} {
		_, err := gs1.Parse(s)
		require.ErrorIs(t, err, gs1.ErrUnknownAI, s)
		_, err = unknown.Parse(s)
		require.NoError(t, err, s)
	}
	for _, s := range []string{"^14260101", "^1426010190A", "^0412345678901234561926010118ABCDEF^90A"} {
		_, err := unknown.Parse(s)
		require.ErrorIs(t, err, gs1.ErrUnknownAI, s)
	}

	// an AI of unknown length and its value may have 90 characters together
	long := strings.Repeat("A", 86)
	for _, s := range []string{"(0500)" + long, "(050)A" + long, "(05)AA" + long, "(236)AAAA" + long, "(3999)AAAA" + long} {
		_, err := unknown.Parse(s)
		require.NoError(t, err, s)
		_, err = unknown.Parse(s + "A")
		require.ErrorIs(t, err, gs1.ErrLength, s)
	}

	alone := gs1.Parser{SkipAssociations: true}
	m, err := alone.Parse("(10)A")
	require.NoError(t, err)
	require.ErrorIs(t, m.Validate(), gs1.ErrMissingAI)
	require.NoError(t, alone.Validate(m))
	_, err = alone.Parse("(01)09521234543213(37)1")
	require.ErrorIs(t, err, gs1.ErrExcludedAI)

	suppressed := gs1.Parser{PermitZeroSuppressedGTINs: true}
	for _, s := range []string{"https://a/01/9521234543213", "https://a/01/" + ean8, "https://a/8004/12345?01=9521234543213"} {
		_, err = gs1.Parse(s)
		require.ErrorIs(t, err, gs1.ErrLength)
		m, err := suppressed.Parse(s)
		require.NoError(t, err)
		require.Len(t, m[len(m)-1].Value, 14)
	}

	attributes := gs1.Parser{PermitUnknownAIs: true, PermitUnknownAttributes: true}
	_, err = unknown.Parse("https://a/01/09521234543213?89=A")
	require.ErrorIs(t, err, gs1.ErrDigitalLink)
	m, err = attributes.Parse("https://a/01/09521234543213?89=A&890=B")
	require.NoError(t, err)
	uri, err := digitallink.Parser(attributes).Format("https://a", m)
	require.NoError(t, err)
	require.Equal(t, "https://a/01/09521234543213?89=A&890=B", uri)
}

func TestAtMost64Elements(t *testing.T) {
	_, err := gs1.Parse(strings.Repeat("(90)A", 64))
	require.NoError(t, err)
	_, err = gs1.Parse(strings.Repeat("(90)A", 65))
	require.ErrorIs(t, err, gs1.ErrTooManyAIs)
	uri := "https://a/01/09521234543213?" + strings.Repeat("&a", 63)
	_, err = gs1.Parse(uri)
	require.NoError(t, err)
	_, err = gs1.Parse(uri + "&") // an empty parameter ends it
	require.ErrorIs(t, err, gs1.ErrTooManyAIs)
	m := make(gs1.Message, 65)
	for i := range m {
		m[i] = gs1.Element{AI: "90", Value: "A"}
	}
	require.ErrorIs(t, m.Validate(), gs1.ErrTooManyAIs)
}

func TestLongScan(t *testing.T) {
	text := "]Q1" + strings.Repeat("A", 8190)
	_, err := gs1.ParseScan(text)
	require.NoError(t, err)
	_, err = gs1.ParseScan(text + "A")
	require.ErrorIs(t, err, gs1.ErrLength)
}

// TestHugeInput gives each parser a megabyte: more than linear time would outlast the test's limit,
// and what it keeps is no more than the input.
func TestHugeInput(t *testing.T) {
	const n = 1 << 20
	for _, s := range []string{
		"(90)" + strings.Repeat("A", n), strings.Repeat("(", n), "(90)" + strings.Repeat(`\(`, n), "^90" + strings.Repeat("A", n),
		strings.Repeat("^", n), "]C1" + strings.Repeat("\x1d", n), "]Q1" + strings.Repeat("A", n), "https://a" + strings.Repeat("/", n),
		"https://a/01/09521234543213?" + strings.Repeat("&", n), "https://a/01/09521234543213?" + strings.Repeat("&a", n),
		"https://a" + strings.Repeat("/10/A", n), "https://a/00/" + strings.Repeat("%41", n), strings.Repeat("90A|", n),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := gs1.Parse(s)
		runtime.ReadMemStats(&after)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(len(s)), s[:9])
		if err != nil {
			require.Less(t, len(err.Error()), 2000)
		}
	}
}
