package symbol

// Calls for bytes alone, which tests use much: a program gives them as a segment.

func (e *Encoder) Code128Bytes(data []byte, options ...Option) (*Symbol, error) {
	return e.Code128Segments([]Segment{Bytes(data)}, options...)
}

func (e *Encoder) DataMatrixBytes(data []byte, options ...Option) (*Symbol, error) {
	return e.DataMatrixSegments([]Segment{Bytes(data)}, options...)
}

func (e *Encoder) QRBytes(data []byte, options ...Option) (*Symbol, error) {
	return e.QRSegments([]Segment{Bytes(data)}, options...)
}

func Code128Bytes(data []byte, options ...Option) (*Symbol, error) {
	return Code128Segments([]Segment{Bytes(data)}, options...)
}

func DataMatrixBytes(data []byte, options ...Option) (*Symbol, error) {
	return DataMatrixSegments([]Segment{Bytes(data)}, options...)
}

func QRBytes(data []byte, options ...Option) (*Symbol, error) {
	return QRSegments([]Segment{Bytes(data)}, options...)
}
