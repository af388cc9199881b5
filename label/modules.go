package label

import "iter"

// A stretch is dark modules side by side, in the same columns of one row or more.
type stretch struct{ col, end, row int }

// Dark yields rectangles in mm that together are the dark modules of the symbol: one for each stretch of them in a row, and one for
// all rows below it that have the same.
func (l SymbolLayout) Dark(s *Symbol) iter.Seq[Rect] {
	return func(yield func(Rect) bool) {
		rows, cols := s.Modules.Rows(), s.Modules.Cols()
		_, height := s.Rotation.size(l.Modules)
		rowHeight := height / float64(rows)
		emit := func(d stretch, below int) bool {
			return yield(s.Rotation.placeRect(l.Modules, Rect{
				float64(d.col) * l.Module, float64(d.row) * rowHeight,
				float64(d.end-d.col) * l.Module, float64(below-d.row) * rowHeight,
			}))
		}
		var open, next []stretch
		for row := range rows + 1 { // the row after the last closes all
			next = next[:0]
			k := 0 // in open, which is in the order of columns
			for col := 0; row < rows && col < cols; col++ {
				if !s.Modules.Dark(row, col) {
					continue
				}
				d := stretch{col, col, row}
				for d.end < cols && s.Modules.Dark(row, d.end) {
					d.end++
				}
				for k < len(open) && open[k].col <= d.col {
					if open[k].col == d.col && open[k].end == d.end {
						d.row = open[k].row
					} else if !emit(open[k], row) {
						return
					}
					k++
				}
				next = append(next, d)
				col = d.end
			}
			for ; k < len(open); k++ {
				if !emit(open[k], row) {
					return
				}
			}
			open, next = next, open
		}
	}
}
