package main

import (
	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/epc"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/symbol"
)

// newLabel returns a label of 50 × 25 mm whose symbol, text and chip carry m.
func newLabel(m gs1.Message, o epc.Options) (*label.Label, error) {
	tag, err := epc.NewTag(m, o)
	if err != nil {
		return nil, err
	}
	words, err := tag.Encode()
	if err != nil {
		return nil, err
	}
	code := &label.Symbol{
		Name: "code", Symbology: symbol.SymbologyGS1DataMatrix, Message: m,
		X: 4, Y: 4, XDimension: 0.5,
	}
	l := &label.Label{Width: 50, Height: 25, Elements: []label.Element{
		code, &label.Tag{Name: "chip", Words: words},
	}}
	for i, line := range m.HRILines(false) {
		l.Elements = append(l.Elements, &label.Text{
			Name: "line", Content: line, Size: 2,
			Frame: label.Rect{X: 18, Y: 4 + 4*float64(i), Width: 31, Height: 3},
		})
	}
	for _, e := range l.Elements {
		switch e := e.(type) {
		case *label.Symbol:
			err = e.Encode()
		case *label.Text:
			err = e.Layout()
		}
		if err != nil {
			return nil, err
		}
	}
	return l, nil
}
