package readme

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCommands(t *testing.T) {
	text := "# x\n\n```console\n$ one -a\nprints\n\nthis\n$ two\n```\n\n```go\n$ no\n```\n\n```console\n$ three\n  3\n```\n"
	require.Equal(t, []Command{{"one -a", "prints\n\nthis\n"}, {"two", ""}, {"three", "  3\n"}}, Commands(text))
}

func TestBlank(t *testing.T) {
	require.Equal(t, "port …, … s\n", blank("port 1234, 5.6 s\n", []string{`\b\d{4}\b`, `\d+\.\d`}))
}
