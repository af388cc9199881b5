package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"time"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/serial"
)

// A Ledger is the durable record of units. Its methods may be called by several goroutines; a Store in a file may be open
// in several processes.
type Ledger struct {
	store   Store
	options Options
	commits committer
	cache   cache
}

// Options are what the options of a store's Open function set.
type Options struct {
	Clock    func() time.Time
	Actor    string
	Software string
	Keys     serial.Keyring
	Adopt    *uint64
}

// An Option changes how a ledger is opened.
type Option func(*Options)

// Clock sets the clock that records are dated by. The default is time.Now.
func Clock(now func() time.Time) Option { return func(o *Options) { o.Clock = now } }

// Actor names who acts when a call doesn't say so. The default is the user that the process runs for.
func Actor(name string) Option { return func(o *Options) { o.Actor = name } }

// Software names the program and its version for the records. The default is the main module with its version.
func Software(version string) Option { return func(o *Options) { o.Software = version } }

// Keys gives the ledger the keys of schemes that are recorded and that the program doesn't define, such as earlier versions.
func Keys(k serial.Keyring) Option { return func(o *Options) { o.Keys = k } }

// AdoptCopy lets a ledger that is found to be a copy go on as a ledger of its own. Its next n numbers of every counter are
// burnt, the counters that aren't known yet included, so that it issues none that the original has issued since; n is for
// the caller to state, for nothing in the copy can tell. It has no effect on a ledger that isn't a copy.
func AdoptCopy(n uint64) Option { return func(o *Options) { o.Adopt = &n } }

// New returns the ledger that a store keeps. If the store is new, was set back or is an adopted copy, a new epoch begins
// before it returns. Programs call a store's own Open function, such as sqlite.Open, which calls New.
func New(ctx context.Context, s Store, opts ...Option) (*Ledger, error) {
	l := &Ledger{
		store:   s,
		options: Options{Clock: time.Now, Actor: user(), Software: software()},
		commits: committer{turn: make(chan struct{}, 1)},
		cache:   newCache(),
	}
	for _, o := range opts {
		o(&l.options)
	}
	if err := validText("actor", l.options.Actor, "software", l.options.Software); err != nil {
		return nil, err
	}
	err := l.update(ctx, func(context.Context, Tx) ([]draft, error) { return nil, nil })
	if err != nil {
		return nil, err
	}
	return l, nil
}

// Close releases the ledger. What was returned from it, such as a Block, can still be used.
func (l *Ledger) Close() error { return l.store.Close() }

// String names the ledger's file or server.
func (l *Ledger) String() string { return l.store.String() }

// WithActor returns a context whose records name another actor than the ledger's, and a reason. An order or event that
// names its own goes before it.
func WithActor(ctx context.Context, actor, reason string) context.Context {
	return context.WithValue(ctx, actorKey{}, [2]string{actor, reason})
}

type actorKey struct{}

// A draft is a record before it has its place in the chain.
type draft struct {
	kind          Kind
	actor, reason string
	body          any
}

// seal gives a draft its envelope and its place after a head.
func (l *Ledger) seal(ctx context.Context, d draft, h Head) (Record, error) {
	body, err := json.Marshal(d.body)
	if err != nil {
		return Record{}, fmt.Errorf("%s: %w", d.kind, err)
	}
	by, _ := ctx.Value(actorKey{}).([2]string)
	r := Record{Body: body, Envelope: Envelope{
		Seq: h.Seq + 1, Ledger: h.Ledger, Epoch: h.Epoch, Kind: d.kind,
		Actor: firstOf(d.actor, by[0], l.options.Actor), Reason: firstOf(d.reason, by[1]),
		Time: recordTime(l.options.Clock()), Software: l.options.Software, Previous: h.Hash,
	}}
	if err := validText("actor", r.Actor, "reason", r.Reason); err != nil {
		return Record{}, err
	}
	r.Hash = r.Digest()
	return r, nil
}

// firstOf returns the first string that isn't empty.
func firstOf(s ...string) string {
	for _, s := range s {
		if s != "" {
			return s
		}
	}
	return ""
}

// validText refuses what JSON would change in silence. Its arguments are pairs of a name and a text.
func validText(pairs ...string) error {
	for i := 0; i < len(pairs); i += 2 {
		if !utf8.ValidString(pairs[i+1]) {
			return fmt.Errorf("%s %q: not valid UTF-8", pairs[i], pairs[i+1])
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
	return firstOf(info.Main.Path, info.Path, "unknown") + " " + firstOf(info.Main.Version, "(devel)")
}
