package main

import (
	"fmt"

	"github.com/gonameplate/nameplate/serial"
)

// mistakes counts the typing mistakes that make another serial of the scheme, over 200 serials.
func (d *desk) mistakes(s *serial.Scheme) {
	const serials = 200
	classes := []struct {
		name string
		make func(b []byte, try func())
	}{
		{"one character wrong", substitute},
		{"neighbours swapped", func(b []byte, try func()) { swap(b, 1, try) }},
		{"swapped around a third", func(b []byte, try func()) { swap(b, 2, try) }},
	}
	step := max(1, s.Capacity()/serials)
	fmt.Fprintln(d.out, "mistakes that pass unnoticed")
	for _, class := range classes {
		made, passed := 0, 0
		for i := range min(serials, s.Capacity()) {
			text, err := s.Format(d.fields, i*step)
			if err != nil {
				continue
			}
			b := []byte(text)
			class.make(b, func() {
				if string(b) == text {
					return
				}
				made++
				if _, _, err := s.Parse(d.fields, string(b)); err == nil {
					passed++
				}
			})
		}
		fmt.Fprintf(d.out, "  %-24s %6.2f %% of %d\n", class.name,
			100*float64(passed)/float64(max(made, 1)), made)
	}
}

// substitute tries every digit and capital in every place.
func substitute(b []byte, try func()) {
	for i, c := range b {
		for _, d := range []byte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			b[i] = d
			try()
		}
		b[i] = c
	}
}

func swap(b []byte, by int, try func()) {
	for i := range max(0, len(b)-by) {
		b[i], b[i+by] = b[i+by], b[i]
		try()
		b[i], b[i+by] = b[i+by], b[i]
	}
}
