package epc

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/companyprefix"
)

func elements(pairs ...string) (m gs1.Message) {
	for i := 0; i < len(pairs); i += 2 {
		m = append(m, gs1.Element{AI: pairs[i], Value: pairs[i+1]})
	}
	return m
}

// TestIdentities checks the URIs of every kind and their element strings, both ways.
func TestIdentities(t *testing.T) {
	for _, c := range []struct{ uri, message string }{
		{"urn:epc:id:sgtin:9521141.012345.32a%2Fb", "(01)09521141123454(21)32a/b"},
		{"urn:epc:id:sgtin:9521141.012345.%22%25%26%2F%3C%3E%3F", `(01)09521141123454(21)"%&/<>?`},
		{"urn:epc:id:sgtin:9521141.012345.!'()*+,-.:;=_", `(01)09521141123454(21)!'\()*+,-.:;=_`},
		{"urn:epc:id:sgtin:952114112345.0.1", "(01)09521141123454(21)1"},
		{"urn:epc:id:sscc:952012.03456789123", "(00)095201234567891235"},
		{"urn:epc:id:sgln:9521141.12345.0", "(414)9521141123454"},
		{"urn:epc:id:sgln:952114112345..x", "(414)9521141123454(254)x"},
		{"urn:epc:id:grai:9521141.12345.0001", "(8003)095211411234540001"},
		{"urn:epc:id:giai:9521141.0x%2F", "(8004)95211410x/"},
		{"urn:epc:id:gsrn:9521141.1234567890", "(8018)952114112345678906"},
		{"urn:epc:id:gsrnp:9521141.1234567890", "(8017)952114112345678906"},
		{"urn:epc:id:gdti:9521141.12345.a", "(253)9521141123454a"},
		{"urn:epc:id:cpi:9521141.%23A-1.0", "(8010)9521141#A-1(8011)0"},
		{"urn:epc:id:sgcn:9521141.67890.000", "(255)9521141678909000"},
		{"urn:epc:id:itip:9521141.012345.01.02.x", "(8006)095211411234540102(21)x"},
		{"urn:epc:id:upui:9521141.089456.51qIgY)%3C%26Jp3*j7SDB",
			`(01)09521141894569(235)51qIgY)<&Jp3*j7SDB`},
		{"urn:epc:class:lgtin:9521141.712345.998877", "(01)79521141123453(10)998877"},
		{"urn:epc:id:pgln:9521141.89012", "(417)9521141890127"},
		{"urn:epc:id:gsin:9521141.123456789", "(402)95211411234567892"},
		{"urn:epc:id:ginc:9521141.xyz47%2F11", "(401)9521141xyz47/11"},
		{"urn:epc:idpat:sgtin:9521141.012345.*", "(01)09521141123454"},
	} {
		e, err := ParseURI(c.uri)
		require.NoError(t, err, c.uri)
		require.Equal(t, c.uri, e.URI())
		m, err := e.Message()
		require.NoError(t, err, c.uri)
		require.Equal(t, c.message, m.String())
		n := strings.IndexByte(strings.SplitN(c.uri, ":", 5)[4], '.')
		back, err := FromMessage(m, n)
		require.NoError(t, err, c.message)
		require.Equal(t, e, back)
		text, err := json.Marshal(e)
		require.NoError(t, err)
		var read EPC
		require.NoError(t, json.Unmarshal(text, &read))
		require.Equal(t, e, read)
	}
}

func TestText(t *testing.T) {
	var e EPC
	require.ErrorIs(t, e.UnmarshalText([]byte("urn:epc:id:sgtin:1")), ErrURI)
	require.NoError(t, e.UnmarshalText([]byte("urn:epc:id:sscc:952012.03456789123")))
	require.Equal(t, "urn:epc:id:sscc:952012.03456789123", e.String())
	require.Error(t, e.UnmarshalText([]byte("x")))
	require.Equal(t, "sscc", e.Kind(), "an error leaves the EPC as it was")
	require.NoError(t, e.UnmarshalText(nil))
	require.True(t, e.IsZero())
}

