package label

import (
	"slices"

	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/symbol"
)

// entryTypes are the element types of a template, with what reads each.
var entryTypes = []struct {
	name string
	read func(*parser, *object) Entry
}{
	{"text", (*parser).text},
	{"symbol", (*parser).symbol},
	{"box", (*parser).box},
	{"line", (*parser).line},
	{"path", (*parser).path},
	{"image", (*parser).image},
}

func (p *parser) entry(n *node) {
	o := p.object(n, "an element")
	p.name, _ = o.text("name")
	names := make([]string, len(entryTypes))
	for i := range entryTypes {
		names[i] = entryTypes[i].name
	}
	kind, at := o.needText("type")
	i := slices.Index(names, kind)
	if i < 0 {
		p.fail(at.pos, "unknown element type %q: %s", kind, didYouMean(kind, names, ""))
		return
	}
	o.text("comment")
	e := entryTypes[i].read(p, o)
	o.done()
	if p.err == nil {
		p.finish(n, &e)
		p.t.entries = append(p.t.entries, e)
	}
}

// finish counts an entry that data fill, and completes one that they do not.
func (p *parser) finish(n *node, e *Entry) {
	variable := !e.Content.Constant()
	switch x := e.Element.(type) {
	case *Text:
		if variable {
			p.t.texts++
			return
		}
		x.fill(e.Content, nil)
		if err := x.Layout(); err != nil {
			p.failWith(n.pos, err)
		}
	case *Symbol:
		if variable {
			p.t.symbols++
			return
		}
		x.fill(e.Content, nil)
		if err := x.Encode(); err != nil {
			p.failWith(n.pos, err)
		}
	}
}

// frame reads a place and a size; a missing height is 0.
func (p *parser) frame(o *object) Rect {
	return Rect{o.place("x"), o.place("y"), o.needLength("width"), o.length("height")}
}

func (p *parser) rotation(o *object) Rotation {
	n := o.get("rotate")
	if n == nil {
		return Rotate0
	}
	switch degrees := o.number("rotate", 0, 270); degrees {
	case 0, 90, 180, 270:
		return Rotation(degrees / 90)
	}
	p.fail(n.pos, "\"rotate\" is %v: it must be 0, 90, 180 or 270 degrees", n.value)
	return Rotate0
}

func (p *parser) align(o *object) Align { return Align(o.choice("align", "left", "center", "right")) }

func (p *parser) text(o *object) Entry {
	t := &Text{
		Name:       p.name,
		Frame:      p.frame(o),
		Rotation:   p.rotation(o),
		Face:       font.Face(o.choice("face", font.Faces()...)),
		Size:       o.needLength("size"),
		MinSize:    o.length("min-size"),
		LineHeight: o.number("line-height", 0, 10),
		Align:      p.align(o),
		VAlign:     Align(o.choice("valign", "top", "middle", "bottom")),
		Wrap:       o.flag("wrap"),
		White:      o.flag("white"),
	}
	src, at := o.needText("content")
	parts, err := p.scope.compileText(src)
	if err != nil {
		p.failIn(at, err)
	}
	return Entry{t, Content{Text: parts}}
}

func (p *parser) symbol(o *object) Entry {
	o.need("symbology")
	s := &Symbol{
		Name:       p.name,
		X:          o.place("x"),
		Y:          o.place("y"),
		Width:      o.length("width"),
		Align:      p.align(o),
		Rotation:   p.rotation(o),
		Symbology:  symbol.Symbologies()[o.choice("symbology", symbologyNames()...)],
		XDimension: o.needLength("x-dimension"),
	}
	if s.Symbology.Linear() {
		s.BarHeight = o.needLength("bar-height")
	}
	if n := o.get("hri"); n != nil {
		h := p.object(n, "\"hri\"")
		h.need("place")
		s.HRI = HRI{
			Place:   HRIPlace(h.choice("place", "none", "below", "above", "beside")),
			Face:    font.Face(h.choice("face", font.Faces()...)),
			Size:    h.needLength("size"),
			Gap:     h.length("gap"),
			Width:   h.length("width"),
			MinSize: h.length("min-size"),
		}
		h.done()
	}
	src, at := o.needText("content")
	var content Content
	var err *exprError
	if s.Symbology.GS1() {
		content.Message, err = p.scope.compileMessage(src)
	} else {
		content.Text, err = p.scope.compileText(src)
	}
	if err != nil {
		p.failIn(at, err)
	}
	return Entry{s, content}
}

func symbologyNames() (names []string) {
	for _, s := range symbol.Symbologies() {
		names = append(names, s.String())
	}
	return names
}

func (p *parser) box(o *object) Entry {
	b := &Box{Name: p.name, Frame: p.frame(o), Thickness: o.length("thickness"), White: o.flag("white")}
	o.need("height")
	if filled := o.flag("filled"); filled == (b.Thickness > 0) {
		p.fail(o.node.pos, "a box has either a \"thickness\" or \"filled\": true")
	}
	return Entry{Element: b}
}

// line reads a horizontal or vertical line: a filled box.
func (p *parser) line(o *object) Entry {
	b := &Box{Name: p.name, Frame: Rect{o.place("x"), o.place("y"), o.length("width"), o.length("height")}, White: o.flag("white")}
	thickness := o.needLength("thickness")
	switch {
	case (b.Frame.Width == 0) == (b.Frame.Height == 0):
		p.fail(o.node.pos, "a line has either a \"width\" or a \"height\": slanted ones are paths")
	case b.Frame.Width == 0:
		b.Frame.Width = thickness
	default:
		b.Frame.Height = thickness
	}
	return Entry{Element: b}
}

// path reads a filled shape, drawn in a view of its own size that is scaled to the frame.
func (p *parser) path(o *object) Entry {
	frame := p.frame(o)
	o.need("height")
	view := [2]float64{frame.Width, frame.Height}
	if o.get("view") != nil {
		members := o.list("view")
		if len(members) != 2 {
			p.fail(o.node.pos, "\"view\" must be a width and a height, such as [24, 24]")
			return Entry{}
		}
		for i, m := range members {
			view[i] = p.number(m.node, "view", 1e-6, 1e6)
		}
	}
	src, at := o.needText("d")
	if p.err != nil {
		return Entry{}
	}
	contours, err := parsePath(src, frame, view)
	if err != nil {
		p.failIn(at, err)
	}
	return Entry{Element: &Path{Name: p.name, Contours: contours, White: o.flag("white")}}
}

func (p *parser) image(o *object) Entry {
	frame := p.frame(o)
	o.need("height")
	threshold := 0.5
	if o.get("threshold") != nil {
		threshold = o.number("threshold", 0, 1)
	}
	file, at := o.needText("file")
	if p.err != nil {
		return Entry{}
	}
	ink, err := p.picture(file, threshold)
	if err != nil {
		p.failWith(at.pos, err)
	}
	return Entry{Element: &Image{Name: p.name, Frame: frame, Ink: ink}}
}
