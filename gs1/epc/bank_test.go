package epc

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBank(t *testing.T) {
	tag, err := ParseTagURI("urn:epc:tag:sgtin-96:3.0614141.812345.6789")
	require.NoError(t, err)
	pc, err := tag.PC(true)
	require.NoError(t, err)
	require.Equal(t, PC(0x3400), pc)
	require.Equal(t, 6, pc.Words())
	require.True(t, pc.UserMemory())
	require.False(t, pc.Extended())
	require.False(t, pc.ISO())
	bank, err := tag.AppendBank([]byte{1}, false)
	require.NoError(t, err)
	require.Equal(t, byte(1), bank[0])
	bank = bank[1:]
	require.Equal(t, "30003074257BF7194E4000001A85", upper(bank[2:]))
	require.True(t, BankCRC(bank))
	bank = append(bank, 0xAB, 0xCD) // words beyond the EPC
	require.True(t, BankCRC(bank))
	got, err := DecodeBank(bank)
	require.NoError(t, err)
	require.Equal(t, tag, got)
	bank[5] ^= 1
	require.False(t, BankCRC(bank))

	for _, c := range []struct {
		bank string
		err  error
	}{{"", ErrPC}, {"000030", ErrPC}, {"00003000", ErrPC}, {"00000000", ErrBlank}, {"0000310F",
		ErrPC},
		{"000031A1" + strings.Repeat("00", 12), ErrPC}, {"00003000" + strings.Repeat("00", 12),
			ErrBlank}} {
		_, err := DecodeBank(unhexed(t, c.bank))
		require.ErrorIs(t, err, c.err, c.bank)
	}
	require.False(t, BankCRC(nil))
	require.Equal(t, byte(0xA1), PC(0x31A1).AFI())
}

// TestCRC checks the published check value of the CRC that Gen2 uses.
func TestCRC(t *testing.T) {
	require.Equal(t, uint16(0xD64E), crc16([]byte("123456789")))
}

func TestLongTag(t *testing.T) {
	m := elements("01", "09521141123454", "21", "ABCDEFGHIJKLMNOP", "91", strings.Repeat("x/", 45))
	tag, err := NewTag(m, Options{})
	require.NoError(t, err)
	require.Greater(t, tag.Bits(), 31*16)
	_, err = tag.PC(false)
	require.ErrorIs(t, err, ErrLength)
	_, err = tag.AppendBank(nil, false)
	require.ErrorIs(t, err, ErrLength)
	_, err = Tag{}.PC(false)
	require.ErrorIs(t, err, ErrLength)
	bits, err := tag.Encode()
	require.NoError(t, err)
	got, err := Decode(bits)
	require.NoError(t, err)
	require.Equal(t, tag, got)
	require.Contains(t, got.URI(),
		"https://id.gs1.org/01/09521141123454/21/ABCDEFGHIJKLMNOP?91=x%2F")
}

func TestXPC(t *testing.T) {
	bank := make([]byte, 68)
	binary.BigEndian.PutUint16(bank[2:], 0x3000)
	_, ok := BankXPC(bank)
	require.False(t, ok)
	binary.BigEndian.PutUint16(bank[2:], 0x3200)
	binary.BigEndian.PutUint16(bank[66:], 0x8081)
	x, ok := BankXPC(bank)
	require.True(t, ok)
	require.True(t, x.More() && x.BatteryAssisted() && x.Hazardous())
	require.False(t, x.Killable() || x.NonRemovable() || x.Untraceable())
	x = 0x000E
	require.True(t, x.Killable() && x.NonRemovable() && x.Untraceable())
	require.False(t, x.More() || x.BatteryAssisted() || x.Hazardous())
	_, ok = BankXPC(bank[:67])
	require.False(t, ok)
}

func TestTID(t *testing.T) {
	tid, err := DecodeTID(unhexed(t, "E280116020007A41"))
	require.NoError(t, err)
	require.Equal(t, TID{Extended: true, Designer: 0x001, Model: 0x160}, tid)
	tid, err = DecodeTID(unhexed(t, "E2603412"))
	require.NoError(t, err)
	require.Equal(t, TID{Security: true, Files: true, Designer: 0x003, Model: 0x412}, tid)
	for _, bits := range []string{"", "E28011", "E0801160"} {
		_, err := DecodeTID(unhexed(t, bits))
		require.ErrorIs(t, err, ErrTID)
	}
}

func TestRawURI(t *testing.T) {
	bits := unhexed(t, "3074257BF7194E4000001A85")
	const uri = "urn:epc:raw:96.x3074257BF7194E4000001A85"
	require.Equal(t, uri, RawURI(bits))
	got, err := ParseRawURI(uri)
	require.NoError(t, err)
	require.Equal(t, bits, got)
	for _, c := range []struct {
		uri string
		err error
		pos int
	}{{"urn:epc:id:sgtin:1", ErrURI, 0}, {"urn:epc:raw:96", ErrURI, 12}, {"urn:epc:raw:.x30",
		ErrURI, 12},
		{"urn:epc:raw:096.x30", ErrURI, 12}, {"urn:epc:raw:96.xC2.x3074", ErrURI,
			16}, {"urn:epc:raw:96.123", ErrURI, 12},
		{"urn:epc:raw:16.x307", ErrLength, 16}, {"urn:epc:raw:12.x307", ErrLength,
			16}, {"urn:epc:raw:16.x307G", ErrCharacter, 18},
		{"urn:epc:raw:1x.x30", ErrURI, 12}, {"urn:epc:raw:1234567.x30", ErrURI, 12}} {
		_, err := ParseRawURI(c.uri)
		require.ErrorIs(t, err, c.err, c.uri)
		require.Equal(t, c.pos, err.(*Error).Pos, c.uri)
	}
}

