package checkdigit

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Full numbers from the standards named and from numbers in public use; NUMBERS.md has more.
var published = []struct {
	system System
	full   string
}{
	{Luhn, "79927398713"},                 // ISO/IEC 7812-1
	{Verhoeff, "2363"},                    // Verhoeff 1969
	{Verhoeff, "123451"},                  //
	{Verhoeff, "84736430954837284567892"}, //
	{Damm, "5724"},                        // Damm 2004
	{Damm, "112946"},                      //
	{Mod11_2, "07940"},                    // ISO/IEC 7064:2003, 7.1.2
	{Mod11_2, "079X"},                     // ISO/IEC 7064:2003, 7.1.2
	{Mod11_2, "0000000121032683"},         // ISNI
	{Mod97_10, "79444"},                   // ISO/IEC 7064:2003, 8.1
	{Mod97_10, "9999123456789012141490"},  //
	{Mod661_26, "ISOHJTC"},                //
	{Mod1271_36, "ISO793W"},               // ISO/IEC 7064:2003, 8.2
	{Mod11_10, "07945"},                   // ISO/IEC 7064:2003, 9.2
	{Mod11_10, "794623"},                  //
	{IBAN, "GB29NWBK60161331926819"},      // ISO 13616-1
	{VIN, "11111111111111111"},            //
	{ISO6346, "TASU1170000"},              // remainder 10 is written 0
	{IMO, "9319466"},                      //
	{MEID, "490154203237518"},             // all decimal: base 10, as in an IMEI
	{Luhn, "2936087365007037100"},         // MEID in its decimal form
	// The check character pair, from the test suites of GS1's GMN helpers and of its syntax
	// engine.
	{GS1CheckPair, "12345ANJ"}, {GS1CheckPair, "12345678901234567890123NT"},
	{GS1CheckPair, "12345_ABCDEFGHIJKLMCP"},
	{GS1CheckPair, "12345_NOPQRSTUVWXYZDN"}, {GS1CheckPair, "12345_abcdefghijklmN3"},
	{GS1CheckPair, "12345_nopqrstuvwxyzP2"},
	{GS1CheckPair, "12345_!\"%&'()*+,-./LC"}, {GS1CheckPair, "12345_0123456789:;<=>?62"},
	{GS1CheckPair, "7907665Bm8v2AB"},
	{GS1CheckPair, "97850l6KZm0yCD"}, {GS1CheckPair, "225803106GSpEF"},
	{GS1CheckPair, "149512464PM+GH"}, {GS1CheckPair, "62577B8fRG7HJK"},
	{GS1CheckPair, "515942070CYxLM"}, {GS1CheckPair, "390800494sP6NP"},
	{GS1CheckPair, "386830132uO+QR"}, {GS1CheckPair, "53395376X1:nST"},
	{GS1CheckPair, "957813138Sb6UV"}, {GS1CheckPair, "530790no0qOgWX"},
	{GS1CheckPair, "62185314IvwmYZ"}, {GS1CheckPair, "23956qk1&dB!23"},
	{GS1CheckPair, "794394895ic045"}, {GS1CheckPair, "57453Uq3qA<H67"},
	{GS1CheckPair, "0881063PhHvY89"}, {GS1CheckPair, "00000!HV"},
	{GS1CheckPair, "99999zzzzzzzzzzzzzzzzzzT2"}, {GS1CheckPair, "!22"}, {GS1CheckPair, "!!22"},
	{GS1CheckPair, strings.Repeat("1234567890", 10)[:97] + "HA"},
	{GS1CheckPair, strings.Repeat("z", 97) + "UA"},
}

// TestNumbers checks the examples of NUMBERS.md, which have their place in the published ones.
func TestNumbers(t *testing.T) {
	page, err := os.ReadFile("NUMBERS.md")
	require.NoError(t, err)
	rows := 0
	for _, line := range strings.Split(string(page), "\n") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if len(cells) != 3 || cells[1] == "system" {
			continue
		}
		rows++
		s, err := ParseSystem(cells[1])
		require.NoError(t, err, line)
		require.True(t, s.Valid(cells[2]), line)
		full, err := s.Complete(payloadOf(s, cells[2]))
		require.NoError(t, err, line)
		require.Equal(t, cells[2], full)
	}
	require.Greater(t, rows, 30)
}

