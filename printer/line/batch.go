package line

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/gonameplate/nameplate/internal/errtext"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// A Batch is the commissioned units of an order.
type Batch struct {
	Plan
	Block *ledger.Block // the units

	parts int // that the positions are printed in, each by a run of its own
}

// The attributes of an order's block.
const (
	attrOrder    = "order"    // its content, in JSON
	attrTemplate = "template" // the template's hash
	attrPrinters = "printers" // how many began to print it
)

// commission takes the order's units into the ledger. They are durable when it returns.
func (p *Plan) commission(ctx context.Context, l Line) (*Batch, error) {
	o := &p.Order
	content, err := json.Marshal(o)
	if err != nil {
		return nil, o.because("", err)
	}
	ctx = o.actor(ctx)
	err = l.Ledger.Define(ctx, ledger.Product{ID: o.Code, Name: o.Product, Scheme: p.scheme})
	if err != nil {
		return nil, o.rejected(err)
	}
	block, err := l.Ledger.Commission(ctx, ledger.Order{
		Request: o.Request(),
		Product: o.Code,
		Count:   o.Units,
		Fields:  o.fields(),
		Machine: o.Machine,
		Attributes: map[string]string{
			attrOrder: string(content), attrTemplate: p.labels.Hash(),
			attrPrinters: strconv.Itoa(len(l.Printers)),
		},
	})
	if errors.Is(err, ledger.ErrOrderDiffers) { // another program has started it in the meantime
		wrong := o.because("order", err)
		wrong.Err, wrong.Input = ErrConflict, o.Request()
		return nil, wrong
	}
	if err != nil {
		return nil, o.rejected(err)
	}
	return &Batch{Plan: *p, Block: block, parts: len(l.Printers)}, nil
}

// rejected returns the error of an order that the ledger rejects, or of a ledger that fails.
func (o *Order) rejected(err error) error {
	_, store := errors.AsType[*ledger.StoreError](err)
	if store || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("line: order %s: %w", errtext.Quote(o.Request()), err)
	}
	return o.because("", err)
}

// actor returns a context whose records name the order's operator.
func (o *Order) actor(ctx context.Context) context.Context {
	if o.Operator == "" {
		return ctx
	}
	return ledger.WithActor(ctx, o.Operator, "order "+o.Request())
}

// find returns the batch of a request with its order as the ledger has it, or nil if it has none.
func find(ctx context.Context, l *ledger.Ledger, request string) (*Batch, error) {
	block, err := l.ByRequest(ctx, request)
	switch {
	case errors.Is(err, ledger.ErrUnknownBlock):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("line: order %s: %w", errtext.Quote(request), err)
	}
	b := &Batch{Block: block}
	b.parts, err = strconv.Atoi(block.Attributes[attrPrinters])
	if err == nil {
		err = json.Unmarshal([]byte(block.Attributes[attrOrder]), &b.Order)
	}
	if err != nil || b.parts < 1 || b.Order.Units != block.Count {
		return nil, &OrderError{
			Err: ErrConflict, Field: "order", Input: request,
			Detail: fmt.Sprintf("block %s has this request and is not of package line", block.ID),
			Hint:   "give the order another ID",
		}
	}
	return b, nil
}

// prepare plans what is left of a batch that was found, and rejects a template other than the one
// that it began with: labels of one order must not differ.
func (b *Batch) prepare(ctx context.Context, l Line) error {
	if err := l.check(); err != nil {
		return err
	}
	if was, is := b.Block.Attributes[attrTemplate], l.Template.Hash(); was != is {
		return &OrderError{
			Err: ErrConflict, Field: "template", Input: b.Order.Template,
			Detail: fmt.Sprintf("has changed since the order began: hash %.12s then, %.12s now",
				was, is),
			Hint: "put the old one back",
		}
	}
	return b.Plan.prepare(ctx, l)
}

// conflict rejects an order whose content differs from what the ledger has.
func (o *Order) conflict(known Order) error {
	is, was := o.content(), known.content()
	all := maps.Clone(was)
	maps.Copy(all, is)
	for _, field := range slices.Sorted(maps.Keys(all)) {
		if is[field] == was[field] {
			continue
		}
		return &OrderError{
			Err: ErrConflict, File: o.File, Field: field, Input: is[field],
			Detail: fmt.Sprintf("has changed since the order began: %s then, %s now",
				errtext.Quote(was[field]), errtext.Quote(is[field])),
			Hint: "put the old one back, or give the new order another ID",
		}
	}
	return nil
}

// content returns the fields of an order by their JSON names, but for what was acknowledged.
func (o *Order) content() map[string]string {
	c := map[string]string{
		"extra": o.Extra, "units": strconv.FormatUint(o.Units, 10), "scheme": o.Scheme,
		"template": o.Template,
	}
	maps.Copy(c, o.facts())
	for name, value := range o.Label {
		c["label."+name] = value
	}
	return c
}
