package epc

import (
	"encoding/binary"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/bitfield"
)

// TestRealTags checks tags and URIs that public reports have.
func TestRealTags(t *testing.T) {
	tag, err := Decode(unhexed(t, "3036142C8C008F8000053244"))
	require.NoError(t, err)
	m, err := tag.Message()
	require.NoError(t, err)
	require.Equal(t, "(01)08719139005740(21)340548", m.String())

	e, err := ParseURI("urn:epc:id:sgtin:00000605.07342.1")
	require.NoError(t, err)
	m, err = e.Message()
	require.NoError(t, err)
	gtin, err := gs1.ParseGTIN(m[0].Value)
	require.NoError(t, err)
	short, ok := gtin.Short()
	require.True(t, ok)
	require.Equal(t, "60573421", short)
	back, err := FromMessage(gs1.Message{{AI: "01", Value: "60573421"}, {AI: "21", Value: "1"}}, 8)
	require.NoError(t, err)
	require.Equal(t, e, back)

	e, err = ParseURI("urn:epc:id:sscc:4610052.9000000007")
	require.NoError(t, err)
	m, err = e.Message()
	require.NoError(t, err)
	require.Equal(t, "946100520000000072", m[0].Value)
	back, err = FromMessage(m, 7)
	require.NoError(t, err)
	require.Equal(t, e, back)
}

// TestNotAnEPC checks what is recognised by name though it is no EPC.
func TestNotAnEPC(t *testing.T) {
	const tag = "3036142C8C008F8000053244"
	bank := unhexed(t, "00003000"+tag)
	binary.BigEndian.PutUint16(bank, crc16(bank[2:]))
	for _, c := range []struct {
		bits, hint string
		err        error
	}{
		{"000000000000000000000000", "write the tag first", ErrBlank},
		{"E2801160600002084D1B7A1B", "memory bank 1", ErrTID},
		{"E0040150", "memory bank 1", ErrTID},
		{"3000" + tag, "leave it out", ErrPC},
		{"3400" + tag, "leave it out", ErrPC},
		{"3800" + "F73795211411234538566CB0AFC4", "leave it out", ErrPC},
		{upper(bank), "use DecodeBank", ErrPC},
		{"000100000000000000000000", "hasn't been written", ErrScheme},
		{"1036142C8C008F8000053244", "", ErrScheme},
		{"", "", ErrLength},
		{"30", "", ErrLength},
		{tag + "0000", "", ErrLength},
		{tag[:20], "", ErrLength},
		{tag[:22], "", ErrLength},
	} {
		_, err := Decode(unhexed(t, c.bits))
		require.ErrorIs(t, err, c.err, c.bits)
		require.Contains(t, err.Error(), c.hint)
		require.True(t, strings.HasPrefix(err.Error(), "epc: "))
		pos := -1
		if c.err == ErrPC {
			pos = 0
		}
		require.Equal(t, pos, err.(*Error).Pos)
		require.Equal(t, c.bits, err.(*Error).Input)
		got := Classify(unhexed(t, c.bits))
		require.ErrorIs(t, got.Err, c.err)
		require.Empty(t, got.Doubts)
	}
}

