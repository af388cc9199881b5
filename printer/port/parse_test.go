package port

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	bugst "go.bug.st/serial"
)

func TestSerialMode(t *testing.T) {
	for query, want := range map[string]bugst.Mode{
		"":                                     {BaudRate: 9600, DataBits: 8},
		"baud=110":                             {BaudRate: 110, DataBits: 8},
		"baud=4000000&baud=300&data=7":         {BaudRate: 300, DataBits: 7},
		"baud=4000000&data=5&stop=1":           {BaudRate: 4_000_000, DataBits: 5},
		"parity=none&data=6":                   {BaudRate: 9600, DataBits: 6},
		"parity=odd&stop=2&data=8":             {BaudRate: 9600, DataBits: 8, Parity: bugst.OddParity, StopBits: bugst.TwoStopBits},
		"flow=none&parity=even&data=7&baud=50": {},
	} {
		mode, flow, err := serialMode(query)
		if want.BaudRate == 0 {
			require.EqualError(t, err, "setting baud=50: invalid rate, want 110 to 4000000")
			continue
		}
		require.NoError(t, err, query)
		require.Equal(t, want, *mode, query)
		require.Equal(t, "xonxoff", flow)
	}
	for _, flow := range []string{"xonxoff", "rtscts", "none"} {
		_, got, err := serialMode("flow=" + flow)
		require.NoError(t, err)
		require.Equal(t, flow, got)
	}
}

// What is written at once takes the line 20 ms at most, and is 16 to 256 bytes.
func TestChunks(t *testing.T) {
	for baud, want := range map[int]int{110: 16, 4800: 16, 9600: 19, 38400: 76, 115200: 230, 4_000_000: 256} {
		line := newSerialLine(&wire{}, "none", baud)
		require.Equal(t, want, line.chunk, baud)
		require.Equal(t, 10*time.Second/time.Duration(baud), line.ByteTime())
	}
}

func FuzzParse(f *testing.F) {
	for _, address := range []string{"tcp://host:9100", "serial:///dev/x?baud=9600&flow=none&data=8", "file:///dev/usb/lp0", "tcp://[::1]:9"} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		dial, err := parse(address)
		require.Equal(t, err == nil, dial != nil)
		require.LessOrEqual(t, len(quotable(address)), 200)
	})
}
