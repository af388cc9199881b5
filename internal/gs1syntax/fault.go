package gs1syntax

import (
	"strings"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/internal/errtext"
)

// A Kind is a class of errors. It is an error itself, so that package gs1 declares its sentinels as
// Kinds without any work at start-up.
type Kind uint8

// The kinds. Package gs1 documents them under their public names.
const (
	BadForm Kind = iota + 1
	UnknownAI
	BadLength
	BadCharacter
	BadCheck
	BadContent
	Missing
	Excluded
	Repeated
	TooMany
	BadSymbology
	BadURI
	BadKey
)

var kinds = [...]string{
	BadForm:      "malformed message",
	UnknownAI:    "unknown AI",
	BadLength:    "wrong length",
	BadCharacter: "character not allowed",
	BadCheck:     "wrong check digit or characters",
	BadContent:   "impossible value",
	Missing:      "required AI missing",
	Excluded:     "AIs exclude each other",
	Repeated:     "AI repeated",
	TooMany:      "too many AIs",
	BadSymbology: "symbology identifier not supported",
	BadURI:       "not a GS1 Digital Link URI",
	BadKey:       "not a GS1 key",
}

func (k Kind) Error() string {
	if int(k) < len(kinds) && k != 0 {
		return kinds[k]
	}
	return "no error"
}

// A Fault is an error while it is passed around: what is wrong with Input in the Len bytes at Pos,
// and what was expected there.
type Fault struct {
	Kind  Kind
	AI    string
	Input string
	Pos   int
	Len   int
	Want  string
	Hint  string
}

// A Failure is a Fault in words. Its fields are those of gs1.Error, which documents them.
type Failure struct {
	Err    error
	AI     string
	Input  string
	Pos    int
	Len    int
	Detail string
	Hint   string
}

// Failure returns f in words.
func (f *Fault) Failure() *Failure {
	e := &Failure{Err: f.Kind, AI: f.AI, Input: f.Input, Pos: f.Pos, Len: f.Len, Hint: f.Hint}
	if f.Len > 0 && f.Pos >= 0 && f.Pos+f.Len <= len(f.Input) {
		_, size := utf8.DecodeRuneInString(f.Input[f.Pos:])
		e.Len = max(f.Len, size)
		e.Detail = "found " + errtext.Quote(f.Input[f.Pos:f.Pos+e.Len]) + ", "
	}
	e.Detail += "want " + f.Want
	if e.Hint == "" && endsLine(f.Input, f.Pos) {
		e.Hint = "remove the line end after the data"
	}
	return e
}

// endsLine reports whether nothing but a line end follows byte pos of s.
func endsLine(s string, pos int) bool {
	return pos >= 0 && pos < len(s) && strings.Trim(s[pos:], "\r\n") == ""
}

// A flaw is a fault of a value before the place of the value is known: pos and n count bytes of the
// value. The zero flaw is none.
type flaw struct {
	kind   Kind
	pos, n int
	want   string
}

// at makes a Fault of f: the value of ai begins at byte base of input.
func (f flaw) at(input, ai string, base int) *Fault {
	return &Fault{Kind: f.kind, AI: ai, Input: input, Pos: base + f.pos, Len: f.n, Want: f.want}
}
