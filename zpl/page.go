package zpl

import "io"

// A Page is what one format (^XA … ^XZ) prints.
type Page struct {
	Settings
	Quantity int     // copies (^PQ), at least 1
	Fields   []Field // in the order in which they are printed
	Pos      int64   // byte offset of the ^XA in the stream
}

// WriteTo writes the page to w in one call of Write, as [Page.Append] does.
func (p *Page) WriteTo(w io.Writer) (int64, error) {
	b, err := p.Append(nil)
	if err != nil {
		return 0, err
	}
	n, err := w.Write(b)
	return int64(n), err
}

// Append appends the page to dst as one self-contained format (^XA … ^XZ): settings that another
// host may have left in the printer, and that would change the page, are reset first. Settings of 0
// are not sent. On an error, which is an [*Error] or an [*EscapeError], it returns dst as it was.
func (p *Page) Append(dst []byte) ([]byte, error) {
	if err := p.Settings.check(); err != nil {
		return dst, err
	}
	start := len(dst)
	dst = appendBegin(dst, &p.Settings)
	for i := range p.Fields {
		f := p.Fields[i]
		f.X, f.Y = f.X-p.HomeX, f.Y-p.HomeY
		var err error
		if dst, err = appendField(dst, &f); err != nil {
			return dst[:start], fieldError(i, &f, err)
		}
	}
	return appendEnd(dst, p.Quantity), nil
}
