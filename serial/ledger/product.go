package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// A Product is a kind of goods. Its units have serials of one scheme.
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

// Define records a product, or a change of it, and gives its scheme to the ledger. A program
// defines its products each time that it opens the ledger; a definition that is recorded already
// adds no record.
//
// A version of a scheme never changes once it is recorded. Another scheme of the same product is a
// new version: later orders use it, its indices begin anew, and serials of the earlier
// versions are still found. An order that would make a serial which another version has issued is
// rejected with ErrCollision.
//
// Define returns ErrKey if the scheme's version has issued serials that the scheme doesn't make,
// because it has another key of the same identifier; ErrExhausted if the version has issued more
// serials than the scheme allows, because its odds are stricter; and ErrInvalid if the product has
// no id or no scheme.
func (l *Ledger) Define(ctx context.Context, p Product) error {
	return l.fail("product "+clip(p.ID), l.define(ctx, p))
}

func (l *Ledger) define(ctx context.Context, p Product) error {
	switch {
	case p.ID == "":
		return invalid("", "ID is empty", "")
	case p.Scheme == nil:
		return invalid(p.ID, "Scheme is nil", "compile one with serial.Compile")
	}
	body := productBody{p.ID, p.Name, p.Scheme.String(), p.Scheme.Version(), p.Attributes}
	err := validText("product", p.ID, "name", p.Name, "scheme", body.Scheme)
	if err == nil {
		err = validMap("attribute", p.Attributes)
	}
	if err != nil {
		return err
	}
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	err = l.update(ctx, func(ctx context.Context, tx driver.Tx) ([]draft, error) {
		if err := checkKey(ctx, tx, p); err != nil {
			return nil, err
		}
		last, ok, err := firstRecord(tx.Records(ctx, definitions(p.ID, 1)))
		if err != nil || ok && bytes.Equal(last.Body, text) {
			return nil, err
		}
		if err := checkIssued(ctx, tx, p); err != nil {
			return nil, err
		}
		return []draft{{kind: driver.KindProduct, body: body}}, nil
	})
	if err == nil {
		l.cache.keepScheme(p.ID, p.Scheme)
	}
	return err
}

// checkKey compares the scheme with the newest block that its version has issued.
func checkKey(ctx context.Context, r driver.Reader, p Product) error {
	rec, ok, err := firstRecord(r.Records(ctx, newestBlock(p.ID, p.Scheme.Version())))
	if err != nil || !ok {
		return err
	}
	_, err = newBlock(rec, p.Scheme)
	return err
}

// newestBlock selects the newest block of a version of a product's scheme.
func newestBlock(product, version string) driver.Filter {
	return driver.Filter{Kind: driver.KindBlock, Product: product, Version: version, Newest: true,
		Limit: 1}
}

// checkIssued returns ErrExhausted if the scheme's version has issued more serials than the scheme
// allows, as it may have where odds became stricter: those serials could no longer be read.
func checkIssued(ctx context.Context, r driver.Reader, p Product) error {
	f := driver.Filter{Kind: driver.KindBlock, Product: p.ID, Version: p.Scheme.Version()}
	for rec, err := range r.Records(ctx, f) {
		if err != nil {
			return err
		}
		b, err := newBlock(rec, p.Scheme)
		if err == nil {
			_, err = b.at(b.Count - 1)
		}
		if err != nil {
			return hinted(err, "give the new scheme another alphabet, width or beginning")
		}
	}
	return nil
}

// hinted gives an error a hint if it has none.
func hinted(err error, hint string) error {
	e, ok := err.(*Error)
	if !ok {
		return &Error{Err: err, Hint: hint}
	}
	if e.Hint == "" {
		e.Hint = hint
	}
	return e
}

// definition returns the newest definition of a product.
func definition(ctx context.Context, r driver.Reader, product string) (
	body productBody, ok bool, err error) {
	rec, ok, err := firstRecord(r.Records(ctx, definitions(product, 1)))
	if err == nil && ok {
		err = decode(&rec, &body)
	}
	return body, ok, err
}

// definitions selects the definitions of a product, the newest first.
func definitions(product string, limit int) driver.Filter {
	return driver.Filter{Kind: driver.KindProduct, Product: product, Newest: true, Limit: limit}
}

// versions returns the definitions of a product that have different versions, the newest first.
func versions(ctx context.Context, r driver.Reader, product string) (
	list []productBody, err error) {
	seen := map[string]bool{}
	for rec, err := range r.Records(ctx, definitions(product, 0)) {
		if err != nil {
			return nil, err
		}
		var body productBody
		if err := decode(&rec, &body); err != nil {
			return nil, err
		}
		if !seen[body.Version] {
			seen[body.Version] = true
			list = append(list, body)
		}
	}
	if len(list) == 0 {
		return nil, &Error{Err: ErrUnknownProduct, Input: product, Hint: "define it first"}
	}
	return list, nil
}

// scheme returns the scheme of a definition: the one that Define was given, or one compiled from
// the record and the ledger's keys.
func (l *Ledger) scheme(def productBody) (*serial.Scheme, error) {
	if s := l.cache.scheme(def.Product, def.Version); s != nil {
		return s, nil
	}
	s, err := l.compile(def)
	if err != nil {
		return nil, err
	}
	l.cache.keepScheme(def.Product, s)
	return s, nil
}

// compile makes the scheme of a recorded definition. A scheme that names no key had the one that
// was current then.
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
	return nil, &Error{Err: serial.ErrKey, Input: def.Scheme,
		Detail: fmt.Sprintf("scheme %s of version %s has none of the keys %q", clip(def.Scheme),
			def.Version, l.options.Keys.IDs()),
		Hint: "define the product, or open the ledger with its keys"}
}

// Products streams the products in their newest definitions, in the order in which they were first
// defined.
func (l *Ledger) Products(ctx context.Context) iter.Seq2[Product, error] {
	return func(yield func(Product, error) bool) {
		seen := map[string]bool{}
		for rec, err := range l.store.Records(ctx, driver.Filter{Kind: driver.KindProduct}) {
			var body productBody
			if err == nil {
				err = decode(&rec, &body)
			}
			if err == nil && seen[body.Product] {
				continue
			}
			seen[body.Product] = true
			var p Product
			if err == nil {
				p, err = l.product(ctx, body.Product)
			}
			if !yield(p, l.fail("", err)) || err != nil {
				return
			}
		}
	}
}

// product returns a product in its newest definition.
func (l *Ledger) product(ctx context.Context, id string) (Product, error) {
	body, _, err := definition(ctx, l.store, id)
	if err != nil {
		return Product{}, err
	}
	s, err := l.scheme(body)
	return Product{body.Product, body.Name, s, body.Attributes}, l.fail("product "+clip(id), err)
}
