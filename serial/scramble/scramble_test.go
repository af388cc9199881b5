package scramble

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	key128 = "2b7e151628aed2a6abf7158809cf4f3c"
	key192 = key128 + "ef4359d8d580aa4f"
	key256 = key192 + "7f036d6f04fc6a94"
)

// The FF1 samples that NIST publishes beside SP 800-38G (FF1samples.pdf).
var nistSamples = []struct {
	key, tweak string
	radix      int
	plain, out string
}{
	{key128, "", 10, "0123456789", "2433477484"},
	{key128, "39383736353433323130", 10, "0123456789", "6124200773"},
	{key128, "3737373770717273373737", 36, "0123456789abcdefghi", "a9tv40mll9kdu509eum"},
	{key192, "", 10, "0123456789", "2830668132"},
	{key192, "39383736353433323130", 10, "0123456789", "2496655549"},
	{key192, "3737373770717273373737", 36, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"},
	{key256, "", 10, "0123456789", "6657667009"},
	{key256, "39383736353433323130", 10, "0123456789", "1001623463"},
	{key256, "3737373770717273373737", 36, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"},
}

func unhex(t testing.TB, s string) []byte {
	b, err := hex.DecodeString(s)
	require.NoError(t, err)
	return b
}

func numeralsOf(s string) []uint16 {
	out := make([]uint16, len(s))
	for i := range s {
		out[i] = uint16(strings.IndexByte("0123456789abcdefghijklmnopqrstuvwxyz", s[i]))
	}
	return out
}

func TestNISTSamples(t *testing.T) {
	for i, s := range nistSamples {
		f, err := NewFF1(unhex(t, s.key), s.radix)
		require.NoError(t, err)
		tweak := unhex(t, s.tweak)
		got, err := f.Encrypt(tweak, numeralsOf(s.plain))
		require.NoError(t, err)
		require.Equal(t, numeralsOf(s.out), got, "sample %d", i+1)
		back, err := f.Decrypt(tweak, got)
		require.NoError(t, err)
		require.Equal(t, numeralsOf(s.plain), back, "sample %d", i+1)

		require.Equal(t, numeralsOf(s.out), encryptWide(f, tweak, numeralsOf(s.plain)),
			"sample %d, long path", i+1)
	}
}

// TestVectors compares with the vectors of testdata/ff1, on both paths where the string is short.
func TestVectors(t *testing.T) {
	for _, name := range []string{"bouncycastle.txt", "wycheproof.txt", "wide.txt"} {
		text, err := os.ReadFile("testdata/ff1/" + name)
		require.NoError(t, err)
		for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			f := strings.Fields(line)
			require.Len(t, f, 5)
			radix, err := strconv.Atoi(f[0])
			require.NoError(t, err)
			ff1, err := NewFF1(unhex(t, f[1]), radix)
			require.NoError(t, err)
			tweak := unhex(t, strings.Trim(f[2], "-"))
			plain, cipher := unpack(t, f[3], radix), unpack(t, f[4], radix)
			got, err := ff1.Encrypt(tweak, plain)
			require.NoError(t, err)
			require.Equal(t, cipher, got, "%s, line %d", name, i+1)
			got, err = ff1.Decrypt(tweak, cipher)
			require.NoError(t, err)
			require.Equal(t, plain, got, "%s, line %d, back", name, i+1)
			require.Equal(t, cipher, encryptWide(ff1, tweak, plain), "%s, line %d, long path", name,
				i+1)
		}
	}
}

// unpack reads numerals in one byte each, or in two above radix 256.
func unpack(t *testing.T, s string, radix int) []uint16 {
	b := unhex(t, s)
	if radix > 256 {
		out := make([]uint16, len(b)/2)
		for i := range out {
			out[i] = binary.BigEndian.Uint16(b[2*i:])
		}
		return out
	}
	out := make([]uint16, len(b))
	for i := range out {
		out[i] = uint16(b[i])
	}
	return out
}

// encryptWide takes the path of long strings whatever the length.
func encryptWide(f *FF1, tweak []byte, in []uint16) []uint16 {
	out := make([]uint16, len(in))
	f.runWide(out, tweak, in, false)
	return out
}

// TestLimits: the least length is the first whose domain has 1,000,000 strings, and 2 at least
// (NIST SP 800-38G r1, 5.1).
func TestLimits(t *testing.T) {
	key := unhex(t, key128)
	for radix := 2; radix <= 1<<16; radix++ {
		f, err := NewFF1(key, radix)
		require.NoError(t, err)
		n := f.minLen
		if math.Pow(float64(radix), float64(n)) < MinDomain || n > 2 &&
			math.Pow(float64(radix), float64(n-1)) >= MinDomain || n < 2 {
			t.Fatalf("radix %d: at least %d", radix, n)
		}
		if radix%1009 != 2 {
			continue
		}
		_, err = f.Encrypt(nil, make([]uint16, n-1))
		require.ErrorIs(t, err, ErrDomain)
		withNil, err := f.Encrypt(nil, make([]uint16, n))
		require.NoError(t, err)
		withEmpty, err := f.Encrypt([]byte{}, make([]uint16, n))
		require.NoError(t, err)
		require.Equal(t, withNil, withEmpty)
	}
	f, err := NewFF1(key, 10)
	require.NoError(t, err)
	_, err = f.Encrypt(nil, nil)
	require.ErrorIs(t, err, ErrDomain)
	// No machine has strings as long.
	require.NoError(t, atMost(1<<32-1, "bytes", ErrTweak))
	require.ErrorIs(t, atMost(1<<32, "bytes", ErrTweak), ErrTweak)
	require.EqualError(t, atMost(1<<32, "numerals", ErrLength),
		"scramble: too many numerals: 4294967296 numerals, want fewer than 2^32")
}

func TestRefusals(t *testing.T) {
	key := unhex(t, key256)
	_, err := NewFF1(key[:15], 10)
	require.ErrorIs(t, err, ErrKey)
	for _, radix := range []int{-1, 0, 1, 65537} {
		_, err = NewFF1(key, radix)
		require.ErrorIs(t, err, ErrRadix)
	}
	f, err := NewFF1(key, 10)
	require.NoError(t, err)
	require.Equal(t, 6, f.minLen)
	_, err = f.Encrypt(nil, make([]uint16, 5))
	require.ErrorIs(t, err, ErrDomain)
	_, err = f.Encrypt(nil, []uint16{1, 2, 3, 10, 5, 6})
	require.ErrorIs(t, err, ErrNumeral)
	require.ErrorContains(t, err, "numeral 4 of 6")
	_, err = New(key, nil, MinDomain-1)
	require.ErrorIs(t, err, ErrDomain)
	_, err = New(nil, nil, MinDomain)
	require.ErrorIs(t, err, ErrKey)
}

// A domain of radix 65,536 has numerals that fill uint16 and a radix that takes the third byte of
// the first block.
func TestWidestRadix(t *testing.T) {
	f, err := NewFF1(unhex(t, key128), 1<<16)
	require.NoError(t, err)
	require.Equal(t, 2, f.minLen)
	for n := 2; n < 12; n++ {
		in := make([]uint16, n)
		in[0], in[n-1] = 65535, 1
		out, err := f.Encrypt([]byte("tweak"), in)
		require.NoError(t, err)
		require.Equal(t, encryptWide(f, []byte("tweak"), in), out)
		back, err := f.Decrypt([]byte("tweak"), out)
		require.NoError(t, err)
		require.Equal(t, in, back)
	}
}

func TestLongStringIsNotQuadratic(t *testing.T) {
	f, err := NewFF1(unhex(t, key128), 10)
	require.NoError(t, err)
	in := make([]uint16, 100_000)
	for i := range in {
		in[i] = uint16(i % 10)
	}
	out, err := f.Encrypt(nil, in)
	require.NoError(t, err)
	back, err := f.Decrypt(nil, out)
	require.NoError(t, err)
	require.Equal(t, in, back)
}

func TestPermutationIsFF1(t *testing.T) {
	key, tweak := unhex(t, key256), []byte("09506000134352")
	for _, n := range []uint64{1_000_000, 1_048_576, 1_048_577, 1 << 40, 10_000_000_000,
		math.MaxUint64} {
		p, err := New(key, tweak, n)
		require.NoError(t, err)
		f, err := NewFF1(key, int(p.radix))
		require.NoError(t, err)
		r := uint64(p.radix)
		for _, i := range []uint64{0, 1, 2, n / 2, n - 1} {
			want := i
			for {
				out, err := f.Encrypt(tweak,
					[]uint16{uint16(want / r / r / r), uint16(want / r / r % r),
						uint16(want / r % r), uint16(want % r)})
				require.NoError(t, err)
				want = ((uint64(out[0])*r+uint64(out[1]))*r+uint64(out[2]))*r + uint64(out[3])
				if want < n {
					break
				}
			}
			require.Equal(t, want, p.At(i))
			require.Equal(t, i, p.Index(want))
		}
		require.Equal(t, uint64(math.MaxUint64), p.At(math.MaxUint64), "outside")
	}
}

func TestPermutationIsOneToOne(t *testing.T) {
	const n = 1_000_003
	p, err := New(unhex(t, key128), []byte("tweak"), n)
	require.NoError(t, err)
	seen := make([]bool, n)
	step := uint64(1)
	if testing.Short() {
		step = 17
	}
	for i := uint64(0); i < n; i += step {
		x := p.At(i)
		if x >= n || seen[x] || p.Index(x) != i {
			t.Fatalf("At(%d) = %d", i, x)
		}
		seen[x] = true
	}
}

func TestTweaksShareNoSequence(t *testing.T) {
	p, err := New(unhex(t, key128), []byte("A"), 1<<40)
	require.NoError(t, err)
	q := p.WithTweak([]byte("B"))
	again := q.WithTweak([]byte("A"))
	same := 0
	for i := range uint64(1000) {
		if p.At(i) == q.At(i) {
			same++
		}
		require.Equal(t, p.At(i), again.At(i))
	}
	require.Zero(t, same)
}

func TestFourthRoot(t *testing.T) {
	for _, r := range []uint64{32, 33, 56, 57, 255, 256, 4095, 65535} {
		p, _ := pow64(r, 4)
		require.Equal(t, uint32(r), fourthRoot(p-1))
		require.Equal(t, uint32(r), fourthRoot(p))
		require.Equal(t, uint32(r+1), fourthRoot(p+1))
	}
	require.Equal(t, uint32(65536), fourthRoot(math.MaxUint64))
}

func TestKeysAreNotPrinted(t *testing.T) {
	key := bytes.Repeat([]byte("K"), 32)
	f, err := NewFF1(key, 10)
	require.NoError(t, err)
	p, err := New(key, nil, MinDomain)
	require.NoError(t, err)
	type holder struct {
		F *FF1
		P Permutation
	}
	type private struct {
		f FF1
		p Permutation
	}
	for _, v := range []any{f, *f, p, *p, holder{f, *p}, private{*f, *p}, &private{*f, *p},
		[]any{*f, *p}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%o", "%b",
			"%T"} {
			requireNoKey(t, fmt.Sprintf(verb, v))
		}
		data, _ := json.Marshal(v) // an error is fine
		requireNoKey(t, string(data))
		var buf bytes.Buffer
		if err := gob.NewEncoder(&buf).Encode(v); err != nil {
			requireNoKey(t, err.Error())
		}
		requireNoKey(t, buf.String())
		slog.New(slog.NewJSONHandler(&buf, nil)).Info("a", "v", v)
		slog.New(slog.NewTextHandler(&buf, nil)).Info("a", "v", v)
		requireNoKey(t, buf.String())
	}
	for _, bad := range [][]byte{key[:31], append(key, 'K')} {
		_, err = New(bad, nil, MinDomain)
		requireNoKey(t, err.Error())
		_, err = NewFF1(bad, 10)
		requireNoKey(t, err.Error())
	}
}

