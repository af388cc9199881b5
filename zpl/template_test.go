package zpl_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/zpl"
)

// As label design programs write it.
const designed = `^XA
~TA000
~JSN
^LT0
^MNW
^MTT
^PON
^PMN
^LH0,0
^JMA
^PR4,4
^LRN
^CI27
^XZ
^XA
^MMT
^PW400
^LL240
^LS0
^FT18,63^A0N,28,28^FH\^CI28^FDREF {ref}   {not a field} {}^FS^CI27
^FO18,70^A0N,20,20^FB200,3,0,L^FH\^CI28^FDMade for {customer}\5C&in Malta^FS^CI27
^FT250,120^BXN,4,200,0,0,1,_,1
^FH\^FD_101{gtin}10{lot}_121{serial}^FS
^BY2,3,60^FO18,150^BCN,,N,N^FD>;>800{sscc}^FS
^FO18,220^BCN,10,N,N^FD>:{serial}^FS
^PQ1,0,1,Y
^XZ
`

func designedData() template.Data {
	return template.Data{"ref": "A^B~\\", "customer": "Müller\n& Söhne", "gtin": "09506000134352",
		"lot": "L_42", "serial": "7K>2", "sscc": "395060000000001235"}
}

func TestParseTemplate(t *testing.T) {
	f, err := zpl.ParseTemplate(strings.NewReader(designed))
	require.NoError(t, err)
	require.Len(t, f.Hash(), 64)
	out, err := f.Append(nil, designedData())
	require.NoError(t, err)
	p := page(t, string(out))
	var got []string
	for _, f := range p.Fields {
		got = append(got, f.Data)
	}
	require.Equal(t, []string{
		"REF A^B~\\   {not a field} {}", "Made for Müller\n& Söhne\nin Malta",
		"010950600013435210L_42\x1d217K>2", "00395060000000001235", "7K>2",
	}, got)
	require.True(t, p.Fields[3].GS1)
	require.Equal(t, []int{105, 102, 0, 39, 50, 60, 0, 0, 0, 0, 12, 35},
		p.Fields[3].Symbol.Codewords[:12], "encoded anew, without leaving set C")
	require.Equal(t, 400, p.Width)

	again, err := f.Append(nil, designedData())
	require.NoError(t, err)
	require.Equal(t, string(out), string(again))
}

func TestParseTemplateRefuses(t *testing.T) {
	for _, in := range []string{"", "^XA^XZ", designed + designed,
		strings.Replace(designed, "^PQ1", "^PQ2", 1),
		strings.Replace(designed, "^LS0", "^JUS", 1)} {
		_, err := zpl.ParseTemplate(strings.NewReader(in))
		require.Error(t, err)
	}
	f, err := zpl.ParseTemplate(strings.NewReader(designed))
	require.NoError(t, err)
	for field, value := range map[string]string{
		"gtin": "09506000134353", "lot": "", "serial": "ä", "sscc": "1", "ref": "a\nb",
		"customer": "\x00", "surplus": "x",
	} {
		d := designedData()
		d[field] = value
		out, err := f.Append([]byte("x"), d)
		require.Error(t, err, field)
		require.Equal(t, "x", string(out))
	}
	d := designedData()
	delete(d, "ref")
	_, err = f.Append(nil, d)
	var missing *template.DataError
	require.ErrorAs(t, err, &missing)
	require.Equal(t, "ref", missing.Field)
	d = designedData()
	d["gtin"] = "1"
	_, err = f.Append(nil, d)
	var invalid *gs1.Error
	require.True(t, errors.As(err, &invalid))
}
