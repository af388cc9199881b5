package digitallink_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/digitallink"
)

func ExampleCompress() {
	short, err := digitallink.Compress("https://example.org/01/09521234543213/10/ABC/21/12345?17=180426")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(short)
	long, err := digitallink.Decompress(short)
	fmt.Println(long, err)
	// Output:
	// https://example.org/GhFRq5sE2odXgKMDksDK
	// https://example.org/01/09521234543213/10/ABC/21/12345?17=180426 <nil>
}

// sameLink checks that two links have the same stem, elements and parameters.
func sameLink(t testing.TB, want, got string) {
	p := digitallink.Parser{SkipAssociations: true}
	a, err := p.ParseURI(want)
	require.NoError(t, err, want)
	b, err := p.ParseURI(got)
	require.NoError(t, err, "%s\n%s", want, got)
	require.Equal(t, a.Stem, b.Stem, want)
	require.Equal(t, a.Message[0], b.Message[0], want)
	require.ElementsMatch(t, a.Message, b.Message, "%s\n%s", want, got)
	require.ElementsMatch(t, a.Ignored, b.Ignored, "%s\n%s", want, got)
}

func TestCompressRoundTrip(t *testing.T) {
	for _, uri := range []string{
		"https://id.gs1.org/01/09521234543213",
		"https://example.org/some/path/01/09521234543213/21/12345?17=251231&linkType=gs1:pip",
		"http://example.org:8080/00/095201234567891235",
		"https://example.org/414/9521141123454/254/32a%2Fb",
		"https://example.org/8003/0952114112345432a%2Fb",
		"https://example.org/8003/09521141123454",
		"https://example.org/255/952114167890904711?3900=123",
		"https://example.org/255/9521141678909",
		"https://example.org/01/09521234543213/235/TPX%2Babc",
		"https://example.org/01/09521234543213?91=" + strings.Repeat("9", 90),
		"https://example.org/01/09521234543213?91=" + strings.Repeat("0", 59),
		"https://example.org/01/09521234543213/22/2A/10/ABC/21/12345?17=180426&15=180420&7003=1804261200&3103=000195",
		"https://example.org/8018/952114112345678906/8019/5",
		"https://example.org/01/09521234543213?a=1&b=&c&d=x%20y&e=p+q",
	} {
		for _, c := range []digitallink.Compressor{{}, {Partial: true}, {Parameters: true},
			{NoOptimisations: true},
			{Partial: true, Parameters: true, NoOptimisations: true}} {
			c.Parser.SkipAssociations = true
			short, err := c.Compress(uri)
			require.NoError(t, err, uri)
			long, err := c.Parser.Decompress(short)
			require.NoError(t, err, "%s %+v\n%s", uri, c, short)
			sameLink(t, uri, long)
			if _, err := c.Parser.ParseURI(short); err == nil {
				require.Equal(t, uri, short)
			}
		}
	}
}

// TestCompressEveryAI checks links with every AI that can be in one.
func TestCompressEveryAI(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	n := 0
	for range 40 {
		for ai := range 10000 {
			for _, code := range [...]string{fmt.Sprintf("%02d", ai), fmt.Sprintf("%03d", ai),
				fmt.Sprintf("%04d", ai)} {
				row, ok := gs1.Lookup(code)
				if !ok || len(code) > 4 {
					continue
				}
				_ = row
				uri, ok := linkWith(rng, code)
				if !ok {
					continue
				}
				n++
				c := digitallink.Compressor{Parser: digitallink.Parser{SkipAssociations: true},
					Partial: rng.IntN(2) == 0}
				short, err := c.Compress(uri)
				require.NoError(t, err, uri)
				long, err := c.Parser.Decompress(short)
				require.NoError(t, err, "%s\n%s", uri, short)
				sameLink(t, uri, long)
			}
		}
		if testing.Short() {
			break
		}
	}
	require.Greater(t, n, 400)
}

// linkWith returns a valid link with an element of AI code.
func linkWith(rng *rand.Rand, code string) (string, bool) {
	p := digitallink.Parser{SkipAssociations: true}
	for range 200 {
		value := valueFor(rng, code)
		for _, m := range []gs1.Message{{{AI: code, Value: value}},
			{{AI: "01", Value: "09521234543213"}, {AI: code, Value: value}},
			{{AI: "414", Value: "9521141123454"}, {AI: code, Value: value}},
			{{AI: "8017", Value: "952114112345678906"}, {AI: code, Value: value}}} {
			if uri, err := p.Format("https://example.org", m); err == nil {
				if _, err := p.ParseURI(uri); err == nil {
					return uri, true
				}
			}
		}
	}
	return "", false
}

