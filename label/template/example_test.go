package template_test

import (
	"fmt"
	"strings"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/template"
)

const sscc = `{
  "width": 100, "height": 60, "application": "logistic-units",
  "fields": [{"name": "serial", "kind": "number"}],
  "values": {"sscc": "39506000{serial:000000000}{check}"},
  "elements": [
    {"type": "symbol", "name": "sscc", "symbology": "gs1-128", "x": 11, "y": 8,
     "x-dimension": 0.5, "bar-height": 32, "hri": {"place": "below", "size": 3}, "content": "(00){sscc}"}
  ]
}`

// A template is parsed once; each unit's data make a label of it.
func ExampleTemplate_Execute() {
	tpl, err := template.Parse(strings.NewReader(sscc))
	if err != nil {
		fmt.Println(err)
		return
	}
	l, err := tpl.Execute(template.Data{"serial": "1234"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(l.Elements[0].(*label.Symbol).Message)
	fmt.Println(len(l.Preflight(label.Device{DotsPerMM: 8})), "findings at 8 dots/mm")
	for _, f := range l.Preflight(label.Device{DotsPerMM: 300 / 25.4}) {
		fmt.Printf("%v: %s\n", f.Severity, f.Message)
	}
	// Output:
	// (00)395060000000012347
	// 0 findings at 8 dots/mm
	// warning: an X-dimension of 0.500 mm prints as 6 dots of 11.81/mm, 0.508 mm; write that
}

func ExampleParse_mistake() {
	_, err := template.Parse(strings.NewReader(strings.Replace(sscc, "{serial:", "{seral:", 1)))
	fmt.Println(err)
	// Output:
	// template: line 4, column 32: unknown field "seral"; did you mean "serial"?
}
