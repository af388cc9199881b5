package zpl

import "strings"

// Settings are what a printer keeps from one format to the next. Lengths are in dots; a width or a
// length of 0 was never set.
type Settings struct {
	Width    int    // ^PW
	Length   int    // ^LL
	HomeX    int    // ^LH
	HomeY    int    // ^LH
	Inverted bool   // ^POI: printed upside down
	Reprint  bool   // ^JZ: print the interrupted label again after an error; a printer's default
	Mode     byte   // ^MM: 'T' tear-off, 'P' peel, 'R' rewind, 'A' applicator, 'C' cutter …
	Tracking byte   // ^MN: 'N' continuous, 'Y' or 'W' web, 'M' mark
	Media    byte   // ^MT: 'T' thermal transfer, 'D' direct thermal
	Speed    string // ^PR as given, such as "4,4,4"
	Darkness int    // ~SD, 0 to 30
	Charset  int    // ^CI; 28 is UTF-8

	moduleWidth int // ^BY
	barHeight   int
	font        Font // ^CF
	orientation byte // ^FW
}

// defaultSettings returns the settings of a printer that was just switched on.
func defaultSettings() Settings {
	return Settings{
		Reprint: true, Mode: 'T', Tracking: 'Y', Media: 'T',
		moduleWidth: 2, barHeight: 10, font: Font{Name: 'A', Height: 9, Width: 5}, orientation: 'N',
	}
}

// check returns an error for settings that ZPL does not have.
func (s *Settings) check() error {
	for _, c := range [...]struct {
		name  string
		value byte
	}{{"mode", s.Mode}, {"tracking", s.Tracking}, {"media", s.Media}} {
		if c.value != 0 && (c.value < 'A' || c.value > 'Z') {
			return unwritable(ErrSettings, "", "%s %q, want a capital letter", c.name, c.value)
		}
	}
	if len(s.Speed) > 8 || strings.Trim(s.Speed, "0123456789ABCDE,") != "" {
		return unwritable(ErrSettings, "", "speed %q, want up to three, such as 4,4,4", s.Speed)
	}
	return nil
}
