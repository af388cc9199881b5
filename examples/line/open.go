package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/printer/line"
	"github.com/gonameplate/nameplate/printer/printertest"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// A story is one order with what it is carried out with.
type story struct {
	config
	stdout io.Writer
	line   line.Line
	order  line.Order
}

// printf writes a line of the story.
func (s *story) printf(format string, args ...any) { fmt.Fprintf(s.stdout, format+"\n", args...) }

//go:embed order.json udi.json
var sample embed.FS

// readOrder reads the order and the template beside it, or the ones in the program.
func (s *story) readOrder() (err error) {
	var files fs.FS = sample
	name, dir := "order.json", ""
	if s.config.order != "" {
		dir, name = filepath.Split(s.config.order)
		files = os.DirFS(filepath.Clean(dir + "."))
	}
	s.order, err = line.ReadOrder(files, name)
	if wrong, ok := errors.AsType[*line.OrderError](err); ok {
		wrong.File = dir + wrong.File
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w with -order", err)
	case err != nil:
		return err
	}
	s.order.File = dir + name
	if s.order.Extra = s.more; s.units > 0 {
		s.order.Units = s.units
	}
	if s.order.Units > maxUnits {
		return fmt.Errorf("%s: units: %d, want at most %d in one run; split the order, or use -n",
			s.order.File, s.order.Units, maxUnits)
	}
	s.order.Acknowledged = append(s.order.Acknowledged, s.accepted...)
	if s.config.order == "" {
		s.order.Acknowledged = append(s.order.Acknowledged, line.UseByPast) // a sample grows old
	}
	if s.line.Template, err = template.ParseFS(files, s.order.Template); err != nil {
		return fmt.Errorf("%s: template %s: %w; name a template's file, beside the order",
			s.order.File, s.order.Template, err)
	}
	return nil
}

// connect reaches the printer, or starts a virtual one.
func (s *story) connect(ctx context.Context) (hangUp func(), err error) {
	address, stop := s.config.printer, func() {}
	if address == "" {
		virtual := printertest.NewServer(printertest.Config{
			Model: "VP410-203dpi", DotsPerMM: 8, LabelsPerSecond: s.speed,
		})
		address, stop = virtual.URL, virtual.Close
	}
	device, err := printer.Dial(ctx, address)
	if err != nil {
		stop()
		return nil, err
	}
	s.line.Printers = []*printer.Printer{device}
	return func() {
		_ = device.Close() // whatever it was sent has an outcome in the ledger
		stop()
	}, nil
}

// open opens the ledger with its keys, which are beside it, or makes both.
func (s *story) open(ctx context.Context) (err error) {
	if err := os.MkdirAll(s.out, 0o755); err != nil {
		return fmt.Errorf("-out: %w; name a folder that you may write to", err)
	}
	file := strings.TrimSuffix(s.db, filepath.Ext(s.db)) + ".keys"
	s.line.Keys, err = line.ReadKeys(file)
	if errors.Is(err, fs.ErrNotExist) {
		switch _, missing := os.Stat(s.db); {
		case missing == nil && !isLedger(ctx, s.db):
			return fmt.Errorf("-db: %s is not a ledger", s.db)
		case missing == nil:
			return fmt.Errorf("-db %s: %w: a new key could repeat serials", s.db, err)
		case s.resume:
			return fmt.Errorf("-resume: there is no ledger %s; leave -resume out to make one", s.db)
		}
		s.line.Keys, err = line.CreateKeys(file)
	}
	if err != nil {
		return err
	}
	if s.line.Ledger, err = sqlite.Open(ctx, s.db, &ledger.Options{Keys: s.line.Keys}); err != nil {
		return fmt.Errorf("-db: %w", err)
	}
	return nil
}

func isLedger(ctx context.Context, file string) bool {
	l, err := sqlite.Open(ctx, file, nil)
	return err == nil && l.Close() == nil
}

// sameOrder rejects -resume of an order that isn't the ledger's.
func (s *story) sameOrder(ctx context.Context) error {
	if !s.resume {
		return nil
	}
	known, err := line.Status(ctx, s.line, s.order.Request())
	switch {
	case err != nil:
		return err
	case known.State == line.New:
		return fmt.Errorf("-resume: order %s is not in %s; leave -resume out to make its units",
			s.order.Request(), s.db)
	}
	s.order.Units = known.Order.Units // -n may have given them
	_, err = line.Check(ctx, s.line, s.order)
	return err
}
