package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/pdf"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
	"github.com/gonameplate/nameplate/zpl"
)

// A batch is one order on its way through the house.
type batch struct {
	config
	say      io.Writer
	order    *order
	keys     serial.Keyring
	newKeys  bool // not in their file yet
	scheme   *serial.Scheme
	template *template.Template
	data     template.Data // of every label; the unit's serial comes on top
	facts    string        // hash of the data without the serial

	printer *printer.Printer
	device  label.Device
	format  *zpl.Format
	ledger  *ledger.Ledger
	block   *ledger.Block
	already uint64 // labels of the block that were printed before this session
	report  printer.Report
}

// carryOut takes the order through the house, room by room. It reports whether every label is confirmed. Until the block
// is commissioned it changes nothing, so that a bad order leaves nothing half-done.
func carryOut(ctx context.Context, c config, say io.Writer) (confirmed bool, err error) {
	b := &batch{config: c, say: say}
	if err := b.plan(ctx); err != nil {
		return false, err
	}
	hangUp, err := b.connect(ctx)
	if err != nil {
		return false, err
	}
	defer hangUp()
	if err := b.openLedger(ctx); err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, b.ledger.Close()) }()
	if err := b.commission(ctx); err != nil {
		return false, err
	}
	if err := b.buildMessages(); err != nil {
		return false, err
	}
	if err := b.writeFiles(); err != nil {
		return false, fmt.Errorf("%w; the serials stand in the ledger: mend it and run with -resume", err)
	}
	printing := b.print(ctx)
	if printing != nil && !errors.Is(printing, ledger.ErrOvertaken) { // then another program goes on
		printing = fmt.Errorf("%w; run with -resume to go on", printing)
	}
	confirmed, err = b.summarize(ctx)
	return confirmed, errors.Join(printing, err)
}

// tell says a line of what goes on.
func (b *batch) tell(format string, args ...any) { fmt.Fprintf(b.say, format+"\n", args...) }

// plan reads the order and everything that it names, and makes a label of it that nobody will print.
func (b *batch) plan(ctx context.Context) (err error) {
	if b.order, err = readOrder(b.config.order); err != nil {
		return err
	}
	if _, err := os.Stat(b.db); b.resume && errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("-resume: there is no ledger %s; leave -resume out to make the order's units", b.db)
	}
	if b.units > 0 {
		b.order.Units = b.units
	}
	file := b.order.templateFile()
	if b.template, err = template.ParseFS(os.DirFS(filepath.Dir(file)), filepath.Base(file)); err != nil {
		return b.order.errorf("template", "%w", inFile(err, file))
	}
	if b.data, err = b.order.data(b.template); err != nil {
		return err
	}
	if b.facts, err = hash(b.data); err != nil {
		return err
	}
	if b.keys, b.newKeys, err = readKeys(ctx, b.db); err != nil {
		return err
	}
	if b.scheme, err = serial.Compile(b.order.Scheme); err == nil {
		b.scheme, err = b.scheme.WithKeys(b.keys)
	}
	switch {
	case errors.Is(err, serial.ErrKey):
		return fmt.Errorf("%s: %w; put the backup of this file there", keyFile(b.db), err)
	case err != nil:
		return b.order.errorf("scheme", "%w", err)
	case b.scheme.Capacity() < b.order.Units:
		return b.order.errorf("scheme", "%q has only %d serials for %d units; give it more digits", b.order.Scheme, b.scheme.Capacity(), b.order.Units)
	}
	b.tell("1. order %s: %d × %s, lot %s (%s)", b.order.ID, b.order.Units, b.order.Product, b.order.Lot, b.config.order)
	return nil
}

// hash tells whether labels have the same data.
func hash(d template.Data) (string, error) {
	text, err := json.Marshal(d) // in the order of the names
	return fmt.Sprintf("%x", sha256.Sum256(text)), err
}

// inFile gives a template's error the file's whole path.
func inFile(err error, file string) error {
	if parse, ok := errors.AsType[*template.ParseError](err); ok {
		parse.File = file
		return parse
	}
	return fmt.Errorf("%s: %w; name a template's file, beside the order", file, err)
}

// connect reaches the printer, or starts a virtual one, and makes the label's format for its head.
func (b *batch) connect(ctx context.Context) (hangUp func(), err error) {
	address, stop := b.config.printer, func() {}
	if address == "" {
		virtual := printertest.NewServer(printertest.Config{Model: "VP410-203dpi", DotsPerMM: 8, LabelsPerSecond: b.speed})
		address, stop = virtual.URL, virtual.Close
	}
	if b.printer, err = printer.Dial(ctx, address); err != nil {
		stop()
		return nil, fmt.Errorf("-printer: %w", err)
	}
	hangUp = func() {
		_ = b.printer.Close() // whatever it was sent has an outcome in the ledger
		stop()
	}
	if err := b.fit(ctx); err != nil {
		hangUp()
		return nil, err
	}
	return hangUp, nil
}

