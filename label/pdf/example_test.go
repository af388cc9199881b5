package pdf_test

import (
	"bytes"
	"fmt"
	"log"
	"strings"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/pdf"
	"github.com/gonameplate/nameplate/label/template"
)

// Two labels, each a page of 40 × 20 mm.
func ExampleWrite() {
	tpl, err := template.Parse(strings.NewReader(`{
		"width": 40, "height": 20,
		"fields": [{"name": "serial"}],
		"elements": [
			{"type": "text", "x": 2, "y": 2, "width": 20, "size": 2, "content": "SN {serial}"},
			{"type": "symbol", "symbology": "datamatrix", "x": 27, "y": 4, "x-dimension": 0.5, "content": "{serial}"}
		]}`))
	if err != nil {
		log.Fatal(err)
	}
	labels := func(yield func(*label.Label, error) bool) {
		for _, serial := range []string{"A0001", "A0002"} {
			if !yield(tpl.Execute(template.Data{"serial": serial})) {
				return
			}
		}
	}
	var file bytes.Buffer
	if err := pdf.Write(&file, labels); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.8s, %d pages\n", file.String(),
		bytes.Count(file.Bytes(), []byte("/Type /Page\n")))
	// Output: %PDF-1.3, 2 pages
}
