// Package label is what a label is, in millimetres: texts, symbols, boxes, paths and pictures at places on it; templates that
// data fill; a preflight that finds what would print badly; all of it drawn onto a [Canvas]: a printer's language (package zpl),
// a vector PDF (label/pdf) or dots (label/raster).
//
// A [Template] is parsed once from JSON and executed for each unit's [Data]:
//
//	t, err := label.Parse(file)
//	l, err := t.Execute(label.Data{"gtin": "09506000134352", "lot": "L42", …})
//	findings := l.Preflight(label.Device{DotsPerMM: 8})
//	bitmap, err := raster.Draw(l, label.Device{DotsPerMM: 8})
//
// All measures are in millimetres from the label's top left corner, x to the right and y down, unless their name says dots. Text
// sizes are cap heights, which is what rules for legibility measure.
//
// # Templates
//
// A template is a JSON object. Keys that it does not know are errors, but "comment" may stand in it, in every field and in every
// element.
//
//	"width", "height"   of the label
//	"application"       where its symbols are scanned: "any" (which is the default), "general-distribution", "logistic-units",
//	                    "regulated-healthcare", "retail-pharmacy"
//	"fields"            a list of what data must give, each with a "name" and perhaps a "kind" ("text", "date", "number"), a
//	                    "max" length in characters and "optional": true
//	"values"            names for expressions that are used several times, such as {"sscc": "39506000{serial:000000000}{check}"}
//	"elements"          a list, drawn in its order
//
// Every element has a "type" and perhaps a "name", which messages then use. "x" and "y" are its top left corner, as it stands on the
// label when "rotate" (0, 90, 180 or 270 degrees clockwise) has turned it. All but symbols have a "width" and a "height".
//
//	"text"    "content", "size"; "face" ("regular", "bold", "mono"), "align" ("left", "center", "right"), "valign" ("top", "middle",
//	          "bottom"), "wrap": true, "min-size" (shrinks what does not fit), "line-height" (of the size), "white": true,
//	          "rotate". A height left out is one line.
//	"symbol"  "symbology" (a name of [symbol.Symbologies]: "code128", "gs1-128", "datamatrix", "gs1-datamatrix", "qr", "ean-13" …),
//	          "content", "x-dimension", "bar-height" for bars; "width" and "align" (places the modules in a room), "rotate", "hri": {"place" ("none", "below", "above", "beside"),
//	          "size", "face", "gap", "width", "min-size"}. x and y are the corner of the modules; the quiet zone is around them.
//	"box"     either "thickness" of its outline, or "filled": true; "white": true erases
//	"line"    "thickness" and either a "width" or a "height"
//	"path"    "d", path data as in SVG without arcs, filled by the even-odd rule; "view": [width, height] is the size that it is
//	          drawn in, scaled to the frame; "white": true
//	"image"   "file", a PNG beside the template; "threshold", 0 to 1: what is darker is ink, 0.5 unless said
//
// # Expressions
//
// The content of texts and symbols, and values, are literals with expressions in braces:
//
//	{lot}              the value of a field, or of a value by its name
//	{made:YYYY-MM-DD}  a date in a format of YYYY, YY, MM, DD and of - . / : and space; {made:YYMMDD} is GS1's
//	{count:0000}       a number with leading zeros
//	{check}            the GS1 check digit of all digits before it in its text, AI or value
//	{{ }}              braces
//
// GS1 symbols have a content of AIs in parentheses, "(01){gtin}(17){expires:YYMMDD}(10){lot}", where \( is a parenthesis in a literal.
// The AIs are read once, with the template; a value is never read as anything else than the value of its AI, whatever it contains. An
// AI whose optional fields are all empty is left out.
package label
