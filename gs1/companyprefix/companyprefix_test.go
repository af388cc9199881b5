package companyprefix_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/companyprefix"
)

func TestTable(t *testing.T) {
	for _, table := range []string{
		`{"GCPPrefixFormatList":{"date":"2026-01-01T00:00:00Z","disclaimer":["x"],"entry":[{"prefix":"952","gcpLength":7},{"prefix":"9521","gcpLength":8},{"prefix":"95213","gcpLength":0}]}}`,
		`<?xml version="1.0" encoding="utf-8"?><GCPPrefixFormatList date="2026-01-01T00:00:00Z"><entry prefix="952" gcpLength="7"/><entry prefix="9521" gcpLength="8"/><entry prefix="95213" gcpLength="0"/></GCPPrefixFormatList>`,
	} {
		p, err := companyprefix.Parse(strings.NewReader(table))
		require.NoError(t, err)
		for digits, want := range map[string]string{"9520123456789": "9520123", "9521234567890": "95212345", "9521345678901": "", "9510000000000": "", "952": "", "": ""} {
			got, ok := p.Of(digits)
			require.Equal(t, want, got, digits)
			require.Equal(t, want != "", ok)
		}
		prefix, ok := p.OfElement(gs1.GTIN("09521234543213").Element())
		require.Equal(t, "95212345", prefix)
		require.True(t, ok)
		prefix, _ = p.OfElement(gs1.Element{AI: "8003", Value: "09520123454321"})
		require.Equal(t, "9520123", prefix)
		prefix, _ = p.OfElement(gs1.Element{AI: "8004", Value: "9520123A"})
		require.Equal(t, "9520123", prefix)
		_, ok = p.OfElement(gs1.Element{AI: "10", Value: "9520123A"})
		require.False(t, ok)
	}
	for _, bad := range []string{"", "{}", "[]", "<x/>", `{"GCPPrefixFormatList":{"entry":[{"prefix":"95x","gcpLength":7}]}}`, `{"GCPPrefixFormatList":{"entry":[{"prefix":"952","gcpLength":13}]}}`} {
		_, err := companyprefix.Parse(strings.NewReader(bad))
		require.Error(t, err, bad)
	}
	_, err := companyprefix.Parse(iotest.ErrReader(io.ErrUnexpectedEOF))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	_, ok := new(companyprefix.Table).Of("9521234")
	require.False(t, ok)
}

// A published table has some thousands of entries, whose prefixes of 3 to 12 digits overlap.
type entry struct {
	prefix string
	length int
}

func published(n int) (entries []entry) {
	random := rand.New(rand.NewPCG(1, 2))
	seen := map[string]bool{}
	for len(entries) < n {
		length := 4 + random.IntN(9)
		digits := fmt.Sprintf("%012d", random.Uint64N(1e12))
		if k := len(entries); k > 0 && random.IntN(3) > 0 { // below another
			digits = entries[random.IntN(k)].prefix + digits
		}
		prefix := digits[:3+random.IntN(length-2)]
		if random.IntN(20) == 0 {
			length = 0
		}
		if !seen[prefix] {
			seen[prefix] = true
			entries = append(entries, entry{prefix, length})
		}
	}
	return entries
}

func asJSON(entries []entry) string {
	var b strings.Builder
	b.WriteString(
		"\ufeff{\n\"GCPPrefixFormatList\": {\n\"date\": \"2026-11-01T00:00:00.000Z\",\n\"disclaimer\": [\"a\", \"b\"],\n\"entry\": [",
	)
	for i, e := range entries {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "\n{\"prefix\": \"%s\", \"gcpLength\": %d}", e.prefix, e.length)
	}
	b.WriteString("\n]}}\n")
	return b.String()
}

func asXML(entries []entry) string {
	var b strings.Builder
	b.WriteString(
		`<?xml version="1.0" encoding="UTF-8"?>` + "\n<GCPPrefixFormatList date=\"2026-11-01T00:00:00.000Z\">\n<disclaimer>a</disclaimer>\n",
	)
	for _, e := range entries {
		fmt.Fprintf(&b, "<entry prefix=\"%s\" gcpLength=\"%d\"/>\n", e.prefix, e.length)
	}
	b.WriteString("</GCPPrefixFormatList>\n")
	return b.String()
}

