package symbol

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
)

// pdf417Encoded returns the codewords of data.
func pdf417Encoded(data string) (words []int) {
	for _, w := range new(pdf417Paths).shortest([]byte(data), nil) {
		words = append(words, int(w))
	}
	return words
}

// leastPDF417 returns the fewest codewords that data takes, found forwards: text value by value
// through the submodes as the reader sees them, bytes and digits in runs of any length by the
// standard's formulas.
func leastPDF417(data string) int {
	const none = 1 << 30
	n := len(data)
	// least[i][s] is the fewest values (two a codeword) before i; s is submode × half a codeword, 8
	// after bytes or digits.
	least := make([][9]int, n+1)
	for i := range least {
		for s := range least[i] {
			least[i][s] = none
		}
	}
	least[0][0] = 0
	moves := [4][4]int{{0, 1, 1, 2}, {2, 0, 1, 2}, {1, 1, 0, 1}, {1, 2, 2, 0}}
	digits := func(k int) int { return k/44*15 + map[bool]int{true: k%44/3 + 1}[k%44 > 0] }
	for i := range n + 1 {
		relax := func(at, s, cost int) { least[at][s] = min(least[at][s], cost) }
		here := &least[i]
		for from := range 4 { // from bytes or digits to text
			relax(i, 2*from+moves[0][from]&1, here[8]+2+moves[0][from])
		}
		for range 2 {
			for s := range 8 {
				for to := range 4 {
					v := moves[s/2][to]
					relax(i, 2*to+(s+v)&1, here[s]+v)
				}
			}
		}
		if i == n {
			break
		}
		c := data[i]
		var in [4]bool
		for sub, chars := range []string{"ABCDEFGHIJKLMNOPQRSTUVWXYZ ", "abcdefghijklmnopqrstuvwxyz ", "0123456789&\r\t,:#-.$/+%*=^ ", ";<>@[\\]_`~!\r\t,:\n-.$/\"|*()?{}'"} {
			in[sub] = strings.IndexByte(chars, c) >= 0
		}
		for s := range 8 {
			if in[s/2] {
				relax(i+1, s^1, here[s]+1)
			}
			if s/2 < 3 && in[3] || s/2 == 1 && in[0] && c != ' ' {
				relax(i+1, s, here[s]+2)
			}
			after := s &^ 1
			if s == 7 {
				after = 0
			}
			relax(i+1, after, here[s]+s&1+4)
		}
		best := here[8]
		for s := range 8 {
			best = min(best, here[s]+s&1)
		}
		for j := i + 1; j <= n; j++ {
			relax(j, 8, best+2+2*((j-i)/6*5+(j-i)%6))
		}
		for j := i + 1; j <= n && data[j-1] >= '0' && data[j-1] <= '9'; j++ {
			relax(j, 8, best+2+2*digits(j-i))
		}
	}
	best := least[n][8]
	for s := range 8 {
		best = min(best, least[n][s]+s&1)
	}
	return best / 2
}

func TestPDF417IsTheShortest(t *testing.T) {
	check := func(data string) {
		words := pdf417Encoded(data)
		got, _ := decodePDF417(t, words)
		require.Equal(t, data, got, "%v", words)
		require.Equal(t, leastPDF417(data), len(words), "%q: %v", data, words)
	}
	// All strings of few characters of which each is of other submodes.
	alphabet, most := "Aa1 ;,\x01", 5
	if testing.Short() {
		most = 4
	}
	for n := 1; n <= most; n++ {
		data := make([]byte, n)
		var next func(i int)
		next = func(i int) {
			if i == n {
				check(string(data))
				return
			}
			for _, c := range []byte(alphabet) {
				data[i] = c
				next(i + 1)
			}
		}
		next(0)
	}
	for c := range 256 {
		check(string([]byte{byte(c)}))
	}
	for n := 1; n <= 140; n++ { // groups of digits and bytes
		check(strings.Repeat("7", n))
		check(strings.Repeat("\xe9", n))
		check("Ab;" + strings.Repeat("0", n) + "\x01" + strings.Repeat("\xff", n))
	}
	r := rand.New(rand.NewPCG(4, 17))
	for range 3000 {
		check(randomData(r, 60))
	}
	for range 20 {
		check(randomData(r, 900))
	}
}

