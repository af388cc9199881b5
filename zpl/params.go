package zpl

import (
	"bytes"
	"strconv"
	"strings"
)

// params are a command's parameters while it is interpreted. The first error is kept, so that a
// handler reads all that it needs and asks once.
type params struct {
	cmd  Command
	list [][]byte
	room [8][]byte // for most lists
	err  error
}

func split(cmd Command) *params {
	p := &params{cmd: cmd}
	p.list = p.room[:0]
	for rest, more := cmd.Params, len(cmd.Params) > 0; more; {
		var one []byte
		if i := bytes.IndexByte(rest, cmd.delimiter); i >= 0 {
			one, rest = rest[:i], rest[i+1:]
		} else {
			one, more = rest, false
		}
		p.list = append(p.list, bytes.TrimSpace(one))
	}
	return p
}

func (p *params) fail(err error, format string, a ...any) {
	if p.err == nil {
		p.err = p.cmd.fail(err, format, a...)
	}
}

// atMost rejects more than n parameters and returns the first error.
func (p *params) atMost(n int) error {
	for i := n; i < len(p.list); i++ {
		if len(p.list[i]) > 0 {
			p.fail(ErrParameter, "parameter %d is %q, want at most %d", i+1, p.list[i], n)
		}
	}
	return p.err
}

func (p *params) text(i int) string {
	if i < len(p.list) {
		return string(p.list[i])
	}
	return ""
}

// number returns parameter i, or def if it isn't given.
func (p *params) number(i, def, low, high int) int {
	s := p.text(i)
	if s == "" {
		return def
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		p.fail(ErrParameter, "parameter %d is %q, want a number from %d to %d", i+1, s, low, high)
		return def
	}
	return n
}

// choice returns parameter i, one letter of those allowed, or def if it isn't given.
func (p *params) choice(i int, def byte, allowed string) byte {
	s := strings.ToUpper(p.text(i))
	if s == "" {
		return def
	}
	if len(s) != 1 || !strings.Contains(allowed, s) {
		p.fail(ErrParameter, "parameter %d is %q, want one of %s", i+1, s, allowed)
		return def
	}
	return s[0]
}

func (p *params) yes(i int, def bool) bool {
	d := byte('N')
	if def {
		d = 'Y'
	}
	return p.choice(i, d, "YN") == 'Y'
}
