package serial

import (
	"iter"
	"time"
)

// Times goes through the times that a serial's date can mean, the latest first, where it repeats:
// 2026, 2016, 2006 … for a one-digit year. It begins with the one that [Scheme.Parse] returns for
// a reference time in the context; without a reference it gives that one only. Its error is that
// of Parse.
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
			context.Time = at.AddDate(0, 0, -2) // what Parse takes may be a day after the reference
			f, _, err := s.Parse(context, serial)
			if err != nil || !f.Time.Before(at) || !yield(f.Time) {
				return
			}
			at = f.Time
		}
	}, nil
}
