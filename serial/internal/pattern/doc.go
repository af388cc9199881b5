// Package pattern compiles the pattern language of serial numbers, which serial/pattern.md
// describes.
//
// [Compile] reads the text in two steps: the syntax, which knows braces, arguments and options
// only (syntax.go), and the meaning of each part (compile.go and the files compile_*.go). The
// result is a [Pattern]: a list of parts that write and read their piece of a serial, with what
// concerns all of them. Package serial runs it.
package pattern
