package symbol

import (
	"fmt"

	"github.com/gonameplate/nameplate/gs1"
)

// appendElementString stands in for (gs1.Message).AppendElementString until package gs1 has landed.
func appendElementString(m gs1.Message, dst []byte) ([]byte, error) {
	separate := true
	for i := range m {
		if len(m[i].AI) < 2 || len(m[i].AI) > 4 || m[i].Value == "" {
			return dst, fmt.Errorf("gs1: element %d: %q with value %q", i, m[i].AI, m[i].Value)
		}
		if separate {
			dst = append(dst, separator)
		}
		dst = append(append(dst, m[i].AI...), m[i].Value...)
		switch m[i].AI[:2] {
		case "00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "31", "32", "33", "34", "35", "36", "41":
			separate = false
		default:
			separate = true
		}
	}
	return dst, nil
}
