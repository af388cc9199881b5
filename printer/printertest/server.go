package printertest

import (
	"net"
	"slices"
	"sync"
	"time"

	"github.com/gonameplate/nameplate/zpl"
)

// Config is what a virtual printer is like. Its zero value is a printer of 12 dots/mm that
// answers everything, and prints labels 30 mm long at the speed of ^PR, or at 6 in/s.
type Config struct {
	Model     string  // of ~HI; "" means "VP410-300dpi"
	Firmware  string  // of ~HI; "" means "V90.00.0Z"
	DotsPerMM float64 // of ~HI; 0 means 12
	UniqueID  string  // SGD device.unique_id; "" means "VP0000000001"

	// LabelsPerSecond is how fast it prints, whatever ^PR says; 0 means by ^PR and the length of
	// the label.
	LabelsPerSecond float64
	// LabelLength is the length in mm of labels without ^LL; 0 means 30.
	LabelLength float64
	// Buffer is the number of bytes of formats that it takes in before it stops reading; 0 means
	// 1 MiB. One format always fits.
	Buffer int

	// Counter is where odometer.total_label_count begins.
	Counter uint64
	// Unknown are SGD variables that it answers with "?", such as "odometer.total_label_count": a
	// printer without a counter.
	Unknown []string
	// NoSGD leaves SGD commands unanswered, as printers older than them do.
	NoSGD bool
	// CountPartial makes a label that was interrupted halfway count as one.
	CountPartial bool
	// CountEarly makes labels count when they begin, not when they are out.
	CountEarly bool
	// CountFeeds makes blank labels count, which the documents of real printers deny.
	CountFeeds bool
	// IgnoreJZ prints interrupted labels again whatever ^JZ says, as a printer does whose panel
	// is set so.
	IgnoreJZ bool
	// SilentFaults leaves ~HS unanswered while media is out or the head is open, as the guide
	// says that printers may.
	SilentFaults bool

	// OperatorDelay is how long an operator takes from PAUSE to the next PAUSE; 0 means 1.5 s.
	OperatorDelay time.Duration
	// Delay is how long it takes to answer.
	Delay time.Duration
	// Split, if set, is the number of bytes of an answer that it sends at a time, a millisecond
	// apart.
	Split int
	// Junk is sent before each answer.
	Junk string
	// LineEnds ends the answers to getvar with CR LF.
	LineEnds bool
}

// A Server is a virtual printer.
type Server struct {
	URL string // tcp://127.0.0.1:port, once it listens

	cfg      Config
	done     chan struct{} // closed by Close
	running  sync.WaitGroup
	listener net.Listener

	mu       sync.Mutex
	change   *sync.Cond // of anything below
	closed   bool
	sessions map[*session]bool
	hosts    int
	formats  int // received
	cuts     []cut
	errors   []error

	queue   []*format
	queued  int // bytes
	current *format
	freeAt  time.Time // when the head is free
	paper   []Sheet
	labels  uint64 // on paper, doubled ones included
	last    *format
	script  map[uint64][]func(*Server) // by the number of labels on paper
	midway  func(*Server)

	paused, mediaOut, headOpen, off bool
	mutedTill                       time.Time
	booted                          time.Time
	boots                           int
	counter, user, latch            uint64
	length                          float64 // mm of media movement
}

// A format is what one ^XA … ^XZ prints.
type format struct {
	page zpl.Page
	host int
	left int // copies
	size int // bytes
}

// A Sheet is a label's length of paper that has come out of the printer.
type Sheet struct {
	Kind SheetKind
	Page zpl.Page // what is on it; zero on a blank one
	Host int      // the connection that sent it, from 1; 0 for another host's
	At   time.Time
}

// A SheetKind is how a sheet came about.
type SheetKind uint8

const (
	Label     SheetKind = iota // a label, for the first time
	Reprinted                  // the same label once more, whole
	Partial                    // a label that was interrupted halfway
	Blank                      // fed
)

