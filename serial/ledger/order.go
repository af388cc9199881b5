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
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// An Order asks for new units of a product.
type Order struct {
	// Request identifies the order, so that an order which is sent again, because its answer was
	// lost, gets the same block. Without one, each call commissions new units.
	Request string

	Product    string
	Count      uint64        // at least 1
	Fields     serial.Fields // Product may be left out; a zero Time is the time of the clock
	Machine    string
	Attributes map[string]string
}

// Commission takes the next Count indices of the product's counter and returns them as a block. The
// block is durable when Commission returns it: no crash, copy or restored file issues its serials
// again. If an error leaves the outcome unknown, because the context ended or the disk failed, send
// the same order with the same Request again.
//
// Its errors are, among others, ErrUnknownProduct, ErrExhausted, ErrOrderDiffers, ErrCollision,
// ErrInvalid, and those of the scheme for fields that are missing or don't fit. Nothing is recorded
// then.
func (l *Ledger) Commission(ctx context.Context, o Order) (*Block, error) {
	b, err := l.commission(ctx, o)
	return b, l.fail(o.place(), err)
}

func (l *Ledger) commission(ctx context.Context, o Order) (*Block, error) {
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
	var done driver.Record
	err = l.updateThen(ctx, func(ctx context.Context, tx driver.Tx) ([]draft, error) {
		rec, again, err := l.request(ctx, tx, o.Request)
		if err != nil {
			return nil, err
		}
		if again {
			done = rec
			return nil, sameOrder(rec, digest)
		}
		var body blockBody
		if body, scheme, err = l.take(ctx, tx, &o); err != nil {
			return nil, err
		}
		body.Order = digest
		return []draft{{kind: driver.KindBlock, body: body}}, nil
	}, func(r []driver.Record) { done = r[0] })
	if err != nil {
		return nil, err
	}
	if scheme == nil {
		return l.block(ctx, l.store, done)
	}
	return newBlock(done, scheme)
}

// place returns the order for a message.
func (o *Order) place() string {
	s := "order"
	if o.Request != "" {
		s += " " + clip(o.Request)
	}
	if o.Product != "" {
		s += " of product " + clip(o.Product)
	}
	return s
}

func (o *Order) validate() error {
	f := o.Fields
	switch {
	case o.Product == "":
		return invalid("", "Product is empty", "")
	case o.Count == 0:
		return invalid("", "Count is 0", "order at least 1 unit")
	case f.Product != "" && f.Product != o.Product:
		return invalid(f.Product, fmt.Sprintf("Fields.Product is %s, want Product",
			clip(f.Product)), "")
	}
	if _, offset := f.Time.Zone(); offset%60 != 0 {
		return invalid("", fmt.Sprintf("Fields.Time has an offset of %d s, want whole minutes",
			offset), "")
	}
	err := validText("request", o.Request, "product", o.Product, "lot", f.Lot, "plant", f.Plant,
		"line", f.Line, "shift", f.Shift, "machine", o.Machine)
	if err == nil {
		err = validMap("value", f.Values)
	}
	if err == nil {
		err = validMap("attribute", o.Attributes)
	}
	return err
}

// digest identifies what is ordered, but not who orders it.
func (o *Order) digest() (driver.Hash, error) {
	text, err := json.Marshal(o.body(""))
	if err != nil { // such as a year after 9999
		return driver.Hash{}, invalid("", fmt.Sprintf("can't be recorded: %v", err), "")
	}
	return sha256.Sum256(text), nil
}

// body returns the record of an order without its indices.
func (o *Order) body(version string) blockBody {
	f := o.Fields
	return blockBody{
		Request: o.Request,
		span: span{Counter: driver.Counter{Product: o.Product, Version: version},
			Count: o.Count},
		Time: f.Time, Lot: f.Lot, Plant: f.Plant, Line: f.Line, Shift: f.Shift, Machine: o.Machine,
		Values: f.Values, Attributes: o.Attributes,
	}
}

// sameOrder rejects an order under a request that has the block of another one.
func sameOrder(rec driver.Record, digest driver.Hash) error {
	var body blockBody
	if err := decode(&rec, &body); err != nil {
		return err
	}
	if body.Order != digest {
		return &Error{Err: ErrOrderDiffers, Input: body.Request,
			Detail: fmt.Sprintf("%d units of product %s on %s", body.Count, clip(body.Product),
				rec.Time.Format(time.DateTime)),
			Hint: "give each order a request of its own"}
	}
	return nil
}

// take plans the block of an order.
func (l *Ledger) take(ctx context.Context, tx driver.Tx, o *Order) (
	body blockBody, s *serial.Scheme, err error) {
	known := &l.commits.next
	versions, err := getOrLoad(known.versions, o.Product, func() ([]productBody, error) {
		return versions(ctx, tx, o.Product)
	})
	if err != nil {
		return body, nil, err
	}
	if s, err = l.scheme(versions[0]); err != nil {
		return body, nil, err
	}
	body = o.body(versions[0].Version)
	if body.Scope, err = s.Scope(body.fields()); err != nil {
		return body, nil, err
	}
	body.First, err = getOrLoad(known.next, body.Counter,
		func() (uint64, error) { return l.next(ctx, tx, body.Counter) })
	if err != nil {
		return body, nil, err
	}
	if limit := min(s.Capacity(), maxIndex); body.First > limit || limit-body.First < o.Count {
		return body, nil, &Error{Err: ErrExhausted,
			Detail: fmt.Sprintf("%d of %d are left in %s", limit-min(limit, body.First), limit,
				scopeName(body.Scope)),
			Hint: "give the product a scheme with more"}
	}
	if err := body.format(s); err != nil {
		return body, nil, err
	}
	return body, s, l.checkCollisions(ctx, tx, s, body, versions[1:])
}

// format makes the first and last serial and parses them again, so that whatever is wrong with the
// fields is found before anything is recorded. What the scheme itself chose, the key that a serial
// names, becomes the block's.
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
			return invalid(text,
				fmt.Sprintf("serial %s of number %d in %s reads as number %d in %s",
					clip(text), index, scopeName(b.Scope), i, scopeName(scope)), "")
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

// checkCollisions rejects a block with a serial that another version of the product's scheme has
// issued.
func (l *Ledger) checkCollisions(ctx context.Context, tx driver.Tx, s *serial.Scheme,
	body blockBody, others []productBody) error {
	for _, def := range others {
		_, used, err := firstRecord(tx.Records(ctx, newestBlock(def.Product, def.Version)))
		if err != nil {
			return err
		}
		if !used {
			continue
		}
		for i := range body.Count {
			text, err := s.Format(body.fields(), body.First+i)
			if err != nil {
				return err
			}
			b, _, err := l.locate(ctx, tx, def, body.fields(), text)
			if err == nil {
				return &Error{Err: ErrCollision, Input: text,
					Detail: fmt.Sprintf("%s is in block %s", clip(text), b.ID),
					Hint:   "give the new scheme a literal, length or key of its own"}
			}
			if !errors.Is(err, ErrNotIssued) {
				return err
			}
		}
	}
	return nil
}
