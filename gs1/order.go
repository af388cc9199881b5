package gs1

import (
	"slices"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// Ordered returns the elements of m in the order that needs the fewest separators (GS1 General
// Specifications, 7.8.5): first the primary keys of predefined length, then the other AIs of
// predefined length, then the primary keys of variable length, then the rest. Elements of the same
// group keep their order.
func (m Message) Ordered() Message {
	ordered := slices.Clone(m)
	slices.SortStableFunc(ordered, func(a, b Element) int { return rank(a.AI) - rank(b.AI) })
	return ordered
}

func rank(ai string) int {
	row := gs1syntax.Lookup(ai)
	switch {
	case row == nil:
		return 3
	case row.Key && row.Predefined:
		return 0
	case row.Predefined:
		return 1
	case row.Key:
		return 2
	}
	return 3
}
