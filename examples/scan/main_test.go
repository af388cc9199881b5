package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label/scan"
)

func newDesk(out io.Writer) *desk {
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	return &desk{out: out, reader: scan.Reader{Now: now}}
}

var printed = []string{
	"]d20109521234543213" + "1729020031030012503932978999" + "\x1d" + "10L42\x1d21A1",
	"]E09521234543213",
	"]Q1hello",
	"]d20109521234543213172602310",
	"]C10109521234543210",
	"0109521234543213" + "10L42{GS}21A1",
	"(01)09521234543213(423)528276",
	"+d20109521234543213" + "70032601312359",
	"01234565",
	"]d1+A123BJC5D6E71/$$3271231L7/SK7Q1",
}

func TestPrint(t *testing.T) {
	var out strings.Builder
	d := newDesk(&out)
	require.NoError(t, d.read(t.Context(), strings.NewReader(strings.Join(printed, "\r\n")), 0))
	require.Equal(t, []int{10, 2, 2}, []int{d.scans, d.wrong, d.doubtful})
	if *update {
		require.NoError(t, os.WriteFile("testdata/print.txt", []byte(out.String()), 0o644))
	}
	want, err := os.ReadFile("testdata/print.txt")
	require.NoError(t, err)
	require.Equal(t, string(want), out.String(), "run go test -update")
}

var update = flag.Bool("update", false, "write testdata/print.txt")

func TestJSON(t *testing.T) {
	var out strings.Builder
	d := newDesk(&out)
	d.json = true
	require.NoError(t, d.read(t.Context(), strings.NewReader(strings.Join(printed, "\r\n")), 0))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, len(printed))
	for i, line := range lines {
		var object map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &object), line)
		require.Equal(t, printed[i], object["scan"])
		require.Equal(t, object["error"] == nil, object["kind"] != nil, line)
	}
	require.Contains(t, lines[9], `"product":"BJC5D6E7"`)
	require.Contains(t, lines[8],
		`"doubts":["this is Retail data of product 00012345000065 as well"]`)
}

// TestMark puts carets below what they concern where a character has more bytes than columns, or
// more columns than one.
func TestMark(t *testing.T) {
	line := "a\t漢\x1dé\u0301z"
	require.Equal(t, "a␉漢␝é\u0301z", visible(line))
	for part, want := range map[string]string{"\t": " ^", "漢": "  ^^", "\x1d": "    ^",
		"z": "      ^", "a\t漢": "^^^^"} {
		require.Equal(t, want, mark(line, strings.Index(line, part), len(part)), "%q", part)
	}
	require.Equal(t, "□␡□", visible("\u202e\x7f\ufeff"))
}

func TestScans(t *testing.T) {
	const a, b = "]C190A\x1d91B", "]C192C"
	for _, in := range []string{
		a + "\r\n" + b + "\r\n", a + "\r" + b + "\r", a + "\n" + b,
		"\x02" + a + "\x03\x02" + b + "\x03", "\r\n\r\n" + a + "\n\n\n" + b + "\n\n",
		"\x02" + a + "\x02" + b,
	} {
		for _, r := range []io.Reader{strings.NewReader(in),
			iotest.OneByteReader(strings.NewReader(in)),
			iotest.DataErrReader(strings.NewReader(in))} {
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
			done <- d.attend(ctx, func(context.Context) (io.ReadCloser, error) { return w, nil },
				200*time.Millisecond, false)
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
