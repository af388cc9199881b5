package zebra

import (
	"bytes"
	"strconv"
	"strings"
)

// FlagsQuery asks for the error and warning flags.
const FlagsQuery = "~HQES\r\n"

// Flags are the errors and warnings of a printer. Bit 0 is bit 0 of the rightmost hexadecimal digit
// of group 1; group 2 is in the upper half.
type Flags struct {
	Errors   uint64
	Warnings uint64
	Paused   bool // reported by zpl.system_status only
}

// UnnamedBit is set where a printer reports an error or a warning without any of its bits.
const UnnamedBit = 63

// ParseFlags reads the answer to ~HQES ("ERRORS: f gggggggg gggggggg", "WARNINGS: …", by their
// words, not by columns) or the value of zpl.system_status
// ("paused,f,gggggggg,gggggggg,f,gggggggg,gggggggg"). The error is an *[Error].
func ParseFlags(reply []byte) (Flags, error) {
	if i := bytes.Index(reply, []byte("ERRORS")); i >= 0 {
		return parseHQES(reply, i)
	}
	if values := Values(reply); len(values) > 0 {
		return parseSystemStatus(values[len(values)-1])
	}
	return Flags{}, newError("~HQES", 0, reply, `"ERRORS:" or a quoted value`)
}

func parseHQES(reply []byte, start int) (f Flags, err error) {
	if f.Errors, err = parseGroups(reply, start, "ERRORS"); err != nil {
		return Flags{}, err
	}
	i := bytes.Index(reply[start:], []byte("WARNINGS"))
	if i < 0 {
		return Flags{}, newError("~HQES", len(reply), nil, `"WARNINGS:"`)
	}
	if f.Warnings, err = parseGroups(reply, start+i, "WARNINGS"); err != nil {
		return Flags{}, err
	}
	return f, nil
}

// parseGroups reads "WORD: flag group2 group1" at start.
func parseGroups(reply []byte, start int, word string) (uint64, error) {
	line := reply[start+len(word):]
	if i := bytes.IndexAny(line, "\r\n\x03"); i >= 0 {
		line = line[:i]
	}
	fields := strings.Fields(strings.TrimLeft(string(line), ": "))
	if len(fields) < 3 {
		return 0, newError("~HQES", start, line, "a flag and two groups after "+word)
	}
	return joinGroups("~HQES", fields[:3], start)
}

func parseSystemStatus(value string) (f Flags, err error) {
	const query = "zpl.system_status"
	fields := strings.Split(strings.ReplaceAll(value, `"`, ""), ",")
	if len(fields) != 7 {
		return Flags{}, newError(query, 0, []byte(value), "seven values")
	}
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	if fields[0] != "0" && fields[0] != "1" {
		return Flags{}, newError(query, 0, []byte(value), "0 or 1")
	}
	f.Paused = fields[0] == "1"
	if f.Errors, err = joinGroups(query, fields[1:4], 0); err != nil {
		return Flags{}, err
	}
	if f.Warnings, err = joinGroups(query, fields[4:7], 0); err != nil {
		return Flags{}, err
	}
	return f, nil
}

// joinGroups reads a flag, group 2 and group 1. A flag without a bit in the groups is an error that
// has no name.
func joinGroups(query string, fields []string, pos int) (uint64, error) {
	flag := fields[0]
	high, err2 := strconv.ParseUint(fields[1], 16, 32)
	low, err1 := strconv.ParseUint(fields[2], 16, 32)
	if err1 != nil || err2 != nil || (flag != "0" && flag != "1") {
		found := []byte(strings.Join(fields, " "))
		return 0, newError(query, pos, found, "a flag 0 or 1 and two groups of hexadecimal digits")
	}
	bits := high<<32 | low
	if flag == "1" && bits == 0 {
		bits = 1 << UnnamedBit
	}
	return bits, nil
}
