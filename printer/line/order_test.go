package line

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

const orderJSON = `{
  "order": "MO-1",
  "code": "09506000134352",
  "product": "Introducer sheath 6F × 11 cm, hydrophilic",
  "units": 10,
  "made": "2026-11-20",
  "lot": "L2647A",
  "plant": "Lübeck",
  "line": "3",
  "shift": "2",
  "machine": "M7",
  "operator": "K. Brandt",
  "scheme": "{index:8 crockford scrambled}{check}",
  "template": "udi.json",
  "label": {
    "gtin": "09506000134352",
    "ref": "NS-6F-110",
    "expires": "2029-11-20",
    "maker": "Nordstern Medical GmbH",
    "address": "Hafenstraße 12, 23568 Lübeck, Germany"
  }
}`

// TestParseOrder reads what editors make of an order's file.
func TestParseOrder(t *testing.T) {
	t.Parallel()
	replaced := func(old, with string) string {
		require.Contains(t, orderJSON, old)
		return strings.Replace(orderJSON, old, with, 1)
	}
	for name, c := range map[string]struct{ text, problem, field string }{
		"as it is":        {text: orderJSON},
		"Windows":         {text: "\ufeff" + strings.ReplaceAll(orderJSON, "\n", "\r\n")},
		"Latin 1":         {strings.ReplaceAll(orderJSON, "ü", "\xfc"), "line 8, column 14: not UTF-8; save it as UTF-8", ""},
		"empty":           {" \n", "ends too early", ""},
		"not an object":   {"[]", "the order is a list, want an object in braces", ""},
		"cut":             {orderJSON[:100], "ends too early", ""},
		"two orders":      {orderJSON + orderJSON, "something follows the end of the order; remove it", ""},
		"a field twice":   {replaced(`"lot"`, `"lot": "x", "lot"`), `key "lot" is here twice`, ""},
		"a field renamed": {replaced(`"lot"`, `"LOT": "x", "lot"`), `unknown key "LOT"`, ""},
		"label twice":     {replaced(`"ref":`, `"ref": "a", "ref":`), `key "ref" is here twice`, ""},
		"unknown field":   {replaced(`"lot"`, `"lott"`), `line 7, column 3: unknown key "lott"; did you mean "lot"?`, ""},
		"units as text":   {replaced(`10`, `"10"`), `line 5, column 12: units: "units" is "10", want a number`, "units"},
		"half a unit":     {replaced(`10`, `1.5`), "is 1.5, want a whole number", "units"},
		"less than none":  {replaced(`10`, `-1`), "is -1, want 1 to", "units"},
		"no unit":         {replaced(`10`, `0`), "is 0, want 1 to", "units"},
		"most units":      {replaced(`10`, `1000000001`), "want 1 to 1e+09", "units"},
		"no comma":        {replaced(`10,`, `10`), "line 6, column 3: not JSON", ""},
		"a lot of 5":      {replaced(`"L2647A"`, `5`), `line 7, column 10: lot: "lot" is 5, want a string in quotes`, "lot"},
		"a list of facts": {replaced(`"label": {`, `"label": [], "labels": {`), `"label" is a list, want an object in braces`, "label"},
		"a fact of 5":     {replaced(`"NS-6F-110"`, `5`), `line 17, column 12: label: "ref" is 5, want a string in quotes`, "label"},
		"no id":           {replaced(`"MO-1"`, `""`), "line 2, column 12: order: is missing", "order"},
		"no code":         {replaced(`"code": "09506000134352",`, ``), "line: order: code: is missing", "code"},
		"no day":          {replaced(`"made": "2026-11-20",`, ``), "is missing", "made"},
		"no units":        {replaced(`"units": 10,`, ``), "units: is 0, want 1 to 1000000000", "units"},
		"13th month":      {replaced(`2026-11-20`, `2026-13-20`), `line 6, column 11: made: "2026-13-20" is not a day of the calendar, want YYYY-MM-DD`, "made"},
		"long day":        {replaced(`2026-11-20`, strings.Repeat("9", 1000)), `"` + strings.Repeat("9", 60) + `"…`, "made"},
		"its own field":   {replaced(`"ref"`, `"machine"`), "line 17, column 16: label.machine: is a field of the order itself", "label.machine"},
		"unknown warning": {replaced(`"lot"`, `"acknowledged": ["x"], "lot"`), `"x" is not a warning, want use-by-before-made or use-by-past`, "acknowledged"},
		"warnings of 5":   {replaced(`"lot"`, `"acknowledged": 5, "lot"`), `want a list`, "acknowledged"},
		"too long":        {strings.Repeat(" ", 1<<20) + orderJSON, "more than 1048576 bytes", ""},
		"just fits":       {text: strings.Repeat(" ", 1<<20-len(orderJSON)) + orderJSON},
	} {
		o, err := ParseOrder(strings.NewReader(c.text))
		if c.problem == "" {
			require.NoError(t, err, name)
			require.Equal(t, anOrder(), o, name)
			continue
		}
		wrong := requireOrderError(t, err, ErrOrder, c.field)
		require.ErrorContains(t, err, c.problem, name)
		require.True(t, strings.HasPrefix(err.Error(), "line: order"), "%v", err)

		_, err = ReadOrder(fstest.MapFS{"a/order.json": {Data: []byte(c.text)}}, "a/order.json")
		require.ErrorContains(t, err, "line: a/order.json", name)
		wrong.File = "a/order.json"
		require.Equal(t, wrong.Error(), err.Error(), name)
	}
}

