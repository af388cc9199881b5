// Mutant measures what the tests of a package notice: it makes single faults in the package's
// code, one at a time, and runs the tests on each.
//
//	go run ./internal/mutant -n 60 -seed 1 ./zpl ./printer
//
// A fault is an integer constant off by one, a comparison changed to its neighbor, a condition
// negated, a statement removed, or a result replaced by its zero value. Tables, which are the
// composite literals of package variables, and generated files have none. A fault is killed if a
// test fails or doesn't end in time. The working tree isn't changed.
//
// Faults that no test can notice, because the program does the same with them, are listed with
// the reason in testdata/survivors.txt of their package, one to a line:
//
//	graphic.go appendRepeat: n > 419 => n > 420 # a count of 420 may be written either way
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"
)

type options struct {
	faults    int
	seed      uint64
	timeout   time.Duration
	neighbors string
	verbose   bool
}

func main() {
	var o options
	flag.IntVar(&o.faults, "n", 60, "how many faults to make in each package")
	flag.Uint64Var(&o.seed, "seed", 1, "chooses the faults")
	flag.DurationVar(&o.timeout, "timeout", time.Minute,
		"a test run that takes longer kills its fault")
	flag.StringVar(&o.neighbors, "with", "",
		"comma-separated packages whose tests a survivor must pass, too")
	flag.BoolVar(&o.verbose, "v", false, "print killed faults as well")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "mutant: name at least one package, such as ./zpl")
		os.Exit(2)
	}
	ok := true
	for _, name := range flag.Args() {
		fine, err := measure(name, o)
		if err != nil {
			fmt.Fprintf(os.Stderr, "mutant: %s: %v\n", name, err)
			os.Exit(2)
		}
		ok = ok && fine
	}
	if !ok {
		os.Exit(1)
	}
}

// measure prints the survivors of a package and its score. It reports whether fewer than one
// fault in twenty survived without a reason on the list.
func measure(name string, o options) (bool, error) {
	pkg, err := load(name)
	if err != nil {
		return false, err
	}
	faults := pkg.faults()
	random := rand.New(rand.NewPCG(o.seed, 0))
	random.Shuffle(len(faults), func(i, j int) { faults[i], faults[j] = faults[j], faults[i] })
	var made, killed, excused int
	for _, f := range faults {
		if made == o.faults {
			break
		}
		outcome, err := pkg.run(f, o)
		if err != nil {
			return false, err
		}
		reason, listed := pkg.listed[strings.TrimSpace(f.key())] // a removed statement ends its key
		switch {
		case outcome == invalid:
			continue
		case outcome == dead:
			killed++
			if o.verbose {
				fmt.Printf("killed    %s\n", f)
			}
		case listed:
			excused++
			fmt.Printf("listed    %s # %s\n", f, reason)
		default:
			fmt.Printf("SURVIVED  %s\n", f)
		}
		made++
	}
	survived := made - killed - excused
	fmt.Printf("%s: %d faults, %d killed, %d listed as without effect, %d survived\n",
		pkg.ImportPath, made, killed, excused, survived)
	return survived*20 < made, nil
}
