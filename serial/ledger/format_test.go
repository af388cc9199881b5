package ledger

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFormatOfBodies holds FORMAT.md to the bodies of records.
func TestFormatOfBodies(t *testing.T) {
	text, err := os.ReadFile("FORMAT.md")
	require.NoError(t, err)
	for kind, body := range map[string]any{
		"epoch": epochBody{}, "product": productBody{}, "block": blockBody{}, "burn": span{}, "mark": markBody{},
		"event": eventBody{},
	} {
		_, section, ok := strings.Cut(string(text), "\n### "+kind+"\n")
		require.True(t, ok, kind)
		section = regexp.MustCompile(`(?m)^#`).Split(section, 2)[0]
		var documented []string
		for _, row := range regexp.MustCompile("(?m)^\\| (`.*?) \\|").FindAllStringSubmatch(section, -1) {
			for _, name := range regexp.MustCompile("`([a-z_]+\\??)`").FindAllStringSubmatch(row[1], -1) {
				documented = append(documented, name[1])
			}
		}
		require.Equal(t, fields(reflect.TypeOf(body)), documented, kind)
	}
}

// fields returns the names that a type has in JSON, with a question mark if they may be left out.
func fields(typ reflect.Type) (names []string) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous:
			names = append(names, fields(f.Type)...)
		case options == "omitempty":
			names = append(names, name+"?")
		default:
			names = append(names, fmt.Sprint(name))
		}
	}
	return names
}
