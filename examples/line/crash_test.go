package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/zpl"
)

// TestKilledAndResumed kills the built program as kill -9 does: 200 times (20 with -short), seeded, just before and after writes of the
// journal and at any time in between, while a virtual printer that outlives it goes on. What was killed is resumed until it is
// through. Then every serial must be confirmed and on paper exactly once, or be doubtful and listed.
func TestKilledAndResumed(t *testing.T) {
	const killsEach, workers = 5, 8
	seeds := uint64(40)
	if testing.Short() {
		seeds = 4
	}
	binary := buildLine(t)
	var next, confirmed, doubtful atomic.Uint64
	var working sync.WaitGroup
	for range workers {
		working.Go(func() {
			for seed := next.Add(1); seed <= seeds; seed = next.Add(1) {
				t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
					k := newKilling(t, binary, seed)
					for k.round(k.kills < killsEach) {
					}
					k.check()
					confirmed.Add(k.confirmed)
					doubtful.Add(k.doubtful)
				})
			}
		})
	}
	working.Wait()
	t.Logf("%d kills: %d labels confirmed, %d doubtful", seeds*killsEach, confirmed.Load(), doubtful.Load())
	require.Greater(t, confirmed.Load(), doubtful.Load(), "kills must leave windows doubtful, not whole runs")
}

// buildLine builds the program with the journal that kills.
func buildLine(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "line")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	out, err := exec.Command("go", "build", "-tags", "crashtest", "-o", binary, ".").CombinedOutput()
	require.NoError(t, err, "%s", out)
	return binary
}

// A killing is a line that is killed again and again: orders of 200 labels on one ledger and one printer.
type killing struct {
	*testing.T
	binary, dir string
	random      *rand.Rand
	paper       *printertest.Server
	kills       int
	killed      bool   // the last time that it ran
	output      string // of all times

	confirmed, doubtful uint64
}

func newKilling(t *testing.T, binary string, seed uint64) *killing {
	k := &killing{T: t, binary: binary, dir: t.TempDir(), random: rand.New(rand.NewPCG(seed, 0))}
	k.paper = printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 2000})
	t.Cleanup(k.paper.Close)
	return k
}

// round runs the program once, and kills it if it may. It reports whether there is more to do.
func (k *killing) round(kill bool) (more bool) {
	cmd := exec.Command(k.binary, "-printer", k.paper.URL, "-out", k.dir, "-order", "order.json")
	if k.killed && k.commissioned() {
		cmd.Args = append(cmd.Args, "-resume")
	}
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	after := time.Duration(0)
	switch side := k.random.IntN(3); {
	case !kill:
	case side == 2:
		after = time.Duration(k.random.IntN(400)) * time.Millisecond
	default:
		cmd.Env = append(os.Environ(), fmt.Sprintf("NAMEPLATE_LINE_KILL=%s:%d", [...]string{"before", "after"}[side], 1+k.random.IntN(12)))
	}
	require.NoError(k, cmd.Start())
	if after > 0 {
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	_ = cmd.Wait() // how it ended stands in its state
	k.output += out.String()
	if k.killed = !cmd.ProcessState.Exited(); k.killed {
		k.kills++
		return true
	}
	require.Contains(k, []int{exitDone, exitUnconfirmed}, cmd.ProcessState.ExitCode(), k.output)
	return kill
}

func (k *killing) commissioned() bool {
	if _, err := os.Stat(filepath.Join(k.dir, "ledger.db")); err != nil {
		return false
	}
	l := open(k, k.dir)
	defer l.Close()
	for _, err := range l.Blocks(context.Background(), "") {
		require.NoError(k, err)
		return true
	}
	return false
}

// check compares the ledger with the paper.
func (k *killing) check() {
	require.True(k, k.paper.Idle(10*time.Second))
	printed := map[string]int{}
	for _, page := range k.paper.Printed() {
		printed[serialOn(k, page)]++
	}
	l := open(k, k.dir)
	defer l.Close()
	for block, err := range l.Blocks(context.Background(), "") {
		require.NoError(k, err)
		ranges, err := l.Outcomes(context.Background(), block)
		require.NoError(k, err)
		for _, r := range ranges {
			k.checkRange(block, r, printed)
		}
	}
	require.Empty(k, printed, "serials on paper that the ledger has not commissioned")
}

func (k *killing) checkRange(block *ledger.Block, r ledger.Outcome, printed map[string]int) {
	for i := r.From; i < r.To; i++ {
		unit, err := block.At(i)
		require.NoError(k, err)
		switch printer.State(r.State) {
		case printer.Counted:
			k.confirmed++
			require.Equal(k, 1, printed[unit.Serial], "label %d, serial %s, confirmed by %s", i, unit.Serial, r.Evidence)
		case printer.Doubtful:
			k.doubtful++
			require.Contains(k, k.output, unit.Serial, "a doubtful serial must be listed")
		default:
			require.Fail(k, "no outcome", "label %d, serial %s: %q", i, unit.Serial, r.State)
		}
		delete(printed, unit.Serial)
	}
}

// serialOn reads the serial off a printed page, from what its Data Matrix says.
func serialOn(t require.TestingT, page zpl.Page) string {
	for _, f := range page.Fields {
		if f.Kind == zpl.DataMatrix {
			require.True(t, f.GS1)
			m, err := gs1.ParseElementString("\x1d" + f.Data)
			require.NoError(t, err)
			serial, ok := m.Value("21")
			require.True(t, ok)
			return serial
		}
	}
	require.Fail(t, "a page without a symbol")
	return ""
}
