package zpl

import "strings"

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
	nothing: "^XA ^XZ ^FS ^FR ^HH ^XB ~HS ~HI ~HD ~HM ~JA ~JB ~JC ~JD ~JE ~JG ~JL ~JN ~JO ~JP ~JR ~JX ~PH ~PP ~PR ~PS ~WC",
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

// intern returns a name as a string, for known commands without allocating.
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
	for _, s := range strings.Fields("FO FT FB FH BC BX BQ GB PW LL LH LS PO PM PR PQ MM MN MT MU JZ JM LR LT CI CF BY FW SD TA JS") {
		m[[2]byte([]byte(s))] = s
	}
	return m
}()
