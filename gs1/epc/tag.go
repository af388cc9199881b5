package epc

import (
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/digitallink"
	"github.com/gonameplate/nameplate/internal/bitfield"
)

// A Tag is what the EPC of an RFID tag contains (TDS 2.3, clauses 14 and 15). [Decode],
// [DecodeBank], [ParseTagURI] and [NewTag] make tags.
//
// Its fields are for reading: Encode returns the bits that were decoded or made, whatever happens
// to the fields afterwards.
type Tag struct {
	// EPC is the identity.
	EPC EPC
	// Scheme is the name of the scheme, such as "sgtin-96", "sgtin+" or "sgtin++".
	Scheme string
	// Filter is the filter value, roughly what the tag is on: an item, a case, a pallet.
	// [FilterName] returns what it means.
	Filter int
	// Host is the hostname of a "++" scheme, otherwise "".
	Host string
	// Data holds the elements beside the EPC, which only "+" and "++" schemes have: the date of a
	// DSGTIN, then the +AIDC data in their order.
	Data gs1.Message

	size int                       // bits, without padding
	bits [64 + bitfield.Slack]byte // the bits of the EPC, if they fit
	long []byte                    // otherwise the bits
}

// A writer puts the fields of a tag together.
type writer struct{ bitfield.Writer }

// buffer returns the bits and what a reader needs after them.
func (t *Tag) buffer() []byte {
	if t.long != nil {
		return t.long
	}
	return t.bits[:]
}

// Encode returns the bits of the EPC, padded with zeros to whole words of 16 bits, as they are
// written to the EPC memory bank from word 2 on. The error is an [*Error] of [ErrScheme] for the
// zero Tag.
func (t Tag) Encode() ([]byte, error) { return t.AppendEncode(nil) }

// AppendEncode appends what [Tag.Encode] returns to dst. On error it returns dst as it was.
func (t Tag) AppendEncode(dst []byte) ([]byte, error) {
	if t.size == 0 {
		return dst, &Error{Err: ErrScheme, Pos: -1,
			Detail: "a tag made by Decode, ParseTagURI or NewTag"}
	}
	return append(dst, t.buffer()[:bitfield.Words(t.size)]...), nil
}

// Bits returns the number of bits of the EPC, without padding.
func (t Tag) Bits() int { return t.size }

// URI returns the EPC tag URI, such as urn:epc:tag:sgtin-96:3.9506000.013435.123456789 (TDS 2.3,
// clause 12). "+" and "++" schemes have none: for them URI returns the GS1 Digital Link URI, as
// [Tag.Link] does. It is "" for the zero Tag.
func (t Tag) URI() string { return string(t.AppendURI(nil)) }

// String returns the URI.
func (t Tag) String() string { return t.URI() }

// AppendURI appends what [Tag.URI] returns to dst.
func (t Tag) AppendURI(dst []byte) []byte {
	s := byHeader[t.bits[0]]
	switch {
	case t.size == 0 || s == nil && t.long == nil:
		return dst
	case t.long != nil || s.layout == plus:
		link, _ := t.appendLink(dst)
		return link
	}
	dst = append(dst, "urn:epc:tag:"...)
	dst = append(dst, s.name...)
	dst = append(dst, ':')
	if s.filter > 0 {
		if t.Filter > 9 {
			dst = append(dst, '0'+byte(t.Filter/10))
		}
		dst = append(dst, '0'+byte(t.Filter%10), '.')
	}
	return t.EPC.appendBody(dst)
}

// Message returns the element strings of the EPC and the data beside it. The error is that of
// [EPC.Message]. Data is as the tag has it: [gs1.Message.Validate] checks it in full.
func (t Tag) Message() (gs1.Message, error) {
	m, err := t.AppendMessage(make(gs1.Message, 0, 2+len(t.Data)))
	if err != nil {
		return nil, err
	}
	return m, nil
}

// AppendMessage appends what [Tag.Message] returns to dst. It allocates the text of the EPC's
// values, once. On error it returns dst as it was.
func (t Tag) AppendMessage(dst gs1.Message) (gs1.Message, error) {
	m, err := t.EPC.AppendMessage(dst)
	if err != nil {
		return dst, err
	}
	return append(m, t.Data...), nil
}

// Link returns the GS1 Digital Link URI of the tag: at the owner's host if the tag carries one,
// otherwise the canonical one at id.gs1.org. What is beside the EPC becomes qualifiers and
// attributes. The error is that of [Tag.Message], or a *[gs1.Error] where the elements make no
// valid URI.
func (t Tag) Link() (string, error) {
	link, err := t.appendLink(nil)
	return string(link), err
}

