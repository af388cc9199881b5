package zpl

import (
	"fmt"
	"strings"
)

// A Command is one command of a stream. Prefix and name are normalized: whatever ^CC and ^CT made
// of the prefixes, a format command has the prefix '^', a control command '~', and a Set-Get-Do
// line ("! U1 getvar …") '!'. Params and Data are valid until the next read.
type Command struct {
	Prefix byte
	Name   string // two capital letters or digits; "A" of ^A0, ^AD …; "U1" of a Set-Get-Do line
	Params []byte // what follows the name, without surrounding blanks unless it is field data
	Data   []byte // the bytes of a graphic or a file sent in binary
	Pos    int64  // byte offset of the prefix in the stream

	delimiter byte // between parameters: ',' unless ^CD changed it
}

// String returns the command as the guide names it, such as "^BX".
func (c Command) String() string {
	if c.Prefix == '!' {
		return "! " + c.Name
	}
	return string(c.Prefix) + c.Name
}

// maxInput is how much of a command's parameters an error keeps.
const maxInput = 200

func (c Command) fail(err error, format string, a ...any) error {
	return &Error{
		Err: err, Command: c.String(), Input: string(c.Params[:min(len(c.Params), maxInput)]),
		Pos:    c.Pos,
		Detail: fmt.Sprintf(format, a...),
	}
}

// An extent is where a command's parameters end.
type extent uint8

const (
	toPrefix  extent = iota // at the next prefix; outside a format at the line's end too
	nothing                 // none: the command is over with its name
	oneChar                 // one character, whichever it is
	twoChars                // two characters
	fieldData               // at the next prefix, blanks and line ends included
	comment                 // at the next prefix, thrown away
	// at the next prefix, or after the bytes that are counted, as [counted] has it
	graphic
	object // the same for ~DY
)

// A key is a command's prefix and name.
type key [3]byte

func (c *Command) key() key {
	k := key{c.Prefix}
	copy(k[1:], c.Name)
	return k
}

func keyOf(name string) key { return key([]byte(name + "\x00")[:3]) }

// extents holds the commands whose parameters do not simply run to the next prefix.
var extents = byName(map[extent]string{
	nothing: "^XA ^XZ ^FS ^FR ^HH ^XB ~HS ~HI ~HD ~HM ~JA ~JB ~JC ~JD ~JE ~JG ~JL ~JN ~JO ~JP " +
		"~JR ~JX ~PH ~PP ~PR ~PS ~WC",
	oneChar: "^CC ^CD ^CT ~CC ~CD ~CT", twoChars: "~HQ",
	fieldData: "^FD ^FV ^SN", comment: "^FX", graphic: "^GF ~DG", object: "~DY",
})

func byName(lists map[extent]string) map[key]extent {
	m := make(map[key]extent)
	for e, names := range lists {
		for name := range strings.FieldsSeq(names) {
			m[keyOf(name)] = e
		}
	}
	return m
}

// intern returns a name as a string; of known commands it allocates none.
func intern(name [2]byte) string {
	if s, ok := names[name]; ok {
		return s
	}
	return string(name[:])
}

var names = func() map[[2]byte]string {
	m := make(map[[2]byte]string)
	for k := range extents {
		m[[2]byte(k[1:])] = string(k[1:])
	}
	const more = "RF RZ RS FO FT FB FH BC BX BQ GB PW LL LH LS PO PM PR PQ MM MN MT MU JZ JM " +
		"LR LT CI CF BY FW SD TA JS"
	for s := range strings.FieldsSeq(more) {
		m[[2]byte([]byte(s))] = s
	}
	return m
}()
