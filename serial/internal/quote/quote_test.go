package quote

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestText(t *testing.T) {
	require.Equal(t, `"a\x1db"`, Text("a\x1db"))
	sixty := strings.Repeat("x", 60)
	require.Equal(t, `"`+sixty+`"`, Text(sixty))
	require.Equal(t, `"`+sixty+`…"`, Text(sixty+"y"))
}

func TestCount(t *testing.T) {
	require.Equal(t, "0 characters", Count(0, "character"))
	require.Equal(t, "1 character", Count(1, "character"))
	require.Equal(t, "2 characters", Count(2, "character"))
}
