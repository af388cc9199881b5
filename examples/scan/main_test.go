package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

func newDesk(out io.Writer) *desk {
	return &desk{
		out:    out,
		repair: true,
		now:    func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) },
	}
}

func TestPrint(t *testing.T) {
	in := strings.Join([]string{
		"]d20109521234543213" + "1729020031030012503932978999" + "\x1d" + "10L42\x1d21A1",
		"]E09521234543213",
		"]Q1hello",
		"]d20109521234543213172602310",
		"]C10109521234543210",
		"0109521234543213" + "10L42{GS}21A1",
		"(01)09521234543213(423)528276",
		"]d20109521234543213" + "10L漢é\t\x1b[2J42",
		"¨d20109521234543213" + "70032601312359",
	}, "\r\n")
	var out strings.Builder
	d := newDesk(&out)
	require.NoError(t, d.read(t.Context(), strings.NewReader(in), 0))
	require.Equal(t, []int{9, 3}, []int{d.scans, d.wrong})
	require.Equal(t, `]d2010952123454321317290200310300125039329`+`78999␝10L42␝21A1
  GS1 DataMatrix
  (01)   GTIN                  09521234543213
  (17)   USE BY or EXPIRY      290200                1 February 2029 to 28 February 2029
  (3103) NET WEIGHT (kg)       001250                1.250 kg
  (3932) PRICE                 978999                9.99 EUR
  (10)   BATCH/LOT             L42
  (21)   SERIAL                A1

]E09521234543213
  EAN-13, UPC-A or UPC-E
         GTIN                  09521234543213

]Q1hello
  QR Code
  text without GS1 data

]d20109521234543213172602310
                         ^^ impossible value in (17) USE BY or EXPIRY: found "31", want a day that this month has

]C10109521234543210
                  ^ wrong check digit or characters in (01) GTIN: found "0", want check digit 3

010952123454321310L42{GS}21A1
^ symbology identifier missing
                     ^^^^ FNC1 written as {GS}
  (01)   GTIN                  09521234543213
  (10)   BATCH/LOT             L42
  (21)   SERIAL                A1

(01)09521234543213(423)528276
  (01)   GTIN                  09521234543213
  (423)  COUNTRY - INITIAL PROCESS 528276                Netherlands, Germany

]d2010952123454321310L漢é␉␛[2J42
                      ^^ character not allowed in (10) BATCH/LOT: found "漢", want characters of set 82 only: letters, digits and !"%&'()*+,-./_:;<=>?

¨d2010952123454321370032601312359
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ keyboard layout undone: Swiss German or Swiss French or Danish or Norwegian or Swedish
  GS1 DataMatrix
  (01)   GTIN                  09521234543213
  (7003) EXPIRY TIME           2601312359            31 January 2026 23:59:00

`, out.String())
}

func TestHintAtRepair(t *testing.T) {
	var out strings.Builder
	d := newDesk(&out)
	d.repair = false
	require.NoError(
		t,
		d.read(t.Context(), strings.NewReader("0109521234543213\n]C10109521234543210\n"), 0),
	)
	require.Equal(t, `0109521234543213
^^^ symbology identifier not supported: found "010", want a symbology identifier, such as ]C1 or ]d2
  -repair undoes this

]C10109521234543210
                  ^ wrong check digit or characters in (01) GTIN: found "0", want check digit 3

`, out.String())
}

// TestMark puts carets below what they concern where a character has more bytes than columns, or
// more columns than one.
func TestMark(t *testing.T) {
	line := "a\t漢\x1dé\u0301z"
	require.Equal(t, "a␉漢␝é\u0301z", visible(line))
	for part, want := range map[string]string{"\t": " ^", "漢": "  ^^", "\x1d": "    ^", "z": "      ^", "a\t漢": "^^^^"} {
		require.Equal(t, want, mark(line, strings.Index(line, part), len(part)), "%q", part)
	}
	require.Equal(t, "□␡□", visible("\u202e\x7f\ufeff"))
}

