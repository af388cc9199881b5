// Package gs1 reads, checks and writes GS1 data: Application Identifiers (AIs) with their values, as barcodes and labels carry them
// (GS1 General Specifications).
//
// A [Message] is what one unit says about itself. [Parse] reads it in any form that is in use:
//
//	(01)09521234543213(10)L42      bracketed text, as people write it
//	^010952123454321310L42         raw data; "^" or the character GS (0x1D) is FNC1
//	]d2010952123454321310L42       a reader's output with symbology identifier
//	https://id.gs1.org/01/…/10/L42 a GS1 Digital Link URI (package digitallink knows more about these)
//
// and accepts only what is valid in full: each value has the format, check digits and content that its AI asks for, and each AI the
// company that it requires. What is valid is decided as GS1's own reference engine does. [Message.Validate] checks messages made
// in other ways, [Message.ElementString] writes what a symbol encodes, [Message.HRI] what people read below it.
//
// Errors are of type *[Error]; they name the AI, the place in the input and what was expected there. Nothing in this package needs
// the network, a file or a start-up.
package gs1