func (t *Tag) appendLink(dst []byte) ([]byte, error) {
	var room [8]gs1.Element
	m, err := t.AppendMessage(room[:0])
	if err != nil {
		return dst, err
	}
	base := ""
	if t.Host != "" {
		base = "https://" + t.Host
	}
	return digitallink.Parser{SkipAssociations: true}.AppendFormat(dst, base, m)
}

// ParseTagURI reads an EPC tag URI (TDS 2.3, clause 12.3). The error is an [*Error]: [ErrURI],
// [ErrScheme], [ErrLength], [ErrCharacter] or [ErrRange].
func ParseTagURI(s string) (Tag, error) {
	const start = "urn:epc:tag:"
	rest, ok := strings.CutPrefix(s, start)
	if !ok {
		return Tag{}, &Error{Err: ErrURI, Input: s, Pos: 0, Detail: start}
	}
	name, _, found := strings.Cut(rest, ":")
	sch := schemeNamed(name)
	if !found || sch == nil || sch.layout == plus || name != sch.name {
		hint := ""
		if sch != nil && sch.layout == plus {
			hint = `"+" and "++" schemes have no tag URI; use NewTag with a message`
		}
		return Tag{}, &Error{Err: ErrScheme, Input: s, Pos: len(start),
			Detail: "a scheme that has tag URIs, such as sgtin-96", Hint: hint}
	}
	pos := len(start) + len(name) + 1
	filter := 0
	if sch.filter > 0 {
		p := bodyParser{&forms[sch.kind], s, pos}
		text, at, err := p.component("filter")
		if err == nil {
			err = p.numeral("filter", text, at, 1<<sch.filter-1)
		}
		if err != nil {
			return Tag{}, err
		}
		v, _ := bitfield.Number([]byte(text))
		filter, pos = int(v), p.pos
	}
	e, err := parseBody(sch.kind, s, pos)
	if err != nil {
		return Tag{}, err
	}
	t := Tag{EPC: e}
	if err := t.set(sch, filter); err != nil {
		return Tag{}, err
	}
	return t, nil
}

// Options describe the tag that [NewTag] makes.
type Options struct {
	// Scheme is the name of the scheme, in lower or upper case: one of [Schemes]. "" is the "+"
	// scheme of the message's key, or with a Host its "++" scheme.
	Scheme string
	// Filter is the filter value: 0 to 7, for USDoD 0 to 15, for ADI 0 to 63.
	Filter int
	// Host is the hostname of a "++" scheme, such as "id.example.com". A name in capitals takes
	// less room if it has no letters that can be shortened.
	Host string
	// PrefixLength is the number of digits of the GS1 Company Prefix, 4 to 12. "+" and "++" schemes
	// don't need it.
	PrefixLength int
	// Prefix finds the GS1 Company Prefix with which digits begin, if PrefixLength is 0: the
	// method Of of a companyprefix.Table.
	Prefix func(digits string) (prefix string, ok bool)
}

// NewTag returns the tag that carries a message. The message holds a GS1 key with its serial; a
// "+" or "++" scheme takes all other elements too, as +AIDC data in their order, other schemes
// take none. DSGTIN needs one of the dates (11), (13), (15), (16), (17), (7006) and (7007) and
// puts the first one before the key.
//
// Keys are checked in full. Of other elements only what the encoding needs is checked, which is
// their format: use [gs1.Message.Validate] before.
//
// The error is an [*Error]: [ErrScheme], [ErrMessage], [ErrPrefixLength], [ErrRange],
// [ErrLength], [ErrCharacter], [ErrCheckDigit], [ErrRestricted], [ErrRepeated] or [ErrHost]. It
// names the scheme, the field and the limit, and in Hint the scheme that takes the value.
func NewTag(m gs1.Message, o Options) (t Tag, err error) {
	if err = t.make(m, &o); err != nil {
		t = Tag{}
	}
	return t, err
}

