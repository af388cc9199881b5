package serial

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/internal/pattern"
)

// TestDiagnose makes each kind of mistake on schemes with and without a check, and on presets.
func TestDiagnose(t *testing.T) {
	at := Fields{Time: time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC), Product: "09506000134352"}
	const dated, plain = "SN{YYMMDD}{line:1}{index:5 crockford}{check}", "SN{YYMMDD}-{index:4 hex}"
	for _, c := range []struct {
		pattern, typed string
		issued         uint64
		kind           error
		pos            int
		mistake        Mistake
		meant          string // among the suggestions; first if first is set
		first          bool
	}{
		{dated, "SN2611223000I9", 100, ErrCharacter, 12, 0, "", false}, // below: by the check
		{"SN{index:6 crockford}{check}", "SN3NQKBN5", 0, ErrCheck, 8, MistakeLookalike, "SN3NQK8N5",
			true},
		{"SN{index:6 crockford}{check}", "SN3NOK8N5", 0, ErrCharacter, 4, MistakeLookalike,
			"SN3NQK8N5", true},
		{"SN{index:6 crockford}{check}", "SN3QNK8N5", 0, ErrCheck, 8, MistakeSwap, "SN3NQK8N5",
			true},
		{"SN{index:6 crockford}{check}", "SN3NQK8W5", 200_000_000, ErrCheck, 8, MistakeWrong,
			"SN3NQK8N5", false},
		{"SN{index:6 crockford}{check}", "SN3NQKN5", 200_000_000, ErrLength, 8, MistakeMissing,
			"SN3NQK8N5", false},
		{"SN{index:6 crockford}{check}", "SN3NQK88N5", 0, ErrLength, 9, MistakeExtra, "SN3NQK8N5",
			true},
		{"SN{index:6 crockford}{check}", "sn 3nq-k8n5", 0, ErrCharacter, 0, MistakeFormatting,
			"SN3NQK8N5", true},
		{"SN{index:6 crockford}{check}", "SN3NQK8N5", 1000, ErrIndex, 0, 0, "", false},
		// Without a check only what can't be a serial is noticed.
		{plain, "SN261122-O01F", 100, ErrCharacter, 9, MistakeLookalike, "SN261122-001F", true},
		{plain, "SN261122-00F1", 100, ErrIndex, 0, MistakeSwap, "SN261122-001F", true},
		// not December: that is to come
		{plain, "SN262122-001F", 100, ErrDate, 4, MistakeWrong, "SN261122-001F", false},
		{plain, "SN261131-001F", 100, ErrDate, 2, MistakeSwap, "SN261113-001F", false},
		{plain, "SN261122001F", 100, ErrCharacter, 8, MistakeMissing, "SN261122-001F", true},
		{plain, "SN261122-0064", 100, ErrIndex, 0, 0, "", false},
		// Presets.
		{"imei", "490154203273518", 0, ErrCheck, 14, MistakeSwap, "490154203237518", false},
		{"imei", "49O154203237518", 0, ErrCharacter, 2, MistakeLookalike, "490154203237518", true},
		{"iso6346", "CSQU3504383", 0, ErrCheck, 10, MistakeSwap, "CSQU3054383", false},
		{"iso6346", "CSOU3054383", 0, ErrCheck, 10, MistakeLookalike, "CSQU3054383", true},
		{"iso6346", "TASU1170000", 0, ErrIndex, 4, 0, "", false},
		{"vin", "1M8GDM9AXKPO42788", 0, ErrCharacter, 11, MistakeLookalike, "1M8GDM9AXKP042788",
			true},
		{"vin", "1M8GDM9AXKP024788", 0, ErrCheck, 8, MistakeSwap, "1M8GDM9AXKP042788", false},
		{"isbt128-din", "G123498564321H", 0, ErrCheck, 13, MistakeSwap, "G123498654321H", true},
		{"imo", "IMO9074792", 0, ErrCheck, 9, MistakeSwap, "IMO9074729", true},
		{"ifa-ppn", "110375826414", 0, ErrCheck, 10, MistakeSwap, "110375286414", true},
		{"hibc-primary", "+A123BJC5D6E7lG", 0, ErrCharacter, 13, MistakeFormatting, "", false},
	} {
		var s *Scheme
		if strings.Contains(c.pattern, "{") {
			s = MustCompile(c.pattern)
		} else {
			s = preset(t, c.pattern)
		}
		d := s.Diagnose(at, c.typed, c.issued)
		require.NotNil(t, d, "%s %s", s, c.typed)
		require.ErrorIs(t, d, c.kind, "%s %s: %v", s, c.typed, d)
		require.Equal(t, c.pos, d.Err.Pos, "%s %s: %v", s, c.typed, d)
		if c.meant == "" {
			continue
		}
		found := false
		for i, x := range d.Suggestions {
			if x.Serial == c.meant {
				found = true
				require.Equal(t, c.mistake, x.Mistake, "%s: %v", c.typed, d)
				require.True(t, i == 0 || !c.first, "%s for %s: %v", c.typed, c.meant,
					d.Suggestions)
			}
			require.Nil(t, s.Diagnose(at, x.Serial, c.issued))
			if i > 0 {
				require.GreaterOrEqual(t, x.Mistake, d.Suggestions[i-1].Mistake, "ranked: %v",
					d.Suggestions)
			}
		}
		require.True(t, found, "%s for %s: %v, suggested %v", c.typed, c.meant, d, d.Suggestions)
		require.Contains(t, d.Error(), "did you mean")
	}
	require.ErrorIs(t, MustCompile("{index:8 scrambled}").Diagnose(at, "00000000", 0), ErrKey)
	require.Nil(t, MustCompile(plain).Diagnose(at, "SN261122-001F", 0))
}