// TestDecodeRejects checks bits that no encoder writes: each is a valid tag with some bits changed.
func TestDecodeRejects(t *testing.T) {
	for _, c := range []struct {
		what, bits string
		err        error
		field      string
	}{
		{"partition 7", "307E142C8C008F8000053244", ErrRange, "partition"},
		{"prefix of 7 digits too large", "3077FFFFFF008F8000053244", ErrRange, "company prefix"},
		{"reference too large", "3036142C8FFFFF8000053244", ErrRange,
			"indicator and item reference"},
		{"sscc-96 padding", "311BA1B300CE0A6A83000001", ErrPadding, ""},
		{"sgtin-198 padding of words", "3666C4409047E159B2C2BF100000000000000000000000000001",
			ErrPadding, ""},
		{"sgtin-198 after the terminator", "3666C4409047E159B2C2BF100000000000000000000000000400",
			ErrPadding, "serial"},
		{"sgtin-198 without serial", "3666C4409047E140000000000000000000000000000000000000",
			ErrLength, "serial"},
		{"sgtin-198 character", "3666C4409047E160000000000000000000000000000000000000",
			ErrCharacter, "serial"},
		{"gdti-113 serial of 18 digits", "3A76451FD460FFFFFFFFFFFFFFFF8000", ErrRange, "serial"},
		{"sgcn-96 without its digit 1", "3F76451FD612640000000007", ErrRange, "serial"},
		{"sgcn-96 beginning with 2", "3F76451FD612640000031907", ErrRange, "serial"},
		{"itip-110 piece 127", "4076451FD40C0FFC820000000F54", ErrRange, "piece or total"},
		{"itip-110 padding", "4076451FD40C0E40820000000F55", ErrPadding, ""},
		{"cpi-96 reference of 10 digits", "3C76451FD7FFFFFF80003039", ErrRange,
			"component/part reference"},
		{"usdod-96 letter I", "2F320434147495900000162E", ErrCharacter, "CAGE code or DoDAAC"},
		{"adi-var surplus words", "3B0E0CF5E76C9047759AD00373DC7602E72000000000", ErrLength, ""},
		{"sgtin+ check digit", "F73795211411234528566CB0AFC4", ErrCheckDigit, "AI (01)"},
		{"sgtin+ nibble", "F73795211411234A38566CB0AFC4", ErrCharacter, "AI (01)"},
		{"sgtin+ encoding 7", "F7379521141123453E10", ErrRange, "serial"},
		{"sgtin+ padding", "F73795211411234538566CB0AFC5", ErrPadding, ""},
		{"sgtin+ toggle without data", "F7B795211411234538566CB0AFC4", ErrLength, "+AIDC data"},
		{"sgtin+ cut", "F7379521141123453856", ErrLength, "serial"},
		{"dsgtin+ date kind 15", "FB3F2CDE795211411234538566CB0AFC4000", ErrRange,
			"date indicator"},
		{"dsgtin+ month 13", "FB342DBE795211411234538566CB0AFC4000", ErrRange, "date"},
		{"grai+ without zero", "F13195211411234558566CB0AFC4", ErrCheckDigit, "AI (8003)"},
		{"sgtin+ with a word of zeros after its data", "F7B795211411234538566CB0AFC440A80000",
			ErrLength,
			"AI (00)"},
		{"giai+ of 31 digits", "FA31234567890123456789012345678901F0", ErrLength, "AI (8004)"},
		{"sgtin+ integer 15 of one digit", "F737952114112345301F", ErrRange, "serial"},
		{"sgtin+ serial of no digits", "F7379521141123453000", ErrLength, "serial"},
		{"sscc++ host of no characters", "EF0095201234567891235800", ErrLength, "host"},
		{"sgtin++ without host", "FD3795211411234538566CB0AFC4", ErrLength, ""},
	} {
		_, err := Decode(unhexed(t, c.bits))
		require.ErrorIs(t, err, c.err, c.what)
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, c.field, e.Field, c.what)
		require.NotEmpty(t, e.Detail, c.what)
		require.Equal(t, byHeader[unhexed(t, c.bits)[0]].name, e.Scheme, c.what)
	}
}

// TestGeneratedTags checks tags of every scheme, with data of every AI, in both directions.
func TestGeneratedTags(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	g := newGenerator(3)
	for range rounds {
		for i := range schemes {
			sch := &schemes[i]
			if forms[sch.kind].ai == "" {
				continue
			}
			m, o := g.tag(sch, g.IntN(3))
			tag, err := NewTag(m, o)
			require.NoError(t, err, "%s %+v", m, o)
			bits, err := tag.AppendEncode(nil)
			require.NoError(t, err)
			require.Len(t, bits, bitfield.Words(tag.Bits()))
			got, err := Decode(bits)
			require.NoError(t, err, "%s %+v", m, o)
			require.Equal(t, tag, got)
			back, err := got.Message()
			require.NoError(t, err)
			require.ElementsMatch(t, m, back)
			checkDecode(t, bits)
			flipBits(t, g, bits)
		}
	}
}

// flipBits checks that a tag with a bit changed decodes to what encodes the same, or not at all.
func flipBits(t *testing.T, g generator, bits []byte) {
	for range 20 {
		changed := append([]byte(nil), bits...)
		for range 1 + g.IntN(2) {
			changed[g.IntN(len(changed))] ^= 1 << g.IntN(8)
		}
		checkDecode(t, changed)
	}
	checkDecode(t, bits[:g.IntN(len(bits))])
	checkDecode(t, append(bits[:len(bits):len(bits)], 0, 0))
}

// TestRandomBits checks bits of every length from 0 to 512 with every header.
func TestRandomBits(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 65 {
		for header := range 256 {
			bits := make([]byte, n)
			for i := range bits {
				if rng.IntN(3) > 0 {
					bits[i] = byte(rng.Uint32())
				}
			}
			if n > 0 {
				bits[0] = byte(header)
			}
			checkDecode(t, bits)
		}
	}
}

// TestEveryAI checks that table F has what NewTag and Decode need for each of its AIs, and that the
// table of AI lengths fits it.
func TestEveryAI(t *testing.T) {
	g := newGenerator(11)
	n := 0
	for i := range formats {
		f := &formats[i]
		for ai := f.ai; ai <= f.last; ai = ai[:len(ai)-1] + string(ai[len(ai)-1]+1) {
			n++
			require.Same(t, f, formatOf(ai), ai)
			_, known := gs1.Lookup(ai)
			require.True(t, known, ai)
			for range 20 {
				m := gs1.Message{{AI: "8004", Value: "9521141A"}, {AI: ai, Value: g.value(f)}}
				if ai == "8004" {
					m[0] = gs1.Element{AI: "00", Value: "095201234567891235"}
				}
				if ai == "00" {
					m[1].Value = g.digits(18)
				}
				tag, err := NewTag(m, Options{})
				require.NoError(t, err, m)
				bits, err := tag.Encode()
				require.NoError(t, err)
				got, err := Decode(bits)
				require.NoError(t, err, m)
				require.Equal(t, m[1:], got.Data)
			}
		}
	}
	require.Equal(t, 532, n)
	for _, ai := range []string{"", "0", "03", "000", "015", "14", "2", "215", "3106", "3954",
		"717", "8014", "999", "x1"} {
		require.Nil(t, formatOf(ai), ai)
	}
}

