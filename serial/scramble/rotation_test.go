package scramble

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRotation(t *testing.T) {
	first, second := unhex(t, key128), unhex(t, key256)
	r, err := NewRotation([]byte("09506000134352"), 3*MinDomain+2, 3)
	require.NoError(t, err)
	require.Equal(t, uint64(MinDomain), r.Len())
	require.Empty(t, r.Current())
	_, err = r.At(0)
	require.ErrorIs(t, err, ErrKey)

	a, err := r.With(0, "A", first)
	require.NoError(t, err)
	b, err := a.With(1, "B", second)
	require.NoError(t, err)
	require.Equal(t, "A", a.Current(), "a rotation doesn't change")
	require.Equal(t, "B", b.Current())
	for i := uint64(0); i < MinDomain; i += 997 {
		old, err := a.At(i)
		require.NoError(t, err)
		require.Less(t, old, uint64(MinDomain))
		x, err := b.At(i)
		require.NoError(t, err)
		require.Equal(t, uint64(1), x/MinDomain)
		for number, want := range map[uint64]string{old: "A", x: "B"} {
			id, place, err := b.Index(number)
			require.NoError(t, err)
			require.Equal(t, want, id)
			require.Equal(t, i, place)
		}
		_, _, err = a.Index(x)
		require.ErrorIs(t, err, ErrKey)
	}
	onlyB, err := r.With(1, "B", second) // the first key is lost
	require.NoError(t, err)
	x, err := b.At(7)
	require.NoError(t, err)
	again, err := onlyB.At(7)
	require.NoError(t, err)
	require.Equal(t, x, again)

	twin, err := a.With(1, "A2", first) // one key under two names has two sequences
	require.NoError(t, err)
	same := 0
	for i := range uint64(1000) {
		x, _ := a.At(i)
		y, _ := twin.At(i)
		if x == y-MinDomain {
			same++
		}
	}
	require.Less(t, same, 5)

	_, err = b.At(MinDomain)
	require.ErrorIs(t, err, ErrNumber)
	_, _, err = b.Index(3 * MinDomain)
	require.ErrorIs(t, err, ErrNumber)
	for _, bad := range []func() (*Rotation, error){
		func() (*Rotation, error) { return b.With(0, "C", first) },
		func() (*Rotation, error) { return b.With(2, "B", first) },
		func() (*Rotation, error) { return b.With(2, "", first) },
		func() (*Rotation, error) { return b.With(3, "C", first) },
		func() (*Rotation, error) { return b.With(-1, "C", first) },
		func() (*Rotation, error) { return b.With(2, "C", first[:8]) },
	} {
		_, err := bad()
		require.ErrorIs(t, err, ErrKey)
	}
	for _, parts := range []int{-1, 0, 4} {
		_, err = NewRotation(nil, 3*MinDomain, parts)
		require.ErrorIs(t, err, ErrDomain)
	}
}

func ExampleRotation() {
	numbers, err := NewRotation([]byte("09506000134352"), 10_000_000_000, 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	numbers, _ = numbers.With(0, "2025", []byte("sixteen byte key")) // in earnest: random bytes that stay secret
	old, _ := numbers.At(0)
	numbers, _ = numbers.With(1, "2026", []byte("another such key"))
	x, _ := numbers.At(0)
	for _, n := range []uint64{old, x} {
		id, i, err := numbers.Index(n)
		fmt.Printf("%010d: key %s, place %d %v\n", n, id, i, err)
	}
	// Output:
	// 0524109543: key 2025, place 0 <nil>
	// 1718616728: key 2026, place 0 <nil>
}
