// Package calendar writes times as the date parts of a serial and reads them back.
//
// A [Token] is one date part, such as YY or DDD. A [Calendar] has all tokens of a pattern, the
// time zone and the hour at which the production day begins. [Calendar.Take] splits a time into a
// [Moment], whose values the tokens write; [Calendar.Resolve] finds the time that a [Reading] of
// tokens means:
//
//	tokens, _ := calendar.Cut("YYMMDD")
//	text := tokens[0].Append(nil, &moment)   // "26"
//	reading.Moment[calendar.Year] == 26      // after tokens[0].Parse("26", &reading)
//	t, ok := c.Resolve(&reading, reference)  // the latest such day not after the reference
//
// All of it allocates nothing.
package calendar
