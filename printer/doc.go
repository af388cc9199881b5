// Package printer drives a thermal printer that speaks ZPL II, and accounts for every label that it was asked to print.
//
// [Dial] opens a connection over TCP, a serial line or a device file. [Printer] asks the printer for its status, its identity
// and its meters; every wait has a deadline and every reply a bound. [Run] prints a job in windows and journals, window by
// window, whether each label is known to be on paper exactly once (confirmed) or not (doubtful).
//
// # What confirmed means
//
// A printer tells nobody which label it printed. What it has is a counter, and a counter proves something only when nothing
// else can have moved it. A window of n labels is confirmed if the counter moved by exactly n, the queue is empty, and
// the printer was watched all the while without a pause, a fault, a reconnection, a restart, a foreign format in its buffer or
// a contradiction by one of its other meters. Otherwise all n labels are doubtful: "the first k printed" is a guess that
// CANCEL on the panel makes wrong.
//
// Watched means that no two status replies lie further apart than [Job.Watch]: no hand presses PAUSE, CANCEL and PAUSE
// in less. What meters can't tell is a second host that erases and prints the same number of labels between two
// replies (~JA needs no pause): a printer that prints serials belongs to one host. FEED moves no counter; it shows in the length of media
// moved, compared with other windows: in the first window of a run it shows when the second is through, which makes the first doubtful
// after all, and in the only one never. Only a scanner that reads every label ([Read]) proves more.
package printer
