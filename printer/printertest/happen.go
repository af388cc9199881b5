package printertest

import (
	"strings"
	"time"

	"github.com/gonameplate/nameplate/zpl"
)

// At does something when the nth label, from 1 and reprinted ones included, has come out of the
// printer, before the next one is begun. What takes time, such as [Server.Cancel], stops the head
// meanwhile.
func (s *Server) At(n uint64, do ...func(*Server)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script[n] = append(s.script[n], do...)
}

// Feed feeds blank labels, as the FEED key does.
func (s *Server) Feed(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.put(Blank, s.last)
	}
}

// Pause is PAUSE pressed, and pressed again after a time.
func (s *Server) Pause(d time.Duration) {
	s.setPause(true)
	s.sleep(d)
	s.setPause(false)
}

func (s *Server) setPause(on bool) { s.set(func() { s.paused = on }) }

func (s *Server) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	s.change.Broadcast()
}

// Cancel is PAUSE, CANCEL and PAUSE on the panel: the next label in the queue is gone. It takes
// Config.OperatorDelay.
func (s *Server) Cancel() {
	s.setPause(true)
	s.sleep(s.cfg.OperatorDelay)
	s.cancel(1)
	s.setPause(false)
}

// CancelAll erases what waits to be printed, as a host's ~JA does, which needs no pause.
func (s *Server) CancelAll() {
	s.mu.Lock()
	n := len(s.queue)
	s.mu.Unlock()
	s.cancel(n)
}

func (s *Server) cancel(n int) {
	s.set(func() {
		for ; n > 0 && len(s.queue) > 0; n-- {
			s.queued -= s.queue[0].size
			s.queue = s.queue[1:]
		}
	})
}

// Reprint prints the last label once more: ~PR, the panel, or an applicator's pin.
func (s *Server) Reprint() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil {
		s.put(Reprinted, s.last)
	}
}

// Foreign is a job of another host. It panics if the commands aren't ZPL that prints.
func (s *Server) Foreign(commands string) {
	pages, err := zpl.Pages(strings.NewReader(commands))
	if err != nil || len(pages) == 0 {
		panic("printertest: not a job: " + commands)
	}
	for _, page := range pages {
		s.enqueue(&format{page: *page, left: page.Quantity, size: len(commands) / len(pages)}, nil)
	}
}

// SetCounter sets the counter of printed labels, as a reset or another board does.
func (s *Server) SetCounter(n uint64) { s.set(func() { s.counter = n }) }

// MediaOut makes the media run out halfway through the next label. After a time the operator has
// opened the head, loaded another roll and pressed PAUSE; with ^JZY the label is then printed
// again.
func (s *Server) MediaOut(d time.Duration) {
	s.Midway(func(s *Server) {
		s.set(func() { s.mediaOut = true; s.latch++ })
		s.sleep(d)
		s.set(func() { s.mediaOut = false })
	})
}

// HeadOpen opens the head now, and closes it after a time.
func (s *Server) HeadOpen(d time.Duration) {
	s.set(func() { s.headOpen = true; s.latch++ })
	s.sleep(d)
	s.set(func() { s.headOpen = false })
}

// Midway stops the next label halfway and does something before the printer goes on.
func (s *Server) Midway(do func(*Server)) { s.set(func() { s.midway = do }) }

// Disconnect resets all connections, and prints on.
func (s *Server) Disconnect() { s.set(s.disconnect) }

func (s *Server) disconnect() {
	for c := range s.sessions {
		c.Close()
	}
	s.change.Broadcast()
}

// CutFormat resets the connection on which the nth format since the start, from 1, is received,
// after some bytes of that format. Formats that only set something count too.
func (s *Server) CutFormat(n, after int) {
	s.set(func() { s.cuts = append(s.cuts, cut{n, after}) })
}

// Mute makes the printer answer nothing for a time. It prints on.
func (s *Server) Mute(d time.Duration) { s.set(func() { s.mutedTill = time.Now().Add(d) }) }

// PowerCycle switches the printer off, and on after a time: the buffer and the settings are gone,
// and the counter forgets the labels that it hadn't yet written to its memory. Hosts hear nothing
// until it is on again; then their connections are reset.
func (s *Server) PowerCycle(d time.Duration, forgotten uint64) {
	s.set(func() {
		s.off = true
		s.queue, s.queued, s.current, s.last = nil, 0, nil, nil
		s.boots++
	})
	s.sleep(d)
	s.set(func() {
		s.off, s.paused = false, false
		s.counter -= min(s.counter, forgotten)
		s.booted = time.Now()
		s.disconnect()
	})
}
