package printer

import "fmt"

// Faults are the error and warning flags of ~HQES (ZPL II Programming Guide, "~HQ Host Query"). Bit
// 0 is bit 0 of the rightmost hexadecimal digit of group 1; group 2 is in the upper half.
type Faults struct {
	Errors   uint64
	Warnings uint64
	Paused   bool // reported by the SGD variable zpl.system_status only
}

var errorNames = [...]string{
	"media out", "ribbon out", "head open", "cutter fault",
	"head too hot", "motor too hot", "bad head element", "head not detected",
	"bad firmware configuration", "head thermistor open",
}

var warningNames = [...]string{
	"media needs calibration", "head needs cleaning", "head needs replacement", "paper near end",
}

// Names returns the errors in words, and "paused". An error without a name here is named by its
// bit.
func (f Faults) Names() []string {
	names := flagNames(f.Errors, errorNames[:], "error")
	if f.Paused {
		names = append(names, "paused")
	}
	return names
}

// WarningNames returns the warnings in words.
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