// TestOtherIdentities checks the URIs that have no element strings.
func TestOtherIdentities(t *testing.T) {
	for _, uri := range []string{"urn:epc:id:gid:268435455.16777215.68719476735",
		"urn:epc:id:gid:0.0.0",
		"urn:epc:id:usdod:2S194.68719476735", "urn:epc:id:usdod:W81X9C.0", "urn:epc:id:adi:W81X9C..%23A1",
		"urn:epc:id:adi:2S194.A%2F-1.B", "urn:epc:id:bic:CSQU3054383", "urn:epc:id:imovn:9176187",
		"urn:epc:idpat:sgtin:9521141.*.*", "urn:epc:idpat:sgtin:*.*.*", "urn:epc:idpat:sscc:9521141.*",
		"urn:epc:idpat:itip:9521141.012345.*.*.*", "urn:epc:idpat:gid:1.*.*", "urn:epc:idpat:adi:2S194.*.*",
		"urn:epc:idpat:usdod:2S194.*", "urn:epc:idpat:giai:9521141.*", "urn:epc:idpat:cpi:9521141.*.*"} {
		e, err := ParseURI(uri)
		require.NoError(t, err, uri)
		require.Equal(t, uri, e.URI())
		_, err = e.Message()
		require.ErrorIs(t, err, ErrMessage, uri)
		_, err = e.WithPrefixLength(7)
		require.ErrorIs(t, err, ErrPrefixLength)
	}
}

func TestMatch(t *testing.T) {
	item, err := ParseURI("urn:epc:id:sgtin:9521141.012345.1")
	require.NoError(t, err)
	for pattern, want := range map[string]bool{"sgtin:9521141.012345.*": true,
		"sgtin:9521141.*.*": true,
		"sgtin:*.*.*":       true, "sgtin:952114.*.*": false, "sgtin:9521141.012346.*": false, "sscc:*.*": false} {
		e, err := ParseURI("urn:epc:idpat:" + pattern)
		require.NoError(t, err)
		require.Equal(t, want, e.Match(item), pattern)
		require.False(t, e.Match(e))
		require.False(t, item.Match(item))
	}
}

// TestURIErrors checks the class and the place of errors in URIs.
func TestURIErrors(t *testing.T) {
	for _, c := range []struct {
		uri string
		err error
		pos int
	}{
		{"", ErrURI, 0},
		{"urn:epc:tag:sgtin-96:3.9521141.012345.1", ErrURI, 0},
		{"urn:epc:id:sgtin", ErrScheme, 11},
		{"urn:epc:id:nothing:1.2.3", ErrScheme, 11},
		{"urn:epc:id:lgtin:9521141.012345.1", ErrScheme, 17},
		{"urn:epc:class:sgtin:9521141.012345.1", ErrScheme, 20},
		{"urn:epc:id:sgtin:95211.01234567.1", ErrLength, 17},
		{"urn:epc:id:sgtin:9521141234567.0.1", ErrLength, 17},
		{"urn:epc:id:sgtin:952114X.012345.1", ErrCharacter, 23},
		{"urn:epc:id:sgtin:9521141.12345.1", ErrLength, 25},
		{"urn:epc:id:sgtin:9521141.012345", ErrURI, 31},
		{"urn:epc:id:sgtin:9521141.012345.", ErrLength, 32},
		{"urn:epc:id:sgtin:9521141.012345.a b", ErrCharacter, 33},
		{"urn:epc:id:sgtin:9521141.012345.a/b", ErrCharacter, 33},
		{"urn:epc:id:sgtin:9521141.012345.a%2", ErrCharacter, 33},
		{"urn:epc:id:sgtin:9521141.012345.a%2g", ErrCharacter, 33},
		{"urn:epc:id:sgtin:9521141.012345.a%20", ErrCharacter, 33},
		{"urn:epc:id:sgtin:9521141.012345.123456789012345678901", ErrLength, 52},
		{"urn:epc:id:cpi:9521141.a.1", ErrCharacter, 23},
		{"urn:epc:id:cpi:9521141.A.01", ErrRange, 25},
		{"urn:epc:id:giai:9521141.123456789012345678901234", ErrLength, 47},
		{"urn:epc:id:gid:268435456.1.1", ErrRange, 15},
		{"urn:epc:id:gid:1.01.1", ErrRange, 17},
		{"urn:epc:id:gid:1.16777216.1", ErrRange, 17},
		{"urn:epc:id:usdod:2S19.1", ErrLength, 17},
		{"urn:epc:id:usdod:2S19I.1", ErrCharacter, 21},
		{"urn:epc:id:usdod:2S194.68719476736", ErrRange, 23},
		{"urn:epc:id:adi:2S194..%23", ErrCharacter, 22},
		{"urn:epc:id:adi:2S194..A%23", ErrCharacter, 22},
		{"urn:epc:id:adi:2S194.%23.A", ErrCharacter, 21},
		{"urn:epc:id:bic:CSQU305438", ErrURI, 15},
		{"urn:epc:id:bic:CSQu3054383", ErrCharacter, 18},
		{"urn:epc:id:imovn:", ErrLength, 17},
		{"urn:epc:id:imovn:A176187", ErrURI, 17},
		{"urn:epc:idpat:sgtin:9521141.012345.1", ErrURI, 20},
		{"urn:epc:idpat:sgtin:9521141.*", ErrURI, 20},
		{"urn:epc:idpat:sgtin:*.012345.*", ErrCharacter, 20},
		{"urn:epc:idpat:sgtin:9521141.12345.*", ErrLength, 28},
		{"urn:epc:idpat:bic:*", ErrURI, 18},
	} {
		_, err := ParseURI(c.uri)
		require.ErrorIs(t, err, c.err, c.uri)
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, c.pos, e.Pos, "%s: %v", c.uri, err)
	}
}

