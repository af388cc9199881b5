package label_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/internal/labeltest"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/label/template"
)

var (
	head8  = label.Device{DotsPerMM: 8}
	vector = label.Device{}
)

func TestPreflightFindsNothing(t *testing.T) {
	for name, data := range map[string]template.Data{
		"udi.json":      labeltest.UDI(),
		"logistic.json": labeltest.Logistic(),
	} {
		l := labeltest.Label(t, name, data)
		for _, d := range []label.Device{head8, {DotsPerMM: 24}, vector} {
			require.Empty(t, l.Preflight(d), "%s at %v dots/mm", name, d.DotsPerMM)
		}
		// 0.375 mm are 4.5 dots of a head with 12
		for _, f := range l.Preflight(label.Device{DotsPerMM: 12}) {
			require.Equal(t, label.WholeDots, f.Rule, "%s: %s", name, f)
		}
	}
}

// The longest data that the fields admit leave the UDI label without an error: a symbol of 32 ×
// 32 modules fits its place.
func TestUDILabelHoldsTheLongestData(t *testing.T) {
	l := labeltest.Label(t, "udi.json", labeltest.With(labeltest.UDI(), "lot",
		"ABCDEFGHIJ1234567890", "serial", "abcdEFGHij1234567890"))
	for _, f := range l.Preflight(head8) {
		require.Equal(t, label.SeverityWarning, f.Severity, f)
	}
}

func TestPreflightFinds(t *testing.T) {
	text := func(change func(*label.Text)) *label.Text {
		x := &label.Text{Name: "title", Frame: label.Rect{X: 2, Y: 2, Width: 30}, Size: 2,
			Content: "Title"}
		change(x)
		return x
	}
	matrix := func(change func(*label.Symbol)) *label.Symbol {
		s := &label.Symbol{Name: "code", X: 10, Y: 10, Symbology: symbol.SymbologyGS1DataMatrix,
			XDimension: 0.375, Message: gs1.Message{{AI: "01", Value: "09506000134352"}}}
		change(s)
		return s
	}
	bars := func(change func(*label.Symbol)) *label.Symbol {
		s := &label.Symbol{Name: "code", X: 20, Y: 10, Symbology: symbol.SymbologyGS1128,
			XDimension: 0.5, BarHeight: 32, Message: gs1.Message{{AI: "00",
				Value: "395060000000012347"}}}
		change(s)
		return s
	}
	for _, c := range []struct {
		why      string
		app      label.Application
		elements []label.Element
		rule     label.Rule
		severity label.Severity
		says     string
	}{
		{"text outside", 0, []label.Element{text(func(x *label.Text) { x.Frame.X = -1 })},
			label.OutsideLabel, label.SeverityError, "beyond the label of 120 × 60 mm"},
		{"quiet zone outside", 0, []label.Element{bars(func(s *label.Symbol) { s.X = 4 })},
			label.OutsideLabel, label.SeverityError, "1.00 mm beyond"},
		{"HRI outside", 0,
			[]label.Element{bars(func(s *label.Symbol) { s.Y = 28; s.HRI = label.HRI{Place: label.Below, Size: 3} })}, label.OutsideLabel, label.SeverityError, "beyond"},
		{"text in a quiet zone", 0, []label.Element{matrix(func(*label.Symbol) {}),
			text(func(x *label.Text) { x.Frame.X, x.Frame.Y = 16.1, 12 })}, label.QuietZone,
			label.SeverityError, "quiet zone of element 1 (code)"},
		{"box in a quiet zone", 0, []label.Element{bars(func(*label.Symbol) {}),
			&label.Box{Frame: label.Rect{X: 16, Y: 5, Width: 90, Height: 50}, Thickness: 0.5}},
			label.QuietZone, label.SeverityError, "quiet zone"},
		{"text too wide", 0, []label.Element{text(func(x *label.Text) { x.Frame.Width = 2 })},
			label.TextFit, label.SeverityError, "wide"},
		{"too many lines", 0, []label.Element{text(func(x *label.Text) { x.Content = "a\nb" })},
			label.TextFit, label.SeverityError, "high"},
		{"no glyph", 0, []label.Element{text(func(x *label.Text) { x.Content = "東京" })},
			label.TextFit, label.SeverityError, "U+6771"},
		{"small text", 0, []label.Element{text(func(x *label.Text) { x.Size = 0.8 })},
			label.TextSize, label.SeverityWarning, "6 dots high"},
		{"text over text", 0, []label.Element{text(func(*label.Text) {}),
			text(func(x *label.Text) { x.Frame.Y = 3 })}, label.Overlap, label.SeverityWarning,
			"prints over element 2"},
		{"text over a line", 0, []label.Element{&label.Box{Frame: label.Rect{X: 0, Y: 3, Width: 50,
			Height: 0.2}}, text(func(*label.Text) {})}, label.Overlap, label.SeverityWarning,
			"prints over element 1"},
		{"white text on nothing", 0, []label.Element{text(func(x *label.Text) { x.White = true })},
			label.Overlap, label.SeverityError, "filled box"},
		{"X-dimension between dots", 0,
			[]label.Element{matrix(func(s *label.Symbol) { s.XDimension = 0.4 })}, label.WholeDots,
			label.SeverityWarning, "3 dots of 8/mm, 0.375 mm"},
		{"X-dimension too small", label.RegulatedHealthcare,
			[]label.Element{matrix(func(s *label.Symbol) { s.XDimension = 0.25 })},
			label.XDimension, label.SeverityError, "0.254 to 0.990"},
		{"X-dimension too large", label.LogisticUnits,
			[]label.Element{bars(func(s *label.Symbol) { s.X, s.XDimension = 15, 1 })},
			label.XDimension, label.SeverityError, "0.495 to 0.940"},
		{"bars too low", label.LogisticUnits,
			[]label.Element{bars(func(s *label.Symbol) { s.BarHeight = 31 })}, label.BarHeight,
			label.SeverityError, "31.75"},
		{"too many characters", 0, []label.Element{bars(func(s *label.Symbol) {
			s.Message = gs1.Message{{AI: "01", Value: "09506000134352"},
				{AI: "10", Value: strings.Repeat("1", 20)},
				{AI: "21", Value: strings.Repeat("2", 20)}}
		})}, label.SymbolContent, label.SeverityError, "want at most 48"},
		{"too long", 0, []label.Element{bars(func(s *label.Symbol) { s.XDimension = 1 })},
			label.SymbolLength, label.SeverityError, "at most 165.10 mm"},
		{"not valid GS1", 0,
			[]label.Element{matrix(func(s *label.Symbol) { s.Message[0].Value = "09506000134353" })}, label.SymbolContent, label.SeverityError, "check digit"},
		{"cannot be encoded", 0, []label.Element{matrix(func(s *label.Symbol) {
			s.Symbology,
				s.Text = symbol.SymbologyDataMatrix, strings.Repeat("x", 4000)
		})}, label.SymbolContent,
			label.SeverityError, ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			l := &label.Label{Width: 120, Height: 60, Application: c.app, Elements: c.elements}
			if c.why == "too long" {
				l.Width = 300
			}
			found := l.Preflight(head8)
			require.NotEmpty(t, found)
			for _, f := range found {
				if f.Rule == c.rule {
					require.Equal(t, c.severity, f.Severity)
					require.Contains(t, f.String(), c.says)
					return
				}
			}
			t.Fatalf("found only %v", found)
		})
	}
}