// FuzzDiagnose gives texts of all kinds to whatever reads people's: nothing panics, and what is
// suggested is a serial.
func FuzzDiagnose(f *testing.F) {
	for _, p := range append(fuzzPatterns, "CSQU{index:6}{check:iso6346 skip}",
		"{index:7}{check:pzn}", "S{-}{index:6 group=3}{/}{check}") {
		f.Add(p, "SN-26O122 300000Z", uint64(500))
	}
	f.Fuzz(func(t *testing.T, source, typed string, issued uint64) {
		s, err := Compile(source)
		if err != nil || len(typed) > 60 {
			return
		}
		if keyed, err := s.WithKeys(pageKeys(t)); err == nil {
			s = keyed
		}
		fields := pageFields(t)
		for _, name := range s.pattern.Given {
			if pattern.BuiltinOf(name) == pattern.Custom {
				fields.Values[name] = "X"
			}
		}
		if d := s.Diagnose(fields, typed, issued); d != nil {
			require.NotEmpty(t, d.Error())
			require.LessOrEqual(t, d.Err.Pos+d.Err.Len, len(d.Err.Input))
			for _, x := range d.Suggestions {
				require.Nil(t, s.Diagnose(fields, x.Serial, issued), "%q suggests %q", typed,
					x.Serial)
			}
		}
		if shown, err := s.Display(typed); err == nil && len(s.pattern.Marks) == 0 {
			require.Equal(t, typed, shown)
		}
		times, err := s.Times(fields, typed)
		if err == nil {
			n := 0
			for range times {
				if n++; n == 3 {
					break
				}
			}
		}
	})
}

// FuzzOverlap holds that two schemes between which Overlap finds nothing read none of each
// other's serials.
func FuzzOverlap(f *testing.F) {
	for i, p := range fuzzPatterns {
		f.Add(p, fuzzPatterns[(i+1)%len(fuzzPatterns)], uint64(i))
	}
	f.Fuzz(func(t *testing.T, p, q string, index uint64) {
		a, err := Compile(p)
		if err != nil {
			return
		}
		b, err := Compile(q)
		if err != nil {
			return
		}
		text, found := a.Overlap(b)
		_, back := b.Overlap(a)
		require.Equal(t, found, back)
		if found {
			least, most := a.Len()
			require.True(t, least <= len(text) && len(text) <= most)
			return
		}
		if keyed, err := a.WithKeys(pageKeys(t)); err == nil {
			a = keyed
		}
		if keyed, err := b.WithKeys(pageKeys(t)); err == nil {
			b = keyed
		}
		if serial, err := a.Format(pageFields(t), index%a.Capacity()); err == nil {
			_, _, err := b.Parse(pageFields(t), serial)
			require.Error(t, err, "%s is read by %s", serial, b)
		}
	})
}
