// Package code128 contains the symbol character values of Code 128 that are no data
// (ISO/IEC 15417, Table 1), for the package that encodes symbols and the one that writes them in a
// printer's language.
package code128

// Values with a function. Below 96 a value is a character of code set A or B, below 100 two digits
// of code set C.
const (
	FNC3   = 96 // in code sets A and B
	FNC2   = 97 // in code sets A and B
	Shift  = 98 // in code sets A and B
	CodeC  = 99
	CodeB  = 100 // FNC4 in code set B
	CodeA  = 101 // FNC4 in code set A
	FNC1   = 102
	StartA = 103
	StartB = 104
	StartC = 105
	Stop   = 106
)

// NextSet returns the code set after symbol character v, where the sets are named by their start
// characters.
func NextSet(set, v int) int {
	switch {
	case v == CodeC && set != StartC:
		return StartC
	case v == CodeB && set != StartB:
		return StartB
	case v == CodeA && set != StartA:
		return StartA
	}
	return set
}
