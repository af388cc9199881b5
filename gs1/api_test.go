package gs1_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/digitallink"
)

// The names that other people's programs rely on, with their signatures.
var (
	_ func(string) (gs1.Message, error)              = gs1.Parse
	_ func(string) (gs1.Message, error)              = gs1.ParseBracketed
	_ func(string) (gs1.Message, error)              = gs1.ParseElementString
	_ func(string) (gs1.Scan, error)                 = gs1.ParseScan
	_ func(gs1.Message, string) (gs1.Message, error) = gs1.AppendParse
	_ func(string) (gs1.AI, bool)                    = gs1.Lookup

	_ func(string) (gs1.Message, error)              = gs1.Parser{}.Parse
	_ func(string) (gs1.Message, error)              = gs1.Parser{}.ParseBracketed
	_ func(string) (gs1.Message, error)              = gs1.Parser{}.ParseElementString
	_ func(string) (gs1.Scan, error)                 = gs1.Parser{}.ParseScan
	_ func(gs1.Message, string) (gs1.Message, error) = gs1.Parser{}.AppendParse

	_ []gs1.Element                             = gs1.Message{{AI: "10", Value: "L42"}}
	_ func(gs1.Message, string) (string, bool)  = gs1.Message.Value
	_ func(gs1.Message) error                   = gs1.Message.Validate
	_ func(gs1.Message) string                  = gs1.Message.String
	_ func(gs1.Message) (string, error)         = gs1.Message.ElementString
	_ func(gs1.Message) string                  = gs1.Message.HRI
	_                                           = gs1.Scan{Symbology: "", Text: "", Message: gs1.Message(nil)}
	_ func(string) (gs1.GTIN, error)            = gs1.ParseGTIN
	_ func(string) (gs1.SSCC, error)            = gs1.ParseSSCC
	_ func(string) (gs1.GLN, error)             = gs1.ParseGLN
	_ error                                     = (*gs1.Error)(nil)
	_ func(string) (gs1.Message, error)         = digitallink.Parse
	_ func(string) (digitallink.URI, error)     = digitallink.ParseURI
	_ func(string, gs1.Message) (string, error) = digitallink.Format
	_                                           = digitallink.URI{Stem: "", Message: gs1.Message(nil), Ignored: []string(nil)}
)

func TestWrittenForms(t *testing.T) {
	m := gs1.Message{{AI: "01", Value: "09521234543213"}, {AI: "10", Value: `(A(B)`}, {AI: "21", Value: "S"}}
	require.Equal(t, `(01)09521234543213(10)\(A\(B)(21)S`, m.String())
	require.Equal(t, "(01)09521234543213(10)(A(B)(21)S", m.HRI())
	data, err := m.ElementString()
	require.NoError(t, err)
	require.Equal(t, "\x1d010952123454321310(A(B)\x1d21S", data)
	for _, s := range []string{m.String(), data, data[1:], "]C1" + data[1:], "^010952123454321310(A(B)^21S"} {
		again, err := gs1.Parse(s)
		require.NoError(t, err, s)
		require.Equal(t, m, again)
	}
	_, err = gs1.Message{{AI: "05", Value: "A"}}.ElementString()
	require.True(t, errors.Is(err, gs1.ErrUnknownAI))
}
