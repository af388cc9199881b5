package template

import (
	"fmt"
	"slices"

	"github.com/gonameplate/nameplate/internal/jsonpos"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/symbol"
)

// elementTypes are the element types of a template, with the function that reads each.
var elementTypes = []struct {
	name string
	read func(*parser, *object) entry
}{
	{"text", (*parser).text},
	{"symbol", (*parser).symbol},
	{"box", (*parser).box},
	{"line", (*parser).line},
	{"path", (*parser).path},
	{"image", (*parser).image},
	{"tag", (*parser).tag},
}

// The names that templates use for values of package label.
var (
	applications = stringsOf(label.Applications())
	hriPlaces    = []string{"none", "below", "above", "beside"}
	aligns       = []string{"left", "center", "right"}
	valigns      = []string{"top", "middle", "bottom"}
)

func stringsOf[S fmt.Stringer](values []S) (all []string) {
	for _, v := range values {
		all = append(all, v.String())
	}
	return all
}

func (p *parser) entry(n *jsonpos.Node) {
	o := p.object(n, "the element")
	p.name, _ = o.Text("name")
	types := make([]string, len(elementTypes))
	for i := range elementTypes {
		types[i] = elementTypes[i].name
	}
	kind, at := o.NeedText("type")
	i := slices.Index(types, kind)
	if i < 0 {
		p.Fail(at.Pos, ErrValue, jsonpos.DidYouMean(kind, types, ""), "unknown element type %q",
			kind)
		return
	}
	o.Text("comment")
	e := elementTypes[i].read(p, o)
	o.Done()
	if p.Err() == nil {
		p.finish(n, &e)
		p.t.entries = append(p.t.entries, e)
	}
}

// finish counts an entry that data fill, and completes one that they do not.
func (p *parser) finish(n *jsonpos.Node, e *entry) {
	variable := !e.content.constant()
	switch x := e.element.(type) {
	case *label.Text:
		if variable {
			p.t.texts++
			return
		}
		x.Content = join(e.content.text, nil)
		if err := x.Layout(); err != nil {
			p.failWith(n.Pos, err)
		}
	case *label.Symbol:
		if variable {
			p.t.symbols++
			return
		}
		x.Text = join(e.content.text, nil)
		x.Message = e.content.appendMessage(nil, nil)
		if err := x.Encode(); err != nil {
			p.failWith(n.Pos, err)
		}
	case *label.Tag:
		if variable {
			return
		}
		var err error
		if x.Words, err = tagWords(nil, e.content.appendMessage(nil, nil), e.tag); err != nil {
			p.failWith(n.Pos, err)
		}
	}
}

// frame reads a place and a size; a missing height is 0.
func (p *parser) frame(o *object) label.Rect {
	return label.Rect{
		X: o.place("x"), Y: o.place("y"), Width: o.needLength("width"), Height: o.length("height"),
	}
}

func (p *parser) rotation(o *object) label.Rotation {
	n := o.Get("rotate")
	if n == nil {
		return label.Rotate0
	}
	switch degrees := o.Number("rotate", 0, 270); degrees {
	case 0, 90, 180, 270:
		return label.Rotation(degrees / 90)
	}
	p.Fail(n.Pos, ErrValue, "", `"rotate" is %v, want 0, 90, 180 or 270 degrees`, n.Value)
	return label.Rotate0
}

func (p *parser) text(o *object) entry {
	t := &label.Text{
		Name:       p.name,
		Frame:      p.frame(o),
		Rotation:   p.rotation(o),
		Face:       font.Face(o.Choice("face", font.Faces()...)),
		Size:       o.needLength("size"),
		MinSize:    o.length("min-size"),
		LineHeight: o.Number("line-height", 0, 10),
		Align:      label.Align(o.Choice("align", aligns...)),
		VAlign:     label.Align(o.Choice("valign", valigns...)),
		Wrap:       o.Flag("wrap"),
		White:      o.Flag("white"),
	}
	src, at := o.NeedText("content")
	parts, err := p.scope.compileText(src)
	if err != nil {
		p.failIn(at, err)
	}
	return entry{element: t, content: content{text: parts}}
}

