package zpl_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/zpl"
)

// seeds are streams that between them use every command.
var seeds = []string{
	"^XA^CI28^PW400^LL240^LH5,6^POI^JZN^MMT^MNW^MTD^PR4,4^PQ3,0,1,Y^FO10,20^A0R,30,25^FDtext^FS^XZ",
	"^XA^FO1,2^FH\\^A0N,30^FB200,2,3,C,4^FDa\\5C&b\\5C\\5Cc^FS^FT10,20^FR^GB100,50,3,W,2^FS^XZ",
	"^XA^FO0,0^GFA,4,4,2,:B64:gAEB/w==:79D8^FS^FO0,0^GFA,8,8,2,HF,:!,^FS^FO0,0^GFB,3,3,1,^~\n^FS^XZ",
	"^XA^FO15,13^GFA,41,288,72,:Z64:eJzj4KAKYJChDmCwoQ5gEKAOYAAAavEfEQ==:24EF^FS^XZ",
	"^XA^BY3^FO0,0^BCN,50,N,N,N,N^FD>;>80101234567890128>6L4>8>52142^FS^FO0,99^BCN^FD>:>6i>6>6ij^FS^XZ",
	"^XA^FO0,0^BXN,4,200,0,0,6,_^FH\\^FD_10109506000134352_110L__\\5E_]x^FS^FO9,9^BQN,2,5^FDLA,qr^FS^XZ",
	"^CC+~CT#+CD;+XA+FO1;2+FD^~+FS#HS+XZ",
	"! U1 getvar \"zpl.system_status\"\r\n~HS~HQES~HI~SD15\r\n~JA~PS~PP~PR^XA^HH^XZ",
	"~DYR:A,B,G,2,1,^^~DGR:B.GRF,2,1,FF0F\r\n^XA^FX comment^FWR,0^CFD,18^FVx^FS^XZ",
	"^XA~TA000~JSN^LT0^MNM,0^MTD^PON^PMN^LH0,0^JMA^PR3,3~SD10^LRN^CI27^MUD^LS0^XZ",
}

type ignore struct{ pages []*zpl.Page }

func (h *ignore) Print(p *zpl.Page) error     { h.pages = append(h.pages, p); return nil }
func (h *ignore) Control(zpl.Command) error   { return nil }
func (h *ignore) Variable(zpl.Variable) error { return nil }

// FuzzInterpreter holds that no input panics, that offsets never go back, and that each printed
// page is written and read back equal.
func FuzzInterpreter(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		h := &ignore{}
		r, interpreter := zpl.NewReader(bytes.NewReader(in)), zpl.NewInterpreter(h)
		last := int64(0)
		for {
			cmd, err := r.Next()
			var e *zpl.Error
			if errors.As(err, &e) {
				interpreter.Abort()
				continue
			}
			if err == io.EOF {
				break
			}
			if err != nil || cmd.Pos < last || r.Offset() > int64(len(in)) {
				t.Fatalf("%v at %d after %d: %v", cmd, cmd.Pos, last, err)
			}
			last = cmd.Pos
			if err := interpreter.Do(cmd); err != nil && !errors.As(err, &e) {
				t.Fatalf("%v: %v is no *zpl.Error", cmd, err)
			}
		}
		for _, p := range h.pages {
			again(t, p)
		}
	})
}

func again(t *testing.T, p *zpl.Page) {
	for i := range p.Fields {
		if p.Fields[i].X > 32000 || p.Fields[i].Y > 32000 {
			return // label home has moved it further than a place can say
		}
	}
	p.Charset = 28
	b, err := p.Append(nil)
	var e *zpl.EscapeError
	// a content that the interpreter takes more ways to write than Escape knows
	if errors.As(err, &e) {
		return
	}
	if err != nil {
		t.Fatalf("%v: %+v", err, p)
	}
	pages, err := zpl.Pages(bytes.NewReader(b))
	if err != nil || len(pages) != 1 {
		t.Fatalf("%d pages of %q: %v", len(pages), b, err)
	}
	c, err := pages[0].Append(nil)
	if err != nil || !bytes.Equal(b, c) {
		t.Fatalf("%q is read and written as %q: %v", b, c, err)
	}
}

