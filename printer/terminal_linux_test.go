package printer_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
)

// The same run over a serial line: a pseudo-terminal opened by go.bug.st/serial, and by the
// device file's path.
func TestTerminal(t *testing.T) {
	for _, scheme := range []string{"serial", "file"} {
		t.Run(scheme, func(t *testing.T) {
			srv := printertest.NewUnstartedServer(printertest.Config{LabelsPerSecond: 400})
			defer srv.Close()
			path, err := srv.Terminal()
			if err != nil {
				t.Skip("no pseudo-terminals here: ", err)
			}
			address := scheme + "://" + path
			if scheme == "serial" {
				address += "?baud=115200&flow=xonxoff"
			}
			p, err := printer.Dial(t.Context(), address)
			require.NoError(t, err)
			defer p.Close()
			srv.At(15, func(s *printertest.Server) { s.Foreign(foreignLabel) })
			report, err := printer.Run(t.Context(), p, job(new(printer.Memory)))
			require.NoError(t, err)
			require.True(t, srv.Idle(time.Second))
			check(t, report, 40, srv.Paper())
			require.Equal(t, "0-10 20-40", ranges(report, printer.Counted))
			require.Empty(t, srv.Errors())
		})
	}
}