func (p *parser) symbol(o *object) entry {
	o.Need("symbology")
	s := &label.Symbol{
		Name:       p.name,
		X:          o.place("x"),
		Y:          o.place("y"),
		Width:      o.length("width"),
		Align:      label.Align(o.Choice("align", aligns...)),
		Rotation:   p.rotation(o),
		Symbology:  symbol.Symbologies()[o.Choice("symbology", stringsOf(symbol.Symbologies())...)],
		XDimension: o.needLength("x-dimension"),
	}
	switch traits := s.Symbology.Traits(); {
	case traits.BarHeight > 0:
		s.BarHeight = o.length("bar-height")
	case traits.Linear:
		s.BarHeight = o.needLength("bar-height")
	}
	if n := o.Get("hri"); n != nil {
		s.HRI = p.hri(p.object(n, `"hri"`))
	}
	src, at := o.NeedText("content")
	var c content
	var err *mistake
	if s.Symbology.GS1() {
		c.message, err = p.scope.compileMessage(src)
	} else {
		c.text, err = p.scope.compileText(src)
	}
	if err != nil {
		p.failIn(at, err)
	}
	return entry{element: s, content: c}
}

func (p *parser) hri(o *object) label.HRI {
	o.Need("place")
	h := label.HRI{
		Place:   label.HRIPlace(o.Choice("place", hriPlaces...)),
		Face:    font.Face(o.Choice("face", font.Faces()...)),
		Size:    o.needLength("size"),
		Gap:     o.length("gap"),
		Width:   o.length("width"),
		MinSize: o.length("min-size"),
	}
	o.Done()
	return h
}

func (p *parser) box(o *object) entry {
	b := &label.Box{
		Name: p.name, Frame: p.frame(o), Thickness: o.length("thickness"), White: o.Flag("white"),
	}
	o.Need("height")
	if filled := o.Flag("filled"); filled == (b.Thickness > 0) {
		p.Fail(o.Node.Pos, ErrKey, "", `a box needs either a "thickness" or "filled": true`)
	}
	return entry{element: b}
}

// line reads a horizontal or vertical line: a filled box.
func (p *parser) line(o *object) entry {
	frame := label.Rect{
		X: o.place("x"), Y: o.place("y"), Width: o.length("width"), Height: o.length("height"),
	}
	thickness := o.needLength("thickness")
	switch {
	case (frame.Width == 0) == (frame.Height == 0):
		p.Fail(o.Node.Pos, ErrKey, "draw slanted ones as paths",
			`a line needs either a "width" or a "height"`)
	case frame.Width == 0:
		frame.Width = thickness
	default:
		frame.Height = thickness
	}
	return entry{element: &label.Box{Name: p.name, Frame: frame, White: o.Flag("white")}}
}

// path reads a filled shape, drawn in a view of its own size that is scaled to the frame.
func (p *parser) path(o *object) entry {
	frame := p.frame(o)
	o.Need("height")
	white := o.Flag("white")
	view := [2]float64{frame.Width, frame.Height}
	if n := o.Get("view"); n != nil {
		members := o.List("view")
		if len(members) != 2 {
			p.Fail(n.Pos, ErrValue, "", `"view" has %d members, want a width and a height`,
				len(members))
			return entry{}
		}
		for i, m := range members {
			view[i] = p.Number(m.Node, "view", 1e-6, 1e6)
		}
	}
	src, at := o.NeedText("d")
	if p.Err() != nil {
		return entry{}
	}
	contours, err := parsePath(src, frame, view)
	if err != nil {
		p.failIn(at, err)
	}
	return entry{element: &label.Path{Name: p.name, Contours: contours, White: white}}
}

func (p *parser) image(o *object) entry {
	frame := p.frame(o)
	o.Need("height")
	threshold := 0.5
	if o.Get("threshold") != nil {
		threshold = o.Number("threshold", 0, 1)
	}
	file, at := o.NeedText("file")
	if p.Err() != nil {
		return entry{}
	}
	ink, err := p.picture(file, threshold)
	if err != nil {
		p.failWith(at.Pos, err)
	}
	return entry{element: &label.Image{Name: p.name, Frame: frame, Ink: ink}}
}
