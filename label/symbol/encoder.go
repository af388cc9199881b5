package symbol

import (
	"sync"

	"github.com/gonameplate/nameplate/gs1"
)

// An Encoder makes symbols from memory that it keeps, so that a symbol like those before it
// allocates nothing. The symbol it returns is valid until its next call. The zero value is ready;
// an Encoder is not for concurrent use.
type Encoder struct {
	symbol Symbol
	units  []unit
	ecis   []ECI
	raw    []byte
	words  []byte   // codewords with error correction
	grid   []uint64 // modules of a matrix

	code128    code128Paths
	datamatrix datamatrixPaths
	qr         qrPaths
}

var encoders = sync.Pool{New: func() any { return new(Encoder) }}

// release keeps e for the next call and returns a symbol that is independent of it.
func (e *Encoder) release(s *Symbol, err error) (*Symbol, error) {
	if err == nil {
		s = s.clone()
	}
	encoders.Put(e)
	return s, err
}

func borrow() *Encoder { return encoders.Get().(*Encoder) }

// loadMessage makes units of a GS1 message, FNC1 first. It returns the number of data characters,
// separators included.
func (e *Encoder) loadMessage(symbology Symbology, msg gs1.Message) (int, error) {
	e.reset()
	if len(msg) == 0 {
		return 0, fault(symbology, ErrEmpty, "the message has no element")
	}
	raw, err := msg.AppendElementString(e.raw[:0])
	e.raw = raw[:0]
	if err != nil {
		return 0, &Error{Err: err, Symbology: symbology, Pos: -1}
	}
	e.symbol.content = append(e.symbol.content, raw[1:]...)
	for i, b := range raw {
		switch {
		case b == separator:
			e.units = append(e.units, unitFNC1)
		case b <= ' ' || b > '~':
			return 0, faultAt(symbology, ErrCharacter, string(raw[1:]), i-1,
				"%q, want a printable ASCII character", b)
		default:
			e.units = append(e.units, unit(b))
		}
	}
	return len(raw) - 1, nil
}
