package epc

import "strings"

// The hostname of a "++" scheme (TDS 2.3, 14.5.16): an indicator bit, a length of 6 bits, and
// then either URN Code 40, whose length counts characters, or characters of 7 bits, of which
// some, and pairs of some, are several characters; there the length counts units of 7 bits.

const (
	maxHost  = 63 * 6 // characters that the longest hostname has
	maxUnits = 63
)

// A shortening is a text that one or two units of 7 bits encode.
type shortening struct {
	text string
	unit uint8 // the unit, or the first of two
	next int16 // the second unit, or -1
}

// shortUnits are the units that encode several characters. GS1's table A of 2025-10-29 moves
// "www." from 0x23 to 0x1F; both are read, and the one of the standard's worked example is
// written.
var shortUnits = [...]shortening{
	{"id.", 0x20, -1}, {"www.", 0x23, -1}, {"qr.", 0x1E, -1}, {"www.", 0x1F, -1},
	{".com", 0x5B, -1}, {".org", 0x5C, -1}, {".net", 0x5D, -1}, {".int", 0x5E, -1},
	{".edu", 0x60, -1}, {".gov", 0x7B, -1}, {".mil", 0x7C, -1}, {".biz", 0x7D, -1},
	{".eco", 0x7E, -1}, {".med", 0x7F, -1},
}

// The endings that two units encode, the second one in ascending order (TDS 2.3, tables B1 to
// B4).
const (
	endings0 = ".ac .ad .ae .af .ag .ai .al .am .ao .aq .ar .as .at .au .aw .ax .az .ba .bb .bd " +
		".be .bf .bg .bh .bi .bj .bm .bn .bo .bq .br .bs .bt .bw .by .bz .ca .cc .cd .cf " +
		".cg .ch .ci .ck .cl .cm .cn .co .cr .cu .cv .cw .cx .cy .cz .de .dj .dk .dm .do " +
		".dz .ec .ee .eg .eh .er .es .et .eu .fi .fj .fk .fm .fo .fr .ga .gd .ge .gf .gg " +
		".gh .gi .gl .gm .gn .gp .gq .gr .gs .gt .gu .gw .gy .hk .hm .hn .hr .ht .hu .id " +
		".ie .il .im .in .io .iq .ir .is .it .je .jm .jo .jp .ke .kg .kh .ki .km .kn .kp " +
		".kr .kw .ky .kz .la .lb .lc .li"
	endings1 = ".lk .lr .ls .lt .lu .lv .ly .ma .mc .md .me .mg .mh .mk .ml .mm .mn .mo .mp .mq " +
		".mr .ms .mt .mu .mv .mw .mx .my .mz .na .nc .ne .nf .ng .ni .nl .no .np .nr .nu " +
		".nz .om .pa .pe .pf .pg .ph .pk .pl .pm .pn .pr .ps .pt .pw .py .qa .re .ro .rs " +
		".ru .rw .sa .sb .sc .sd .se .sg .sh .si .sk .sl .sm .sn .sr .ss .st .su .sv .sx " +
		".sy .sz .tc .td .tf .tg .th .tj .tk .tl .tm .tn .to .tr .tt .tv .tw .tz .ua .ug " +
		".us .uy .uz .va .vc .ve .vg .vi .vn .vu .wf .ws .ye .yt .za .zm .zw"
	endings2 = ".com.au .net.au .org.au .co.at .com.bd .co.bd .com.br .net.br .co.nz .com.ng " +
		".com.pk .co.in .com.in .co.il .co.jp .co.za .co.kr .com.es .com.lk .co.th .co.tt " +
		".com.tt .com.tr .biz.tr .com.ua .co.uk .co.zm .com.zm .com.cn .org.cn .net.cn " +
		".gov.cn"
	endings3 = ".tech"
)

// endings holds the endings of each first unit.
var endings = [4][]string{
	strings.Fields(endings0), strings.Fields(endings1),
	strings.Fields(endings2), strings.Fields(endings3),
}

// longText holds what a unit encodes if that is several characters.
var longText [128]string

// shortest holds, by length, what is shortened: the longest first, of equal ones those of one
// unit first.
var shortest [8]map[string]shortening

func init() {
	for i := range shortest {
		shortest[i] = map[string]shortening{}
	}
	for _, s := range shortUnits {
		longText[s.unit] = s.text
		if _, ok := shortest[len(s.text)][s.text]; !ok {
			shortest[len(s.text)][s.text] = s
		}
	}
	for unit, texts := range endings {
		for next, text := range texts {
			shortest[len(text)][text] = shortening{text, uint8(unit), int16(next)}
		}
	}
}

