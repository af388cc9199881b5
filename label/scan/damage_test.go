package scan

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

var (
	update = flag.Bool("update", false, "write DAMAGE.md")
	debug  = flag.String("debug", "", "log the refused scans of this kind of damage")
	rounds = flag.Int("rounds", 400, "how many scans each kind of damage is done to")
)

var testNow = time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC)

// A label is what a scan should read.
type label struct {
	symbology string
	message   gs1.Message
}

// data is what a reader sends after the identifier.
func (l label) data() string {
	data, err := l.message.ElementString()
	if err != nil {
		panic(err)
	}
	return data[1:]
}

func (l label) expect() (ais []string) {
	for _, e := range l.message {
		ais = append(ais, e.AI)
	}
	return ais
}

// A source generates labels.
type source struct{ *rand.Rand }

func (s source) from(alphabet string, least, most int) string {
	b := make([]byte, least+s.IntN(most-least+1))
	for i := range b {
		b[i] = alphabet[s.IntN(len(alphabet))]
	}
	return string(b)
}

// number is a lot or a serial: digits, or capitals and digits.
func (s source) number(small bool) string {
	switch {
	case s.IntN(3) == 0:
		return s.from("0123456789", 4, 20)
	case small && s.IntN(2) == 0:
		return s.from("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789", 4, 20)
	}
	return s.from("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 4, 20)
}

// label is a UDI or a logistic label, in the order of this library's builders or in that of others.
func (s source) label(small bool) label {
	gtin, err := gs1.NewGTIN(s.IntN(2), "9521234", uint64(s.IntN(1e5)))
	if err != nil {
		panic(err)
	}
	date := testNow.AddDate(0, 0, s.IntN(2000))
	var m gs1.Message
	switch s.IntN(5) {
	case 0, 1, 2:
		udi := gs1.UDI{GTIN: gtin, Expiry: date, Lot: s.number(small), Serial: s.number(small)}
		if s.IntN(4) == 0 {
			udi.Order = []string{"01", "17", "10", "21"}
		}
		if s.IntN(3) == 0 {
			udi.Serial = ""
		}
		m, err = udi.Message(testNow)
	case 3:
		m = gs1.Message{{AI: "01", Value: string(gtin)}, {AI: "21", Value: s.number(small)}}
	default:
		sscc, _ := gs1.NewSSCC(3, "9521234", uint64(s.IntN(1e8)))
		m, err = gs1.LogisticUnit{SSCC: sscc, Content: gtin, Count: 1 + s.IntN(99),
			BestBefore: date, Lot: s.number(small)}.Message(testNow)
	}
	if err != nil {
		panic(err)
	}
	return label{[]string{"]C1", "]d2", "]Q3", "]e0", "]J1"}[s.IntN(5)], m}
}

// A damage is what may happen to a scan. It returns what arrives, "" if the damage doesn't concern
// the label, and the Reader that is asked.
type damage struct {
	name  string
	small bool // lots and serials may have small letters
	do    func(s source, l label) (string, Reader)

	right float64 // at least this share is read without doubt
}

// typedOn returns what a computer with a layout makes of the keys of a US reader, and whether each
// character is on a key.
func typedOn(l *layout, text string, caps bool) (string, bool) {
	var b strings.Builder
	for _, c := range text {
		if c <= ' ' {
			b.WriteRune(c)
			continue
		}
		typed, ok := key(us.alone, l.alone, c)
		if !ok {
			typed, ok = key(us.shifted, l.shifted, c)
		}
		if !ok || typed == ' ' {
			return "", false
		}
		if caps {
			typed = otherCase(typed)
		}
		b.WriteRune(typed)
	}
	return b.String(), true
}

func asSent(text string) (string, Reader) { return text, Reader{Now: testNow} }

var damages = []damage{
	{"none", true, func(s source, l label) (string,
		Reader) {
		return asSent(l.symbology + l.data())
	}, .5},
	{"none, Expect", true, func(s source, l label) (string, Reader) {
		return l.symbology + l.data(), Reader{Now: testNow, Expect: l.expect()}
	}, 1},
	{"line end", true, func(s source, l label) (string, Reader) {
		end := []string{"\r\n", "\r", "\n", "\t"}[s.IntN(4)]
		return l.symbology + l.data() + end, Reader{Now: testNow, Expect: l.expect()}
	}, .99},
	{"BOM, STX and ETX, blanks", true, func(s source, l label) (string, Reader) {
		around := [][2]string{{"\ufeff", ""}, {"\x02", "\x03"}, {" ", "  "},
			{"\x00", "\x00"}}[s.IntN(4)]
		return around[0] + l.symbology + l.data() + around[1],
			Reader{Now: testNow, Expect: l.expect()}
	}, .99},
	{"identifier lost", true, func(s source, l label) (string, Reader) {
		return l.data(), Reader{Now: testNow, Expect: l.expect()}
	}, .99},
	{"bracket of the identifier lost", true, func(s source, l label) (string, Reader) {
		return l.symbology[1:] + l.data(), Reader{Now: testNow, Expect: l.expect()}
	}, .99},
	{"FNC1 in front, ^ or GS", true, func(s source, l label) (string, Reader) {
		data := "\x1d" + l.data()
		if s.IntN(2) == 0 {
			data = strings.ReplaceAll(data, "\x1d", "^")
		}
		return data, Reader{Now: testNow, Expect: l.expect()}
	}, .99},
	{"FNC1 in front after the identifier, or twice", true,
		func(s source, l label) (string, Reader) {
			data := "\x1d" + l.data()
			if s.IntN(2) == 0 {
				data = strings.ReplaceAll(data, "\x1d", "\x1d\x1d")
			}
			return l.symbology + data, Reader{Now: testNow, Expect: l.expect()}
		}, .99},
	{"FNC1 typed as text", true, func(s source, l label) (string, Reader) {
		if !strings.Contains(l.data(), "\x1d") {
			return "", Reader{}
		}
		typed := typedFNC1[s.IntN(len(typedFNC1))]
		return l.symbology + strings.ReplaceAll(l.data(), "\x1d", typed),
			Reader{Now: testNow, Expect: l.expect()}
	}, .99},
	{"FNC1 typed as text, nothing expected", true, func(s source, l label) (string, Reader) {
		if !strings.Contains(l.data(), "\x1d") {
			return "", Reader{}
		}
		typed := typedFNC1[s.IntN(len(typedFNC1))]
		return asSent(l.symbology + strings.ReplaceAll(l.data(), "\x1d", typed))
	}, .4},
	{"FNC1 another character", true, func(s source, l label) (string, Reader) {
		other := []string{"|", "~", "#", "@", "$", " ", "é", "è", "\x1e", "^"}[s.IntN(10)]
		if !strings.Contains(l.data(), "\x1d") || other == "|" {
			return "", Reader{}
		}
		return l.symbology + strings.ReplaceAll(l.data(), "\x1d", other),
			Reader{Now: testNow, Expect: l.expect()}
	}, .99},
	{"FNC1 lost", true, func(s source, l label) (string, Reader) {
		if !strings.Contains(l.data(), "\x1d") {
			return "", Reader{}
		}
		return asSent(l.symbology + strings.ReplaceAll(l.data(), "\x1d", ""))
	}, 0},
	{"FNC1 lost, Expect", true, func(s source, l label) (string, Reader) {
		if !strings.Contains(l.data(), "\x1d") {
			return "", Reader{}
		}
		return l.symbology + strings.ReplaceAll(l.data(), "\x1d", ""),
			Reader{Now: testNow, Expect: l.expect()}
	}, .95},
	{"FNC1 and identifier lost, Expect", true, func(s source, l label) (string, Reader) {
		if !strings.Contains(l.data(), "\x1d") {
			return "", Reader{}
		}
		return strings.ReplaceAll(l.data(), "\x1d", ""), Reader{Now: testNow, Expect: l.expect()}
	}, .95},
	{"brackets around the AIs", true, func(s source, l label) (string, Reader) {
		return asSent([]string{l.symbology, "", "]d1", "]Q1", "]C0"}[s.IntN(5)] +
			l.message.String())
	}, .99},
	{"copied from below the symbol", true, func(s source, l label) (string, Reader) {
		return asSent([]string{
			strings.ReplaceAll(strings.ReplaceAll(l.message.String(), "(", " ("), ")", ") "),
			strings.Join(l.message.HRILines(false), "\r\n"),
			strings.Join(l.message.HRILines(true), "\n"),
		}[s.IntN(3)])
	}, .99},
	{"printed without FNC1 as plain symbol", true, func(s source, l label) (string, Reader) {
		plain := []string{"]C0", "]d1", "]Q1", "]J0", "]z0", "]L0", "]d4"}[s.IntN(7)]
		return plain + l.data(), Reader{Now: testNow, Expect: l.expect()}
	}, .99},
	{"capitals only", true, func(s source, l label) (string, Reader) {
		if l.symbology != "]d2" && l.symbology != "]e0" { // in others nothing shows it
			return "", Reader{}
		}
		return strings.ToUpper(l.symbology + l.data()), Reader{Now: testNow, Expect: l.expect()}
	}, 0},
	{"caps lock", true, func(s source, l label) (string, Reader) {
		b := []byte(l.symbology + l.data())
		for i := range b {
			b[i] = otherCaseByte(b[i])
		}
		return string(b), Reader{Now: testNow, Expect: l.expect()}
	}, .1},
	{"keyboard layout", true, func(s source, l label) (string, Reader) {
		typed, ok := typedOn(&layouts[s.IntN(len(layouts))], l.symbology+l.data(), false)
		if !ok {
			return "", Reader{}
		}
		return typed, Reader{Now: testNow, Expect: l.expect()}
	}, .6},
	{"keyboard layout and caps lock", true, func(s source, l label) (string, Reader) {
		typed, ok := typedOn(&layouts[s.IntN(len(layouts))], l.symbology+l.data(), true)
		if !ok {
			return "", Reader{}
		}
		return typed, Reader{Now: testNow, Expect: l.expect()}
	}, 0},
	{"known keyboard layout, no identifier", true, func(s source, l label) (string, Reader) {
		k := &layouts[s.IntN(len(layouts))]
		typed, ok := typedOn(k, l.data(), false)
		if !ok {
			return "", Reader{}
		}
		return typed, Reader{Now: testNow, Expect: l.expect(), Keyboard: k.tag}
	}, .99},
	{"known keyboard layout, identifier", true, func(s source, l label) (string, Reader) {
		k := &layouts[s.IntN(len(layouts))]
		typed, ok := typedOn(k, l.symbology+l.data(), false)
		if !ok {
			return "", Reader{}
		}
		return typed, Reader{Now: testNow, Expect: l.expect(), Keyboard: k.tag}
	}, .99},
	{"several: line end, identifier lost, FNC1 typed", true,
		func(s source, l label) (string, Reader) {
			typed := typedFNC1[s.IntN(len(typedFNC1))]
			return strings.ReplaceAll(l.data(), "\x1d", typed) + "\r\n",
				Reader{Now: testNow, Expect: l.expect()}
		}, .99},
}

// A tally counts outcomes.
type tally struct{ right, doubted, refused, wrong int }

func (c tally) all() int { return c.right + c.doubted + c.refused + c.wrong }

// TestDamage holds the law that no damage is read wrongly without a doubt, and the share of each
// kind that is read without one.
func TestDamage(t *testing.T) {
	var table strings.Builder
	table.WriteString(damageHead)
	for i, d := range damages {
		s := source{rand.New(rand.NewPCG(7, uint64(i)))}
		var count tally
		for count.all() < *rounds {
			l := s.label(d.small)
			text, reader := d.do(s, l)
			if text == "" {
				continue
			}
			a, err := reader.Read(text)
			switch {
			case err != nil:
				count.refused++
				if testing.Verbose() && *debug == d.name {
					t.Logf("%q of %v: %v", text, l, err)
				}
				require.Equal(t, text, a.Text)
			case len(a.Doubts) > 0:
				count.doubted++
			case slices.Equal(a.Message, l.message):
				count.right++
			default:
				count.wrong++
				t.Errorf("%s: %q reads %v %v, not %v", d.name, text, a.Kind, a.Message, l.message)
			}
		}
		all := float64(count.all())
		if share := float64(count.right) / all; share < d.right {
			t.Errorf("%s: %.1f %% right, want %.1f %%", d.name, 100*share, 100*d.right)
		}
		fmt.Fprintf(
			&table,
			"| %s | %.1f | %.1f | %.1f | %.1f |\n",
			d.name,
			100*float64(count.right)/all,
			100*float64(
				count.doubted,
			)/all,
			100*float64(count.refused)/all,
			100*float64(count.wrong)/all,
		)
	}
	if *update {
		require.NoError(t, os.WriteFile("DAMAGE.md", []byte(table.String()), 0o644))
	}
	if *rounds == 400 {
		committed, err := os.ReadFile("DAMAGE.md")
		require.NoError(t, err)
		require.Equal(t, string(committed), table.String(), "run go test -run TestDamage -update")
	}
}

const damageHead = `# Rates by kind of damage

Generated by ` + "`go test ./label/scan -run TestDamage -update`" + ` from 400 scans of each kind: UDI and
logistic labels with lots and serials of 4 to 20 digits or letters and digits, a fifth of them with
small letters. "Expect" is that the caller names the AIs of the label; it does so in all rows in which
separators, identifier or keyboard are damaged, but for those that say otherwise.

A scan is *right* if it is read without doubt, *doubted* if the result has another reading, and
*refused* if there is an error. *Wrong* without a doubt is what must not happen.

| damage | right % | doubted % | refused % | wrong % |
|---|---:|---:|---:|---:|
`
