package zebra

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseMeter(t *testing.T) {
	for _, c := range []struct {
		meter Meter
		value string
		want  int64
	}{
		{TotalLabels, "0", 0}, {TotalLabels, " 12345 ", 12345}, {TotalLabels, "-1", -1},
		{TotalLabels, "?", -1}, {TotalLabels, "", -1},
		{UserLabels, "65000", 65000}, {LatchOpened, "3", 3}, {LatchOpened, "-3", -1},
		{UserLabels, "3x", -1},
		{PrintLength, "8560 INCHES, 21744 CENTIMETERS", 21744}, {PrintLength,
			"8560 inches, 21744 centimeters", 21744},
		{PrintLength, "217", 217}, {PrintLength, "8560 INCHES", -1}, {PrintLength,
			"1 INCHES, -2 CENTIMETERS", -1},
		{Uptime, "01 days 02 hours 45 mins 30 secs", 96330}, {Uptime,
			"00 days 00 hours 00 mins 01 secs", 1},
		{Uptime, "00 days 00 hours 01 mins", -1}, {Uptime, "12", -1},
	} {
		require.Equal(t, c.want, ParseMeter(c.meter, c.value), "%q", c.value)
	}
	require.Equal(t, Meters{-1, -1, -1, -1, -1}, NoMeters())
	require.Equal(t, [MeterCount]string{
		"odometer.total_label_count", "odometer.user_label_count", "odometer.total_print_length",
		"odometer.latch_open_count", "device.uptime",
	}, MeterKeys)
}

// Ten labels of 3 cm at most.
func TestContradiction(t *testing.T) {
	before := Meters{100, 50, 1000, 7, 3600}
	after := Meters{110, 60, 1030, 7, 3610}
	for name, c := range map[string]struct {
		change func(before, after *Meters)
		want   string
	}{
		"none": {func(_, _ *Meters) {}, ""},
		"counter one short": {func(_, a *Meters) { a[TotalLabels] = 109 },
			"the counter moved by 9, not 10"},
		"counter one past": {func(_, a *Meters) { a[TotalLabels] = 111 },
			"the counter moved by 11, not 10"},
		"no counter": {func(b, a *Meters) { b[TotalLabels], a[TotalLabels] = -1, 9 },
			"the counter moved by 10, not 10"},
		"counter lost": {func(_, a *Meters) { a[TotalLabels] = -1 },
			"the counter moved by -101, not 10"},
		"user's counter": {func(_, a *Meters) { a[UserLabels] = 61 },
			"the user's counter moved by 11, not 10"},
		"user's counter reset": {func(_, a *Meters) { a[UserLabels] = 0 },
			"the user's counter moved by -50, not 10"},
		"user's counter at end": {func(b, a *Meters) { b[UserLabels], a[UserLabels] = 64990, 0 },
			"the user's counter moved by -64990, not 10"},
		"user's counter wraps": {func(b, a *Meters) { b[UserLabels], a[UserLabels] = 64991, 0 },
			""},
		"user's counter at max": {func(b, a *Meters) {
			b[UserLabels], a[UserLabels] = 64990,
				65000
		}, ""},
		"head opened": {func(_, a *Meters) { a[LatchOpened] = 8 },
			"the head was opened"},
		"latch went back": {func(_, a *Meters) { a[LatchOpened] = 6 },
			"the head was opened"},
		"restarted": {func(_, a *Meters) { a[Uptime] = 3599 },
			"the printer was restarted"},
		"at once": {func(_, a *Meters) { a[Uptime] = 3600 }, ""},
		"media back": {func(_, a *Meters) { a[PrintLength] = 999 },
			"the media moved by -1 cm"},
		"media still": {func(_, a *Meters) { a[PrintLength] = 1000 }, ""},
		"media one cm more": {func(_, a *Meters) { a[PrintLength] = 1031 },
			"the media moved by 31 cm"},
		"a meter came": {func(b, _ *Meters) { b[LatchOpened] = -1 },
			"odometer.latch_open_count came or went"},
		"a meter went": {func(_, a *Meters) { a[Uptime] = -1 },
			"device.uptime came or went"},
		"a meter is absent": {func(b, a *Meters) { b[Uptime], a[Uptime] = -1, -1 }, ""},
		"all others are absent": {func(b, a *Meters) {
			*b, *a = Meters{0, -1, -1, -1, -1},
				Meters{10, -1, -1, -1, -1}
		}, ""},
		"all at zero": {func(b, a *Meters) {
			*b, *a = Meters{}, Meters{10, 10, 0, 0,
				0}
		}, ""},
	} {
		b, a := before, after
		c.change(&b, &a)
		require.Equal(t, c.want, Contradiction(b, a, 10, 3), name)
	}
	after[PrintLength] = 9999
	require.Empty(t, Contradiction(before, after, 10, 0), "the length of a label isn't known")
}

func TestLengths(t *testing.T) {
	require.Equal(t, 3.1, LongestLabel(30, 10))
	require.Equal(t, 1.0, LongestLabel(0, 1))
	require.False(t, TooLong(30, 10, 3))
	require.True(t, TooLong(31, 10, 3))
	require.False(t, TooLong(30, 10, 2.95))
	require.True(t, TooLong(30, 10, 2.9))
}
