package ledger

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/serial"
)

// A Block is the units of one order: consecutive indices of a product's scheme. It is not to be changed.
type Block struct {
	Envelope

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

// blockBody is the body of a block record. The first and last serials are there for whoever reads the file, and show
// whether a key is the right one.
type blockBody struct {
	Request string `json:"request,omitempty"`
	Order   Hash   `json:"order"` // digest of what was ordered
	spanBody
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
	return serial.Fields{Time: b.Time, Product: b.Product, Lot: b.Lot, Plant: b.Plant, Line: b.Line, Shift: b.Shift, Values: b.Values}
}

// newBlock returns the block of a record, and ErrKey if the scheme doesn't make the serials that were issued.
func newBlock(rec Record, s *serial.Scheme) (*Block, error) {
	var body blockBody
	if err := rec.decode(&body); err != nil {
		return nil, err
	}
	b := &Block{
		Envelope: rec.Envelope, ID: blockID(rec.Envelope), Request: body.Request, Product: body.Product, Version: body.Version,
		Scope: body.Scope, First: body.First, Count: body.Count, Fields: body.fields(), Machine: body.Machine,
		Attributes: body.Attributes, scheme: s,
	}
	first, err := s.Format(b.Fields, b.First)
	if err != nil {
		return nil, fmt.Errorf("block %s of product %q: %w", b.ID, b.Product, err)
	}
	if first != body.FirstSerial {
		return nil, fmt.Errorf("block %s of product %q: %w; use the key file that the block was made with", b.ID, b.Product, ErrKey)
	}
	return b, nil
}

func blockID(e Envelope) string {
	return strconv.FormatUint(e.Epoch, 10) + "." + strconv.FormatUint(e.Seq, 10)
}

// At returns unit i of the block, 0 ≤ i < Count.
func (b *Block) At(i uint64) (Unit, error) {
	if i >= b.Count {
		return Unit{}, fmt.Errorf("block %s: unit %d of %d", b.ID, i, b.Count)
	}
	s, err := b.scheme.Format(b.Fields, b.First+i)
	if err != nil {
		return Unit{}, fmt.Errorf("block %s: unit %d: %w", b.ID, i, err)
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

// Block returns the block with an id.
func (l *Ledger) Block(ctx context.Context, id string) (*Block, error) {
	_, seq, _ := strings.Cut(id, ".")
	n, err := strconv.ParseUint(seq, 10, 64)
	if err != nil {
		return nil, unknownBlock(id)
	}
	rec, ok, err := firstRecord(l.store.Records(ctx, Filter{Kind: KindBlock, Seq: n}))
	if err != nil {
		return nil, err
	}
	if !ok || blockID(rec.Envelope) != id {
		return nil, unknownBlock(id)
	}
	return l.block(ctx, l.store, rec)
}

func unknownBlock(id string) error { return fmt.Errorf("block %q: %w", id, ErrUnknownBlock) }

// ByRequest returns the block that was commissioned with a request id, or ErrUnknownBlock.
func (l *Ledger) ByRequest(ctx context.Context, request string) (*Block, error) {
	rec, ok, err := l.request(ctx, l.store, request)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("request %q: %w", request, ErrUnknownBlock)
	}
	return l.block(ctx, l.store, rec)
}

func (l *Ledger) request(ctx context.Context, r Reader, request string) (rec Record, ok bool, err error) {
	if request == "" {
		return Record{}, false, nil
	}
	return firstRecord(r.Records(ctx, Filter{Kind: KindBlock, Request: request}))
}

// Blocks streams the blocks in the order in which they were commissioned: all of them, or those of a product if it isn't "".
func (l *Ledger) Blocks(ctx context.Context, product string) iter.Seq2[*Block, error] {
	return l.blocks(ctx, Filter{Kind: KindBlock, Product: product})
}

func (l *Ledger) blocks(ctx context.Context, f Filter) iter.Seq2[*Block, error] {
	return func(yield func(*Block, error) bool) {
		for rec, err := range l.store.Records(ctx, f) {
			var b *Block
			if err == nil {
				b, err = l.block(ctx, l.store, rec)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// block returns the block of a record with the scheme that it was made by.
func (l *Ledger) block(ctx context.Context, r Reader, rec Record) (*Block, error) {
	var span spanBody
	if err := rec.decode(&span); err != nil {
		return nil, err
	}
	s, err := l.schemeOf(ctx, r, span.Product, span.Version)
	if err != nil {
		return nil, err
	}
	return newBlock(rec, s)
}

// schemeOf returns a version of a product's scheme.
func (l *Ledger) schemeOf(ctx context.Context, r Reader, product, version string) (*serial.Scheme, error) {
	if s := l.cache.scheme(product, version); s != nil {
		return s, nil
	}
	rec, ok, err := firstRecord(r.Records(ctx, Filter{Kind: KindProduct, Product: product, Version: version, Newest: true, Limit: 1}))
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, l.damaged(fmt.Errorf("product %q has no scheme of version %s", product, version))
	}
	var def productBody
	if err := rec.decode(&def); err != nil {
		return nil, err
	}
	return l.scheme(def)
}

// firstRecord returns the first record of a stream.
func firstRecord(records iter.Seq2[Record, error]) (Record, bool, error) {
	for r, err := range records {
		return r, err == nil, err
	}
	return Record{}, false, nil
}
