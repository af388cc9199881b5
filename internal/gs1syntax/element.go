package gs1syntax

import "unsafe"

// An Element is an AI with its value: gs1.Element, which documents it.
type Element struct{ AI, Value string }

// Elements returns s as a slice of another element type with the same fields. Both share the
// memory, so that parsing into a gs1.Message copies nothing.
func Elements[To, From ~struct{ AI, Value string }](s []From) []To {
	return unsafe.Slice((*To)(unsafe.Pointer(unsafe.SliceData(s))), cap(s))[:len(s)]
}
