package zpl_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/zpl"
)

const benchLabel = `^XA^MUD^JZN^CI28^PW400^LL240^LH0,0^LS0^PON^PMN^LRN^FWN,0
^FT16,40^A0N,28,28^FH\^FDInfusion Set 0.9 mm^FS
^FT16,80^A0N,20,20^FH\^FDREF 4711-08^FS
^FT16,110^A0N,20,20^FH\^FDLOT L42^FS
^FO240,20^BXN,5,200,0,0,6,_^FH\^FD_1010950600013435217271231_110L42_121A7F92KQ81^FS
^BY2^FO16,150^BCN,60,N,N,N,N^FH\^FD>;>801095060001343521727123110>6L42>821A7F92KQ81^FS
^PQ1^XZ
`

func BenchmarkReader(b *testing.B) {
	in := strings.Repeat(benchLabel, 1000)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		r := zpl.NewReader(strings.NewReader(in))
		for {
			if _, err := r.Next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkInterpreter(b *testing.B) {
	in := []byte(strings.Repeat(benchLabel, 1000))
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		h := &ignore{}
		if err := zpl.Interpret(bytes.NewReader(in), h); err != nil || len(h.pages) != 1000 {
			b.Fatal(len(h.pages), err)
		}
	}
}

func BenchmarkEscape(b *testing.B) {
	dst := make([]byte, 0, 1000)
	b.ReportAllocs()
	for b.Loop() {
		for c := range openings {
			_, _ = zpl.AppendEscaped(dst, c, "0109506000134352 10L42^A7F92KQ81")
		}
	}
}

// BenchmarkAppend formats labels that each have another serial; each is read back afterwards.
func BenchmarkAppend(b *testing.B) {
	f, err := zpl.Compile(unitTemplate(b), label.Device{DotsPerMM: 12})
	if err != nil {
		b.Fatal(err)
	}
	data := valid(0)
	var serials [1000]string
	for i := range serials {
		serials[i] = fmt.Sprintf("A7F92-%06d", i)
	}
	dst := make([]byte, 0, 1<<16)
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		data["serial"] = serials[i%len(serials)]
		if dst, err = f.Append(dst[:0], data); err != nil {
			b.Fatal(err)
		}
		i++
	}
	b.ReportMetric(float64(len(dst)), "bytes/label")
	last := serials[(i-1)%len(serials)]
	pages, err := zpl.Pages(bytes.NewReader(dst))
	if err != nil || len(pages) != 1 {
		b.Fatal(err)
	}
	for _, f := range pages[0].Fields {
		if f.Kind == zpl.DataMatrixField && !strings.HasSuffix(f.Data, "\x1d21"+last) {
			b.Fatalf("%q is not of %s", f.Data, last)
		}
	}
}

// BenchmarkRender is the way through a label: execute, then render.
func BenchmarkRender(b *testing.B) {
	t, data := unitTemplate(b), valid(0)
	b.ReportAllocs()
	for b.Loop() {
		l, err := t.Execute(data)
		if err != nil {
			b.Fatal(err)
		}
		if err := zpl.Write(io.Discard, l, label.Device{DotsPerMM: 12}); err != nil {
			b.Fatal(err)
		}
	}
}
