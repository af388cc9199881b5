package zpl_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/zpl"
)

// commands reads all commands and writes each as name(parameters)<data>, an error as its kind and
// offset.
func commands(r *zpl.Reader) []string {
	var out []string
	for {
		cmd, err := r.Next()
		var e *zpl.Error
		switch {
		case err == io.EOF:
			return out
		case errors.As(err, &e):
			out = append(out, fmt.Sprintf("%v@%d", e.Err, e.Pos))
		case err != nil:
			return append(out, err.Error())
		default:
			s := fmt.Sprintf("%v(%s)", cmd, cmd.Params)
			if len(cmd.Data) > 0 {
				s += fmt.Sprintf("<%x>", cmd.Data)
			}
			out = append(out, s)
		}
	}
}

func TestReader(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"format", "^XA^FO10,20^A0N,30,25^FDa, b ^FS\r\n^XZ\r\n",
			"^XA() ^FO(10,20) ^A(0N,30,25) ^FD(a, b ) ^FS() ^XZ()"},
		{"lower case", "^xa^fo1,2^fda^fs^xz", "^XA() ^FO(1,2) ^FD(a) ^FS() ^XZ()"},
		{"queries", "~HS~HQES~HI", "~HS() ~HQ(ES) ~HI()"},
		{"prefixes", "^CC+~CT#+CD;+XA+FO1;2+FD^~+FS#HS+XZ",
			"^CC(+) ~CT(#) ^CD(;) ^XA() ^FO(1;2) ^FD(^~) ^FS() ~HS() ^XZ()"},
		{"set-get-do", "! U1 getvar \"zpl.system_status\"\r\n^XA^XZ\r\n! U setvar \"a\" \"b\"\n",
			"! U1(getvar \"zpl.system_status\") ^XA() ^XZ() ! U1(setvar \"a\" \"b\")"},
		{"line ends a control command", "~SD15\r\n! U1 getvar \"a\"\r\n",
			"~SD(15) ! U1(getvar \"a\")"},
		{"comment", "^XA^FXnot, seen^FS^XZ", "^XA() ^FS() ^XZ()"},
		{"binary", "^XA^GFB,3,3,1,^~\n^FS^XZ", "^XA() ^GF(B,3,3,1,)<5e7e0a> ^FS() ^XZ()"},
		{"ascii graphic", "^XA^GFA,2,2,1,FF\r\n0F^FS^XZ",
			"^XA() ^GF(A,2,2,1,FF\r\n0F) ^FS() ^XZ()"},
		{"object", "~DYR:A,B,G,2,1,^^~DGR:B.GRF,2,1,FF0F\r\n^XA^XZ",
			"~DY(R:A,B,G,2,1,)<5e5e> ~DG(R:B.GRF,2,1,FF0F) ^XA() ^XZ()"},
		{"tilde as escape character", "^XA^BXN,4,200,,,,~^FDa^FS^BXN,4,200,,,,~,1^XZ",
			"^XA() ^BX(N,4,200,,,,~) ^FD(a) ^FS() ^BX(N,4,200,,,,~,1) ^XZ()"},
		{"go on after stray text", "^XA^FS junk^FD1^XZ", "^XA() ^FS() not ZPL@7 ^FD(1) ^XZ()"},
		{"nested format", "^XA^XA^XZ", "^XA() not ZPL@3 ^XZ()"},
		{"no name", "^XA^^XZ", "^XA() not ZPL@3 ^XZ()"},
		{"no end", "^XA^FDabc", "^XA() ends too early@3 ends too early@9"},
		{"binary too short", "^GFB,5,5,1,ab", "ends too early@0"},
		{"binary of no number", "^GFB,x,5,1,ab", "invalid parameter@0"},
		{"cancel", "^XA^FDabc~JA^XA^XZ", "^XA() ^FD(abc) ~JA() ^XA() ^XZ()"},
		{"bad line", "! hello\r\n~HS", "not ZPL@0 ~HS()"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			quick := zpl.NewReader(strings.NewReader(tt.in))
			require.Equal(t, tt.want, strings.Join(commands(quick),
				" "))
			slow := zpl.NewReader(iotest.OneByteReader(strings.NewReader(tt.in)))
			require.Equal(t, tt.want, strings.Join(commands(slow), " "), "one byte at a time")
		})
	}
}

func TestReaderLimits(t *testing.T) {
	long := "^XA^FD" + strings.Repeat("x", 200) + "^FS^XZ~HS"
	r := zpl.NewReader(strings.NewReader(long))
	r.MaxParameters = 100
	require.Equal(t, []string{"^XA()", "too long@3", "^FS()", "^XZ()", "~HS()"}, commands(r))

	r = zpl.NewReader(strings.NewReader(long))
	r.MaxFormat = 150
	require.Equal(t, []string{"^XA()", "too long@3", "^FS()", "^XZ()", "~HS()"}, commands(r))

	r = zpl.NewReader(io.MultiReader(strings.NewReader("^GFB,99999999999,1,1,"), neverEnding{}))
	_, err := r.Next()
	require.ErrorIs(t, err, zpl.ErrTooLong)
}

type neverEnding struct{}

func (neverEnding) Read(p []byte) (int, error) {
	return copy(p, bytes.Repeat([]byte("x"), len(p))), nil
}

// A host that waits for the answer to ~HS sends nothing behind it.
func TestReaderDoesNotWait(t *testing.T) {
	host, device := net.Pipe()
	defer host.Close()
	require.NoError(t, device.SetDeadline(time.Now().Add(5*time.Second)))
	r := zpl.NewReader(device)
	for _, query := range []string{"~HS", "~HQES", "^XA^FDa^FS^XZ", "! U1 getvar \"a\"\r\n"} {
		go func() { _, _ = io.WriteString(host, query) }()
		for last := ""; last != "^XZ"; {
			cmd, err := r.Next()
			require.NoError(t, err, query)
			if last = cmd.String(); !r.InFormat() {
				break
			}
		}
	}
}
