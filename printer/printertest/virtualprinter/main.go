// Virtualprinter is a label printer in software, for programs in any language: it listens as a
// printer does, prints at a printer's speed, and writes each label that comes out as a line of
// JSON to standard output. Its address is the first line.
//
//	virtualprinter -listen 127.0.0.1:9100 -speed 10
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/gonameplate/nameplate/printer/printertest"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:9100",
		"`address` to listen on; port 0 takes a free one")
	speed := flag.Float64("speed", 0, "labels/s; 0 prints at the speed of ^PR")
	buffer := flag.Int("buffer", 0,
		"`bytes` of formats taken in before the connection stalls; 0 means 1 MiB")
	flag.Parse()

	cfg := printertest.Config{LabelsPerSecond: *speed, Buffer: *buffer}
	srv := printertest.NewUnstartedServer(cfg)
	defer srv.Close()
	if err := srv.Listen(*listen); err != nil {
		fmt.Fprintf(os.Stderr, "virtualprinter: %v: choose another -listen address\n", err)
		os.Exit(1)
	}
	fmt.Println(srv.URL)

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	tick := time.NewTicker(50 * time.Millisecond)
	for seen := 0; ; {
		select {
		case <-stop:
			write(os.Stdout, srv, seen)
			return
		case <-tick.C:
			seen = write(os.Stdout, srv, seen)
		}
	}
}

// A line is what is written of a sheet.
type line struct {
	Kind   string
	Host   int
	At     time.Time
	Fields []string // what the fields say, those that hold data
}

// write writes the sheets after the first seen ones, and returns how many there are.
func write(w io.Writer, srv *printertest.Server, seen int) int {
	paper := srv.Paper()
	out := json.NewEncoder(w)
	for _, sheet := range paper[seen:] {
		l := line{Kind: sheet.Kind.String(), Host: sheet.Host, At: sheet.At}
		for _, f := range sheet.Page.Fields {
			if f.Data != "" {
				l.Fields = append(l.Fields, f.Data)
			}
		}
		out.Encode(l)
	}
	return len(paper)
}
