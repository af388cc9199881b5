// Package association validates GS1 messages of symbols that share a label.
package association

import (
	"errors"
	"iter"
	"slices"

	"github.com/gonameplate/nameplate/gs1"
)

// Validate reports whether a message is valid on a label whose symbols carry all of the given
// messages. An AI that the message requires may be in another symbol: GS1 asks for both on the same
// unit (GS1 General Specifications, 4.13). The error is a [*gs1.Error].
func Validate(m gs1.Message, all iter.Seq[gs1.Message]) error {
	err := m.Validate()
	if !errors.Is(err, gs1.ErrMissingAI) {
		return err
	}
	together := slices.Clone(m)
	for other := range all {
		for _, e := range other {
			if _, known := together.Value(e.AI); !known {
				together = append(together, e)
			}
		}
	}
	if len(together) == len(m) {
		return err
	}
	return together.Validate()
}
