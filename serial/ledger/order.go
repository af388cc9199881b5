package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/gonameplate/nameplate/serial"
)

// An Order asks for new units of a product.
type Order struct {
	// Request identifies the order, so that an order which is sent again, for its answer was lost, gets the same block.
	// Without one, each call commissions new units.
	Request string

	Product    string
	Count      uint64
	Fields     serial.Fields // Product may be left out; Time is the clock's if it is zero
	Machine    string
	Attributes map[string]string
	Actor      string
	Reason     string
}

// Commission takes the next Count indices of the product's counter and returns them as a block. The block is durable when
// Commission returns it: no crash, copy or restored file issues its serials again. If the outcome is unknown, for the
// context ended or the disk failed, the same order with the same Request finds out.
//
// Its errors are, among others, ErrUnknownProduct, ErrExhausted, ErrOrderDiffers, ErrCollision, and those of the scheme for
// fields that are missing or don't fit. Nothing is recorded then.
func (l *Ledger) Commission(ctx context.Context, o Order) (*Block, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	digest, err := o.digest()
	if err != nil {
		return nil, err
	}
	if o.Fields.Time.IsZero() {
		o.Fields.Time = recordTime(l.options.Clock())
	}
	o.Fields.Time = o.Fields.Time.Round(0)

	var scheme *serial.Scheme
	var done Record
	err = l.update(ctx, func(ctx context.Context, tx Tx) ([]draft, error) {
		var body blockBody
		switch rec, again, err := l.request(ctx, tx, o.Request); {
		case err != nil:
			return nil, err
		case again:
			done = rec
			return nil, o.repeats(rec, digest)
		}
		body, scheme, err = l.take(ctx, tx, &o)
		if err != nil {
			return nil, err
		}
		body.Order = digest
		return []draft{{kind: KindBlock, actor: o.Actor, reason: o.Reason, body: body}}, nil
	}, func(r []Record) { done = r[0] })
	if err != nil {
		return nil, fmt.Errorf("order %sof product %q: %w", quoted(o.Request), o.Product, err)
	}
	if scheme == nil {
		return l.block(ctx, l.store, done)
	}
	return newBlock(done, scheme)
}

// take plans the block of an order.
func (l *Ledger) take(ctx context.Context, tx Tx, o *Order) (body blockBody, s *serial.Scheme, err error) {
	known := &l.commits.memory
	versions, err := remembered(known.versions, o.Product, func() ([]productBody, error) { return l.versions(ctx, tx, o.Product) })
	if err != nil {
		return body, nil, err
	}
	if s, err = l.scheme(versions[0]); err != nil {
		return body, nil, err
	}
	body = o.body(versions[0].Version)
	fields := body.fields()
	if body.Scope, err = s.Scope(fields); err != nil {
		return body, nil, err
	}
	body.First, err = remembered(known.next, body.counter(), func() (uint64, error) { return l.next(ctx, tx, body.counter()) })
	if err != nil {
		return body, nil, err
	}
	if limit := min(s.Capacity(), maxIndex); body.First > limit || limit-body.First < o.Count {
		return body, nil, fmt.Errorf("%w: %d of %d are left in %s; give the product a scheme with more",
			ErrExhausted, limit-min(limit, body.First), limit, scopeName(body.Scope))
	}
	if err := body.format(s); err != nil {
		return body, nil, err
	}
	return body, s, l.checkCollisions(ctx, tx, s, body, versions[1:])
}

