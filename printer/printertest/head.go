package printertest

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// enqueue takes a format into the buffer as soon as it fits, and reports whether it did.
func (s *Server) enqueue(f *format, from *session) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.queued > 0 && s.queued+f.size > s.cfg.Buffer || s.off {
		if s.closed || from != nil && from.boots != s.boots {
			return false
		}
		s.change.Wait()
	}
	if s.closed || from != nil && from.boots != s.boots {
		return false
	}
	s.queue = append(s.queue, f)
	s.queued += f.size
	s.change.Broadcast()
	return true
}

// print is the print head.
func (s *Server) print() {
	for {
		f, midway := s.next()
		if f == nil {
			return
		}
		if midway != nil {
			s.interrupted(f, midway)
			continue
		}
		boots := s.begin()
		s.sleepUntil(s.headTime(f, 1))
		s.finish(f, boots)
	}
}

// next waits for a label to print.
func (s *Server) next() (*format, func(*Server)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	empty := func() bool { return s.current == nil && len(s.queue) == 0 }
	for !s.closed && (s.stopped() || s.off || empty()) {
		s.change.Wait()
	}
	if s.closed {
		return nil, nil
	}
	if s.current == nil {
		s.current, s.queue = s.queue[0], s.queue[1:]
		s.queued -= s.current.size
		s.change.Broadcast()
	}
	midway := s.midway
	s.midway = nil
	return s.current, midway
}

// headTime is when the head will have printed a part of a label.
func (s *Server) headTime(f *format, part float64) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := time.Now(); s.freeAt.Before(now) {
		s.freeAt = now
	}
	s.freeAt = s.freeAt.Add(time.Duration(part * float64(s.duration(f))))
	return s.freeAt
}

func (s *Server) duration(f *format) time.Duration {
	seconds := s.mm(f) / (25.4 * inchesPerSecond(f.page.Speed))
	if s.cfg.LabelsPerSecond > 0 {
		seconds = 1 / s.cfg.LabelsPerSecond
	}
	return time.Duration(seconds * float64(time.Second))
}

func (s *Server) mm(f *format) float64 {
	if f != nil && f.page.Length > 0 {
		return float64(f.page.Length) / s.cfg.DotsPerMM
	}
	return s.cfg.LabelLength
}

// inchesPerSecond reads ^PR: a number, or a letter of older guides.
func inchesPerSecond(speed string) float64 {
	speed, _, _ = strings.Cut(speed, ",")
	if letter, ok := map[string]float64{"A": 2, "B": 3, "C": 4, "D": 6, "E": 8}[speed]; ok {
		return letter
	}
	if n, err := strconv.ParseFloat(speed, 64); err == nil && n > 0 {
		return n
	}
	return 6
}

// finish puts a label on paper, and does what is to be done after it.
func (s *Server) finish(f *format, boots int) {
	s.mu.Lock()
	if s.boots != boots || s.closed { // the power went
		s.mu.Unlock()
		return
	}
	s.put(Label, f)
	if f.left--; f.left <= 0 {
		s.current = nil
	}
	s.last = f
	todo := s.due()
	s.mu.Unlock()
	for _, do := range todo {
		do(s)
	}
}

// due takes what is to be done by now out of the script, in order.
func (s *Server) due() (todo []func(*Server)) {
	for _, n := range slices.Sorted(maps.Keys(s.script)) {
		if n <= s.labels {
			todo = append(todo, s.script[n]...)
			delete(s.script, n)
		}
	}
	return todo
}

// put adds a sheet, and counts it.
func (s *Server) put(kind SheetKind, f *format) {
	sheet := Sheet{Kind: kind, At: time.Now()}
	if f != nil && kind != Blank {
		sheet.Page, sheet.Host = f.page, f.host
	}
	s.paper = append(s.paper, sheet)
	s.length += s.mm(f)
	if kind == Label || kind == Reprinted {
		s.labels++
	}
	if s.counts(kind) {
		s.count()
	}
}

// counts reports whether a sheet counts when it is out.
func (s *Server) counts(kind SheetKind) bool {
	switch kind {
	case Label:
		return !s.cfg.CountEarly
	case Partial:
		return s.cfg.CountPartial && !s.cfg.CountEarly
	case Blank:
		return s.cfg.CountFeeds
	}
	return true
}

// maxUserCount is the last value of the user's counter before it begins again at 0.
const maxUserCount = 65_000

func (s *Server) count() {
	s.counter++
	s.user = (s.user + 1) % (maxUserCount + 1)
}

// interrupted prints half a label, does what interrupts it, and goes on as ^JZ says.
func (s *Server) interrupted(f *format, midway func(*Server)) {
	boots := s.begin()
	s.sleepUntil(s.headTime(f, 0.5))
	s.mu.Lock()
	s.put(Partial, f)
	s.mu.Unlock()
	midway(s)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.boots == boots && !f.page.Reprint && !s.cfg.IgnoreJZ {
		if f.left--; f.left <= 0 {
			s.current = nil
		}
	}
	s.freeAt = time.Now()
}

// begin begins a label, and returns how often the printer had been switched on by then.
func (s *Server) begin() (boots int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cfg.CountEarly {
		s.count()
	}
	return s.boots
}

// sleep waits unless the server is closed first.
func (s *Server) sleep(d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.done:
	}
}

func (s *Server) sleepUntil(t time.Time) {
	if d := time.Until(t); d > 50*time.Microsecond {
		s.sleep(d)
	}
}
