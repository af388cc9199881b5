package printertest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// mute reports whether the printer, or the connection, is dead at the moment.
func (s *Server) mute(boots int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.off || s.boots != boots || time.Now().Before(s.mutedTill)
}

// hostStatus is the answer to ~HS. The label under the head isn't among the formats that wait.
func (s *Server) hostStatus() (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cfg.SilentFaults && (s.mediaOut || s.headOpen) {
		return "", false
	}
	partial, remaining := false, 0
	for c := range s.sessions {
		partial = partial || c.inFormat.Load()
	}
	if s.current != nil {
		remaining = s.current.left - 1
	}
	frame := func(format string, values ...any) string {
		return "\x02" + fmt.Sprintf(format, values...) + "\x03\r\n"
	}
	dots := int(s.mm(s.last) * s.cfg.DotsPerMM)
	return frame("030,%d,%d,%04d,%03d,%d,0,%d,000,0,0,0", bit(s.mediaOut), bit(s.stopped()), dots,
		min(len(s.queue), 999), bit(s.queued >= s.cfg.Buffer), bit(partial)) +
		frame("000,0,%d,0,0,2,4,0,%08d,1,000", bit(s.headOpen), remaining) +
		frame("1234,0"), true
}

// stopped reports whether the printer is paused, as any fault pauses it.
func (s *Server) stopped() bool { return s.paused || s.mediaOut || s.headOpen }

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *Server) identity() string {
	return fmt.Sprintf("\x02%s,%s,%g,65536KB\x03\r\n", s.cfg.Model, s.cfg.Firmware, s.cfg.DotsPerMM)
}

// errorBits are group 1 of ~HQES.
func (s *Server) errorBits() int { return bit(s.mediaOut) | bit(s.headOpen)<<2 }

func (s *Server) faults() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	bits := s.errorBits()
	return fmt.Sprintf("\x02\r\n\r\n  PRINTER STATUS\r\n"+
		"   ERRORS:         %d 00000000 %08X\r\n"+
		"   WARNINGS:       0 00000000 00000000\r\n\x03\r\n", bit(bits != 0), bits)
}

func (s *Server) configuration() string {
	return fmt.Sprintf("\x02\r\n  %-20s PRINTER\r\n  %-20s FIRMWARE\r\n"+
		"  %-20s SERIAL NUMBER\r\n  %-20v HEAD DOTS PER MM\r\n\x03\r\n",
		s.cfg.Model, s.cfg.Firmware, s.cfg.UniqueID, s.cfg.DotsPerMM)
}

// variable is the value of an SGD variable, or "?".
func (s *Server) variable(key string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.Contains(s.cfg.Unknown, key) {
		return "?"
	}
	switch strings.ToLower(key) {
	case "odometer.total_label_count":
		return strconv.FormatUint(s.counter, 10)
	case "odometer.user_label_count":
		return strconv.FormatUint(s.user, 10)
	case "odometer.total_print_length":
		return fmt.Sprintf("%d INCHES, %d CENTIMETERS", int(s.length/25.4), int(s.length/10))
	case "odometer.latch_open_count":
		return strconv.FormatUint(s.latch, 10)
	case "device.unique_id":
		return s.cfg.UniqueID
	case "device.product_name":
		return s.cfg.Model
	case "appl.name":
		return s.cfg.Firmware
	case "device.uptime":
		up := int(time.Since(s.booted) / time.Second)
		return fmt.Sprintf("%02d days %02d hours %02d mins %02d secs",
			up/86400, up/3600%24, up/60%60, up%60)
	case "zpl.system_status":
		bits := s.errorBits()
		return fmt.Sprintf("%d,%d,00000000,%08X,0,00000000,00000000",
			bit(s.stopped()), bit(bits != 0), bits)
	}
	return "?"
}

func (s *Server) setVariable(key, value string) bool {
	n, err := strconv.ParseUint(value, 10, 64)
	if key != "odometer.user_label_count" || err != nil || n > maxUserCount {
		return false
	}
	s.mu.Lock()
	s.user = n
	s.mu.Unlock()
	return true
}
