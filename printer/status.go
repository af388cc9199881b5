package printer

import (
	"bytes"
	"strconv"
	"strings"
)

// HostStatus is the answer to ~HS (ZPL II Programming Guide, "~HS Host Status Return"). A printer may leave ~HS
// unanswered while its media or ribbon is out, its head is open or too hot, or its rewinder is full: silence never means ready.
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

// Faults names what keeps the printer from printing, "paused" included; it is empty for a printer that is ready.
func (s HostStatus) Faults() []string {
	var names []string
	for _, f := range []struct {
		on   bool
		name string
	}{
		{s.PaperOut, "media out"}, {s.RibbonOut, "ribbon out"}, {s.HeadUp, "head open"},
		{s.OverTemperature, "head too hot"}, {s.UnderTemperature, "head too cold"}, {s.CorruptRAM, "memory corrupt"},
		{s.Diagnostic, "in diagnostic mode"}, {s.Paused, "paused"},
	} {
		if f.on {
			names = append(names, f.name)
		}
	}
	return names
}

// Idle reports whether the printer is ready and has nothing left to print as far as ~HS tells: the label under the head
// isn't in any of its numbers.
func (s HostStatus) Idle() bool {
	return len(s.Faults()) == 0 && s.Formats == 0 && s.Remaining == 0 && !s.PartialFormat && !s.BufferFull
}

// ParseHostStatus reads the answer to ~HS: three frames STX … ETX of comma-separated tokens. What stands before and between the
// frames is skipped; of several answers the last one counts. Errors are of type *[ReplyError].
func ParseHostStatus(reply []byte) (HostStatus, error) {
	frames := frames(reply)
	for i := len(frames) - 3; i >= 0; i-- {
		if frames[i].tokens() == 12 && frames[i+1].tokens() >= 11 && frames[i+2].tokens() == 2 {
			return parseFrames(frames[i], frames[i+1], frames[i+2])
		}
	}
	return HostStatus{}, replyError("~HS", len(reply), "three frames of 12, 11 and 2 values", reply)
}

func parseFrames(first, second, third frame) (s HostStatus, err error) {
	a := tokens{frame: first}
	s.Communication = a.number()
	s.PaperOut, s.Paused = a.flag(), a.flag()
	s.LabelLength, s.Formats = a.number(), a.number()
	s.BufferFull, s.Diagnostic, s.PartialFormat = a.flag(), a.flag(), a.flag()
	a.skip()
	s.CorruptRAM, s.UnderTemperature, s.OverTemperature = a.flag(), a.flag(), a.flag()

	b := tokens{frame: second}
	s.Functions = b.number()
	b.skip()
	s.HeadUp, s.RibbonOut, s.ThermalTransfer = b.flag(), b.flag(), b.flag()
	s.PrintMode = b.mode()
	s.WidthMode = b.mode()
	s.LabelWaiting = b.flag()
	s.Remaining = b.number()
	b.skip()
	s.Graphics = b.number()

	c := tokens{frame: third}
	c.skip()
	s.StaticRAM = c.flag()

	for _, t := range []tokens{a, b, c} {
		if t.err != nil {
			return HostStatus{}, t.err
		}
	}
	return s, nil
}

// A frame is what stands between STX and ETX, and where in the reply.
type frame struct {
	text []byte
	pos  int
}

const (
	stx = 0x02
	etx = 0x03
)

// frames finds the frames of a reply. An STX within a frame begins it anew, as after a reply that was cut off.
func frames(reply []byte) (list []frame) {
	for pos := 0; ; {
		n := bytes.IndexByte(reply[pos:], etx)
		if n < 0 {
			return list
		}
		if start := bytes.LastIndexByte(reply[pos:pos+n], stx); start >= 0 {
			list = append(list, frame{reply[pos+start+1 : pos+n], pos + start + 1})
		}
		pos += n + 1
	}
}

func (f frame) tokens() int { return 1 + bytes.Count(f.text, []byte{','}) }

// tokens reads the comma-separated values of a frame; after an error all values are zero.
type tokens struct {
	frame
	err error
}

func (t *tokens) next() []byte {
	value, rest, found := bytes.Cut(t.text, []byte{','})
	t.text = rest
	t.pos += len(value)
	if found {
		t.pos++
	}
	return bytes.TrimSpace(value)
}

func (t *tokens) skip() { t.next() }

func (t *tokens) number() int {
	pos := t.pos
	value := t.next()
	n, err := strconv.ParseUint(string(value), 10, 31)
	if err != nil && t.err == nil {
		t.err = replyError("~HS", pos, "a number", value)
	}
	return int(n)
}

func (t *tokens) flag() bool {
	pos := t.pos
	value := string(t.next())
	on := strings.Trim(value, "0") == "1"
	if t.err == nil && (value == "" || !on && strings.Trim(value, "0") != "") {
		t.err = replyError("~HS", pos, "0 or 1", []byte(value))
	}
	return on
}

// mode reads a value that is a digit, or a letter on newer models: A is 10.
func (t *tokens) mode() int {
	pos := t.pos
	value := t.next()
	n, err := strconv.ParseUint(string(value), 36, 16)
	if err != nil && t.err == nil {
		t.err = replyError("~HS", pos, "a mode", value)
	}
	return int(n)
}
