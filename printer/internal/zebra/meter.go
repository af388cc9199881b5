package zebra

import (
	"fmt"
	"strconv"
	"strings"
)

// A Meter is one of a printer's counters, an SGD variable. TotalLabels is evidence that labels were
// printed; the others can only contradict it.
type Meter int

const (
	TotalLabels Meter = iota // labels without feeds and calibration
	UserLabels               // labels since somebody reset it, 0 to 65000
	PrintLength              // cm of all media movement: labels, feeds and backfeeds
	LatchOpened              // times
	Uptime                   // s
	MeterCount
)

// maxUserLabels is the last value of UserLabels before it begins again at 0.
const maxUserLabels = 65_000

// MeterKeys are the names of the meters.
var MeterKeys = [MeterCount]string{
	"odometer.total_label_count", "odometer.user_label_count", "odometer.total_print_length",
	"odometer.latch_open_count", "device.uptime",
}

// ParseMeter reads the value of a meter, or returns -1 if it isn't one.
func ParseMeter(meter Meter, value string) int64 {
	switch meter {
	case PrintLength: // "8560 INCHES, 21744 CENTIMETERS"
		value = strings.ToUpper(value)
		if _, cm, ok := strings.Cut(value, ","); ok {
			value = strings.TrimSuffix(strings.TrimSpace(cm), " CENTIMETERS")
		}
	case Uptime: // "00 days 02 hours 45 mins 30 secs"
		var d, h, m, s int64
		if n, _ := fmt.Sscanf(value, "%d days %d hours %d mins %d secs", &d, &h, &m, &s); n != 4 {
			return -1
		}
		return ((d*24+h)*60+m)*60 + s
	}
	n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// Meters are readings of all meters; absent ones are -1.
type Meters [MeterCount]int64

// NoMeters returns readings of which all are absent.
func NoMeters() (m Meters) {
	for meter := range m {
		m[meter] = -1
	}
	return m
}

// Contradiction returns what in the readings contradicts that exactly n labels were printed between
// before and after, or "". A label is at most labelCM long, in centimetres with backfeeds; 0 if
// that isn't known.
func Contradiction(before, after Meters, n int64, labelCM float64) string {
	moved := func(meter Meter) (int64, bool) {
		return after[meter] - before[meter], before[meter] >= 0 && after[meter] >= 0
	}
	if d, ok := moved(TotalLabels); !ok || d != n {
		return fmt.Sprintf("the counter moved by %d, not %d", d, n)
	}
	if d, ok := moved(UserLabels); ok && d != n && before[UserLabels]+n <= maxUserLabels {
		return fmt.Sprintf("the user's counter moved by %d, not %d", d, n)
	}
	if d, ok := moved(LatchOpened); ok && d != 0 {
		return "the head was opened"
	}
	if d, ok := moved(Uptime); ok && d < 0 {
		return "the printer was restarted"
	}
	if d, ok := moved(PrintLength); ok && (d < 0 || labelCM > 0 && TooLong(d, n, labelCM)) {
		return fmt.Sprintf("the media moved by %d cm", d)
	}
	for meter := range before {
		if (before[meter] < 0) != (after[meter] < 0) {
			return MeterKeys[meter] + " came or went"
		}
	}
	return ""
}

// LongestLabel returns how long each of n labels is at most, in centimetres, where they moved the
// media by a difference of two readings, which are whole centimetres.
func LongestLabel(moved, n int64) float64 { return float64(moved+1) / float64(n) }

// TooLong reports whether media moved by more centimetres than n labels take. The difference of two
// readings may be too high by one.
func TooLong(moved, n int64, labelCM float64) bool { return float64(moved) >= labelCM*float64(n)+1 }