// fit compiles the template for the printer's head and checks how a label comes out on it.
func (b *batch) fit(ctx context.Context) error {
	identity, err := b.identify(ctx)
	if err != nil {
		return fmt.Errorf("-printer: %w", err)
	}
	b.device = label.Device{DotsPerMM: identity.DotsPerMM}
	if b.format, err = zpl.Compile(b.template, b.device); err != nil {
		return fmt.Errorf("%s: %w", b.order.templateFile(), err)
	}
	sample, err := b.scheme.Format(b.order.fields(), 0)
	if err != nil {
		return b.order.errorf("scheme", "%w", err)
	}
	l, err := b.label(sample)
	if err != nil {
		return fmt.Errorf("%s: %w", b.config.order, err)
	}
	for _, f := range l.Preflight(b.device) {
		if f.Severity == label.Error {
			return fmt.Errorf("%s: element %d (%s): %s", b.order.templateFile(), f.Element+1, f.Name, f.Message)
		}
		b.tell("   %s: %s", b.order.templateFile(), f)
	}
	b.tell("   printer %s: %s, %v dots/mm", b.printer.Name(), identity, identity.DotsPerMM)
	return nil
}

// identify asks the printer who it is. One that can't be asked is taken for the commonest head.
func (b *batch) identify(ctx context.Context) (printer.Identity, error) {
	if b.printer.OneWay() {
		return printer.Identity{Model: "a printer that can't answer", DotsPerMM: 8}, nil
	}
	return b.printer.Identify(ctx)
}

// label lays out the label of a unit.
func (b *batch) label(serial string) (*label.Label, error) {
	b.data["serial"] = serial
	return b.template.Execute(b.data)
}

func (b *batch) openLedger(ctx context.Context) (err error) {
	if err := os.MkdirAll(b.out, 0o755); err != nil {
		return fmt.Errorf("-out: %w; name a folder that you may write to", err)
	}
	if _, err := os.Stat(filepath.Dir(b.db)); err != nil {
		return fmt.Errorf("-db: %w; make the folder first", err)
	}
	if b.newKeys {
		if err := saveKeys(keyFile(b.db), b.keys); err != nil {
			return err
		}
	}
	b.ledger, err = sqlite.Open(ctx, b.db, &ledger.Options{Actor: b.order.Operator, Keys: b.keys})
	if err != nil {
		return fmt.Errorf("-db: %w", err)
	}
	err = b.ledger.Define(ctx, ledger.Product{ID: b.order.Code, Name: b.order.Product, Scheme: b.scheme})
	switch {
	case errors.Is(err, ledger.ErrKey):
		return fmt.Errorf("%s: %w", keyFile(b.db), err)
	case err != nil:
		return fmt.Errorf("%s: %w", b.config.order, err)
	}
	return nil
}

// buildMessages lays out every label of the block once, which builds its GS1 messages and validates them, before anything is
// written or printed.
func (b *batch) buildMessages() error {
	messages, first := 0, ""
	for l, err := range b.labels() {
		if err != nil {
			return fmt.Errorf("%s: %w", b.config.order, err)
		}
		for _, e := range l.Elements {
			if s, ok := e.(*label.Symbol); ok && s.Symbology.GS1() {
				messages++
				first = cmp.Or(first, s.Message.HRI())
			}
		}
	}
	b.tell("3. built %d GS1 messages, the first %s", messages, first)
	return nil
}

// writeFiles writes all labels of the block as ZPL and PDF, and the first one as a picture.
func (b *batch) writeFiles() error {
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"labels.zpl", b.writeZPL},
		{"labels.pdf", func(w io.Writer) error { return pdf.Write(w, b.labels()) }},
		{"label-1.png", b.writePicture},
	} {
		if err := writeFile(filepath.Join(b.out, f.name), 0o644, os.Rename, f.write); err != nil {
			return err
		}
	}
	b.tell("4. labels: labels.zpl, labels.pdf and label-1.png in %s", b.out)
	return nil
}

func (b *batch) writeZPL(w io.Writer) (err error) {
	var buf []byte
	for i := range b.block.Count {
		if buf, err = b.appendLabel(buf[:0], i); err != nil {
			return err
		}
		if _, err = w.Write(buf); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) writePicture(w io.Writer) error {
	for l, err := range b.labels() {
		if err != nil {
			return err
		}
		bitmap, err := raster.Draw(l, b.device)
		if err != nil {
			return err
		}
		return raster.WritePNG(w, bitmap, b.device)
	}
	return nil
}

// appendLabel appends the ZPL of label i of the block.
func (b *batch) appendLabel(dst []byte, i uint64) ([]byte, error) {
	unit, err := b.block.At(i)
	if err != nil {
		return dst, err
	}
	b.data["serial"] = unit.Serial
	return b.format.Append(dst, b.data)
}

// labels are the labels of the block in its order.
func (b *batch) labels() iter.Seq2[*label.Label, error] {
	return func(yield func(*label.Label, error) bool) {
		for unit, err := range b.block.Units() {
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

// print runs the block's labels over the printer. What a run did before a crash stands in the journal: it goes on from there.
func (b *batch) print(ctx context.Context) error {
	b.tell("5. printing run %s", b.block.Request)
	_, units, err := b.outcomes(ctx)
	if err != nil {
		return err
	}
	b.already = printed(units)
	shown := newProgress(b.say, b.block.Count)
	defer shown.finish()
	report, err := printer.Run(ctx, b.printer, printer.Job{
		ID:       b.block.Request,
		Count:    b.block.Count,
		Append:   b.appendLabel,
		Journal:  journal(b.ledger.Journal(b.block).At(b.order.place())),
		Template: b.template.Hash(),
		Blind:    b.printer.OneWay(),
		Progress: shown.at,
	})
	b.report = report
	return err
}
