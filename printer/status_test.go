package printer_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer"
)

// The sample of the ZPL II Programming Guide, "~HS".
const statusReply = "\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"

func TestParseHostStatus(t *testing.T) {
	s, err := printer.ParseHostStatus([]byte(statusReply))
	require.NoError(t, err)
	require.Equal(t, printer.HostStatus{
		Communication: 30, LabelLength: 1245, Functions: 1, ThermalTransfer: true, PrintMode: 2,
		WidthMode: 6,
	}, s)
	require.True(t, s.Idle())

	s,
		err = printer.ParseHostStatus([]byte("\x02030,1,1,0354,012,1,0,1,000,0,0,1\x03\r\n\x02000,0,1,1,0,1,4,1,00000007,1,003\x03\r\n\x020000,1\x03\r\n"))
	require.NoError(t, err)
	require.Equal(t, []string{"media out", "ribbon out", "head open", "head too hot", "paused"},
		s.Faults())
	require.Equal(t, 12, s.Formats)
	require.Equal(t, 7, s.Remaining)
	require.Equal(t, 3, s.Graphics)
	require.True(t, s.BufferFull && s.PartialFormat && s.LabelWaiting && s.StaticRAM)
	require.False(t, s.Idle())

	for _, junk := range []string{"PAPER OUT\r\n", "\x02", "\x02cut,off", `"123"`, statusReply,
		"\x03\x03"} {
		s, err := printer.ParseHostStatus([]byte(junk + strings.Replace(statusReply, "1245",
			"0800", 1)))
		require.NoError(t, err, "%q", junk)
		require.Equal(t, 800, s.LabelLength, "%q: the last answer counts", junk)
	}
}

func TestParseHostStatusRefuses(t *testing.T) {
	for i := range len(statusReply) - 3 { // whatever is missing at the end
		_, err := printer.ParseHostStatus([]byte(statusReply[:i]))
		require.Error(t, err, "%q", statusReply[:i])
	}
	for old, wrong := range map[string]string{
		"1245": "12x5", "030,0,": "030,2,", "030,0,0": "030,0,", "00000000": "-1",
		",1,2,6": ",1,!,6", "1234,0": "1234,x", "\x02001,": "\x02",
	} {
		_, err := printer.ParseHostStatus([]byte(strings.Replace(statusReply, old, wrong, 1)))
		require.ErrorContains(t, err, "printer: reply to ~HS: at byte ", "%s", wrong)
	}
	_, err := printer.ParseHostStatus([]byte(strings.Replace(statusReply, "1245", "12x5", 1)))
	require.EqualError(t, err, `printer: reply to ~HS: at byte 10: "12x5", want a number`)
}

func TestFaultNames(t *testing.T) {
	require.Equal(t, []string{"media out", "head open", "head too hot", "error bit 40", "paused"},
		printer.Faults{Errors: 1<<40 | 0x15, Paused: true}.Names())
	require.Equal(t, []string{"head needs cleaning"}, printer.Faults{Warnings: 2}.WarningNames())
}

func FuzzParseHostStatus(f *testing.F) {
	f.Add([]byte(statusReply))
	f.Add([]byte("\x02\x02\x03" + statusReply[:60]))
	f.Fuzz(func(t *testing.T, reply []byte) {
		s, err := printer.ParseHostStatus(reply)
		if err != nil {
			require.ErrorContains(t, err, "printer: reply to ~HS: at byte ")
			require.Zero(t, s)
			return
		}
		// Whatever comes before an answer doesn't change it, unless it is part of it.
		again, err := printer.ParseHostStatus(append([]byte(statusReply), reply...))
		require.NoError(t, err)
		require.Equal(t, s, again)
		require.True(t, !s.Idle() || len(s.Faults()) == 0)
	})
}
