package serial

import (
	"strconv"
	"strings"
)

// sites give each value of a field a range of a slot's numbers, so that plants count on their own and never meet.
type sites struct {
	field   string
	builtin uint8
	ranges  []siteRange
}

type siteRange struct {
	value string
	from  uint64
}

// from returns the first number of the field's value.
func (s *sites) from(f *Fields) (uint64, error) {
	v := f.valueOf(s.builtin, s.field)
	for i := range s.ranges {
		if s.ranges[i].value == v {
			return s.ranges[i].from, nil
		}
	}
	if v == "" {
		return 0, &Error{Err: ErrField, Part: "field " + s.field, Detail: "missing: the numbers are divided by it"}
	}
	return 0, &Error{Err: ErrField, Part: "field " + s.field, Detail: "no range for " + clip(v) + " in the pattern"}
}

// sites reads range=plant:Berlin=0-4999,Austin=5000-9999. All sites have room for as many numbers as the smallest.
func (c *compiler) sites(n *node, o option, x *slot) error {
	field, list, ok := strings.Cut(o.value, ":")
	if !ok || field == "" {
		return c.atOption(n, o, "want range= with a field and its values, as in range=plant:Berlin=0-4999,Austin=5000-9999")
	}
	x.sites = &sites{field: field, builtin: builtinOf(field)}
	type span struct{ from, to uint64 }
	var spans []span
	size := ^uint64(0)
	for _, entry := range strings.Split(list, ",") {
		value, numbers, _ := strings.Cut(entry, "=")
		low, high, _ := strings.Cut(numbers, "-")
		from, err1 := strconv.ParseUint(low, 10, 64)
		to, err2 := strconv.ParseUint(high, 10, 64)
		if value == "" || err1 != nil || err2 != nil || from > to || to-from == ^uint64(0) {
			return c.atOption(n, o, "range %s: want value=from-to", clip(entry))
		}
		for i, other := range spans {
			if from <= other.to && other.from <= to || x.sites.ranges[i].value == value {
				return c.atOption(n, o, "range %s meets that of %s", clip(entry), x.sites.ranges[i].value)
			}
		}
		spans = append(spans, span{from, to})
		x.sites.ranges = append(x.sites.ranges, siteRange{value, from})
		size = min(size, to-from+1)
		x.last = max(x.last, to)
	}
	x.size = size
	return nil
}
