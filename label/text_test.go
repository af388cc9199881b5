package label_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/font"
	"github.com/gonameplate/nameplate/label/internal/labeltest"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/label/template"
)

func lines(x *label.Text) (all []string) {
	for _, r := range x.Runs {
		all = append(all, r.Text)
	}
	return all
}

func TestTextWraps(t *testing.T) {
	x := &label.Text{Frame: label.Rect{X: 1, Y: 1, Width: 13, Height: 12}, Size: 2, Wrap: true,
		Content: "one two  three\nfour five six seven"}
	require.NoError(t, x.Layout())
	require.Equal(t, []string{"one two", "three", "four five", "six seven"}, lines(x))
	require.InDelta(t, 3, x.Runs[0].Y, 1e-9,
		"the first baseline is a cap height below the frame's top")
	require.InDelta(t, 3+2*label.DefaultLineHeight, x.Runs[1].Y, 1e-9)

	x.Content = "one wordwithoutanend"
	var fit *label.FitError
	require.ErrorAs(t, x.Layout(), &fit)
	require.Equal(t, "wordwithoutanend", fit.Input)
	require.Equal(t, 13.0, fit.Have)
	require.Greater(t, fit.Need, 13.0)
}

func TestTextAligns(t *testing.T) {
	x := &label.Text{Frame: label.Rect{X: 10, Y: 20, Width: 30, Height: 10}, Size: 2,
		Content: "Align"}
	require.NoError(t, x.Layout())
	width := x.Runs[0].Width
	require.InDelta(t, float64(font.Regular.Width("Align"))*2/font.CapHeight, width, 1e-9)
	for _, c := range []struct {
		across, down label.Align
		x, y         float64
	}{
		{label.Start, label.Start, 10, 22},
		{label.Center, label.Center, 10 + (30-width)/2, 26},
		{label.End, label.End, 40 - width, 30},
	} {
		x.Align, x.VAlign = c.across, c.down
		require.NoError(t, x.Layout())
		require.InDelta(t, c.x, x.Runs[0].X, 1e-9)
		require.InDelta(t, c.y, x.Runs[0].Y, 1e-9)
	}
}

func TestTextRotates(t *testing.T) {
	for r, want := range map[label.Rotation][2]float64{
		label.Rotate0: {10, 22}, label.Rotate90: {38, 20}, label.Rotate180: {40, 28},
		label.Rotate270: {12, 30},
	} {
		x := &label.Text{Frame: label.Rect{X: 10, Y: 20, Width: 30, Height: 10}, Rotation: r,
			Size: 2, Content: "Turn"}
		require.NoError(t, x.Layout())
		require.InDelta(t, want[0], x.Runs[0].X, 1e-9, r.Degrees())
		require.InDelta(t, want[1], x.Runs[0].Y, 1e-9, r.Degrees())
	}
}

func TestTextShrinksToFit(t *testing.T) {
	x := &label.Text{Frame: label.Rect{Width: 20}, Size: 2, MinSize: 1,
		Content: "a name of some length"}
	require.NoError(t, x.Layout())
	require.Less(t, x.Runs[0].Size, 2.0)
	require.GreaterOrEqual(t, x.Runs[0].Size, 1.0)
	require.LessOrEqual(t, x.Runs[0].Width, 20.0)

	x.Content += " and then some more of it"
	var fit *label.FitError
	require.ErrorAs(t, x.Layout(), &fit)
	require.Equal(t, 1.0, fit.Size, "the smallest size was tried")
}

// What is drawn always is what was asked for: nothing is cut off.
func TestTextIsNeverCutOff(t *testing.T) {
	x := &label.Text{Frame: label.Rect{Width: 15, Height: 9}, Size: 2, MinSize: 1, Wrap: true}
	for n := range 60 {
		x.Content = "abc def ghi jkl mno pqr stu vwx yz. ABC DEF GHI JKL MNO PQR"[:n]
		if x.Layout() != nil {
			continue
		}
		drawn := ""
		for _, line := range lines(x) {
			if drawn != "" {
				drawn += " "
			}
			drawn += line
		}
		require.Equal(t, x.Content, drawn)
	}
}

