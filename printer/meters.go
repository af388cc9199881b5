package printer

import (
	"fmt"
	"strconv"
	"strings"
)

const varID = "device.unique_id"

// The meters of a printer, as SGD variables. The first is evidence; the others can only be evidence against: that
// somebody fed labels, opened the head or switched the printer off and on in between.
const (
	totalLabels = iota // labels without feeds and calibration
	userLabels         // labels since somebody set it back, 0 to 65,000
	printLength        // cm of all media movement: labels, feeds and backfeeds
	latchOpened        // times
	uptime             // s
	meterCount
)

var meterKeys = [meterCount]string{
	"odometer.total_label_count", "odometer.user_label_count", "odometer.total_print_length",
	"odometer.latch_open_count", "device.uptime",
}

// meters are readings; absent ones are -1.
type meters [meterCount]int64

func parseMeter(meter int, value string) int64 {
	switch meter {
	case printLength: // "8560 INCHES, 21744 CENTIMETERS"
		value = strings.ToUpper(value)
		if _, cm, ok := strings.Cut(value, ","); ok {
			value = strings.TrimSuffix(strings.TrimSpace(cm), " CENTIMETERS")
		}
	case uptime: // "00 days 02 hours 45 mins 30 secs"
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

// against tells what in the readings contradicts that exactly n labels were printed between them, or "". A label is at most cm
// long as earlier windows had it, backfeeds included; 0 if that isn't known.
func (before meters) against(after meters, n int64, cm float64) string {
	moved := func(meter int) (int64, bool) {
		return after[meter] - before[meter], before[meter] >= 0 && after[meter] >= 0
	}
	if d, ok := moved(totalLabels); !ok || d != n {
		return fmt.Sprintf("the counter moved by %d, not %d", d, n)
	}
	if d, ok := moved(userLabels); ok && d != n && before[userLabels]+n <= 65000 {
		return fmt.Sprintf("the user's counter moved by %d, not %d", d, n)
	}
	if d, ok := moved(latchOpened); ok && d != 0 {
		return "the head was opened"
	}
	if d, ok := moved(uptime); ok && d < 0 {
		return "the printer was restarted"
	}
	if d, ok := moved(printLength); ok {
		if d < 0 || cm > 0 && tooLong(d, n, cm) {
			return fmt.Sprintf("the media moved by %d cm", d)
		}
	}
	for meter := range before {
		if (before[meter] < 0) != (after[meter] < 0) {
			return meterKeys[meter] + " came or went"
		}
	}
	return ""
}

// tooLong reports whether media moved by more centimetres than n labels take. Readings are whole ones: their difference may be
// too high by one.
func tooLong(moved, n int64, cm float64) bool { return float64(moved) >= cm*float64(n)+1 }
