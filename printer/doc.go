// Package printer drives thermal printers that speak ZPL II, and accounts for every label that it
// was asked to print.
//
//	p, err := printer.Dial(ctx, "tcp://192.168.1.5:9100") // or a serial line, or a device file
//	if err != nil {
//		return err
//	}
//	defer p.Close()
//	job := printer.Job{ID: "order 4711", Count: 500, Append: appendLabel, Journal: journal}
//	report, err := printer.Run(ctx, p, job)
//	fmt.Println(report) // 480 confirmed, 20 doubtful, and which
//
// [Dial] opens a connection over TCP, a serial line or a device file. A [Printer] is asked for
// its status, its identity and its variables; every wait has a deadline and every reply a bound.
// [Run] prints a [Job] in windows and records in a [Journal], window by window, whether each
// label is known to be on paper exactly once (confirmed) or not (doubtful).
//
// # What confirmed means
//
// No printer reports which label it has printed. What it has is a counter, and a counter proves
// something only if nothing else can have moved it. A window of n labels is confirmed if
//
//   - the counter moved by exactly n, and the queue is empty afterwards,
//   - the printer was watched all the while: no two status replies are further apart than
//     [Job.MaxStatusGap], in less than which no operator presses PAUSE, CANCEL and PAUSE,
//   - no reply showed a pause, a fault, or a format of another host in the buffer,
//   - there was no reconnection and no restart, and
//   - no other meter contradicts it: the user's counter, the length of media moved, the times that
//     the head was opened, the time since the printer was switched on.
//
// Otherwise all n labels are doubtful: "the first k were printed" is a guess that CANCEL on the
// panel makes wrong.
//
// Two things escape the meters. One is a second host that erases labels and prints as many of its
// own between two replies (~JA needs no pause): a printer of serial numbers belongs to one host.
// The other is FEED in the only window of a run: it moves no counter, and shows in the length of
// media moved only by comparison with another window, which makes the first window doubtful once
// the second is through. Only a scanner that reads every label ([Read]) proves more.
package printer
