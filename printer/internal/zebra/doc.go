// Package zebra has the grammar of the printers that speak ZPL II: how they are asked, what they
// answer, and what must be said before labels are printed. It turns bytes into tokens and values;
// package printer gives them names.
//
// The queries are of the ZPL II Programming Guide: ~HS (host status), ~HI (host identification),
// ~HQES (errors and warnings) and the SGD command getvar. Replies may be split over reads, come
// late, and have junk before them.
package zebra
