package line

import (
	"iter"
	"maps"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/template"
)

// Labels streams the labels of the batch in the order of its units. It stops after an error.
func (b *Batch) Labels() iter.Seq2[*label.Label, error] {
	return func(yield func(*label.Label, error) bool) {
		for unit, err := range b.Block.Units() {
			var l *label.Label
			if err == nil {
				l, err = b.label(unit.Serial)
			}
			if !yield(l, err) || err != nil {
				return
			}
		}
	}
}

// label lays out the label of a serial.
func (p *Plan) label(serial string) (*label.Label, error) {
	return p.labels.Execute(p.withSerial(maps.Clone(p.data), serial))
}

// withSerial puts a serial into the data of a label that shows one.
func (p *Plan) withSerial(data template.Data, serial string) template.Data {
	if p.Order.Scheme != "" {
		data["serial"] = serial
	}
	return data
}

// AppendLabel appends the ZPL of label i of the batch, 0 ≤ i < Units, as the first printer gets
// it.
func (b *Batch) AppendLabel(dst []byte, i uint64) ([]byte, error) { return b.appender(0)(dst, i) }

// appender returns a function that appends a label as a printer gets it. It is for one goroutine.
func (b *Batch) appender(device int) func(dst []byte, i uint64) ([]byte, error) {
	data := maps.Clone(b.data)
	return func(dst []byte, i uint64) ([]byte, error) {
		unit, err := b.Block.At(i)
		if err != nil {
			return dst, err
		}
		return b.formats[device].Append(dst, b.withSerial(data, unit.Serial))
	}
}
