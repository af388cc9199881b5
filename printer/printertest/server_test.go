package printertest_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/zpl"
)

func label(i int) string { return fmt.Sprintf("^XA^FO9,9^A0N,30,30^FDL%d^FS^XZ", i) }

func texts(srv *printertest.Server) string {
	var words []string
	for _, s := range srv.Paper() {
		word := map[printertest.SheetKind]string{printertest.Label: "",
			printertest.Reprinted: "again:", printertest.Partial: "part:",
			printertest.Blank: "blank"}[s.Kind]
		if s.Kind != printertest.Blank {
			word += s.Page.Fields[0].Data
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func ask(t *testing.T, conn net.Conn, query string) string {
	_, err := io.WriteString(conn, query)
	require.NoError(t, err)
	conn.SetReadDeadline(time.Now().Add(time.Second))
	var all []byte
	buf := make([]byte, 1000)
	for {
		n, err := conn.Read(buf)
		all = append(all, buf[:n]...)
		if err != nil {
			return string(all)
		}
	}
}

func TestAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := printertest.NewUnstartedServer(printertest.Config{Counter: 41, LabelsPerSecond: 1,
			Unknown: []string{"device.uptime"}})
		defer srv.Close()
		conn := srv.Pipe()
		defer conn.Close()
		for i := range 3 {
			io.WriteString(conn, label(i))
		}
		synctest.Wait()
		require.Equal(t,
			"\x02030,0,0,0360,002,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n", ask(t, conn, "~HS"))
		time.Sleep(10 * time.Second)
		for query, want := range map[string]string{ // none depends on another
			"~HI":                                             "\x02VP410-300dpi,V90.00.0Z,12,65536KB\x03\r\n",
			"! U1 getvar \"no.such\"\r\n":                     `"?"`,
			"! U1 getvar \"device.uptime\"\r\n":               `"?"`,
			"! U1 getvar \"zpl.system_status\"\r\n":           `"0,0,00000000,00000000,0,00000000,00000000"`,
			"! U1 getvar \"odometer.total_label_count\"\r\n":  `"44"`,
			"! U1 getvar \"odometer.user_label_count\"\r\n":   `"44"`,
			"! U1 getvar \"odometer.total_print_length\"\r\n": `"3 INCHES, 9 CENTIMETERS"`,
		} {
			require.Equal(t, want, ask(t, conn, query), query)
		}
		io.WriteString(conn, "! U1 setvar \"odometer.user_label_count\" \"7\"\r\n")
		require.Equal(t, `"7"`, ask(t, conn, "! U1 getvar \"odometer.user_label_count\"\r\n"))
		require.Contains(t, ask(t, conn, "~HD"), "VP410-300dpi")
		require.Contains(t, ask(t, conn, "~HQES"), "ERRORS:         0 00000000 00000000\r\n")
		require.Empty(t, srv.Errors())
	})
}

func TestRejections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := printertest.NewUnstartedServer(printertest.Config{LabelsPerSecond: 10})
		defer srv.Close()
		conn := srv.Pipe()
		defer conn.Close()
		io.WriteString(conn,
			label(1)+"^XA^ZZ1^FO1,1^A0N,30,30^FDno^FS^XZ"+"! U1 setvar \"a.b\" \"c\"\r\n"+label(2))
		synctest.Wait()
		require.True(t, srv.Idle(time.Second))
		require.Equal(t, "L1 L2", texts(srv))
		require.Len(t, srv.Errors(), 2)
		var refused *zpl.Error
		require.ErrorAs(t, srv.Errors()[0], &refused)
		require.Equal(t, "^ZZ", refused.Command)
	})
}

// Each thing that can happen leaves on paper what it leaves on a printer's.
func TestHappenings(t *testing.T) {
	type S = printertest.Server
	for name, c := range map[string]struct {
		do    func(*S)
		paper string
		count string
	}{
		"nothing":    {func(*S) {}, "L0 L1 L2 L3 L4", "5"},
		"feed":       {func(s *S) { s.Feed(2) }, "L0 L1 blank blank L2 L3 L4", "5"},
		"pause":      {func(s *S) { s.Pause(time.Minute) }, "L0 L1 L2 L3 L4", "5"},
		"cancel":     {(*S).Cancel, "L0 L1 L3 L4", "4"},
		"cancel all": {(*S).CancelAll, "L0 L1", "2"},
		"reprint":    {(*S).Reprint, "L0 L1 again:L1 L2 L3 L4", "6"},
		"foreign":    {func(s *S) { s.Foreign(label(9)) }, "L0 L1 L2 L3 L4 L9", "6"},
		"counter":    {func(s *S) { s.SetCounter(100) }, "L0 L1 L2 L3 L4", "103"},
		"media out": {func(s *S) { s.MediaOut(time.Minute) },
			"L0 L1 part:L2 L2 L3 L4", "5"},
		"power": {func(s *S) { s.PowerCycle(time.Second, 1) }, "L0 L1", "1"},
		"power within a label": {func(s *S) {
			s.Midway(func(s *S) {
				s.PowerCycle(time.Second,
					0)
			})
		}, "L0 L1 part:L2", "2"},
		"disconnect": {(*S).Disconnect, "L0 L1 L2 L3 L4", "5"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := printertest.NewUnstartedServer(printertest.Config{LabelsPerSecond: 1})
				defer srv.Close()
				srv.At(2, c.do)
				conn := srv.Pipe()
				for i := range 5 {
					io.WriteString(conn, label(i))
				}
				require.True(t, srv.Idle(time.Hour))
				require.Equal(t, c.paper, texts(srv))
				conn = srv.Pipe()
				defer conn.Close()
				require.Equal(t, `"`+c.count+`"`, ask(t, conn,
					"! U1 getvar \"odometer.total_label_count\"\r\n"))
			})
		})
	}
}

