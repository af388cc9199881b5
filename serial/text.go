package serial

import (
	"strconv"
	"unsafe"
)

// unsafeString returns b as a string without a copy; b must not change as long as the string is in use.
func unsafeString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func itoa(n int) string    { return strconv.Itoa(n) }
func utoa(n uint64) string { return strconv.FormatUint(n, 10) }

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return itoa(n) + " " + noun + "s"
}

// distance is the number of characters to insert, delete, replace or swap with their neighbour to make b from a.
func distance(a, b string) int {
	row := make([][]int, len(a)+1)
	for i := range row {
		row[i] = make([]int, len(b)+1)
		for j := range row[i] {
			if i == 0 || j == 0 {
				row[i][j] = i + j
				continue
			}
			replace := row[i-1][j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			row[i][j] = min(row[i-1][j]+1, row[i][j-1]+1, replace)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[i][j] = min(row[i][j], row[i-2][j-2]+1)
			}
		}
	}
	return row[len(a)][len(b)]
}