// TestNewTagErrors checks that errors name the scheme, the field, the limit and the scheme that
// takes the value.
func TestNewTagErrors(t *testing.T) {
	const gtin = "09521141123454"
	for _, c := range []struct {
		m    gs1.Message
		o    Options
		err  error
		text string
	}{
		{elements("01", gtin, "21", "274877906944"), Options{Scheme: "sgtin-96", PrefixLength: 7},
			ErrRange,
			`epc: sgtin-96: serial: out of range: "274877906944", want at most 274877906943; the scheme sgtin-198 or sgtin+ takes it`},
		{elements("01", gtin, "21", "01"), Options{Scheme: "sgtin-96", PrefixLength: 7}, ErrRange,
			"no leading zero"},
		{elements("01", gtin, "21", "A"), Options{Scheme: "sgtin-96", PrefixLength: 7},
			ErrCharacter, "sgtin-198"},
		{elements("01", gtin, "21", "A b"), Options{Scheme: "sgtin-198", PrefixLength: 7},
			ErrCharacter, "set 82"},
		{elements("01", gtin, "21", strings.Repeat("1", 21)), Options{}, ErrLength,
			"sgtin+: serial"},
		{elements("01", gtin), Options{}, ErrMessage, "a serial (21)"},
		{elements("01", gtin, "21", "1"), Options{Scheme: "sgtin-96"}, ErrPrefixLength, "sgtin+"},
		{elements("01", gtin, "21", "1"), Options{Scheme: "sgtin-96", PrefixLength: 13},
			ErrPrefixLength, "6 to 12"},
		{elements("01", gtin, "21", "1"), Options{Scheme: "sgtin-96", PrefixLength: 7, Filter: 8},
			ErrRange, "0 to 7"},
		{elements("01", gtin, "21", "1"), Options{Filter: -1}, ErrRange, "0 to 7"},
		{elements("01", gtin, "21", "1"), Options{Scheme: "sgtin-97"}, ErrScheme, "sgtin-97"},
		{elements("01", gtin, "21", "1"), Options{Scheme: "gid-96"}, ErrMessage, "ParseTagURI"},
		{elements("01", gtin, "21", "1"), Options{Scheme: "sscc-96"}, ErrMessage, "AI (00)"},
		{elements("01", gtin, "21", "1", "10", "A"), Options{Scheme: "sgtin-96", PrefixLength: 7},
			ErrMessage, "sgtin+ carries"},
		{elements("01", gtin, "21", "1", "21", "2"), Options{}, ErrRepeated, "AI (21)"},
		{elements("01", gtin, "21", "1", "10", "A", "10", "B"), Options{}, ErrRepeated, "AI (10)"},
		{elements("01", gtin, "21", "1", "21", "2"), Options{Scheme: "sgtin-96", PrefixLength: 7},
			ErrRepeated, "AI (21)"},
		{elements("01", "09521141123455", "21", "1"), Options{}, ErrCheckDigit, "check digit 4"},
		{elements("01", "0952114112345", "21", "1"), Options{}, ErrCheckDigit, "AI (01)"},
		{elements("01", "095211411234", "21", "1"), Options{}, ErrCheckDigit, "AI (01)"},
		{elements("01", "095211411234X4", "21", "1"), Options{}, ErrCharacter, "at character 13"},
		{elements("01", "095211411234", "21", "1"), Options{Scheme: "itip+"}, ErrMessage, "8006"},
		{elements("01", withCheck("0021234567890"), "21", "1"), Options{}, ErrRestricted,
			"restricted circulation within a region"},
		{elements("01", withCheck("0041234567890"), "21", "1"), Options{}, ErrRestricted,
			"within a company"},
		{elements("01", withCheck("1212345678901"), "21", "1"), Options{}, ErrRestricted, "region"},
		{elements("01", withCheck("0291234567890"), "21", "1"), Options{Scheme: "sgtin-96",
			PrefixLength: 7}, ErrRestricted, "region"},
		{elements("01", withCheck("0991234567890"), "21", "1"), Options{}, ErrRestricted,
			"coupons"},
		{elements("01", withCheck("0051234567890"), "21", "1"), Options{}, ErrRestricted,
			"coupons"},
		{elements("01", withCheck("0981234567890"), "21", "1"), Options{}, ErrRestricted,
			"coupons"},
		{elements("01", withCheck("0980123456789"), "21", "1"), Options{}, ErrRestricted, "refund"},
		{elements("01", withCheck("0212345"), "21", "1"), Options{}, ErrRestricted, "RCN-8"},
		{elements("01", withCheck("2212345"), "21", "1"), Options{}, ErrRestricted, "RCN-8"},
		{elements("8006", withCheck("0021234567890")+"0102", "21", "1"), Options{}, ErrRestricted,
			"region"},
		{elements("8003", "19521141123457A"), Options{}, ErrCharacter, "zero in front"},
		{elements("8003", "09521141123454"), Options{}, ErrMessage, "serial"},
		{elements("8004", "952A"), Options{}, ErrLength, "GS1 Company Prefix, then the asset"},
		{elements("8004", "9521141"), Options{Scheme: "giai-96", PrefixLength: 7}, ErrPrefixLength,
			"asset reference"},
		{elements("8004", "952114112345"+"4398046511104"), Options{Scheme: "giai-96",
			PrefixLength: 12}, ErrRange, "giai-202"},
		{elements("8010", "9521141A", "8011", "1"), Options{Scheme: "cpi-96", PrefixLength: 7},
			ErrCharacter, "cpi-var"},
		{elements("8010", "9521141123456789", "8011", "1"), Options{Scheme: "cpi-96",
			PrefixLength: 7}, ErrRange, "99999999"},
		{elements("8010", "95211411", "8011", "2147483648"), Options{Scheme: "cpi-96",
			PrefixLength: 7}, ErrRange, "2147483647"},
		{elements("8010", "95211411", "8011", "01"), Options{}, ErrRange, "no leading zero"},
		{elements("253", "9521141123454A"), Options{Scheme: "gdti-113", PrefixLength: 7},
			ErrCharacter, "gdti-174"},
		{elements("414", "9521141123454", "254", "2199023255552"), Options{Scheme: "sgln-96",
			PrefixLength: 7}, ErrRange, "2199023255551"},
		{elements("01", gtin, "21", "1"), Options{Scheme: "dsgtin+"}, ErrMessage, "(7007)"},
		{elements("01", gtin, "21", "1", "7007", "251231260101"), Options{Scheme: "dsgtin+"},
			ErrLength, "one date"},
		{elements("01", gtin, "21", "1", "17", "251331"), Options{Scheme: "dsgtin+"}, ErrRange,
			"YYMMDD"},
		{elements("01", gtin, "21", "1", "717", "x"), Options{}, ErrMessage, "table F"},
		{elements("01", gtin, "21", "1", "3103", "12345"), Options{}, ErrLength, "AI (3103)"},
		{elements("01", gtin, "21", "1", "4307", "de"), Options{}, ErrRange, "capital"},
		{elements("01", gtin, "21", "1", "7003", "2512312460"), Options{}, ErrRange, "hhmm"},
		{elements("01", gtin, "21", "1"), Options{Scheme: "sgtin++"}, ErrHost, "a hostname"},
		{elements("01", gtin, "21", "1"), Options{Scheme: "sgtin+", Host: "example.com"}, ErrHost,
			"sgtin++"},
		{elements("01", gtin, "21", "1"), Options{Scheme: "sgtin-96", PrefixLength: 7,
			Host: "example.com"}, ErrHost, `"++"`},
		{elements("01", gtin, "21", "1"), Options{Host: "exa mple.com"}, ErrHost, "at character 4"},
		{elements("01", gtin, "21", "1"), Options{Host: strings.Repeat("a", 64)}, ErrHost, "63"},
		{elements("402", "95211411234567892"), Options{}, ErrScheme, "a key that has a tag scheme"},
		{nil, Options{}, ErrScheme, "key"},
	} {
		tag, err := NewTag(c.m, c.o)
		require.ErrorIs(t, err, c.err, "%s %+v", c.m, c.o)
		require.ErrorContains(t, err, c.text)
		require.Equal(t, Tag{}, tag)
		if c.err != ErrCharacter && c.err != ErrCheckDigit && c.text != "no leading zero" &&
			c.err != ErrHost {
			require.Equal(t, -1, err.(*Error).Pos, c.text)
		}
	}
	_, err := FromMessage(nil, 7)
	require.ErrorIs(t, err, ErrMessage)
	_, err = FromMessage(elements("01", gtin), 0)
	require.ErrorIs(t, err, ErrPrefixLength)
	_, err = FromMessage(elements("01", withCheck("0021234567890"), "10", "A"), 7)
	require.ErrorIs(t, err, ErrRestricted)
}

