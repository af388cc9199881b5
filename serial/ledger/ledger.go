package ledger

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"time"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A Ledger is the durable record of units. Its methods may be called by several goroutines.
type Ledger struct {
	store   driver.Store
	options Options
	commits committer
	cache   cache
}

// Options change how a ledger is opened. The zero value is the default.
type Options struct {
	// Actor is recorded as who acts, unless the call or the event names another one: see
	// [WithActor]. The default is the user that the process runs as.
	Actor string

	// Software is recorded as the program that acts, with its version. The default is the main
	// module with its version.
	Software string

	// Keys are the keys of recorded schemes that the program doesn't define itself, such as the
	// earlier versions of a product's scheme.
	Keys serial.Keyring

	// BurnAhead, if it isn't 0, lets a ledger that is found to be a copy continue as a ledger of
	// its own: it skips the next BurnAhead numbers of every counter, including counters that
	// don't exist yet, so that it issues none that the original has issued since it was copied.
	// Only the caller can know how many those may be. It has no effect on a ledger that isn't a
	// copy. If it is 0, a copy is rejected with ErrCopied.
	BurnAhead uint64

	// Clock returns the time that records are dated by. The default is time.Now.
	Clock func() time.Time
}

// New returns the ledger that a store keeps; nil options are the default. If the store is new,
// was set back, or is a copy that may continue, a new epoch begins before New returns. Programs
// call the Open function of a store's package, such as sqlite.Open, which calls New.
func New(ctx context.Context, s driver.Store, o *Options) (*Ledger, error) {
	l := &Ledger{store: s, commits: committer{turn: make(chan struct{}, 1)}, cache: newCache()}
	if o != nil {
		l.options = *o
	}
	if l.options.Clock == nil {
		l.options.Clock = time.Now
	}
	l.options.Actor = firstOf(l.options.Actor, user())
	l.options.Software = firstOf(l.options.Software, software())
	err := validText("actor", l.options.Actor, "software", l.options.Software)
	if err == nil {
		err = l.update(ctx, func(context.Context, driver.Tx) ([]draft, error) { return nil, nil })
	}
	if err != nil {
		return nil, l.fail("", err)
	}
	return l, nil
}

// Close releases the ledger, whose other methods return ErrClosed afterwards. What was obtained
// from it, such as a Block, remains usable.
func (l *Ledger) Close() error { return l.store.Close() }

// String returns the name of the ledger's file or server.
func (l *Ledger) String() string { return l.store.String() }

// WithActor returns a context under which records have an actor and a reason.
//
// The actor of a record is the first of these that isn't empty: [Event.Actor], the context's, and
// [Options.Actor]. The reason is that of the event or that of the context.
func WithActor(ctx context.Context, actor, reason string) context.Context {
	return context.WithValue(ctx, actorKey{}, [2]string{actor, reason})
}

type actorKey struct{}

// firstOf returns the first string that isn't empty.
func firstOf(s ...string) string {
	for _, s := range s {
		if s != "" {
			return s
		}
	}
	return ""
}

// validText rejects text that JSON would change. Its arguments are pairs of a name and a text.
func validText(pairs ...string) error {
	for i := 0; i < len(pairs); i += 2 {
		if !utf8.ValidString(pairs[i+1]) {
			return invalid(pairs[i+1], fmt.Sprintf("%s %s is not valid UTF-8", pairs[i],
				clip(pairs[i+1])), "")
		}
	}
	return nil
}

// validMap is validText for the entries of a map.
func validMap(name string, m map[string]string) error {
	for k, v := range m {
		if err := validText(name, k, name+" "+k, v); err != nil {
			return err
		}
	}
	return nil
}

func user() string { return firstOf(os.Getenv("USER"), os.Getenv("USERNAME"), "unknown") }

func software() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return firstOf(info.Main.Path, info.Path, "unknown") + " " + firstOf(info.Main.Version,
		"(devel)")
}
