package serial

import "github.com/gonameplate/nameplate/serial/internal/pattern"

// Scope returns what the counter counts within, as the serial contains it: "" if the index never
// starts again, "26-11-22" if it starts again each day. A counter is kept for each (product,
// version, scope), for ever: a one-digit year comes again, and with it the counter of ten years
// ago. Its errors are those of Format.
func (s *Scheme) Scope(f Fields) (string, error) {
	st := state{fields: &f}
	if len(s.pattern.Scope) == 0 {
		return "", nil
	}
	if err := s.givens(&st); err != nil {
		return "", err
	}
	if err := s.takeTime(&st); err != nil {
		return "", err
	}
	out, err := s.appendScope(nil, &st)
	return string(out), err
}

// appendScope joins the items with hyphens; a hyphen or backslash within one is escaped.
func (s *Scheme) appendScope(dst []byte, st *state) ([]byte, error) {
	for i := range s.pattern.Scope {
		if i > 0 {
			dst = append(dst, '-')
		}
		item := &s.pattern.Scope[i]
		if item.Token != nil {
			dst = item.Token.Append(dst, &st.date.Moment)
			continue
		}
		start := len(dst)
		if item.Source == nil {
			dst = append(dst, st.fields.value(item.Given)...)
		} else {
			var err error
			if dst, err = s.appendSource(dst, item.Source, st); err != nil {
				return dst, err
			}
		}
		dst = escapeHyphens(dst, start)
	}
	return dst, nil
}

// appendSource writes a field as the serial contains it.
func (s *Scheme) appendSource(dst []byte, by *pattern.Source, st *state) ([]byte, error) {
	switch {
	case by.Field == nil:
		return append(dst, s.rangeValue(by, st)...), nil
	case st.serial != "":
		return append(dst, st.spans[by.Place].in(st.serial)...), nil
	}
	return s.appendField(dst, by.Field, st)
}

// rangeValue returns the value of the range that an index's number is in, or is to be in.
func (s *Scheme) rangeValue(by *pattern.Source, st *state) string {
	r := s.pattern.Indexes[by.Index].Ranges
	if st.serial != "" {
		return r.List[st.ranges[by.Index]].Value
	}
	return st.fields.valueOf(r.Builtin, r.Field)
}

// appendField writes the value of a field.
func (s *Scheme) appendField(dst []byte, f *pattern.Field, st *state) ([]byte, error) {
	v := st.fields.valueOf(f.Builtin, f.Name)
	if v == "" && f.Name == pattern.KeyName {
		v = st.key
	}
	dst, problem := f.Append(dst, v)
	if problem != "" {
		return dst, fieldError(f.Name, problem)
	}
	return dst, nil
}

func escapeHyphens(dst []byte, start int) []byte {
	for i := start; i < len(dst); i++ {
		if dst[i] == '-' || dst[i] == '\\' {
			dst = append(dst, 0)
			copy(dst[i+1:], dst[i:])
			dst[i] = '\\'
			i++
		}
	}
	return dst
}
