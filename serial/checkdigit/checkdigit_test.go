package checkdigit

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Full numbers from the standards named and from numbers in public use.
var published = []struct {
	system System
	full   string
}{
	{Luhn, "79927398713"},                       // ISO/IEC 7812-1
	{Luhn, "490154203237518"},                   // IMEI, 3GPP TS 23.003
	{LuhnHex, "AF0123450ABCDEC"},                // MEID, 3GPP2 S.R0048
	{Verhoeff, "2363"},                          // Verhoeff
	{Verhoeff, "123451"},                        //
	{Damm, "5724"},                              // Damm
	{Mod11_2, "07940"},                          // ISO/IEC 7064
	{Mod11_2, "079X"},                           //
	{Mod11_2, "0000000218250097"},               // ORCID
	{Mod11_2, "0000000121032683"},               // ISNI
	{Mod37_2, "G123489654321Y"},                 // ISBT 128
	{Mod97_10, "213800KUD8LAJWSQ9D15"},          // LEI
	{Mod97_10, "9999123456789012141490"},        //
	{Mod661_26, "ISOHJTC"},                      // ISO/IEC 7064
	{Mod1271_36, "ISO793W"},                     // ISO/IEC 7064
	{Mod11_10, "794623"},                        // ISO/IEC 7064
	{Mod37_36, "A12425GABC1234002M"},            // GRid
	{GS1Mod10, "629104150021" + "3"},            // GS1 General Specifications, GTIN-13
	{GS1Mod10, "37610425002123456" + "9"},       // SSCC
	{GS1CheckPair, "1987654Ad4X4bL5ttr2310c2K"}, // GS1 General Specifications, GMN
	{Mod43, "+A123BJC5D6E71G"},                  // HIBC
	{IBAN, "GB29NWBK60161331926819"},            // ISO 13616-1
	{IBAN, "DE89370400440532013000"},            //
	{PPN, "110375286414"},                       // IFA
	{VIN, "1M8GDM9AXKP042788"},                  // 49 CFR 565
	{VIN, "11111111111111111"},                  //
	{ISO6346, "CSQU3054383"},                    // ISO 6346
	{IMO, "9074729"},                            //
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

// samplePayload is a payload that every position of the system accepts, spread over the alphabet.
func samplePayload(s System, seed int) string {
	if s == ISO6346 {
		return fmt.Sprintf("%c%c%cU%06d", 'A'+seed%26, 'A'+seed/26%26, 'C', seed*7919%1_000_000)
	}
	c := s.checker()
	n := max(c.min, 8)
	if c.max > 0 {
		n = min(n, c.max)
	}
	var b strings.Builder
	for i := range n {
		chars := c.in.chars
		if s == IBAN && i < 2 {
			chars = letters
		}
		b.WriteByte(chars[(seed*(i+3)+i*i*5+seed/7)%len(chars)])
	}
	return b.String()
}

// TestPureSystemsAreCongruentToOne is the definition of ISO/IEC 7064:2003, clause 6: the sum of the values times the powers of the
// radix, the check's included, leaves 1 modulo M.
func TestPureSystemsAreCongruentToOne(t *testing.T) {
	for s, def := range map[System]struct{ m, r int }{Mod11_2: {11, 2}, Mod37_2: {37, 2}, Mod661_26: {661, 26}, Mod1271_36: {1271, 36}} {
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
			require.Equal(t, 1, (p+strings.IndexByte(s.Alphabet(), full[len(full)-1]))%m, "%v %s", s, full)
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
	require.Len(t, Systems(), 20)
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
		for _, bad := range []string{"", "\x00", "ä", "12345678901234567\n", strings.Repeat("~", 40)} {
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
	require.EqualError(t, err, `checkdigit: mod37-36: "ABc1" at position 3 ('c'): character not allowed here: want one of 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ`)
	_, err = ISO6346.Compute("CSQX305438")
	require.ErrorContains(t, err, "position 4")
	_, err = IBAN.Compute("12370400440532013000")
	require.ErrorContains(t, err, "position 1")
	dst, err := Luhn.AppendCheck([]byte("12a"), "12a")
	require.True(t, errors.Is(err, ErrCharacter))
	require.Equal(t, "12a", string(dst), "dst is as it was")
}

func TestCustomAlphabets(t *testing.T) {
	luhn10, err := NewLuhn(digits)
	require.NoError(t, err)
	hybrid36, err := NewHybrid(alnum)
	require.NoError(t, err)
	for seed := range 300 {
		for standard, custom := range map[System]Checker{Luhn: luhn10, Mod37_36: hybrid36} {
			payload := samplePayload(standard, seed)
			want, err := standard.Complete(payload)
			require.NoError(t, err)
			got, err := custom.Complete(payload)
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
	}
	for _, bad := range []string{"", "0", "012", "00", "0 ", "0ä1", strings.Repeat("x", 300)} {
		_, err := NewLuhn(bad)
		require.ErrorIs(t, err, ErrAlphabet, "%q", bad)
		_, err = NewHybrid(bad)
		require.ErrorIs(t, err, ErrAlphabet, "%q", bad)
	}
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
		if c := s.checker(); c.min == 0 {
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
	// checkdigit: luhn: "4901542O3237518" at position 8 ('O'): character not allowed here: want one of 0123456789
}