func payloadOf(s System, full string) string {
	at, n := s.checker().at, s.CheckLen()
	if at == 0 {
		at = len(full) - n
	}
	return full[:at] + full[at+n:]
}

func TestPublished(t *testing.T) {
	for _, p := range published {
		got, err := p.system.Complete(payloadOf(p.system, p.full))
		require.NoError(t, err, "%v %s", p.system, p.full)
		require.Equal(t, p.full, got, "%v", p.system)
		require.True(t, p.system.Valid(p.full), "%v %s", p.system, p.full)
	}
}

// samplePayload is a random payload, the same for the same seed, that has a check.
func samplePayload(s System, seed int) string {
	r := rand.New(rand.NewPCG(uint64(s), uint64(seed)))
	for {
		payload := randomPayload(s, r, usualLength(s.checker()))
		if _, err := s.Compute(payload); !errors.Is(err, ErrNone) {
			return payload
		}
	}
}

// TestPureSystemsAreCongruentToOne is the definition of ISO/IEC 7064:2003, clause 6: the sum of
// the values times the powers of the radix, the check's included, leaves 1 modulo M.
func TestPureSystemsAreCongruentToOne(t *testing.T) {
	for s, def := range map[System]struct{ m, r int }{Mod11_2: {11, 2}, Mod37_2: {37, 2},
		Mod661_26: {661, 26}, Mod1271_36: {1271, 36}} {
		for seed := range 500 {
			full, err := s.Complete(samplePayload(s, seed))
			require.NoError(t, err)
			sum := 0
			for i := range len(full) {
				sum = (sum*def.r + strings.IndexByte(s.CheckAlphabet(), full[i])) % def.m
			}
			require.Equal(t, 1, sum, "%v %s", s, full)
		}
	}
}

// TestHybridDefinition follows ISO/IEC 7064:2003, clause 7, with remainders as written there.
func TestHybridDefinition(t *testing.T) {
	for s, m := range map[System]int{Mod11_10: 10, Mod27_26: 26, Mod37_36: 36} {
		for seed := range 500 {
			full, err := s.Complete(samplePayload(s, seed))
			require.NoError(t, err)
			p := m
			for i := range len(full) - 1 {
				v := (p + strings.IndexByte(s.Alphabet(), full[i])) % m
				if v == 0 {
					v = m
				}
				p = v * 2 % (m + 1)
			}
			require.Equal(t, 1, (p+strings.IndexByte(s.Alphabet(), full[len(full)-1]))%m, "%v %s",
				s, full)
		}
	}
}

func TestOneSpellingOnly(t *testing.T) {
	// 97 leaves 0 modulo 97, as 00 does: only one may be valid.
	for n := range 10_000 {
		payload := fmt.Sprintf("%04d", n)
		count := 0
		for c := range 100 {
			if Mod97_10.Valid(fmt.Sprintf("%s%02d", payload, c)) {
				count++
			}
		}
		require.Equal(t, 1, count, payload)
	}
}

