package line

import (
	"fmt"
	"strings"
	"time"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/label"
)

// A Warning is something about an order that is probably a mistake. Start rejects an order with a
// warning unless [Order.Acknowledged] lists it.
type Warning string

// The warnings. Dates are the order's, and those of the GS1 messages on its labels: (11)
// production, (15) best before, (16) sell by, (17) and (7003) expiration.
const (
	UseByBeforeMade Warning = "use-by-before-made" // the goods were never usable
	UseByPast       Warning = "use-by-past"        // they are no longer usable
)

var warnings = []Warning{UseByBeforeMade, UseByPast}

// join lists warnings in words.
func join(list []Warning, sep string) string {
	var words []string
	for _, w := range list {
		words = append(words, string(w))
	}
	return strings.Join(words, sep)
}

// warn finds the warnings of a label of the order.
func (p *Plan) warn(made *label.Label, now time.Time) {
	day, _ := time.Parse(time.DateOnly, p.Order.Made) // checked before
	produced := []time.Time{day}
	var useBy []time.Time
	if t, err := time.Parse(time.DateOnly, p.Order.Label["expires"]); err == nil {
		useBy = append(useBy, t)
	}
	for m := range messages(made) {
		for _, e := range m {
			_, last, ok := gs1.ParsePeriod(e, now)
			if !ok {
				continue
			}
			switch e.AI {
			case "11":
				produced = append(produced, last)
			case "15", "16", "17", "7003":
				useBy = append(useBy, last)
			}
		}
	}
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	for _, last := range useBy {
		for _, t := range produced {
			if last.Before(t) {
				p.found(UseByBeforeMade, "the use-by date %s is before the date of manufacture %s",
					last.Format(time.DateOnly), t.Format(time.DateOnly))
			}
		}
		if last.Before(today) {
			p.found(UseByPast, "the use-by date %s is past", last.Format(time.DateOnly))
		}
	}
}

// found adds a warning once.
func (p *Plan) found(w Warning, format string, args ...any) {
	for _, known := range p.Warnings {
		if known == w {
			return
		}
	}
	p.Warnings = append(p.Warnings, w)
	p.details = append(p.details, fmt.Sprintf(format, args...))
}

// messages yields the GS1 messages of a label.
func messages(made *label.Label) func(yield func(gs1.Message) bool) {
	return func(yield func(gs1.Message) bool) {
		for _, e := range made.Elements {
			if s, ok := e.(*label.Symbol); ok && s.Symbology.GS1() && !yield(s.Message) {
				return
			}
		}
	}
}
