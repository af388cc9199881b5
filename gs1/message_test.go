package gs1_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

// The same message in each form.
const (
	bracketed = `(01)09521234543213(17)260131(10)L42\(B(21)S-1`
	raw       = "^010952123454321317260131" + "10L42(B^21S-1"
	element   = "\x1d010952123454321317260131" + "10L42(B\x1d21S-1"
	scanned   = "]d2010952123454321317260131" + "10L42(B\x1d21S-1"
	link      = "https://example.com/some/stem/01/09521234543213/10/L42%28B/21/S-1?17=260131"
)

var message = gs1.Message{{"01", "09521234543213"}, {"17", "260131"}, {"10", "L42(B"}, {"21", "S-1"}}

func TestFormsOfOneMessage(t *testing.T) {
	for _, s := range []string{bracketed, raw, element, element[1:], scanned} {
		m, err := gs1.Parse(s)
		require.NoError(t, err)
		require.Equal(t, message, m, s)
	}
	m, err := gs1.Parse(link)
	require.NoError(t, err)
	require.Equal(t, gs1.Message{message[0], message[2], message[3], message[1]}, m)

	require.NoError(t, message.Validate())
	require.Equal(t, bracketed, message.String())
	require.Equal(t, "(01)09521234543213(17)260131(10)L42(B(21)S-1", message.HRI())
	require.Equal(t, []string{"GTIN (01)09521234543213", "USE BY or EXPIRY (17)260131", "BATCH/LOT (10)L42(B", "SERIAL (21)S-1"},
		message.HRILines(true))
	data, err := message.ElementString()
	require.NoError(t, err)
	require.Equal(t, element, data)
	sent, err := message.ScanData("]d2")
	require.NoError(t, err)
	require.Equal(t, scanned, sent)
	_, err = message.ScanData("]d1")
	require.ErrorIs(t, err, gs1.ErrSymbology)
	_, err = gs1.Message{}.ScanData("]d2")
	require.ErrorIs(t, err, gs1.ErrForm)
}

func TestAIsWithoutTitle(t *testing.T) {
	m := gs1.Message{{"8112", "001234561234560123456"}}
	require.NoError(t, m.Validate())
	require.Equal(t, []string{"(8112)001234561234560123456"}, m.HRILines(true))
	m[0].Value = "2"
	require.ErrorContains(t, m.Validate(), `(8112) at byte 7 of "(8112)2": impossible value: found "2"`)
}

func TestElementStringChecksStructure(t *testing.T) {
	for name, m := range map[string]gs1.Message{
		"empty":        {},
		"unknown AI":   {{"05", "1"}},
		"no value":     {{"10", ""}},
		"too long":     {{"10", "123456789012345678901"}},
		"wrong length": {{"01", "0952123454321"}},
		"FNC1":         {{"10", "A\x1dB"}},
		"caret":        {{"10", "A^B"}},
	} {
		prefix := []byte("kept")
		data, err := m.AppendElementString(prefix)
		require.Error(t, err, name)
		require.Equal(t, "kept", string(data), name)
	}
	data, err := gs1.Message{{"10", "wrong: £"}}.ElementString()
	require.NoError(t, err, "whether the message is valid is not asked")
	require.Equal(t, "\x1d10wrong: £", data)
}

