package ledger

import (
	"context"
	"errors"
	"fmt"

	"github.com/gonameplate/nameplate/serial"
)

// A Unit is one physical unit: a product and a serial, and where the ledger has it.
type Unit struct {
	Product  string
	Serial   string
	Block    string // id of its block
	Position uint64 // in its block, 0 … Count-1: the position of its label in the print run
	Index    uint64 // in the product's scheme

	// Status is what the marks say of the unit. Find and Recall fill it in; a Block's own units have none.
	Status Status
}

// Find returns the unit with a serial. It returns ErrUnknownProduct, or ErrNotIssued for a serial that no version of the
// product's scheme has issued, however well formed it is.
func (l *Ledger) Find(ctx context.Context, product, text string) (Unit, error) {
	return l.FindIn(ctx, serial.Fields{Product: product}, text)
}

// FindIn is Find for schemes that need context which the serial doesn't spell, such as the lot of a counter for each lot. The
// fields must name the product.
func (l *Ledger) FindIn(ctx context.Context, given serial.Fields, text string) (Unit, error) {
	b, i, err := l.find(ctx, given, text)
	if err != nil {
		return Unit{}, err
	}
	u := Unit{Product: b.Product, Serial: text, Block: b.ID, Position: i, Index: b.First + i}
	u.Status, err = l.statusOf(ctx, b, i)
	return u, err
}

// find returns the block of a serial, and the position in it.
func (l *Ledger) find(ctx context.Context, given serial.Fields, text string) (*Block, uint64, error) {
	for _, def := range l.cache.definitions(given.Product) {
		if b, i, err := l.locate(ctx, l.store, def, given, text); err == nil {
			return b, i, nil
		}
	}
	versions, err := l.versions(ctx, l.store, given.Product)
	if err != nil {
		return nil, 0, err
	}
	l.cache.keepDefinitions(given.Product, versions)
	var refused error
	for _, def := range versions {
		b, i, err := l.locate(ctx, l.store, def, given, text)
		if err == nil {
			return b, i, nil
		}
		// What the newest version says tells most, but only if no other one, lacking a key or field, can't say anything.
		if refused == nil || errors.Is(refused, ErrNotIssued) && !errors.Is(err, ErrNotIssued) {
			refused = err
		}
	}
	return nil, 0, fmt.Errorf("product %q: serial %q: %w", given.Product, text, refused)
}

// locate returns the block in which a version of a scheme has issued a serial.
func (l *Ledger) locate(ctx context.Context, r Reader, def productBody, given serial.Fields, text string) (*Block, uint64, error) {
	s, err := l.scheme(def)
	if err != nil {
		return nil, 0, err
	}
	fields, index, err := s.Parse(given, text)
	if errors.Is(err, serial.ErrKey) || errors.Is(err, serial.ErrField) {
		return nil, 0, err // there is something missing, but not in the serial
	}
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %w", ErrNotIssued, err)
	}
	scope, err := s.Scope(fields)
	if err != nil {
		return nil, 0, err
	}
	b, err := l.blockWith(ctx, r, Counter{def.Product, def.Version, scope}, index, s)
	if err != nil {
		return nil, 0, err
	}
	// A serial may spell out fields of which its block has others.
	switch u, err := b.At(index - b.First); {
	case err != nil:
		return nil, 0, err
	case u.Serial != text:
		return nil, 0, fmt.Errorf("%w: unit %d of block %s is %q", ErrNotIssued, u.Position, b.ID, u.Serial)
	}
	return b, index - b.First, nil
}

// blockWith returns the block that has an index of a counter.
func (l *Ledger) blockWith(ctx context.Context, r Reader, c Counter, index uint64, s *serial.Scheme) (*Block, error) {
	if b := l.cache.block(c, index); b != nil {
		return b, nil
	}
	rec, ok, err := r.Span(ctx, c, index)
	if err != nil {
		return nil, err
	}
	var span spanBody
	if ok {
		if err := rec.decode(&span); err != nil {
			return nil, err
		}
	}
	switch {
	case !ok || index >= span.end():
		return nil, fmt.Errorf("%w: its number %d in %s is in no block", ErrNotIssued, index, scopeName(c.Scope))
	case rec.Kind == KindBurn:
		return nil, fmt.Errorf("%w: its number %d was burnt on %s, when records before then may have been lost: %s",
			ErrNotIssued, index, rec.Time.Format(TimeLayout), rec.Reason)
	}
	b, err := newBlock(rec, s)
	if err == nil && r == Reader(l.store) { // what a transaction reads may not stay
		l.cache.keepBlock(b)
	}
	return b, err
}
