package zpl

// A Command is one command of a stream. Prefix and name are normalised: whatever ^CC and ^CT made of the prefixes, a format
// command has the prefix '^', a control command '~', and a Set-Get-Do line ("! U1 getvar …") '!'.
type Command struct {
	Prefix byte
	Name   string // two characters in upper case; "A" for the font commands ^A0, ^AD …; "U1" for a Set-Get-Do line
	Params []byte // what follows the name, without surrounding blanks unless it is field data; valid until the next read
	Data   []byte // the bytes of a graphic or file sent in binary; valid until the next read
	Offset int64  // of the prefix in the stream

	delimiter byte // between parameters: ',' unless ^CD changed it
}

// String returns the command as the guide names it, such as "^BX".
func (c Command) String() string {
	if c.Prefix == '!' {
		return "! " + c.Name
	}
	return string(c.Prefix) + c.Name
}

func (c Command) fail(kind error, detail string) error {
	return &Error{Command: c.String(), Offset: c.Offset, Kind: kind, Detail: detail}
}

// An extent says where a command's parameters end.
type extent uint8

const (
	toPrefix  extent = iota // at the next prefix; outside a format at the line's end too
	nothing                 // none: the command is over with its name
	oneChar                 // one character, whichever it is
	twoChars                // two characters
	fieldData               // at the next prefix, blanks and line ends included
	comment                 // at the next prefix, thrown away
	graphic                 // at the next prefix, or after the bytes counted by the second of four parameters if the first is B or C
	object                  // the same for ~DY: fourth of five parameters, if the second is not A
)

// extents holds the commands whose parameters do not simply run to the next prefix.
var extents = map[string]extent{
	"^XA": nothing, "^XZ": nothing, "^FS": nothing, "^FR": nothing, "^HH": nothing, "^XB": nothing,
	"~HS": nothing, "~HI": nothing, "~HD": nothing, "~HM": nothing,
	"~JA": nothing, "~JB": nothing, "~JC": nothing, "~JD": nothing, "~JE": nothing, "~JG": nothing, "~JL": nothing,
	"~JN": nothing, "~JO": nothing, "~JP": nothing, "~JR": nothing, "~JX": nothing,
	"~PH": nothing, "~PP": nothing, "~PR": nothing, "~PS": nothing, "~WC": nothing,
	"~HQ": twoChars,
	"^CC": oneChar, "^CD": oneChar, "^CT": oneChar, "~CC": oneChar, "~CD": oneChar, "~CT": oneChar,
	"^FD": fieldData, "^FV": fieldData, "^SN": fieldData,
	"^FX": comment,
	"^GF": graphic, "~DG": graphic, "~DY": object,
}
