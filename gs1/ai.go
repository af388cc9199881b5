package gs1

import (
	"strconv"
	"strings"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// DictionaryRelease is the release of the GS1 Barcode Syntax Dictionary that this package
// implements.
const DictionaryRelease = gs1syntax.Release

// An AI describes an Application Identifier.
type AI struct {
	Code  string // two to four digits
	Title string // data title, such as "BATCH/LOT"; (8110) and (8112) have none

	// Format is the value's components in the notation of the GS1 Barcode Syntax Dictionary: N is
	// digits, X set 82, Y set 39, Z set 64, and brackets enclose what is optional: "N13 [X..17]".
	Format string

	Min, Max   int  // length of the value in characters
	Predefined bool // predefined length: no FNC1 is needed after the value
	Key        bool // primary key of a GS1 Digital Link URI
	Attribute  bool // data attribute that the query of a GS1 Digital Link URI may carry
}

// Lookup returns the description of ai, and whether there is such an Application Identifier.
func Lookup(ai string) (AI, bool) {
	row := gs1syntax.Lookup(ai)
	if row == nil {
		return AI{}, false
	}
	return AI{
		Code: ai, Title: row.Title, Format: format(row.Parts), Min: int(row.Min), Max: int(row.Max),
		Predefined: row.Predefined, Key: row.Key, Attribute: row.Attribute,
	}, true
}

func format(parts []gs1syntax.Component) string {
	var b strings.Builder
	for i, c := range parts {
		if i > 0 {
			b.WriteByte(' ')
		}
		text := string(c.Set.Letter())
		if c.Min != c.Max {
			text += ".."
		}
		text += strconv.Itoa(int(c.Max))
		if c.Optional {
			text = "[" + text + "]"
		}
		b.WriteString(text)
	}
	return b.String()
}