func TestReadOrder(t *testing.T) {
	t.Parallel()
	o, err := ReadOrder(fstest.MapFS{"order.json": {Data: []byte(orderJSON)}}, "order.json")
	require.NoError(t, err)
	want := anOrder()
	want.File = "order.json"
	require.Equal(t, want, o)
	_, err = ReadOrder(os.DirFS("."), "nowhere.json")
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorIs(t, err, ErrOrder)
	require.ErrorContains(t, err, "nowhere.json")
	broken := errors.New("the disk is broken")
	_, err = ParseOrder(io.MultiReader(strings.NewReader("{"), iotest.ErrReader(broken)))
	require.ErrorIs(t, err, broken)
}

// TestMostUnits reads the largest order.
func TestMostUnits(t *testing.T) {
	t.Parallel()
	o, err := ParseOrder(strings.NewReader(strings.Replace(orderJSON, `10,`, `1000000000,`, 1)))
	require.NoError(t, err)
	require.EqualValues(t, 1_000_000_000, o.Units)
	o.Units++
	_, err = Check(t.Context(), Line{}, o)
	requireOrderError(t, err, ErrOrder, "units")
}

// TestErrorPlace points at the byte of a mistake.
func TestErrorPlace(t *testing.T) {
	t.Parallel()
	for _, value := range []string{`10`, `"2026-11-20"`, `"NS-6F-110"`} {
		text := strings.Replace(orderJSON, value, `[]`, 1)
		_, err := ParseOrder(strings.NewReader("\ufeff" + text))
		var wrong *OrderError
		require.ErrorAs(t, err, &wrong)
		require.Equal(t, strings.Index(text, "[]"), wrong.Pos, value)
		require.Positive(t, wrong.Line)
		require.Contains(t, wrong.Input, "[]", "the line of the file")
	}
	o := anOrder()
	o.Made = "x"
	_, err := Check(t.Context(), Line{}, o)
	wrong := requireOrderError(t, err, ErrOrder, "made")
	require.Zero(t, wrong.Line)
	require.Equal(t, "x", wrong.Input)
	require.Equal(t, `line: order: made: "x" is not a day of the calendar, want YYYY-MM-DD`, err.Error())
	o.File = "orders/1.json"
	_, err = Check(t.Context(), Line{}, o)
	require.Equal(t, `line: orders/1.json: made: "x" is not a day of the calendar, want YYYY-MM-DD`, err.Error())
}

func FuzzParseOrder(f *testing.F) {
	f.Add(orderJSON)
	f.Add(`{"order":"x","Order":"y"}`)
	f.Add(`{"label":{"a":{}}}`)
	f.Add(`[[[[`)
	f.Fuzz(func(t *testing.T, text string) {
		o, err := ParseOrder(strings.NewReader(text))
		if err != nil {
			var wrong *OrderError
			require.ErrorAs(t, err, &wrong)
			require.ErrorIs(t, err, ErrOrder)
			require.Less(t, len(err.Error()), 1000+len(text)/2)
			return
		}
		require.NotEmpty(t, o.Request())
		require.Positive(t, o.Units)
	})
}