// valueFor returns a value that may be one of AI code.
func valueFor(rng *rand.Rand, code string) string {
	candidates := []string{"09521234543213", "095201234567891235", "9521141123454",
		"952114112345678906", "251231",
		"2512312359", "25123123", "9521141678909", "0952114112345432a/b", "001850-", "DE", "276", "276ABC", "1", "0",
		"12", "123456", "1234", "095211411234540102", "01020304050607", "1/2", "978123", "2761234", "20251231",
		"202512311200", "95211412345678901", "00850012345678901234", "1987654Ad4X4bL5ttr2310c2K", "1A3B", "12345678901234",
		"80", "95211415PQ7/Z43", "00951234000012", "9521141123450"}
	const set82 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!\"%&'()*+,-./:;<=>?_"
	if rng.IntN(2) == 0 {
		n := 1 + rng.IntN(30)
		alphabet := [...]string{"0123456789", "0123456789abcdef", "0123456789ABCDEF", set82[:62],
			set82}[rng.IntN(5)]
		b := make([]byte, n)
		for i := range b {
			b[i] = alphabet[rng.IntN(len(alphabet))]
		}
		return string(b)
	}
	return candidates[rng.IntN(len(candidates))]
}

// TestDecompressToolkit reads what GS1's toolkit (Apache-2.0) writes otherwise than the standard
// has it.
func TestDecompressToolkit(t *testing.T) {
	for short, want := range map[string]string{
		// (01)(10)(21)(17) with the values in the order (01)(10)(17)(21)
		"https://example.org/GhFRq5sE2odXhYGUCjA5": "https://example.org/01/09521234543213/10/ABC/21/12345?17=180426",
		"https://example.org/nYVmywr8UVGgeBL8":     "https://example.org/414/9521141123454/254/32a%2Fb",
		// (421) with its three digits twice
		"https://example.org/ARFRq5sE2oQooigQTS": "https://example.org/01/09521234543213?421=2761234",
	} {
		long, err := digitallink.Parser{SkipAssociations: true}.Decompress(short)
		require.NoError(t, err)
		require.Equal(t, want, long)
	}
}

// TestCompressParameters checks a link of GS1's toolkit (Apache-2.0) with a compressed parameter.
func TestCompressParameters(t *testing.T) {
	const link, short = "https://example.org/01/09521234543213/10/ABC?linkType=all", "https://example.org/CxFRq5sE2odXniJYp5E8qXmDall"
	got, err := digitallink.Compressor{Parameters: true}.Compress(link)
	require.NoError(t, err)
	require.Equal(t, short, got)
	back, err := digitallink.Decompress(short)
	require.NoError(t, err)
	require.Equal(t, link, back)
}

func TestDecompressRejects(t *testing.T) {
	for _, uri := range []string{"", "x", "https://", "https://example.org", "https://example.org/",
		"https://example.org/@",
		"https://example.org/AAAA", "https://example.org/____", "https://example.org/01/09521234543210/AAAA",
		"https://example.org/BBBBBBBBBBBBBBBBBBBBBBBB", "https://example.org/CRjO6tPVQvU0a"} {
		_, err := digitallink.Decompress(uri)
		var e *gs1.Error
		require.ErrorAs(t, err, &e, uri)
	}
	_, err := digitallink.Compress("https://example.org/01/09521234543210")
	require.ErrorIs(t, err, gs1.ErrCheckDigit)
}

// FuzzDecompress checks that whatever is decompressed survives compression.
func FuzzDecompress(f *testing.F) {
	for _, uri := range []string{"https://example.org/AQnYUc1gmg",
		"https://example.org/01/09521234543213/EIqpGNQ",
		"https://example.org/GhFRscZgIkFQgqhsAyXFU0A?linkType=all", "https://example.org/01/09521234543213/10/ABC?x=1"} {
		f.Add(uri)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		long, err := digitallink.Decompress(uri)
		if err != nil {
			return
		}
		u, err := digitallink.ParseURI(long)
		require.NoError(t, err)
		if slices.ContainsFunc(u.Message[1:],
			func(e gs1.Element) bool { return e.AI == u.Message[0].AI }) {
			return
		}
		short, err := digitallink.Compress(long)
		require.NoError(t, err, long)
		again, err := digitallink.Decompress(short)
		require.NoError(t, err, "%s\n%s", long, short)
		sameLink(t, long, again)
	})
}

func BenchmarkCompress(b *testing.B) {
	uri := "https://example.org/01/09521234543213/10/ABC/21/12345?17=180426"
	dst := make([]byte, 0, 128)
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if dst, err = (digitallink.Compressor{}).AppendCompress(dst[:0], uri); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecompress(b *testing.B) {
	short, err := digitallink.Compress("https://example.org/01/09521234543213/10/ABC/21/12345?17=180426")
	require.NoError(b, err)
	dst := make([]byte, 0, 128)
	b.ReportAllocs()
	for b.Loop() {
		if dst, err = (digitallink.Parser{}).AppendDecompress(dst[:0], short); err != nil {
			b.Fatal(err)
		}
	}
}
