package serial

import (
	"iter"
	"time"
)

// Times iterates over the times that a serial's date can mean, the latest first: 2026, 2016, 2006
// … for a one-digit year. The first is the one that [Scheme.Parse] returns for the reference time
// in the context; without a reference it is the only one. The error is that of Parse.
func (s *Scheme) Times(context Fields, serial string) (iter.Seq[time.Time], error) {
	f, _, err := s.Parse(context, serial)
	if err != nil {
		return nil, err
	}
	return func(yield func(time.Time) bool) {
		if !s.pattern.Calendar.Used() || !yield(f.Time) || context.Time.IsZero() {
			return
		}
		for at := f.Time; ; {
			context.Time = at.AddDate(0, 0, -2) // Parse accepts a day after the reference
			f, _, err := s.Parse(context, serial)
			if err != nil || !f.Time.Before(at) || !yield(f.Time) {
				return
			}
			at = f.Time
		}
	}, nil
}