// TestPDF417Reads reads the modules of symbols: together they have every codeword in every cluster.
func TestPDF417Reads(t *testing.T) {
	seen := map[string]bool{}
	r := rand.New(rand.NewPCG(41, 7))
	for i := range 200 {
		data, options := randomData(r, 400), []Option(nil)
		if i%2 == 0 {
			options = []Option{
				Size(3*90, 69+17*10)} // 512 codewords of error correction, of any value
		}
		s, err := PDF417Bytes([]byte(data), options...)
		require.NoError(t, err)
		got, eci := decodePDF417(t, readPDF417(t, s, seen)[1:])
		require.Equal(t, data, got)
		require.Zero(t, eci)
		require.Equal(t, data, s.Content())
	}
	for cluster, all := range pdf417Patterns() {
		for widths, word := range all {
			require.True(t, seen[widths], "codeword %d of cluster %d", word, 3*cluster)
		}
	}
}

func TestPDF417Text(t *testing.T) {
	for text, want := range map[string]struct {
		data string
		eci  int
	}{
		"Grüße 5 µm": {"Gr\xfc\xdfe 5 \xb5m", 0},
		"東京 5 µm":    {"東京 5 µm", 26},
		"Lot 4711":   {"Lot 4711", 0},
	} {
		s, err := PDF417(text)
		require.NoError(t, err)
		data, eci := decodePDF417(t, readPDF417(t, s, nil)[1:])
		require.Equal(t, want.data, data)
		require.Equal(t, want.eci, eci)
		require.Equal(t, text, s.Content())
	}
}

// TestPDF417Sizes checks each size against a search through all: the least level that is
// recommended, the fewest modules of shapes that are not too flat, and the highest level that fits
// in them.
func TestPDF417Sizes(t *testing.T) {
	for words := 2; words <= 920; words += 3 {
		z, err := (&pdf417Choice{maxHeight: anySide, maxWidth: anySide}).find(words)
		require.NoError(t, err)
		level := 5
		for i, most := range []int{40, 160, 320} {
			if words <= most {
				level = 2 + i
				break
			}
		}
		for words+2<<level > 928 {
			level--
		}
		need, best := words+2<<level, 1<<30
		for rows := 3; rows <= 90; rows++ {
			for cols := 1; cols <= 30; cols++ {
				width, height := 69+17*cols, 3*rows
				if rows*cols >= need && rows*cols <= 928 && width <= 4*height {
					best = min(best, width*height)
				}
			}
		}
		require.Equal(t, best, z.modules(), "%d words", words)
		require.LessOrEqual(t, z.width(), 4*z.height())
		require.GreaterOrEqual(t, z.level, level)
		require.GreaterOrEqual(t, z.dataWords(), words)
		if z.level < 8 {
			require.Less(t, z.words()-4<<z.level, words, "a higher level does not fit")
		}
	}
	_, err := (&pdf417Choice{maxHeight: anySide, maxWidth: anySide}).find(921)
	require.ErrorIs(t, err, ErrTooLong)
}