// putHost writes the hostname of a scheme, which has one or not.
func putHost(w *writer, sch *scheme, host string) error {
	fault := func(pos int, want, hint string) error {
		return &Error{Err: ErrHost, Scheme: sch.name, Field: "host", Input: host, Pos: pos,
			Detail: want, Hint: hint}
	}
	if !sch.host {
		if host != "" {
			return fault(-1, "no host", "the scheme "+sch.name+"+ carries one")
		}
		return nil
	}
	if host == "" {
		return fault(-1, "a hostname", "set Options.Host")
	}
	if i := notIn(host, hostSet); i >= 0 {
		return fault(i, "letters, digits, hyphens and dots", "")
	}
	units, ok := hostUnits(host)
	if isCode40(host) && len(host) <= maxUnits && (!ok || textBits(asCode40,
		len(host)) <= 7*len(units)) {
		w.Put(uint64(len(host)), 7)
		w.putCode40([]byte(host))
		return nil
	}
	if !ok {
		return fault(-1, "at most "+itoa(maxUnits)+" units of 7 bits", "")
	}
	w.Put(1<<6|uint64(len(units)), 7)
	for _, unit := range units {
		w.Put(uint64(unit), 7)
	}
	return nil
}

func isCode40(host string) bool {
	for i := range len(host) {
		if allows[host[i]]&(1<<asCode40) == 0 {
			return false
		}
	}
	return true
}

// hostUnits returns a hostname in units of 7 bits, and false if there are too many. Shortenings
// that overlap are taken by length, the longest first.
func hostUnits(host string) ([]byte, bool) {
	chosen := chooseShortenings(host)
	units := make([]byte, 0, maxUnits+2)
	for i := 0; i < len(host) && len(units) <= maxUnits; {
		s, ok := longestAt(host[i:], chosen)
		if !ok {
			units = append(units, host[i])
			i++
			continue
		}
		units = append(units, s.unit)
		if s.next >= 0 {
			units = append(units, byte(s.next))
		}
		i += len(s.text)
	}
	return units, len(units) <= maxUnits
}

// chooseShortenings returns what of a hostname is shortened: of texts that overlap the longest,
// of equally long ones that of fewer units.
func chooseShortenings(host string) []shortening {
	var chosen []shortening
	rest := host
	for n := len(shortest) - 1; n >= 3; n-- {
		for _, pairs := range [...]bool{false, true} {
			for i := 0; i+n <= len(rest); i++ {
				s, ok := shortest[n][rest[i:i+n]]
				if ok && (s.next >= 0) == pairs {
					chosen = append(chosen, s)
					rest = rest[:i] + rest[i+n:]
					i--
				}
			}
		}
	}
	return chosen
}

// longestAt returns the first of the chosen shortenings with which s begins.
func longestAt(s string, chosen []shortening) (shortening, bool) {
	for _, c := range chosen {
		if strings.HasPrefix(s, c.text) {
			return c, true
		}
	}
	return shortening{}, false
}

// takeHost reads a hostname into dst, which has maxHost bytes, and returns its length.
func takeHost(r *reader, dst []byte) (int, *fault) {
	const field = "host"
	if r.Left() < 7 {
		return 0, shortValue
	}
	ascii := r.Take(1) == 1
	n := int(r.Take(6))
	size := 7 * n
	if !ascii {
		size = textBits(asCode40, n)
	}
	switch {
	case n == 0:
		return 0, &fault{ErrLength, field, "", "at least one character"}
	case r.Left() < size:
		return 0, shortValue
	case !ascii:
		if wrong := r.takeCode40(dst, n); wrong != nil {
			return 0, &fault{wrong.err, field, wrong.found, wrong.want}
		}
		return n, nil
	}
	at := 0
	for ; n > 0; n-- {
		unit := byte(r.Take(7))
		text := longText[unit]
		switch {
		case text != "":
		case int(unit) < len(endings) && n > 1:
			n--
			next := int(r.Take(7))
			if next < len(endings[unit]) {
				text = endings[unit][next]
			}
		case alphabet[unit]&hostSet != 0:
			dst[at] = unit
			at++
			continue
		}
		if text == "" {
			return 0, &fault{ErrCharacter, field, hexOf([]byte{unit}),
				"a unit of 7 bits that encodes characters of a hostname"}
		}
		at += copy(dst[at:], text)
	}
	return at, nil
}