// TestPrefixes checks where the length of the company prefix comes from.
func TestPrefixes(t *testing.T) {
	table, err := companyprefix.Parse(strings.NewReader(
		`{"GCPPrefixFormatList":{"entry":[{"prefix":"952114","gcpLength":7},{"prefix":"9520","gcpLength":4}]}}`))
	require.NoError(t, err)
	m := elements("01", "09521141123454", "21", "1")
	tag, err := NewTag(m, Options{Scheme: "SGTIN-96", Prefix: table.Of})
	require.NoError(t, err)
	require.Equal(t, "urn:epc:tag:sgtin-96:0.9521141.012345.1", tag.URI())
	_, err = NewTag(elements("01", withCheck("0961234567890"), "21", "1"),
		Options{Scheme: "sgtin-96", Prefix: table.Of})
	require.ErrorIs(t, err, ErrPrefixLength)
	_, err = NewTag(elements("8004", "95201AB"), Options{Scheme: "giai-202", Prefix: table.Of})
	require.ErrorIs(t, err, ErrPrefixLength, "four digits count as six, which aren't there")
	tag, err = NewTag(elements("8004", "9520123AB"), Options{Scheme: "giai-202", Prefix: table.Of})
	require.NoError(t, err)
	require.Equal(t, "urn:epc:id:giai:952012.3AB", tag.EPC.URI())
	e, err := FromMessage(m, 0)
	require.NoError(t, err)
	require.Equal(t, "https://id.gs1.org/01/09521141123454/21/1", e.URI())
	_, ok := e.Prefix()
	require.False(t, ok)
	e, err = e.WithPrefixLength(5)
	require.NoError(t, err)
	require.Equal(t, "urn:epc:id:sgtin:952114.0112345.1", e.URI())
	prefix, ok := e.Prefix()
	require.True(t, ok)
	require.Equal(t, "952114", prefix)
	require.Equal(t, "1", e.Serial())
	require.Equal(t, "sgtin", e.Kind())
	require.False(t, e.IsZero())
	require.True(t, EPC{}.IsZero())
	require.Empty(t, EPC{}.URI())
	require.Empty(t, Tag{}.URI())
	_, err = Tag{}.Encode()
	require.ErrorIs(t, err, ErrScheme)
}