func TestPDF417Options(t *testing.T) {
	text := strings.Repeat("LOT 4711 ", 10)
	for _, c := range []struct {
		options    []Option
		rows, cols int
		kind       error
		says       string
	}{
		{[]Option{Size(9, 69+17*28)}, 9, 69 + 17*28, nil, ""},
		{[]Option{MaxHeight(9)}, 9, 69 + 17*24, nil, ""},
		{[]Option{MaxWidth(69 + 17)}, 3 * 72, 69 + 17, nil, ""},
		{[]Option{MaxWidth(85)}, 0, 0, ErrSize, "no allowed size holds the data; "},
		{[]Option{MaxHeight(8)}, 0, 0, ErrSize, "no allowed size holds the data; "},
		{[]Option{Size(9, 100)}, 0, 0, ErrSize, "9 x 100 does not hold the data or is no size; "},
		{[]Option{Size(9, 69+17)}, 0, 0, ErrSize, "9 x 86 does not hold the data or is no size; "},
		{[]Option{AllowRectangles}, 0, 0, ErrOption, "pdf417 has no AllowRectangles"},
	} {
		s, err := PDF417(text, c.options...)
		if c.kind != nil {
			require.ErrorIs(t, err, c.kind)
			require.ErrorContains(t, err, c.says)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, []int{c.rows, c.cols}, []int{s.Rows(), s.Cols()})
		data, _ := decodePDF417(t, readPDF417(t, s, nil)[1:])
		require.Equal(t, text, data)
	}
}

func TestPDF417Capacity(t *testing.T) {
	for _, c := range []struct {
		char string
		most int
	}{{"A", 1838}, {"7", 2692}, {"\xe9", 1101}} {
		s, err := PDF417Bytes([]byte(strings.Repeat(c.char, c.most)))
		require.NoError(t, err)
		data, _ := decodePDF417(t, readPDF417(t, s, nil)[1:])
		require.Equal(t, strings.Repeat(c.char, c.most), data)
		for _, more := range []int{1, 1000, 100_000} {
			_, err = PDF417Bytes([]byte(strings.Repeat(c.char, c.most+more)))
			require.ErrorIs(t, err, ErrTooLong, "%q × %d", c.char, c.most+more)
		}
	}
}

func TestPDF417Table(t *testing.T) {
	all := map[string]bool{}
	for cluster, widths := range pdf417Clusters {
		require.Len(t, widths, 8*929)
		for at := 0; at < len(widths); at += 8 {
			w, sum := widths[at:at+8], 0
			for _, d := range w {
				require.True(t, d >= '1' && d <= '6')
				sum += int(d - '0')
			}
			require.Equal(t, 17, sum)
			require.Equal(t, 3*cluster, int(w[0]-w[2]+w[4]-w[6]+9)%9)
			all[w] = true
		}
	}
	require.Len(t, all, 3*929)
}

// TestZXingReadsPDF417 has zxing-cpp read short strings of all submodes, and large symbols.
func TestZXingReadsPDF417(t *testing.T) {
	ci.Program(t, "ZXingReader")
	var symbols []*Symbol
	add := func(s *Symbol, err error) {
		require.NoError(t, err)
		symbols = append(symbols, s)
	}
	alphabet := "Aa1 ;,\x01\xe9"
	for i := range alphabet {
		for j := range alphabet {
			for k := range alphabet {
				if testing.Short() && (i+j+k)%5 != 0 {
					continue
				}
				add(PDF417Bytes([]byte{alphabet[i], alphabet[j], alphabet[k], alphabet[i]}))
			}
		}
	}
	r := rand.New(rand.NewPCG(15, 438))
	for range 20 {
		add(PDF417Bytes([]byte(randomData(r, 1000))))
		add(PDF417Bytes([]byte(randomData(r, 100)), MaxHeight(12+3*r.IntN(20))))
	}
	add(PDF417("東京 5 µm"))
	for i, told := range readByZXing(t, symbols) {
		require.Equal(t, symbols[i].Content(), told.data, "%s",
			fmt.Sprintf("%q", symbols[i].Content()))
	}
}

func FuzzPDF417(f *testing.F) {
	for _, seed := range []string{"A", "Ab;\x01;", "123456789012345", "\xe9\xe9\xe9\xe9\xe9\xe9A", ";;\x01A", "a,1,B"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		if len(data) > 300 {
			return
		}
		s, err := PDF417Bytes([]byte(data))
		if data == "" {
			require.ErrorIs(t, err, ErrEmpty)
			return
		}
		require.NoError(t, err)
		got, _ := decodePDF417(t, readPDF417(t, s, nil)[1:])
		require.Equal(t, data, got)
		require.Equal(t, leastPDF417(data), len(pdf417Encoded(data)))
	})
}
