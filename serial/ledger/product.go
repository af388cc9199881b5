package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"github.com/gonameplate/nameplate/serial"
)

// A Product is what units are units of.
type Product struct {
	ID         string // such as the 14 digits of a GTIN
	Name       string
	Scheme     *serial.Scheme
	Attributes map[string]string
}

// productBody is the body of a product record. Keys of schemes are never recorded.
type productBody struct {
	Product    string            `json:"product"`
	Name       string            `json:"name,omitempty"`
	Scheme     string            `json:"scheme"`
	Version    string            `json:"version"`
	Attributes map[string]string `json:"attributes,omitempty"`
}

// schemeKey tells schemes apart. The version holds the identifiers of keys, not the keys, so two products may have the
// same version and different keys.
type schemeKey struct{ product, version string }

// Define records a product, or a change of it, and hands its scheme to the ledger. A program defines its products each time
// it opens the ledger; a definition that is recorded already adds no record.
//
// A version of a scheme never changes once it is recorded. Another scheme of the same product is a new version: orders
// from then on use it, its indices begin anew, and serials of the earlier versions are still found. An order that would
// make a serial which another version has issued is refused with ErrCollision. Define returns ErrKey if the scheme's
// version has issued serials that the scheme, having another key of the same identifier, doesn't make, and ErrExhausted if it has issued
// more of them than the scheme allows, having stricter odds.
func (l *Ledger) Define(ctx context.Context, p Product) error {
	if p.ID == "" {
		return errors.New("product: no id")
	}
	if p.Scheme == nil {
		return fmt.Errorf("product %q: no scheme", p.ID)
	}
	body := productBody{p.ID, p.Name, p.Scheme.String(), p.Scheme.Version(), p.Attributes}
	err := errors.Join(validText("product", p.ID, "name", p.Name, "scheme", body.Scheme), validMap("attribute", p.Attributes))
	if err != nil {
		return err
	}
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	err = l.update(ctx, func(ctx context.Context, tx Tx) ([]draft, error) {
		if err := l.checkKey(ctx, tx, p); err != nil {
			return nil, err
		}
		last, ok, err := firstRecord(tx.Records(ctx, definitions(p.ID, 1)))
		if err != nil || ok && bytes.Equal(last.Body, text) {
			return nil, err
		}
		if err := checkIssued(ctx, tx, p); err != nil {
			return nil, err
		}
		return []draft{{kind: KindProduct, body: body}}, nil
	})
	if err == nil {
		l.cache.keepScheme(p.ID, p.Scheme)
		l.cache.keepDefinitions(p.ID, nil)
	}
	return err
}

// checkKey compares the scheme with the newest block that its version has issued.
func (l *Ledger) checkKey(ctx context.Context, r Reader, p Product) error {
	f := Filter{Kind: KindBlock, Product: p.ID, Version: p.Scheme.Version(), Newest: true, Limit: 1}
	rec, ok, err := firstRecord(r.Records(ctx, f))
	if err != nil || !ok {
		return err
	}
	_, err = newBlock(rec, p.Scheme)
	return err
}

// checkIssued returns ErrExhausted if the scheme's version has issued more than the scheme does, as it has where odds became stricter:
// those serials would be read no more.
func checkIssued(ctx context.Context, r Reader, p Product) error {
	for rec, err := range r.Records(ctx, Filter{Kind: KindBlock, Product: p.ID, Version: p.Scheme.Version()}) {
		if err != nil {
			return err
		}
		b, err := newBlock(rec, p.Scheme)
		if err == nil {
			_, err = b.At(b.Count - 1)
		}
		if err != nil {
			return fmt.Errorf("product %q: %w; give the new scheme another alphabet, width or beginning", p.ID, err)
		}
	}
	return nil
}

// definition returns the newest definition of a product.
func (l *Ledger) definition(ctx context.Context, r Reader, product string) (body productBody, ok bool, err error) {
	rec, ok, err := firstRecord(r.Records(ctx, definitions(product, 1)))
	if err == nil && ok {
		err = rec.decode(&body)
	}
	return body, ok, err
}

// definitions chooses the definitions of a product, the newest first.
func definitions(product string, limit int) Filter {
	return Filter{Kind: KindProduct, Product: product, Newest: true, Limit: limit}
}

// versions returns the definitions of a product that have different versions, the newest first.
func (l *Ledger) versions(ctx context.Context, r Reader, product string) (list []productBody, err error) {
	seen := map[string]bool{}
	for rec, err := range r.Records(ctx, definitions(product, 0)) {
		if err != nil {
			return nil, err
		}
		var body productBody
		if err := rec.decode(&body); err != nil {
			return nil, err
		}
		if !seen[body.Version] {
			seen[body.Version] = true
			list = append(list, body)
		}
	}
	if len(list) == 0 {
		return nil, unknownProduct(product)
	}
	return list, nil
}

func unknownProduct(product string) error {
	return fmt.Errorf("product %q: %w; define it first", product, ErrUnknownProduct)
}

// scheme returns the scheme of a definition: the one that Define was given, or one compiled from the record and the
// ledger's keys.
func (l *Ledger) scheme(def productBody) (*serial.Scheme, error) {
	if s := l.cache.scheme(def.Product, def.Version); s != nil {
		return s, nil
	}
	s, err := l.compile(def)
	if err != nil {
		return nil, fmt.Errorf("product %q: scheme %q: %w", def.Product, def.Scheme, err)
	}
	l.cache.keepScheme(def.Product, s)
	return s, nil
}

// compile makes the scheme of a recorded definition. A scheme that names no key had the one that was current then.
func (l *Ledger) compile(def productBody) (*serial.Scheme, error) {
	s, err := serial.Compile(def.Scheme)
	if err != nil || s.Version() == def.Version {
		return s, err
	}
	rings := []serial.Keyring{l.options.Keys}
	for _, id := range l.options.Keys.IDs() {
		k, _ := l.options.Keys.Key(id)
		one, err := serial.NewKeyring(k)
		if err != nil {
			return nil, err
		}
		rings = append(rings, one)
	}
	for _, ring := range rings {
		if keyed, err := s.WithKeys(ring); err == nil && keyed.Version() == def.Version {
			return keyed, nil
		}
	}
	return nil, fmt.Errorf("%w: none of the keys %q makes its version %s; define the product, or open the ledger with its keys",
		serial.ErrKey, l.options.Keys.IDs(), def.Version)
}

// Products streams the products in their newest definitions, in the order in which they were first defined.
func (l *Ledger) Products(ctx context.Context) iter.Seq2[Product, error] {
	return func(yield func(Product, error) bool) {
		seen := map[string]bool{}
		for rec, err := range l.store.Records(ctx, Filter{Kind: KindProduct}) {
			p, err := l.product(ctx, rec, err, seen)
			if p.ID == "" && err == nil {
				continue
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

// product returns the newest definition of the product that a record defines, unless it was seen.
func (l *Ledger) product(ctx context.Context, rec Record, err error, seen map[string]bool) (Product, error) {
	var body productBody
	if err == nil {
		err = rec.decode(&body)
	}
	if err != nil || seen[body.Product] {
		return Product{}, err
	}
	seen[body.Product] = true
	if body, _, err = l.definition(ctx, l.store, body.Product); err != nil {
		return Product{}, err
	}
	s, err := l.scheme(body)
	return Product{body.Product, body.Name, s, body.Attributes}, err
}
