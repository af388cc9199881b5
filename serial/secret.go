package serial

import (
	"github.com/gonameplate/nameplate/serial/internal/pattern"
	"github.com/gonameplate/nameplate/serial/internal/quote"
	"github.com/gonameplate/nameplate/serial/scramble"
)

// WithKeys returns the scheme with the keys of its scrambled indexes: the key that the pattern
// names, or else the keyring's current key; with a {key} part in the pattern, all keys of the
// ring whose identifiers fit it. Its error is of type [*Error] with [ErrKey]. A scheme without
// scrambled indexes is returned as it is.
func (s *Scheme) WithKeys(ring Keyring) (*Scheme, error) {
	if !s.pattern.Scrambled {
		return s, nil
	}
	keys, err := s.chooseKeys(ring)
	if err != nil {
		return nil, err
	}
	t := *s
	t.keys = nil
	for _, k := range keys {
		if err := t.addKey(k); err != nil {
			return nil, err
		}
	}
	t.setVersion()
	return &t, nil
}

// chooseKeys returns the keys of a ring that the scheme uses, at least one.
func (s *Scheme) chooseKeys(ring Keyring) (keys []Key, err error) {
	if field := s.pattern.KeyField(); field != nil {
		for _, k := range ring.keys {
			if field.Fits(k.ID()) {
				keys = append(keys, k)
			}
		}
		if keys == nil {
			return nil, &Error{Err: ErrKey, Part: pattern.KeyName,
				Detail: "no key of the ring has an identifier that fits the pattern's {key}"}
		}
		return keys, nil
	}
	if id := s.pattern.NamedKey(); id != "" {
		k, ok := ring.Key(id)
		if !ok {
			return nil, missingKey(id)
		}
		return []Key{k}, nil
	}
	k, ok := ring.Current()
	if !ok {
		return nil, &Error{Err: ErrKey, Detail: "the keyring is empty"}
	}
	return []Key{k}, nil
}

func missingKey(id string) error {
	return &Error{Err: ErrKey, Part: "key " + quote.Text(id), Detail: "not in the keyring"}
}

func (s *Scheme) addKey(k Key) error {
	set := keyed{id: k.ID()}
	for i := range s.pattern.Indexes {
		x := &s.pattern.Indexes[i]
		if !x.Scrambled {
			continue
		}
		p, err := scramble.New(k.secret(), nil, x.Size)
		if err != nil { // Compile has checked the size and NewKey the length
			return &Error{Err: ErrKey, Part: "key " + quote.Text(k.ID()), Detail: err.Error()}
		}
		set.perms[i] = p
	}
	s.keys = append(s.keys, set)
	return nil
}

// keyFor returns the permutations for a serial and sets its key's identifier.
func (s *Scheme) keyFor(st *state) (*keyed, error) {
	if len(s.keys) == 0 {
		return nil, &Error{Err: ErrKey, Detail: "the scheme is scrambled and has no keys",
			Hint: "call WithKeys"}
	}
	k := &s.keys[len(s.keys)-1]
	if !s.pattern.KeyPart {
		return k, nil
	}
	if st.key == "" {
		st.key = st.fields.value(pattern.KeyName)
	}
	if st.key == "" {
		st.key = k.id
		return k, nil
	}
	for i := range s.keys {
		if s.keys[i].id == st.key {
			return &s.keys[i], nil
		}
	}
	return nil, missingKey(st.key)
}

// permute replaces the digits of scrambled indexes. The tweak is the product's length in two
// bytes and its text, the index's place among the indexes in one, and the scope, so that
// products, indexes and scopes have sequences of their own.
func (s *Scheme) permute(st *state, k *keyed, back bool) error {
	var buf [256]byte
	tweak := append(buf[:0], byte(len(st.fields.Product)>>8), byte(len(st.fields.Product)))
	tweak = append(tweak, st.fields.Product...)
	place := len(tweak)
	tweak = append(tweak, 0)
	tweak, err := s.appendScope(tweak, st)
	if err != nil {
		return err
	}
	for i, p := range k.perms {
		if p == nil {
			continue
		}
		tweak[place] = byte(i)
		q := p.WithTweak(tweak)
		if back {
			st.digits[i] = q.Index(st.digits[i])
		} else {
			st.digits[i] = q.At(st.digits[i])
		}
	}
	return nil
}
