package serial

// A scopeItem is what the counter's scope is made of: a date token, a field that the serial spells, or one that is given.
type scopeItem struct {
	token *token
	field *textField
	given string
}

// Scope returns what the counter counts within, as the serial spells it: "" if the index never starts again, "26-11-22" for one
// that starts again each day. A counter is kept for each (product, version, scope), for ever: a one-digit year comes again, and with it
// the counter of ten years ago. Its errors are those of Format.
func (s *Scheme) Scope(f Fields) (string, error) {
	st := state{fields: &f}
	if len(s.scope) == 0 {
		return "", nil
	}
	if err := s.givens(&st); err != nil {
		return "", err
	}
	if err := s.time(&st); err != nil {
		return "", err
	}
	out, err := s.appendScope(nil, &st)
	return string(out), err
}

// appendScope joins the items with hyphens; a hyphen or backslash within one is escaped.
func (s *Scheme) appendScope(dst []byte, st *state) ([]byte, error) {
	for i := range s.scope {
		if i > 0 {
			dst = append(dst, '-')
		}
		item := &s.scope[i]
		if item.token != nil {
			dst = item.token.append(dst, &st.moment)
			continue
		}
		start := len(dst)
		if item.field != nil {
			var err error
			if dst, err = item.field.append(dst, st); err != nil {
				return dst, err
			}
		} else {
			dst = append(dst, st.fields.value(item.given)...)
		}
		dst = escapeHyphens(dst, start)
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
