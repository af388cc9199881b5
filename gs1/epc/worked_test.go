package epc

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/bitfield"
)

// A vector is a line of testdata/tds-worked-examples.jsonl.
type vector struct {
	Scheme        string      `json:"scheme"`
	URI           string      `json:"uri"`
	TagURI        string      `json:"tag_uri"`
	Hex           string      `json:"hex"`
	ElementString *string     `json:"element_string"`
	AIs           [][2]string `json:"ais"`
	Filter        int         `json:"filter"`
	Host          string      `json:"host"`
	Source        string      `json:"src"`
}

func readVectors(t testing.TB, name string) []vector {
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	var vectors []vector
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		var v vector
		require.NoError(t, json.Unmarshal(lines.Bytes(), &v))
		vectors = append(vectors, v)
	}
	return vectors
}

func unhexed(t testing.TB, s string) []byte {
	b, err := hex.DecodeString(s)
	require.NoError(t, err, s)
	return b
}

func upper(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }

// TestWorkedExamples checks the worked examples of the standard in every direction.
func TestWorkedExamples(t *testing.T) {
	vectors := readVectors(t, "testdata/tds-worked-examples.jsonl")
	require.Len(t, vectors, 34)
	for _, v := range vectors {
		t.Run(v.Scheme+" "+v.Hex, func(t *testing.T) {
			tag, err := Decode(unhexed(t, v.Hex))
			require.NoError(t, err)
			require.Equal(t, v.Scheme, tag.Scheme)
			bits, err := tag.Encode()
			require.NoError(t, err)
			require.Equal(t, v.Hex, upper(bits))
			if v.TagURI != "" {
				require.Equal(t, v.TagURI, tag.URI())
				require.Equal(t, v.URI, tag.EPC.URI())
				again, err := ParseTagURI(v.TagURI)
				require.NoError(t, err)
				require.Equal(t, tag, again)
				e, err := ParseURI(v.URI)
				require.NoError(t, err)
				require.Equal(t, tag.EPC, e)
			} else {
				require.Equal(t, v.Filter, tag.Filter)
			}
			m, err := tag.Message()
			if v.ElementString == nil {
				require.ErrorIs(t, err, ErrMessage)
				return
			}
			require.NoError(t, err)
			require.Equal(t, *v.ElementString, m.String())
			prefix, _ := tag.EPC.Prefix()
			made, err := NewTag(m, Options{Scheme: v.Scheme, Filter: tag.Filter,
				PrefixLength: len(prefix)})
			require.NoError(t, err)
			require.Equal(t, tag, made)
			parsed, err := gs1.Parser{SkipAssociations: true}.ParseBracketed(*v.ElementString)
			require.NoError(t, err)
			require.Equal(t, m, parsed)
		})
	}
}

// TestHostnameExamples checks the worked examples of the schemes with a hostname.
func TestHostnameExamples(t *testing.T) {
	for _, v := range readVectors(t, "testdata/tds-hostname-examples.jsonl") {
		t.Run(v.Scheme+" "+v.Hex, func(t *testing.T) {
			m := v.message()
			tag, err := NewTag(m, Options{Scheme: v.Scheme, Filter: v.Filter, Host: v.Host})
			require.NoError(t, err)
			bits, err := tag.Encode()
			require.NoError(t, err)
			require.Equal(t, v.Hex, upper(bits))
			again, err := Decode(bits)
			require.NoError(t, err)
			require.Equal(t, tag, again)
			require.Equal(t, v.Host, again.Host)
			link, err := again.Link()
			require.NoError(t, err)
			require.True(t, strings.HasPrefix(link, "https://"+v.Host+"/"), link)
		})
	}
}

func (v vector) message() gs1.Message {
	var m gs1.Message
	for _, e := range v.AIs {
		m = append(m, gs1.Element{AI: e[0], Value: e[1]})
	}
	return m
}

// TestHostnames checks the worked examples of 14.5.16.
func TestHostnames(t *testing.T) {
	for host, want := range map[string]string{
		"id.abcde.com":   "10001110100000110000111000101100011110010011001011011011",
		"ID.EXAMPLE.COM": "000111000111000111111010010001100000010010100111100110100100011101001000101111111001001",
		"id.example.com": "1001001010000011001011111000110000111011011110000110110011001011011011",
		"www.host.co.uk": "10001110100011110100011011111110011111010000000100011001",
	} {
		w := writer{bitfield.Writer{Buf: make([]byte, 64)}}
		require.NoError(t, putHost(&w, schemeNamed("sscc++"), host))
		size := w.Size()
		w.Flush()
		var got strings.Builder
		for i := range size {
			got.WriteByte('0' + w.Buf[i/8]>>(7-i%8)&1)
		}
		require.Equal(t, want, got.String(), host)
		r := reader{bitfield.Reader{Buf: w.Buf, Size: size}}
		room := make([]byte, maxHost)
		n, wrong := takeHost(&r, room)
		require.Nil(t, wrong)
		require.Equal(t, host, string(room[:n]))
	}
}
