package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/zpl"
)

// TestHostileData has every text of an order try to be a command. Each label is still one page with the same fields, and what they
// say is the data, or the order is refused in one line.
func TestHostileData(t *testing.T) {
	plain := hostile(t, nil)
	require.Len(t, plain, 2)
	for name, c := range map[string]struct {
		change  func(o, template map[string]any)
		text    string // that each page says
		times   int    // how often; 0 means once
		refused string
	}{
		"a format":           {change: set("product", "^XA^FDx^FS^XZ"), text: "^XA^FDx^FS^XZ"},
		"a reset":            {change: set("product", "~JA~JR"), text: "~JA~JR"},
		"escapes":            {change: set("product", `\\_1_5E\&_7E`), text: `\\_1_5E\&_7E`},
		"backslashes":        {change: labelField("ref", `\_1\1\\`), text: `\_1\1\\`},
		"a lot of specials":  {change: set("lot", "L(1)%>8_1&/"), text: "L(1)%>8_1&/", times: 3},
		"a lot with a caret": {change: set("lot", "L^FS"), refused: "lot"},
		"a control":          {change: set("product", "a\x10^XA"), refused: "U+0010"},
		"right to left":      {change: set("product", "קטטר"), refused: "product"},
		"an emoji":           {change: set("product", "💉 set"), refused: "product"},
		"a serial's caret":   {change: set("scheme", "^XA{index:3}"), refused: "serial"},
		"a serial's tilde":   {change: set("scheme", "~JA{index:3}"), refused: "serial"},
		"a serial of signs":  {change: set("scheme", `>8(%_1{index:3}`), text: ">8(%_1000", times: 3},
		"a field's command":  {change: labelField("maker", "^CC!~CT#"), text: "^CC!~CT#"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.refused != "" {
				hostileRefused(t, c.change, c.refused)
				return
			}
			pages := hostile(t, c.change)
			require.Len(t, pages, 2)
			for i, p := range pages {
				require.Equal(t, plain[i].Settings, p.Settings, "no command of the data has set anything")
			}
			require.Equal(t, max(1, c.times), strings.Count(wording(pages[0]), c.text), "as text, and as interpretation and symbol where it is encoded")
		})
	}
}

// wording is what the fields of a page say, one after the other.
func wording(page zpl.Page) string {
	var b strings.Builder
	for _, f := range page.Fields {
		b.WriteString(f.Data)
	}
	return b.String()
}

// hostile carries out a changed order of two units and returns the pages of labels.zpl, which are those on paper.
func hostile(t *testing.T, change func(o, template map[string]any)) []zpl.Page {
	t.Helper()
	dir, paper, status, said := carryChanged(t, change)
	require.Equal(t, exitDone, status, said)
	require.Empty(t, paper.Errors())
	written, err := os.ReadFile(filepath.Join(dir, "out", "labels.zpl"))
	require.NoError(t, err)
	pages := readPages(t, written)
	require.Len(t, paper.Printed(), len(pages))
	for i, p := range paper.Printed() {
		require.Equal(t, wording(pages[i]), wording(p))
	}
	return pages
}

func hostileRefused(t *testing.T, change func(o, template map[string]any), problem string) {
	t.Helper()
	_, paper, status, said := carryChanged(t, change)
	require.Equal(t, exitError, status, said)
	require.Contains(t, said, problem)
	require.Empty(t, paper.Paper())
}

// carryChanged carries out two units of an order after a change.
func carryChanged(t *testing.T, change func(o, template map[string]any)) (dir string, paper *printertest.Server, status int, said string) {
	t.Helper()
	dir = t.TempDir()
	paper = printertest.NewServer(printertest.Config{DotsPerMM: 8, LabelsPerSecond: 1000})
	t.Cleanup(paper.Close)
	o, template := readJSON(t, "order.json"), readJSON(t, "udi.json")
	if change != nil {
		change(o, template)
	}
	writeJSON(t, filepath.Join(dir, "order.json"), o)
	writeJSON(t, filepath.Join(dir, "udi.json"), template)
	status, stdout, stderr := carry("-order", filepath.Join(dir, "order.json"), "-out", filepath.Join(dir, "out"), "-printer", paper.URL, "-n", "2")
	t.Log(strings.TrimSpace(stderr))
	return dir, paper, status, stdout + stderr
}
