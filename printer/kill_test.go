package printer_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
)

// In a process with this variable set the test binary is the program that is killed: it prints a
// run on a printer.
const killable = "NAMEPLATE_TEST_PRINT"

func TestMain(m *testing.M) {
	if address := os.Getenv(killable); address != "" {
		if err := printAndDie(address, os.Args[len(os.Args)-1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func printAndDie(address, journal string) error {
	ctx := context.Background()
	p, err := printer.Dial(ctx, address)
	if err != nil {
		return err
	}
	_, err = printer.Run(ctx, p, killJob(fileJournal(journal)))
	return err
}

func killJob(journal printer.Journal) printer.Job {
	return printer.Job{ID: "run", Count: 60, Window: 6, Append: appendLabel, Journal: journal}
}

// A fileJournal is a file with a line a mark, each durable when Mark returns.
type fileJournal string

func (path fileJournal) Mark(_ context.Context, run string, from, to uint64, state,
	evidence string) error {
	f, err := os.OpenFile(string(path), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := fmt.Fprintf(f, "%s %d %d %s %q\n", run, from, to, state, evidence); err != nil {
		return err
	}
	return f.Sync()
}

func (path fileJournal) Marks(_ context.Context, run string, fn func(from, to uint64, state,
	evidence string) error) error {
	f, err := os.Open(string(path))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var name, state, evidence string
		var from, to uint64
		if _, err := fmt.Sscanf(lines.Text(), "%s %d %d %s %q", &name, &from, &to, &state,
			&evidence); err != nil {
			return err
		}
		if err := fn(from, to, state, evidence); err != nil {
			return err
		}
	}
	return nil
}

// A program that is killed again and again while it prints accounts in the end for each label;
// the printer outlives it.
func TestKill(t *testing.T) {
	seeds := uint64(6)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			rnd := rand.New(rand.NewPCG(seed, 3))
			srv := printertest.NewServer(printertest.Config{LabelsPerSecond: 300,
				Buffer: 200 + rnd.IntN(2000)})
			defer srv.Close()
			journal := fileJournal(filepath.Join(t.TempDir(), "journal"))
			for range 3 {
				cmd := exec.Command(os.Args[0], string(journal))
				cmd.Env = append(os.Environ(), killable+"="+srv.URL)
				require.NoError(t, cmd.Start())
				time.Sleep(time.Duration(20+rnd.IntN(300)) * time.Millisecond)
				cmd.Process.Kill()
				cmd.Wait()
			}
			p, err := printer.Dial(t.Context(), srv.URL)
			require.NoError(t, err)
			defer p.Close()
			report, err := printer.Run(t.Context(), p, killJob(journal))
			require.NoError(t, err)
			check(t, report, 60, srv.Paper())
			require.EqualValues(t, 60, report.Confirmed()+report.Count(printer.Doubtful), report)
			require.LessOrEqual(t, report.Count(printer.Doubtful), uint64(3*6+6))
			require.NotZero(t, report.Confirmed())
		})
	}
}
