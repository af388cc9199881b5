package editdistance

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBetween(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "ab", 2},
		{"ab", "", 2},
		{"lot", "lot", 0},
		{"lto", "lot", 1}, // two neighbours swapped
		{"lo", "lot", 1},
		{"lott", "lot", 1},
		{"let", "lot", 1},
		{"abc", "xyz", 3},
		{"ab", "ba", 1},
		{"abcd", "badc", 2},
		{"ca", "abc", 3}, // 2 if a swapped pair could be edited again
		{"kitten", "sitting", 3},
		{"crokford", "crockford", 1},
	} {
		require.Equal(t, c.want, Between(c.a, c.b), "%q %q", c.a, c.b)
		require.Equal(t, c.want, Between(c.b, c.a), "%q %q", c.b, c.a)
	}
}
