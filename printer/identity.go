package printer

import (
	"strings"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// Identity is who a printer is: the answer to ~HI (ZPL II Programming Guide, "~HI Host
// Identification"), and the SGD variable device.unique_id.
type Identity struct {
	Model     string
	Firmware  string
	DotsPerMM float64
	Memory    string
	Options   string
	ID        string // device.unique_id, mostly the serial number; "" if the printer has none
}

// String returns model/firmware/id, as it is recorded in [Evidence].
func (id Identity) String() string {
	return strings.Trim(id.Model+"/"+id.Firmware+"/"+id.ID, "/")
}

func (id *Identity) setID(value string) {
	if value != zebra.Unknown {
		id.ID = value
	}
}
