package line

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/zpl"
)

// TestHostileData has every text of an order try to be a command. Each label is still one page
// with the same fields, and they contain the data. TestBadOrders has what is rejected.
func TestHostileData(t *testing.T) {
	t.Parallel()
	plain := hostile(t, func(*Order, map[string]any) {})
	require.Len(t, plain, 2)
	for name, c := range map[string]struct {
		change edit
		text   string // on each page
		times  int    // how often; 0 means once
	}{
		"a format":          {product("^XA^FDx^FS^XZ"), "^XA^FDx^FS^XZ", 0},
		"a reset":           {product("~JA~JR"), "~JA~JR", 0},
		"escapes":           {product(`\\_1_5E\&_7E`), `\\_1_5E\&_7E`, 0},
		"backslashes":       {labelField("ref", `\_1\1\\`), `\_1\1\\`, 0},
		"a lot of specials": {lot("L(1)%>8_1&/"), "L(1)%>8_1&/", 3},
		"a serial of signs": {scheme(`>8(%_1{index:3}`), ">8(%_1000", 3},
		"a field's command": {labelField("maker", "^CC!~CT#"), "^CC!~CT#", 0},
	} {
		t.Run(name, func(t *testing.T) {
			pages := hostile(t, c.change)
			require.Len(t, pages, 2)
			for i, p := range pages {
				require.Equal(t, plain[i].Settings, p.Settings, "no command of the data has set anything")
			}
			require.Equal(t, max(1, c.times), strings.Count(wording(pages[0]), c.text),
				"as text, and as interpretation and symbol where it is encoded")
		})
	}
}

// wording joins the data of a page's fields.
func wording(page zpl.Page) string {
	var b strings.Builder
	for _, f := range page.Fields {
		b.WriteString(f.Data)
	}
	return b.String()
}

// hostile carries out a changed order of two units and returns the pages of its ZPL, which are
// those on paper.
func hostile(t *testing.T, change edit) []zpl.Page {
	t.Helper()
	b := newBench(t, fast)
	o, template := edited(t, change)
	o.Units, b.Template = 2, template
	var text []byte
	b.Commissioned = func(batch *Batch) (err error) {
		for i := range batch.Block.Count {
			if text, err = batch.AppendLabel(text, i); err != nil {
				return err
			}
		}
		return nil
	}
	_, err := Start(t.Context(), b.Line, o)
	require.NoError(t, err)
	require.Empty(t, b.paper.Errors())
	pages := readPages(t, text)
	require.Len(t, b.paper.Printed(), len(pages))
	for i, p := range b.paper.Printed() {
		require.Equal(t, wording(pages[i]), wording(p))
	}
	return pages
}
