package serial

import (
	"math"
	"time"
)

// Format returns the serial of an index. Its errors are of type [*Error]: [ErrExhausted] from Capacity on, [ErrField] for a field that
// is missing or doesn't fit, [ErrDate] for a time before 1970, [ErrKey] for a scrambled scheme without its key.
func (s *Scheme) Format(f Fields, index uint64) (string, error) {
	out, err := s.AppendFormat(make([]byte, 0, s.longest), f, index)
	if err != nil {
		return "", err
	}
	return unsafeString(out), nil
}

// AppendFormat appends the serial of an index to dst. It allocates nothing if dst has room. On an error dst is as it was.
func (s *Scheme) AppendFormat(dst []byte, f Fields, index uint64) ([]byte, error) {
	st := state{fields: &f}
	if err := s.prepare(&st, index); err != nil {
		return dst, err
	}
	out, err := s.render(dst, &st)
	if err != nil {
		return dst, err
	}
	return out, nil
}

// prepare takes the time and the index apart.
func (s *Scheme) prepare(st *state, index uint64) error {
	if index >= s.issue {
		return s.exhausted(index)
	}
	if err := s.context(st); err != nil {
		return err
	}
	for i := len(s.slots) - 1; i > 0; i-- {
		st.digits[i] = index % s.slots[i].size
		index /= s.slots[i].size
	}
	st.digits[0] = index
	if !s.scrambled {
		return nil
	}
	k, err := s.keyFor(st)
	if err != nil {
		return err
	}
	return s.permute(st, k, false)
}

func (s *Scheme) exhausted(index uint64) error {
	return &Error{Err: ErrExhausted, Part: "index", Detail: "index " + utoa(index) + " of a scheme that issues " + utoa(s.issue) + ", counted from 0"}
}

// context sees to what the serial needs besides its index.
func (s *Scheme) context(st *state) error {
	if err := s.givens(st); err != nil {
		return err
	}
	if s.scrambled && st.fields.Product == "" {
		return &Error{Err: ErrField, Part: "field product", Detail: "missing: a scrambled index needs it, so that two products under one key share no sequence"}
	}
	if s.scrambled && len(st.fields.Product) > math.MaxUint16 {
		return &Error{Err: ErrField, Part: "field product", Detail: "longer than 65,535 bytes"}
	}
	return s.time(st)
}

// givens sees to the fields that the caller's context supplies.
func (s *Scheme) givens(st *state) error {
	for _, name := range s.given {
		if st.fields.value(name) == "" {
			return &Error{Err: ErrField, Part: "field " + name, Detail: "missing: the pattern says that it is given"}
		}
	}
	return nil
}

// time takes the time apart if the scheme spells a date.
func (s *Scheme) time(st *state) error {
	if s.calendar.used && !st.dated {
		t := st.fields.Time
		if t.IsZero() {
			return &Error{Err: ErrField, Part: "field time", Detail: "missing: the pattern spells a date"}
		}
		if s.calendar.take(t, &st.moment); !st.moment.inYears() {
			return &Error{Err: ErrDate, Part: "field time", Detail: t.Format(time.RFC3339) + " is not from 1970 to 9999: is the clock set?"}
		}
		st.dated = true
	}
	return nil
}

// render spells all parts, the checks last.
func (s *Scheme) render(dst []byte, st *state) ([]byte, error) {
	base := len(dst)
	var err error
	for i := range s.parts {
		p := &s.parts[i]
		from := len(dst) - base
		switch p.kind {
		case literalPart:
			dst = append(dst, p.literal...)
		case datePart:
			for j := range p.date {
				dst = p.date[j].append(dst, &st.moment)
			}
		case fieldPart:
			if dst, err = p.field.append(dst, st); err != nil {
				return dst, err
			}
		case indexPart:
			x, start := &s.slots[p.slot], 0
			if x.skip != nil {
				start = x.skip.start(unsafeString(dst[base:]), st)
			}
			if dst, err = x.append(dst, st.digits[p.slot], st.fields, start); err != nil {
				return dst, err
			}
		case checkPart:
			for range p.min {
				dst = append(dst, '?')
			}
		}
		st.spans[i] = span{uint8(from), uint8(len(dst) - base)}
	}
	for _, i := range s.checks {
		if err = s.putCheck(dst[base:], i, st); err != nil {
			return dst, err
		}
	}
	return dst, nil
}
