package zpl_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/zpl"
)

// What each parameter of a command may be: the command with the parameter as %d, the least and the
// greatest number that is accepted.
var ranges = []struct {
	command   string
	low, high int
}{
	{"^FO%d,0^FDa", 0, 32000}, {"^FO0,%d^FDa", 0, 32000}, {"^FO0,0,%d^FDa", 0, 0},
	{"^FT%d,0^FDa", 0, 32000}, {"^FT0,%d^FDa", 0, 32000},
	{"^A0N,%d,30^FDa", 10, 32000}, {"^A0N,30,%d^FDa", 0, 32000}, {"^ADN,%d,30^FDa", 0, 32000},
	{"^FB%d^FDa", 1, 32000}, {"^FB9,%d^FDa", 1, 9999}, {"^FB9,1,%d^FDa", -9999, 9999},
	{"^FB9,1,0,L,%d^FDa", 0, 9999},
	{"^BCN,%d^FDa", 1, 32000},
	{"^BXN,%d,200^FDa", 1, 1000}, {"^BXN,4,%d^FDa", 200, 200}, {"^BXN,4,200,%d^FDa", 0, 144},
	{"^BXN,4,200,0,%d^FDa", 0, 144}, {"^BXN,4,200,0,0,%d^FDa", 0, 6},
	{"^BXN,4,200,0,0,6,_,%d^FDa", 1, 2},
	{"^BQN,%d,5^FDMA,a", 2, 2}, {"^BQN,2,%d^FDMA,a", 1, 100}, {"^BQN,2,5,Q,%d^FDMA,a", 0, 7},
	{"^GB%d,9", 0, 32000}, {"^GB9,%d", 0, 32000}, {"^GB9,9,%d", 1, 32000},
	{"^GB9,9,1,B,%d", 0, 8},
	{"^FS^PW%d^FO0,0^FDa", 2, 32000}, {"^FS^LL%d^FO0,0^FDa", 1, 32000},
	{"^FS^LH%d,0^FO0,0^FDa", 0, 32000}, {"^FS^LH0,%d^FO0,0^FDa", 0, 32000},
	{"^FS^MNY,%d^FO0,0^FDa", -566, 1180}, {"^FS~SD%d^FO0,0^FDa", 0, 30},
	{"^FS^BY%d^FO0,0^FDa", 1, 100}, {"^FS^BY2,3,%d^FO0,0^FDa", 1, 32000},
	{"^FS^CF0,%d^FO0,0^FDa", 0, 32000}, {"^FS^FWN,%d^FO0,0^FDa", 0, 0},
	{"^FS^LS%d^FO0,0^FDa", 0, 0}, {"^FS^LT%d^FO0,0^FDa", 0, 0}, {"^FS~TA%d^FO0,0^FDa", -120, 120},
	{"^FS^PQ%d^FO0,0^FDa", 1, 99999999}, {"^FS^PQ1,%d^FO0,0^FDa", 0, 0},
	{"^FS^PQ1,0,%d^FO0,0^FDa", 0, 1},
}

func TestNumbersHaveRanges(t *testing.T) {
	try := func(command string, n int) error {
		_, err := zpl.Pages(strings.NewReader("^XA" + fmt.Sprintf(command, n) + "^FS^XZ"))
		return err
	}
	for _, r := range ranges {
		require.NoError(t, try(r.command, r.low), "%s with %d", r.command, r.low)
		require.NoError(t, try(r.command, r.high), "%s with %d", r.command, r.high)
		for _, n := range []int{r.low - 1, r.high + 1} {
			err := try(r.command, n)
			var e *zpl.Error
			require.ErrorAs(t, err, &e, "%s with %d", r.command, n)
			ok := errors.Is(err, zpl.ErrParameter) || errors.Is(err, zpl.ErrUnsupported)
			require.True(t, ok, "%s with %d: %v", r.command, n, err)
		}
	}
}

