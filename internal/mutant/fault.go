package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A fault is one change of a file's text.
type fault struct {
	file     string // absolute
	line     int
	function string // that holds it; "" outside functions
	from, to int    // bytes of the file that are replaced
	text     string // what replaces them
	was, is  string // the expression or statement around the change, before and after

}

// key identifies a fault independently of line numbers, as survivors.txt lists it.
func (f fault) key() string {
	return fmt.Sprintf("%s %s: %s => %s", filepath.Base(f.file), f.function, f.was, f.is)
}

func (f fault) String() string {
	return fmt.Sprintf("%s:%d %s: %s => %s", filepath.Base(f.file), f.line, f.function, f.was, f.is)
}

// A finder collects the faults of one file.
type finder struct {
	name     string
	source   []byte
	files    *token.FileSet
	function *ast.FuncDecl
	faults   []fault
}

func (p *pkg) faults() []fault {
	var all []fault
	for _, file := range p.files {
		f := finder{name: file.name, source: file.source, files: p.fset}
		for _, decl := range file.syntax.Decls {
			f.declaration(decl)
		}
		all = append(all, f.faults...)
	}
	return all
}

func (f *finder) declaration(decl ast.Decl) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Body != nil {
			f.function = d
			f.walk(d.Body, d.Type.Results)
			f.function = nil
		}
	case *ast.GenDecl:
		if d.Tok == token.CONST {
			f.walk(d, nil)
		}
	}
}

// walk finds the faults below a node. The results are those of the function around it.
func (f *finder) walk(root ast.Node, results *ast.FieldList) {
	var around []ast.Node
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			around = around[:len(around)-1]
			return true
		}
		around = append(around, n)
		switch n := n.(type) {
		case *ast.FuncLit:
			f.walk(n.Body, n.Type.Results)
			around = around[:len(around)-1]
			return false
		case *ast.BasicLit:
			f.constant(n, around)
		case *ast.BinaryExpr:
			f.comparison(n)
		case *ast.IfStmt:
			f.negation(n.Cond)
		case *ast.ForStmt:
			f.negation(n.Cond)
		case *ast.ReturnStmt:
			f.zeroResult(n, results)
		case ast.Stmt:
			f.removal(n)
		}
		return true
	})
}

// constant moves an integer by one, up and down.
func (f *finder) constant(lit *ast.BasicLit, around []ast.Node) {
	if lit.Kind != token.INT {
		return
	}
	n, err := strconv.ParseInt(lit.Value, 0, 64)
	if err != nil {
		return
	}
	context := ast.Node(lit)
	for i := len(around) - 2; i >= 0 && i >= len(around)-3; i-- {
		if _, ok := around[i].(ast.Expr); ok {
			context = around[i]
		}
	}
	for _, other := range []int64{n + 1, n - 1} {
		if other >= 0 {
			f.replace(lit, strconv.FormatInt(other, 10), context)
		}
	}
}

var neighbors = map[token.Token]string{
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">",
	token.EQL: "!=", token.NEQ: "==",
	token.LAND: "||", token.LOR: "&&",
}

func (f *finder) comparison(e *ast.BinaryExpr) {
	if other, ok := neighbors[e.Op]; ok {
		at := f.offset(e.OpPos)
		f.add(at, at+len(e.Op.String()), other, e)
	}
}

func (f *finder) negation(cond ast.Expr) {
	if cond != nil {
		f.replace(cond, "!("+f.text(cond)+")", cond)
	}
}

// removal takes out a statement that only has an effect.
func (f *finder) removal(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			return
		}
		blanks := make([]string, 0, len(s.Rhs)) // keeps variables in use
		for _, e := range s.Rhs {
			blanks = append(blanks, f.text(e))
		}
		left := strings.TrimSuffix(strings.Repeat("_, ", len(s.Lhs)), ", ")
		if len(s.Lhs) == len(s.Rhs) || len(s.Rhs) == 1 {
			f.replace(s, left+" = "+strings.Join(blanks, ", "), s)
		}
	case *ast.IncDecStmt, *ast.ExprStmt, *ast.DeferStmt, *ast.GoStmt, *ast.SendStmt:
		f.replace(s, "", s)
	case *ast.BranchStmt:
		if s.Tok == token.BREAK || s.Tok == token.CONTINUE {
			f.replace(s, "", s)
		}
	}
}

// zeroResult returns the zero values of the function's results.
func (f *finder) zeroResult(s *ast.ReturnStmt, results *ast.FieldList) {
	isSet := func(e ast.Expr) bool {
		return !slices.Contains([]string{"nil", "0", `""`, "false"}, f.text(e))
	}
	if results == nil || !slices.ContainsFunc(s.Results, isSet) {
		return
	}
	var zeros []string
	for _, field := range results.List {
		for range max(len(field.Names), 1) {
			zeros = append(zeros, "*new("+f.text(field.Type)+")")
		}
	}
	f.replace(s, "return "+strings.Join(zeros, ", "), s)
}

func (f *finder) replace(n ast.Node, text string, context ast.Node) {
	f.add(f.offset(n.Pos()), f.offset(n.End()), text, context)
}

// longest bounds the text that identifies a fault.
const longest = 100

func (f *finder) add(from, to int, text string, context ast.Node) {
	begin, end := f.offset(context.Pos()), f.offset(context.End())
	function := "const"
	if f.function != nil {
		function = f.function.Name.Name
	}
	is := string(f.source[begin:from]) + text + string(f.source[to:end])
	f.faults = append(f.faults, fault{
		file: f.name, line: f.files.Position(context.Pos()).Line, function: function,
		from: from, to: to, text: text, was: oneLine(string(f.source[begin:end])), is: oneLine(is),
	})
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > longest {
		s = s[:longest] + "…"
	}
	return s
}

func (f *finder) offset(p token.Pos) int { return f.files.Position(p).Offset }

func (f *finder) text(n ast.Node) string {
	return string(f.source[f.offset(n.Pos()):f.offset(n.End())])
}
