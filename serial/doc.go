// Package serial says what a serial number is: a [Scheme], compiled from a pattern, leads from a
// unit's facts and its running index to the serial, and from the serial back.
//
//	SN{YY}{MM}{index:5}{check}                            SN2611000421: year, month, number, check character
//	{index:8 crockford scrambled}{check}                  eight characters nobody can guess and one that catches errors
//	{index:9}                                             an SSCC's serial reference: digits in order
//
// The whole language stands in pattern.md beside this file, whose every example is a test.
//
// Two laws hold, for every scheme and all input: Format(Parse(s)) == s, and Parse(Format(fields,
// index)) gives the index and the fields as the serial spells them. So a run of a million units
// is one row somewhere (scheme, first index, count), and any serial of it is found again by
// arithmetic. What a serial doesn't spell out, such as the product, the caller hands to Parse as
// context.
//
// A serial that someone has typed is best read with [Scheme.Diagnose], which tells the kind of a
// mistake and what was probably meant.
//
// Formatting and parsing take some tens of nanoseconds, with a scrambled index half a
// microsecond, and [Scheme.AppendFormat] and [Scheme.ParseInto] allocate nothing; BenchmarkFormat
// and BenchmarkParse measure it.
//
// Schemes are immutable and safe for concurrent use.
package serial
