package template_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1/epc"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/template"
)

const tagged = `{
  "width": 50, "height": 25,
  "fields": [{"name": "serial"}],
  "elements": [
    {"type": "symbol", "name": "code", "symbology": "gs1-datamatrix", "x": 4, "y": 4,
     "x-dimension": 0.5, "content": "(01)09521234543213(21){serial}"},
    {"type": "tag", "name": "chip", "scheme": "sgtin-96", "filter": 1, "prefix-length": 7,
     "content": "(01)09521234543213(21){serial}"}
  ]
}`

// A template writes the same message into the symbol and into the label's RFID chip.
func ExampleTemplate_Execute_tag() {
	t, err := template.Parse(strings.NewReader(tagged))
	if err != nil {
		fmt.Println(err)
		return
	}
	l, err := t.Execute(template.Data{"serial": "12345"})
	if err != nil {
		fmt.Println(err)
		return
	}
	tag, err := epc.Decode(l.Elements[1].(*label.Tag).Words)
	fmt.Println(tag, err)
	// Output: urn:epc:tag:sgtin-96:1.9521234.054321.12345 <nil>
}

func TestTagOfTemplate(t *testing.T) {
	parsed, err := template.Parse(strings.NewReader(tagged))
	require.NoError(t, err)
	filler := parsed.Program().Filler()
	for _, serial := range []string{"1", "274877906943"} {
		require.NoError(t, filler.Fill(template.Data{"serial": serial}))
		e, err := filler.Element(1)
		require.NoError(t, err)
		l, err := parsed.Execute(template.Data{"serial": serial})
		require.NoError(t, err)
		require.Equal(t, l.Elements[1], e)
		tag, err := epc.Decode(e.(*label.Tag).Words)
		require.NoError(t, err)
		require.Equal(t, serial, tag.EPC.Serial())
	}
	_, err = parsed.Execute(template.Data{"serial": "274877906944"})
	require.ErrorIs(t, err, epc.ErrRange)
	require.ErrorContains(t, err, "chip")

	constant := strings.ReplaceAll(tagged, "{serial}", "7")
	constant = strings.Replace(constant, `{"name": "serial"}`, "", 1)
	parsed, err = template.Parse(strings.NewReader(constant))
	require.NoError(t, err)
	l, err := parsed.Execute(template.Data{})
	require.NoError(t, err)
	require.NotEmpty(t, l.Elements[1].(*label.Tag).Words)

	for _, c := range []struct{ old, new, want string }{
		{"sgtin-96", "sgtn-96", `did you mean "sgtin-96"?`},
		{`"prefix-length": 7`, `"prefix-length": 13`, "prefix-length"},
		{`"filter": 1`, `"filter": 64`, "filter"},
		{`"scheme": "sgtin-96",`, "", "scheme"},
		{`"tag"`, `"tags"`, `did you mean "tag"?`},
	} {
		_, err := template.Parse(strings.NewReader(strings.Replace(tagged, c.old, c.new, 1)))
		require.ErrorContains(t, err, c.want)
	}
	_, err = template.Parse(strings.NewReader(strings.Replace(constant, `"prefix-length": 7,`, "", 1)))
	require.ErrorIs(t, err, epc.ErrPrefixLength)
}
