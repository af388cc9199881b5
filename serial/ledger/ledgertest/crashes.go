package ledgertest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// jobEnv makes the test binary a process that uses a ledger: it holds a job as JSON.
const jobEnv = "NAMEPLATE_LEDGERTEST_JOB"

// A job is what such a process does: it commissions orders of two units and writes their serials.
type job struct {
	Name   string // of the store
	Orders int
}

// end is the line that a process writes when its job is done.
const end = "done"

// work does a job and ends the process when its input ends.
func (s *suite) work(text string) {
	var j job
	err := json.Unmarshal([]byte(text), &j)
	if err == nil {
		err = s.commission(context.Background(), j)
	}
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func (s *suite) commission(ctx context.Context, j job) error {
	st, err := s.open(ctx, j.Name)
	if err != nil {
		return err
	}
	l, err := ledger.New(ctx, st, nil)
	if err != nil {
		return err
	}
	if err := l.Define(ctx, ledger.Product{ID: "P", Name: "Pump",
		Scheme: serial.MustCompile("SN{index:8}")}); err != nil {
		return err
	}
	for range j.Orders {
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
	fmt.Println(end)
	_, _ = io.Copy(io.Discard, os.Stdin)
	return l.Close()
}

// A process is a job that runs.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines *bufio.Scanner
	stdin io.Closer
}

// start starts a process that commissions orders from a world's store.
func (w *world) start(orders int) *process {
	t := w.t
	t.Helper()
	exe, err := os.Executable()
	noError(t, err)
	text, err := json.Marshal(job{w.name, orders})
	noError(t, err)
	parts := strings.Split(t.Name(), "/")
	parts = parts[:len(parts)-1] // the test that called Run
	for i, p := range parts {
		parts[i] = "^" + regexp.QuoteMeta(p) + "$"
	}
	cmd := exec.Command(exe, "-test.run="+strings.Join(parts, "/"))
	cmd.Env = append(os.Environ(), jobEnv+"="+string(text))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	noError(t, err)
	out, err := cmd.StdoutPipe()
	noError(t, err)
	noError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return &process{t, cmd, bufio.NewScanner(out), in}
}

// serials reads up to n serials that the process writes.
func (p *process) serials(n int) (list []string) {
	p.t.Helper()
	for len(list) < n && p.lines.Scan() {
		line := p.lines.Text()
		isTrue(p.t, !strings.HasPrefix(line, "error"), line)
		if line == end {
			break
		}
		list = append(list, line)
	}
	return list
}

func (p *process) kill() {
	p.t.Helper()
	noError(p.t, p.cmd.Process.Kill())
}

// blocks counts the blocks of a store.
func (w *world) blocks() (n int) {
	w.t.Helper()
	l := w.with(nil)
	for _, err := range l.Blocks(w.t.Context(), "") {
		noError(w.t, err)
		n++
	}
	noError(w.t, l.Close())
	return n
}

// A killed process loses nothing that it returned, and burns nothing.
func testKilled(t *testing.T, s *suite) {
	w := s.world(t)
	p := w.start(20)
	w.issue(p.serials(40))
	p.kill()
	equal(t, []string{"SN00000040", "SN00000041"}, w.order(nil))
	equal(t, 21, w.blocks())
	equal(t, []string{"created"}, w.epochs())
}

// A process that commissions without a pause is killed again and again.
func testKilledAnywhere(t *testing.T, s *suite) {
	rounds := 30
	if testing.Short() {
		rounds = 5
	}
	w := s.world(t)
	for i := range rounds {
		p := w.start(1_000_000)
		w.issue(p.serials(1 + 7*i))
		p.kill()
		w.issue(p.serials(1_000_000)) // what it wrote before it was killed
		w.order(nil)
	}
}

// Several processes use one store, which one of them makes.
func testTogether(t *testing.T, s *suite) {
	w := s.world(t)
	var all []*process
	for range 3 {
		all = append(all, w.start(50))
	}
	for _, p := range all {
		w.issue(p.serials(100))
	}
	for _, p := range all {
		equal(t, 0, len(p.serials(1)), "the job is done")
		noError(t, p.stdin.Close())
	}
	equal(t, 300, len(w.issued))
	w.order(nil)
	equal(t, []string{"created"}, w.epochs())
}
