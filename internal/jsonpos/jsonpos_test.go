package jsonpos

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestDidYouMean(t *testing.T) {
	names := []string{"lot", "made"}
	require.Equal(t, `did you mean "lot"?`, DidYouMean("lto", names, ""))
	require.Equal(t, "known are lot, made", DidYouMean("serial", names, ""))
	require.Equal(t, "remove it", DidYouMean("serial", nil, "remove it"))
}

func TestReadLimits(t *testing.T) {
	read := func(s string) error {
		if err := Read(strings.NewReader(s), "the order").Err(); err != nil {
			return err
		}
		return nil
	}
	require.NoError(t, read(strings.Repeat("[", MaxDepth)+strings.Repeat("]", MaxDepth)))
	err := read(strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1))
	require.EqualError(t, err, "line 1, column 17: nested more than 16 deep")
	require.ErrorIs(t, err, ErrSyntax)
	require.NoError(t, read("["+strings.Repeat("0,", MaxMembers-1)+"0]"))
	require.EqualError(t, read("["+strings.Repeat("0,", MaxMembers)+"0]"),
		"line 1, column 4002: more than 2000 members")
	require.NoError(t, read(strings.Repeat(" ", MaxSize-2)+"{}"))
	require.ErrorContains(t, read(strings.Repeat(" ", MaxSize-1)+"{}"), "more than 1048576 bytes")
	broken := errors.New("broken")
	require.ErrorIs(t, Read(iotest.ErrReader(broken), "the order").Err(), broken)
}

// Windows editors write a byte order mark; it is no part of the text, and none of a column.
func TestByteOrderMark(t *testing.T) {
	d := Read(strings.NewReader("\ufeff{\"a\": 1}"), "the order")
	require.Nil(t, d.Err())
	o := d.Object(d.Root, "the order")
	o.Text("a")
	require.EqualError(t, d.Err(), `line 1, column 7: "a" is 1, want a string in quotes`)
	require.Equal(t, 6, d.Err().Pos)
	require.ErrorContains(t, Read(strings.NewReader("\ufeff\ufeff{}"), "the order").Err(),
		"not JSON")
}

func TestErrorHasTheLine(t *testing.T) {
	d := Read(strings.NewReader("{\r\n \"ä\": 1, \"b\": tru}\r\n"), "the order")
	require.Equal(t, Error{
		Err: ErrSyntax, Input: ` "ä": 1, "b": tru}`, Pos: 18, Line: 2, Column: 15,
		Detail: "not JSON: invalid character '}' in literal true (expecting 'e')",
	}, *d.Err())
	long := Read(strings.NewReader("{"+strings.Repeat("ä", 300)), "the order").Err()
	require.Len(t, long.Input, 199, "shortened, whole characters")
}

// InString finds a byte of a string through its escapes.
func TestInString(t *testing.T) {
	d := Read(strings.NewReader(`["a\n\u00e9\ud83d\ude00b\"c"]`), "the order")
	n := d.Root.Members[0].Node
	require.Equal(t, "a\né😀b\"c", n.Value)
	for at, want := range map[int]int{0: 2, 1: 3, 2: 5, 4: 11} {
		require.Equal(t, want, d.InString(n, at), at)
	}
}

func TestObject(t *testing.T) {
	const source = `{"text": "a", "flag": true, "number": 1.5, "whole": 2, "choice": "b", "list": [1], "object": {}, "null": null}`
	read := func(f func(*Object)) string {
		d := Read(strings.NewReader(source), "the order")
		o := d.Object(d.Root, "the order")
		f(o)
		if d.Err() == nil {
			return ""
		}
		return d.Err().Detail
	}
	require.Empty(t, read(func(o *Object) {
		text, n := o.NeedText("text")
		require.Equal(t, "a", text)
		require.Equal(t, 9, n.Pos)
		require.True(t, o.Flag("flag"))
		require.Equal(t, 1.5, o.Number("number", 1.5, 1.5))
		require.Equal(t, 2, o.Whole("whole", 2, 2))
		require.Equal(t, 1, o.Choice("choice", "a", "b"))
		require.Len(t, o.List("list"), 1)
		require.NotNil(t, o.Get("object"))
		require.NotNil(t, o.Need("null"))
		require.False(t, o.Flag("none"))
		require.Zero(t, o.Number("none", 1, 2))
		require.Zero(t, o.Whole("none", 1, 2))
		require.Zero(t, o.Choice("none", "a"))
		require.Nil(t, o.List("none"))
		o.Done()
	}))
	for want, f := range map[string]func(*Object){
		`key "none" is missing here`:              func(o *Object) { o.NeedText("none") },
		`"flag" is true, want a string in quotes`: func(o *Object) { o.Text("flag") },
		`"text" is "a", want true or false`:       func(o *Object) { o.Flag("text") },
		`"text" is "a", want a number`:            func(o *Object) { o.Number("text", 0, 1) },
		`"number" is 1.5, want 1.6 to 2`:          func(o *Object) { o.Number("number", 1.6, 2) },
		`"number" is 1.5, want 0 to 1.4`:          func(o *Object) { o.Number("number", 0, 1.4) },
		`"number" is 1.5, want a whole number`:    func(o *Object) { o.Whole("number", 0, 2) },
		`"whole" is 2, want 3 to 4`:               func(o *Object) { o.Whole("whole", 3, 4) },
		`unknown choice "b"`: func(o *Object) {
			o.Choice("choice", "a",
				"c")
		},
		`"object" is an object, want a list in brackets`: func(o *Object) { o.List("object") },
		`"null" is null, want true or false`:             func(o *Object) { o.Flag("null") },
		`"list" is a list, want a number`:                func(o *Object) { o.Number("list", 0, 1) },
		`unknown key "text"`:                             func(o *Object) { o.Done() },
	} {
		require.Equal(t, want, read(f))
	}
}
