// Package number writes numbers as the texts of a serial and reads them back.
//
// An [Alphabet] is a digit set. A [Format] has one for each character, so that numbers below its
// count have one text each, in order: "four decimal digits" is a format, and so is "a letter,
// then three digits". A format can leave out texts that contain a word, and a [Skip] texts that
// have no check character; the numbers keep their order and have no gaps.
//
//	f := number.NewFormat(letters, digits, digits)
//	f.Put(dst, 101)               // B01
//	v, good, ok := f.Parse("B01") // 101, 3, true
package number
