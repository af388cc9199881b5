package template

import (
	"fmt"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/jsonpos"
)

// A scope is what an expression may name.
type scope struct {
	fields []Field
	values []named // in their order
}

type named struct {
	name  string
	parts []part
}

// checkName is the expression for the check digit of the digits before it; no field has this name.
const checkName = "check"

// A mistake is what is wrong with an expression or with path data, at a byte of it.
type mistake struct {
	at     int
	detail string
	hint   string
}

func mistakef(at int, hint, format string, a ...any) *mistake {
	return &mistake{at, fmt.Sprintf(format, a...), hint}
}

// compileText compiles literals and {expressions}; a brace in a literal is written twice.
func (s *scope) compileText(src string) ([]part, *mistake) {
	var c compiler
	for i := 0; i < len(src); {
		n, err := s.step(&c, src, i)
		if err != nil {
			return nil, err
		}
		i += n
	}
	c.flush()
	return c.parts, nil
}

// compileMessage compiles (AI)value(AI)value…, where values are literals and {expressions}. A
// parenthesis in a literal is written \(, as in bracketed GS1 messages.
func (s *scope) compileMessage(src string) ([]aiPart, *mistake) {
	var m messageCompiler
	for i := 0; i < len(src); {
		var n int
		var err *mistake
		switch {
		case src[i] == '(':
			n, err = m.begin(src, i)
		case len(m.message) == 0:
			return nil, mistakef(i, "begin with one, such as (01)",
				"%q stands where a GS1 message has an AI in parentheses", src[i:i+1])
		case isEscape(src[i:]):
			m.literal = append(m.literal, src[i+1])
			n = 2
		default:
			n, err = s.step(&m.compiler, src, i)
		}
		if err != nil {
			return nil, err
		}
		i += n
	}
	if len(m.message) == 0 {
		return nil, mistakef(0, "begin with an AI in parentheses, such as (01)",
			"a GS1 message without an AI")
	}
	return m.message, m.finish()
}

