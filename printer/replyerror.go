package printer

import "fmt"

// A ReplyError tells that a printer's reply isn't what the query's answer looks like.
type ReplyError struct {
	Query string // "~HS", "~HI", "~HQES" or "getvar"
	Pos   int    // where in the reply, in bytes
	Want  string // what was expected there
	Got   string // what stood there, shortened
}

func (e *ReplyError) Error() string {
	return fmt.Sprintf("printer: reply to %s: byte %d: want %s, got %q", e.Query, e.Pos, e.Want, e.Got)
}

func replyError(query string, pos int, want string, got []byte) *ReplyError {
	return &ReplyError{Query: query, Pos: pos, Want: want, Got: string(got[:min(len(got), 40)])}
}
