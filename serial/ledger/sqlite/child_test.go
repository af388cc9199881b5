package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

var ctx = context.Background()

// childEnv makes the test binary a process that uses a ledger: "file orders-to-commission".
const childEnv = "NAMEPLATE_TEST_LEDGER_CHILD"

func TestMain(m *testing.M) {
	if args := strings.Split(os.Getenv(childEnv), "|"); len(args) == 2 {
		n, err := strconv.Atoi(args[1])
		if err == nil {
			err = child(args[0], n)
		}
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child commissions n orders of two units, says their serials, and then waits to be killed, or
// for the end of its input.
func child(path string, n int) error {
	l, err := sqlite.Open(ctx, path, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	if err := l.Define(ctx, ledger.Product{ID: "P",
		Scheme: serial.MustCompile("SN{index:8}")}); err != nil {
		return err
	}
	for range n {
		b, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 2})
		if err != nil {
			return err
		}
		for u, err := range b.Units() {
			if err != nil {
				return err
			}
			fmt.Println(u.Serial)
		}
	}
	fmt.Println("done")
	_, err = bufio.NewReader(os.Stdin).ReadString('\n')
	return ignoreEOF(err)
}

func ignoreEOF(err error) error {
	if err != nil && err.Error() == "EOF" {
		return nil
	}
	return err
}

// A process is a child that runs.
type process struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
	stdin interface{ Close() error }
}

func start(t *testing.T, path string, orders int) *process {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s|%d", childEnv, path, orders))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill() })
	return &process{cmd, bufio.NewScanner(out), in}
}

// serials reads up to n serials that the process says.
func (p *process) serials(t *testing.T, n int) (list []string) {
	t.Helper()
	for len(list) < n && p.lines.Scan() {
		line := p.lines.Text()
		require.NotContains(t, line, "error")
		if line == "done" {
			break
		}
		list = append(list, line)
	}
	return list
}

func (p *process) kill(t *testing.T) {
	t.Helper()
	require.NoError(t, p.cmd.Process.Kill())
	p.cmd.Wait()
}

func (p *process) end(t *testing.T) {
	t.Helper()
	p.stdin.Close()
	require.NoError(t, p.cmd.Wait())
}

// A world remembers every serial that was issued from a file, whatever happens to the file.
type world struct {
	t        *testing.T
	path     string
	issued   map[string]bool
	options  ledger.Options
	settings []sqlite.Setting
}

func newWorld(t *testing.T) *world {
	return &world{t: t, path: filepath.Join(t.TempDir(), "ledger.db"), issued: map[string]bool{}}
}

func (w *world) open() *ledger.Ledger {
	w.t.Helper()
	l, err := sqlite.OpenSet(ctx, w.path, &w.options, w.settings...)
	require.NoError(w.t, err)
	w.t.Cleanup(func() { l.Close() })
	return l
}

// order opens the file, commissions two units and closes it.
func (w *world) order() []string {
	w.t.Helper()
	l := w.open()
	require.NoError(w.t, l.Define(ctx, ledger.Product{ID: "P",
		Scheme: serial.MustCompile("SN{index:8}")}))
	b, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 2})
	require.NoError(w.t, err)
	var list []string
	for u, err := range b.Units() {
		require.NoError(w.t, err)
		list = append(list, u.Serial)
	}
	_, err = l.Audit(ctx)
	require.NoError(w.t, err)
	require.NoError(w.t, l.Close())
	w.issue(list)
	return list
}

func (w *world) issue(serials []string) {
	w.t.Helper()
	for _, s := range serials {
		require.False(w.t, w.issued[s], "%s was issued twice", s)
		w.issued[s] = true
	}
}

// epochs returns the causes of the epochs of the file.
func (w *world) epochs() (causes []string) {
	w.t.Helper()
	return w.query("SELECT cause FROM epoch ORDER BY epoch")
}