func TestSymbolKeepsToDots(t *testing.T) {
	s := &label.Symbol{X: 10.03, Y: 5.09, Symbology: symbol.SymbologyGS1128, XDimension: 0.33,
		BarHeight: 20, Message: gs1.Message{{AI: "00", Value: "395060000000012347"}}}
	l, err := s.Layout(label.Device{DotsPerMM: 8})
	require.NoError(t, err)
	require.Equal(t, 0.375, l.Module)
	require.Equal(t, label.Rect{X: 10, Y: 5.125, Width: 156 * 0.375, Height: 20}, l.Modules)
	require.Equal(t, l.Modules.Grow(3.75, 0), l.Quiet, "ten modules left and right")
	l, err = s.Layout(label.Device{})
	require.NoError(t, err)
	require.Equal(t, 0.33, l.Module, "exact without dots")
	require.Equal(t, 10.03, l.Modules.X)
}

// The interpretation is made of the very message that is encoded, whatever its place.
func TestHRIIsWhatIsEncoded(t *testing.T) {
	message := gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "10", Value: "L(42)"},
		{AI: "21", Value: "1"}}
	for place, want := range map[label.HRIPlace][]string{
		label.NoHRI:  nil,
		label.Below:  {"(01)09506000134352 (10)L(42)", "(21)1"},
		label.Above:  {"(01)09506000134352 (10)L(42)", "(21)1"},
		label.Beside: {"(01)09506000134352", "(10)L(42)", "(21)1"},
	} {
		s := &label.Symbol{X: 20, Y: 30, Symbology: symbol.SymbologyGS1128, XDimension: 0.25,
			BarHeight: 20, Message: message, HRI: label.HRI{Place: place, Size: 3.2}}
		l, err := s.Layout(label.Device{})
		require.NoError(t, err)
		var got []string
		for _, r := range l.HRI {
			got = append(got, r.Text)
			require.False(t, (label.Rect{X: r.X, Y: r.Y - r.Size, Width: r.Width,
				Height: r.Size}).Overlaps(l.Modules), "%v: clear of the bars", place)
		}
		require.Equal(t, want, got)
	}
	s := &label.Symbol{Symbology: symbol.SymbologyGS1DataMatrix, XDimension: 0.5, Message: message,
		HRI: label.HRI{Place: label.Below, Size: 2, MinSize: 1, Width: 20}}
	l, err := s.Layout(label.Device{})
	require.NoError(t, err)
	require.InDelta(t, 20, l.HRI[0].Width, 1e-9, "shrunk to its width")
	s.HRI.MinSize = 1.9
	_, err = s.Layout(label.Device{})
	var fit *label.FitError
	require.ErrorAs(t, err, &fit)

	s = &label.Symbol{Symbology: symbol.SymbologyCode128, XDimension: 0.25, BarHeight: 20,
		Text: "plain", HRI: label.HRI{Place: label.Below, Size: 2}}
	l, err = s.Layout(label.Device{})
	require.NoError(t, err)
	require.Equal(t, "plain", l.HRI[0].Text)
}

func TestLabelsShareNothingThatDataFill(t *testing.T) {
	tpl := labeltest.Template(t, "udi.json")
	a, err := tpl.Execute(labeltest.UDI())
	require.NoError(t, err)
	b, err := tpl.Execute(labeltest.With(labeltest.UDI(), "serial", "OTHER", "product", "Another"))
	require.NoError(t, err)
	require.Equal(t, "K7Q2M9XW4T0C", labeltest.Text(t, a, "serial").Runs[0].Text)
	require.Equal(t, "OTHER", labeltest.Text(t, b, "serial").Runs[0].Text)
	serial, _ := labeltest.Symbol(t, a, "udi").Message.Value("21")
	require.Equal(t, "K7Q2M9XW4T0C", serial)
}

func BenchmarkExecute(b *testing.B) {
	for _, c := range []struct {
		name string
		data template.Data
	}{{"udi", labeltest.UDI()}, {"logistic", labeltest.Logistic()}} {
		tpl := labeltest.Template(b, c.name+".json")
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := tpl.Execute(c.data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
