package serial

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestReadySchemes holds the laws for every ready scheme, over fields of its own.
func TestReadySchemes(t *testing.T) {
	f := Fields{Time: time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC), Product: "BJC5D6E7", Plant: "K", Values: map[string]string{
		"tac": "49015420", "maker": "AF012345", "oui": "00005E", "wmi": "1M8", "vds": "GDM9A", "owner": "CSQ", "lic": "A123", "link": "G",
		"cage": "1VPW8", "part": "1234", "agency": "UN", "company": "043325711", "facility": "G1234", "size": "WX", "type": "ABC",
	}}
	r := rand.New(rand.NewPCG(1, 2))
	for _, ready := range ReadySchemes() {
		s, err := ready.Scheme()
		require.NoError(t, err, ready.Name)
		require.NotEmpty(t, ready.Source)
		s, err = s.WithKeys(pageKeys(t))
		require.NoError(t, err)
		g := f
		if ready.Name == "tyre-dot" {
			g.Plant = "1B2"
		}
		for range 200 {
			checkLaws(t, s, g, r.Uint64N(s.Capacity()))
		}
	}
}

// TestReadySchemesReadPublishedNumbers reads numbers from the standards.
func TestReadySchemesReadPublishedNumbers(t *testing.T) {
	published := map[string]struct {
		text  string
		index uint64
	}{
		"imei":         {"490154203237518", 323751},
		"meid":         {"AF0123450ABCDEC", 0x0ABCDE},
		"vin":          {"1M8GDM9AXKP042788", 42788},
		"iso6346":      {"CSQU3054383", 305438},
		"hibc-primary": {"+A123BJC5D6E71G", 1},
		"isbt128-din":  {"G123489654321Y", 654321},
		"ifa-ppn":      {"110375286414", 3752864},
		"imo":          {"IMO9074729", 907472},
	}
	for _, ready := range ReadySchemes() {
		want, ok := published[ready.Name]
		if !ok {
			continue
		}
		s, err := ready.Scheme()
		require.NoError(t, err)
		_, index, err := s.Parse(Fields{}, want.text)
		require.NoError(t, err, "%s %s", ready.Name, want.text)
		require.Equal(t, want.index, index)
		delete(published, ready.Name)
	}
	require.Empty(t, published)
}

func TestEnvelope06(t *testing.T) {
	require.Equal(t, "[)>\x1e06\x1d25SD1VPW8786950\x1e\x04", Envelope06("25SD1VPW8786950"))
}

// TestTimes lists what a serial's date can mean.
func TestTimes(t *testing.T) {
	years := func(pattern, text string) (out []int) {
		times, err := MustCompile(pattern).Times(Fields{Time: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}, text)
		require.NoError(t, err)
		for at := range times {
			out = append(out, at.Year())
			if len(out) == 5 {
				break
			}
		}
		return out
	}
	require.Equal(t, []int{2026, 2016, 2006, 1996, 1986}, years("{Y}{index:1}", "60"))
	require.Equal(t, []int{2017, 2007, 1997, 1987, 1977}, years("{Y}{index:1}", "70"))
	require.Equal(t, []int{2024, 2004, 1984}, years("{Y}{MMDD}{index:1}", "402290"))
	require.Equal(t, []int{2019, 1989}, years("{Y:vin}{index:1}", "K0"))
	require.Equal(t, []int{2030}, years("{YYYY}{index:1}", "20300"))
	require.Empty(t, years("{index:1}", "0"))
	_, err := MustCompile("{Y}{index:1}").Times(Fields{}, "X0")
	require.ErrorIs(t, err, ErrCharacter)
}
