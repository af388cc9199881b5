// Package editdistance measures how far a misspelled name is from the name that was meant.
package editdistance

// Between returns the least number of bytes to insert, delete, replace or swap with their neighbour
// to turn a into b, where no byte is edited twice: the optimal string alignment distance, a
// restricted form of F. J. Damerau's (1964) and V. I. Levenshtein's (1965). It takes time and
// memory of len(a)·len(b).
func Between(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			if i == 0 || j == 0 {
				rows[i][j] = i + j
				continue
			}
			replace := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, replace)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
