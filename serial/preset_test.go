package serial

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPresets holds the laws for every preset, over fields of its own.
func TestPresets(t *testing.T) {
	f := Fields{Time: time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC), Product: "BJC5D6E7",
		Plant: "K", Values: map[string]string{
			"tac": "49015420", "maker": "AF012345", "oui": "00005E", "wmi": "1M8", "vds": "GDM9A",
			"owner": "CSQ", "lic": "A123", "link": "G",
			"cage": "1VPW8", "part": "1234", "agency": "UN", "company": "043325711",
			"prefix":   "MH8031",
			"facility": "G1234", "code": "WXABC1", "category": "J", "svn": "01",
		}}
	r := rand.New(rand.NewPCG(1, 2))
	for _, p := range Presets() {
		s, err := Compile(p.Pattern)
		require.NoError(t, err, p.Name)
		require.NotEmpty(t, p.Source)
		s, err = s.WithKeys(pageKeys(t))
		require.NoError(t, err)
		g := f
		if p.Name == "tyre-dot" {
			g.Plant = "1B2"
		}
		for range 200 {
			checkLaws(t, s, g, r.Uint64N(s.Capacity()))
		}
	}
}

// published are numbers from standards, registers and makers, by preset.
var published = []struct {
	scheme, text string
	index        uint64
	source       string
}{
	{"sscc", "123456789", 123456789,
		"GS1 General Specifications: SSCC (00)006141411234567890, company prefix 0614141"},
	{"sscc", "234567890", 234567890, "GS1 US: SSCC (00)106141412345678908"},
	{"imei", "490154203237518", 323751, "Wikipedia, International Mobile Equipment Identity"},
	{"imei", "356868000041418", 4141, "python-stdnum, imei"},
	{"imei", "354178036859789", 685978, "python-stdnum, imei"},
	{"meid", "AF0123450ABCDEC", 0x0ABCDE, "3GPP2 X.S0008; Wikipedia, Mobile equipment identifier"},
	{"mac-48", "00005E005301", 0x005301, "RFC 9542, 2.1.2: addresses for documentation"},
	{"mac-48", "ACDE48000080", 0x000080, "IEEE, Guidelines for use of OUI and CID"},
	{"eui-64", "ACDE48234567ABCD", 0x234567ABCD,
		"IEEE, Guidelines for 64-bit global identifiers (EUI-64)"},
	{"eui-64", "00005EEF10000001", 0xEF10000001, "RFC 9542, 2.2.3: identifiers for documentation"},
	{"vin", "1M8GDM9AXKP042788", 42788, "Wikipedia, Vehicle identification number, worked example"},
	{"vin", "1G4AH59H45G118341", 118341, "49 CFR 565.15, worked example"},
	{"iso6346", "CSQU3054383", 0, "ISO 6346, annex A, worked example"},
	{"iso6346", "MSKU9070323", 0, "computed by hand with the table of ISO 6346, annex A"},
	{"iso6346", "MSCU6639870", 0, "in the tests of several validators of container numbers"},
	{"iso6346-any", "CSQU3054383", 305438, "ISO 6346, annex A, worked example"},
	{"iso6346-any", "TASU1170000", 117000, "python-stdnum, iso6346: its remainder is 10"},
	{"iso15459", "UN043325711MH8031200000000001", 0, "ANSI MH10.8.2, data identifier 25S"},
	{"hibc-primary", "+A123BJC5D6E71G", 1, "ANSI/HIBC 2.6, 2.2"},
	{"hibc-primary", "+BLUEUNICORN7N", 7, "ptw-udi, README"},
	{"mil-std-130-1", "D7A72000000001", 0,
		"A2B Tracking: construct 1, CAGE 7A720, serial 00000001"},
	{"isbt128-din", "G123498654321H", 654321,
		"Guidelines for the Blood Transfusion Services in the UK, annex 2"},
	{"isbt128-din", "A999914123458J", 123458,
		"facility A9999, which ICCBBA keeps for examples; check by python-stdnum"},
	{"isbt128-din", "G123496654321E", 654321, "computed by hand with the steps of that annex"},
	{"ifa-ppn", "110375286414", 3752864, "IFA: PPN-Code Specification for Retail Packaging"},
	{"ifa-ppn", "111234567842", 12345678, "IFA: Technical Specification PPN"},
	{"imo", "IMO9074729", 907472, "Wikipedia, IMO number"},
	{"imo", "IMO9319466", 931946, "python-stdnum, imo"},
	{"imo", "IMO8814275", 881427, "python-stdnum, imo"},
}

func preset(t testing.TB, name string) *Scheme {
	s, ok := Preset(name)
	require.True(t, ok, name)
	return s
}

// TestPresetsReadPublishedNumbers reads numbers that others have published and writes them again;
// a wrong last character is rejected where there is a check.
func TestPresetsReadPublishedNumbers(t *testing.T) {
	for _, p := range published {
		s := preset(t, p.scheme)
		f, index, err := s.Parse(Fields{}, p.text)
		require.NoError(t, err, "%s %s: %s", p.scheme, p.text, p.source)
		if p.index != 0 {
			require.Equal(t, p.index, index, p.text)
		}
		again, err := s.Format(f, index)
		require.NoError(t, err)
		require.Equal(t, p.text, again)
		if len(s.pattern.Checks) > 0 && p.scheme != "vin" {
			wrong := "1"
			if strings.HasSuffix(p.text, wrong) {
				wrong = "0"
			}
			_, _, err := s.Parse(Fields{}, p.text[:len(p.text)-1]+wrong)
			require.Error(t, err, p.text)
		}
	}
	// python-stdnum has a container whose remainder is 10: whoever issues numbers leaves those
	// out.
	_, _, err := preset(t, "iso6346").Parse(Fields{}, "TASU1170000")
	require.ErrorIs(t, err, ErrIndex)
}

