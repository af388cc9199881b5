package zpl

import (
	"errors"
	"io"
	"strings"
)

// A Handler does what a stream of commands asks of a printer.
type Handler interface {
	// Print is called at each ^XZ whose format prints something. The page is the handler's to keep.
	Print(*Page) error

	// Control is called for an immediate command at its place in the stream: the queries ~HS ~HI
	// ~HD ~HM ~HQ and ^HH, and ~JA (cancel all), ~JX (cancel this), ~JR (reset), ~PS and ~PP
	// (start, pause), ~PR (reprint), ~PH (feed), ~JC (calibrate). ~HQ's Params are what it asks
	// for ("ES").
	Control(Command) error

	// Variable is called for a Set-Get-Do line.
	Variable(Variable) error
}

// An Interpreter does what a printer does with commands, short of printing. It rejects with an
// [*Error] what it does not know, and parameters that a printer would silently replace. A rejected
// command aborts its format, which then prints nothing.
type Interpreter struct {
	// MaxFields limits the fields of a format; 0 means 1,000.
	MaxFields int

	handler  Handler
	template bool // placeholders are data to come
	settings Settings
	page     *Page // nil outside a format
	aborted  bool
	pictures int // bytes of bitmaps in the format
	field    pending
}

// NewInterpreter returns an Interpreter with the settings of a printer that was just switched on.
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

// Settings returns the current settings.
func (in *Interpreter) Settings() Settings { return in.settings }

// Abort makes the format under way, if there is one, print nothing. It is for callers that read
// commands themselves and met an error.
func (in *Interpreter) Abort() { in.aborted = in.page != nil }

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

// Pages returns the pages that a stream prints. What is wrong with it is an [*Error]; so are
// queries and other immediate commands.
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
	return &Error{
		Err: ErrUnsupported, Command: v.Op, Input: v.Key, Pos: v.Pos,
		Detail: "only a printer can do it",
	}
}

// Do interprets one command. After an error interpretation can go on with the next command.
func (in *Interpreter) Do(cmd Command) error {
	if cmd.Prefix == '!' {
		return in.variable(cmd)
	}
	do, known := commands[cmd.key()]
	if !known {
		in.Abort()
		return cmd.fail(ErrUnsupported, "unknown command")
	}
	if cmd.Prefix == '^' && in.page == nil && cmd.Name != "XA" && extents[cmd.key()] != oneChar {
		return cmd.fail(ErrSyntax, "outside a format (^XA … ^XZ)")
	}
	err := do(in, cmd)
	if _, ours := errors.AsType[*Error](err); ours {
		in.Abort()
	}
	return err
}

var commands = make(map[key]func(*Interpreter, Command) error)

func init() { // not an initialiser, for the handlers lead back to the table
	for name, do := range map[string]func(*Interpreter, Command) error{
		"^XA": (*Interpreter).begin, "^XZ": (*Interpreter).end, "^FS": (*Interpreter).separate,
		"^FO": (*Interpreter).place, "^FT": (*Interpreter).place,
		"^A": (*Interpreter).setFont, "^FB": (*Interpreter).block,
		"^FH": (*Interpreter).hexIndicator, "^FD": (*Interpreter).fieldData,
		"^FV": (*Interpreter).fieldData,
		"^FR": (*Interpreter).reverse,
		"^BC": (*Interpreter).barcode, "^BX": (*Interpreter).barcode, "^BQ": (*Interpreter).barcode,
		"^GB": (*Interpreter).box, "^GF": (*Interpreter).graphicField,
		"^RF": (*Interpreter).tag, "^RZ": (*Interpreter).lockTag, "^RS": nop,
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

func (in *Interpreter) controlled(cmd Command) error {
	if cmd.Name == "JA" || cmd.Name == "JX" {
		in.page = nil
	}
	cmd.Params = append([]byte(nil), cmd.Params...) // the handler may keep it
	return in.handler.Control(cmd)
}

func (in *Interpreter) begin(cmd Command) error {
	in.page = &Page{Quantity: 1, Pos: cmd.Pos}
	in.aborted, in.pictures = false, 0
	in.field = pending{}
	return nil
}

func (in *Interpreter) end(cmd Command) error {
	page := in.page
	if in.field.touched && !in.aborted {
		in.page = nil
		return cmd.fail(ErrSyntax, "the last field has no ^FS")
	}
	in.page = nil
	if in.aborted || len(page.Fields) == 0 {
		return nil
	}
	page.Settings = in.settings
	return in.handler.Print(page)
}
