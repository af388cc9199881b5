package template

import (
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/epc"
	"github.com/gonameplate/nameplate/internal/jsonpos"
	"github.com/gonameplate/nameplate/label"
)

// tag reads an RFID chip's EPC: a GS1 message in a scheme of the Tag Data Standard, such as
//
//	{"type": "tag", "scheme": "sgtin+", "filter": 1, "content": "(01){gtin}(21){serial}"}
//
// "prefix-length" is the length of the company prefix, which schemes without + need, and "host" the
// hostname of a ++ scheme.
func (p *parser) tag(o *object) entry {
	scheme, at := o.NeedText("scheme")
	options := &epc.Options{
		Scheme:       scheme,
		Filter:       o.Whole("filter", 0, 63),
		PrefixLength: o.Whole("prefix-length", 0, 12),
	}
	options.Host, _ = o.Text("host")
	src, contentAt := o.NeedText("content")
	if p.Err() != nil {
		return entry{}
	}
	if schemes := epc.Schemes(); !slices.Contains(schemes, strings.ToLower(scheme)) {
		p.Fail(at.Pos, ErrValue, jsonpos.DidYouMean(scheme, schemes, ""), "unknown scheme %q",
			scheme)
		return entry{}
	}
	message, err := p.scope.compileMessage(src)
	if err != nil {
		p.failIn(contentAt, err)
	}
	return entry{&label.Tag{Name: p.name}, content{message: message}, options}
}

// fillTag returns the words of the tag of e, whose message the template makes of values, in the
// room of words.
func (t *Template) fillTag(words []byte, e *entry, m gs1.Message, v []value) ([]byte, error) {
	if err := t.validate(m, v); err != nil {
		return words, err
	}
	return tagWords(words, m, e.tag)
}

// tagWords appends the words of a tag with a message.
func tagWords(words []byte, m gs1.Message, o *epc.Options) ([]byte, error) {
	tag, err := epc.NewTag(m, *o)
	if err != nil {
		return words, err
	}
	return tag.AppendEncode(words)
}
