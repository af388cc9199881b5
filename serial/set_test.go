package serial

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestIdentify(t *testing.T) {
	f := pageFields(t)
	scrambled := compileKeyed(t, "{product:14 digits}{index:8 crockford scrambled}{check}")
	unkeyed := MustCompile("{product:14 digits}{index:8 crockford scrambled}{check}")
	set := NewSet(map[string]*Scheme{
		"pumps":  MustCompile("SN{YY}{MM}{index:5}{check}"),
		"any":    MustCompile("{index:12 alnum}"),
		"motors": MustCompile("M{line:1}{plant:Berlin=B,Austin=A}{YYMMDD}{index:3}"),
		"days": MustCompile(
			"M{line:1}{plant:Berlin=B,Austin=A}{YYMMDDhh}{station:1}" + "{index:1}"),
		"sealed":   scrambled,
		"unkeyed":  unkeyed,
		"lots":     MustCompile("L{index:5}{check over=lot,index}{given:lot}"),
		"weeks":    MustCompile("W{GGWW}{index:3}"),
		"minutes":  MustCompile("T{hhmm}{index:3}"),
		"years":    MustCompile("Y{YY}{index:3}"),
		"ordinals": MustCompile("O{YY}{DDD}{index:3}"),
	})
	set.Time = f.Time
	names := func(text string) (list []string) {
		for _, m := range set.Identify(text) {
			list = append(list, m.Name)
		}
		return list
	}
	require.Equal(t, []string{"pumps", "any"},
		names("SN2611000421"[:11]+mustCheck(t, "SN261100042")), "a check counts")
	require.Equal(t, []string{"any"}, names("SN26110004ZZ"), "a wrong check rejects")
	require.Empty(t, names("SN26110004"))
	require.Empty(t, names(""))

	m := set.Identify("M3B261122007")
	require.Equal(t, []string{"motors", "any"}, names("M3B261122007"))
	berlin := f.Time.Location()
	require.Equal(t, Match{
		Name: "motors", Scheme: m[0].Scheme, Index: 7, HasIndex: true,
		Fields: Fields{Line: "3", Plant: "Berlin",
			Time: time.Date(2026, 11, 22, 0, 0, 0, 0, berlin)},
		From:     time.Date(2026, 11, 22, 0, 0, 0, 0, berlin),
		Until:    time.Date(2026, 11, 23, 0, 0, 0, 0, berlin),
		evidence: m[0].evidence,
	}, m[0])
	require.Equal(t, Fields{}, m[1].Fields, "a reference time is not read from the serial")
	require.Zero(t, m[1].From)
	require.Zero(t, m[1].Until)

	for text, want := range map[string][2]time.Time{
		"W2653001": {time.Date(2026, 12, 28, 0, 0, 0, 0, berlin),
			time.Date(2027, 1, 4, 0, 0, 0, 0, berlin)},
		"T1405001": {time.Date(2026, 1, 1, 14, 5, 0, 0, berlin),
			time.Date(2027, 1, 1, 14, 5, 0, 0, berlin)},
		"Y25001": {time.Date(2025, 1, 1, 0, 0, 0, 0, berlin),
			time.Date(2026, 1, 1, 0, 0, 0, 0, berlin)},
		"O25365001": {time.Date(2025, 12, 31, 0, 0, 0, 0, berlin),
			time.Date(2026, 1, 1, 0, 0, 0, 0, berlin)},
		"M3B2611220971": {time.Date(2026, 11, 22, 9, 0, 0, 0, berlin),
			time.Date(2026, 11, 22, 10, 0, 0, 0, berlin)},
	} {
		if text == "W2653001" {
			set.Time = time.Date(2027, 6, 1, 0, 0, 0, 0, berlin)
		} else {
			set.Time = f.Time
		}
		m := set.Identify(text)
		require.NotEmpty(t, m, text)
		require.Equal(t, want, [2]time.Time{m[0].From, m[0].Until}, text)
		require.Equal(t, want[0], m[0].Fields.Time, text)
	}
	require.Equal(t, "7", set.Identify("M3B2611220971")[0].Fields.Values["station"])

	text, err := scrambled.Format(f, 421)
	require.NoError(t, err)
	m = set.Identify(text)
	require.Equal(t, []string{"sealed", "unkeyed"}, names(text), "equal evidence: by name")
	require.True(t, m[0].HasIndex)
	require.Equal(t, uint64(421), m[0].Index)
	require.Equal(t, f.Product, m[0].Fields.Product)
	require.False(t, m[1].HasIndex, "without keys")

	m = set.Identify("L00001Z")
	require.Len(t, m, 1, "its check needs the lot")
	require.Equal(t, uint64(1), m[0].Index)
}

// mustCheck returns the check character of a payload.
func mustCheck(t *testing.T, payload string) string {
	for _, c := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		if _, _, err := MustCompile("SN{YY}{MM}{index:5}{check}").Parse(Fields{},
			payload+string(c)); err == nil {
			return string(c)
		}
	}
	t.Fatal(payload)
	return ""
}

func TestIdentifyTakesTheTimeOfTheCall(t *testing.T) {
	set := NewSet(map[string]*Scheme{"a": MustCompile("{Y}{index:1}")})
	m := set.Identify("60")
	require.Len(t, m, 1)
	require.WithinRange(t, m[0].From, time.Now().AddDate(-10, 0, -2), time.Now().AddDate(0, 0, 2))
}

func TestContains(t *testing.T) {
	s := MustCompile("{line:1}{station:1}{index:4 " +
		"range=plant:Berlin=0-99,Austin=100-199}{given:lot}{check over=index,lot}")
	for field, want := range map[string]bool{"line": true, "station": true, "plant": true,
		"lot": false, "time": false, "product": false, "index": false} {
		require.Equal(t, want, s.Contains(field), field)
	}
	require.True(t, MustCompile("{YY}{index:4}").Contains("time"))
}

func FuzzIdentify(f *testing.F) {
	schemes := map[string]*Scheme{}
	for _, p := range presets {
		schemes[p.Name] = MustCompile(p.Pattern)
	}
	set := NewSet(schemes)
	for _, p := range published {
		f.Add(p.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range set.Identify(text) {
			require.NotNil(t, m.Scheme)
			require.Equal(t, m.Scheme.Contains("time"), !m.From.IsZero())
			require.Equal(t, m.From.IsZero(), m.Until.IsZero())
		}
	})
}
