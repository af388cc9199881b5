// Package template fills labels with data. A [Template] is parsed once from JSON, which TEMPLATE.md
// describes, and executed for the [Data] of each unit:
//
//	t, err := template.Parse(file)
//	l, err := t.Execute(template.Data{"gtin": "09506000134352", "lot": "L42", …})
//	findings := l.Preflight(label.Device{DotsPerMM: 8})
//	err = pdf.Write(w, label.All(l))
//
// Writers of printer languages compile the template's [Program] instead, as package zpl does:
// what is the same on all labels is then formatted once.
//
// # Templates
//
// A template is a JSON object with the label's size, the fields that data must give, and elements
// that are drawn in their order:
//
//	{
//	  "width": 50, "height": 25,
//	  "fields": [{"name": "serial", "max": 12}],
//	  "elements": [
//	    {"type": "text", "x": 2, "y": 2, "width": 40, "size": 2, "content": "SN {serial}"},
//	    {"type": "symbol", "symbology": "datamatrix", "x": 35, "y": 8, "x-dimension": 0.5,
//	     "content": "{serial}"}
//	  ]
//	}
//
// TEMPLATE.md lists the keys of all elements; schema.json has editors complete and check them.
//
// # Expressions
//
// The content of texts and symbols, and values, are literals with expressions in braces:
//
//	{lot}              the value of a field, or a value by its name
//	{made:YYYY-MM-DD}  a date in a format of YYYY, YY, MM, DD and - . / : or space;
//	                   {made:YYMMDD} is the form that GS1 AIs have
//	{count:0000}       a number with leading zeros
//	{check}            the GS1 check digit of all digits before it in its text, AI or value
//	{{ }}              braces
//
// GS1 symbols have a content of AIs in parentheses, "(01){gtin}(17){expires:YYMMDD}(10){lot}",
// where \( is a parenthesis in a literal. The AIs are read once, with the template; whatever a
// value contains, it is never read as another AI. An AI whose optional fields are all empty is
// left out.
package template
