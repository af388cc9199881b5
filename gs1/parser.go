package gs1

import (
	"strings"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A Parser parses and validates messages. Its zero value is strict: it accepts what GS1's reference
// engine accepts. The package's functions of the same names use the zero value.
type Parser struct {
	// PermitUnknownAIs accepts AIs that the GS1 General Specifications don't define. They have a
	// variable length unless their first two digits are of predefined length (7.8.5).
	PermitUnknownAIs bool

	// SkipAssociations omits the check for the AIs that another AI requires in the same message: a
	// label may carry them in another symbol. AIs that exclude each other remain an error.
	SkipAssociations bool

	// PermitZeroSuppressedGTINs accepts a GTIN of 8, 12 or 13 digits in a GS1 Digital Link URI.
	PermitZeroSuppressedGTINs bool

	// PermitUnknownAttributes accepts unknown AIs in the query of a GS1 Digital Link URI, together
	// with PermitUnknownAIs.
	PermitUnknownAttributes bool
}

// Parse parses a message in any form. Its beginning selects the form: "]" is scan data with a
// symbology identifier ([ParseScan]), "(" bracketed text ([ParseBracketed]), "http" a GS1 Digital
// Link URI, and FNC1 or a digit an element string ([ParseElementString]; here the leading FNC1 may
// be missing, as in the output of readers that send no identifiers).
//
// Parse rejects what is not valid in full, associations included. The error is an *[Error]. The
// message of a scan without elements (an EAN/UPC symbol, plain text) is empty; ParseScan returns
// its content.
//
// The message shares memory with s.
func Parse(s string) (Message, error) { return Parser{}.Parse(s) }

// ParseBracketed parses text such as (01)09521234543213(10)L42, in which `\(` is an opening bracket
// within a value. "|" divides the linear from the composite component of a symbol; both together
// are one message.
func ParseBracketed(s string) (Message, error) { return Parser{}.ParseBracketed(s) }

// ParseElementString parses raw data: FNC1, then each AI with its value, and FNC1 after each value
// that has no predefined length and is not the last. FNC1 is the character GS (0x1D) or "^",
// everywhere the one in front. FNC1 after a value of predefined length, and at the end, is
// accepted. "|" divides the linear from the composite component, which also begins with FNC1.
func ParseElementString(s string) (Message, error) { return Parser{}.ParseElementString(s) }

// AppendParse is [Parse] but appends the elements to dst, so that a reused message costs no
// allocation. On error it returns dst unchanged.
func AppendParse(dst Message, s string) (Message, error) { return Parser{}.AppendParse(dst, s) }

// Parse is [Parse] with the parser's options.
func (p Parser) Parse(s string) (Message, error) { return p.AppendParse(room(s), s) }

// ParseBracketed is [ParseBracketed] with the parser's options.
func (p Parser) ParseBracketed(s string) (Message, error) {
	return result(gs1syntax.AppendBracketed(gs1syntax.Room(s), s, gs1syntax.Options(p)))
}

// ParseElementString is [ParseElementString] with the parser's options.
func (p Parser) ParseElementString(s string) (Message, error) {
	return result(gs1syntax.AppendElementString(gs1syntax.Room(s), s, false, gs1syntax.Options(p)))
}

// AppendParse is [AppendParse] with the parser's options.
func (p Parser) AppendParse(dst Message, s string) (Message, error) {
	opt := gs1syntax.Options(p)
	m, f := inner(dst), (*gs1syntax.Fault)(nil)
	switch {
	case s == "":
		f = &fault{Kind: gs1syntax.BadForm, Want: "a message"}
	case s[0] == '(':
		m, f = gs1syntax.AppendBracketed(m, s, opt)
	case s[0] == ']':
		m, _, f = gs1syntax.AppendScan(m, s, opt)
	case strings.HasPrefix(s, "http"), strings.HasPrefix(s, "HTTP"):
		m, _, f = gs1syntax.AppendURI(m, s, opt)
	default:
		bare := s[0] >= '0' && s[0] <= '9'
		m, f = gs1syntax.AppendElementString(m, s, bare, opt)
	}
	return outer(m), failure(f)
}

// Validate is [Message.Validate] with the parser's options.
func (p Parser) Validate(m Message) error {
	return failure(gs1syntax.Validate(inner(m), gs1syntax.Options(p)))
}

// AppendElementString is [Message.AppendElementString] with the parser's options.
func (p Parser) AppendElementString(dst []byte, m Message) ([]byte, error) {
	data, f := gs1syntax.AppendData(dst, inner(m), gs1syntax.Options(p))
	return data, failure(f)
}

// result returns no message with an error.
func result(m []gs1syntax.Element, f *fault) (Message, error) {
	if f != nil {
		return nil, failure(f)
	}
	return outer(m), nil
}

// inner returns m as a slice of the parser's element type, without a copy.
func inner(m Message) []gs1syntax.Element { return gs1syntax.Elements[gs1syntax.Element](m) }

// outer is the reverse of inner.
func outer(m []gs1syntax.Element) Message { return gs1syntax.Elements[Element](m) }

// room returns an empty message with room for about as many elements as s has.
func room(s string) Message { return outer(gs1syntax.Room(s)) }
