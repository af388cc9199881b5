// Package bitfield reads and writes fields of bits, and numbers of many decimal digits in them.
// It is what gs1/epc and the compression of gs1/digitallink share.
package bitfield
