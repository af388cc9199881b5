package gs1syntax

// A Kind is a stable class of errors; it is an error itself, for errors.Is.
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

// A Fault says what is wrong where. Its fields are those of gs1.Error, which documents them.
type Fault struct {
	Kind  Kind
	AI    string
	Input string
	Pos   int
	Len   int
	Want  string
}

// flaw is a fault of a value, before it is known where the value stands: pos and n count bytes of the value. The zero flaw is none.
type flaw struct {
	kind   Kind
	pos, n int
	want   string
}

// at makes a Fault of f: the value of ai begins at byte base of input.
func (f flaw) at(input, ai string, base int) *Fault {
	return &Fault{Kind: f.kind, AI: ai, Input: input, Pos: base + f.pos, Len: f.n, Want: f.want}
}
