package label

// A Canvas draws a label's parts. Texts and the human-readable interpretations of symbols come as
// runs, already broken into lines and placed; symbols come with both their content and their
// modules, so that a canvas can draw either.
type Canvas interface {
	Device() Device
	Run(Run) error
	Symbol(*Symbol, SymbolLayout) error // the modules alone: the interpretation follows as runs
	Box(*Box) error
	Path(*Path) error
	Image(*Image) error
}
