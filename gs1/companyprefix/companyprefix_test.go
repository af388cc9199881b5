package companyprefix_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/companyprefix"
)

func TestTable(t *testing.T) {
	for _, table := range []string{
		`{"GCPPrefixFormatList":{"date":"2026-01-01T00:00:00Z","disclaimer":["x"],"entry":[{"prefix":"952","gcpLength":7},{"prefix":"9521","gcpLength":8},{"prefix":"95213","gcpLength":0}]}}`,
		`<?xml version="1.0" encoding="utf-8"?><GCPPrefixFormatList date="2026-01-01T00:00:00Z"><entry prefix="952" gcpLength="7"/><entry prefix="9521" gcpLength="8"/><entry prefix="95213" gcpLength="0"/></GCPPrefixFormatList>`,
	} {
		p, err := companyprefix.Read(strings.NewReader(table))
		require.NoError(t, err)
		for digits, want := range map[string]string{"9520123456789": "9520123", "9521234567890": "95212345", "9521345678901": "", "9510000000000": "", "952": "", "": ""} {
			got, ok := p.Of(digits)
			require.Equal(t, want, got, digits)
			require.Equal(t, want != "", ok)
		}
		prefix, ok := p.OfElement(gs1.GTIN("09521234543213").Element())
		require.Equal(t, "95212345", prefix)
		require.True(t, ok)
		prefix, _ = p.OfElement(gs1.Element{AI: "8003", Value: "09520123454321"})
		require.Equal(t, "9520123", prefix)
		prefix, _ = p.OfElement(gs1.Element{AI: "8004", Value: "9520123A"})
		require.Equal(t, "9520123", prefix)
		_, ok = p.OfElement(gs1.Element{AI: "10", Value: "9520123A"})
		require.False(t, ok)
	}
	for _, bad := range []string{"", "{}", "[]", "<x/>", `{"GCPPrefixFormatList":{"entry":[{"prefix":"95x","gcpLength":7}]}}`, `{"GCPPrefixFormatList":{"entry":[{"prefix":"952","gcpLength":13}]}}`} {
		_, err := companyprefix.Read(strings.NewReader(bad))
		require.Error(t, err, bad)
	}
	_, ok := new(companyprefix.Table).Of("9521234")
	require.False(t, ok)
}
