package line

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/memory"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
	"github.com/gonameplate/nameplate/zpl"
)

// templates are where udi.json and logistic.json are.
const templates = "../../label/internal/labeltest"

// A bench is a line with a printer and a ledger of its own.
type bench struct {
	Line
	paper *printertest.Server
	dir   string
}

var fast = printertest.Config{DotsPerMM: 8, LabelsPerSecond: 5000}

// newBench sets up a line that prints udi.json, with a ledger in memory.
func newBench(t testing.TB, cfg printertest.Config) *bench {
	t.Helper()
	b := &bench{dir: t.TempDir()}
	b.Template = parse(t, "udi.json", nil)
	var err error
	b.Keys, err = CreateKeys(filepath.Join(b.dir, "ledger.keys"))
	require.NoError(t, err)
	b.Ledger, err = memory.Open(context.Background(), &ledger.Options{Keys: b.Keys})
	require.NoError(t, err)
	b.paper = printertest.NewServer(cfg)
	t.Cleanup(b.paper.Close)
	b.Printers = []*printer.Printer{dial(t, b.paper)}
	b.Now = func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
	return b
}

// onDisk gives the line a ledger in a file.
func (b *bench) onDisk(t testing.TB) *bench {
	b.Ledger = openLedger(t, b.dir, b.Keys)
	return b
}

func openLedger(t testing.TB, dir string, keys serial.Keyring) *ledger.Ledger {
	t.Helper()
	l, err := sqlite.Open(context.Background(), filepath.Join(dir, "ledger.db"), &ledger.Options{Keys: keys})
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func dial(t testing.TB, s *printertest.Server) *printer.Printer {
	t.Helper()
	p, err := printer.Dial(context.Background(), s.URL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// parse reads a template, changed if change isn't nil.
func parse(t testing.TB, name string, change func(text []byte) []byte) *template.Template {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(templates, name))
	require.NoError(t, err)
	if change != nil {
		text = change(text)
	}
	template, err := parseTemplate(text)
	require.NoError(t, err)
	return template
}

func parseTemplate(text []byte) (*template.Template, error) {
	return template.Parse(bytes.NewReader(text))
}

// anOrder is an order of ten units for udi.json.
func anOrder() Order {
	return Order{
		ID: "MO-1", Code: "09506000134352", Product: "Introducer sheath 6F × 11 cm, hydrophilic", Units: 10,
		Made: "2026-11-20", Lot: "L2647A", Plant: "Lübeck", Line: "3", Shift: "2", Machine: "M7",
		Operator: "K. Brandt", Scheme: "{index:8 crockford scrambled}{check}", Template: "udi.json",
		Label: map[string]string{
			"gtin": "09506000134352", "ref": "NS-6F-110", "expires": "2029-11-20",
			"maker": "Nordstern Medical GmbH", "address": "Hafenstraße 12, 23568 Lübeck, Germany",
		},
	}
}

// serials are those of all blocks of a ledger.
func serials(t require.TestingT, l *ledger.Ledger) (list []string) {
	for block, err := range l.Blocks(context.Background(), "") {
		require.NoError(t, err)
		for unit, err := range block.Units() {
			require.NoError(t, err)
			list = append(list, unit.Serial)
		}
	}
	return list
}

// onPaper are the serials on printed pages, in their order.
func onPaper(t require.TestingT, pages []zpl.Page) (list []string) {
	for _, page := range pages {
		list = append(list, serialOn(t, page))
	}
	return list
}

// serialOn reads the serial of a printed page from its Data Matrix.
func serialOn(t require.TestingT, page zpl.Page) string {
	for _, f := range page.Fields {
		if f.Kind == zpl.DataMatrixField {
			require.True(t, f.GS1)
			m, err := gs1.ParseElementString("\x1d" + f.Data)
			require.NoError(t, err)
			number, ok := m.Value("21")
			require.True(t, ok)
			return number
		}
	}
	require.Fail(t, "a page without a symbol")
	return ""
}

// readPages are the pages that ZPL prints.
func readPages(t testing.TB, text []byte) (pages []zpl.Page) {
	t.Helper()
	read, err := zpl.Pages(bytes.NewReader(text))
	require.NoError(t, err)
	for _, p := range read {
		pages = append(pages, *p)
	}
	return pages
}

func requireDistinct(t require.TestingT, list []string) {
	seen := map[string]bool{}
	for _, s := range list {
		require.False(t, seen[s], "serial %s twice", s)
		seen[s] = true
	}
}

// requireOrderError requires an *OrderError with a sentinel that is about a field.
func requireOrderError(t *testing.T, err, sentinel error, field string) *OrderError {
	t.Helper()
	require.ErrorIs(t, err, sentinel)
	var wrong *OrderError
	require.ErrorAs(t, err, &wrong)
	require.Equal(t, field, wrong.Field, "%v", err)
	return wrong
}
