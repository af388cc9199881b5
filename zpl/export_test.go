package zpl

// Public returns the settings without what only the interpreter sees.
func (s Settings) Public() Settings {
	s.moduleWidth, s.barHeight, s.font, s.orientation = 0, 0, Font{}, 0
	return s
}