// TestFullSize looks keys up in tables of published size, in both forms, and compares with a look
// at every entry.
func TestFullSize(t *testing.T) {
	entries := published(8000)
	fromJSON, err := companyprefix.Parse(strings.NewReader(asJSON(entries)))
	require.NoError(t, err)
	fromXML, err := companyprefix.Parse(strings.NewReader(asXML(entries)))
	require.NoError(t, err)
	require.Equal(t, fromJSON, fromXML)
	random := rand.New(rand.NewPCG(3, 4))
	known := 0
	for range 5000 {
		digits := entries[random.IntN(len(entries))].prefix + fmt.Sprintf(
			"%013d",
			random.Uint64N(1e13),
		)
		digits = digits[:13-random.IntN(3)]
		if random.IntN(5) == 0 {
			digits = fmt.Sprintf("%013d", random.Uint64N(1e13))
		}
		want, longest := "", -1
		for _, e := range entries {
			if strings.HasPrefix(digits, e.prefix) && len(e.prefix) > longest {
				want, longest = "", len(e.prefix)
				if e.length <= len(digits) {
					want = digits[:e.length]
				}
			}
		}
		got, ok := fromJSON.Of(digits)
		require.Equal(t, want, got, digits)
		require.Equal(t, want != "", ok)
		if ok {
			known++
		}
	}
	require.Greater(t, known, 3000)
	require.Zero(t, testing.AllocsPerRun(100, func() { fromJSON.Of("9521234543213") }))
	require.Zero(
		t,
		testing.AllocsPerRun(
			100,
			func() { fromJSON.OfElement(gs1.Element{AI: "01", Value: "09521234543213"}) },
		),
	)
}

func TestMalformed(t *testing.T) {
	good := published(100)
	for name, table := range map[string]string{
		"truncated JSON":     asJSON(good)[:1500],
		"truncated XML":      asXML(good)[:1500],
		"two lengths":        asJSON(append(good, entry{good[7].prefix, 13 - max(good[7].length, 4)})),
		"length 3":           asJSON(append(good, entry{"9521", 3})),
		"length 13":          asXML(append(good, entry{"9521", 13})),
		"negative length":    asXML(append(good, entry{"9521", -7})),
		"length no number":   strings.Replace(asXML(good), `gcpLength="`, `gcpLength="x`, 1),
		"length as text":     strings.Replace(asJSON(good), `"gcpLength": `, `"gcpLength": "7", "x": `, 1),
		"no prefix":          strings.Replace(asJSON(good), `"prefix"`, `"prefixes"`, 1),
		"prefix no digits":   asXML(append(good, entry{"95 21", 7})),
		"two documents":      asJSON(good) + asJSON(good),
		"another document":   `{"entry": [{"prefix": "952", "gcpLength": 7}]}`,
		"another XML":        strings.ReplaceAll(asXML(good), "GCPPrefixFormatList", "List"),
		"HTML of a log-in":   "<!DOCTYPE html><html><body>Please log in</body></html>",
		"nested arrays":      strings.Repeat("[", 1<<20),
		"nested, closed":     strings.Repeat("[", 1<<19) + strings.Repeat("]", 1<<19),
		"nested objects":     strings.Repeat(`{"GCPPrefixFormatList":`, 1<<16),
		"nested elements":    strings.Repeat("<GCPPrefixFormatList>", 1<<16),
		"nested, closed XML": "<GCPPrefixFormatList>" + strings.Repeat("<a>", 1<<17) + strings.Repeat("</a>", 1<<17) + "</GCPPrefixFormatList>",
		"XML entities":       `<!DOCTYPE x [<!ENTITY a "` + strings.Repeat("9", 1000) + `"><!ENTITY b "&a;&a;&a;">]><GCPPrefixFormatList><entry prefix="&b;" gcpLength="7"/></GCPPrefixFormatList>`,
		"binary":             "\x00\x01\x02\xff",
	} {
		p, err := companyprefix.Parse(strings.NewReader(table))
		require.Error(t, err, name)
		require.Nil(t, p)
		require.Less(t, len(err.Error()), 500, name)
	}
	p, err := companyprefix.Parse(
		strings.NewReader(asJSON(append(good, good...))),
	) // each entry twice
	require.NoError(t, err)
	_, ok := p.Of("\xff\xff\xff\xff")
	require.False(t, ok)
}

