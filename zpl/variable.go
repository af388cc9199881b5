package zpl

import "strings"

// A Variable is a Set-Get-Do line, such as `! U1 setvar "device.friendly_name" "line 3"`.
type Variable struct {
	Op    string // "getvar", "setvar" or "do"
	Key   string
	Value string // "" for getvar
	Pos   int64  // byte offset of the line in the stream
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
	v := Variable{Op: strings.ToLower(op), Pos: cmd.Pos}
	var words []string
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		word, ok := strings.CutPrefix(rest, `"`)
		if ok {
			word, rest, ok = strings.Cut(word, `"`)
		}
		if !ok {
			return v, cmd.fail(ErrSyntax, "%q, want words in quotes", rest)
		}
		words = append(words, word)
	}
	want := map[string]int{"getvar": 1, "setvar": 2, "do": 2}[v.Op]
	if want == 0 {
		return v, cmd.fail(ErrUnsupported, "%q, want getvar, setvar or do", op)
	}
	if len(words) != want {
		return v, cmd.fail(ErrSyntax, "%d words after %s, want %d", len(words), v.Op, want)
	}
	v.Key = words[0]
	if want == 2 {
		v.Value = words[1]
	}
	return v, nil
}
