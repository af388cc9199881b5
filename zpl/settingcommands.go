package zpl

import (
	"bytes"
	"strings"
)

// settingCommands change settings or the page. Each returns how many parameters its command has at
// most.
var settingCommands = map[string]func(*Settings, *Page, *params) int{
	"^PW": func(s *Settings, _ *Page, p *params) int {
		s.Width = p.number(0, s.Width, 2, 32000)
		return 1
	},
	"^LL": func(s *Settings, _ *Page, p *params) int {
		s.Length = p.number(0, s.Length, 1, 32000)
		return 1
	},
	"^LH": func(s *Settings, _ *Page, p *params) int {
		s.HomeX, s.HomeY = p.number(0, 0, 0, 32000), p.number(1, 0, 0, 32000)
		return 2
	},
	"^PO": func(s *Settings, _ *Page, p *params) int {
		s.Inverted = p.choice(0, 'N', "NI") == 'I'
		return 1
	},
	"^JZ": func(s *Settings, _ *Page, p *params) int { s.Reprint = p.yes(0, true); return 1 },
	"^MM": func(s *Settings, _ *Page, p *params) int {
		s.Mode = p.choice(0, 'T', "TPRACDFLUK")
		p.yes(1, true)
		return 2
	},
	"^MN": func(s *Settings, _ *Page, p *params) int {
		s.Tracking = p.choice(0, s.Tracking, "NYWMAV")
		p.number(1, 0, -566, 1180)
		return 2
	},
	"^MT": func(s *Settings, _ *Page, p *params) int {
		s.Media = p.choice(0, s.Media, "TD")
		return 1
	},
	"^PR": func(s *Settings, _ *Page, p *params) int {
		for _, speed := range p.list {
			if len(speed) > 2 || strings.Trim(string(speed), "0123456789ABCDE") != "" {
				p.fail(ErrParameter, "speed %q, want digits or a letter from A to E", speed)
			}
		}
		s.Speed = string(bytes.Join(p.list, []byte{','}))
		return 3
	},
	"~SD": func(s *Settings, _ *Page, p *params) int {
		s.Darkness = p.number(0, s.Darkness, 0, 30)
		return 1
	},
	"^CI": func(s *Settings, _ *Page, p *params) int {
		switch s.Charset = p.number(0, 0, 0, 36); s.Charset {
		case 0, 13, 27, 28: // all but 28 for ASCII alone
		default:
			p.fail(ErrUnsupported, "character set %d", s.Charset)
		}
		return 1
	},
	"^BY": func(s *Settings, _ *Page, p *params) int {
		s.moduleWidth = p.number(0, s.moduleWidth, 1, 100)
		s.barHeight = p.number(2, s.barHeight, 1, 32000)
		return 3 // the ratio has no meaning for the symbols known here
	},
	"^CF": func(s *Settings, _ *Page, p *params) int {
		if f := p.text(0); f != "" {
			s.font = Font{Name: p.choice(0, 'A', fontNames)}
		}
		s.font.size(p, 1)
		return 3
	},
	"^FW": func(s *Settings, _ *Page, p *params) int {
		s.orientation = p.choice(0, s.orientation, orientations)
		p.number(1, 0, 0, 0)
		return 2
	},
	// Drivers send these, too; only the values without an effect are known.
	"^MU": func(_ *Settings, _ *Page, p *params) int { p.choice(0, 'D', "D"); return 1 },
	"^LS": func(_ *Settings, _ *Page, p *params) int { p.number(0, 0, 0, 0); return 1 },
	"^LT": func(_ *Settings, _ *Page, p *params) int { p.number(0, 0, 0, 0); return 1 },
	"^PM": func(_ *Settings, _ *Page, p *params) int { p.choice(0, 'N', "N"); return 1 },
	"^LR": func(_ *Settings, _ *Page, p *params) int { p.choice(0, 'N', "N"); return 1 },
	"^JM": func(_ *Settings, _ *Page, p *params) int { p.choice(0, 'A', "A"); return 1 },
	"~TA": func(_ *Settings, _ *Page, p *params) int { p.number(0, 0, -120, 120); return 1 },
	"~JS": func(_ *Settings, _ *Page, p *params) int { p.choice(0, 'N', "NBAO"); return 1 },
	"^PQ": func(_ *Settings, page *Page, p *params) int {
		page.Quantity = p.number(0, 1, 1, 99999999)
		if p.number(1, 0, 0, 99999999) != 0 || p.number(2, 0, 0, 99999999) > 1 {
			p.fail(ErrUnsupported, "pauses and replicates")
		}
		p.yes(3, false)
		p.yes(4, true)
		return 5
	},
}
