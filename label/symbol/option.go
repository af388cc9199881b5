package symbol

import "fmt"

// An Option changes how a symbol is made. One that the symbology does not have, or whose numbers it
// does not take, is an error. Of two sizes or levels the later counts, of two bounds the tighter.
// The zero value is none.
type Option struct {
	kind    optionKind
	a, b, c int
}

// An optionKind determines what the numbers of an option are.
type optionKind uint8

const (
	optionRectangles optionKind = iota + 1
	optionOnlyRectangles
	optionDMRE
	optionSize      // rows, columns
	optionMaxHeight // rows
	optionMaxWidth  // columns
	optionReaderProgramming
	optionStructuredAppend // position, total, id
	optionLevel
)

var (
	// AllowRectangles lets a Data Matrix be one of the six rectangles of ISO/IEC 16022 where that
	// takes fewer modules.
	AllowRectangles = Option{kind: optionRectangles}

	// OnlyRectangles makes a Data Matrix one of the six rectangles of ISO/IEC 16022, even where a
	// square takes fewer modules; with AllowDMRE one of the rectangles of ISO/IEC 21471 as well.
	OnlyRectangles = Option{kind: optionOnlyRectangles}

	// AllowDMRE lets a Data Matrix be one of the eighteen rectangles of ISO/IEC 21471 as well. Many
	// readers don't know them, and those that do send other symbology identifiers: "]d8" for GS1
	// data in place of "]d2".
	AllowDMRE = Option{kind: optionDMRE}

	// ReaderProgramming marks the symbol as a message to the reader itself, which transmits
	// nothing.
	ReaderProgramming = Option{kind: optionReaderProgramming}
)

// Size fixes the size of a Data Matrix, QR or PDF417 symbol in modules without quiet zone. A size
// that doesn't exist or is too small is an error that names one that fits.
func Size(rows, cols int) Option { return Option{kind: optionSize, a: rows, b: cols} }

// MaxHeight takes only sizes of at most rows modules without quiet zone.
func MaxHeight(rows int) Option { return Option{kind: optionMaxHeight, a: rows} }

// MaxWidth takes only sizes of at most cols modules without quiet zone.
func MaxWidth(cols int) Option { return Option{kind: optionMaxWidth, a: cols} }

// StructuredAppend makes the symbol one of a set whose data a reader joins: symbol position (from
// 1) of total (2 to 16). All have the same id: for Data Matrix 1 to 64516, for QR 0 to 255, the
// exclusive or of all bytes of the whole data.
func StructuredAppend(position, total, id int) Option {
	return Option{optionStructuredAppend, position, total, id}
}

// String returns the option as a program writes it.
func (o Option) String() string {
	switch o.kind {
	case optionRectangles:
		return "AllowRectangles"
	case optionOnlyRectangles:
		return "OnlyRectangles"
	case optionDMRE:
		return "AllowDMRE"
	case optionReaderProgramming:
		return "ReaderProgramming"
	case optionSize:
		return fmt.Sprintf("Size(%d, %d)", o.a, o.b)
	case optionMaxHeight:
		return fmt.Sprintf("MaxHeight(%d)", o.a)
	case optionMaxWidth:
		return fmt.Sprintf("MaxWidth(%d)", o.a)
	case optionLevel:
		return fmt.Sprintf("Level(%v)", ErrorLevel(o.a))
	case optionStructuredAppend:
		return fmt.Sprintf("StructuredAppend(%d, %d, %d)", o.a, o.b, o.c)
	}
	return "Option{}"
}

// reject returns the error that the option is not one of a symbology's.
func (o Option) reject(s Symbology) *Error {
	return fault(s, ErrOption, "%v has no %v", s, o)
}
