package printer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"
)

// A query is what is asked in one go. The answers come in the order of the fields.
type query struct {
	status   bool     // ~HS
	faults   bool     // ~HQES
	vars     []string // SGD variables
	identity bool     // ~HI
}

// An answer holds what came. Parts that a printer may leave out are nil when a later part has come and they haven't.
type answer struct {
	status   *HostStatus
	statusAt time.Time
	faults   *Faults
	vars     []string // as many as asked for, or nil
	identity *Identity
}

func (q query) append(dst []byte) []byte {
	if q.status {
		dst = append(dst, "~HS\r\n"...)
	}
	if q.faults {
		dst = append(dst, "~HQES\r\n"...)
	}
	for _, key := range q.vars {
		dst = append(dst, getvar(key)...)
	}
	if q.identity {
		dst = append(dst, "~HI\r\n"...)
	}
	return dst
}

// query asks on the connection there is. Only one query is under way at a time, and what came unasked before it is
// discarded. A query that isn't answered in time ends the connection: its answer could come later, and be taken for the next one's.
func (p *Printer) query(ctx context.Context, q query) (a answer, err error) {
	if _, ok := ctx.Deadline(); !ok {
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, replyTimeout)
		defer cancel()
	}
	if p.conn == nil {
		return answer{}, p.failed(errClosed)
	}
	if p.OneWay() {
		return answer{}, p.failed(errOneWay)
	}
	p.conn.discard()
	if err := p.send(ctx, q.append(nil)); err != nil {
		return answer{}, err
	}
	var last, statusAt time.Time
	err = p.conn.await(ctx, func(in []byte) time.Duration {
		a, err = q.parse(in)
		if a.status != nil && statusAt.IsZero() {
			statusAt = time.Now()
		}
		a.statusAt = statusAt
		switch {
		case err != nil || a.complete(q):
			return -1
		case !a.last(q):
			return 0
		case last.IsZero():
			last = time.Now()
		}
		if late := time.Since(last); late < replyGrace {
			return replyGrace - late
		}
		return -1
	})
	if err != nil {
		p.drop()
		if errors.Is(err, context.DeadlineExceeded) {
			err = fmt.Errorf("%w: %w", errSilent, err)
		}
		return answer{}, p.failed(err)
	}
	return a, nil
}

var errOneWay = errors.New("the connection can't carry replies")

// parse reads what has come of an answer so far.
func (q query) parse(in []byte) (a answer, err error) {
	for _, f := range frames(in) {
		if q.faults && bytes.Contains(f.text, []byte("ERRORS")) {
			faults, err := ParseFaults(f.text)
			if err != nil {
				return a, err
			}
			a.faults = &faults
		} else if id, err := parseIdentity(f.text); q.identity && err == nil && f.tokens() < 11 {
			a.identity = &id
		}
	}
	if status, err := ParseHostStatus(in); q.status && err == nil {
		a.status = &status
	}
	// A printer may send ~HQES and ~HI without frames.
	if q.faults && a.faults == nil {
		if faults, err := ParseFaults(in); err == nil && bytes.Contains(in, []byte("ERRORS")) && endsLine(in) {
			a.faults = &faults
		}
	}
	if len(q.vars) > 0 {
		if list, _ := values(in); len(list) >= len(q.vars) {
			a.vars = list[len(list)-len(q.vars):]
		}
	}
	return a, nil
}

func endsLine(in []byte) bool { return len(in) > 0 && (in[len(in)-1] == '\n' || in[len(in)-1] == etx) }

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
