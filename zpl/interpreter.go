package zpl

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Handler is told what a stream of commands asks of the printer.
type Handler interface {
	// Print is called at each ^XZ whose format prints something. The page is the handler's to keep.
	Print(*Page) error

	// Control is called for an immediate command at its place in the stream: the queries ~HS ~HI ~HD ~HM ~HQ and ^HH, and
	// ~JA (cancel all), ~JX (cancel this), ~JR (reset), ~PS and ~PP (start, pause), ~PR (reprint), ~PH (feed), ~JC (calibrate). ~HQ's Params say what is asked ("ES").
	Control(Command) error

	// Variable is called for a Set-Get-Do line.
	Variable(Variable) error
}

// A Variable is a Set-Get-Do line, such as `! U1 setvar "device.friendly_name" "line 3"`.
type Variable struct {
	Op     string // "getvar", "setvar" or "do"
	Key    string
	Value  string // "" for getvar
	Offset int64
}

// An Interpreter does what a printer does with commands, short of printing. What it does not know, and parameters that a
// printer would quietly replace, are refused with an [*Error]. A refused command spoils its format: that format prints nothing.
type Interpreter struct {
	// MaxFields limits the fields of a format; 0 means 1,000.
	MaxFields int

	handler  Handler
	template bool // placeholders stand for data
	settings Settings
	page     *Page // nil outside a format
	spoilt   bool
	pictures int // bytes of bitmaps in the format
	field    pending
}

// A pending field is one that has not met its ^FS yet.
type pending struct {
	Field
	hex     byte // ^FH's indicator, 0 if none
	raw     []byte
	hasData bool
	font    Font
	hasFont bool
	symbol  Command // ^BC, ^BX or ^BQ
	escape  byte    // ^BX's
	placed  bool
	touched bool
}

// NewInterpreter returns an Interpreter with the settings of a printer just switched on.
func NewInterpreter(h Handler) *Interpreter {
	in := &Interpreter{handler: h}
	in.Reset()
	return in
}

// Reset forgets settings and any unfinished format, as a power cycle does.
func (in *Interpreter) Reset() {
	in.settings = defaultSettings()
	in.page = nil
}

// Settings returns the settings as they stand.
func (in *Interpreter) Settings() Settings { return in.settings }

// Spoil makes the format being interpreted, if any, print nothing; for callers that read commands themselves and met an error.
func (in *Interpreter) Spoil() { in.spoilt = in.page != nil }

// Interpret reads commands until the end of the stream, or the first error.
func Interpret(r io.Reader, h Handler) error { return NewInterpreter(h).run(r) }

func (in *Interpreter) run(r io.Reader) error {
	reader := NewReader(r)
	for {
		cmd, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := in.Do(cmd); err != nil {
			return err
		}
	}
}

// Pages returns the pages that a stream prints. Queries and other immediate commands in it are an error.
func Pages(r io.Reader) ([]*Page, error) {
	var c collector
	err := Interpret(r, &c)
	return c.pages, err
}

type collector struct{ pages []*Page }

func (c *collector) Print(p *Page) error { c.pages = append(c.pages, p); return nil }
func (c *collector) Control(cmd Command) error {
	return cmd.fail(ErrUnsupported, "only a printer can do it")
}
func (c *collector) Variable(v Variable) error {
	return &Error{Command: v.Op, Offset: v.Offset, Kind: ErrUnsupported, Detail: "only a printer can do it"}
}

// Do interprets one command. After an error interpretation can go on with the next command.
func (in *Interpreter) Do(cmd Command) error {
	if cmd.Prefix == '!' {
		return in.variable(cmd)
	}
	do, known := commands[cmd.key()]
	if !known {
		in.Spoil()
		return cmd.fail(ErrUnsupported, "unknown command")
	}
	if cmd.Prefix == '^' && in.page == nil && cmd.Name != "XA" && extents[cmd.key()] != oneChar {
		return cmd.fail(ErrSyntax, "stands outside a format (^XA … ^XZ)")
	}
	err := do(in, cmd)
	if _, ours := errors.AsType[*Error](err); ours {
		in.Spoil()
	}
	return err
}

