package zpl_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/symbol"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/zpl"
)

func ExampleWrite() {
	l := &label.Label{Width: 50, Height: 25, Elements: []label.Element{
		&label.Text{Frame: label.Rect{X: 2, Y: 2, Width: 30}, Size: 2, Content: "Infusion set"},
		&label.Symbol{X: 35, Y: 2, Symbology: symbol.SymbologyGS1DataMatrix, XDimension: 0.5,
			Message: gs1.Message{{AI: "01", Value: "09506000134352"}, {AI: "10", Value: "L42"}, {AI: "21", Value: "7K2Q"}}},
	}}
	err := zpl.Write(os.Stdout, l, label.Device{DotsPerMM: 8})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// ^XA^MUD^JZN^CI28^PW400^LL200^LH0,0^LS0^PON^PMN^LRN^FWN,0
	// ^FT16,32^A0N,22,22^FH\^FDInfusion set^FS
	// ^FO280,16^BXN,4,200,0,0,6,_^FH\^FD_1010950600013435210L42_1217K2Q^FS
	// ^PQ1^XZ
}

func ExampleCompile() {
	tpl, err := template.Parse(strings.NewReader(`{
		"width": 50, "height": 25, "fields": [{"name": "serial", "max": 12}],
		"elements": [{"type": "text", "x": 2, "y": 2, "width": 40, "size": 2, "content": "SN {serial}"}]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	format, err := zpl.Compile(tpl, label.Device{DotsPerMM: 8})
	if err != nil {
		fmt.Println(err)
		return
	}
	var job []byte
	for _, serial := range []string{"7K2Q", "9M4X^XZ"} { // the second tries to end the label
		if job, err = format.Append(job, template.Data{"serial": serial}); err != nil {
			fmt.Println(err)
		}
	}
	pages, err := zpl.Pages(bytes.NewReader(job))
	for _, p := range pages {
		fmt.Println(p.Fields[0].Data, err)
	}
	// Output:
	// SN 7K2Q <nil>
	// SN 9M4X^XZ <nil>
}

func ExampleEscape() {
	s, err := zpl.Escape(zpl.InText, "5^XZ")
	fmt.Println(s, err)
	s, err = zpl.Escape(zpl.InCode128, "A>B")
	fmt.Println(s, err)
	_, err = zpl.Escape(zpl.InText, "two\nlines")
	fmt.Println(err)
	// Output:
	// 5\5EXZ <nil>
	// >:A>0B <nil>
	// zpl: text field at byte 4 of "two\nlines": a line break in one line of text; write it in a block
}

func ExamplePages() {
	pages, err := zpl.Pages(strings.NewReader(`^XA^FO40,40^BY3^BCN,80,N,N,N,N^FD>;>80109506000134352^FS^PQ2^XZ`))
	if err != nil {
		fmt.Println(err)
		return
	}
	f := pages[0].Fields[0]
	fmt.Println(pages[0].Quantity, f.Kind, f.X, f.Y, f.GS1, f.Data)

	_, err = zpl.Pages(strings.NewReader(`^XA^FO40,40^BXN,4,140^FD1^FS^XZ`))
	var refused *zpl.Error
	fmt.Println(errors.As(err, &refused), err)
	// Output:
	// 2 Code 128 40 40 true 0109506000134352
	// true zpl: ^BX at byte 12: not supported: a quality other than 200 (ECC 200)
}

func ExampleParseTemplate() {
	format, err := zpl.ParseTemplate(strings.NewReader(`^XA^PW400^LL200^FO20,20^A0N,30,30^FDLOT {lot}^FS^XZ`))
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := format.Append(nil, template.Data{"lot": "L42"})
	fmt.Println(strings.Contains(string(out), "^FDLOT L42^FS"), err)
	_, err = format.Append(nil, template.Data{"log": "L42"})
	fmt.Println(err)
	// Output:
	// true <nil>
	// template: field "lot": no value; the template needs one
}
