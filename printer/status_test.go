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
		Communication: 30, LabelLength: 1245, Functions: 1, ThermalTransfer: true, PrintMode: 2, WidthMode: 6,
	}, s)
	require.True(t, s.Idle())

	s, err = printer.ParseHostStatus([]byte("\x02030,1,1,0354,012,1,0,1,000,0,0,1\x03\r\n\x02000,0,1,1,0,1,4,1,00000007,1,003\x03\r\n\x020000,1\x03\r\n"))
	require.NoError(t, err)
	require.Equal(t, []string{"media out", "ribbon out", "head open", "head too hot", "paused"}, s.Faults())
	require.Equal(t, 12, s.Formats)
	require.Equal(t, 7, s.Remaining)
	require.Equal(t, 3, s.Graphics)
	require.True(t, s.BufferFull && s.PartialFormat && s.LabelWaiting && s.StaticRAM)
	require.False(t, s.Idle())

	for _, junk := range []string{"PAPER OUT\r\n", "\x02", "\x02cut,off", `"123"`, statusReply, "\x03\x03"} {
		s, err := printer.ParseHostStatus([]byte(junk + strings.Replace(statusReply, "1245", "0800", 1)))
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
		"1245": "12x5", "030,0,": "030,2,", "030,0,0": "030,0,", "00000000": "-1", ",1,2,6": ",1,!,6", "1234,0": "1234,x", "\x02001,": "\x02",
	} {
		_, err := printer.ParseHostStatus([]byte(strings.Replace(statusReply, old, wrong, 1)))
		var reply *printer.ReplyError
		require.ErrorAs(t, err, &reply, "%s", wrong)
		require.Equal(t, "~HS", reply.Query)
	}
	_, err := printer.ParseHostStatus([]byte(strings.Replace(statusReply, "1245", "12x5", 1)))
	require.EqualError(t, err, `printer: reply to ~HS: byte 9: want a number, got "12x5"`)
}

func TestParseFaults(t *testing.T) {
	for reply, want := range map[string]printer.Faults{
		"\x02\r\n\r\n  PRINTER STATUS\r\n   ERRORS:         1 00000000 00000005\r\n   WARNINGS:       1 00000000 00000002\r\n\x03": {Errors: 5, Warnings: 2},
		"ERRORS: 0 00000000 00000000\nWARNINGS: 0 00000000 00000000\n":                                                             {},
		"ERRORS:1 00000001 00000030\nWARNINGS:0 0 0":                                                                               {Errors: 1<<32 | 0x30},
		`"1,1,00000000,00000004,0,00000000,00000000"`:                                                                              {Paused: true, Errors: 4},
		`"0","0","00000000","00000000","0","00000000","00000000"`:                                                                  {},
		"ERRORS: 1 00000000 00000000\nWARNINGS: 0 00000000 00000000\n":                                                             {Errors: 1 << 63},
	} {
		f, err := printer.ParseFaults([]byte(reply))
		require.NoError(t, err, "%q", reply)
		require.Equal(t, want, f, "%q", reply)
	}
	require.Equal(t, []string{"media out", "head open", "head too hot", "error bit 40", "paused"},
		printer.Faults{Errors: 1<<40 | 0x15, Paused: true}.Names())
	require.Equal(t, []string{"head needs cleaning"}, printer.Faults{Warnings: 2}.WarningNames())
	for _, reply := range []string{"", "ERRORS: 1", "ERRORS: 0 0 0", "ERRORS: 2 0 0\nWARNINGS: 0 0 0", "ERRORS: 0 0 g\nWARNINGS: 0 0 0", `"?"`, `"2,0,0,0,0,0,0"`, "ERRORS: 0 00000000 123456789\nWARNINGS: 0 0 0"} {
		_, err := printer.ParseFaults([]byte(reply))
		require.Error(t, err, "%q", reply)
	}
}

