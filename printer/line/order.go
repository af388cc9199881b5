package line

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/internal/jsonpos"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// An Order is a production order as a planning system hands it over: what to make, how many,
// where, and how a unit's serial and label are made. ID, Code, Units and Made are required.
type Order struct {
	// ID identifies the order, such as "MO-2026-11842". It is the request of the commission: the
	// ledger carries out one order with an ID.
	ID string `json:"order"`

	// Extra names further units of a complete order, such as "replacements 1"; "" is the order
	// itself. Units is then the number of these. An order with an Extra is done once, too.
	Extra string `json:"extra,omitempty"`

	Code    string `json:"code"`    // the product's, such as a GTIN; its serials are unique
	Product string `json:"product"` // its name
	Units   uint64 `json:"units"`
	Made    string `json:"made"` // the production day, YYYY-MM-DD
	Lot     string `json:"lot"`

	Plant    string `json:"plant"`
	Line     string `json:"line"`
	Shift    string `json:"shift"`
	Machine  string `json:"machine"`
	Operator string `json:"operator"` // the actor of the ledger's records, if it isn't ""

	// Scheme is the pattern of the serials, in the language of package serial. Without one the
	// units are goods with a lot only: their labels show no serial, and the ledger counts the
	// labels.
	Scheme string `json:"scheme,omitempty"`

	// Template names the label template for the program that parses it.
	Template string `json:"template,omitempty"`

	// Label holds the template's further fields. One with the name "expires" is the use-by day.
	Label map[string]string `json:"label,omitempty"`

	// Acknowledged lists the warnings that somebody has seen and accepts. They are recorded.
	Acknowledged []Warning `json:"acknowledged,omitempty"`

	File string `json:"-"` // that the order was read from, for messages; "" if it wasn't
}

// maxUnits is the most units that an order asks for.
const maxUnits = 1_000_000_000

// ReadOrder reads an order from a file; see [ParseOrder]. Its errors name the file.
func ReadOrder(fsys fs.FS, name string) (Order, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return Order{}, &OrderError{
			Err: ErrOrder, Cause: err, File: name, Detail: fmt.Sprintf("can't be read: %s", err),
			Hint: "name an order's file",
		}
	}
	defer f.Close()
	return parseOrder(f, name)
}

// ParseOrder reads an order in JSON. Its error is an [*OrderError]: missing, unknown, repeated and
// malformed fields are rejected, and so are more than 1 MiB.
func ParseOrder(r io.Reader) (Order, error) { return parseOrder(r, "") }

func parseOrder(r io.Reader, file string) (Order, error) {
	doc := jsonpos.Read(r, "the order")
	o := Order{File: file}
	field := o.read(doc)
	if wrong := doc.Err(); wrong != nil {
		return Order{}, &OrderError{
			Err: ErrOrder, Cause: wrong.Err, File: file, Field: field, Input: wrong.Input,
			Pos: wrong.Pos, Line: wrong.Line, Column: wrong.Column,
			Detail: wrong.Detail, Hint: wrong.Hint,
		}
	}
	if wrong := o.check(); wrong != nil {
		wrong.locate(doc)
		return Order{}, wrong
	}
	return o, nil
}

// read fills the order from a document. It returns the field that is malformed, or "".
func (o *Order) read(doc *jsonpos.Document) (field string) {
	object := doc.Object(doc.Root, "the order")
	done := func(name string) {
		if field == "" && doc.Err() != nil {
			field = name
		}
	}
	if doc.Err() != nil {
		return ""
	}
	for _, f := range []struct {
		name string
		to   *string
	}{
		{"order", &o.ID}, {"extra", &o.Extra}, {"code", &o.Code}, {"product", &o.Product},
		{"made", &o.Made}, {"lot", &o.Lot}, {"plant", &o.Plant}, {"line", &o.Line},
		{"shift", &o.Shift}, {"machine", &o.Machine}, {"operator", &o.Operator},
		{"scheme", &o.Scheme}, {"template", &o.Template},
	} {
		*f.to, _ = object.Text(f.name)
		done(f.name)
	}
	o.Units = uint64(object.Whole("units", 1, maxUnits))
	done("units")
	if n := object.Get("label"); n != nil {
		o.Label = readLabel(doc.Object(n, `"label"`))
		done("label")
	}
	for _, m := range object.List("acknowledged") {
		name, _ := m.Node.Value.(string)
		o.Acknowledged = append(o.Acknowledged, Warning(name))
	}
	done("acknowledged")
	object.Done()
	return field
}

