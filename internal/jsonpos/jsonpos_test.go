package jsonpos

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDidYouMean(t *testing.T) {
	names := []string{"lot", "made"}
	require.Equal(t, `did you mean "lot"?`, DidYouMean("lto", names, ""))
	require.Equal(t, "known are lot, made", DidYouMean("serial", names, ""))
	require.Equal(t, "remove it", DidYouMean("serial", nil, "remove it"))
}
