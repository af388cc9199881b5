package errtext

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWrapNamesOnePackage(t *testing.T) {
	inner := errors.New("label: text \"a: b\": too wide")
	err := Wrap("zpl: element 1", inner)
	require.EqualError(t, err, `zpl: element 1: text "a: b": too wide`)
	require.ErrorIs(t, err, inner)
	require.Equal(t, "disk: full", Inner(errors.New("disk: full")))
	require.Equal(t, "label", Inner(errors.New("label")))
}

func TestQuoteShortens(t *testing.T) {
	require.Equal(t, `"a\n"`, Quote("a\n"))
	require.Equal(t, `"`+strings.Repeat("x", 60)+`"`, Quote(strings.Repeat("x", 60)))
	require.Equal(t, `"`+strings.Repeat("x", 60)+`"…`, Quote(strings.Repeat("x", 61)))
	require.Equal(t, `"`+strings.Repeat("x", 59)+`"…`, Quote(strings.Repeat("x", 59)+"ä"), "whole characters")
}