// What each letter may be, and how many parameters a command has.
func TestLettersAndCounts(t *testing.T) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for command, want := range map[string]string{
		"^A0%c,20^FDa": "BINR", "^BC%c^FDa": "BINR", "^BX%c,4,200^FDa": "BINR",
		"^BQ%c,2,4^FDMA,a": "BINR",
		"^BCN,9,%c^FDa":    "NY", "^BCN,9,N,%c^FDa": "NY", "^BCN,9,N,N,%c^FDa": "N",
		"^BCN,9,N,N,N,%c^FDa": "N", "^BQN,2,4,%c^FDMA,a": "HLMQ", "^FB9,1,0,%c^FDa": "CJLR",
		"^GB9,9,1,%c": "BW", "^PO%c": "IN", "^JZ%c": "NY", "^MM%c": "ACDFKLPRTU", "^MMT,%c": "NY",
		"^MN%c": "AMNVWY", "^MT%c": "DT", "^MU%c": "D", "^PM%c": "N", "^LR%c": "N", "^JM%c": "A",
		"~JS%c": "ABNO", "^FW%c": "BINR", "^PR%c": "ABCDE", "^PR1,%c": "ABCDE", "^PQ1,0,1,%c": "NY",
		"^PQ1,0,1,N,%c": "NY", "^CF%c": "ABCDEFGHPQRSTUV",
	} {
		accepted := ""
		for _, c := range letters {
			in := "^XA" + fmt.Sprintf(command, c) + "^FS^XZ"
			if _, err := zpl.Pages(strings.NewReader(in)); err == nil {
				accepted += string(c)
			}
		}
		require.Equal(t, want, accepted, command)
	}
	for command, most := range map[string]int{
		"^FO0,0": 3, "^FT0,0": 3, "^A0N,20": 3, "^FB9": 5, "^BCN": 6, "^BXN,4,200": 8,
		"^BQN,2,4": 5,
		"^GB9":     5, "^PW9": 1, "^LL9": 1, "^LH0": 2, "^PON": 1, "^JZN": 1, "^MMT": 2, "^MNN": 2,
		"^MTD": 1,
		"^PR1": 3, "~SD1": 1, "^CI0": 1, "^BY2": 3, "^CFA": 3, "^FWN": 2, "^MUD": 1, "^LS0": 1,
		"^LT0": 1,
		"^PMN": 1, "^LRN": 1, "^JMA": 1, "~TA0": 1, "~JSN": 1, "^PQ1": 5,
	} {
		n := 1 + strings.Count(command, ",")
		full := command + strings.Repeat(",", most-n)
		err := interpret(full)
		require.NoError(t, err, full)
		err = interpret(full + ",1")
		require.ErrorIs(t, err, zpl.ErrParameter, full+",1")
		require.ErrorContains(t, err, fmt.Sprintf(`parameter %d is "1", want at most %d`, most+1,
			most))
	}
}

// interpret returns the error about a command's parameters.
func interpret(command string) error {
	_, err := zpl.Pages(strings.NewReader("^XA" + command + "^FS^XZ"))
	if errors.Is(err, zpl.ErrData) { // a symbol without data
		return nil
	}
	return err
}

func TestDefaults(t *testing.T) {
	f := page(t,
		"^XA^FO1,2^BCN^FDa^FS^FO1,2^GB^FS^FO1,2^FDa^FS^FO1,2^A0^CF0,40^FDa^FS^FO1,2^AD^FDa^FS"+
			"^FO1,2^AD,36^FDa^FS^FO1,2^AD,,20^FDa^FS^FO1,2^A0,,20^FDa^FS^FO1,2^A0,20^FDa^FS^XZ").Fields
	require.Equal(t, zpl.SymbolSpec{Module: 2, Height: 10, HRI: true}, zpl.SymbolSpec{
		Module: f[0].Symbol.Module, Height: f[0].Symbol.Height, HRI: f[0].Symbol.HRI,
		HRIAbove: f[0].Symbol.HRIAbove,
	})
	require.Equal(t, zpl.BoxSpec{Width: 1, Height: 1, Thickness: 1}, *f[1].Box)
	require.Equal(t, zpl.Font{Name: 'A', Height: 9, Width: 5}, f[2].Font)
	require.Equal(t, zpl.Font{Name: '0', Height: 15, Width: 12}, f[3].Font)
	require.Equal(t, zpl.Font{Name: 'D', Height: 18, Width: 10}, f[4].Font)
	require.Equal(t, zpl.Font{Name: 'D', Height: 36, Width: 20}, f[5].Font)
	require.Equal(t, zpl.Font{Name: 'D', Height: 36, Width: 20}, f[6].Font)
	require.Equal(t, zpl.Font{Name: '0', Height: 20, Width: 20}, f[7].Font)
	require.Equal(t, zpl.Font{Name: '0', Height: 20, Width: 20}, f[8].Font)
	for i := range f {
		require.Equal(t, byte('N'), f[i].Orientation)
	}
	p := page(t, "^XA^FO0,0^FDa^FS^XZ")
	require.Equal(t, zpl.Settings{Reprint: true, Mode: 'T', Tracking: 'Y', Media: 'T'},
		p.Settings.Public())
	require.Equal(t, 1, p.Quantity)
	p = page(t, "^XA^JZ^MM^MN^MT^PO^FWR^BY3,2,40^PR2^CFD,18^FO0,0^FDa^FS^FO0,0^BC^FDa^FS^XZ")
	require.Equal(t, zpl.Settings{Reprint: true, Mode: 'T', Tracking: 'Y', Media: 'T', Speed: "2"},
		p.Settings.Public())
	require.Equal(t, byte('R'), p.Fields[0].Orientation)
	require.Equal(t, zpl.Font{Name: 'D', Height: 18, Width: 10}, p.Fields[0].Font)
	require.Equal(t, []int{3, 40}, []int{p.Fields[1].Symbol.Module, p.Fields[1].Symbol.Height})
}

