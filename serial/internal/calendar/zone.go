package calendar

import (
	"errors"
	"time"
)

// A Zone is a time zone with a list of its changes from 2000 to 2100, so that none of them must
// be computed from the zone's rule.
type Zone struct {
	*time.Location
	from    []int64 // Unix seconds at which an offset begins to hold
	offsets []int   // seconds east of UTC
	before  []int   // the last change up to the beginning of each period
	end     int64   // until when they hold
}

// The list begins and ends at these Unix seconds; changes are found by periods of so many
// seconds.
const (
	firstChange = 946_684_800
	lastChange  = 4_102_444_800
	period      = 1 << 23
)

// LoadZone returns the zone of an IANA name. On Windows, and in containers without time zone
// files, it knows those that the program embeds with time/tzdata; this package doesn't embed
// them, as that makes a program 450 kB larger.
func LoadZone(name string) (*Zone, error) {
	loc, err := load(name, time.LoadLocation)
	if err != nil {
		return nil, err
	}
	return newZone(loc), nil
}

func load(name string, load func(string) (*time.Location, error)) (*time.Location, error) {
	loc, err := load(name)
	if err == nil && name != "Local" {
		return loc, nil
	}
	if _, err := load("Europe/Berlin"); err != nil {
		return nil, errors.New(`this system has no list of time zones; import _ "time/tzdata"`)
	}
	return nil, errors.New("no such time zone, want an IANA name such as Europe/Berlin")
}

func newZone(loc *time.Location) *Zone {
	z := &Zone{Location: loc, end: firstChange}
	for z.end < lastChange {
		t := time.Unix(z.end, 0).In(loc)
		_, offset := t.Zone()
		if n := len(z.offsets); n == 0 || z.offsets[n-1] != offset {
			z.from, z.offsets = append(z.from, z.end), append(z.offsets, offset)
		}
		_, end := t.ZoneBounds()
		switch {
		case end.IsZero():
			z.end = lastChange
		case end.After(t):
			z.end = min(lastChange, end.Unix())
		default: // Go 1.26 returns such an end on 31 December of leap years for a zone with a rule
			z.end += 3600
		}
	}
	n := 0
	for sec := int64(firstChange); sec < lastChange; sec += period {
		for n+1 < len(z.from) && z.from[n+1] <= sec {
			n++
		}
		z.before = append(z.before, n)
	}
	return z
}

// Changes returns the Unix seconds of the zone's changes from 2000 to 2100, the first of them
// 2000 itself.
func (z *Zone) Changes() []int64 { return z.from }

// offset returns the seconds east of UTC at a Unix time.
func (z *Zone) offset(sec int64) int {
	if sec < z.from[0] || sec >= z.end {
		_, offset := time.Unix(sec, 0).In(z.Location).Zone()
		return offset
	}
	n := z.before[(sec-firstChange)/period]
	for n+1 < len(z.from) && z.from[n+1] <= sec {
		n++
	}
	return z.offsets[n]
}
