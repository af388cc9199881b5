package serial

import (
	"fmt"

	"github.com/gonameplate/nameplate/serial/internal/pattern"
	"github.com/gonameplate/nameplate/serial/internal/quote"
)

// Format returns the serial of an index. Its errors are of type [*Error]: [ErrExhausted] from
// Capacity on, [ErrField] for a field that is missing or doesn't fit, [ErrDate] for a time before
// 1970, [ErrKey] for a scrambled scheme without its key.
func (s *Scheme) Format(f Fields, index uint64) (string, error) {
	out, err := s.AppendFormat(make([]byte, 0, s.pattern.Longest), f, index)
	if err != nil {
		return "", err
	}
	return unsafeString(out), nil
}

// AppendFormat appends the serial of an index to dst. It allocates nothing if dst has room. On an
// error dst is as it was.
func (s *Scheme) AppendFormat(dst []byte, f Fields, index uint64) ([]byte, error) {
	st := state{fields: &f}
	if err := s.prepare(&st, index); err != nil {
		return dst, err
	}
	out, err := s.write(dst, &st)
	if err != nil {
		return dst, err
	}
	return out, nil
}

// prepare takes the time and splits the index into digits.
func (s *Scheme) prepare(st *state, index uint64) error {
	if index >= s.pattern.Limit {
		return s.exhausted(index)
	}
	if err := s.needs(st); err != nil {
		return err
	}
	for i := len(s.pattern.Indexes) - 1; i > 0; i-- {
		size := s.pattern.Indexes[i].Size
		st.digits[i] = index % size
		index /= size
	}
	st.digits[0] = index
	if !s.pattern.Scrambled {
		return nil
	}
	k, err := s.keyFor(st)
	if err != nil {
		return err
	}
	return s.permute(st, k, false)
}

func (s *Scheme) exhausted(index uint64) error {
	return &Error{Err: ErrExhausted, Part: "index", Detail: fmt.Sprintf(
		"%d is not below the %d indices that the scheme issues", index, s.pattern.Limit)}
}

// write writes all parts, the checks last.
func (s *Scheme) write(dst []byte, st *state) ([]byte, error) {
	base := len(dst)
	var err error
	for i := range s.pattern.Parts {
		p := &s.pattern.Parts[i]
		from := len(dst) - base
		switch p.Kind {
		case pattern.LiteralPart:
			dst = append(dst, p.Literal...)
		case pattern.DatePart:
			for j := range p.Date {
				dst = p.Date[j].Append(dst, &st.date.Moment)
			}
		case pattern.FieldPart:
			if dst, err = s.appendField(dst, p.Field, st); err != nil {
				return dst, err
			}
		case pattern.IndexPart:
			if dst, err = s.appendIndex(dst, base, p.Index, st); err != nil {
				return dst, err
			}
		case pattern.CheckPart:
			for range p.Min {
				dst = append(dst, '?')
			}
		}
		st.spans[i] = span{uint8(from), uint8(len(dst) - base)}
	}
	for _, i := range s.pattern.Checks {
		if err = s.putCheck(dst[base:], i, st); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// appendIndex writes a digit of the index to a serial that begins at base.
func (s *Scheme) appendIndex(dst []byte, base, i int, st *state) ([]byte, error) {
	x := &s.pattern.Indexes[i]
	from := x.From
	if r := x.Ranges; r != nil {
		v := st.fields.valueOf(r.Builtin, r.Field)
		var ok bool
		if from, ok = r.From(v); !ok {
			if v == "" {
				return dst, fieldError(r.Field, "missing: it decides the range of numbers")
			}
			return dst, fieldError(r.Field, "the pattern has no range for "+quote.Text(v))
		}
	}
	before := 0
	if x.Skip != nil {
		before = skipped(x, unsafeString(dst[base:]), st)
	}
	return x.Append(dst, st.digits[i], from, before), nil
}
