package label

import (
	"errors"
	"iter"
	"slices"

	"github.com/gonameplate/nameplate/gs1"
)

// Validate says whether a GS1 message that the template makes of values is valid on its label. An AI that it requires may stand in
// another symbol of the same label: GS1 asks for them on the same unit (GS1 General Specifications, 4.13). The error is a *gs1.Error.
func (t *Template) Validate(m gs1.Message, v Values) error {
	return judge(m, func(yield func(gs1.Message) bool) {
		for i := range t.entries {
			if c := &t.entries[i].Content; len(c.Message) > 0 && !yield(c.AppendMessage(nil, v)) {
				return
			}
		}
	})
}

// validate is [Template.Validate] for a symbol of a label.
func (l *Label) validate(s *Symbol) error {
	return judge(s.Message, func(yield func(gs1.Message) bool) {
		for _, e := range l.Elements {
			if other, ok := e.(*Symbol); ok && !yield(other.Message) {
				return
			}
		}
	})
}

// judge says whether a message is valid beside others.
func judge(m gs1.Message, others iter.Seq[gs1.Message]) error {
	err := m.Validate()
	if !errors.Is(err, gs1.ErrMissingAI) {
		return err
	}
	together := slices.Clone(m)
	for other := range others {
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
