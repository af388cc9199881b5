package printer

import (
	"bytes"
	"strconv"
	"strings"
)

// Identity is who a printer says it is: the answer to ~HI, and the SGD variable device.unique_id where there is one.
type Identity struct {
	Model     string
	Firmware  string
	DotsPerMM float64
	Memory    string
	Options   string
	ID        string // device.unique_id, mostly the serial number; "" when the printer has none
}

// String is the identity as evidence spells it: model/firmware/id.
func (id Identity) String() string {
	return strings.Trim(id.Model+"/"+id.Firmware+"/"+id.ID, "/")
}

// ParseIdentity reads the answer to ~HI: model,firmware,dots per mm,memory[,options], with or without STX and ETX around it. Of
// several answers the last counts. Errors are of type *[ReplyError].
func ParseIdentity(reply []byte) (Identity, error) {
	all := frames(reply)
	for i := len(all) - 1; i >= 0; i-- {
		if id, err := parseIdentity(all[i].text); err == nil {
			return id, nil
		}
	}
	return parseIdentity(reply)
}

func parseIdentity(text []byte) (Identity, error) {
	fields := strings.Split(strings.Trim(string(text), "\r\n\x02\x03 "), ",")
	if len(fields) < 4 {
		return Identity{}, replyError("~HI", 0, "model,firmware,dots per mm,memory", text)
	}
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	dots, err := strconv.ParseFloat(fields[2], 64)
	if err != nil || !(dots > 0 && dots < 100) {
		return Identity{}, replyError("~HI", bytes.IndexByte(text, ',')+1, "dots per mm", []byte(fields[2]))
	}
	if fields[0] == "" || strings.ContainsAny(fields[0], "\x02\x03\"\r\n") {
		return Identity{}, replyError("~HI", 0, "a model name", text)
	}
	return Identity{
		Model: fields[0], Firmware: fields[1], DotsPerMM: dots, Memory: fields[3],
		Options: strings.Join(fields[4:], ","),
	}, nil
}