// requireNoKey finds the key of 32 K, or its schedule, in any form.
func requireNoKey(t *testing.T, out string) {
	t.Helper()
	for _, form := range []string{"KKK", "75 75", "75,75", "4b4b", "4B4B", "0x4b", "S0tL",
		"113 113", "1263225675"} {
		require.NotContains(t, out, form)
	}
}

// FuzzPathsAgree holds the 64-bit path equal to the path of long strings, for any radix, length,
// tweak and key, and each of them its own inverse.
func FuzzPathsAgree(f *testing.F) {
	f.Add([]byte("0123456789abcdef"), []byte("tweak"), uint32(10), []byte("0123456789"))
	f.Add([]byte("0123456789abcdef"), bytes.Repeat([]byte("t"), 40), uint32(65536),
		[]byte("\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00"))
	f.Add([]byte("0123456789abcdef"), []byte{}, uint32(2), bytes.Repeat([]byte{1}, 200))
	f.Fuzz(func(t *testing.T, key, tweak []byte, radix uint32, data []byte) {
		ff1, err := NewFF1(key, int(radix%65600))
		if err != nil || len(data) > 2000 {
			return // no path is left that longer strings would take
		}
		in := make([]uint16, len(data)/2)
		for i := range in {
			in[i] = uint16((uint32(data[2*i])<<8 | uint32(data[2*i+1])) % ff1.radix)
		}
		out, err := ff1.Encrypt(tweak, in)
		if err != nil {
			require.ErrorIs(t, err, ErrDomain)
			return
		}
		require.Equal(t, encryptWide(ff1, tweak, in), out)
		back, err := ff1.Decrypt(tweak, out)
		require.NoError(t, err)
		require.Equal(t, in, back)
	})
}

