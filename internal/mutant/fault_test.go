package main

import (
	"go/parser"
	"go/token"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFaults(t *testing.T) {
	const source = `package p

const limit = 9

var table = []int{1, 2, 3}

func f(n int) (int, error) {
	if n < limit {
		n += 2
	}
	g()
	return n, nil
}
`
	p := pkg{fset: token.NewFileSet()}
	file, err := parser.ParseFile(p.fset, "f.go", source, 0)
	require.NoError(t, err)
	p.files = []sourceFile{{"f.go", []byte(source), file}}
	var keys []string
	for _, f := range p.faults() {
		keys = append(keys, f.key())
	}
	require.Equal(t, []string{
		"f.go const: 9 => 10",
		"f.go const: 9 => 8",
		"f.go f: n < limit => !(n < limit)",
		"f.go f: n < limit => n <= limit",
		"f.go f: n += 2 => _ = 2",
		"f.go f: 2 => 3",
		"f.go f: 2 => 1",
		"f.go f: g() => ",
		"f.go f: return n, nil => return *new(int), *new(error)",
	}, keys)
}