func TestParseIdentity(t *testing.T) {
	want := printer.Identity{Model: "ZT410-300dpi", Firmware: "V75.20.15Z", DotsPerMM: 12, Memory: "65536KB", Options: "X,Y"}
	for _, reply := range []string{
		"\x02ZT410-300dpi,V75.20.15Z,12,65536KB,X,Y\x03\r\n", "ZT410-300dpi,V75.20.15Z,12,65536KB,X,Y\r\n",
		"junk\x02ZT410-300dpi, V75.20.15Z ,12,65536KB,X,Y\x03", statusReply + "\x02ZT410-300dpi,V75.20.15Z,12,65536KB,X,Y\x03\r\n",
	} {
		id, err := printer.ParseIdentity([]byte(reply))
		require.NoError(t, err, "%q", reply)
		require.Equal(t, want, id, "%q", reply)
	}
	for _, reply := range []string{"", "\x02\x03", "a,b,c,d", "a,b,0,d", ",b,12,d", "a,b,12", "a,b,NaN,d"} {
		_, err := printer.ParseIdentity([]byte(reply))
		require.Error(t, err, "%q", reply)
	}
}

func TestParseVar(t *testing.T) {
	for reply, want := range map[string]string{
		`"123"`: "123", "\"123\"\r\n": "123", `""`: "", `"1""2"`: "2", `junk "a b" `: "a b", `"1","2"`: "1,2", "\x02\"frame\"\x03\"x\"": "x",
	} {
		value, ok, err := printer.ParseVar([]byte(reply))
		require.NoError(t, err, "%q", reply)
		require.True(t, ok)
		require.Equal(t, want, value, "%q", reply)
	}
	_, ok, err := printer.ParseVar([]byte(`"?"`))
	require.NoError(t, err)
	require.False(t, ok)
	for _, reply := range []string{"", `"12`, "12", `"`} {
		_, _, err := printer.ParseVar([]byte(reply))
		require.Error(t, err, "%q", reply)
	}
}

func FuzzParseHostStatus(f *testing.F) {
	f.Add([]byte(statusReply))
	f.Add([]byte("\x02\x02\x03" + statusReply[:60]))
	f.Fuzz(func(t *testing.T, reply []byte) {
		s, err := printer.ParseHostStatus(reply)
		if err != nil {
			require.ErrorAs(t, err, new(*printer.ReplyError))
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

func FuzzParseFaults(f *testing.F) {
	f.Add([]byte("ERRORS: 1 00000000 00000005\r\nWARNINGS: 0 00000000 00000000\r\n"))
	f.Add([]byte(`"1,1,00000000,00000004,0,00000000,00000000"`))
	f.Fuzz(func(t *testing.T, reply []byte) {
		faults, err := printer.ParseFaults(reply)
		if err != nil {
			require.ErrorAs(t, err, new(*printer.ReplyError))
			require.Zero(t, faults)
			return
		}
		require.Equal(t, faults.Errors != 0 || faults.Paused, len(faults.Names()) > 0)
	})
}

func FuzzParseIdentity(f *testing.F) {
	f.Add([]byte("\x02ZT410-300dpi,V75.20.15Z,12,65536KB,X\x03\r\n"))
	f.Fuzz(func(t *testing.T, reply []byte) {
		id, err := printer.ParseIdentity(reply)
		if err != nil {
			require.ErrorAs(t, err, new(*printer.ReplyError))
			return
		}
		require.NotEmpty(t, id.Model)
		require.Positive(t, id.DotsPerMM)
	})
}

func FuzzParseVar(f *testing.F) {
	f.Add([]byte(`"123"`))
	f.Add([]byte("\x02a\x03\"1\",\"2\"\"?\""))
	f.Fuzz(func(t *testing.T, reply []byte) {
		value, _, err := printer.ParseVar(reply)
		if err != nil {
			require.ErrorAs(t, err, new(*printer.ReplyError))
			return
		}
		require.NotContains(t, value, `"`)
	})
}