// TestSize accepts a table of 64 MB and rejects one of a byte more.
func TestSize(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 128 MB")
	}
	table := asJSON(published(10))
	blank := func(n int) io.Reader {
		return io.MultiReader(strings.NewReader(table), io.LimitReader(blanks{}, int64(n)))
	}
	_, err := companyprefix.Parse(blank(64<<20 - len(table)))
	require.NoError(t, err)
	p, err := companyprefix.Parse(blank(64<<20 - len(table) + 1))
	require.ErrorContains(t, err, "want at most 64 MB")
	require.Nil(t, p)
}

type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// TestEdges has the shortest length, and a key without digits behind its indicator.
func TestEdges(t *testing.T) {
	_, err := companyprefix.Parse(strings.NewReader(asJSON([]entry{{"9521", 1}})))
	require.ErrorIs(t, err, companyprefix.ErrTable)
	table, err := companyprefix.Parse(strings.NewReader(asJSON([]entry{{"95", 4}})))
	require.NoError(t, err)
	_, ok := table.OfElement(gs1.Element{AI: "01", Value: "0"})
	require.False(t, ok)
	prefix, ok := table.OfElement(gs1.Element{AI: "01", Value: "09521"})
	require.Equal(t, "9521", prefix)
	require.True(t, ok)
}

func FuzzParse(f *testing.F) {
	f.Add(asJSON(published(5)))
	f.Add(asXML(published(5)))
	f.Fuzz(func(t *testing.T, s string) {
		p, err := companyprefix.Parse(strings.NewReader(s))
		require.Equal(t, err == nil, p != nil)
		if err == nil {
			if prefix, ok := p.Of("9521234543213"); ok {
				require.True(t, strings.HasPrefix("9521234543213", prefix))
			}
		}
	})
}

func BenchmarkOf(b *testing.B) {
	p, err := companyprefix.Parse(strings.NewReader(asJSON(published(8000))))
	require.NoError(b, err)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p.Of(benchmarked[i%len(benchmarked)])
	}
}

var benchmarked = [...]string{
	"9521234543213",
	"0012345678905",
	"4006381333931",
	"5449000000996",
	"8712345678906",
	"7612345678900",
}

func BenchmarkParse(b *testing.B) {
	table := asJSON(published(8000))
	b.SetBytes(int64(len(table)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := companyprefix.Parse(strings.NewReader(table)); err != nil {
			b.Fatal(err)
		}
	}
}

func TestErrorHasLine(t *testing.T) {
	list := []entry{{"9521", 7}, {"9522", 13}, {"9523", 7}}
	twice := []entry{{"9521", 7}, {"9523", 7}, {"9521", 8}}
	for _, c := range []struct {
		table, want, input string
	}{
		{asJSON(list), `companyprefix: line 7: not a table of company prefix lengths: ` +
			`found prefix "9522" with length 13, want digits, and a length of 4 to 12 or 0`,
			`{"prefix": "9522", "gcpLength": 13},`},
		{asXML(list), `companyprefix: line 5: not a table of company prefix lengths: ` +
			`found prefix "9522" with length 13, want digits, and a length of 4 to 12 or 0`,
			`<entry prefix="9522" gcpLength="13"/>`},
		{asXML(twice), `companyprefix: line 6: not a table of company prefix lengths: ` +
			`found prefix "9521" with length 8, want one length for each prefix`,
			`<entry prefix="9521" gcpLength="8"/>`},
		{asXML(list)[:140], `companyprefix: line 4: not a table of company prefix lengths: ` +
			`found XML syntax error on line 4: unexpected EOF, ` +
			`want the JSON or the XML form that GS1 publishes`, `<entry prefix="9521"`},
		{strings.Replace(asJSON(list), ": 7", `: "7"`, 1), `companyprefix: line 6: `,
			`{"prefix": "9521", "gcpLength": "7"},`},
		{"{}", `companyprefix: not a table of company prefix lengths: want at least one entry`, ""},
	} {
		_, err := companyprefix.Parse(strings.NewReader(c.table))
		require.ErrorIs(t, err, companyprefix.ErrTable)
		require.ErrorContains(t, err, c.want)
		var e *companyprefix.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, c.input, e.Input)
		if c.input != "" {
			require.GreaterOrEqual(t, e.Pos, strings.Index(c.table, c.input))
			require.LessOrEqual(t, e.Pos, strings.Index(c.table, c.input)+len(c.input))
		} else {
			require.Equal(t, -1, e.Pos)
		}
	}
	_, err := companyprefix.Parse(iotest.ErrReader(io.ErrUnexpectedEOF))
	require.EqualError(t, err, "companyprefix: unexpected EOF")
}