func TestScans(t *testing.T) {
	const a, b = "]C190A\x1d91B", "]C192C"
	for _, in := range []string{
		a + "\r\n" + b + "\r\n", a + "\r" + b + "\r", a + "\n" + b, "\x02" + a + "\x03\x02" + b + "\x03", "\r\n\r\n" + a + "\n\n\n" + b + "\n\n", "\x02" + a + "\x02" + b,
	} {
		for _, r := range []io.Reader{
			strings.NewReader(in),
			iotest.OneByteReader(strings.NewReader(in)),
			iotest.DataErrReader(strings.NewReader(in)),
		} {
			var got []string
			for s, err := range scans(t.Context(), r, 0) {
				require.NoError(t, err)
				got = append(got, s)
			}
			require.Equal(t, []string{a, b}, got, "%q", in)
		}
	}
	for s := range scans(t.Context(), strings.NewReader("a\nb\n"), 0) {
		require.Equal(t, "a", s)
		break
	}
}

func TestLongScan(t *testing.T) {
	var out strings.Builder
	d := newDesk(&out)
	require.NoError(
		t,
		d.read(
			t.Context(),
			io.MultiReader(
				strings.NewReader(strings.Repeat("A", 10<<20)),
				strings.NewReader("\n]E09521234543213\n"),
			),
			0,
		),
	)
	require.Equal(t, []int{2, 1}, []int{d.scans, d.wrong})
	require.Less(t, out.Len(), 1000)
	require.Contains(t, out.String(), "longer than the 8192 bytes")
}

// A wire is a line to a reader: what is sent through it comes out, and closing it unplugs the
// reader.
type wire chan string

func (w wire) Read(p []byte) (int, error) {
	s, ok := <-w
	if !ok {
		return 0, errors.New("port has been closed")
	}
	return copy(p, s), nil
}

func (w wire) Close() error { return nil }

func TestPauseEndsScan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		d := newDesk(&out)
		ctx, stop := context.WithCancel(t.Context())
		w := make(wire)
		done := make(chan error)
		go func() {
			open := func(context.Context) (io.ReadCloser, error) { return w, nil }
			done <- d.attend(ctx, open, 200*time.Millisecond, false)
		}()
		w <- "]E0952123"
		time.Sleep(100 * time.Millisecond)
		w <- "4543213"
		time.Sleep(time.Second)
		require.Equal(t, 1, d.scans, out.String())
		w <- "]E09521234543213\r\n"
		time.Sleep(time.Second)
		require.Equal(t, []int{2, 0}, []int{d.scans, d.wrong})

		stop() // Ctrl-C
		require.NoError(t, <-done)
		close(w)
	})
}

func TestUnplugged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		d := newDesk(&out)
		lines := []wire{make(wire), make(wire)}
		opened := 0
		open := func(context.Context) (io.ReadCloser, error) {
			if opened++; opened == 2 {
				return nil, errors.New("not back yet")
			}
			return lines[min(opened, 3)/2], nil
		}
		done := make(chan error)
		ctx, stop := context.WithCancel(t.Context())
		go func() { done <- d.attend(ctx, open, 200*time.Millisecond, true) }()
		lines[0] <- "]E09521234543213\r]E0952"
		close(lines[0])
		lines[1] <- "]E09521234543213\r"
		time.Sleep(time.Second)
		require.Equal(t, []int{2, 0}, []int{d.scans, d.wrong}, out.String())
		require.Contains(
			t,
			out.String(),
			`the reader is gone: in the middle of "]E0952": port has been closed; waiting for it`,
		)
		stop()
		require.NoError(t, <-done)
		close(lines[1])
	})
}

func TestParseForms(t *testing.T) {
	d := newDesk(io.Discard)
	for _, s := range []string{"(01)09521234543213", "https://id.gs1.org/01/09521234543213", "^0109521234543213", "^0109521234543213#", "0109521234543213"} {
		scan, _, err := d.parse(s)
		require.NoError(t, err, s)
		require.Equal(t, gs1.Message{{AI: "01", Value: "09521234543213"}}, scan.Message)
	}
	d.repair = false
	_, _, err := d.parse("0109521234543213")
	require.ErrorIs(t, err, gs1.ErrSymbology)
}
