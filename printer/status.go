package printer

import (
	"cmp"

	"github.com/gonameplate/nameplate/printer/internal/zebra"
)

// HostStatus is the answer to ~HS (ZPL II Programming Guide, "~HS Host Status Return"). A printer
// may leave ~HS unanswered while its media or ribbon is out, its head is open or too hot, or its
// rewinder is full: silence never means ready.
type HostStatus struct {
	// First frame.
	Communication    int // settings of the serial port, as bits
	PaperOut         bool
	Paused           bool
	LabelLength      int // dots
	Formats          int // waiting in the receive buffer
	BufferFull       bool
	Diagnostic       bool // communications diagnostic mode
	PartialFormat    bool // a format has begun and not ended
	CorruptRAM       bool
	UnderTemperature bool
	OverTemperature  bool

	// Second frame.
	Functions       int // settings, as bits
	HeadUp          bool
	RibbonOut       bool
	ThermalTransfer bool
	PrintMode       int // 0 rewind, 1 peel, 2 tear-off, 3 cutter, 4 applicator, 5 delayed cut
	WidthMode       int
	LabelWaiting    bool // to be taken from the peeler
	Remaining       int  // labels of the ^PQ batch that prints
	Graphics        int  // graphics stored

	// Third frame. The password that it holds isn't kept.
	StaticRAM bool
}

// Faults returns what keeps the printer from printing, "paused" included, in words; none for a
// printer that is ready.
func (s HostStatus) Faults() []string {
	var names []string
	for _, f := range []struct {
		on   bool
		name string
	}{
		{s.PaperOut, "media out"}, {s.RibbonOut, "ribbon out"}, {s.HeadUp, "head open"},
		{s.OverTemperature, "head too hot"}, {s.UnderTemperature, "head too cold"},
		{s.CorruptRAM, "memory corrupt"}, {s.Diagnostic, "in diagnostic mode"},
		{s.Paused, "paused"},
	} {
		if f.on {
			names = append(names, f.name)
		}
	}
	return names
}

// Idle reports whether the printer is ready and has nothing left to print as far as ~HS reports:
// the label under the head isn't in any of its numbers.
func (s HostStatus) Idle() bool {
	return len(s.Faults()) == 0 && s.Formats == 0 && s.Remaining == 0 &&
		!s.PartialFormat && !s.BufferFull
}

// ParseHostStatus reads the answer to ~HS: three frames STX … ETX of comma-separated values. What
// comes before and between the frames is skipped; of several answers the last one counts. The error
// names the byte that isn't part of an answer, and what was expected there.
func ParseHostStatus(reply []byte) (HostStatus, error) {
	first, second, third, err := zebra.Status(reply)
	if err != nil {
		return HostStatus{}, err
	}
	var s HostStatus
	s.Communication = first.Number()
	s.PaperOut, s.Paused = first.Flag(), first.Flag()
	s.LabelLength, s.Formats = first.Number(), first.Number()
	s.BufferFull, s.Diagnostic, s.PartialFormat = first.Flag(), first.Flag(), first.Flag()
	first.Skip()
	s.CorruptRAM, s.UnderTemperature, s.OverTemperature = first.Flag(), first.Flag(), first.Flag()

	s.Functions = second.Number()
	second.Skip()
	s.HeadUp, s.RibbonOut, s.ThermalTransfer = second.Flag(), second.Flag(), second.Flag()
	s.PrintMode, s.WidthMode = second.Mode(), second.Mode()
	s.LabelWaiting, s.Remaining = second.Flag(), second.Number()
	second.Skip()
	s.Graphics = second.Number()

	third.Skip()
	s.StaticRAM = third.Flag()
	if err := cmp.Or(first.Err, second.Err, third.Err); err != nil {
		return HostStatus{}, err
	}
	return s, nil
}