// With ^JZN the interrupted label isn't printed again.
func TestNoReprintAfterError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := printertest.NewUnstartedServer(printertest.Config{})
		defer srv.Close()
		conn := srv.Pipe()
		defer conn.Close()
		srv.At(1, func(s *printertest.Server) { s.MediaOut(time.Minute) })
		io.WriteString(conn, "^XA^JZN^XZ"+label(0)+label(1)+label(2))
		synctest.Wait()
		require.True(t, srv.Idle(time.Hour))
		require.Equal(t, "L0 part:L1 L2", texts(srv))
	})
}

func TestSpeed(t *testing.T) {
	for commands, want := range map[string]time.Duration{
		"^XA^PR2^LL1200^FO9,9^A0N,30,30^FDx^FS^XZ": 1968 * time.Millisecond,
		// 100 mm at 50.8 mm/s
		"^XA^PRE^LL1200^FO9,9^A0N,30,30^FDx^FS^XZ": 492 * time.Millisecond,
		"^XA^FO9,9^A0N,30,30^FDx^FS^XZ":            196 * time.Millisecond,
		// 30 mm at 152.4 mm/s
		"^XA^PR2^LL1200^PQ3^FO9,9^A0N,30,30^FDx^FS^XZ": 5905 * time.Millisecond,
	} {
		synctest.Test(t, func(t *testing.T) {
			srv := printertest.NewUnstartedServer(printertest.Config{})
			defer srv.Close()
			conn := srv.Pipe()
			defer conn.Close()
			began := time.Now()
			io.WriteString(conn, commands)
			synctest.Wait()
			require.True(t, srv.Idle(time.Minute))
			require.InDelta(t, want.Seconds(), time.Since(began).Seconds(), 0.002, commands)
		})
	}
}

// A full buffer stalls the socket; what was written isn't what was printed.
func TestBackPressure(t *testing.T) {
	srv := printertest.NewServer(printertest.Config{Buffer: 500})
	defer srv.Close()
	srv.At(3, func(s *printertest.Server) { s.Pause(time.Minute) })
	conn, err := net.Dial("tcp", strings.TrimPrefix(srv.URL, "tcp://"))
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.(*net.TCPConn).SetWriteBuffer(16<<10))
	conn.SetWriteDeadline(time.Now().Add(2 * time.Second))
	_, err = io.Copy(conn, strings.NewReader(strings.Repeat(label(1), 1_000_000)))
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	require.LessOrEqual(t, len(srv.Printed()), 3)
}

func TestCutFormat(t *testing.T) {
	srv := printertest.NewServer(printertest.Config{LabelsPerSecond: 1000})
	defer srv.Close()
	srv.CutFormat(3, 12)
	conn, err := net.Dial("tcp", strings.TrimPrefix(srv.URL, "tcp://"))
	require.NoError(t, err)
	defer conn.Close()
	for i := range 5 {
		io.WriteString(conn, label(i))
	}
	io.Copy(io.Discard, conn) // ends, as the connection is reset
	require.True(t, srv.Idle(time.Second))
	require.Equal(t, "L0 L1", texts(srv))
}

// The command outlives whoever prints on it.
func TestVirtualPrinter(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	program := filepath.Join(t.TempDir(), "virtualprinter")
	if runtime.GOOS == "windows" {
		t.Skip("is stopped by an interrupt")
	}
	build, err := exec.Command("go", "build", "-o", program, "./virtualprinter").CombinedOutput()
	require.NoError(t, err, "%s", build)
	cmd := exec.Command(program, "-listen", "127.0.0.1:0", "-speed", "100")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan())
	conn, err := net.Dial("tcp", strings.TrimPrefix(lines.Text(), "tcp://"))
	require.NoError(t, err)
	io.WriteString(conn, label(1)+label(2))
	conn.Close()
	for _, want := range []string{"L1", "L2"} {
		require.True(t, lines.Scan())
		require.True(t, bytes.Contains(lines.Bytes(), []byte(`"Kind":"label","Host":1`)),
			lines.Text())
		require.Contains(t, lines.Text(), `"Fields":["`+want+`"]`)
	}
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.NoError(t, cmd.Wait())
}
