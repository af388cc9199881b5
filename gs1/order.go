package gs1

import (
	"slices"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// Ordered returns the elements of m in the order that the standard recommends and that needs the fewest separators: primary keys
// first, then the other AIs of predefined length, then the rest (GS1 General Specifications, 7.8.5). Elements that are alike in this
// stay in their order.
func (m Message) Ordered() Message {
	ordered := slices.Clone(m)
	slices.SortStableFunc(ordered, func(a, b Element) int { return rank(a.AI) - rank(b.AI) })
	return ordered
}

func rank(ai string) int {
	row := gs1syntax.Lookup(ai)
	switch {
	case row != nil && row.Key && row.Predefined:
		return 0
	case row != nil && row.Predefined:
		return 1
	case row != nil && row.Key:
		return 2
	}
	return 3
}
