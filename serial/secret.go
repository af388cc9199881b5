package serial

import "github.com/gonameplate/nameplate/serial/scramble"

// keyName is the field that spells a key's identifier.
const keyName = "key"

// WithKeys returns the scheme with the keys of its scrambled parts: the key that a part names, or else the keyring's current key; with a
// {key} part in the pattern, all keys of the ring whose identifiers fit it. Its error is of type [*Error] with [ErrKey]. A scheme without scrambled
// parts is returned as it is.
func (s *Scheme) WithKeys(ring Keyring) (*Scheme, error) {
	if !s.scrambled {
		return s, nil
	}
	t := *s
	t.keys = nil
	switch {
	case s.keyPart:
		field := s.keyField()
		for _, k := range ring.keys {
			if id := k.ID(); len(id) >= field.min && len(id) <= field.max && field.wrong(id) == len(id) {
				if err := t.addKey(k); err != nil {
					return nil, err
				}
			}
		}
		if len(t.keys) == 0 {
			return nil, &Error{Err: ErrKey, Part: keyName, Detail: "no key of the ring has an identifier that fits the pattern's {key}"}
		}
	default:
		k, ok := ring.Current()
		if id := s.namedKey(); id != "" {
			if k, ok = ring.Key(id); !ok {
				return nil, &Error{Err: ErrKey, Part: "key " + clip(id), Detail: "the keyring doesn't have it"}
			}
		}
		if !ok {
			return nil, &Error{Err: ErrKey, Detail: "the keyring is empty"}
		}
		if err := t.addKey(k); err != nil {
			return nil, err
		}
	}
	t.setVersion()
	return &t, nil
}

// namedKey is the key that the pattern names, "" if it leaves it to the keyring.
func (s *Scheme) namedKey() string {
	for i := range s.slots {
		if s.slots[i].key != "" {
			return s.slots[i].key
		}
	}
	return ""
}

func (s *Scheme) keyField() *textField {
	for i := range s.parts {
		if f := s.parts[i].field; f != nil && f.name == keyName {
			return f
		}
	}
	return nil
}

func (s *Scheme) addKey(k Key) error {
	set := keyed{id: k.ID()}
	for i := range s.slots {
		if !s.slots[i].scrambled {
			continue
		}
		p, err := scramble.New(k.secret(), nil, s.slots[i].size)
		if err != nil { // the size was seen to by Compile and the length by NewKey
			return &Error{Err: ErrKey, Part: "key " + clip(k.ID()), Detail: err.Error()}
		}
		set.perms[i] = p
	}
	s.keys = append(s.keys, set)
	return nil
}

// keyFor returns the permutations of a rendering or reading, and sets its key's identifier.
func (s *Scheme) keyFor(st *state) (*keyed, error) {
	if len(s.keys) == 0 {
		return nil, &Error{Err: ErrKey, Detail: "the scheme is scrambled: give it its keys with WithKeys"}
	}
	k := &s.keys[len(s.keys)-1]
	if !s.keyPart {
		return k, nil
	}
	if st.key == "" {
		st.key = st.fields.value(keyName)
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
	return nil, &Error{Err: ErrKey, Part: "key " + clip(st.key), Detail: "the keyring doesn't have it"}
}

// permute replaces the digits of scrambled slots. The tweak is the product's length in two bytes and its text, the slot's number in
// one, and the scope, so that products, slots and scopes have sequences of their own.
func (s *Scheme) permute(st *state, k *keyed, back bool) error {
	var buf [256]byte
	tweak := append(buf[:0], byte(len(st.fields.Product)>>8), byte(len(st.fields.Product)))
	tweak = append(tweak, st.fields.Product...)
	slotAt := len(tweak)
	tweak = append(tweak, 0)
	tweak, err := s.appendScope(tweak, st)
	if err != nil {
		return err
	}
	for i, p := range k.perms {
		if p == nil {
			continue
		}
		tweak[slotAt] = byte(i)
		q := p.WithTweak(tweak)
		if back {
			st.digits[i] = q.Index(st.digits[i])
		} else {
			st.digits[i] = q.At(st.digits[i])
		}
	}
	return nil
}
