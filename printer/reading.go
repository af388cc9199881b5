package printer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// A reading is what the printer told in one answer.
type reading struct {
	asked, got time.Time // when it was asked for, and when the status came
	connection int
	status     *HostStatus // nil when it was left out
	meters     meters
}

func unread() (r reading) {
	for meter := range r.meters {
		r.meters[meter] = -1
	}
	return r
}

func (r reading) counter() int64 { return r.meters[totalLabels] }

// why tells what keeps the printer from being idle, or "".
func (r reading) why() string {
	switch {
	case r.status == nil:
		return "it doesn't tell its status, as when media or ribbon is out or the head open"
	case len(r.status.Faults()) > 0:
		return strings.Join(r.status.Faults(), ", ")
	case !r.status.Idle():
		return fmt.Sprintf("%d formats of earlier jobs to print", max(1, r.status.Formats, r.status.Remaining))
	}
	return ""
}

// errLate ends a connection whose status replies nobody can tell apart any more.
var errLate = errors.New("its status came later than the rest of the answer, or belongs to an earlier question")

// read asks for the status and the meters: all that the printer knows, or its counter only. After an answer without status
// the next one that comes may be the one that was missing: that was true earlier. So it isn't taken, and the connection is
// opened anew.
func (r *run) read(ctx context.Context, all bool) (reading, error) {
	q := query{status: true}
	var which []int
	for meter := range r.has {
		if r.has[meter] && (all || meter == totalLabels) {
			which = append(which, meter)
			q.vars = append(q.vars, meterKeys[meter])
		}
	}
	now := unread()
	now.asked, now.connection = time.Now(), r.p.connections
	a, err := r.p.query(ctx, q)
	if err != nil {
		return now, err
	}
	if a.status != nil && r.p.conn.owes {
		r.p.drop()
		return now, r.p.failed(errLate)
	}
	r.p.conn.owes = a.status == nil
	now.got, now.status = a.statusAt, a.status
	for i, meter := range which {
		if a.vars == nil {
			return now, r.p.failed(errSilent)
		}
		now.meters[meter] = parseMeter(meter, a.vars[i])
	}
	return now, nil
}

// withUptime is the meters with the uptime of another reading, which may grow.
func (r reading) withUptime(of reading) meters {
	m := r.meters
	if m[uptime] >= of.meters[uptime] {
		m[uptime] = of.meters[uptime]
	}
	return m
}
