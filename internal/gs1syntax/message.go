package gs1syntax

import "strings"

// Room returns an empty message with room for about as many elements as s has, in whichever form.
func Room(s string) []Element {
	n := 1 + len(s)/8
	switch {
	case s == "":
	case s[0] == '(':
		n = strings.Count(s, "(")
	case s[0] == 'h' || s[0] == 'H':
		n = strings.Count(s, "/")/2 + strings.Count(s, "=") - 1
	}
	return make([]Element, 0, min(max(n, 1), 8))
}

// Validate checks a message in full: each AI, each value, and their associations.
func Validate(msg []Element, opt Options) *Fault {
	var r roll
	if len(msg) == 0 {
		return &Fault{Kind: BadForm, Want: "at least one element"}
	}
	if len(msg) > MaxElements {
		return inMessage(msg, MaxElements, flaw{kind: TooMany, want: "at most 64 elements"})
	}
	for i := range msg {
		row, id, ok := lookup(msg[i].AI, opt.PermitUnknownAIs)
		if !ok {
			return unknownIn(msg, i)
		}
		if !table[row].plain(msg[i].Value) {
			if f := table[row].check(msg[i].Value); f.kind != 0 {
				return inMessage(msg, i, f)
			}
		}
		r.enter(slot{0, id, row})
	}
	if i, f := r.associations(msg, opt); i >= 0 {
		f.n = len(msg[i].Value)
		return inMessage(msg, i, f)
	}
	return nil
}

// inMessage places a flaw of the i-th value in the bracketed form of the message.
func inMessage(msg []Element, i int, f flaw) *Fault {
	at := len(AppendText(nil, msg[:i])) + len(msg[i].AI) + 2
	before, within := msg[i].Value[:f.pos], msg[i].Value[f.pos:f.pos+f.n]
	f.pos += strings.Count(before, "(")
	f.n += strings.Count(within, "(")
	return f.at(Text(msg), msg[i].AI, at)
}

// unknownIn is the fault that the i-th AI is unknown.
func unknownIn(msg []Element, i int) *Fault {
	return &Fault{
		Kind:  UnknownAI,
		AI:    msg[i].AI,
		Input: Text(msg),
		Pos:   len(AppendText(nil, msg[:i])) + 1,
		Len:   len(msg[i].AI),
		Want:  "an AI of the GS1 General Specifications",
	}
}

// Text writes the bracketed form.
func Text(msg []Element) string { return string(AppendText(nil, msg)) }

// AppendText appends the bracketed form of msg to dst.
func AppendText(dst []byte, msg []Element) []byte {
	for _, e := range msg {
		dst = append(dst, '(')
		dst = append(dst, e.AI...)
		dst = append(dst, ')')
		for i := range len(e.Value) {
			if e.Value[i] == '(' {
				dst = append(dst, '\\')
			}
			dst = append(dst, e.Value[i])
		}
	}
	return dst
}

// AppendData appends msg as element strings to dst: FNC1 as GS, in front and after each value that
// is not of predefined length and not the last. It checks the structure only: that each AI is
// known, and that each value has a length that the AI allows and no FNC1.
func AppendData(dst []byte, msg []Element, opt Options) ([]byte, *Fault) {
	if len(msg) == 0 {
		return dst, &Fault{Kind: BadForm, Want: "at least one element"}
	}
	begin := len(dst)
	dst = append(dst, gs)
	for i, e := range msg {
		row, _, ok := lookup(e.AI, opt.PermitUnknownAIs)
		if !ok {
			return dst[:begin], unknownIn(msg, i)
		}
		if f := table[row].structure(e.Value); f.kind != 0 {
			return dst[:begin], inMessage(msg, i, f)
		}
		dst = append(dst, e.AI...)
		dst = append(dst, e.Value...)
		if !table[row].Predefined && i < len(msg)-1 {
			dst = append(dst, gs)
		}
	}
	return dst, nil
}

// structure checks what keeps the elements of a message apart: the length of a value, and that no
// character of it means FNC1.
func (a *AI) structure(v string) flaw {
	if len(v) == 0 || len(v) > int(a.Max) || a.Predefined && len(v) != int(a.Max) {
		return a.wrongLength(v)
	}
	for i := range len(v) {
		if isFNC1(v[i]) {
			return flaw{BadCharacter, i, 1, "no FNC1 within a value"}
		}
	}
	return flaw{}
}
