package zebra

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseFlags(t *testing.T) {
	for reply, want := range map[string]Flags{
		"\x02\r\n\r\n  PRINTER STATUS\r\n   ERRORS:         1 00000000 00000005\r\n   WARNINGS:       1 00000000 00000002\r\n\x03": {Errors: 5, Warnings: 2},
		"ERRORS: 0 00000000 00000000\nWARNINGS: 0 00000000 00000000\n":                                                             {},
		"ERRORS:1 00000001 00000030\nWARNINGS:0 0 0":                                                                               {Errors: 1<<32 | 0x30},
		`"1,1,00000000,00000004,0,00000000,00000000"`:                                                                              {Paused: true, Errors: 4},
		`"0","0","00000000","00000000","0","00000000","00000000"`:                                                                  {},
		"ERRORS: 1 00000000 00000000\nWARNINGS: 0 00000000 00000000\n":                                                             {Errors: 1 << 63},
	} {
		f, err := ParseFlags([]byte(reply))
		require.NoError(t, err, "%q", reply)
		require.Equal(t, want, f, "%q", reply)
	}
	for _, reply := range []string{"", "ERRORS: 1", "ERRORS: 0 0 0",
		"ERRORS: 2 0 0\nWARNINGS: 0 0 0", "ERRORS: 0 0 g\nWARNINGS: 0 0 0", `"?"`,
		`"2,0,0,0,0,0,0"`, "ERRORS: 0 00000000 123456789\nWARNINGS: 0 0 0"} {
		_, err := ParseFlags([]byte(reply))
		require.Error(t, err, "%q", reply)
	}
}

func TestParseIdentity(t *testing.T) {
	want := Identity{Model: "ZT410-300dpi", Firmware: "V75.20.15Z", DotsPerMM: 12,
		Memory: "65536KB", Options: "X,Y"}
	for _, reply := range []string{
		"\x02ZT410-300dpi,V75.20.15Z,12,65536KB,X,Y\x03\r\n",
		"ZT410-300dpi,V75.20.15Z,12,65536KB,X,Y\r\n",
		"junk\x02ZT410-300dpi, V75.20.15Z ,12,65536KB,X,Y\x03",
		statusReply + "\x02ZT410-300dpi,V75.20.15Z,12,65536KB,X,Y\x03\r\n",
	} {
		id, err := ParseIdentity([]byte(reply))
		require.NoError(t, err, "%q", reply)
		require.Equal(t, want, id, "%q", reply)
	}
	for _, reply := range []string{"", "\x02\x03", "a,b,c,d", "a,b,0,d", ",b,12,d", "a,b,12",
		"a,b,NaN,d"} {
		_, err := ParseIdentity([]byte(reply))
		require.Error(t, err, "%q", reply)
	}
}

func TestValues(t *testing.T) {
	for reply, want := range map[string][]string{
		`"123"`: {"123"}, "\"123\"\r\n": {"123"}, `""`: {""}, `"1""2"`: {"1", "2"},
		`junk "a b" `: {"a b"}, `"1","2"`: {"1,2"},
		`"1","2""3"`: {"1,2", "3"}, "\x02\"frame\"\x03\"x\"": {"x"}, `"?"`: {Unknown},
		"": nil, `"12`: nil, "12": nil, `"`: nil, `"1"2"`: {"1"},
	} {
		require.Equal(t, want, Values([]byte(reply)), "%q", reply)
	}
}

func FuzzParseFlags(f *testing.F) {
	f.Add([]byte("ERRORS: 1 00000000 00000005\r\nWARNINGS: 0 00000000 00000000\r\n"))
	f.Add([]byte(`"1,1,00000000,00000004,0,00000000,00000000"`))
	f.Fuzz(func(t *testing.T, reply []byte) {
		faults, err := ParseFlags(reply)
		if err != nil {
			require.ErrorAs(t, err, new(*Error))
			require.Zero(t, faults)
			return
		}
		again, err := ParseFlags(append([]byte("junk "), reply...))
		require.NoError(t, err)
		require.Equal(t, faults, again)
	})
}

func FuzzParseIdentity(f *testing.F) {
	f.Add([]byte("\x02ZT410-300dpi,V75.20.15Z,12,65536KB,X\x03\r\n"))
	f.Fuzz(func(t *testing.T, reply []byte) {
		id, err := ParseIdentity(reply)
		if err != nil {
			require.ErrorAs(t, err, new(*Error))
			return
		}
		require.NotEmpty(t, id.Model)
		require.Positive(t, id.DotsPerMM)
	})
}

