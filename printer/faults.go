package printer

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// Faults are the error and warning flags of ~HQES or of the SGD variable zpl.system_status (ZPL II Programming Guide, "~HQ
// Host Query"). Bit 0 is bit 0 of the rightmost hexadecimal digit of group 1; group 2 is in the upper half.
type Faults struct {
	Errors   uint64
	Warnings uint64
	Paused   bool // told by zpl.system_status only
}

var errorNames = [...]string{
	"media out", "ribbon out", "head open", "cutter fault",
	"head too hot", "motor too hot", "bad head element", "head not detected",
	"bad firmware configuration", "head thermistor open",
}

var warningNames = [...]string{"media needs calibration", "head needs cleaning", "head needs replacement", "paper near end"}

// Names lists the errors and "paused", in words; an error that this package has no word for is named by its bit.
func (f Faults) Names() []string {
	names := flagNames(f.Errors, errorNames[:], "error")
	if f.Paused {
		names = append(names, "paused")
	}
	return names
}

// WarningNames lists the warnings in words.
func (f Faults) WarningNames() []string { return flagNames(f.Warnings, warningNames[:], "warning") }

func flagNames(flags uint64, words []string, kind string) (names []string) {
	for bit := range 64 {
		switch {
		case flags&(1<<bit) == 0:
		case bit < len(words):
			names = append(names, words[bit])
		default:
			names = append(names, fmt.Sprintf("%s bit %d", kind, bit))
		}
	}
	return names
}

// ParseFaults reads the answer to ~HQES ("ERRORS: f gggggggg gggggggg", "WARNINGS: …", by their words, not by columns) or the
// value of zpl.system_status ("paused,f,gggggggg,gggggggg,f,gggggggg,gggggggg"). Errors are of type *[ReplyError].
func ParseFaults(reply []byte) (Faults, error) {
	if i := bytes.Index(reply, []byte("ERRORS")); i >= 0 {
		return parseHQES(reply, i)
	}
	if values, _ := values(reply); len(values) > 0 {
		return parseSystemStatus(values[len(values)-1])
	}
	return Faults{}, replyError("~HQES", 0, `"ERRORS:" or a quoted value`, reply)
}

func parseHQES(reply []byte, start int) (f Faults, err error) {
	if f.Errors, err = parseGroups(reply, start, "ERRORS"); err != nil {
		return Faults{}, err
	}
	i := bytes.Index(reply[start:], []byte("WARNINGS"))
	if i < 0 {
		return Faults{}, replyError("~HQES", len(reply), `"WARNINGS:"`, nil)
	}
	if f.Warnings, err = parseGroups(reply, start+i, "WARNINGS"); err != nil {
		return Faults{}, err
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
		return 0, replyError("~HQES", start, "a flag and two groups after "+word, line)
	}
	return joinGroups(fields[0], fields[1], fields[2], start)
}

func parseSystemStatus(value string) (f Faults, err error) {
	fields := strings.Split(strings.ReplaceAll(value, `"`, ""), ",")
	if len(fields) != 7 {
		return Faults{}, replyError("zpl.system_status", 0, "seven values", []byte(value))
	}
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	switch fields[0] {
	case "0":
	case "1":
		f.Paused = true
	default:
		return Faults{}, replyError("zpl.system_status", 0, "0 or 1", []byte(value))
	}
	if f.Errors, err = joinGroups(fields[1], fields[2], fields[3], 0); err != nil {
		return Faults{}, err
	}
	if f.Warnings, err = joinGroups(fields[4], fields[5], fields[6], 0); err != nil {
		return Faults{}, err
	}
	return f, nil
}

// joinGroups checks the flag against the groups: a flag without a bit is an error that we don't know the name of.
func joinGroups(flag, group2, group1 string, pos int) (uint64, error) {
	high, err2 := strconv.ParseUint(group2, 16, 32)
	low, err1 := strconv.ParseUint(group1, 16, 32)
	if err1 != nil || err2 != nil || (flag != "0" && flag != "1") {
		return 0, replyError("~HQES", pos, "a flag 0 or 1 and two groups of hexadecimal digits", []byte(flag+" "+group2+" "+group1))
	}
	bits := high<<32 | low
	if flag == "1" && bits == 0 {
		bits = 1 << 63
	}
	return bits, nil
}
