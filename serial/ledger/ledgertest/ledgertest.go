package ledgertest

import (
	"context"
	"os"
	"testing"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// Capabilities are what a store can do besides what every store must.
type Capabilities struct {
	// Durable is set if what was recorded is there again when the same name is opened after Close,
	// and in a second store that is opened meanwhile.
	Durable bool

	// Processes is set if several processes may have the same name open at once, and a process may
	// be killed at any time. It needs Durable.
	Processes bool

	// Copies is set if the store keeps its records in the file with its name, and what outlives
	// that file, its high-water marks, in other files whose names begin with it. The tests copy,
	// remove and put back these files while the store is closed. It needs Durable.
	Copies bool
}

// Run runs the tests of a store as subtests of t. Each opens stores under names of its own:
// absolute paths of files that don't exist yet, in folders that are removed afterwards. A store
// that isn't in a file may use the name as any other unique text. Opening a name must depend on
// the name alone: if Processes is set, Run starts the test binary again, as "-test.run" with the
// name of t, and open is called there with a name of the first process.
func Run(t *testing.T, open func(ctx context.Context, name string) (driver.Store, error),
	can Capabilities) {
	s := &suite{open: open, can: can}
	if job := os.Getenv(jobEnv); job != "" {
		s.work(job)
	}
	for _, test := range tests {
		if test.needs == nil || test.needs(can) {
			t.Run(test.name, func(t *testing.T) { test.run(t, s) })
		}
	}
}

// A suite is the store under test.
type suite struct {
	open func(ctx context.Context, name string) (driver.Store, error)
	can  Capabilities
}

func durable(can Capabilities) bool   { return can.Durable }
func processes(can Capabilities) bool { return can.Durable && can.Processes }
func copies(can Capabilities) bool    { return can.Durable && can.Copies }

// tests are the subtests of Run.
var tests = []struct {
	name  string
	run   func(*testing.T, *suite)
	needs func(Capabilities) bool // nil if every store must pass
}{
	{"Head", testHead, nil},
	{"Records", testRecords, nil},
	{"Filters", testFilters, nil},
	{"Spans", testSpans, nil},
	{"Rollback", testRollback, nil},
	{"OwnReads", testOwnReads, nil},
	{"Writers", testWriters, nil},
	{"Waiting", testWaiting, nil},
	{"ReadWhileWriting", testReadWhileWriting, nil},
	{"WriteWhileReading", testWriteWhileReading, nil},
	{"EndedContext", testEndedContext, nil},
	{"ContextEndsMeanwhile", testContextEndsMeanwhile, nil},
	{"Closed", testClosed, nil},
	{"CloseWhileWriting", testCloseWhileWriting, nil},
	{"Reopened", testReopened, durable},
	{"TwoStores", testTwoStores, durable},

	{"Commission", testCommission, nil},
	{"Envelope", testEnvelope, nil},
	{"RetriedOrder", testRetriedOrder, nil},
	{"RejectedOrder", testRejectedOrder, nil},
	{"Scopes", testScopes, nil},
	{"ConcurrentOrders", testConcurrentOrders, nil},
	{"OneBadOrderAmongMany", testOneBadOrderAmongMany, nil},
	{"CancelledOrder", testCancelledOrder, nil},
	{"DefineAgain", testDefineAgain, nil},
	{"Collisions", testCollisions, nil},
	{"Keys", testKeys, nil},
	{"KeyInSerial", testKeyInSerial, nil},
	{"StricterOdds", testStricterOdds, nil},
	{"Journal", testJournal, nil},
	{"Outcomes", testOutcomes, nil},
	{"Overtaken", testOvertaken, nil},
	{"Find", testFind, nil},
	{"FindIn", testFindIn, nil},
	{"History", testHistory, nil},
	{"Recall", testRecall, nil},
	{"RecallWhileCommissioning", testRecallWhileCommissioning, nil},
	{"Clock", testClock, nil},

	{"Killed", testKilled, processes},
	{"KilledAnywhere", testKilledAnywhere, processes},
	{"Together", testTogether, processes},

	{"PutBack", testPutBack, copies},
	{"PutBackTwice", testPutBackTwice, copies},
	{"ForgottenMark", testForgottenMark, copies},
	{"Copied", testCopied, copies},
	{"BurnAhead", testBurnAhead, copies},
	{"Gone", testGone, copies},
}
