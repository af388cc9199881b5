package printer

import (
	"cmp"
	"time"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// A pace is what a run learns about its labels from the windows that were counted.
type pace struct {
	// labelTime is the time of a label; 0 if it isn't known.
	labelTime time.Duration
	// leftTime is the time of a label that a killed program has left in the printer; 0 if none
	// can be there.
	leftTime time.Duration
	// labelCM is the longest length of a label, by the window that moved the media least; 0 if it
	// isn't known.
	labelCM float64
	// movedCM is how far the last counted window moved the media.
	movedCM int64
}

const (
	// unknownPace is the time taken for a label that a killed program has left in the printer.
	unknownPace = 200 * time.Millisecond
	// maxPace bounds what a journal says about the time of a label.
	maxPace = 10 * time.Second
	// slowest is the speed in mm/s below which no label printer prints: 1 in/s.
	slowest = 25.4
	// Lengths of labels in mm that printers report or don't.
	unknownLength = 100
	maxLength     = 1000
)

// recall takes over the time of a label that an earlier run has measured, if it has.
func (p *pace) recall(labelTime time.Duration) {
	if labelTime != 0 {
		p.labelTime = min(max(labelTime, 0), maxPace)
	}
}

// interrupted expects labels of a killed program in the printer.
func (p *pace) interrupted() { p.leftTime = cmp.Or(p.labelTime, unknownPace) }

// update takes in a window of n labels that was counted between two readings.
func (p *pace) update(n int64, before, after reading, labelTime time.Duration) {
	if n > 1 {
		p.labelTime = labelTime
	}
	if before.meters[zebra.PrintLength] < 0 {
		return
	}
	p.movedCM = after.meters[zebra.PrintLength] - before.meters[zebra.PrintLength]
	if most := zebra.LongestLabel(p.movedCM, n); p.labelCM == 0 || most < p.labelCM {
		p.labelCM = most
	}
}

// slowestLabel returns the time of a label of a length in mm on the slowest printer.
func slowestLabel(mm float64) time.Duration {
	if mm == 0 {
		mm = unknownLength
	}
	return time.Duration(min(mm, maxLength) / slowest * float64(time.Second))
}