func (t *Tag) make(m gs1.Message, o *Options) error {
	sch, err := chooseScheme(m, o)
	if err != nil {
		return err
	}
	k, key, serial := identify(m, sch.kind)
	if k == noKind {
		return &Error{Err: ErrMessage, Scheme: sch.name, Input: m.String(), Pos: -1,
			Detail: "AI (" + forms[sch.kind].ai + ")"}
	}
	if err := t.EPC.setElements(k, sch.name, m[key].Value, valueAt(m, serial), false); err != nil {
		return err
	}
	if sch.layout == plus {
		t.Data, err = dataOf(sch, m, key, serial)
		if err != nil {
			return err
		}
		return t.setPlus(sch, o.Filter, o.Host)
	}
	if err := nothingElse(sch, m, key, serial); err != nil {
		return err
	}
	if o.Host != "" {
		return &Error{Err: ErrHost, Scheme: sch.name, Field: "host", Input: o.Host, Pos: -1,
			Detail: "no host", Hint: `"++" schemes carry one`}
	}
	if err := t.EPC.findPrefix(sch, o); err != nil {
		return err
	}
	return t.set(sch, o.Filter)
}

// chooseScheme returns the scheme of the options, or the one that fits the message.
func chooseScheme(m gs1.Message, o *Options) (*scheme, error) {
	if o.Scheme != "" {
		sch := schemeNamed(o.Scheme)
		switch {
		case sch == nil:
			return nil, &Error{Err: ErrScheme, Input: o.Scheme, Pos: -1,
				Detail: "a scheme such as sgtin-96 or sgtin+"}
		case forms[sch.kind].ai == "":
			return nil, &Error{Err: ErrMessage, Scheme: sch.name, Pos: -1,
				Detail: "a scheme of GS1 keys",
				Hint:   "use ParseTagURI"}
		}
		return sch, nil
	}
	k, _, _ := identify(m, noKind)
	for i := range schemes {
		if s := &schemes[i]; s.layout == plus && !s.date && s.kind == k &&
			s.host == (o.Host != "") {
			return s, nil
		}
	}
	return nil, &Error{Err: ErrScheme, Input: m.String(), Pos: -1,
		Detail: "a key that has a tag scheme"}
}

// nothingElse checks that the key and its serial are all that the message has.
func nothingElse(sch *scheme, m gs1.Message, key, serial int) error {
	if len(m) == 1 || len(m) == 2 && serial >= 0 {
		return nil
	}
	for i := range m {
		first := find(m, m[i].AI)
		if first != key && first != serial {
			return &Error{Err: ErrMessage, Scheme: sch.name, Field: "AI (" + m[i].AI + ")",
				Input: m[i].Value,
				Pos:   -1, Detail: "the EPC only", Hint: strings.TrimRight(forms[sch.kind].name,
					"+") + "+ carries other elements too"}
		}
		if m[first].Value != m[i].Value {
			return repeated(sch, m[i])
		}
	}
	return nil
}

func repeated(sch *scheme, e gs1.Element) error {
	return &Error{Err: ErrRepeated, Scheme: sch.name, Field: "AI (" + e.AI + ")", Input: e.Value,
		Pos:    -1,
		Detail: "each AI once"}
}

// findPrefix adds the company prefix that the options give or find.
func (e *EPC) findPrefix(sch *scheme, o *Options) error {
	n := o.PrefixLength
	if n == 0 && o.Prefix != nil {
		digits := e.keyText()[forms[e.kind].first:]
		if i := notIn(digits, digit); i >= 0 {
			digits = digits[:i]
		}
		prefix, _ := o.Prefix(string(digits))
		n = len(prefix)
	}
	if n == 0 {
		return &Error{Err: ErrPrefixLength, Scheme: sch.name, Input: string(e.keyText()), Pos: -1,
			Detail: "the length of the GS1 Company Prefix",
			Hint: `set PrefixLength or Prefix, or use the scheme ` + forms[sch.kind].name +
				`+, which needs none`}
	}
	return e.setPrefixLength(n, sch.name)
}

// set encodes t.EPC in a scheme without "+".
func (t *Tag) set(sch *scheme, filter int) error {
	if err := checkFilter(sch, filter); err != nil {
		return err
	}
	t.Scheme, t.Filter = sch.name, filter
	w := writer{bitfield.Writer{Buf: t.bits[:]}}
	w.Put(uint64(sch.header)<<sch.filter|uint64(filter), 8+int(sch.filter))
	var err error
	switch sch.layout {
	case general:
		t.putGeneral(&w)
	case defense:
		t.putDefense(&w)
	case aerospace:
		t.putAerospace(&w)
	default:
		err = putClassic(&w, sch, &t.EPC)
	}
	t.size = w.Size()
	w.Flush()
	return err
}

func checkFilter(sch *scheme, filter int) error {
	if most := 1<<sch.filter - 1; filter < 0 || filter > most {
		return &Error{Err: ErrRange, Scheme: sch.name, Field: "filter", Input: itoa(filter),
			Pos:    -1,
			Detail: "0 to " + itoa(most)}
	}
	return nil
}