// TestPresetsAdapted reads published numbers whose serial is of another width than the preset's.
func TestPresetsAdapted(t *testing.T) {
	for _, p := range []struct{ scheme, from, to, text, source string }{
		{"mil-std-130-1", "index:8", "index:6", "D0CVA5786950",
			"CAGE 0CVA5 and serial 786950 of the next, as MIL-STD-130N, table A-II, puts them " +
				"together"},
		{"mil-std-130-2", "index:8", "index:6", "D0CVA51234-56786950",
			"17V 0CVA5, 1P 1234-56, S 786950: sample of a label program"},
		{"hibc-secondary", "index:8", "index:4", "+$+0001LE",
			"ANSI/HIBC 2.6, table of secondary formats: serial 0001, link L; check by hand"},
		{"hibc-secondary", "index:8", "index:4", "+$+0001 V",
			"the same behind a primary code whose check is a space"},
	} {
		s, err := Compile(strings.Replace(preset(t, p.scheme).String(), p.from, p.to, 1))
		require.NoError(t, err)
		f, index, err := s.Parse(Fields{Product: "BJC5D6E7"}, p.text)
		require.NoError(t, err, p.source)
		again, err := s.Format(f, index)
		require.NoError(t, err)
		require.Equal(t, p.text, again)
	}
}

// TestPresetsKeepTheRules holds the numbers that regulations and standards name.
func TestPresetsKeepTheRules(t *testing.T) {
	length := map[string][2]int{"eu-fmd": {1, 20}, "us-dscsa": {1, 20}, "udi": {1, 20},
		"sscc": {9, 9}, "imei": {15, 15}, "meid": {15, 15}, "mac-48": {12, 12}, "eui-64": {16, 16},
		"vin":     {17, 17},
		"iso6346": {11, 11}, "iso6346-any": {11, 11}, "tyre-dot": {3 + 13 + 5, 3 + 13 + 5},
		"hibc-primary": {8, 25}, "hibc-secondary": {4, 24}, "mil-std-130-1": {2, 50},
		"mil-std-130-2": {2, 50}, "iso15459": {3, 35}, "isbt128-din": {14, 14},
		"ifa-ppn": {12, 12}, "imo": {10, 10}}
	for name, want := range length {
		least, most := preset(t, name).Len()
		require.GreaterOrEqual(t, least, want[0], name)
		require.LessOrEqual(t, most, want[1], name)
	}
	fmd := preset(t, "eu-fmd")
	require.Less(t, fmd.Odds(fmd.Capacity()), 1.0/10_000, "Regulation (EU) 2016/161, article 4(c)")
	require.NotContains(t, fmd.allChars(), "O")
	require.Equal(t, uint64(1_000_000), preset(t, "imei").Capacity(),
		"3GPP TS 23.003: six digits under one TAC")
	require.Equal(t, uint64(1<<24), preset(t, "mac-48").Capacity(), "an MA-L has 2^24 addresses")
	require.Equal(t, uint64(1<<40), preset(t, "eui-64").Capacity())
	require.Equal(t, uint64(909_090), preset(t, "iso6346").Capacity(), "ten of eleven")
}

// TestTimes lists what a serial's date can mean.
func TestTimes(t *testing.T) {
	years := func(pattern, text string) (out []int) {
		times, err := MustCompile(pattern).Times(Fields{
			Time: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}, text)
		require.NoError(t, err)
		for at := range times {
			out = append(out, at.Year())
			if len(out) == 5 {
				break
			}
		}
		return out
	}
	require.Equal(t, []int{2026, 2016, 2006, 1996, 1986}, years("{Y}{index:1}", "60"))
	require.Equal(t, []int{2017, 2007, 1997, 1987, 1977}, years("{Y}{index:1}", "70"))
	require.Equal(t, []int{2024, 2004, 1984}, years("{Y}{MMDD}{index:1}", "402290"))
	require.Equal(t, []int{2019, 1989}, years("{Y:vin}{index:1}", "K0"))
	require.Equal(t, []int{2030}, years("{YYYY}{index:1}", "20300"))
	require.Empty(t, years("{index:1}", "0"))
	_, err := MustCompile("{Y}{index:1}").Times(Fields{}, "X0")
	require.ErrorIs(t, err, ErrCharacter)
}

// TestIMEIWithoutItsCheck leaves the check digit out, as networks do, and adds a software version.
func TestIMEIWithoutItsCheck(t *testing.T) {
	d := preset(t, "imei").Diagnose(Fields{}, "49015420323751", 0)
	require.NotNil(t, d)
	require.Equal(t, Suggestion{"490154203237518", MistakeMissing, 14}, d.Suggestions[0])

	set := NewSet(map[string]*Scheme{
		"imei": preset(t, "imei"), "imeisv": preset(t, "imeisv"),
	})
	m := set.Identify("4901542032375102")
	require.Len(t, m, 1)
	require.Equal(t, "imeisv", m[0].Name)
	require.Equal(t, uint64(323751), m[0].Index)
	require.Equal(t, map[string]string{"tac": "49015420", "svn": "02"}, m[0].Fields.Values)
	require.Equal(t, "imei", set.Identify("490154203237518")[0].Name)
}
