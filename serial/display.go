package serial

// Display returns a serial with the display marks and groups of the pattern, which are printed
// and not encoded: SN-A7F9-2KQ8-1 for SNA7F92KQ81. It splits the serial as Parse does and doesn't
// verify its checks. The error is of type [*Error].
func (s *Scheme) Display(serial string) (string, error) {
	if len(s.pattern.Marks) == 0 {
		return serial, nil
	}
	st := state{fields: new(Fields), serial: serial}
	if err := s.split(serial, &st); err != nil {
		return "", err
	}
	var out []byte
	for i := 0; i <= len(s.pattern.Parts); i++ {
		group, mark := 0, ""
		for _, e := range s.pattern.Marks {
			if e.Before != i {
				continue
			}
			if e.Group == 0 {
				out = append(out, e.Text...)
			} else {
				group, mark = e.Group, e.Text
			}
		}
		if i == len(s.pattern.Parts) {
			break
		}
		text := st.spans[i].in(serial)
		for group > 0 && len(text) > group {
			out = append(append(out, text[:group]...), mark...)
			text = text[group:]
		}
		out = append(out, text...)
	}
	return string(out), nil
}
