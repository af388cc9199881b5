// Package epc reads and writes Electronic Product Codes: what RFID tags carry, and the URIs that
// name the same things (GS1 Tag Data Standard, release 2.3, all 46 schemes).
//
// A tag read by an RFID reader becomes element strings:
//
//	tag, err := epc.Decode(bits) // 12 bytes of an SGTIN-96, for example
//	m, err := tag.Message()      // (01)08719139005740(21)340548
//	tag.EPC.URI()                // urn:epc:id:sgtin:8719139.000574.340548
//
// and element strings become the words to write:
//
//	tag, err := epc.NewTag(m, epc.Options{Scheme: "sgtin+", Filter: 1})
//	bits, err := tag.Encode()
//	pc, err := tag.PC(false)
//
// The older schemes (SGTIN-96, SSCC-96 and so on) divide a key into company prefix and reference.
// Where that division is isn't visible in the key: [Options] take the length of the prefix or a
// table of package companyprefix. The "+" schemes don't need it and carry other elements after
// the EPC; the "++" schemes carry the owner's hostname, too, so that a tag is a GS1 Digital Link
// ([Tag.Link]).
//
// An [EPC] is an identity, a [Tag] is how an EPC is written. EPCs can be compared with ==.
// [Classify] reports what bits of unknown origin are and what speaks against it. The functions are
// safe for concurrent use.
package epc
