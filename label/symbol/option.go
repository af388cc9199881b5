package symbol

// An Option changes how a symbol is made. It is a plain value: constants and the functions that return an Option.
type Option uint64

// The high byte of an Option is its kind, the rest what the kind says.
const optionKindShift = 56

const (
	optionRectangles Option = (iota + 1) << optionKindShift
	optionDMRE
	optionSize
	optionMaxHeight
	optionMaxWidth
	optionReaderProgramming
	optionStructuredAppend
	optionKinds Option = 0xFF << optionKindShift
)

// AllowRectangles lets a Data Matrix be one of the six rectangles of ISO/IEC 16022 where that takes fewer modules.
const AllowRectangles = optionRectangles

// AllowDMRE lets a Data Matrix be one of the eighteen rectangles of ISO/IEC 21471 as well. Many readers in the field don't
// know them.
const AllowDMRE = optionDMRE

// Size fixes the size of a Data Matrix in modules without quiet zone. A size that doesn't exist or is too small is an error
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
