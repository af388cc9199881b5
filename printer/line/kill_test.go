package line

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// The test binary runs itself as the program that is killed, with its folder and its printer in
// these variables and, in a third one, before:3 or after:3 to be killed as kill -9 does just
// before or after the third write of the journal.
const (
	childDir     = "NAMEPLATE_LINE_DIR"
	childPrinter = "NAMEPLATE_LINE_PRINTER"
	childKill    = "NAMEPLATE_LINE_KILL"
)

// killedOrder is the order that is started and resumed.
func killedOrder() Order {
	o := anOrder()
	o.Units = 100
	return o
}

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := child(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child starts the order, or resumes it, and prints the doubtful serials.
func child(dir string) error {
	ctx := context.Background()
	text, err := os.ReadFile(filepath.Join(dir, "udi.json"))
	if err != nil {
		return err
	}
	var l Line
	if l.Template, err = parseTemplate(text); err != nil {
		return err
	}
	keyFile := filepath.Join(dir, "ledger.keys")
	if l.Keys, err = ReadKeys(keyFile); errors.Is(err, os.ErrNotExist) {
		l.Keys, err = CreateKeys(keyFile)
	}
	if err != nil {
		return err
	}
	if l.Ledger, err = sqlite.Open(ctx, filepath.Join(dir, "ledger.db"), &ledger.Options{Keys: l.Keys}); err != nil {
		return err
	}
	defer l.Ledger.Close()
	device, err := printer.Dial(ctx, os.Getenv(childPrinter))
	if err != nil {
		return err
	}
	defer device.Close()
	l.Printers = []*printer.Printer{device}
	l.Job.Window = 10
	if side, count, ok := strings.Cut(os.Getenv(childKill), ":"); ok {
		n, err := strconv.Atoi(count)
		if err != nil {
			return err
		}
		l.journal = func(j printer.Journal) printer.Journal { return &killer{j, side == "after", n} }
	}
	result, err := Start(ctx, l, killedOrder())
	if errors.Is(err, ErrUnderWay) || errors.Is(err, ErrComplete) {
		result, err = Resume(ctx, l, killedOrder().Request())
	}
	if err == nil && result.State != Complete {
		err = errors.New("not complete")
	}
	fmt.Println(result)
	return err
}

// A killer is a journal that kills the process at a write.
type killer struct {
	printer.Journal
	after bool
	left  int
}

func (k *killer) Mark(
	ctx context.Context, run string, from, to uint64, state, evidence string,
) error {
	k.left--
	if k.left == 0 && !k.after {
		killSelf()
	}
	err := k.Journal.Mark(ctx, run, from, to, state, evidence)
	if k.left == 0 {
		killSelf()
	}
	return err
}

func killSelf() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {} // until the signal has done its work
}

// TestKilledAndResumed kills a program as kill -9 does: 200 times (20 with -short), seeded, just
// before and after writes of the journal and at any time in between, while a virtual printer that
// outlives it goes on. What was killed is run again until it is through. Then every serial must be
// confirmed and on paper exactly once, or be doubtful and listed.
func TestKilledAndResumed(t *testing.T) {
	const killsEach = 5
	seeds, workers := uint64(40), 8
	if testing.Short() {
		seeds = 4
	}
	var next, confirmed, doubtful atomic.Uint64
	var working sync.WaitGroup
	for range workers {
		working.Go(func() {
			for seed := next.Add(1); seed <= seeds; seed = next.Add(1) {
				t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
					k := newKilling(t, seed)
					for k.kills < killsEach {
						k.order()
					}
					confirmed.Add(k.confirmed)
					doubtful.Add(k.doubtful)
				})
			}
		})
	}
	working.Wait()
	t.Logf("%d kills: %d labels confirmed, %d doubtful", seeds*killsEach, confirmed.Load(), doubtful.Load())
	require.Greater(t, confirmed.Load(), doubtful.Load(), "kills must leave windows doubtful, not whole orders")
}

// A killing is a line that is killed again and again, on one printer. A complete order is followed
// by one on another ledger.
type killing struct {
	*testing.T
	random *rand.Rand
	paper  *printertest.Server
	kills  int

	confirmed, doubtful uint64
}

func newKilling(t *testing.T, seed uint64) *killing {
	k := &killing{T: t, random: rand.New(rand.NewPCG(seed, 0))}
	k.paper = printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 2000})
	t.Cleanup(k.paper.Close)
	return k
}

// order runs the program until the order is complete, and kills it as often as it may.
func (k *killing) order() {
	dir := k.TempDir()
	copyFile(k, filepath.Join(templates, "udi.json"), filepath.Join(dir, "udi.json"))
	before := len(k.paper.Printed())
	for output := ""; ; {
		said, killed := k.run(dir)
		output += said
		if !killed {
			k.check(dir, output, before)
			return
		}
		k.kills++
	}
}

// run runs the program once, and kills it unless that was done five times.
func (k *killing) run(dir string) (output string, killed bool) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, childPrinter+"="+k.paper.URL)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	after := time.Duration(0)
	switch side := k.random.IntN(3); {
	case k.kills >= 5:
	case side == 2:
		after = time.Duration(k.random.IntN(400)) * time.Millisecond
	default:
		cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%s:%d", childKill, [...]string{"before", "after"}[side], 1+k.random.IntN(12)))
	}
	require.NoError(k, cmd.Start())
	if after > 0 {
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	_ = cmd.Wait() // how it ended is in its state
	if !cmd.ProcessState.Exited() {
		return out.String(), true
	}
	require.Zero(k, cmd.ProcessState.ExitCode(), out.String())
	return out.String(), false
}

// check compares the ledger with what was printed since the order began.
func (k *killing) check(dir, output string, before int) {
	require.True(k, k.paper.Idle(10*time.Second))
	printed := map[string]int{}
	for _, page := range k.paper.Printed()[before:] {
		printed[serialOn(k, page)]++
	}
	keys, err := ReadKeys(filepath.Join(dir, "ledger.keys"))
	require.NoError(k, err)
	l := openLedger(k, dir, keys)
	units := serials(k, l)
	require.Len(k, units, 100, "the order is commissioned once")
	result, err := Status(context.Background(), Line{Ledger: l}, killedOrder().Request())
	require.NoError(k, err)
	for _, o := range result.Outcomes {
		for _, s := range units[o.From:o.To] {
			switch o.State {
			case printer.Counted:
				k.confirmed++
				require.Equal(k, 1, printed[s], "serial %s, confirmed by %s", s, o.Evidence)
			case printer.Doubtful:
				k.doubtful++
				require.Contains(k, output, "\n     "+s, "a doubtful serial must be listed")
			default:
				require.Fail(k, "no outcome", "serial %s: %q", s, o.State)
			}
			delete(printed, s)
		}
	}
	require.Empty(k, printed, "serials on paper that the ledger has not commissioned")
}