func TestClassify(t *testing.T) {
	for _, c := range []struct{ bits, scheme, doubt string }{
		{"3036142C8C008F8000053244", "sgtin-96", ""},
		{"3000E2000017221101441890", "sgtin-96", "TID"},
		{"3034000000000000000003E8", "sgtin-96", "company prefix is all zeros"},
		{"317BA1B300CE0A6A83000000", "sscc-96", "filter value 3 is reserved"},
	} {
		got := Classify(unhexed(t, c.bits))
		require.NoError(t, got.Err, c.bits)
		require.Equal(t, c.scheme, got.Scheme)
		require.Equal(t, c.scheme, got.Tag.Scheme)
		if c.doubt == "" {
			require.Empty(t, got.Doubts)
		} else {
			require.Contains(t, strings.Join(got.Doubts, "\n"), c.doubt)
		}
	}
	tag, err := ParseTagURI("urn:epc:tag:sgtin-96:1.0212345.067890.1")
	require.NoError(t, err)
	bits, _ := tag.Encode()
	require.Contains(t, strings.Join(Classify(bits).Doubts, "\n"), "restricted circulation")
	require.Equal(t, "", Classify([]byte{0x10, 0}).Scheme)
}

func TestFilterName(t *testing.T) {
	for _, c := range []struct {
		scheme string
		value  int
		want   string
	}{{"sgtin-96", 1, "point of sale item"}, {"SGTIN+", 7,
		"component inside a product, not for individual sale"},
		{"sgtin-96", 3, ""}, {"sgtin-96", 8, ""}, {"sgtin-96", -1, ""}, {"sscc-96", 6,
			"unit load"}, {"gdti+", 1, "travel document"},
		{"usdod-96", 2, "unit pack"}, {"adi-var", 13, "security item"}, {"adi-var", 58,
			"tool"}, {"adi-var", 63, "internal use"},
		{"adi-var", 30, ""}, {"grai-96", 0, "all others"}, {"grai-96", 1, ""}, {"gid-96", 0,
			""}, {"x", 0, ""}} {
		require.Equal(t, c.want, FilterName(c.scheme, c.value), "%s %d", c.scheme, c.value)
	}
}

func TestSchemes(t *testing.T) {
	names := Schemes()
	require.Len(t, names, 46)
	seen := map[byte]bool{}
	for i := range schemes {
		require.False(t, seen[schemes[i].header])
		seen[schemes[i].header] = true
		require.Same(t, &schemes[i], schemeNamed(strings.ToUpper(names[i])))
	}
	require.Equal(t, "sgtin-96", schemes[4].name)
}

func TestTagURIErrors(t *testing.T) {
	for _, c := range []struct {
		uri string
		err error
		pos int
	}{{"urn:epc:id:sgtin:1", ErrURI, 0}, {"urn:epc:tag:sgtin-96", ErrScheme,
		12}, {"urn:epc:tag:sgtin+:1", ErrScheme, 12},
		{"urn:epc:tag:SGTIN-96:3.0614141.812345.6789", ErrScheme,
			12}, {"urn:epc:tag:sgtin-96:8.0614141.812345.6789", ErrRange, 21},
		{"urn:epc:tag:sgtin-96:03.0614141.812345.6789", ErrRange,
			21}, {"urn:epc:tag:sgtin-96:.0614141.812345.6789", ErrLength, 21},
		{"urn:epc:tag:sgtin-96:3.0614141.812345.06789", ErrRange,
			0}, {"urn:epc:tag:adi-var:64.2S194..A", ErrRange, 20},
		{"urn:epc:tag:usdod-96:16.2S194.1", ErrRange, 21}, {"urn:epc:tag:sgtin-96:3.0614141.812345",
			ErrURI, 37}} {
		_, err := ParseTagURI(c.uri)
		require.ErrorIs(t, err, c.err, c.uri)
		require.Equal(t, c.pos, err.(*Error).Pos, c.uri)
	}
	_, err := ParseTagURI("urn:epc:tag:gdti-113:0.9521141.12345.99999999999999999")
	require.NoError(t, err)
	_, err = ParseTagURI("urn:epc:tag:gdti-96:0.9521141.1234.1")
	require.ErrorContains(t, err, "want 5 digits")
	tag, err := ParseTagURI("urn:epc:tag:adi-var:63.2S194..A")
	require.NoError(t, err)
	require.Equal(t, "urn:epc:tag:adi-var:63.2S194..A", tag.String())
	_, err = tag.Link()
	require.ErrorIs(t, err, ErrMessage)
}
