package scramble

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFilteredIsOneToOne walks all places of a permutation that leaves out a tenth of the numbers.
func TestFilteredIsOneToOne(t *testing.T) {
	const n = 1_200_000
	p, err := New(unhex(t, key128), []byte("tweak"), n)
	require.NoError(t, err)
	skip := func(x uint64) bool { return strings.Contains(fmt.Sprint(x), "13") }
	if testing.Short() {
		skip = func(x uint64) bool { return x%100 == 13 || x/100%100 == 13 }
	}
	f := p.Without(skip)
	seen := make([]bool, n)
	left, given := 0, 0
	for i := range uint64(n) {
		if !skip(i) {
			left++
		}
		x, ok := f.At(i)
		if ok == skip(i) {
			t.Fatalf("At(%d) says %v", i, ok)
		}
		if !ok {
			_, ok = f.Index(i)
			require.False(t, ok)
			continue
		}
		given++
		back, ok := f.Index(x)
		if skip(x) || seen[x] || !ok || back != i {
			t.Fatalf("At(%d) = %d, Index %d %v", i, x, back, ok)
		}
		seen[x] = true
	}
	require.Equal(t, left, given)
	require.Greater(t, n-left, n/100)
	_, ok := f.At(n)
	require.False(t, ok)
	_, ok = f.Index(n)
	require.False(t, ok)

	q := f.WithTweak([]byte("other"))
	same := 0
	for i := range uint64(1000) {
		x, _ := f.At(i)
		y, _ := q.At(i)
		if x == y && x != 0 {
			same++
		}
	}
	require.Less(t, same, 5)
}

func BenchmarkFilteredAt(b *testing.B) {
	p, err := New(make([]byte, 32), []byte("09506000134352"), 1<<40)
	require.NoError(b, err)
	f := p.Without(func(x uint64) bool { return x%1000 == 13 })
	b.ReportAllocs()
	for i := uint64(0); b.Loop(); i++ {
		f.At(i)
	}
}

func ExamplePermutation_Without() {
	p, err := New([]byte("sixteen byte key"), nil, 10_000_000)
	if err != nil {
		fmt.Println(err)
		return
	}
	unlucky := func(x uint64) bool { return strings.Contains(fmt.Sprintf("%07d", x), "13") }
	f := p.Without(unlucky)
	issued := 0
	for i := uint64(11); issued < 3; i++ {
		x, ok := f.At(i)
		if !ok {
			fmt.Printf("place %d is left out\n", i)
			continue
		}
		fmt.Printf("%d: %07d\n", i, x)
		issued++
	}
	// Output:
	// 11: 0590726
	// 12: 4388293
	// place 13 is left out
	// 14: 1086859
}