// isEscape reports whether s begins with \(, \) or \\.
func isEscape(s string) bool {
	return len(s) > 1 && s[0] == '\\' && strings.IndexByte(`()\`, s[1]) >= 0
}

// A messageCompiler gathers the element strings of one message.
type messageCompiler struct {
	compiler // of the value under way
	message  []aiPart
	at       int // of the AI under way
}

// begin starts the element string at src[i:] and returns how many bytes its AI takes.
func (m *messageCompiler) begin(src string, i int) (int, *mistake) {
	if err := m.finish(); err != nil {
		return 0, err
	}
	ai, _, ok := strings.Cut(src[i+1:], ")")
	if !ok {
		return 0, mistakef(i, `write an AI as (10), and a parenthesis in a value as \(`,
			`"(" without ")"`)
	}
	if err := knownAI(ai, i+1); err != nil {
		return 0, err
	}
	m.message = append(m.message, aiPart{ai: ai})
	m.at = i
	return len(ai) + 2, nil
}

// finish ends the element string under way, if there is one.
func (m *messageCompiler) finish() *mistake {
	if len(m.message) == 0 {
		return nil
	}
	last := &m.message[len(m.message)-1]
	m.flush()
	if len(m.parts) == 0 {
		return mistakef(m.at, "write one or an {expression} behind it", "AI (%s) has no value",
			last.ai)
	}
	last.value = m.parts
	m.compiler = compiler{}
	return nil
}

// knownAI checks an AI that a template writes.
func knownAI(ai string, at int) *mistake {
	if len(ai) < 2 || len(ai) > 4 || !digitsOnly(ai) {
		return mistakef(at, "", "%q is not an AI, want two to four digits", ai)
	}
	if _, ok := gs1.Lookup(ai); !ok {
		return mistakef(at, "see the GS1 General Specifications, section 3", "unknown AI (%s)", ai)
	}
	return nil
}

// A compiler gathers the parts of one text or value.
type compiler struct {
	parts   []part
	literal []byte
}

func (c *compiler) flush() {
	if len(c.literal) > 0 {
		c.parts = append(c.parts, part{kind: literal, text: string(c.literal)})
		c.literal = nil
	}
}

// step compiles one character or one {expression} at src[i:] and returns how many bytes that was.
func (s *scope) step(c *compiler, src string, i int) (int, *mistake) {
	switch {
	case strings.HasPrefix(src[i:], "{{"), strings.HasPrefix(src[i:], "}}"):
		c.literal = append(c.literal, src[i])
		return 2, nil
	case src[i] == '}':
		return 0, mistakef(i, "write }} for a brace", `"}" without "{"`)
	case src[i] != '{':
		c.literal = append(c.literal, src[i])
		return 1, nil
	}
	inside, _, ok := strings.Cut(src[i+1:], "}")
	if !ok {
		return 0, mistakef(i, "close the expression, or write {{ for a brace", `"{" without "}"`)
	}
	c.flush()
	name, format, hasFormat := strings.Cut(inside, ":")
	if hasFormat && format == "" {
		return 0, mistakef(i+1, fmt.Sprintf("write {%s} or a format", name),
			`no format behind "%s:"`, name)
	}
	err := s.expression(c, i+1, name, format)
	return len(inside) + 2, err
}

func (s *scope) expression(c *compiler, at int, name, format string) *mistake {
	if name == checkName {
		return s.check(c, at, format)
	}
	for _, v := range s.values {
		if v.name == name {
			return c.value(v, at, format)
		}
	}
	for i := range s.fields {
		if s.fields[i].Name == name {
			part, err := s.field(i, at, format)
			c.parts = append(c.parts, part)
			return err
		}
	}
	hint := jsonpos.DidYouMean(name, s.names(), `declare it in "fields"`)
	return mistakef(at, hint, "unknown field %q", name)
}

// value compiles the name of a value, which writes the parts of its expression.
func (c *compiler) value(v named, at int, format string) *mistake {
	if format != "" {
		return mistakef(at, "", "value %q takes no format", v.name)
	}
	c.parts = append(c.parts, v.parts...)
	if weight(c.parts) > maxParts {
		return mistakef(at, "name values less often",
			"the expression has more than %d parts with value %q written out", maxParts, v.name)
	}
	return nil
}

// maxParts bounds an expression: values that name values twice each would grow without end.
const maxParts = 1_000

// weight returns the number of parts, those under check digits included.
func weight(parts []part) (n int) {
	for i := range parts {
		n += 1 + weight(parts[i].over)
	}
	return n
}

// names returns all names that an expression may use.
func (s *scope) names() []string {
	var names []string
	for _, f := range s.fields {
		names = append(names, f.Name)
	}
	for _, v := range s.values {
		names = append(names, v.name)
	}
	return names
}

func (s *scope) field(i, at int, format string) (part, *mistake) {
	f := &s.fields[i]
	switch {
	case format == "":
		return part{kind: fieldValue, field: i}, nil
	case f.Kind == KindDate:
		return part{kind: fieldDate, field: i, format: format}, checkDateFormat(at, f.Name, format)
	case f.Kind == KindNumber && strings.Trim(format, "0") == "":
		if f.Max == 0 || f.Max > len(format) {
			f.Max = len(format)
		}
		return part{kind: fieldPadded, field: i, width: len(format)}, nil
	case f.Kind == KindNumber:
		return part{}, mistakef(at, "",
			"format %q of number %q, want a zero for each digit, such as {%s:000}",
			format, f.Name, f.Name)
	}
	return part{}, mistakef(at, "declare its kind as date or number",
		"field %q is a text and takes no format", f.Name)
}

func checkDateFormat(at int, name, format string) *mistake {
	found := false
	for i := 0; i < len(format); {
		if token := dateToken(format[i:]); token != "" {
			found = true
			i += len(token)
			continue
		}
		if !strings.Contains("-./ :", format[i:i+1]) {
			return mistakef(at, "",
				"format %q of date %q, want YYYY, YY, MM, DD and - . / : or space",
				format, name)
		}
		i++
	}
	if !found {
		return mistakef(at, "", "format %q of date %q shows no date, want one such as YYYY-MM-DD",
			format, name)
	}
	return nil
}

// check folds the parts before it into one with their check digit.
func (s *scope) check(c *compiler, at int, format string) *mistake {
	switch {
	case format != "":
		return mistakef(at, "write {check}", "the check digit takes no format")
	case len(c.parts) == 0:
		return mistakef(at, "", "{check} has no digits before it")
	}
	if culprit := s.notDigits(c.parts); culprit != "" {
		return mistakef(at, "declare the fields before it as numbers that are not optional",
			"{check} must follow digits only, but %s", culprit)
	}
	c.parts = []part{{kind: checkDigit, over: c.parts}}
	return nil
}

// notDigits describes the first part that may write something other than digits.
func (s *scope) notDigits(parts []part) string {
	for _, p := range parts {
		switch p.kind {
		case literal:
			if !digitsOnly(p.text) {
				return fmt.Sprintf("%q is before it", p.text)
			}
		case fieldDate:
			if strings.Trim(p.format, "YMD") != "" || s.fields[p.field].Optional {
				return fmt.Sprintf("date %q is written as %q", s.fields[p.field].Name, p.format)
			}
		case fieldValue, fieldPadded:
			if f := s.fields[p.field]; f.Kind != KindNumber || f.Optional {
				return fmt.Sprintf("field %q may be something else", f.Name)
			}
		}
	}
	return ""
}
