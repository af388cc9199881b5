package epc

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzDecode checks that whatever decodes encodes to the same bits, and that its message makes the
// same tag again wherever the encoder chooses the same encodings.
func FuzzDecode(f *testing.F) {
	for _, name := range []string{"testdata/tds-worked-examples.jsonl",
		"testdata/tds-hostname-examples.jsonl"} {
		for _, v := range readVectors(f, name) {
			f.Add(unhexed(f, v.Hex))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkDecode(t, data) })
}

func checkDecode(t testing.TB, data []byte) {
	tag, err := Decode(data)
	Classify(data)
	if err != nil {
		require.Equal(t, Tag{}, tag)
		return
	}
	bits, err := tag.Encode()
	require.NoError(t, err)
	require.Equal(t, upper(data), upper(bits))
	m, err := tag.Message()
	if err != nil {
		require.ErrorIs(t, err, ErrMessage)
	} else if reserved := restrictedTag(&tag); !reserved {
		prefix, _ := tag.EPC.Prefix()
		made, err := NewTag(m, Options{Scheme: tag.Scheme, Filter: tag.Filter, Host: tag.Host,
			PrefixLength: len(prefix)})
		require.NoError(t, err, "%s", m)
		require.Equal(t, tag.EPC, made.EPC)
		require.Equal(t, tag.Data, made.Data)
		require.Equal(t, tag.Host, made.Host)
		again, err := made.Encode()
		require.NoError(t, err)
		require.True(t, tag.Host != "" || len(again) <= len(bits),
			"%s: an encoding that is longer than what was read", m)
		back, err := Decode(again)
		require.NoError(t, err)
		require.Equal(t, made, back)
		if byHeader[data[0]].layout == classic {
			require.Equal(t, upper(bits), upper(again))
		}
	}
	if byHeader[data[0]].layout == plus {
		return
	}
	parsed, err := ParseTagURI(tag.URI())
	require.NoError(t, err, tag.URI())
	require.Equal(t, tag, parsed)
	e, err := ParseURI(tag.EPC.URI())
	require.NoError(t, err)
	require.Equal(t, tag.EPC, e)
}

// restrictedTag reports whether NewTag rejects the tag's GTIN.
func restrictedTag(t *Tag) bool {
	f := &forms[t.EPC.kind]
	return (f.ai == "01" || t.EPC.kind == itip) && reserved(t.EPC.keyText()) != ""
}

// FuzzParseURI checks that what is read is written in a form that reads the same.
func FuzzParseURI(f *testing.F) {
	for _, v := range readVectors(f, "testdata/tds-worked-examples.jsonl") {
		f.Add(v.URI)
	}
	for _, s := range []string{"urn:epc:class:lgtin:9521141.012345.A%2FB",
		"urn:epc:idpat:sgtin:9521141.012345.*",
		"urn:epc:id:upui:9521141.089456.51qIgY)%3C%26Jp3*j7SDB", "urn:epc:id:bic:CSQU3054383", "urn:epc:id:imovn:9176187",
		"urn:epc:id:pgln:9521141.89012", "urn:epc:id:gsin:9521141.123456789", "urn:epc:id:ginc:9521141.xyz3311cba"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := ParseURI(s)
		if err != nil {
			require.Equal(t, EPC{}, e)
			return
		}
		again, err := ParseURI(e.URI())
		require.NoError(t, err, e.URI())
		require.Equal(t, e, again)
		if m, err := e.Message(); err == nil && e.stars == 0 {
			prefix, _ := e.Prefix()
			back, err := FromMessage(m, len(prefix))
			if !bytes.Contains([]byte(e.Kind()), []byte("gtin")) && e.kind != upui &&
				e.kind != itip {
				require.NoError(t, err)
			}
			if err == nil {
				require.Equal(t, e, back)
			}
		}
	})
}

// FuzzParseTagURI checks that what is read encodes to bits that decode to the same.
func FuzzParseTagURI(f *testing.F) {
	for _, v := range readVectors(f, "testdata/tds-worked-examples.jsonl") {
		f.Add(v.TagURI)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tag, err := ParseTagURI(s)
		if err != nil {
			require.Equal(t, Tag{}, tag)
			return
		}
		bits, err := tag.Encode()
		require.NoError(t, err)
		again, err := Decode(bits)
		require.NoError(t, err, tag.URI())
		require.Equal(t, tag, again)
	})
}
