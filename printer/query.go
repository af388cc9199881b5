package printer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// A query is what is asked in one go. The answers come in the order of the fields.
type query struct {
	status   bool     // ~HS
	faults   bool     // ~HQES
	vars     []string // SGD variables
	identity bool     // ~HI
}

// An answer is what came. Parts that a printer may leave out are nil when a later part has come and
// they haven't.
type answer struct {
	status   *HostStatus
	statusAt time.Time
	faults   *Faults
	vars     []string // as many as asked for, or nil
	identity *Identity
}

// replyGrace is how long a part of an answer may come later than the part behind it.
const replyGrace = 250 * time.Millisecond

// errSilent is the error of a query without an answer.
var errSilent = errors.New("no answer")

// query asks, and waits for the answer. Only one query is under way at a time, and what came
// unasked before it is discarded. After an error the connection must be discarded.
func (c *conn) query(ctx context.Context, q query) (a answer, err error) {
	c.discard()
	if err := c.write(ctx, q.append(nil)); err != nil {
		return answer{}, err
	}
	var last, statusAt time.Time
	err = c.await(ctx, func(in []byte) (done bool, again time.Duration) {
		a = q.parse(in)
		if a.status != nil && statusAt.IsZero() {
			statusAt = time.Now()
		}
		a.statusAt = statusAt
		switch {
		case a.complete(q):
			return true, 0
		case !a.last(q):
			return false, 0
		case last.IsZero():
			last = time.Now()
		}
		late := time.Since(last)
		return late >= replyGrace, replyGrace - late
	})
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("%w: %w", errSilent, err)
	}
	return a, err
}

func (q query) append(dst []byte) []byte {
	if q.status {
		dst = append(dst, zebra.StatusQuery...)
	}
	if q.faults {
		dst = append(dst, zebra.FlagsQuery...)
	}
	for _, key := range q.vars {
		dst = zebra.AppendGetvar(dst, key)
	}
	if q.identity {
		dst = append(dst, zebra.IdentityQuery...)
	}
	return dst
}

// parse reads what has come of an answer so far. A printer may send its parts without frames: then
// the end of a line ends them.
func (q query) parse(in []byte) (a answer) {
	if q.status {
		if status, err := ParseHostStatus(in); err == nil {
			a.status = &status
		}
	}
	if q.faults && isFlags(in) && endsPart(in) {
		if flags, err := zebra.ParseFlags(in); err == nil {
			a.faults = (*Faults)(&flags)
		}
	}
	if len(q.vars) > 0 {
		if values := zebra.Values(in); len(values) >= len(q.vars) {
			a.vars = values[len(values)-len(q.vars):]
		}
	}
	if q.identity && endsPart(in) {
		if id, err := zebra.ParseIdentity(in); err == nil {
			a.identity = (*Identity)(&id)
		}
	}
	return a
}

func isFlags(in []byte) bool { return bytes.Contains(in, []byte("ERRORS")) }

// endsPart reports whether a frame or a line has ended.
func endsPart(in []byte) bool {
	return bytes.IndexByte(in, '\x03') >= 0 || bytes.HasSuffix(in, []byte("\n"))
}

func (a answer) complete(q query) bool {
	return (!q.status || a.status != nil) && (!q.faults || a.faults != nil) &&
		(len(q.vars) == 0 || a.vars != nil) && (!q.identity || a.identity != nil)
}

// last reports whether the part has come that is asked for last.
func (a answer) last(q query) bool {
	switch {
	case q.identity:
		return a.identity != nil
	case len(q.vars) > 0:
		return a.vars != nil
	case q.faults:
		return a.faults != nil
	}
	return a.status != nil
}