// format makes the first and last serial and reads them back, so that whatever is wrong with the fields is found before
// anything is recorded. What the scheme chose of itself, the key that a serial spells, becomes the block's.
func (b *blockBody) format(s *serial.Scheme) (err error) {
	if b.FirstSerial, err = s.Format(b.fields(), b.First); err != nil {
		return err
	}
	if b.LastSerial, err = s.Format(b.fields(), b.end()-1); err != nil {
		return err
	}
	for text, index := range map[string]uint64{b.FirstSerial: b.First, b.LastSerial: b.end() - 1} {
		f, i, err := s.Parse(b.fields(), text)
		if err != nil {
			return err
		}
		if scope, err := s.Scope(f); err != nil || scope != b.Scope || i != index {
			return fmt.Errorf("serial %q of number %d in %s reads as number %d in %s", text, index, scopeName(b.Scope), i, scopeName(scope))
		}
		if key := f.Values["key"]; key != "" && b.Values["key"] == "" {
			b.Values = maps.Clone(b.Values)
			if b.Values == nil {
				b.Values = map[string]string{}
			}
			b.Values["key"] = key
		}
	}
	return nil
}

// checkCollisions refuses a block with a serial that another version of the product's scheme has issued.
func (l *Ledger) checkCollisions(ctx context.Context, tx Tx, s *serial.Scheme, body blockBody, others []productBody) error {
	for _, def := range others {
		f := Filter{Kind: KindBlock, Product: def.Product, Version: def.Version, Newest: true, Limit: 1}
		if _, used, err := firstRecord(tx.Records(ctx, f)); err != nil || !used {
			if err != nil {
				return err
			}
			continue
		}
		for i := range body.Count {
			text, err := s.Format(body.fields(), body.First+i)
			if err != nil {
				return err
			}
			b, _, err := l.locate(ctx, tx, def, body.fields(), text)
			if err == nil {
				return fmt.Errorf("%w: %q is in block %s; give the new scheme a literal, length or key of its own",
					ErrCollision, text, b.ID)
			}
			if !errors.Is(err, ErrNotIssued) {
				return err
			}
		}
	}
	return nil
}

func (o *Order) validate() error {
	switch {
	case o.Product == "":
		return errors.New("order: no product")
	case o.Count == 0:
		return errors.New("order: no count; order at least 1 unit")
	case o.Fields.Product != "" && o.Fields.Product != o.Product:
		return fmt.Errorf("order of product %q: its fields name product %q", o.Product, o.Fields.Product)
	}
	if _, offset := o.Fields.Time.Zone(); offset%60 != 0 {
		return fmt.Errorf("order of product %q: the time's offset of %d s has seconds; use a whole minute", o.Product, offset)
	}
	f := o.Fields
	return errors.Join(
		validText("request", o.Request, "product", o.Product, "lot", f.Lot, "plant", f.Plant, "line", f.Line, "shift", f.Shift,
			"machine", o.Machine, "actor", o.Actor, "reason", o.Reason),
		validMap("value", f.Values), validMap("attribute", o.Attributes))
}

// body is the record of an order without its indices.
func (o *Order) body(version string) blockBody {
	f := o.Fields
	return blockBody{
		Request: o.Request, spanBody: spanBody{Product: o.Product, Version: version, Count: o.Count}, Time: f.Time, Lot: f.Lot,
		Plant: f.Plant, Line: f.Line, Shift: f.Shift, Machine: o.Machine, Values: f.Values, Attributes: o.Attributes,
	}
}

// digest tells orders apart by what is ordered, not by who orders.
func (o *Order) digest() (Hash, error) {
	text, err := json.Marshal(o.body(""))
	if err != nil {
		return Hash{}, fmt.Errorf("order of product %q: %w", o.Product, err)
	}
	return sha256.Sum256(text), nil
}

// repeats refuses an order under a request that has the block of another one.
func (o *Order) repeats(rec Record, digest Hash) error {
	var body blockBody
	if err := rec.decode(&body); err != nil {
		return err
	}
	if body.Order != digest {
		return fmt.Errorf("%w: %d units of product %q on %s; give each order a request of its own",
			ErrOrderDiffers, body.Count, body.Product, rec.Time.Format(time.DateTime))
	}
	return nil
}

func quoted(request string) string {
	if request == "" {
		return ""
	}
	return fmt.Sprintf("%q ", request)
}

func scopeName(scope string) string {
	if scope == "" {
		return "all"
	}
	return fmt.Sprintf("scope %q", scope)
}
