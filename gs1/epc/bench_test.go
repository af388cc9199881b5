package epc

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

// benchmarkTags are tags of the schemes whose speed is promised.
var benchmarkTags = map[string]string{
	"sgtin-96":  "3036142C8C008F8000053244",
	"sgtin-198": "3666C4409047E159B2C2BF100000000000000000000000000000",
	"sscc-96":   "311BA1B300CE0A6A83000000",
	"sgtin+":    "F73795211411234538566CB0AFC4",
	"dsgtin+":   "FB342CDE795211411234538566CB0AFC4000",
	"giai+":     "FA3952114132E83C2BF10000",
	"sgtin++":   "FD3795211411234538566CB0AFC525065F1876F0D996D800",
}

func BenchmarkDecode(b *testing.B) {
	for scheme, text := range benchmarkTags {
		bits := unhexed(b, text)
		b.Run(scheme, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Decode(bits); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkEncode measures the way from a message to the bits.
func BenchmarkEncode(b *testing.B) {
	for scheme, text := range benchmarkTags {
		tag, err := Decode(unhexed(b, text))
		require.NoError(b, err)
		m, err := tag.Message()
		require.NoError(b, err)
		prefix, _ := tag.EPC.Prefix()
		o := Options{Scheme: tag.Scheme, Filter: tag.Filter, Host: tag.Host,
			PrefixLength: len(prefix)}
		dst := make([]byte, 0, 64)
		b.Run(scheme, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tag, err := NewTag(m, o)
				if err != nil {
					b.Fatal(err)
				}
				dst, _ = tag.AppendEncode(dst[:0])
			}
		})
	}
}

// BenchmarkMessage measures the way from the bits to a message.
func BenchmarkMessage(b *testing.B) {
	for scheme, text := range benchmarkTags {
		bits := unhexed(b, text)
		m := make(gs1.Message, 0, 4)
		b.Run(scheme, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tag, err := Decode(bits)
				if err != nil {
					b.Fatal(err)
				}
				if m, err = tag.AppendMessage(m[:0]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkURI(b *testing.B) {
	for scheme, text := range benchmarkTags {
		tag, err := Decode(unhexed(b, text))
		require.NoError(b, err)
		dst := make([]byte, 0, 128)
		b.Run(scheme, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				dst = tag.EPC.AppendURI(dst[:0])
			}
		})
	}
}
