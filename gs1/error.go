package gs1

import (
	"strconv"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A Kind is a stable class of errors. Each is an error itself, so that errors.Is(err, [ErrCheckDigit]) tells whether err is of the
// class.
type Kind = gs1syntax.Kind

// The kinds of errors.
const (
	ErrForm        = gs1syntax.BadForm      // the input has not the form of a message: a bracket, an FNC1 or an AI is missing
	ErrUnknownAI   = gs1syntax.UnknownAI    // no such AI
	ErrLength      = gs1syntax.BadLength    // a value, or a part of it, is too short or too long
	ErrCharacter   = gs1syntax.BadCharacter // a character does not belong to the AI's character set
	ErrCheckDigit  = gs1syntax.BadCheck     // a check digit or check characters are wrong
	ErrContent     = gs1syntax.BadContent   // a value has the right form but can't be: 31 February, a country that doesn't exist
	ErrMissingAI   = gs1syntax.Missing      // an AI requires another one, which is not in the message
	ErrExcludedAI  = gs1syntax.Excluded     // two AIs must not be in the same message
	ErrRepeatedAI  = gs1syntax.Repeated     // an AI stands twice, with different values (in a Digital Link URI: at all)
	ErrTooManyAIs  = gs1syntax.TooMany      // more than 64 elements
	ErrSymbology   = gs1syntax.BadSymbology // a symbology identifier that carries no GS1 data, or none
	ErrDigitalLink = gs1syntax.BadURI       // not a GS1 Digital Link URI
	ErrKey         = gs1syntax.BadKey       // not a GS1 key of the type asked for
)

// An Error says what is wrong with a message, and where. All errors of this package and of digitallink that concern data are of
// this type.
type Error struct {
	Kind  Kind   // for errors.Is
	AI    string // the AI concerned, or ""
	Input string // what was parsed; the bracketed form for methods of Message
	Pos   int    // where the offending characters begin in Input, in bytes
	Len   int    // how many bytes they are; 0 if something is missing at Pos
	Want  string // what was expected there
}

// failure turns f into an error.
func failure(f *gs1syntax.Fault) error {
	if f == nil {
		return nil
	}
	return (*Error)(f)
}

// Error says in one line what is wrong, where, and what was expected.
func (e *Error) Error() string {
	text := "gs1: " + e.Kind.Error()
	if e.AI != "" {
		text += " in (" + e.AI + ")"
		if ai, _ := Lookup(e.AI); ai.Title != "" {
			text += " " + ai.Title
		}
	}
	if found := e.Found(); found != "" {
		text += ": " + strconv.QuoteToASCII(shorten(found))
	}
	return text + " at byte " + strconv.Itoa(e.Pos) + " of " + strconv.QuoteToASCII(shorten(e.Input)) + ", expected " + e.Want
}

// Found returns the offending characters.
func (e *Error) Found() string {
	if e.Pos < 0 || e.Len <= 0 || e.Pos+e.Len > len(e.Input) {
		return ""
	}
	return e.Input[e.Pos : e.Pos+e.Len]
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

// shorten keeps a message readable when a whole file was given for a scan.
func shorten(s string) string {
	const most = 120
	if len(s) <= most {
		return s
	}
	return s[:most] + "…"
}
