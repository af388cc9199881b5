package scan

import "strings"

// known returns the reading of text that fits a scheme of the Reader, with or without a prefix such
// as S/N: or the model before it, or nothing.
func (r Reader) known(t *damaged, from int) []Result {
	if r.Schemes == nil {
		return nil
	}
	for _, c := range serials(t.s[from:]) {
		matches := r.Schemes.Identify(c.serial)
		if len(matches) == 0 {
			continue
		}
		a := Result{Kind: Known, Symbology: t.s[:from], Text: t.s[from:], Known: matches,
			Repairs: t.repairs}
		best := matches[0]
		a.Serial, a.Lot, a.Product = c.serial, best.Fields.Lot, best.Fields.Product
		if a.Product == "" {
			a.Product = c.model
		}
		a.Made = best.From
		for _, m := range matches[1:] {
			a.doubt("this fits the scheme " + m.Name + " as well as " + best.Name)
		}
		return []Result{a}
	}
	return nil
}

// knownText reads plain text, with or without identifier, as a known serial.
func (r Reader) knownText(t *damaged) []Result {
	if !strings.HasPrefix(t.s, "]") {
		return r.known(t, 0)
	}
	if len(t.s) < 3 || carrierOf(t.s[1], t.s[2]).gs1() {
		return nil
	}
	return r.known(t, 3)
}

// A labeled is a serial, with the model that a symbol has before it.
type labeled struct{ model, serial string }

// prefixes are what serials are labeled with.
var prefixes = [...]string{
	"SERIAL NUMBER", "SERIAL NO.", "SERIAL NO", "SERIAL", "S/N",
	"SER.NO.", "SER NO", "SNR",
	"SN", "S",
}

// modelLengths are the lengths of the model in the combined codes of computers, which begin with
// the data identifier 1S: machine type and model, then the serial.
var modelLengths = [...]int{10, 7}

// serials returns the serials that a text may be, the text itself first.
func serials(text string) []labeled {
	all := []labeled{{"", text}}
	for _, prefix := range prefixes {
		if len(text) > len(prefix) && strings.EqualFold(text[:len(prefix)], prefix) {
			all = append(all, labeled{"", strings.TrimLeft(text[len(prefix):], ":#. ")})
		}
	}
	if i := strings.LastIndexAny(text, " ,;|\t"); i > 0 {
		all = append(all, labeled{strings.TrimRight(text[:i], " ,;|\t"), text[i+1:]})
		for _, c := range serials(text[i+1:])[1:] {
			all = append(all, labeled{all[len(all)-1].model, c.serial})
		}
	}
	if body, ok := strings.CutPrefix(text, "1S"); ok {
		for _, n := range modelLengths {
			if len(body) > n {
				all = append(all, labeled{body[:n], body[n:]})
			}
		}
	}
	return all
}

// withKnown adds the reading as a known serial to those of a number that came without identifier.
func (r Reader) withKnown(t *damaged, found []Result) []Result {
	if len(found) == 0 || found[0].Kind != Retail || found[0].Symbology != "" {
		return found
	}
	return append(found, r.known(t, 0)...)
}