var commands = make(map[key]func(*Interpreter, Command) error)

func init() { // not an initialiser, for the handlers lead back to the table
	for name, do := range map[string]func(*Interpreter, Command) error{
		"^XA": (*Interpreter).begin, "^XZ": (*Interpreter).end, "^FS": (*Interpreter).separate,
		"^FO": (*Interpreter).place, "^FT": (*Interpreter).place,
		"^A": (*Interpreter).setFont, "^FB": (*Interpreter).block,
		"^FH": (*Interpreter).hexIndicator, "^FD": (*Interpreter).fieldData, "^FV": (*Interpreter).fieldData,
		"^FR": (*Interpreter).reverse,
		"^BC": (*Interpreter).barcode, "^BX": (*Interpreter).barcode, "^BQ": (*Interpreter).barcode,
		"^GB": (*Interpreter).box, "^GF": (*Interpreter).graphicField,
		"^CC": nop, "^CT": nop, "^CD": nop, "~CC": nop, "~CT": nop, "~CD": nop,
	} {
		commands[keyOf(name)] = do
	}
	for name, set := range settingCommands {
		commands[keyOf(name)] = func(in *Interpreter, cmd Command) error {
			p := split(cmd)
			return p.atMost(set(&in.settings, in.page, p))
		}
	}
	for name := range strings.FieldsSeq("~HS ~HI ~HD ~HM ~HQ ^HH ~JC ~JR ~PS ~PP ~PR ~PH ~JA ~JX") {
		commands[keyOf(name)] = (*Interpreter).controlled
	}
}

func nop(*Interpreter, Command) error { return nil }

// settingCommands change settings or the page; each returns how many parameters its command has at most.
var settingCommands = map[string]func(*Settings, *Page, *params) int{
	"^PW": func(s *Settings, _ *Page, p *params) int { s.Width = p.number(0, s.Width, 2, 32000); return 1 },
	"^LL": func(s *Settings, _ *Page, p *params) int { s.Length = p.number(0, s.Length, 1, 32000); return 1 },
	"^LH": func(s *Settings, _ *Page, p *params) int {
		s.HomeX, s.HomeY = p.number(0, 0, 0, 32000), p.number(1, 0, 0, 32000)
		return 2
	},
	"^PO": func(s *Settings, _ *Page, p *params) int { s.Inverted = p.choice(0, 'N', "NI") == 'I'; return 1 },
	"^JZ": func(s *Settings, _ *Page, p *params) int { s.Reprint = p.yes(0, true); return 1 },
	"^MM": func(s *Settings, _ *Page, p *params) int {
		s.Mode = p.choice(0, 'T', "TPRACDFLUK")
		p.yes(1, true)
		return 2
	},
	"^MN": func(s *Settings, _ *Page, p *params) int {
		s.Tracking = p.choice(0, s.Tracking, "NYWMAV")
		p.number(1, 0, -566, 1180)
		return 2
	},
	"^MT": func(s *Settings, _ *Page, p *params) int { s.Media = p.choice(0, s.Media, "TD"); return 1 },
	"^PR": func(s *Settings, _ *Page, p *params) int {
		for _, speed := range p.list {
			if len(speed) > 2 || strings.Trim(string(speed), "0123456789ABCDE") != "" {
				p.fail(ErrParameter, "%q is no speed", speed)
			}
		}
		s.Speed = string(bytes.Join(p.list, []byte{','}))
		return 3
	},
	"~SD": func(s *Settings, _ *Page, p *params) int { s.Darkness = p.number(0, s.Darkness, 0, 30); return 1 },
	"^CI": func(s *Settings, _ *Page, p *params) int {
		switch s.Charset = p.number(0, 0, 0, 36); s.Charset {
		case 0, 13, 27, 28: // all but 28 for ASCII alone
		default:
			p.fail(ErrUnsupported, "character set %d", s.Charset)
		}
		return 1
	},
	"^BY": func(s *Settings, _ *Page, p *params) int {
		s.moduleWidth, s.barHeight = p.number(0, s.moduleWidth, 1, 100), p.number(2, s.barHeight, 1, 32000)
		return 3 // the ratio has no meaning for the symbols known here
	},
	"^CF": func(s *Settings, _ *Page, p *params) int {
		if f := p.text(0); f != "" {
			s.font = Font{Name: p.choice(0, 'A', fontNames)}
		}
		s.font.size(p, 1)
		return 3
	},
	"^FW": func(s *Settings, _ *Page, p *params) int {
		s.orientation = p.choice(0, s.orientation, "NRIB")
		p.number(1, 0, 0, 0)
		return 2
	},
	// What a printer driver sends beside; only the values without effect are known.
	"^MU": func(_ *Settings, _ *Page, p *params) int { p.choice(0, 'D', "D"); return 1 },
	"^LS": func(_ *Settings, _ *Page, p *params) int { p.number(0, 0, 0, 0); return 1 },
	"^LT": func(_ *Settings, _ *Page, p *params) int { p.number(0, 0, 0, 0); return 1 },
	"^PM": func(_ *Settings, _ *Page, p *params) int { p.choice(0, 'N', "N"); return 1 },
	"^LR": func(_ *Settings, _ *Page, p *params) int { p.choice(0, 'N', "N"); return 1 },
	"^JM": func(_ *Settings, _ *Page, p *params) int { p.choice(0, 'A', "A"); return 1 },
	"~TA": func(_ *Settings, _ *Page, p *params) int { p.number(0, 0, -120, 120); return 1 },
	"~JS": func(_ *Settings, _ *Page, p *params) int { p.choice(0, 'N', "NBAO"); return 1 },
	"^PQ": func(_ *Settings, page *Page, p *params) int {
		page.Quantity = p.number(0, 1, 1, 99999999)
		if p.number(1, 0, 0, 99999999) != 0 || p.number(2, 0, 0, 99999999) > 1 {
			p.fail(ErrUnsupported, "pauses and replicates")
		}
		p.yes(3, false)
		p.yes(4, true)
		return 5
	},
}

