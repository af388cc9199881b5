package zebra

import "fmt"

// An Error reports that a reply isn't an answer to the query.
type Error struct {
	Query  string // "~HS", "~HI", "~HQES", "zpl.system_status" or "getvar"
	Input  string // what was found, shortened to 40 bytes
	Pos    int    // byte offset in the reply, from 0
	Detail string // what was expected
}

func (e *Error) Error() string {
	return fmt.Sprintf("printer: reply to %s: at byte %d: %q, want %s",
		e.Query, e.Pos+1, e.Input, e.Detail)
}

// maxInput bounds how much of a reply an error holds, in bytes.
const maxInput = 40

func newError(query string, pos int, input []byte, want string) *Error {
	input = input[:min(len(input), maxInput)]
	return &Error{Query: query, Input: string(input), Pos: pos, Detail: want}
}