func FuzzValues(f *testing.F) {
	f.Add([]byte(`"123"`))
	f.Add([]byte("\x02a\x03\"1\",\"2\"\"?\""))
	f.Fuzz(func(t *testing.T, reply []byte) {
		before := string(reply)
		for _, value := range Values(reply) {
			require.NotContains(t, value, `"`)
		}
		require.Equal(t, before, string(reply))
	})
}

// The sample of the ZPL II Programming Guide, "~HS".
const statusReply = "\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02001,0,0,0,1,2,6,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"

func TestSGD(t *testing.T) {
	require.Equal(t, "~HS! U1 getvar \"a.b\"\r\n", string(AppendGetvar([]byte("~HS"), "a.b")))
	for key, want := range map[string]bool{
		"odometer.total_label_count": true, "ip.Port_9-[0]": true, "": false, "a b": false,
		"a\"": false, "\"a": false, "a\r\n~JA": false, "ä": false, " a": false,
	} {
		require.Equal(t, want, ValidKey(key), key)
	}
	require.Equal(t, "~HS\r\n~HI\r\n~HQES\r\n", StatusQuery+IdentityQuery+FlagsQuery)
}

// Errors name the place and what was expected there.
func TestReplyErrors(t *testing.T) {
	for reply, want := range map[string]string{
		"":                                   `printer: reply to ~HQES: at byte 1: "", want "ERRORS:" or a quoted value`,
		"ERRORS\n0 0 0\nWARNINGS: 0 0 0":     `printer: reply to ~HQES: at byte 1: "", want a flag and two groups after ERRORS`,
		"xx ERRORS: 1\r\n":                   `printer: reply to ~HQES: at byte 4: ": 1", want a flag and two groups after ERRORS`,
		"ERRORS: 0 0 0\n":                    `printer: reply to ~HQES: at byte 15: "", want "WARNINGS:"`,
		"ERRORS: 0 0 0\nWARNINGS: 0 0\x03 0": `printer: reply to ~HQES: at byte 15: ": 0 0", want a flag and two groups after WARNINGS`,
		"ERRORS: 2 0 0\nWARNINGS: 0 0 0":     `printer: reply to ~HQES: at byte 1: "2 0 0", want a flag 0 or 1 and two groups of hexadecimal digits`,
		`"0,0,0,0,0,0"`:                      `printer: reply to zpl.system_status: at byte 1: "0,0,0,0,0,0", want seven values`,
		`"2,0,0,0,0,0,0"`:                    `printer: reply to zpl.system_status: at byte 1: "2,0,0,0,0,0,0", want 0 or 1`,
		`"0,0,0,x,0,0,0"`:                    `printer: reply to zpl.system_status: at byte 1: "0 0 x", want a flag 0 or 1 and two groups of hexadecimal digits`,
		`"0,0,0,0,0,x,0"`:                    `printer: reply to zpl.system_status: at byte 1: "0 x 0", want a flag 0 or 1 and two groups of hexadecimal digits`,
	} {
		f, err := ParseFlags([]byte(reply))
		require.EqualError(t, err, want, "%q", reply)
		require.Zero(t, f)
	}
	for reply, want := range map[string]string{
		"a,b,12":      `printer: reply to ~HI: at byte 1: "a,b,12", want model,firmware,dots per mm,memory`,
		"a,bc,d,e":    `printer: reply to ~HI: at byte 6: "d", want dots per mm`,
		"a,b,100,e":   `printer: reply to ~HI: at byte 5: "100", want dots per mm`,
		"a,b,0,e":     `printer: reply to ~HI: at byte 5: "0", want dots per mm`,
		",b,12,e":     `printer: reply to ~HI: at byte 1: ",b,12,e", want a model name`,
		"a\"c,b,12,e": `printer: reply to ~HI: at byte 1: "a\"c,b,12,e", want a model name`,
	} {
		_, err := ParseIdentity([]byte(reply))
		require.EqualError(t, err, want, "%q", reply)
	}
}

// A frame of ~HS isn't an identity: it has more than ten values.
func TestIdentityIsNoStatus(t *testing.T) {
	id, err := ParseIdentity([]byte("\x02M,V,12,1KB\x03\x02000,0,1,1,0,1,4,1,00000007,1,003\x03"))
	require.NoError(t, err)
	require.Equal(t, "M", id.Model)
	id, err = ParseIdentity([]byte("\x02M,V,12,1KB\x03\x02N,V,99.9,1KB,5,6,7,8,9,10\x03"))
	require.NoError(t, err)
	require.Equal(t, Identity{Model: "N", Firmware: "V", DotsPerMM: 99.9, Memory: "1KB",
		Options: "5,6,7,8,9,10"}, id)
}
