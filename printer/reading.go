package printer

import (
	"fmt"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// A reading is what the printer reported in one answer.
type reading struct {
	asked, got time.Time // when it was asked for, and when the status came
	connection int
	status     *HostStatus // nil if it was left out
	meters     zebra.Meters
}

func (r reading) counter() int64 { return r.meters[zebra.TotalLabels] }

// busy returns what keeps the printer from being idle, or "".
func (r reading) busy() string {
	switch {
	case r.status == nil:
		return "no host status, as when media or ribbon is out or the head is open"
	case len(r.status.Faults()) > 0:
		return strings.Join(r.status.Faults(), ", ")
	case !r.status.Idle():
		n := max(1, r.status.Formats, r.status.Remaining)
		return fmt.Sprintf("%d formats of earlier jobs to print", n)
	}
	return ""
}

// movedSince reports whether labels were printed or formats came or went since another reading.
func (r reading) movedSince(last reading) bool {
	return r.counter() != last.counter() ||
		r.status != nil && last.status != nil && r.status.Formats != last.status.Formats
}

// settled reports whether the printer is idle and was so at the last reading, and nothing has
// moved.
func (r reading) settled(last reading) bool {
	return r.busy() == "" && !last.got.IsZero() && last.connection == r.connection &&
		last.busy() == "" && last.meters == r.withUptime(last)
}

// withUptime returns the meters with the uptime of another reading, unless it has gone back since.
func (r reading) withUptime(of reading) zebra.Meters {
	m := r.meters
	if m[zebra.Uptime] >= of.meters[zebra.Uptime] {
		m[zebra.Uptime] = of.meters[zebra.Uptime]
	}
	return m
}
