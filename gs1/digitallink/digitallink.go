// Package digitallink reads and writes GS1 Digital Link URIs (GS1 Digital Link: URI syntax, release
// 1.x), such as https://id.gs1.org/01/09521234543213/10/L42?17=260131: a primary key and its
// qualifiers in the path, data attributes in the query.
//
//	m, err := digitallink.Parse("https://id.gs1.org/01/09521234543213/10/L42?17=260131")
//	uri, err := digitallink.Format("https://example.com/item", m)
//	u, err := digitallink.ParseURI(uri + "&linkType=gs1:pip")
//	fmt.Println(u.Stem, u.Ignored) // https://example.com/item [linkType=gs1:pip]
//	canonical, err := digitallink.FormatURI("", u)
//
// Errors about data are of type *[gs1.Error].
package digitallink

import (
	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A URI is the content of a GS1 Digital Link URI.
type URI struct {
	// Stem is the URI up to the slash of the primary key: scheme, domain name and perhaps a path.
	Stem string

	// Message has the elements of the path in their order, then those of the query.
	Message gs1.Message

	// Ignored has the parameters of the query whose names are not numbers, unchanged, such as
	// "linkType=gs1:pip". They are meant for the resolver.
	Ignored []string

	inPath int // how many elements the path had
}

// Parse returns the message of a GS1 Digital Link URI. It rejects what is not valid in full,
// associations included; the error is a *[gs1.Error].
//
// The rightmost primary key of the path counts; what precedes it is the stem. Only its qualifiers
// may follow, in their order. In the query "&" divides parameters and "+" is a space. A
// fragment is ignored.
func Parse(uri string) (gs1.Message, error) { return Parser{}.Parse(uri) }

// AppendParse is [Parse] but appends the elements to dst, so that a reused message costs no
// allocation. On error it returns dst unchanged.
func AppendParse(dst gs1.Message, uri string) (gs1.Message, error) {
	return Parser{}.AppendParse(dst, uri)
}

// ParseURI is [Parse] but also returns the stem and the parameters that are not AIs.
func ParseURI(uri string) (URI, error) { return Parser{}.ParseURI(uri) }

// Format returns the GS1 Digital Link URI of m below base: the first primary key of m and its
// qualifiers are added to base's path, the other elements to the query, those of predefined length
// first. One slash at the end of base is dropped. With base "" the URI is canonical: it begins with
// https://id.gs1.org. The message must be valid and have a primary key, and the elements in the
// query must be allowed as data attributes.
//
// Some qualifiers exclude each other, such as (10) and (235). The path gets the sequence of which
// the message has more; of two with as many, (22), (10) and (21) before (235), and (254) before
// (7040). The others must be allowed as attributes, which (235) is not.
func Format(base string, m gs1.Message) (string, error) { return Parser{}.Format(base, m) }

// FormatURI returns u below base as [Format] does, but keeps the elements in the path that
// [ParseURI] found there. With base u.Stem it returns the URI that was parsed, without what is
// ignored; with base "" its canonical form.
func FormatURI(base string, u URI) (string, error) { return Parser{}.FormatURI(base, u) }

// AppendFormat appends what [Format] returns to dst. On error it returns dst unchanged.
func AppendFormat(dst []byte, base string, m gs1.Message) ([]byte, error) {
	return Parser{}.AppendFormat(dst, base, m)
}

// A Parser has the options of a [gs1.Parser] and can be converted from one. Its zero value is
// strict.
type Parser gs1.Parser

// Parse is [Parse] with the parser's options.
func (p Parser) Parse(uri string) (gs1.Message, error) {
	return p.AppendParse(gs1syntax.Elements[gs1.Element](gs1syntax.Room(uri)), uri)
}

// AppendParse is [AppendParse] with the parser's options.
func (p Parser) AppendParse(dst gs1.Message, uri string) (gs1.Message, error) {
	elements := gs1syntax.Elements[gs1syntax.Element](dst)
	m, _, f := gs1syntax.AppendURI(elements, uri, gs1syntax.Options(p))
	if f != nil {
		return dst, (*gs1.Error)(f.Failure())
	}
	return gs1syntax.Elements[gs1.Element](m), nil
}

// ParseURI is [ParseURI] with the parser's options.
func (p Parser) ParseURI(uri string) (URI, error) {
	m, u, f := gs1syntax.AppendURI(gs1syntax.Room(uri), uri, gs1syntax.Options(p))
	if f != nil {
		return URI{}, (*gs1.Error)(f.Failure())
	}
	return URI{
		Stem:    u.Stem,
		Message: gs1syntax.Elements[gs1.Element](m),
		Ignored: u.Ignored,
		inPath:  u.InPath,
	}, nil
}

// Format is [Format] with the parser's options.
func (p Parser) Format(base string, m gs1.Message) (string, error) {
	b, err := p.AppendFormat(nil, base, m)
	return string(b), err
}

// FormatURI is [FormatURI] with the parser's options.
func (p Parser) FormatURI(base string, u URI) (string, error) {
	b, err := p.append(nil, base, u)
	return string(b), err
}

// AppendFormat is [AppendFormat] with the parser's options.
func (p Parser) AppendFormat(dst []byte, base string, m gs1.Message) ([]byte, error) {
	return p.append(dst, base, URI{Message: m})
}

func (p Parser) append(dst []byte, base string, u URI) ([]byte, error) {
	b, f := gs1syntax.AppendLink(
		dst,
		base,
		gs1syntax.Elements[gs1syntax.Element](u.Message),
		u.inPath,
		gs1syntax.Options(p),
	)
	if f != nil {
		return dst, (*gs1.Error)(f.Failure())
	}
	return b, nil
}