func TestVariables(t *testing.T) {
	for in, want := range map[string]string{
		`getvar "a.b"`: "getvar a.b ", `GETVAR "a"`: "getvar a ",
		`setvar "a" "b c"`:     "setvar a b c",
		`do "device.reset" ""`: "do device.reset ", `getvar`: "ErrSyntax",
		`getvar "a" "b"`: "ErrSyntax",
		`setvar "a"`:     "ErrSyntax", `do "a"`: "ErrSyntax", `setvar "a" "b" "c"`: "ErrSyntax",
		`setvar "a" b`: "ErrSyntax", `setvar "a" "b`: "ErrSyntax", `frob "a"`: "ErrUnsupported",
		`"a"`: "ErrUnsupported",
	} {
		var c calls
		err := zpl.Interpret(strings.NewReader("! U1 "+in+"\r\n"), &c)
		switch want {
		case "ErrSyntax":
			require.ErrorIs(t, err, zpl.ErrSyntax, in)
		case "ErrUnsupported":
			require.ErrorIs(t, err, zpl.ErrUnsupported, in)
		default:
			require.NoError(t, err, in)
			require.Equal(t, calls{want}, c)
		}
	}
}

// Limits of a reader are exact, and hold for what is read after them.
func TestReaderLimitsAreExact(t *testing.T) {
	read := func(in string, change func(*zpl.Reader)) (n int, err error) {
		r := zpl.NewReader(strings.NewReader(in))
		change(r)
		for ; err == nil; n++ {
			_, err = r.Next()
		}
		return n - 1, err
	}
	parameters := func(n int) func(*zpl.Reader) {
		return func(r *zpl.Reader) { r.MaxParameters = n }
	}
	format := func(n int) func(*zpl.Reader) { return func(r *zpl.Reader) { r.MaxFormat = n } }
	for _, c := range []struct {
		name, in string
		change   func(*zpl.Reader)
		commands int
		ok       bool
	}{
		{"parameters", "^XA^FDabcdef^FS^XZ", parameters(6), 4, true},
		{"parameters", "^XA^FDabcdefg^FS^XZ", parameters(6), 1, false},
		{"default parameters", "^XA^FD" + strings.Repeat("x", 16<<10) + "^FS^XZ", parameters(0), 4,
			true},
		{"default parameters", "^XA^FD" + strings.Repeat("x", 16<<10+1) + "^FS^XZ", parameters(0),
			1, false},
		{"format", "^XA^FDabcdef^FS^XZ", format(12), 4, true},
		{"format", "^XA^FDabcdefg^FS^XZ", format(12), 1, false},
		{"default format", "^XA^GFA," + strings.Repeat("0", 8<<20-8) + "^FS^XZ", format(0), 4,
			true},
		{"default format", "^XA^GFA," + strings.Repeat("0", 8<<20-7) + "^FS^XZ", format(0), 1,
			false},
		{"graphic", "^GFA,1,1,1," + strings.Repeat("0", 32) + "~HS", format(40), 2, true},
		{"graphic", "^GFA,1,1,1," + strings.Repeat("0", 33) + "~HS", format(40), 0, false},
		{"binary", "^GFB,30,1,1," + strings.Repeat("0", 30) + "~HS", format(30), 2, true},
		{"binary", "^GFB,31,1,1," + strings.Repeat("0", 31) + "~HS", format(30), 0, false},
		{"line", "! U1 getvar \"a\"\n", parameters(14), 1, true},
		{"line", "! U1 getvar \"ab\"\n", parameters(14), 0, false},
	} {
		n, err := read(c.in, c.change)
		if c.ok {
			require.EqualError(t, err, "EOF", c.name)
		} else {
			require.ErrorIs(t, err, zpl.ErrTooLong, c.name)
		}
		require.Equal(t, c.commands, n, c.name)
	}
	for _, in := range []string{"! U1 getvar \"a\"", "^XA", "^X", "^XA^FD", "^GFB,5,5,1,ab", "~",
		"^XA^FO1,1"} {
		_, err := read(in, parameters(0))
		require.ErrorIs(t, err, zpl.ErrTruncated, in)
	}
}

func TestJXLeavesThePage(t *testing.T) {
	for _, cancel := range []string{"~JX", "~JA"} {
		var c calls
		r := zpl.NewReader(strings.NewReader("^XA^FO0,0^FD1^FS" + cancel + "^XA^FO0,0^FD2^FS^XZ"))
		in := zpl.NewInterpreter(&c)
		for {
			cmd, err := r.Next()
			if err != nil && !errors.Is(err, zpl.ErrSyntax) {
				break
			}
			if err == nil {
				_ = in.Do(cmd)
			}
		}
		for _, call := range c {
			require.NotContains(t, call, "print 1", cancel)
		}
		require.Contains(t, c, cancel)
	}
	// a canceled format is left: what follows is outside one
	var c calls
	in := zpl.NewInterpreter(&c)
	r := zpl.NewReader(strings.NewReader("^XA^FO0,0^FD1^FS~JX^FO1,1^FD2^FS^XZ"))
	var last error
	for range 6 {
		cmd, err := r.Next()
		require.NoError(t, err)
		last = in.Do(cmd)
	}
	require.ErrorIs(t, last, zpl.ErrSyntax)
	require.ErrorContains(t, last, "outside a format")
}
