// Package template fills labels with data. A [Template] is parsed once from JSON, which TEMPLATE.md
// describes, and executed for the [Data] of each unit:
//
//	t, err := template.Parse(file)
//	l, err := t.Execute(template.Data{"gtin": "09506000134352", "lot": "L42", …})
//	findings := l.Preflight(label.Device{DotsPerMM: 8})
//	err = pdf.Write(w, label.All(l))
//
// Writers of printer languages compile the template's [Program] instead, as package zpl does: what is
// the same on all labels is then formatted once.
//
// # Templates
//
// A template is a JSON object. Unknown keys are errors, but "comment" is allowed in it, in every
// field and in every element, and "$schema" in it.
//
//	"width", "height"   of the label, in mm
//	"application"       where its symbols are scanned: "any" (the default), "general-distribution",
//	                    "logistic-units", "regulated-healthcare", "retail-pharmacy"
//	"fields"            a list of the values that data must give, each with a "name" and optionally a
//	                    "kind" ("text", "date", "number"), a "max" length in characters and
//	                    "optional": true
//	"values"            names for expressions that are used several times, such as
//	                    {"sscc": "39506000{serial:000000000}{check}"}
//	"elements"          a list, drawn in its order
//
// Every element has a "type" and optionally a "name", which messages use. "x" and "y" are its top
// left corner on the label after "rotate" (0, 90, 180 or 270 degrees clockwise) has turned it. All
// but symbols have a "width" and a "height".
//
//	"text"    "content", "size"; "face" ("regular", "bold", "mono"), "align" ("left", "center",
//	          "right"), "valign" ("top", "middle", "bottom"), "wrap": true, "min-size" (a text that
//	          does not fit is set smaller, down to it), "line-height" (a multiple of the size),
//	          "white": true, "rotate". Without a height it has room for one line.
//	"symbol"  "symbology" (a name of symbol.Symbologies, such as "gs1-128" or "ean-13"), "content",
//	          "x-dimension", and for bars "bar-height", which EAN and UPC symbols can leave out;
//	          "width" and "align" (where the modules are in a room), "rotate", "hri": {"place"
//	          ("none", "below", "above", "beside"), "size", "face", "gap", "width", "min-size"}. x
//	          and y are the corner of the modules; the quiet zone is around them.
//	"box"     either the "thickness" of its outline, or "filled": true; "white": true erases
//	"line"    "thickness" and either a "width" or a "height"
//	"path"    "d", path data as in SVG without arcs, filled by the even-odd rule; "view": [width,
//	          height], the size in which it is drawn, is scaled to the frame; "white": true
//	"image"   "file", a PNG beside the template; "threshold", 0 to 1: what is darker becomes ink; the
//	          default is 0.5
//
// # Expressions
//
// The content of texts and symbols, and values, are literals with expressions in braces:
//
//	{lot}              the value of a field, or a value by its name
//	{made:YYYY-MM-DD}  a date in a format of YYYY, YY, MM, DD and - . / : or space; {made:YYMMDD} is
//	                   the form that GS1 AIs have
//	{count:0000}       a number with leading zeros
//	{check}            the GS1 check digit of all digits before it in its text, AI or value
//	{{ }}              braces
//
// GS1 symbols have a content of AIs in parentheses, "(01){gtin}(17){expires:YYMMDD}(10){lot}", where
// \( is a parenthesis in a literal. The AIs are read once, with the template; whatever a value
// contains, it is never read as another AI. An AI whose optional fields are all empty is left out.
package template