// Inputs of 1 MB and worse that a reader or an interpreter could be slow on: each takes at most ten
// seconds, where one that is quadratic takes hours.
func TestLongInputs(t *testing.T) {
	n := 1 << 20
	if testing.Short() {
		n = 1 << 17
	}
	for name, in := range map[string]string{
		"prefixes":   strings.Repeat("^", n),
		"text":       strings.Repeat("x", n),
		"formats":    strings.Repeat("^XA^XZ", n/6),
		"fields":     "^XA" + strings.Repeat("^FDa^FS", n/7) + "^XZ",
		"parameters": "^XA^FO" + strings.Repeat(",", n) + "^XZ",
		"field data": "^XA^FD" + strings.Repeat("x", n) + "^FS^XZ",
		"hex":        "^XA^FH^FD" + strings.Repeat("_41", 5000) + "^FS^XZ",
		"repeats":    "^XA^GFA,9,1000000,1000," + strings.Repeat("z", n) + "F^FS^XZ",
		"rows":       "^XA^GFA,9,4000000,1,F" + strings.Repeat(":", n) + "^FS^XZ",
		"empty rows": "^XA^GFA,9,4000000,4," + strings.Repeat(",", n) + "^FS^XZ",
		"many pictures": "^XA" + strings.Repeat("^GFA,1,4000000,1000,F,"+strings.Repeat(":",
			3999)+"^FS", 5) + "^XZ",
		"many tildes":  "^XA^BXN,4,200,,,," + strings.Repeat("~^", n/2) + "^XZ",
		"quotes":       "! U1 setvar " + strings.Repeat(`"`, n) + "\n",
		"comments":     strings.Repeat("^FX", n/3),
		"count":        "^GFB,4000000,1,1," + strings.Repeat("x", n),
		"zlib bomb":    "^XA^GFA,1,4000000,1,:Z64:" + strings.Repeat("A", n) + ":0000^FS^XZ",
		"control only": strings.Repeat("~HS", n/3),
	} {
		t.Run(name, func(t *testing.T) {
			h := &ignore{}
			r, interpreter := zpl.NewReader(strings.NewReader(in)), zpl.NewInterpreter(h)
			began := time.Now()
			for {
				cmd, err := r.Next()
				if err == io.EOF {
					break
				}
				if err == nil {
					_ = interpreter.Do(cmd)
				}
				require.Less(t, time.Since(began), 10*time.Second, "after %d bytes", r.Offset())
			}
			require.EqualValues(t, len(in), r.Offset(), "all of it is read")
		})
	}
}

// FuzzParseTemplate holds that a template of any file either rejects data or prints one page that
// has them.
func FuzzParseTemplate(f *testing.F) {
	f.Add(designed, "7K2Q")
	f.Add("^XA^FO0,0^BCN,50^FD>;>800{a}12>6x{b}^FS^XZ", "^XZ~JA")
	for _, s := range seeds {
		f.Add(s, "x")
	}
	f.Fuzz(func(t *testing.T, file, value string) {
		format, err := zpl.ParseTemplate(strings.NewReader(file))
		if err != nil {
			return
		}
		data := template.Data{}
		var missing *template.DataError
		out, err := format.Append(nil, data)
		for errors.As(err, &missing) && len(data) < 50 {
			data[missing.Field] = value
			out, err = format.Append(nil, data)
		}
		if err != nil {
			return
		}
		pages, err := zpl.Pages(bytes.NewReader(out))
		if err != nil || len(pages) != 1 {
			t.Fatalf("%d pages of %q from %q: %v", len(pages), out, file, err)
		}
	})
}
