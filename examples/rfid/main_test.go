package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1/epc"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/zpl"
)

const message = "(01)09521234543213(21)12345"

// TestLabelSaysOneThing prints a label on the virtual printer: symbol, text and chip agree.
func TestLabelSaysOneThing(t *testing.T) {
	var program bytes.Buffer
	device := label.Device{DotsPerMM: 8, Tags: true}
	require.NoError(t, write(&program, message, epc.Options{Scheme: "sgtin-96", PrefixLength: 7},
		device))
	server := printertest.NewServer(printertest.Config{})
	defer server.Close()
	conn := server.Pipe()
	_, err := conn.Write(program.Bytes())
	require.NoError(t, err)
	require.NoError(t, conn.Close())
	require.Eventually(t, func() bool { return len(server.Printed()) == 1 }, 30*time.Second,
		10*time.Millisecond)
	var text []string
	code, chip := "", ""
	for _, f := range server.Printed()[0].Fields {
		switch f.Kind {
		case zpl.TextField:
			text = append(text, f.Data)
		case zpl.DataMatrixField:
			code = f.Data
		case zpl.TagField:
			tag, err := epc.Decode(f.Tag.Words)
			require.NoError(t, err)
			m, err := tag.Message()
			require.NoError(t, err)
			chip = m.String()
		}
	}
	require.Equal(t, message, strings.Join(text, ""))
	require.Equal(t, "01095212345432132112345", code)
	require.Equal(t, message, chip)
}

func TestInventory(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, inventory(&out, strings.NewReader(`12:00:01,ant 1,3036142C8C008F8000053244,-52
12:00:01 E2801160600002084D1B7A1B -60
3000E2000017221101441890
FD3795211411234538566CB0AFC525065F1876F0D996D800

no tag in this line
`)))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 4)
	require.Equal(t, "sgtin-96 (01)08719139005740(21)340548 (point of sale item)", lines[0])
	require.Contains(t, lines[1], "TID memory")
	require.Contains(t, lines[2], "doubtful")
	require.Contains(t, lines[3], "sgtin++ (01)79521141123453(21)32a/b at id.example.com")
}

func TestWriteErrors(t *testing.T) {
	device := label.Device{DotsPerMM: 8, Tags: true}
	require.Error(t, write(&bytes.Buffer{}, "(01)1", epc.Options{}, device))
	require.ErrorIs(t, write(&bytes.Buffer{}, message, epc.Options{Scheme: "sgtin-96"}, device),
		epc.ErrPrefixLength)
}
