package gs1_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

func ExampleGTIN_UnmarshalText() {
	var item struct {
		Item  gs1.GTIN
		Place gs1.GLN
	}
	err := json.Unmarshal([]byte(`{"Item": "9521234543213", "Place": ""}`), &item)
	fmt.Printf("%q %v\n", item, err)
	err = json.Unmarshal([]byte(`{"Item": "9521234543210"}`), &item)
	fmt.Println(errors.Is(err, gs1.ErrCheckDigit))
	// Output:
	// {"09521234543213" ""} <nil>
	// true
}

type column interface {
	encoding.TextUnmarshaler
	sql.Scanner
}

type key interface {
	encoding.TextMarshaler
	driver.Valuer
}

// TestColumns takes a valid and a wrong key of each type through text and columns.
func TestColumns(t *testing.T) {
	for _, c := range []struct {
		to           column
		from         func(column) key
		right, wrong string
	}{
		{new(gs1.GTIN), at[gs1.GTIN], "09521234543213", "09521234543210"},
		{new(gs1.SSCC), at[gs1.SSCC], "095212340000000013", "095212340000000014"},
		{new(gs1.GLN), at[gs1.GLN], "9521234000013", "9521234000014"},
		{new(gs1.PGLN), at[gs1.PGLN], "9521234000013", "9521234000014"},
		{new(gs1.GRAI), at[gs1.GRAI], "09521234543213K7", "19521234543213K7"},
		{new(gs1.GIAI), at[gs1.GIAI], "9521234A", "952A"},
		{new(gs1.GSRN), at[gs1.GSRN], "952123400000000017", "952123400000000018"},
		{new(gs1.GDTI), at[gs1.GDTI], "9521234543213K7", "9521234543210"},
		{new(gs1.GCN), at[gs1.GCN], "9521234543213000042", "9521234543213A"},
		{new(gs1.GINC), at[gs1.GINC], "9521234A", "952A"},
		{new(gs1.GSIN), at[gs1.GSIN], "95212340000000426", "95212340000000427"},
		{new(gs1.CPID), at[gs1.CPID], "9521234#A", "9521234#a"},
		{new(gs1.ITIP), at[gs1.ITIP], "095212345432130203", "095212345432130403"},
		{new(gs1.GMN), at[gs1.GMN], "1987654Ad4X4bL5ttr2310c2K", "1987654Ad4X4bL5ttr2310c2L"},
		{new(gs1.MUDI), at[gs1.MUDI], "9521234FRAME-AQT", "9521234FRAME-AQU"},
	} {
		require.NoError(t, c.to.UnmarshalText([]byte(c.right)), c.right)
		text, err := c.from(c.to).MarshalText()
		require.NoError(t, err)
		require.Equal(t, c.right, string(text))
		require.Error(t, c.to.UnmarshalText([]byte(c.wrong)), c.wrong)
		text, _ = c.from(c.to).MarshalText()
		require.Equal(t, c.right, string(text), "a wrong key leaves the one before")

		require.NoError(t, c.to.UnmarshalText(nil))
		value, err := c.from(c.to).Value()
		require.NoError(t, err)
		require.Nil(t, value)
		for _, from := range []any{c.right, []byte(c.right)} {
			require.NoError(t, c.to.Scan(from))
			value, err = c.from(c.to).Value()
			require.NoError(t, err)
			require.Equal(t, c.right, value)
		}
		require.Error(t, c.to.Scan(c.wrong))
		err = c.to.Scan(int64(7))
		require.ErrorIs(t, err, gs1.ErrKey)
		require.EqualError(t, err, "gs1: not a GS1 key: want text, not a column of type int64")
		require.NoError(t, c.to.Scan(nil))
		value, _ = c.from(c.to).Value()
		require.Nil(t, value)
	}
}

func at[K key](c column) key { return *c.(any).(*K) }
