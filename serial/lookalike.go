package serial

import (
	"slices"
	"strings"
)

// similar are characters that are taken for each other in print or on a keyboard, either way.
var similar = [...]string{
	"0OQDU", "1IL7JT", "2Z", "4A", "5S", "6G", "8B3", "UV", "VY", "CG", "MN", "EF", "PR", "KX",
	"9G",
}

// lookalikes returns the characters that c may be taken for.
func lookalikes(c byte) (out []byte) {
	for _, set := range similar {
		if strings.IndexByte(set, c) < 0 {
			continue
		}
		for i := range len(set) {
			if set[i] != c && !slices.Contains(out, set[i]) {
				out = append(out, set[i])
			}
		}
	}
	return out
}
