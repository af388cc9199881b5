package line

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/zpl"
)

// A Plan is an order that has been checked and can be commissioned.
type Plan struct {
	Order Order

	// State is how far the ledger has the order. The fields below are empty if it isn't New.
	State State

	// Identities and Devices are what the printers are, in the order of Line.Printers. A printer
	// that can't be asked has an empty identity.
	Identities []printer.Identity
	Devices    []label.Device

	// Findings are what will print worse than it could. What must not be printed is an error.
	Findings []label.Finding

	// Warnings are what is probably a mistake, acknowledged or not.
	Warnings []Warning

	scheme  *serial.Scheme
	data    template.Data // of every label; the unit's serial comes on top
	formats []*zpl.Format
	labels  *template.Template
	details []string // of the warnings
}

// lotOnly numbers the labels of goods that have no serial. Its serials are on no label and meet
// those of no other scheme.
const lotOnly = "#{index:12}"

// Check does what [Start] does before it commissions an order, and changes nothing: it reads the
// order's state from the ledger, asks the printers for their resolution, and lays out labels with
// the widest serials that the scheme can make. A Line without a Ledger is allowed; the state is
// then New.
//
// The error is that of Start, but the state of the order and its warnings are no errors here: they
// are in the Plan.
func Check(ctx context.Context, l Line, o Order) (*Plan, error) {
	if wrong := o.check(); wrong != nil {
		return nil, wrong
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	p := &Plan{Order: o}
	if l.Ledger != nil {
		if err := p.known(ctx, l.Ledger); err != nil || p.State != New {
			return p, err
		}
	}
	return p, p.prepare(ctx, l)
}

// known reads the state of the order, and rejects one whose content has changed or whose Extra
// comes too early.
func (p *Plan) known(ctx context.Context, l *ledger.Ledger) error {
	b, err := find(ctx, l, p.Order.Request())
	if err != nil {
		return err
	}
	if b != nil {
		r, err := b.result(ctx, l)
		p.State = r.State
		return errors.Join(p.Order.conflict(b.Order), err)
	}
	if p.Order.Extra == "" {
		return nil
	}
	switch r, err := Status(ctx, Line{Ledger: l}, p.Order.ID); {
	case err != nil:
		return err
	case r.State == New:
		return p.Order.wrongState(p.Order.ID, ErrNotStarted, "start it before further units of it")
	case r.State == UnderWay:
		return p.Order.wrongState(p.Order.ID, ErrUnderWay, "resume it before further units of it")
	}
	return nil
}

// prepare fills the plan: whatever can be wrong with the order, the template or the printers is
// found here.
func (p *Plan) prepare(ctx context.Context, l Line) (err error) {
	if err := l.check(); err != nil {
		return err
	}
	p.labels = l.Template
	if p.scheme, err = p.Order.scheme(l.Keys); err != nil {
		return err
	}
	if p.data, err = p.Order.data(l.Template); err != nil {
		return err
	}
	for _, device := range l.Printers {
		identity, err := identify(ctx, device, l.DotsPerMM)
		if err != nil {
			return fmt.Errorf("line: %w", err)
		}
		p.Identities = append(p.Identities, identity)
		p.Devices = append(p.Devices, label.Device{DotsPerMM: identity.DotsPerMM})
	}
	for _, d := range p.Devices {
		format, err := zpl.Compile(l.Template, d)
		if err != nil {
			return p.Order.because("template", err)
		}
		p.formats = append(p.formats, format)
	}
	return p.tryLabels(l)
}

// startable rejects an order that the ledger knows, and one with a warning that nobody has
// acknowledged.
func (p *Plan) startable() error {
	switch p.State {
	case UnderWay:
		return p.Order.wrongState(p.Order.Request(), ErrUnderWay, "resume it")
	case Complete:
		return p.Order.wrongState(p.Order.Request(), ErrComplete, "further units need a name")
	}
	var open []Warning
	var details []string
	for i, w := range p.Warnings {
		if !slices.Contains(p.Order.Acknowledged, w) {
			open = append(open, w)
			details = append(details, p.details[i])
		}
	}
	if len(open) == 0 {
		return nil
	}
	e := p.Order.errorf("", "", "%s", strings.Join(details, "; "))
	e.Err = ErrWarning
	return e.hint("correct the order, or acknowledge " + join(open, " and "))
}

// wrongState returns the error of an order that has a state in the ledger which it should not have.
func (o *Order) wrongState(request string, state error, hint string) error {
	e := o.errorf("order", request, "%s is %s", errtext.Quote(request), state)
	e.Err = state
	return e.hint(hint)
}

// scheme compiles the order's scheme with its keys.
func (o *Order) scheme(keys serial.Keyring) (*serial.Scheme, error) {
	pattern := o.Scheme
	if pattern == "" {
		pattern = lotOnly
	}
	s, err := serial.Compile(pattern)
	if err == nil {
		s, err = s.WithKeys(keys)
	}
	switch {
	case err != nil:
		return nil, o.because("scheme", err)
	case s.Capacity() < o.Units:
		return nil, o.errorf("scheme", pattern, "%s has only %d serials for %d units",
			errtext.Quote(pattern), s.Capacity(), o.Units).hint("give it more digits")
	}
	return s, nil
}

// data returns the facts that the template declares; the serial of each unit comes on top. A label
// field that the template doesn't have is an error: what the planner wrote would not be on the
// label.
func (o *Order) data(t *template.Template) (template.Data, error) {
	known := o.facts()
	maps.Copy(known, o.Label)
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
			return nil, o.errorf("label."+name, o.Label[name],
				"is not a field of the template %s, which has %s", o.Template,
				strings.Join(names, ", ")).hint("remove it or declare it there")
		}
	}
	switch serial := slices.Contains(names, "serial"); {
	case serial && o.Scheme == "":
		return nil, o.errorf("scheme", "", "is missing, and the template %s shows a serial",
			o.Template).hint("give the pattern of the serials")
	case !serial && o.Scheme != "":
		return nil, o.errorf("scheme", o.Scheme,
			"makes serials, and the template %s has no field serial", o.Template).
			hint("declare it there, or leave the scheme out for goods with a lot only")
	}
	return data, nil
}

// identify asks a printer what it is.
func identify(ctx context.Context, p *printer.Printer, dots float64) (printer.Identity, error) {
	if !p.OneWay() {
		return p.Identify(ctx)
	}
	if dots == 0 {
		dots = 8
	}
	return printer.Identity{DotsPerMM: dots}, nil
}