func TestPreflightKnowsWhatIsRight(t *testing.T) {
	l := &label.Label{Width: 60, Height: 40, Elements: []label.Element{
		&label.Box{Frame: label.Rect{X: 2, Y: 2, Width: 20, Height: 6}},
		&label.Text{Frame: label.Rect{X: 3, Y: 3, Width: 18}, Size: 2, White: true,
			Content: "REVERSE"},
		&label.Box{Frame: label.Rect{X: 2, Y: 10, Width: 20, Height: 6}, Thickness: 0.25},
		&label.Text{Frame: label.Rect{X: 3, Y: 11, Width: 18}, Size: 2, Content: "framed"},
		&label.Symbol{X: 30, Y: 10, Symbology: symbol.SymbologyDataMatrix, XDimension: 0.5,
			Text: "42", HRI: label.HRI{Place: label.Above, Size: 1.5}},
	}}
	require.Empty(t, l.Preflight(head8))
}

func TestPreflightPutsErrorsFirst(t *testing.T) {
	l := &label.Label{Width: 10, Height: 10, Elements: []label.Element{
		&label.Text{Frame: label.Rect{X: 1, Y: 1, Width: 8}, Size: 0.5, Content: "small"},
		&label.Box{Frame: label.Rect{X: 1, Y: 9, Width: 20, Height: 0.2}},
	}}
	found := l.Preflight(head8)
	require.Len(t, found, 2)
	require.Equal(t, label.OutsideLabel, found[0].Rule)
	require.Equal(t, label.TextSize, found[1].Rule)
}
