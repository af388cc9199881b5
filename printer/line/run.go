package line

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/gonameplate/nameplate/printer"
	"github.com/gonameplate/nameplate/serial/ledger"
)

// carryOut prints the labels of the batch that have no outcome, and accounts for all of them.
func (b *Batch) carryOut(ctx context.Context, l Line) (Result, error) {
	before, err := b.result(ctx, l.Ledger)
	if err == nil && l.Commissioned != nil {
		err = l.Commissioned(b)
	}
	if err != nil {
		return before, err
	}
	began := time.Now()
	printing := b.print(b.Order.actor(ctx), l, before)
	elapsed := time.Since(began)
	after, err := b.result(context.WithoutCancel(ctx), l.Ledger) // if it was interrupted, too
	after.Elapsed = elapsed
	if was, is := before.Count(printed...), after.Count(printed...); is > was {
		after.Printed = is - was
	}
	return after, errors.Join(printing, err)
}

// print runs the parts of the batch over the printers: each printer takes its parts one after the
// other, so that an order which two have begun can be resumed with one.
func (b *Batch) print(ctx context.Context, l Line, before Result) error {
	shown := b.newProgress(l.Job.Progress, before)
	errs := make([]error, len(l.Printers))
	var working sync.WaitGroup
	for device := range l.Printers {
		working.Go(func() {
			for part := device; part < b.parts && errs[device] == nil; part += len(l.Printers) {
				errs[device] = b.printPart(ctx, l, device, part, shown)
			}
		})
	}
	working.Wait()
	return errors.Join(errs...)
}

// printPart prints one part of the batch. What a run did before a crash is in the ledger: it goes
// on from there.
func (b *Batch) printPart(ctx context.Context, l Line, device, part int, shown *progress) error {
	span := b.part(part)
	if span.from == span.to {
		return nil
	}
	appendLabel := b.appender(device)
	job := l.Job
	job.ID = b.run(part)
	job.Count = span.to - span.from
	job.Append = func(dst []byte, i uint64) ([]byte, error) { return appendLabel(dst, span.from+i) }
	job.Journal = partJournal{l.Ledger.Journal(b.Block).At(b.Order.place()), span.from}
	if l.journal != nil {
		job.Journal = l.journal(job.Journal)
	}
	job.Template = b.labels.Hash()
	job.Blind = l.Printers[device].OneWay()
	job.Progress = shown.part(part)
	if _, err := printer.Run(ctx, l.Printers[device], job); err != nil {
		return fmt.Errorf("line: order %s: %w", b.Order.Request(), err)
	}
	return nil
}

// run returns the name of a part's run.
func (b *Batch) run(part int) string {
	if b.parts == 1 {
		return b.Order.Request()
	}
	return fmt.Sprintf("%s/%d", b.Order.Request(), part+1)
}

// A span is the positions from ≤ i < to of a batch.
type span struct{ from, to uint64 }

// part returns the positions of a part: all parts are equal but for one label.
func (b *Batch) part(i int) span {
	at := func(i int) uint64 {
		n, each, more := uint64(i), b.Block.Count/uint64(b.parts), b.Block.Count%uint64(b.parts)
		return n*each + min(n, more)
	}
	return span{at(i), at(i + 1)}
}

// A partJournal is the journal of a part, whose positions count from its own first label.
type partJournal struct {
	block ledger.Journal
	from  uint64
}

func (j partJournal) Mark(
	ctx context.Context, run string, from, to uint64, state, evidence string,
) error {
	return j.block.Mark(ctx, run, j.from+from, j.from+to, state, evidence)
}

func (j partJournal) Marks(
	ctx context.Context, run string, fn func(from, to uint64, state, evidence string) error,
) error {
	return j.block.Marks(ctx, run, func(from, to uint64, state, evidence string) error {
		return fn(from-j.from, to-j.from, state, evidence)
	})
}

// A progress adds up how far the parts of a batch are.
type progress struct {
	mu    sync.Mutex
	show  func(printer.Progress)
	count uint64
	parts []printer.Progress
}

func (b *Batch) newProgress(show func(printer.Progress), before Result) *progress {
	p := &progress{show: show, count: b.Block.Count, parts: make([]printer.Progress, b.parts)}
	for i := range p.parts {
		span := b.part(i)
		p.parts[i].Confirmed = before.in(span, confirmed...)
		p.parts[i].Doubtful = before.in(span, printer.Doubtful)
		p.parts[i].Printed = p.parts[i].Confirmed
	}
	return p
}

// part returns what a part's run calls, or nil if nobody wants to know.
func (p *progress) part(i int) func(printer.Progress) {
	if p.show == nil {
		return nil
	}
	return func(now printer.Progress) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.parts[i] = now
		all := printer.Progress{Count: p.count, Waiting: now.Waiting}
		for _, part := range p.parts {
			all.Confirmed += part.Confirmed
			all.Doubtful += part.Doubtful
			all.Printed += part.Printed
		}
		p.show(all)
	}
}