// TestSchemeChosen checks the scheme that NewTag chooses without one in the options.
func TestSchemeChosen(t *testing.T) {
	for _, c := range []struct {
		m    gs1.Message
		host string
		want string
	}{
		{elements("01", "09521141123454", "21", "1", "10", "A", "17", "251231"), "", "sgtin+"},
		{elements("01", "09521141123454", "21", "1"), "example.com", "sgtin++"},
		{elements("10", "A", "00", "095201234567891235"), "", "sscc+"},
		{elements("8006", "095211411234540102", "21", "1"), "id.example.de", "itip++"},
		{elements("414", "9521141123454"), "", "sgln+"},
	} {
		tag, err := NewTag(c.m, Options{Host: c.host, Filter: 2})
		require.NoError(t, err)
		require.Equal(t, c.want, tag.Scheme)
		require.Equal(t, c.host, tag.Host)
		require.Equal(t, 2, tag.Filter)
	}
}

// TestExtensionZero checks that a location without extension is the same in all schemes.
func TestExtensionZero(t *testing.T) {
	want := elements("414", "9521141123454")
	for _, scheme := range []string{"sgln-96", "sgln-195", "sgln+", "sgln++"} {
		o := Options{Scheme: scheme, PrefixLength: 7}
		if scheme == "sgln++" {
			o.Host = "example.com"
		}
		for _, m := range []gs1.Message{want, append(want, gs1.Element{AI: "254", Value: "0"})} {
			tag, err := NewTag(m, o)
			require.NoError(t, err)
			bits, err := tag.Encode()
			require.NoError(t, err)
			got, err := Decode(bits)
			require.NoError(t, err)
			require.Equal(t, tag, got)
			back, err := got.Message()
			require.NoError(t, err)
			require.Equal(t, want, back)
		}
	}
}
