package scramble

import "fmt"

// A Filtered is a permutation of the numbers below n that a rule leaves, such as those whose text spells no word of a stop list. Where
// the [Permutation] beneath gives a number that is left out, it goes on from there until it comes to one that is not.
//
// Let A be the numbers below n that are left. At maps A onto A, one to one, and Index leads back. The places are numbers too: a
// place that is left out has no number, or two places would share one. So whoever counts 0, 1, 2 … passes over the places for which At says
// false, as often as the rule leaves out numbers. (Schemes of package serial count the texts without the words instead, and have no such
// gaps.)
//
// A call takes n/|A| steps of the permutation in the mean. How many numbers are left can't be seen from here: see to it that they are 1,000,000
// or more. The rule is part of the map: one word more sends other places to other numbers, so it never changes once numbers were
// issued. It must answer the same for the same number, always. A Filtered is safe for concurrent use if its rule is.
type Filtered struct {
	p    Permutation
	skip func(x uint64) bool
}

// Without returns the permutation of the numbers for which skip is false.
func (p *Permutation) Without(skip func(x uint64) bool) Filtered { return Filtered{*p, skip} }

// At returns the number at place i, and false if there is none: i is left out, or not below n.
func (f *Filtered) At(i uint64) (x uint64, ok bool) {
	if i >= f.p.n || f.skip(i) {
		return 0, false
	}
	// The walk ends: it follows the cycle of i, and i is of those that are left.
	for x = f.p.At(i); f.skip(x); x = f.p.At(x) {
	}
	return x, true
}

// Index returns the place of number x, so that Index(At(i)) is i, and false if x is left out or not below n.
func (f *Filtered) Index(x uint64) (i uint64, ok bool) {
	if x >= f.p.n || f.skip(x) {
		return 0, false
	}
	for i = f.p.Index(x); f.skip(i); i = f.p.Index(i) {
	}
	return i, true
}

// WithTweak returns the same with another tweak, as [Permutation.WithTweak] does.
func (f *Filtered) WithTweak(tweak []byte) Filtered { return Filtered{f.p.WithTweak(tweak), f.skip} }

// Format writes the size and not the key, whatever the verb.
func (f Filtered) Format(s fmt.State, verb rune) {
	fmt.Fprintf(s, "scramble.Filtered(0 … %d)", f.p.n-1)
}
