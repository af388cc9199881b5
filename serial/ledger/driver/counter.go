package driver

import "encoding/json"

// A Counter identifies the counter that numbers the units of one product under one version of its
// scheme, within a scope as the scheme renders it. Two schemes, or one scheme with two keys, never
// share a counter.
type Counter struct {
	Product string `json:"product"`
	Version string `json:"version"`
	Scope   string `json:"scope"`
}

// CounterEnd returns the counter whose indices a block or burn takes, and the index that follows
// the last of them. ok is false for records of another kind, or if the body can't be read.
func (r *Record) CounterEnd() (c Counter, next uint64, ok bool) {
	if r.Kind != KindBlock && r.Kind != KindBurn {
		return c, 0, false
	}
	var body struct {
		Counter
		First uint64 `json:"first"`
		Count uint64 `json:"count"`
	}
	if json.Unmarshal(r.Body, &body) != nil {
		return c, 0, false
	}
	return body.Counter, body.First + body.Count, true
}