// TestPartitions checks each partition of each scheme at the limits of its fields.
func TestPartitions(t *testing.T) {
	for i := range schemes {
		sch := &schemes[i]
		if sch.layout != classic || sch.key == 0 || forms[sch.kind].size == 0 {
			continue
		}
		f := &forms[sch.kind]
		for n := 6; n <= 12; n++ {
			require.LessOrEqual(t, bitfield.BitsOf(n), int(prefixBits[12-n]), "prefix of %d digits",
				n)
			width := int(f.end-f.first) - n
			if f.lead {
				width++
			}
			room := int(sch.key - prefixBits[12-n])
			require.LessOrEqual(t, bitfield.BitsOf(width), room, "%s: reference of %d digits",
				sch.name, width)
			for _, digitOf := range []string{"0", "9"} {
				uri := "urn:epc:tag:" + sch.name + ":0." + strings.Repeat(digitOf, n) + "." +
					strings.Repeat(digitOf, width)
				if sch.kind == itip {
					uri += ".99.99"
				}
				if f.serial != noSerial {
					uri += ".7"
				}
				tag, err := ParseTagURI(uri)
				require.NoError(t, err, uri)
				bits, err := tag.Encode()
				require.NoError(t, err)
				got, err := Decode(bits)
				require.NoError(t, err, uri)
				require.Equal(t, uri, got.URI())
				tooLarge(t, sch, bits, 12-n, room, width)
			}
		}
	}
}

// tooLarge checks that a prefix and a reference of one more than fits are rejected.
func tooLarge(t *testing.T, sch *scheme, bits []byte, partition, room, width int) {
	if sch.filter != 3 {
		return
	}
	size := int(prefixBits[partition])
	for _, field := range []struct {
		at, size, digits int
		name             string
	}{{14, size, 12 - partition, "company prefix"}, {14 + size, room, width,
		forms[sch.kind].reference}} {
		if bitfield.Powers[field.digits] >= 1<<field.size {
			continue
		}
		changed := setBits(bits, field.at, field.size, bitfield.Powers[field.digits])
		_, err := Decode(changed)
		require.ErrorIs(t, err, ErrRange, "%s %s %x", sch.name, field.name, changed)
		require.ErrorContains(t, err, field.name)
	}
}

// setBits returns bits with v in the n bits from bit at on.
func setBits(bits []byte, at, n int, v uint64) []byte {
	changed := append([]byte(nil), bits...)
	for i := range n {
		bit := byte(v>>(n-1-i)) & 1
		changed[(at+i)/8] &^= 0x80 >> ((at + i) % 8)
		changed[(at+i)/8] |= bit << (7 - (at+i)%8)
	}
	return changed
}

// TestLargeNumbers checks numbers of every length against math/big: no digit is lost.
func TestLargeNumbers(t *testing.T) {
	g := newGenerator(5)
	for n := 1; n <= 90; n++ {
		for _, digits := range []string{g.digits(n), strings.Repeat("9", n), strings.Repeat("0", n),
			"1" + strings.Repeat("0", n-1)} {
			w := writer{bitfield.Writer{Buf: make([]byte, 64)}}
			w.Put(5, 3)
			w.PutNumber([]byte(digits))
			size := w.Size()
			w.Flush()
			most := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
			require.Equal(t, most.BitLen(), bitfield.BitsOf(n), n)
			want, _ := new(big.Int).SetString(digits, 10)
			got := new(big.Int).SetBytes(w.Buf[:(size+7)/8])
			got.Rsh(got, uint(-size&7))
			got.Sub(got, new(big.Int).Lsh(big.NewInt(5), uint(size-3)))
			require.Zero(t, want.Cmp(got), digits)
			r := reader{bitfield.Reader{Buf: append(w.Buf, make([]byte, 16)...), Pos: 3,
				Size: size}}
			room := make([]byte, 100)
			require.True(t, r.TakeNumber(room, n))
			require.Equal(t, digits, string(room[:n]))
			require.Zero(t, r.Left())
			r.Pos = 3
			ones := reader{bitfield.Reader{Buf: []byte(strings.Repeat("\xFF", 64)), Size: size}}
			require.False(t, ones.TakeNumber(room, n), "a number of more than %d digits", n)
		}
	}
}