// FuzzPermutation finds the place of every number again, for sizes of all magnitudes.
func FuzzPermutation(f *testing.F) {
	f.Add([]byte("tweak"), uint64(1_000_000), uint64(999_999))
	f.Add([]byte{}, uint64(math.MaxUint64), uint64(math.MaxUint64-1))
	key := bytes.Repeat([]byte{7}, 32)
	f.Fuzz(func(t *testing.T, tweak []byte, n, i uint64) {
		p, err := New(key, tweak, n)
		if err != nil {
			require.ErrorIs(t, err, ErrDomain)
			return
		}
		x := p.At(i)
		require.Equal(t, i, p.Index(x))
		require.Equal(t, i < n, x < n)
	})
}

func BenchmarkPermutationAt(b *testing.B) {
	for _, n := range []uint64{1_000_000, 1 << 40, math.MaxUint64} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, err := New(make([]byte, 32), []byte("09506000134352"), n)
			require.NoError(b, err)
			b.ReportAllocs()
			for i := uint64(0); b.Loop(); i++ {
				p.At(i % n)
			}
		})
	}
}

func BenchmarkPermutationIndex(b *testing.B) {
	p, err := New(make([]byte, 32), []byte("09506000134352"), 1<<40)
	require.NoError(b, err)
	b.ReportAllocs()
	for i := uint64(0); b.Loop(); i++ {
		p.Index(i)
	}
}

