package label

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/internal/editdistance"
)

// scope is what an expression may name.
type scope struct {
	fields []Field
	values []named // derived values, in their order
}

type named struct {
	name  string
	parts []Part
}

// checkName is the expression for the check digit of the digits before it; no field may be called so.
const checkName = "check"

// An exprError is a mistake in an expression, at a byte of it.
type exprError struct {
	at  int
	msg string
}

func (e *exprError) Error() string { return e.msg }

func exprErrorf(at int, format string, a ...any) *exprError {
	return &exprError{at, fmt.Sprintf(format, a...)}
}

// compileText compiles literals and {expressions}; braces are written twice to mean themselves.
func (s *scope) compileText(src string) ([]Part, *exprError) {
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

// compileMessage compiles (AI)value(AI)value…, where values are literals and {expressions}. A parenthesis in a literal is written
// \( as GS1 messages in brackets have it.
func (s *scope) compileMessage(src string) ([]AIPart, *exprError) {
	var message []AIPart
	var c compiler
	begin := 0 // of the element string under way
	finish := func(end int) *exprError {
		if begin == end {
			return nil
		}
		c.flush()
		if len(c.parts) == 0 {
			return exprErrorf(begin, "AI (%s) has no value: write one or an {expression} behind it", message[len(message)-1].AI)
		}
		message[len(message)-1].Value = c.parts
		c = compiler{}
		return nil
	}
	for i := 0; i < len(src); {
		switch {
		case src[i] == '(':
			if err := finish(i); err != nil {
				return nil, err
			}
			ai, _, ok := strings.Cut(src[i+1:], ")")
			if !ok {
				return nil, exprErrorf(i, "\"(\" without \")\": an AI is written (10), and a parenthesis in a value \\(")
			}
			if err := knownAI(ai, i+1); err != nil {
				return nil, err
			}
			message = append(message, AIPart{AI: ai})
			begin = i
			i += len(ai) + 2
		case len(message) == 0:
			return nil, exprErrorf(i, "a GS1 message begins with an AI in parentheses, such as (01), not with %q", src[i:i+1])
		case strings.HasPrefix(src[i:], `\(`) || strings.HasPrefix(src[i:], `\)`) || strings.HasPrefix(src[i:], `\\`):
			c.literal = append(c.literal, src[i+1])
			i += 2
		default:
			n, err := s.step(&c, src, i)
			if err != nil {
				return nil, err
			}
			i += n
		}
	}
	if len(message) == 0 {
		return nil, exprErrorf(0, "a GS1 message begins with an AI in parentheses, such as (01)")
	}
	return message, finish(len(src))
}

// knownAI judges an AI that a template writes.
func knownAI(ai string, at int) *exprError {
	if len(ai) < 2 || len(ai) > 4 || strings.Trim(ai, "0123456789") != "" {
		return exprErrorf(at, "%q is not an AI: it has two to four digits", ai)
	}
	if _, ok := gs1.Lookup(ai); !ok {
		return exprErrorf(at, "unknown AI (%s): see the GS1 General Specifications, section 3", ai)
	}
	return nil
}

// compiler gathers the parts of one text or value.
type compiler struct {
	parts   []Part
	literal []byte
}

func (c *compiler) flush() {
	if len(c.literal) > 0 {
		c.parts = append(c.parts, Part{Kind: Literal, Literal: string(c.literal)})
		c.literal = nil
	}
}

// step compiles one character or one {expression} at src[i:] and returns how many bytes that was.
func (s *scope) step(c *compiler, src string, i int) (int, *exprError) {
	switch {
	case strings.HasPrefix(src[i:], "{{"), strings.HasPrefix(src[i:], "}}"):
		c.literal = append(c.literal, src[i])
		return 2, nil
	case src[i] == '}':
		return 0, exprErrorf(i, "\"}\" without \"{\": write }} for a brace")
	case src[i] != '{':
		c.literal = append(c.literal, src[i])
		return 1, nil
	}
	inside, _, ok := strings.Cut(src[i+1:], "}")
	if !ok {
		return 0, exprErrorf(i, "\"{\" without \"}\": close the expression, or write {{ for a brace")
	}
	c.flush()
	name, format, hasFormat := strings.Cut(inside, ":")
	if hasFormat && format == "" {
		return 0, exprErrorf(i+1, "no format behind \"%s:\": write {%s} or a format", name, name)
	}
	err := s.expression(c, i+1, name, format)
	return len(inside) + 2, err
}

func (s *scope) expression(c *compiler, at int, name, format string) *exprError {
	if name == checkName {
		return s.check(c, at, format)
	}
	for _, v := range s.values {
		if v.name == name {
			if format != "" {
				return exprErrorf(at, "value %q takes no format", name)
			}
			c.parts = append(c.parts, v.parts...)
			if weight(c.parts) > maxParts {
				return exprErrorf(at, "the expression is longer than %d parts with value %q written out: name values less often", maxParts, name)
			}
			return nil
		}
	}
	for i := range s.fields {
		if s.fields[i].Name == name {
			part, err := s.field(i, at, format)
			c.parts = append(c.parts, part)
			return err
		}
	}
	return exprErrorf(at, "unknown field %q: %s", name, didYouMean(name, s.names(), "declare it in \"fields\""))
}

// maxParts bounds an expression, since values that name values twice each grow without end.
const maxParts = 1_000

// weight is the number of parts, those under check digits included.
func weight(parts []Part) (n int) {
	for i := range parts {
		n += 1 + weight(parts[i].Over)
	}
	return n
}

// names are all that an expression may name.
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

func (s *scope) field(i, at int, format string) (Part, *exprError) {
	f := &s.fields[i]
	switch {
	case format == "":
		return Part{Kind: FieldValue, Field: i}, nil
	case f.Kind == KindDate:
		return Part{Kind: FieldDate, Field: i, Format: format}, checkDateFormat(at, f.Name, format)
	case f.Kind == KindNumber && strings.Trim(format, "0") == "":
		if f.Max == 0 || f.Max > len(format) {
			f.Max = len(format)
		}
		return Part{Kind: FieldPadded, Field: i, Width: len(format)}, nil
	case f.Kind == KindNumber:
		return Part{}, exprErrorf(at, "format %q of number %q: write as many zeros as it shall have digits, such as {%s:000}", format, f.Name, f.Name)
	}
	return Part{}, exprErrorf(at, "field %q is a text and takes no format: declare its kind as date or number", f.Name)
}

func checkDateFormat(at int, name, format string) *exprError {
	found := false
	for i := 0; i < len(format); {
		if token := dateToken(format[i:]); token != "" {
			found = true
			i += len(token)
			continue
		}
		if !strings.Contains("-./ :", format[i:i+1]) {
			return exprErrorf(at, "format %q of date %q: it is made of YYYY, YY, MM, DD and of - . / : and space", format, name)
		}
		i++
	}
	if !found {
		return exprErrorf(at, "format %q of date %q shows no date: write such as YYYY-MM-DD", format, name)
	}
	return nil
}

// check folds the parts before it into one with their check digit.
func (s *scope) check(c *compiler, at int, format string) *exprError {
	switch {
	case format != "":
		return exprErrorf(at, "{check} takes no format: it is the GS1 check digit of the digits before it")
	case len(c.parts) == 0:
		return exprErrorf(at, "{check} has no digits before it")
	}
	if culprit := s.notDigits(c.parts); culprit != "" {
		return exprErrorf(at, "{check} follows digits only, and %s: declare fields before it as numbers that are not optional", culprit)
	}
	c.parts = []Part{{Kind: CheckDigit, Over: c.parts}}
	return nil
}

// notDigits says what in parts may write something else than digits.
func (s *scope) notDigits(parts []Part) string {
	for _, p := range parts {
		switch p.Kind {
		case Literal:
			if strings.Trim(p.Literal, "0123456789") != "" {
				return fmt.Sprintf("%q stands there", p.Literal)
			}
		case FieldDate:
			if strings.Trim(p.Format, "YMD") != "" || s.fields[p.Field].Optional {
				return fmt.Sprintf("date %q is written as %q", s.fields[p.Field].Name, p.Format)
			}
		case FieldValue, FieldPadded:
			if f := s.fields[p.Field]; f.Kind != KindNumber || f.Optional {
				return fmt.Sprintf("field %q may be something else", f.Name)
			}
		}
	}
	return ""
}

// didYouMean is the mend for a wrong name: the nearest right one, or all of them, or other when there is none.
func didYouMean(name string, names []string, other string) string {
	if len(names) == 0 {
		return other
	}
	nearest := slices.MinFunc(names, func(a, b string) int {
		return editdistance.Between(name, a) - editdistance.Between(name, b)
	})
	if editdistance.Between(name, nearest) <= max(1, len(name)/3) {
		return fmt.Sprintf("did you mean %q?", nearest)
	}
	return "known are " + strings.Join(names, ", ")
}
