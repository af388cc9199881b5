package gs1

import (
	"strconv"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// The sentinels of this package and of digitallink, for errors.Is.
var (
	ErrForm        error = gs1syntax.BadForm      // a bracket, an FNC1 or an AI is missing
	ErrUnknownAI   error = gs1syntax.UnknownAI    // there is no such AI
	ErrLength      error = gs1syntax.BadLength    // a value, or a part of it, is too short or long
	ErrCharacter   error = gs1syntax.BadCharacter // a character is not in the AI's character set
	ErrCheckDigit  error = gs1syntax.BadCheck     // a check digit or check character pair is wrong
	ErrContent     error = gs1syntax.BadContent   // a well-formed value is impossible: 31 February
	ErrMissingAI   error = gs1syntax.Missing      // an AI requires another, which is missing
	ErrExcludedAI  error = gs1syntax.Excluded     // two AIs must not be in the same message
	ErrRepeatedAI  error = gs1syntax.Repeated     // an AI has two values, or two places in a URI
	ErrTooManyAIs  error = gs1syntax.TooMany      // the message has more than 64 elements
	ErrSymbology   error = gs1syntax.BadSymbology // the symbology identifier is missing or unfit
	ErrDigitalLink error = gs1syntax.BadURI       // not a GS1 Digital Link URI
	ErrKey         error = gs1syntax.BadKey       // not a GS1 key of the type asked for
)

// An Error describes what is wrong with a message, a key or a value, and where. All errors of this
// package and of digitallink that concern data are of this type.
type Error struct {
	Err    error  // the sentinel, such as ErrCheckDigit
	AI     string // the AI concerned, or ""
	Input  string // what was parsed; the bracketed form for methods of Message
	Pos    int    // byte offset in Input of the offending characters
	Len    int    // their length in bytes; 0 if something is missing at Pos
	Detail string // what was found and what was expected
	Hint   string // what to do, or ""
}

// A fault is an error before it is put in words.
type fault = gs1syntax.Fault

// fail returns f as an error.
func fail(f fault) error { return (*Error)(f.Failure()) }

// failure returns f as an error, nil if f is nil.
func failure(f *gs1syntax.Fault) error {
	if f == nil {
		return nil
	}
	return (*Error)(f.Failure())
}

// Error returns the place, the sentinel's text, the detail and the hint in one line. It quotes
// Input shortened, and counts bytes from 1.
func (e *Error) Error() string {
	text := "gs1: "
	if e.AI != "" {
		text += "(" + e.AI + ") "
		if ai, _ := Lookup(e.AI); ai.Title != "" {
			text += ai.Title + " "
		}
	}
	if e.Input != "" {
		text += "at byte " + strconv.Itoa(e.Pos+1) + " of " +
			errtext.Quote(e.Input) + ": "
	} else if e.AI != "" {
		text = text[:len(text)-1] + ": "
	}
	text += e.Err.Error() + ": " + e.Detail
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Found returns the offending characters.
func (e *Error) Found() string {
	if e.Pos < 0 || e.Len <= 0 || e.Pos+e.Len > len(e.Input) {
		return ""
	}
	return e.Input[e.Pos : e.Pos+e.Len]
}

// Unwrap returns the sentinel.
func (e *Error) Unwrap() error { return e.Err }
