package symbol

import "fmt"

// An Option changes how a symbol is made. It is a plain value: constants and the functions that return an Option. One that
// doesn't apply is an error. Of two sizes or levels the later counts, of two bounds the tighter.
type Option uint64

// The high byte of an Option is its kind, the rest what the kind says.
const optionKindShift = 56

const (
	optionRectangles Option = (iota + 1) << optionKindShift
	optionOnlyRectangles
	optionDMRE
	optionSize
	optionMaxHeight
	optionMaxWidth
	optionReaderProgramming
	optionStructuredAppend
	optionLevel
	optionKinds Option = 0xFF << optionKindShift
)

// AllowRectangles lets a Data Matrix be one of the six rectangles of ISO/IEC 16022 where that takes fewer modules.
const AllowRectangles = optionRectangles

// OnlyRectangles makes a Data Matrix one of the six rectangles of ISO/IEC 16022, even where a square takes fewer modules;
// with AllowDMRE one of the rectangles of ISO/IEC 21471 as well.
const OnlyRectangles = optionOnlyRectangles

// AllowDMRE lets a Data Matrix be one of the eighteen rectangles of ISO/IEC 21471 as well. Many readers in the field don't
// know them, and those that do send other symbology identifiers: "]d8" for GS1 data in place of "]d2".
const AllowDMRE = optionDMRE

// Size fixes the size of a Data Matrix or QR symbol in modules without quiet zone. A size that doesn't exist or is too small is an error
// that names the smallest that fits.
func Size(rows, cols int) Option { return optionSize | clampSide(rows)<<16 | clampSide(cols) }

// MaxHeight takes only sizes of at most rows modules without quiet zone.
func MaxHeight(rows int) Option { return optionMaxHeight | clampSide(rows) }

// MaxWidth takes only sizes of at most cols modules without quiet zone.
func MaxWidth(cols int) Option { return optionMaxWidth | clampSide(cols) }

// clampSide keeps a side within 16 bits; no symbol has a side of 0 or 65,535 modules, so a clamped one stays wrong.
func clampSide(n int) Option { return Option(min(max(n, 0), 0xFFFF)) }

// ReaderProgramming marks the symbol as a message to the reader itself, which transmits nothing.
const ReaderProgramming = optionReaderProgramming

// StructuredAppend makes the symbol one of a set whose data a reader joins: symbol position (from 1) of total (2 to 16). All
// have the same id: for Data Matrix 1 to 64516, for QR 0 to 255, the exclusive or of all bytes of the whole data.
func StructuredAppend(position, total, id int) Option {
	clamp := func(n, most int) Option { return Option(min(max(n, 0), most)) }
	return optionStructuredAppend | clamp(position, 0xFF)<<32 | clamp(total, 0xFF)<<24 | clamp(id, 0xFFFFFF)
}

// String returns the option as a program has it.
func (o Option) String() string {
	rows, cols := int(o>>16&0xFFFF), int(o&0xFFFF)
	switch kind := o & optionKinds; {
	case o == AllowRectangles:
		return "AllowRectangles"
	case o == OnlyRectangles:
		return "OnlyRectangles"
	case o == AllowDMRE:
		return "AllowDMRE"
	case o == ReaderProgramming:
		return "ReaderProgramming"
	case kind == optionSize:
		return fmt.Sprintf("Size(%d, %d)", rows, cols)
	case kind == optionMaxHeight:
		return fmt.Sprintf("MaxHeight(%d)", cols)
	case kind == optionMaxWidth:
		return fmt.Sprintf("MaxWidth(%d)", cols)
	case kind == optionLevel:
		return fmt.Sprintf("Level(%v)", ErrorLevel(cols))
	case kind == optionStructuredAppend:
		position, total, id := o.structuredAppend()
		return fmt.Sprintf("StructuredAppend(%d, %d, %d)", position, total, id)
	}
	return fmt.Sprintf("Option(%#x)", uint64(o))
}

// reject says that the option is not one of a symbology's.
func (o Option) reject(s Symbology) *Error {
	return fault(s, ErrOption, "%v has no %v", s, o)
}

func (o Option) structuredAppend() (position, total, id int) {
	return int(o >> 32 & 0xFF), int(o >> 24 & 0xFF), int(o & 0xFFFFFF)
}
