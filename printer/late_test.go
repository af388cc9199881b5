package printer_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
)

// A status that comes later than the answer it belongs to isn't taken for the next one's: on a
// printer that is always late nothing can be confirmed.
func TestLateStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, err := printer.DialFunc(t.Context(), "late",
			func(context.Context) (io.ReadWriteCloser, error) {
				ours, theirs := net.Pipe()
				go answerLate(theirs)
				return ours, nil
			})
		require.NoError(t, err)
		defer p.Close()
		j := job(new(printer.Memory))
		j.ReadyTimeout = 20 * time.Second
		report, err := printer.Run(t.Context(), p, j)
		notReady, ok := err.(*printer.NotReadyError)
		require.True(t, ok, "%v", err)
		require.Contains(t, notReady.Detail, "status")
		require.Equal(t, "0-40", ranges(report, printer.NotSent))
	})
}

// answerLate prints at once, answers variables and ~HI at once, and ~HS when it has answered the
// variables of the next question.
func answerLate(conn net.Conn) {
	defer conn.Close()
	printed, owed := 0, ""
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		reply := ""
		switch line := lines.Text(); {
		case strings.HasPrefix(line, "^XA^CI"):
			printed++
		case strings.HasSuffix(line, "~HS"):
			reply, owed = owed,
				"\x02030,0,0,0360,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
		case strings.Contains(line, "total_label_count"):
			reply = fmt.Sprintf(`"%d"`, printed)
		case strings.Contains(line, "getvar"):
			reply = `"?"`
		case strings.HasSuffix(line, "~HI"):
			reply = "\x02M,V1,12,1KB\x03\r\n"
		}
		if _, err := io.WriteString(conn, reply); reply != "" && err != nil {
			return
		}
	}
}
