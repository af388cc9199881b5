package ledger

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A Block is the units of one order: consecutive indices of a product's scheme. It must not be
// changed.
type Block struct {
	driver.Envelope

	ID         string // epoch and sequence of its record, such as "1.17"
	Request    string
	Product    string
	Version    string // of the scheme
	Scope      string // of the counter, as the scheme renders it
	First      uint64 // index of the first unit
	Count      uint64
	Fields     serial.Fields
	Machine    string
	Attributes map[string]string

	scheme *serial.Scheme
}

// blockBody is the body of a block record. The first and last serials are there for whoever reads
// the file, and show whether a key is the right one.
type blockBody struct {
	Request string      `json:"request,omitempty"`
	Order   driver.Hash `json:"order"` // digest of what was ordered
	span
	FirstSerial string            `json:"first_serial"`
	LastSerial  string            `json:"last_serial"`
	Time        time.Time         `json:"time"`
	Lot         string            `json:"lot,omitempty"`
	Plant       string            `json:"plant,omitempty"`
	Line        string            `json:"line,omitempty"`
	Shift       string            `json:"shift,omitempty"`
	Machine     string            `json:"machine,omitempty"`
	Values      map[string]string `json:"values,omitempty"`
	Attributes  map[string]string `json:"attributes,omitempty"`
}

func (b *blockBody) fields() serial.Fields {
	return serial.Fields{Time: b.Time, Product: b.Product, Lot: b.Lot, Plant: b.Plant, Line: b.Line,
		Shift: b.Shift, Values: b.Values}
}

// newBlock returns the block of a record, and ErrKey if the scheme doesn't make the serials that
// were issued.
func newBlock(rec driver.Record, s *serial.Scheme) (*Block, error) {
	var body blockBody
	if err := decode(&rec, &body); err != nil {
		return nil, err
	}
	b := &Block{
		Envelope: rec.Envelope, ID: blockID(rec.Envelope), Request: body.Request,
		Product: body.Product, Version: body.Version, Scope: body.Scope,
		First: body.First, Count: body.Count, Fields: body.fields(), Machine: body.Machine,
		Attributes: body.Attributes, scheme: s,
	}
	first, err := s.Format(b.Fields, b.First)
	if err != nil {
		return nil, &Error{Place: b.place(), Err: err}
	}
	if first != body.FirstSerial {
		return nil, &Error{Place: b.place(), Err: ErrKey,
			Hint: "use the key file that the block was made with"}
	}
	return b, nil
}

func blockID(e driver.Envelope) string {
	return strconv.FormatUint(e.Epoch, 10) + "." + strconv.FormatUint(e.Seq, 10)
}

// place returns the block for a message.
func (b *Block) place() string { return "block " + b.ID }

// At returns unit i of the block, 0 ≤ i < Count. It returns ErrInvalid for another i.
func (b *Block) At(i uint64) (Unit, error) {
	u, err := b.at(i)
	if e, ok := err.(*Error); ok {
		e.Place = b.place()
	}
	return u, err
}

func (b *Block) at(i uint64) (Unit, error) {
	if i >= b.Count {
		return Unit{}, &Error{Err: ErrInvalid,
			Detail: fmt.Sprintf("unit %d of %d, want less than Count", i, b.Count)}
	}
	s, err := b.scheme.Format(b.Fields, b.First+i)
	if err != nil {
		return Unit{}, &Error{Err: err, Detail: fmt.Sprintf("unit %d", i)}
	}
	return Unit{Product: b.Product, Serial: s, Block: b.ID, Position: i, Index: b.First + i}, nil
}

// Units streams the units of the block in order. It stops after an error.
func (b *Block) Units() iter.Seq2[Unit, error] {
	return func(yield func(Unit, error) bool) {
		for i := range b.Count {
			u, err := b.At(i)
			if !yield(u, err) || err != nil {
				return
			}
		}
	}
}

// Block returns the block with an id, or ErrUnknownBlock.
func (l *Ledger) Block(ctx context.Context, id string) (*Block, error) {
	b, err := l.blockByID(ctx, id)
	return b, l.fail("block "+clip(id), err)
}

func (l *Ledger) blockByID(ctx context.Context, id string) (*Block, error) {
	_, seq, _ := strings.Cut(id, ".")
	n, err := strconv.ParseUint(seq, 10, 64)
	if err != nil || n == 0 {
		return nil, unknownBlock(id)
	}
	rec, ok, err := firstRecord(l.store.Records(ctx, driver.Filter{Kind: driver.KindBlock, Seq: n}))
	if err != nil {
		return nil, err
	}
	if !ok || blockID(rec.Envelope) != id {
		return nil, unknownBlock(id)
	}
	return l.block(ctx, l.store, rec)
}

func unknownBlock(input string) error { return &Error{Err: ErrUnknownBlock, Input: input} }

// ByRequest returns the block that was commissioned with a request id, or ErrUnknownBlock.
func (l *Ledger) ByRequest(ctx context.Context, request string) (*Block, error) {
	rec, ok, err := l.request(ctx, l.store, request)
	var b *Block
	switch {
	case err != nil:
	case ok:
		b, err = l.block(ctx, l.store, rec)
	default:
		err = unknownBlock(request)
	}
	return b, l.fail("request "+clip(request), err)
}

// request returns the block record of a request.
func (l *Ledger) request(ctx context.Context, r driver.Reader, request string) (
	rec driver.Record, ok bool, err error) {
	if request == "" {
		return driver.Record{}, false, nil
	}
	return firstRecord(r.Records(ctx, driver.Filter{Kind: driver.KindBlock, Request: request}))
}

// Blocks streams the blocks in the order in which they were commissioned: those of a product, or
// all of them if it is "". It stops after an error.
func (l *Ledger) Blocks(ctx context.Context, product string) iter.Seq2[*Block, error] {
	return l.blocks(ctx, driver.Filter{Kind: driver.KindBlock, Product: product})
}

func (l *Ledger) blocks(ctx context.Context, f driver.Filter) iter.Seq2[*Block, error] {
	return func(yield func(*Block, error) bool) {
		for rec, err := range l.store.Records(ctx, f) {
			var b *Block
			if err == nil {
				b, err = l.block(ctx, l.store, rec)
			}
			if !yield(b, l.fail("", err)) || err != nil {
				return
			}
		}
	}
}

// block returns the block of a record with the scheme that made it.
func (l *Ledger) block(ctx context.Context, r driver.Reader, rec driver.Record) (*Block, error) {
	var of span
	if err := decode(&rec, &of); err != nil {
		return nil, err
	}
	s, err := l.schemeOf(ctx, r, of.Product, of.Version)
	if err != nil {
		return nil, l.fail("block "+blockID(rec.Envelope), err)
	}
	return newBlock(rec, s)
}

// schemeOf returns a version of a product's scheme.
func (l *Ledger) schemeOf(ctx context.Context, r driver.Reader, product, version string) (
	*serial.Scheme, error) {
	if s := l.cache.scheme(product, version); s != nil {
		return s, nil
	}
	f := definitions(product, 1)
	f.Version = version
	rec, ok, err := firstRecord(r.Records(ctx, f))
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, contradiction("product %s has no scheme of version %s", clip(product),
			clip(version))
	}
	var def productBody
	if err := decode(&rec, &def); err != nil {
		return nil, err
	}
	return l.scheme(def)
}
