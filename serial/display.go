package serial

// An eye is a mark that is printed for the eye and not encoded: before a part, or within it after every so many characters.
type eye struct {
	before int
	text   string
	group  int // 0: before the part
}

// Display returns a serial as it is printed for the eye, with the marks and groups of the pattern: SN-A7F9-2KQ8-1 for SNA7F92KQ81. The
// serial is cut as Parse cuts it; its checks are not verified. Its error is of type [*Error].
func (s *Scheme) Display(serial string) (string, error) {
	if len(s.eyes) == 0 {
		return serial, nil
	}
	st := state{fields: new(Fields), serial: serial}
	if err := s.split(serial, &st); err != nil {
		return "", err
	}
	var out []byte
	for i := 0; i <= len(s.parts); i++ {
		group, mark := 0, ""
		for _, e := range s.eyes {
			if e.before != i {
				continue
			}
			if e.group == 0 {
				out = append(out, e.text...)
			} else {
				group, mark = e.group, e.text
			}
		}
		if i == len(s.parts) {
			break
		}
		text := serial[st.spans[i].from:st.spans[i].to]
		for group > 0 && len(text) > group {
			out = append(append(out, text[:group]...), mark...)
			text = text[group:]
		}
		out = append(out, text...)
	}
	return string(out), nil
}