// String returns "label", "reprinted", "partial" or "blank".
func (k SheetKind) String() string {
	return [...]string{"label", "reprinted", "partial", "blank"}[k]
}

// NewServer starts a printer that listens on a port of the loopback interface. It panics if there
// is none, as httptest does. The caller closes it.
func NewServer(cfg Config) *Server {
	s := NewUnstartedServer(cfg)
	if err := s.Listen("127.0.0.1:0"); err != nil {
		panic("printertest: " + err.Error())
	}
	return s
}

// NewUnstartedServer starts a printer without a port, which is reached through [Server.Pipe]: in
// a bubble of testing/synctest it prints a day's labels in no time. The caller closes it.
func NewUnstartedServer(cfg Config) *Server {
	fill(&cfg.Model, "VP410-300dpi")
	fill(&cfg.Firmware, "V90.00.0Z")
	fill(&cfg.UniqueID, "VP0000000001")
	fill(&cfg.DotsPerMM, 12)
	fill(&cfg.LabelLength, 30)
	fill(&cfg.Buffer, 1<<20)
	fill(&cfg.OperatorDelay, 1500*time.Millisecond)
	s := &Server{
		cfg: cfg, done: make(chan struct{}), booted: time.Now(),
		sessions: map[*session]bool{}, script: map[uint64][]func(*Server){},
		counter: cfg.Counter, user: cfg.Counter % (maxUserCount + 1),
	}
	s.change = sync.NewCond(&s.mu)
	s.running.Go(s.print)
	return s
}

func fill[T comparable](value *T, otherwise T) {
	if *value == *new(T) {
		*value = otherwise
	}
}

// readBuffer is small, so that a full printer soon stalls its host; below a segment of the
// loopback interface it would crawl.
const readBuffer = 64 << 10

// Listen makes the printer listen on an address such as ":9100", and sets URL.
func (s *Server) Listen(address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	s.listener, s.URL = l, "tcp://"+l.Addr().String()
	s.running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if tcp, ok := conn.(*net.TCPConn); ok {
				tcp.SetReadBuffer(readBuffer)
			}
			s.running.Go(func() { s.serve(conn) })
		}
	})
	return nil
}

// Pipe connects to the printer in memory, as over a serial line: nothing is buffered on the way.
func (s *Server) Pipe() net.Conn {
	ours, theirs := net.Pipe()
	s.running.Go(func() { s.serve(ours) })
	return theirs
}

// Close switches the printer off for good and waits until it is off.
func (s *Server) Close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.done)
	}
	if s.listener != nil {
		s.listener.Close()
	}
	s.disconnect()
	s.mu.Unlock()
	s.running.Wait()
}

// Printed returns the whole labels on paper, in their order; one that was printed twice is there
// twice.
func (s *Server) Printed() []zpl.Page {
	var pages []zpl.Page
	for _, sheet := range s.Paper() {
		if sheet.Kind == Label || sheet.Kind == Reprinted {
			pages = append(pages, sheet.Page)
		}
	}
	return pages
}

// Paper returns all that has come out of the printer, in its order.
func (s *Server) Paper() []Sheet {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.paper)
}

// maxErrors bounds what Errors returns.
const maxErrors = 100

// Errors returns why commands were rejected, for the first 100 of them.
func (s *Server) Errors() []error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.errors)
}

func (s *Server) reject(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.errors) < maxErrors {
		s.errors = append(s.errors, err)
	}
}

// Idle waits until nothing that has arrived is left to carry out or to print, for timeout at
// most, and reports whether that is so.
func (s *Server) Idle(timeout time.Duration) bool {
	for deadline := time.Now().Add(timeout); ; {
		s.mu.Lock()
		busy := len(s.queue) > 0 || s.current != nil || s.stopped() || s.off
		for c := range s.sessions {
			busy = busy || c.holds
		}
		s.mu.Unlock()
		if !busy || time.Now().After(deadline) {
			return !busy
		}
		time.Sleep(time.Millisecond)
	}
}
