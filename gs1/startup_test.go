package gs1_test

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestStartup starts this test program again and has the runtime trace what packages do before
// main: those of gs1 do nothing. The log has the time that the imports of gs1 take.
func TestStartup(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("counting covered statements has an init of its own")
	}
	program, err := os.Executable()
	require.NoError(t, err)
	list, err := exec.Command("go", "list", "-deps", "github.com/gonameplate/nameplate/gs1", "github.com/gonameplate/nameplate/gs1/digitallink").Output()
	if err != nil {
		t.Skip("no go command here: ", err)
	}
	deps := map[string]bool{}
	for dep := range strings.FieldsSeq(string(list)) {
		deps[dep] = true
	}
	require.True(t, deps["github.com/gonameplate/nameplate/internal/gs1syntax"])
	least := 1e9
	for range 5 { // the least of some: another process may have had the processor
		cmd := exec.Command(program, "-test.run=^$")
		cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
		trace, err := cmd.CombinedOutput()
		require.NoError(t, err)
		require.Contains(t, string(trace), "init runtime ")
		sum := 0.0
		for _, m := range regexp.MustCompile(`(?m)^init (\S+) @\S+ ms, (\S+) ms clock`).FindAllStringSubmatch(string(trace), -1) {
			require.False(t, deps[m[1]] && strings.Contains(m[1], "nameplate"), m[0])
			if deps[m[1]] && m[1] != "runtime" { // which every program has
				clock, err := strconv.ParseFloat(m[2], 64)
				require.NoError(t, err)
				sum += clock
			}
		}
		least = min(least, sum)
	}
	t.Logf("%.0f µs for what gs1 imports, nothing for gs1", least*1000)
}
