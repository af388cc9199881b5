package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func try(t *testing.T, in string, args ...string) (int, string, string) {
	var out, errs bytes.Buffer
	code := run(append([]string{"-time", "2026-11-22T14:05:00+01:00"}, args...),
		strings.NewReader(in), &out, &errs)
	return code, out.String(), errs.String()
}

func TestFromFlags(t *testing.T) {
	code, out, errs := try(t, "", "-pattern", "SN{YY}{MM}{index:5}{check}")
	require.Zero(t, code, errs)
	for _, want := range []string{"length    12 characters", "capacity  100000 ", "SN261100000L",
		"one character wrong        0.00 %"} {
		require.Contains(t, out, want)
	}
	code, out, _ = try(t, "", "-preset", "udi", "-issued", "1000")
	require.Zero(t, code)
	require.Contains(t, out, "hits one in 1099511628 when 1000 are issued")
	_, out, _ = try(t, "", "-preset", "list")
	require.Contains(t, out, "iso6346")
	_, out, _ = try(t, "", "-pattern", "SN{YY}{MM}{index:5}{check}", "-read", "SN26110O000L")
	require.Contains(t, out, "did you mean SN261100000L? (characters that look alike, at "+
		"character 8)")
	_, out, _ = try(t, "", "-pattern", "SN{YY}{MM}{index:5}{check}", "-read", "SN261100000L")
	require.Contains(t, out, "index 0, made 2026-11-01")
}

func TestBadInputEndsInALineOrAMark(t *testing.T) {
	for _, args := range [][]string{
		{"-pattern", "SN{indx:5}"}, {"-preset", "nothing"}, {"-time", "yesterday"},
	} {
		code, out, errs := try(t, "", args...)
		require.Equal(t, 1, code)
		require.Empty(t, out)
		require.LessOrEqual(t, strings.Count(errs, "\n"), 3, errs)
	}
}

func TestMissingFieldNamesTheFlag(t *testing.T) {
	_, _, errs := try(t, "", "-pattern", "{station:1}{index:4}")
	require.Contains(t, errs, "missing; give fields as -set name=value\n")
}

func TestInteractive(t *testing.T) {
	code, out, _ := try(t, "?X\nSN{station:1}{index:4}{check}\nstation=7\nSN{station:1}{index:4}{check}\n? SN70001\nnonsense\n\nSN{index:1}\n")
	require.Zero(t, code)
	require.NotContains(t, out, "-set")
	for _, want := range []string{"want a pattern first", "field station",
		"missing; give fields as name=value\n", "capacity  10000 ", "wrong length", "no {index}"} {
		require.Contains(t, out, want)
	}
	require.NotContains(t, out, "capacity  10 ", "an empty line ends")
}

func TestErrorsPoint(t *testing.T) {
	_, _, errs := try(t, "", "-pattern", "SN{YY}{index:5 crokford}{check}")
	require.Contains(t, errs, "  SN{YY}{index:5 crokford}{check}\n                 ^^^^^^^^\n")
	require.Contains(t, errs, "did you mean crockford?")
	_, out, _ := try(t, "SN{YY}{MM}{index:5}{check}\nissued=10\n? SN261l00000L\n? "+
		"SN2611000413\nline=9\n{line:1}{index:3}\nudi\npresets\nhelp\nquit\n{index:1}\n")
	for _, want := range []string{"       ^\n", "did you mean SN261100000L? (characters",
		"want less than the 10 that were issued", "9000\n", "GS1",
		"{index:8 crockford scrambled group=4}", "iso6346", "issued=2000000"} {
		require.Contains(t, out, want)
	}
	require.NotContains(t, out, "capacity  10 in")
}
