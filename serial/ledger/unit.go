package ledger

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A Unit is one physical unit: a product and a serial, and where the ledger has it.
type Unit struct {
	Product  string
	Serial   string
	Block    string // id of its block
	Position uint64 // in its block, 0 … Count-1: the position of its label in the print run
	Index    uint64 // in the product's scheme

	// Print is the state of printing of a unit that was looked up, as Find, History and Recall do.
	// It is nil for a unit that a Block made, which doesn't know its marks.
	Print *PrintStatus
}

// Find returns the unit with a serial. It returns ErrUnknownProduct, or ErrNotIssued for a serial
// that no version of the product's scheme has issued, however well formed it is.
func (l *Ledger) Find(ctx context.Context, product, text string) (Unit, error) {
	return l.FindIn(ctx, serial.Fields{Product: product}, text)
}

// FindIn is Find for schemes that need fields which the serial doesn't contain, such as the lot
// of a counter for each lot. The fields must have the product.
func (l *Ledger) FindIn(ctx context.Context, given serial.Fields, text string) (Unit, error) {
	b, i, err := l.find(ctx, given, text)
	if err != nil {
		return Unit{}, l.fail(unitPlace(given.Product, text), err)
	}
	u := Unit{Product: b.Product, Serial: text, Block: b.ID, Position: i, Index: b.First + i}
	status, err := l.statusOf(ctx, b, i)
	u.Print = &status
	return u, err
}

// unitPlace returns a unit for a message.
func unitPlace(product, text string) string {
	return fmt.Sprintf("serial %s of product %s", clip(text), clip(product))
}

// find returns the block of a serial, and the position in it.
func (l *Ledger) find(ctx context.Context, given serial.Fields, text string) (
	*Block, uint64, error) {
	for _, def := range l.cache.definitions(given.Product) {
		if b, i, err := l.locate(ctx, l.store, def, given, text); err == nil {
			return b, i, nil
		}
	}
	versions, err := versions(ctx, l.store, given.Product)
	if err != nil {
		return nil, 0, err
	}
	l.cache.keepDefinitions(given.Product, versions)
	var rejected error
	for _, def := range versions {
		b, i, err := l.locate(ctx, l.store, def, given, text)
		if err == nil {
			return b, i, nil
		}
		// The error of the newest version counts, unless another version lacks a key or a field:
		// then nobody can say that the serial was never issued.
		if rejected == nil || errors.Is(rejected, ErrNotIssued) && !errors.Is(err, ErrNotIssued) {
			rejected = err
		}
	}
	return nil, 0, rejected
}

// locate returns the block in which a version of a scheme has issued a serial, and the position
// in it.
func (l *Ledger) locate(ctx context.Context, r driver.Reader, def productBody, given serial.Fields,
	text string) (*Block, uint64, error) {
	s, err := l.scheme(def)
	if err != nil {
		return nil, 0, err
	}
	fields, index, err := s.Parse(given, text)
	if errors.Is(err, serial.ErrKey) || errors.Is(err, serial.ErrField) {
		return nil, 0, err // there is something missing, but not in the serial
	}
	if err != nil {
		return nil, 0, &Error{Err: ErrNotIssued, Input: text,
			Detail: strings.TrimPrefix(err.Error(), "serial: "), cause: err}
	}
	scope, err := s.Scope(fields)
	if err != nil {
		return nil, 0, err
	}
	c := driver.Counter{Product: def.Product, Version: def.Version, Scope: scope}
	b, err := l.blockWith(ctx, r, c, index, s)
	if err != nil {
		return nil, 0, err
	}
	// A serial may contain fields of which its block has others.
	u, err := b.At(index - b.First)
	if err != nil {
		return nil, 0, err
	}
	if u.Serial != text {
		return nil, 0, notIssued("unit %d of block %s is %s", u.Position, b.ID, clip(u.Serial))
	}
	return b, index - b.First, nil
}

func notIssued(format string, args ...any) error {
	return &Error{Err: ErrNotIssued, Detail: fmt.Sprintf(format, args...)}
}

// blockWith returns the block that has an index of a counter.
func (l *Ledger) blockWith(ctx context.Context, r driver.Reader, c driver.Counter, index uint64,
	s *serial.Scheme) (*Block, error) {
	if b := l.cache.block(c, index); b != nil {
		return b, nil
	}
	rec, ok, err := r.Span(ctx, c, index)
	if err != nil {
		return nil, err
	}
	var found span
	if ok {
		if err := decode(&rec, &found); err != nil {
			return nil, err
		}
	}
	switch {
	case !ok || index >= found.end():
		return nil, notIssued("its number %d in %s is in no block", index, scopeName(c.Scope))
	case rec.Kind == driver.KindBurn:
		return nil, notIssued("its number %d was burnt on %s, when records may have been lost: %s",
			index, rec.Time.Format(driver.TimeLayout), rec.Reason)
	}
	b, err := newBlock(rec, s)
	if _, uncommitted := r.(driver.Tx); err == nil && !uncommitted {
		l.cache.keepBlock(b)
	}
	return b, err
}