// TestErrorNamesItsPlace checks kind, AI and offending characters of errors, each in every form
// that can have it.
func TestErrorNamesItsPlace(t *testing.T) {
	for _, c := range []struct {
		input string
		kind  error
		ai    string
		found string
	}{
		{"", gs1.ErrForm, "", ""},
		{"hello", gs1.ErrForm, "", "h"},
		{"(01)09521234543214", gs1.ErrCheckDigit, "01", "4"},
		{"^0109521234543214", gs1.ErrCheckDigit, "01", "4"},
		{"]C10109521234543214", gs1.ErrCheckDigit, "01", "4"},
		{"https://a/01/09521234543214", gs1.ErrCheckDigit, "01", "4"},
		{"(05)1", gs1.ErrUnknownAI, "05", "05"},
		{"^051", gs1.ErrUnknownAI, "051", "051"},
		{"(01", gs1.ErrForm, "", "01"},
		{"(01)", gs1.ErrLength, "01", ""},
		{"(10)(21)1", gs1.ErrLength, "10", ""},
		{`(01)09521234543213(10)A\(B C`, gs1.ErrCharacter, "10", " "},
		{"(01)09521234543213(10)A C", gs1.ErrCharacter, "10", " "},
		{"(01)09521234543213(17)260231", gs1.ErrContent, "17", "31"},
		{"(01)09521234543213(17)261331", gs1.ErrContent, "17", "13"},
		{"(01)09521234543213(10)123456789012345678901", gs1.ErrLength, "10", "1"},
		{"(10)A", gs1.ErrMissingAI, "10", "A"},
		{"(01)09521234543213(21)A(235)B", gs1.ErrExcludedAI, "21", "A"},
		{"(01)09521234543213(10)A(10)B", gs1.ErrRepeatedAI, "10", "B"},
		{"^0109521234543213\x1d\x1d10A", gs1.ErrForm, "", "\x1d"},
		{"]C0123", gs1.ErrSymbology, "", "]C0"},
		{"http://a/b/c", gs1.ErrDigitalLink, "", "/b/c"},
	} {
		m, err := gs1.Parse(c.input)
		require.Empty(t, m, c.input)
		var e *gs1.Error
		require.ErrorAs(t, err, &e, c.input)
		require.Equal(t, c.kind, e.Err, "%s: %v", c.input, err)
		require.True(t, errors.Is(err, c.kind))
		require.Equal(t, c.ai, e.AI, err)
		require.Equal(t, c.found, e.Found(), err)
		require.NotEmpty(t, e.Detail)
		require.Equal(t, c.input, e.Input)
	}
}

func TestValidatePlacesErrorsInString(t *testing.T) {
	m := gs1.Message{{"01", "09521234543213"}, {"10", "A(B C"}}
	var e *gs1.Error
	require.ErrorAs(t, m.Validate(), &e)
	require.Equal(t, m.String(), e.Input)
	require.Equal(t, " ", e.Found())
	require.ErrorIs(t, gs1.Message{}.Validate(), gs1.ErrForm)
	require.ErrorIs(t, gs1.Message{{"0", "1"}}.Validate(), gs1.ErrUnknownAI)
}

func BenchmarkAppendParse(b *testing.B) {
	for _, c := range []struct{ name, input string }{
		{"bracketed", "(01)09521234543213(17)260131(10)L42AB(21)A1234567"},
		{"raw", "^010952123454321317260131" + "10L42AB^21A1234567"},
		{"scan", "]d2010952123454321317260131" + "10L42AB\x1d21A1234567"},
		{"link", "https://id.gs1.org/01/09521234543213/10/L42AB/21/A1234567?17=260131"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			var m gs1.Message
			for b.Loop() {
				var err error
				if m, err = gs1.AppendParse(m[:0], c.input); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := gs1.Parse("(01)09521234543213(17)260131(10)L42AB(21)A1234567"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := message.Validate(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendElementString(b *testing.B) {
	b.ReportAllocs()
	var dst []byte
	for b.Loop() {
		var err error
		if dst, err = message.AppendElementString(dst[:0]); err != nil {
			b.Fatal(err)
		}
	}
}

func TestMessageAccess(t *testing.T) {
	m, err := gs1.Parse("(01)09521234543213(17)280200(21)S1(21)S1")
	require.NoError(t, err)
	require.Equal(t, gs1.GTIN("09521234543213"), m.GTIN())
	require.Equal(t, "S1", m.Serial())
	e, ok := m.Element("21")
	require.Equal(t, gs1.Element{"21", "S1"}, e)
	require.True(t, ok)
	_, ok = m.Element("10")
	require.False(t, ok)
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	expiry, ok := m.Time("17", now)
	require.Equal(t, "2028-02-29", expiry.Format(time.DateOnly))
	require.True(t, ok)
	for _, ai := range []string{"21", "11"} {
		_, ok = m.Time(ai, now)
		require.False(t, ok)
	}
	require.Empty(t, gs1.Message{{"00", "095212340000000013"}}.GTIN())
	require.Empty(t, gs1.Message(nil).Serial())
}
