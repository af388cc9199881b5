package scan

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzRead checks that results are consistent: the text is there, repairs are within the scan, GS1
// data are valid, and what is read without doubt is read again from the repaired text.
func FuzzRead(f *testing.F) {
	for _, c := range cases {
		f.Add(c.scan, "")
		f.Add(c.scan, "de")
	}
	f.Fuzz(func(t *testing.T, s, keyboard string) {
		r := Reader{Now: testNow, Keyboard: keyboard}
		a, err := r.Read(s)
		if err != nil {
			require.Equal(t, Result{Text: s}, a)
			return
		}
		require.NotEmpty(t, a.Kind.String())
		for _, repair := range a.Repairs {
			require.True(t, repair.Pos >= 0 && repair.Len >= 0 && repair.Pos+repair.Len <= len(s))
		}
		if a.Kind == GS1 || a.Kind == Link {
			require.NoError(t, a.Message.Validate(), "%q", s)
		}
		if len(a.Doubts) > 0 || keyboard != "" || strings.Contains(a.Symbology, "]d8") {
			return
		}
		again, err := Reader{Now: testNow}.Read(a.Symbology + a.Text)
		if err == nil && len(again.Doubts) == 0 && again.Kind == a.Kind {
			require.Equal(t, a.Message, again.Message, "%q", s)
			require.Equal(t, a.Serial, again.Serial, "%q", s)
		}
	})
}
