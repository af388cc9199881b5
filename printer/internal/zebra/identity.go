package zebra

import (
	"bytes"
	"strconv"
	"strings"
)

// IdentityQuery asks for the host identification.
const IdentityQuery = "~HI\r\n"

// IDKey is the SGD variable that holds a printer's own number.
const IDKey = "device.unique_id"

// An Identity is the answer to ~HI, with the value of device.unique_id.
type Identity struct {
	Model     string
	Firmware  string
	DotsPerMM float64
	Memory    string
	Options   string
	ID        string
}

const (
	// maxDotsPerMM bounds the resolutions that a printer can have.
	maxDotsPerMM = 100
	// maxIdentity bounds the values of ~HI: frames of more are of ~HS.
	maxIdentity = 10
)

// ParseIdentity reads the answer to ~HI, model,firmware,dots per mm,memory[,options], in a frame or
// without one. Of several answers the last one counts. The error is an *[Error].
func ParseIdentity(reply []byte) (Identity, error) {
	all := Frames(reply)
	for i := len(all) - 1; i >= 0; i-- {
		if id, err := parseIdentity(all[i].Text); err == nil && all[i].Len() <= maxIdentity {
			return id, nil
		}
	}
	return parseIdentity(reply)
}

func parseIdentity(text []byte) (Identity, error) {
	fields := strings.Split(strings.Trim(string(text), "\r\n\x02\x03 "), ",")
	if len(fields) < 4 {
		return Identity{}, newError("~HI", 0, text, "model,firmware,dots per mm,memory")
	}
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	dots, err := strconv.ParseFloat(fields[2], 64)
	if err != nil || !(dots > 0 && dots < maxDotsPerMM) {
		pos := bytes.IndexByte(text, ',') + 1
		pos += bytes.IndexByte(text[pos:], ',') + 1
		return Identity{}, newError("~HI", pos, []byte(fields[2]), "dots per mm")
	}
	if fields[0] == "" || strings.ContainsAny(fields[0], "\x02\x03\"\r\n") {
		return Identity{}, newError("~HI", 0, text, "a model name")
	}
	return Identity{
		Model: fields[0], Firmware: fields[1], DotsPerMM: dots, Memory: fields[3],
		Options: strings.Join(fields[4:], ","),
	}, nil
}
