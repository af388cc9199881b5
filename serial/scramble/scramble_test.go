package scramble

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
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

		require.Equal(t, numeralsOf(s.out), encryptWide(f, tweak, numeralsOf(s.plain)), "sample %d, long path", i+1)
	}
}

// encryptWide takes the path of long strings whatever the length.
func encryptWide(f *FF1, tweak []byte, in []uint16) []uint16 {
	n := len(in)
	u := n / 2
	w := newWide(f, u, n, tweak)
	x, y := joinBig(in[:u], f.radix), joinBig(in[u:], f.radix)
	w.encrypt(x, y)
	out := make([]uint16, n)
	splitBig(out[:u], x, f.radix)
	splitBig(out[u:], y, f.radix)
	return out
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
	require.Equal(t, 6, f.MinLen())
	_, err = f.Encrypt(nil, make([]uint16, 5))
	require.ErrorIs(t, err, ErrDomain)
	_, err = f.Encrypt(nil, []uint16{1, 2, 3, 10, 5, 6})
	require.ErrorIs(t, err, ErrNumeral)
	require.ErrorContains(t, err, "position 3")
	_, err = New(key, nil, MinDomain-1)
	require.ErrorIs(t, err, ErrDomain)
	_, err = New(nil, nil, MinDomain)
	require.ErrorIs(t, err, ErrKey)
}

// A domain of radix 65,536 has numerals that fill uint16 and a radix that takes the third byte of the first block.
func TestWidestRadix(t *testing.T) {
	f, err := NewFF1(unhex(t, key128), 1<<16)
	require.NoError(t, err)
	require.Equal(t, 2, f.MinLen())
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
	for _, n := range []uint64{1_000_000, 1_048_576, 1_048_577, 1 << 40, 10_000_000_000, math.MaxUint64} {
		p, err := New(key, tweak, n)
		require.NoError(t, err)
		f, err := NewFF1(key, int(p.radix))
		require.NoError(t, err)
		r := uint64(p.radix)
		for _, i := range []uint64{0, 1, 2, n / 2, n - 1} {
			want := i
			for {
				out, err := f.Encrypt(tweak, []uint16{uint16(want / r / r / r), uint16(want / r / r % r), uint16(want / r % r), uint16(want % r)})
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
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x"} {
		for _, v := range []any{f, *f, p, *p, holder{f, *p}, private{*f, *p}, &private{*f, *p}} {
			out := fmt.Sprintf(verb, v)
			require.NotContains(t, out, "KKK")
			require.NotContains(t, out, "75 75")
			require.NotContains(t, out, "4b4b")
			require.NotContains(t, out, "0x4b")
			require.NotContains(t, out, "1263225675") // four bytes of the key schedule
		}
	}
}

// FuzzPathsAgree holds the 64-bit path equal to the path of long strings, for any radix, length, tweak and key, and
// each of them its own inverse.
func FuzzPathsAgree(f *testing.F) {
	f.Add([]byte("0123456789abcdef"), []byte("tweak"), uint32(10), []byte("0123456789"))
	f.Add([]byte("0123456789abcdef"), bytes.Repeat([]byte("t"), 40), uint32(65536), []byte("\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00"))
	f.Add([]byte("0123456789abcdef"), []byte{}, uint32(2), bytes.Repeat([]byte{1}, 200))
	f.Fuzz(func(t *testing.T, key, tweak []byte, radix uint32, data []byte) {
		ff1, err := NewFF1(key, int(radix%65600))
		if err != nil {
			return
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