func TestSystemsAreWhole(t *testing.T) {
	require.Len(t, Systems(), 32)
	for _, s := range Systems() {
		back, err := ParseSystem(s.String())
		require.NoError(t, err)
		require.Equal(t, s, back)
		for seed := range 200 {
			payload := samplePayload(s, seed)
			check, err := s.Compute(payload)
			require.NoError(t, err, "%v %s", s, payload)
			require.Len(t, check, s.CheckLen())
			for i := range len(check) {
				require.Contains(t, s.CheckAlphabet(), check[i:i+1])
			}
			full, err := s.Complete(payload)
			require.NoError(t, err)
			require.True(t, s.Valid(full), "%v %s", s, full)
			require.Equal(t, payload, payloadOf(s, full))
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, s := range Systems() {
		for _, bad := range []string{"", "\x00", "ä", "12345678901234567\n",
			strings.Repeat("~", 40)} {
			_, err := s.Compute(bad)
			var e *Error
			require.ErrorAs(t, err, &e, "%v %q", s, bad)
			require.False(t, s.Valid(bad))
		}
	}
	_, err := System(0).Compute("1")
	require.ErrorIs(t, err, ErrSystem)
	require.False(t, System(255).Valid("11"))
	require.Equal(t, 0, System(255).CheckLen())
	_, err = ParseSystem("mod42")
	require.ErrorIs(t, err, ErrSystem)
	_, err = Mod37_36.Compute("ABc1")
	require.EqualError(t, err,
		`checkdigit: mod37-36: "ABc1" at character 3 ('c'): character not allowed here: want one of 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ`)
	_, err = ISO6346.Compute("CSQX305438")
	require.ErrorContains(t, err, "character 4")
	_, err = IBAN.Compute("12370400440532013000")
	require.ErrorContains(t, err, "character 1")
	dst, err := Luhn.AppendCheck([]byte("12a"), "12a")
	require.True(t, errors.Is(err, ErrCharacter))
	require.Equal(t, "12a", string(dst), "dst is as it was")
}

// TestPlaceOfTheCheck takes numbers that are written with a place for the check inside them.
func TestPlaceOfTheCheck(t *testing.T) {
	for _, payload := range []string{"1M8GDM9AKP042788", "1M8GDM9A0KP042788", "1M8GDM9A_KP042788",
		"1M8GDM9AXKP042788"} {
		full, err := VIN.Complete(payload)
		require.NoError(t, err)
		require.Equal(t, "1M8GDM9AXKP042788", full)
		check, err := VIN.Compute(payload)
		require.NoError(t, err)
		require.Equal(t, "X", check)
	}
	require.False(t, VIN.Valid("1M8GDM9A_KP042788"))
	require.False(t, VIN.Valid("1M8GDM9AXXKP042788"))
	_, err := VIN.Compute("1M8GDM9AXIP042788")
	require.ErrorIs(t, err, ErrCharacter)
	_, err = VIN.Compute("1M8GDM9AXXKP042788")
	require.ErrorIs(t, err, ErrLength)
	for _, payload := range []string{"DE370400440532013000", "DE00370400440532013000"} {
		check, err := IBAN.Compute(payload)
		require.NoError(t, err)
		require.Equal(t, "89", check)
	}
}

func TestCustomAlphabets(t *testing.T) {
	luhn10, err := NewLuhn(digits)
	require.NoError(t, err)
	hybrid36, err := NewHybrid(alnum)
	require.NoError(t, err)
	pure37, err := NewPure(alnum + "*")
	require.NoError(t, err)
	isbn, err := NewWeighted(Weights{Alphabet: digits, Weights: []int{10, 9, 8, 7, 6, 5, 4, 3, 2},
		Check: "0X987654321"})
	require.NoError(t, err)
	for seed := range 300 {
		for standard, custom := range map[System]Checker{Luhn: luhn10, Mod37_36: hybrid36,
			Mod37_2: pure37, ISBN10: isbn} {
			payload := samplePayload(standard, seed)
			want, err := standard.Complete(payload)
			require.NoError(t, err)
			got, err := custom.Complete(payload)
			require.NoError(t, err)
			require.Equal(t, want, got)
			require.True(t, custom.Valid(got))
		}
	}
	for _, bad := range []string{"", "0", "00", "0\x1f", "0ä1", "0a1b0c",
		strings.Repeat("x", 300)} {
		for _, build := range []func(string) (Checker, error){NewLuhn, NewHybrid, NewPure} {
			_, err := build(bad)
			require.ErrorIs(t, err, ErrAlphabet, "%q", bad)
		}
	}
	_, err = NewHybrid("012")
	require.ErrorContains(t, err, "an even number of characters")
	_, err = NewPure("0123")
	require.ErrorContains(t, err, "an odd number of characters")
	_, err = NewLuhn(printable)
	require.NoError(t, err)
}

func TestWeighted(t *testing.T) {
	for _, bad := range []Weights{
		{Alphabet: digits, Check: digits},
		{Alphabet: digits, Weights: []int{-1}, Check: digits},
		{Alphabet: digits, Weights: []int{1 << 16}, Check: digits},
		{Alphabet: digits, Weights: []int{1}},
		{Alphabet: digits, Weights: []int{1}, Check: strings.Repeat("0", 128)},
		{Alphabet: digits, Weights: []int{1}, Check: "0ä"},
	} {
		_, err := NewWeighted(bad)
		require.ErrorIs(t, err, ErrWeights, "%+v", bad)
	}
	_, err := NewWeighted(Weights{Alphabet: "aa", Weights: []int{1}, Check: "01"})
	require.ErrorIs(t, err, ErrAlphabet)

	nhs, err := NewWeighted(Weights{Alphabet: digits, Weights: []int{10, 9, 8, 7, 6, 5, 4, 3, 2},
		Check: "0\x00987654321"})
	require.NoError(t, err)
	require.True(t, nhs.Valid("9434765919"))
	require.Equal(t, "0987654321", nhs.CheckAlphabet())
	_, err = nhs.Compute("000000006") // 11 − 6·2 mod 11 is 10
	require.ErrorIs(t, err, ErrNone)
	require.False(t, nhs.Valid("000000006\x00"))

	sum, err := NewWeighted(Weights{Alphabet: digits, Weights: []int{65535, 0, 1}, Check: digits})
	require.NoError(t, err)
	long, want := strings.Repeat("9", 100_001), 0
	for i := range long {
		want += 9 * []int{0, 1, 65535}[i%3]
	}
	check, err := sum.Compute(long)
	require.NoError(t, err)
	require.Equal(t, fmt.Sprint(want%10), check)
}

// TestNoneIsIssued counts the numbers that PZN and EIC leave out.
func TestNoneIsIssued(t *testing.T) {
	none := 0
	for n := range 11_000 {
		payload := fmt.Sprintf("%07d", n)
		check, err := PZN.Compute(payload)
		if err == nil {
			continue
		}
		none++
		require.ErrorIs(t, err, ErrNone)
		require.Empty(t, check)
		require.False(t, PZN.Valid(payload+"\x00"))
	}
	require.InDelta(t, 1000, none, 1)
	_, err := EIC.Compute("23X--130302DLGW")
	require.EqualError(t, err,
		`checkdigit: eic: "23X--130302DLGW": number without a check character`)
}

// FuzzSystems finds no payload that is completed to something invalid, and no panic.
func FuzzSystems(f *testing.F) {
	for _, p := range published {
		f.Add(uint8(p.system), p.full)
	}
	f.Fuzz(func(t *testing.T, system uint8, payload string) {
		s := System(system)
		s.Valid(payload)
		full, err := s.Complete(payload)
		if err != nil {
			var e *Error
			require.ErrorAs(t, err, &e)
			require.NotEmpty(t, err.Error())
			return
		}
		require.True(t, s.Valid(full))
	})
}

func BenchmarkAppendCheck(b *testing.B) {
	buf := make([]byte, 0, 2)
	for _, s := range Systems() {
		payload := samplePayload(s, 5)
		if s.checker().min == 0 { // of the length that others take: 12
			payload = (payload + payload)[:12]
		}
		b.Run(s.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.AppendCheck(buf, payload); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func ExampleSystem() {
	full, _ := Mod37_36.Complete("SN0004711")
	fmt.Println(full, Mod37_36.Valid(full), Mod37_36.Valid("SN0004117"+full[9:]))
	_, err := Luhn.Compute("4901542O3237518")
	fmt.Println(err)
	// Output:
	// SN00047113 true false
	// checkdigit: luhn: "4901542O3237518" at character 8 ('O'): character not allowed here: want one of 0123456789
}

// The NHS number on a patient's wristband: what the weighted sum lacks of 11, and no number where
// that is 10.
func ExampleNewWeighted() {
	nhs, err := NewWeighted(Weights{
		Alphabet: "0123456789",
		Weights:  []int{10, 9, 8, 7, 6, 5, 4, 3, 2},
		Check:    "0\x00987654321", // remainders 0, 1, 2 …
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(nhs.Complete("943476591"))
	fmt.Println(nhs.Valid("9434765199"))
	// Output:
	// 9434765919 <nil>
	// false
}

func TestValidAllocatesNothing(t *testing.T) {
	for _, s := range Systems() {
		full, err := s.Complete(samplePayload(s, 5))
		require.NoError(t, err)
		require.Zero(t, testing.AllocsPerRun(100, func() { require.True(t, s.Valid(full)) }), "%s",
			s)
	}
}
