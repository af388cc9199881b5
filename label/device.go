package label

import "math"

// A Device is what a label is drawn on.
type Device struct {
	// DotsPerMM is the print head's resolution: 8 for "203 dpi", 11.81 or 12 for "300 dpi" (ask the
	// printer: ~HI), 24 for "600 dpi". Zero is a device without dots, such as a PDF, on which every
	// measure is exact.
	DotsPerMM float64
	// Tags reports that the device writes the RFID chips of labels.
	Tags bool
}

// Dots returns a length in mm as the nearest whole number of dots.
func (d Device) Dots(mm float64) int { return int(math.Round(mm * d.DotsPerMM)) }

// Snap returns a length in mm, rounded to whole dots, or the length itself on a device without
// dots.
func (d Device) Snap(mm float64) float64 {
	if d.DotsPerMM == 0 {
		return mm
	}
	return math.Round(mm*d.DotsPerMM) / d.DotsPerMM
}

// SnapSize is [Device.Snap] for what must not vanish: at least one dot.
func (d Device) SnapSize(mm float64) float64 {
	if d.DotsPerMM == 0 {
		return mm
	}
	return max(1, math.Round(mm*d.DotsPerMM)) / d.DotsPerMM
}