func (in *Interpreter) variable(cmd Command) error {
	v, err := parseVariable(cmd)
	if err != nil {
		return err
	}
	return in.handler.Variable(v)
}

func parseVariable(cmd Command) (Variable, error) {
	op, rest, _ := strings.Cut(string(cmd.Params), " ")
	v := Variable{Op: strings.ToLower(op), Offset: cmd.Offset}
	var words []string
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		word, ok := strings.CutPrefix(rest, `"`)
		if ok {
			word, rest, ok = strings.Cut(word, `"`)
		}
		if !ok {
			return v, cmd.fail(ErrSyntax, fmt.Sprintf("%q is not quoted", rest))
		}
		words = append(words, word)
	}
	want := map[string]int{"getvar": 1, "setvar": 2, "do": 2}[v.Op]
	if want == 0 {
		return v, cmd.fail(ErrUnsupported, fmt.Sprintf("%q is none of getvar, setvar and do", op))
	}
	if len(words) != want {
		return v, cmd.fail(ErrSyntax, fmt.Sprintf("%s takes %d quoted words, not %d", v.Op, want, len(words)))
	}
	v.Key = words[0]
	if want == 2 {
		v.Value = words[1]
	}
	return v, nil
}

func (in *Interpreter) controlled(cmd Command) error {
	if cmd.Name == "JA" || cmd.Name == "JX" {
		in.page = nil
	}
	cmd.Params = append([]byte(nil), cmd.Params...) // the handler may keep it
	return in.handler.Control(cmd)
}

func (in *Interpreter) begin(cmd Command) error {
	in.page = &Page{Quantity: 1, Offset: cmd.Offset}
	in.spoilt, in.pictures = false, 0
	in.field = pending{}
	return nil
}

func (in *Interpreter) end(cmd Command) error {
	page := in.page
	if in.field.touched && !in.spoilt {
		in.page = nil
		return cmd.fail(ErrSyntax, "the last field has no ^FS")
	}
	in.page = nil
	if in.spoilt || len(page.Fields) == 0 {
		return nil
	}
	page.Settings = in.settings
	return in.handler.Print(page)
}
