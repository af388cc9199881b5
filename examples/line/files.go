package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/pdf"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/printer/line"
)

// commissioned reports what was commissioned and writes all labels as ZPL and PDF and the first
// one as a picture before they are printed.
func (s *story) commissioned(b *line.Batch) error {
	for i, id := range b.Identities {
		name := id.String()
		if name == "" {
			name = "a printer that can't answer"
		}
		s.printf("   printer %s: %s, %v dots/mm",
			s.line.Printers[i].Name(), name, b.Devices[i].DotsPerMM)
	}
	for _, f := range b.Findings {
		s.printf("   %s: %s", b.Order.Template, f)
	}
	verb := "commissioned"
	if s.resume {
		verb = "resuming"
	}
	s.printf("2. %s %d units as block %s in %s (epoch %d)",
		verb, b.Block.Count, b.Block.ID, s.db, b.Block.Epoch)

	m := &counted{}
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"labels.zpl", func(w io.Writer) error { return writeZPL(w, b) }},
		{"labels.pdf", func(w io.Writer) error { return pdf.Write(w, m.count(b.Labels())) }},
		{"label-1.png", func(w io.Writer) error { return writePicture(w, b) }},
	} {
		if err := writeFile(filepath.Join(s.out, f.name), f.write); err != nil {
			return err
		}
	}
	s.printf("3. built %d GS1 messages, the first %s", m.messages, m.first)
	s.printf("4. labels: labels.zpl, labels.pdf and label-1.png in %s", s.out)
	s.printf("5. printing run %s", b.Block.Request)
	return nil
}

// counted counts the GS1 messages of labels that pass.
type counted struct {
	messages int
	first    string
}

func (c *counted) count(labels iter.Seq2[*label.Label, error]) iter.Seq2[*label.Label, error] {
	return func(yield func(*label.Label, error) bool) {
		for l, err := range labels {
			for _, e := range elements(l) {
				if s, ok := e.(*label.Symbol); ok && s.Symbology.GS1() {
					c.messages++
					c.first = cmp.Or(c.first, s.Message.HRI())
				}
			}
			if !yield(l, err) {
				return
			}
		}
	}
}

func elements(l *label.Label) []label.Element {
	if l == nil {
		return nil
	}
	return l.Elements
}

func writeZPL(w io.Writer, b *line.Batch) (err error) {
	var buf []byte
	for i := range b.Block.Count {
		if buf, err = b.AppendLabel(buf[:0], i); err == nil {
			_, err = w.Write(buf)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func writePicture(w io.Writer, b *line.Batch) error {
	for l, err := range b.Labels() {
		if err != nil {
			return err
		}
		bitmap, err := raster.Draw(l, b.Devices[0])
		if err != nil {
			return err
		}
		return raster.WritePNG(w, bitmap, b.Devices[0])
	}
	return nil
}

// writeFile writes a file, or removes it if it can't be written whole.
func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 64<<10)
	if err = write(w); err == nil {
		err = w.Flush()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = os.Remove(name)
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