// readLabel reads the fields of the template.
func readLabel(object *jsonpos.Object) map[string]string {
	fields := map[string]string{}
	for _, m := range object.Node.Members {
		fields[m.Key], _ = object.Text(m.Key)
	}
	return fields
}

// locate finds the place of a field in the document that it was read from.
func (e *OrderError) locate(doc *jsonpos.Document) {
	node := doc.Root
	for name := range strings.SplitSeq(e.Field, ".") {
		i := slices.IndexFunc(node.Members, func(m jsonpos.Member) bool { return m.Key == name })
		if i < 0 {
			return // it is missing
		}
		node = node.Members[i].Node
	}
	doc.Fail(node.Pos, e.Err, "", "")
	e.Pos, e.Line, e.Column = doc.Err().Pos, doc.Err().Line, doc.Err().Column
}

// check rejects an order with a field that is missing or malformed.
func (o *Order) check() *OrderError {
	for _, f := range []struct{ name, value string }{
		{"order", o.ID}, {"code", o.Code}, {"made", o.Made},
	} {
		if f.value == "" {
			return o.errorf(f.name, "", "is missing").hint("every order needs one")
		}
	}
	if o.Units == 0 || o.Units > maxUnits {
		return o.errorf("units", "", "is %d, want 1 to %d", o.Units, maxUnits)
	}
	if _, err := time.Parse(time.DateOnly, o.Made); err != nil {
		return o.errorf("made", o.Made, "%s is not a day of the calendar, want YYYY-MM-DD",
			errtext.Quote(o.Made))
	}
	for _, w := range o.Acknowledged {
		if !slices.Contains(warnings, w) {
			return o.errorf("acknowledged", string(w), "%s is not a warning, want %s",
				errtext.Quote(string(w)), join(warnings, " or "))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Label)) {
		if _, twice := o.facts()[name]; twice || name == "serial" {
			return o.errorf("label."+name, o.Label[name], "is a field of the order itself").
				hint("remove it from the label's fields")
		}
	}
	return nil
}

// Request returns what the ledger knows the order by: its ID, with the name of the Extra after a
// plus sign if there is one.
func (o Order) Request() string {
	if o.Extra == "" {
		return o.ID
	}
	return o.ID + "+" + o.Extra
}

// facts are the fields of an order that templates may show.
func (o *Order) facts() template.Data {
	return template.Data{
		"order": o.ID, "code": o.Code, "product": o.Product, "made": o.Made, "lot": o.Lot,
		"plant": o.Plant, "line": o.Line, "shift": o.Shift, "machine": o.Machine,
		"operator": o.Operator,
	}
}

// fields are the facts that the serial scheme may use.
func (o *Order) fields() serial.Fields {
	made, _ := time.ParseInLocation(time.DateOnly, o.Made, time.Local) // checked before
	return serial.Fields{
		Time: made, Product: o.Code, Lot: o.Lot, Plant: o.Plant, Line: o.Line, Shift: o.Shift,
		Values: o.Label,
	}
}

// place is where the order's units are made.
func (o *Order) place() ledger.Place {
	return ledger.Place{Plant: o.Plant, Line: o.Line, Shift: o.Shift, Machine: o.Machine}
}

// errorf returns an error about a field with what was given.
func (o *Order) errorf(field, input, format string, args ...any) *OrderError {
	return &OrderError{
		Err: ErrOrder, File: o.File, Field: field, Input: input,
		Detail: fmt.Sprintf(format, args...),
	}
}

// because returns an error about a field that another package has found.
func (o *Order) because(field string, cause error) *OrderError {
	return &OrderError{
		Err: ErrOrder, Cause: cause, File: o.File, Field: field, Detail: errtext.Inner(cause),
	}
}

func (e *OrderError) hint(text string) *OrderError {
	e.Hint = text
	return e
}
