package serial

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestTimesThatClocksSkip reads an hour that there was not.
func TestTimesThatClocksSkip(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, pattern := range []string{"{YYMMDDhhmm}{index:1}{zone:Europe/Berlin}",
		"{YYMMDDhhmm}{index:1}"} {
		s := MustCompile(pattern)
		context := Fields{Time: time.Date(2026, 11, 22, 0, 0, 0, 0, berlin)}
		for text, good := range map[string]bool{"26032901591": true, "26032902001": false,
			"26032902301": false, "26032903001": true, "26102502301": true} {
			f, i, err := s.Parse(context, text)
			if !good {
				require.ErrorIs(t, err, ErrDate, "%s %s", pattern, text)
				continue
			}
			require.NoError(t, err)
			again, err := s.Format(f, i)
			require.NoError(t, err)
			require.Equal(t, text, again)
		}
	}
}

// TestReferenceBefore1970 gives Parse a clock that was never set.
func TestReferenceBefore1970(t *testing.T) {
	for _, pattern := range []string{"{Y}{DDD}{index:1}", "{YYMMDD}{index:1}",
		"{GGWW}{index:1}{zone:Europe/Berlin}"} {
		s := MustCompile(pattern)
		text, err := s.Format(pageFields(t), 1)
		require.NoError(t, err)
		for _, at := range []time.Time{time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC),
			time.Date(2, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(-1<<62, 0)} {
			_, _, err := s.Parse(Fields{Time: at}, text)
			require.ErrorIs(t, err, ErrDate, "%s at %s", pattern, at)
		}
		_, _, err = s.Parse(Fields{Time: time.Unix(1<<62, 0)}, text)
		require.NoError(t, err)
	}
}

// TestFieldsThatRepeat reads serials that contain a field in two places.
func TestFieldsThatRepeat(t *testing.T) {
	for _, c := range []struct{ pattern, good, bad string }{
		{"{line:1}{index:2}{line:1}", "3003", "3004"},
		{"{station:1}{index:2}-{station:1}", "700-7", "700-8"},
		{"{plant:Berlin=B,Austin=A}{index:2}{plant:Berlin=1,Austin=2}", "B001", "B002"},
		{"{plant:Berlin=B,Austin=A}{index:2 range=plant:Berlin=0-9,Austin=10-19}", "B00", "A00"},
		{"{index:1 range=station:7=0-4,8=5-9}{index:2 range=station:7=0-9,8=10-19}", "000", "010"},
	} {
		s := MustCompile(c.pattern)
		f := pageFields(t)
		text, err := s.Format(f, 0)
		require.NoError(t, err)
		require.Equal(t, c.good, text)
		checkLaws(t, s, f, 0)
		_, _, err = s.Parse(Fields{}, c.bad)
		require.ErrorIs(t, err, ErrCharacter, c.pattern)
		require.ErrorContains(t, err, "as before")
	}
	_, err := Compile("{line:1}{line:2 pad=0}{index:2}")
	require.ErrorContains(t, err, "there twice")
	checkLaws(t, MustCompile("{line:2 pad=0}{line:2 pad=0}{index:2}"), pageFields(t), 0)
}

// TestParseInto parses in place, without a map of its own.
func TestParseInto(t *testing.T) {
	s := compileKeyed(t, "{key}{station:1}{index:7 clear scrambled}{check:mod1271-36}")
	f := pageFields(t)
	text, err := s.Format(f, 41)
	require.NoError(t, err)
	want, index, err := s.Parse(Fields{Product: f.Product}, text)
	require.NoError(t, err)
	into := Fields{Product: f.Product}
	got, err := s.ParseInto(&into, text)
	require.NoError(t, err)
	require.Equal(t, index, got)
	require.Equal(t, want, into)
	require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = s.ParseInto(&into, text) }))

	before := Fields{Product: f.Product, Line: "9"}
	bad := before
	_, err = MustCompile("{line:1}{index:3}{check}").ParseInto(&bad, "30000")
	require.ErrorIs(t, err, ErrCheck)
	require.Equal(t, before, bad)

	context := Fields{Product: f.Product, Values: map[string]string{"station": "1"}}
	_, _, err = s.Parse(context, text)
	require.NoError(t, err)
	require.Equal(t, "1", context.Values["station"], "Parse leaves the caller's map alone")
}
