package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// An order is a production order as the plant's planning system hands it over: what to make, how many, where, and how a
// unit's serial and label are made.
type order struct {
	ID       string            `json:"order"`
	Code     string            `json:"code"`    // of the product, within which serials are unique: a GTIN, or what numbers logistic units
	Product  string            `json:"product"` // its name
	Units    uint64            `json:"units"`
	Made     string            `json:"made"` // the production day, YYYY-MM-DD
	Lot      string            `json:"lot"`
	Plant    string            `json:"plant"`
	Line     string            `json:"line"`
	Shift    string            `json:"shift"`
	Machine  string            `json:"machine"`
	Operator string            `json:"operator"`
	Scheme   string            `json:"scheme"`   // a pattern of package serial
	Template string            `json:"template"` // a label template, beside the order's file
	Label    map[string]string `json:"label"`    // the template's further fields

	file string // where it was read, for messages
}

// maxUnits bounds a run: its labels.pdf is made in memory, some 30 KB a label.
const maxUnits = 50_000

// readOrder reads the order in file and refuses what is missing, unknown or malformed, naming the file and the field.
func readOrder(file string) (*order, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("-order: %w; name an order's file", err)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // Windows editors write a byte order mark
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return nil, fmt.Errorf("%s: is empty; compare it with examples/line/order.json", file)
	case !utf8.Valid(text): // JSON's decoder would put replacement characters on the labels
		return nil, fmt.Errorf("%s: is not UTF-8; save it as UTF-8", file)
	}
	o := &order{file: file}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(o); err != nil {
		return nil, fmt.Errorf("%s: %s; compare it with examples/line/order.json", place(file, text, err), reason(err))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: there is something after the order's closing brace; remove it", file)
	}
	if name := repeated(text); name != "" {
		return nil, o.errorf(name, "stands there twice; remove one")
	}
	return o, o.check()
}

// repeated is the first name that a JSON object has twice, of which the decoder would silently keep the last, or "".
func repeated(object []byte) string {
	dec := json.NewDecoder(bytes.NewReader(object))
	if open, _ := dec.Token(); open != json.Delim('{') {
		return ""
	}
	seen := map[string]bool{}
	for dec.More() {
		token, _ := dec.Token()
		name := strings.ToLower(token.(string)) // the decoder takes Lot for lot
		var value json.RawMessage
		switch {
		case seen[name]:
			return name
		case dec.Decode(&value) != nil:
			return ""
		}
		if inner := repeated(value); inner != "" {
			return name + "." + inner
		}
		seen[name] = true
	}
	return ""
}

// reason is what is wrong with the text of an order, in the words of its fields.
func reason(err error) string {
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Sprintf("%s: can't be %s", cmp.Or(kind.Field, "an order"), kind.Value)
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// place is the file's name, with the line when the error tells one.
func place(file string, text []byte, err error) string {
	offset := int64(-1)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = syntax.Offset
	} else if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset = kind.Offset
	}
	if offset < 0 || offset > int64(len(text)) {
		return file
	}
	return fmt.Sprintf("%s:%d", file, 1+bytes.Count(text[:offset], []byte("\n")))
}

func (o *order) check() error {
	for _, f := range []struct{ name, value string }{
		{"order", o.ID}, {"code", o.Code}, {"made", o.Made}, {"scheme", o.Scheme}, {"template", o.Template},
	} {
		if f.value == "" {
			return o.errorf(f.name, "is missing; every order needs one")
		}
	}
	if o.Units == 0 {
		return o.errorf("units", "is missing or 0; say how many units to make")
	}
	if o.Units > maxUnits {
		return o.errorf("units", "%d is more than the %d of one run; split the order, or make a part of it with -n", o.Units, maxUnits)
	}
	if _, err := time.Parse(time.DateOnly, o.Made); err != nil {
		return o.errorf("made", "%q is not a day of the calendar; write it as YYYY-MM-DD", o.Made)
	}
	return nil
}

func (o *order) errorf(field, format string, args ...any) error {
	return fmt.Errorf("%s: %s: %w", o.file, field, fmt.Errorf(format, args...))
}

// fields are the order's facts that the serial scheme may use.
func (o *order) fields() serial.Fields {
	made, _ := time.ParseInLocation(time.DateOnly, o.Made, time.Local) // checked when read
	return serial.Fields{
		Time: made, Product: o.Code, Lot: o.Lot, Plant: o.Plant, Line: o.Line, Shift: o.Shift, Values: o.Label,
	}
}

// place is where the order's units are made.
func (o *order) place() ledger.Place {
	return ledger.Place{Plant: o.Plant, Line: o.Line, Shift: o.Shift, Machine: o.Machine}
}

// data are the order's facts that the template declares; the serial of each unit comes on top. A label field that the
// template doesn't have is an error: something the planner wrote would silently not be on the label.
func (o *order) data(t *template.Template) (template.Data, error) {
	known := template.Data{
		"order": o.ID, "code": o.Code, "product": o.Product, "made": o.Made, "lot": o.Lot, "plant": o.Plant,
		"line": o.Line, "shift": o.Shift, "machine": o.Machine, "operator": o.Operator,
	}
	for _, name := range slices.Sorted(maps.Keys(o.Label)) {
		if _, twice := known[name]; twice || name == "serial" {
			return nil, o.errorf("label."+name, "is a field of the order itself; remove it from the label's fields")
		}
		known[name] = o.Label[name]
	}
	data := template.Data{}
	var names []string
	for _, f := range t.Fields() {
		names = append(names, f.Name)
		if value, ok := known[f.Name]; ok {
			data[f.Name] = value
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Label)) {
		if _, ok := data[name]; !ok {
			return nil, o.errorf("label."+name, "is not a field of the template %s, which has %s; remove it or declare it there",
				o.Template, strings.Join(names, ", "))
		}
	}
	return data, nil
}

// templateFile is where the order's template is: beside the order unless its path is absolute.
func (o *order) templateFile() string {
	if filepath.IsAbs(o.Template) {
		return o.Template
	}
	return filepath.Join(filepath.Dir(o.file), o.Template)
}
