// Package label contains what a label is, in millimetres: texts, symbols, boxes, paths and pictures
// at places on it. [Label.Preflight] finds what would print badly, and [Label.Draw] draws onto a
// [Canvas]: a printer's language (package zpl), a vector PDF (label/pdf) or dots (label/raster).
// Package label/template fills labels with data.
//
//	l := &label.Label{Width: 50, Height: 25, Elements: []label.Element{
//		&label.Text{Frame: label.Rect{X: 2, Y: 2, Width: 30}, Size: 2, Content: "Infusion set"},
//	}}
//	findings := l.Preflight(label.Device{DotsPerMM: 8})
//	err := zpl.Write(w, l, label.Device{DotsPerMM: 8})
//
// All measures are in millimetres from the label's top left corner, x to the right and y down,
// unless their name says dots. Text sizes are cap heights, which is what rules for legibility
// measure.
package label
