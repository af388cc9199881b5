package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/pty"
)

// TestSerial runs the program on a pseudo-terminal: scans come in pieces, with and without line
// ends, and then the reader is unplugged.
func TestSerial(t *testing.T) {
	program := filepath.Join(t.TempDir(), "scan")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Skipf("can't build: %v %s", err, out)
	}
	start := func(port string) (cmd *exec.Cmd, out, errs *bytes.Buffer) {
		out, errs = new(bytes.Buffer), new(bytes.Buffer)
		cmd = exec.Command(program, "-port", port, "-baud", "115200", "-pause", "100ms")
		cmd.Stdout, cmd.Stderr = out, errs
		require.NoError(t, cmd.Start())
		t.Cleanup(func() { cmd.Process.Kill() })
		return cmd, out, errs
	}
	end := func(cmd *exec.Cmd, code int) {
		t.Helper()
		kill := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
		defer kill.Stop()
		cmd.Wait()
		require.Equal(t, code, cmd.ProcessState.ExitCode())
	}
	for _, unplug := range []bool{true, false} {
		host, device, err := pty.Open()
		if err != nil {
			t.Skip("no pseudo-terminals here: ", err)
		}
		defer host.Close()
		cmd, out, errs := start(device.Name())
		time.Sleep(500 * time.Millisecond) // opening drops what had come before
		for _, piece := range []string{"\x02]d2010952123454", "321310L42\x03", "]E09521234543213\r\n"} {
			_, err = host.WriteString(piece)
			require.NoError(t, err)
		}
		time.Sleep(500 * time.Millisecond)
		_, err = host.WriteString("]C1010952123454321321X") // a pause ends it
		require.NoError(t, err)
		time.Sleep(500 * time.Millisecond)
		device.Close()
		if unplug {
			host.Close()
			end(cmd, 3)
			require.Contains(t, errs.String(), "the reader is gone")
		} else {
			require.NoError(t, cmd.Process.Signal(os.Interrupt))
			end(cmd, 0)
		}
		require.Contains(t, errs.String(), "3 scans, 0 wrong")
		for _, part := range []string{"L42", "EAN-13", "GS1-128", "SERIAL                X"} {
			require.Contains(t, out.String(), part)
		}
	}
	cmd, _, errs := start("/dev/no-such-reader")
	end(cmd, 3)
	require.Contains(t, errs.String(), "check that it is plugged in")
}