func BenchmarkWithTweakAt(b *testing.B) {
	p, err := New(make([]byte, 32), nil, 1<<40)
	require.NoError(b, err)
	tweak := []byte("\x0e09506000134352")
	b.ReportAllocs()
	for i := uint64(0); b.Loop(); i++ {
		q := p.WithTweak(tweak)
		q.At(i)
	}
}

// BenchmarkFF1 shows what the 64-bit path saves over big integers, on the same strings.
func BenchmarkFF1(b *testing.B) {
	f, err := NewFF1(make([]byte, 32), 36)
	require.NoError(b, err)
	in := numeralsOf("0123456789ab")
	b.Run("64bit", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := f.Encrypt(nil, in); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("big", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			encryptWide(f, nil, in)
		}
	})
}

func ExampleNew() {
	key := []byte("sixteen byte key") // in earnest: 32 random bytes that stay secret
	p, err := New(key, []byte("09506000134352"), 10_000_000_000)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range uint64(3) {
		fmt.Printf("%010d\n", p.At(i))
	}
	fmt.Println(p.Index(p.At(2)))
	// Output:
	// 3365796952
	// 8386591293
	// 2724312572
	// 2
}

// TestWholePermutation maps every number of the smallest domain: each comes out once, and leads
// back.
func TestWholePermutation(t *testing.T) {
	p, err := New(unhex(t, key128), []byte("tweak"), MinDomain)
	require.NoError(t, err)
	seen := make([]bool, MinDomain)
	for i := range uint64(MinDomain) {
		x := p.At(i)
		if x >= MinDomain || seen[x] {
			t.Fatalf("%d leads to %d", i, x)
		}
		seen[x] = true
		if i%16 == 0 && p.Index(x) != i {
			t.Fatalf("%d leads to %d and that to %d", i, x, p.Index(x))
		}
	}
	require.Equal(t, "scramble.Permutation(0 … 999999)", fmt.Sprint(*p))
	f, err := NewFF1(unhex(t, key128), 36)
	require.NoError(t, err)
	require.Equal(t, "scramble.FF1(radix 36)", fmt.Sprint(*f))
}
