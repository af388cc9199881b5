package label

import "iter"

// A patch is dark modules in a rectangle: columns col ≤ c < end of rows row ≤ r < below.
type patch struct{ col, end, row, below int }

// patches covers the dark modules of a grid: one patch for each stretch of them in a row, and for
// all rows below it that have the same stretch.
func patches(rows, cols int, dark func(row, col int) bool) iter.Seq[patch] {
	return func(yield func(patch) bool) {
		var open, next []patch      // in the order of columns
		for row := range rows + 1 { // the row after the last closes all
			next = next[:0]
			k := 0
			for col := 0; row < rows && col < cols; col++ {
				if !dark(row, col) {
					continue
				}
				p := patch{col, col + 1, row, 0}
				for p.end < cols && dark(row, p.end) {
					p.end++
				}
				for ; k < len(open) && open[k].col <= p.col; k++ {
					if open[k].col == p.col && open[k].end == p.end {
						p.row = open[k].row
					} else if open[k].below = row; !yield(open[k]) {
						return
					}
				}
				next = append(next, p)
				col = p.end
			}
			for ; k < len(open); k++ {
				if open[k].below = row; !yield(open[k]) {
					return
				}
			}
			open, next = next, open
		}
	}
}

// Dark yields rectangles on the label that together are the symbol's dark modules; few, for
// stretches in and across rows are one.
func (l SymbolLayout) Dark(s *Symbol) iter.Seq[Rect] {
	return func(yield func(Rect) bool) {
		rows := s.Modules.Rows()
		width, height := s.Rotation.size(l.Modules)
		rowHeight := height / float64(rows)
		for p := range patches(rows, s.Modules.Cols(), s.Modules.Dark) {
			r := p.scale(l.Module, rowHeight)
			if l.Guards > 0 && s.Modules.Guard(p.col) {
				r.Height += l.Guards
			}
			if !yield(s.Rotation.placeRect(l.Modules, r)) {
				return
			}
		}
		for r := range l.bearers(s, width, height) {
			if !yield(s.Rotation.placeRect(l.Modules, r)) {
				return
			}
		}
	}
}

// bearers yields the bars above and below a symbol's bars, which are as wide as its bars and
// quiet zones, in the symbol's own coordinates.
func (l SymbolLayout) bearers(s *Symbol, width, height float64) iter.Seq[Rect] {
	return func(yield func(Rect) bool) {
		if l.Bearers == 0 {
			return
		}
		traits := s.Symbology.Traits()
		left, right := float64(traits.QuietLeft)*l.Module, float64(traits.QuietRight)*l.Module
		bar := Rect{-left, -l.Bearers, left + width + right, l.Bearers}
		if yield(bar) {
			bar.Y = height
			yield(bar)
		}
	}
}

// inks yields rectangles in which the symbol prints: its modules as one, its guard bars below
// them, and its bearer bars.
func (l SymbolLayout) inks(s *Symbol) iter.Seq[Rect] {
	return func(yield func(Rect) bool) {
		width, height := s.Rotation.size(l.Modules)
		if !yield(l.Modules) {
			return
		}
		for p := range patches(1, s.Modules.Cols(), s.Modules.Dark) {
			r := Rect{float64(p.col) * l.Module, height, float64(p.end-p.col) * l.Module, l.Guards}
			if l.Guards > 0 && s.Modules.Guard(p.col) &&
				!yield(s.Rotation.placeRect(l.Modules, r)) {
				return
			}
		}
		for r := range l.bearers(s, width, height) {
			if !yield(s.Rotation.placeRect(l.Modules, r)) {
				return
			}
		}
	}
}

// Dark yields rectangles on the label that together are the picture's ink, when it stands at a
// place as Layout gives it.
func (m *Image) Dark(at Rect) iter.Seq[Rect] {
	return func(yield func(Rect) bool) {
		b := m.Ink.Bounds()
		ink := func(row, col int) bool { return m.Ink.ColorIndexAt(b.Min.X+col, b.Min.Y+row) != 0 }
		for p := range patches(b.Dy(), b.Dx(), ink) {
			if !yield(Rotate0.placeRect(at, p.scale(at.Width/float64(b.Dx()),
				at.Height/float64(b.Dy())))) {
				return
			}
		}
	}
}

// scale is the patch where modules are width × height.
func (p patch) scale(width, height float64) Rect {
	return Rect{float64(p.col) * width, float64(p.row) * height, float64(p.end-p.col) * width,
		float64(p.below-p.row) * height}
}
