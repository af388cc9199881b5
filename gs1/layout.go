package gs1

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A layout is what the 47 keys of a US keyboard type where the computer takes it for another one: alone, then with shift. A dead key
// types its accent, a key that types nothing a space.
type layout struct{ name, alone, shifted string }

// us is the layout that readers with a keyboard interface have unless they are told otherwise.
var us = layout{"US",
	"`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
	`~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?`}

// The layouts of keyboards in use (X Keyboard Configuration Database 2.35); Polish, Dutch and many others type what the US keyboard does.
var layouts = [...]layout{
	{"British",
		"`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./",
		`¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?`},
	{"German",
		`^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-`,
		"°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"},
	{"Swiss German",
		`§1234567890'^qwertzuiopü¨$asdfghjklöäyxcvbnm,.-`,
		"°+\"*ç%&/()=?`QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_"},
	{"Swiss French",
		`§1234567890'^qwertzuiopè¨$asdfghjkléàyxcvbnm,.-`,
		"°+\"*ç%&/()=?`QWERTZUIOPü!£ASDFGHJKLöäYXCVBNM;:_"},
	{"French",
		`²&é"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!`,
		`~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§`},
	{"Belgian",
		`²&é"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:=`,
		`³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+`},
	{"Spanish",
		"º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-",
		`ª!"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_`},
	{"Latin American",
		`|1234567890'¿qwertyuiop´+}asdfghjklñ{zxcvbnm,.-`,
		`°!"#$%&/()=?¡QWERTYUIOP¨*]ASDFGHJKLÑ[ZXCVBNM;:_`},
	{"Italian",
		`\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-`,
		`|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_`},
	{"Portuguese",
		`\1234567890'«qwertyuiop+´~asdfghjklçºzxcvbnm,.-`,
		"|!\"#$%&/()=?»QWERTYUIOP*`^ASDFGHJKLÇªZXCVBNM;:_"},
	{"Brazilian",
		`'1234567890-=qwertyuiop´[]asdfghjklç~zxcvbnm,.;`,
		"\"!@#$%¨&*()_+QWERTYUIOP`{}ASDFGHJKLÇ^ZXCVBNM<>:"},
	{"Danish",
		`½1234567890+´qwertyuiopå¨'asdfghjklæøzxcvbnm,.-`,
		"§!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÆØZXCVBNM;:_"},
	{"Norwegian",
		`|1234567890+\qwertyuiopå¨'asdfghjkløæzxcvbnm,.-`,
		"§!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLØÆZXCVBNM;:_"},
	{"Swedish",
		`§1234567890+´qwertyuiopå¨'asdfghjklöäzxcvbnm,.-`,
		"½!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÖÄZXCVBNM;:_"},
	{"Turkish",
		`"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.`,
		`é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:`},
	{"Turkish F",
		`+1234567890/-fgğıodrnhpqwxuieaütkmlyşjövcçzsb.,`,
		`*!"^$%&'()=?_FGĞIODRNHPQWXUİEAÜTKMLYŞJÖVCÇZSB:;`},
	{"Czech",
		`;+ěščřžýáíé=´qwertzuiopú)¨asdfghjklů§yxcvbnm,.-`,
		`°1234567890%ˇQWERTZUIOP/('ASDFGHJKL"!YXCVBNM?:_`},
	{"Hungarian",
		`0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-`,
		`§'"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_`},
	{"Canadian French",
		"#1234567890-=qwertyuiop^¸<asdfghjkl;`zxcvbnm,.é",
		"|!\"/$%?&*()_+QWERTYUIOP^¨>ASDFGHJKL:`ZXCVBNM'.É"},
	{"Croatian",
		"`1234567890'+qwertzuiopšđžasdfghjklčćyxcvbnm,.-",
		`~!"#$%&/()=?*QWERTZUIOPŠĐŽASDFGHJKLČĆYXCVBNM;:_`},
	{"Japanese",
		` 1234567890-^qwertyuiop@[]asdfghjkl;:zxcvbnm,./`,
		" !\"#$%&'() =~QWERTYUIOP`{}ASDFGHJKL+*ZXCVBNM<>?"},
}

// composed are the letters that a dead key makes of the next one: each before its accent and the plain letter.
const composed = "á´aé´eí´ió´oú´uý´yÁ´AÉ´EÍ´IÓ´OÚ´UÝ´Yà`aè`eì`iò`où`uÀ`AÈ`EÌ`IÒ`OÙ`Uâ^aê^eî^iô^oû^uÂ^AÊ^EÎ^IÔ^OÛ^U" +
	"ä¨aë¨eï¨iö¨oü¨uÿ¨yÄ¨AË¨EÏ¨IÖ¨OÜ¨Uã~añ~nõ~oÃ~AÑ~NÕ~OčˇcďˇděˇeňˇnřˇršˇsťˇtžˇzČˇCĎˇDĚˇEŇˇNŘˇRŠˇSŤˇTŽˇZ"

// A mistake is what went wrong between a reader with a keyboard interface and the computer: the keys that the reader pressed for the
// layout meant were taken for those of the layout typed.
type mistake struct {
	typed, meant *layout
	dead         bool // dead keys made one character of an accent and the letter after it
	caps         bool // the case of the letters was reversed
	shiftLock    bool // each key typed what it types with shift, and the other way round
}

// mistakes are those worth a try, the likelier ones first: each list is tried whole before the next.
func mistakes() [5][]mistake {
	tiers := [5][]mistake{{{typed: &us, meant: &us, caps: true}}}
	for i := range layouts {
		l := &layouts[i]
		tiers[1] = append(tiers[1], mistake{typed: l, meant: &us}, mistake{typed: &us, meant: l})
		tiers[2] = append(tiers[2], mistake{typed: l, meant: &us, dead: true})
		tiers[3] = append(tiers[3], mistake{typed: l, meant: &us, caps: true})
		if !strings.Contains(l.alone, "123") { // where digits need shift, caps lock gives them
			tiers[4] = append(tiers[4], mistake{typed: l, meant: &us, shiftLock: true})
		}
	}
	return tiers
}

// layout names the layout that was mistaken, or is "".
func (m mistake) layout() string {
	switch {
	case m.typed != &us:
		return m.typed.name
	case m.meant != &us:
		return m.meant.name + " of the reader"
	}
	return ""
}

// undo returns what the reader meant by a character that the computer typed. Control characters and spaces are no keys.
func (m mistake) undo(typed rune) (meant rune, ok bool) {
	if typed <= ' ' {
		return typed, true
	}
	if m.caps {
		typed = otherCase(typed)
	}
	alone, shifted := m.meant.alone, m.meant.shifted
	if m.shiftLock {
		alone, shifted = shifted, alone
	}
	meant, ok = key(m.typed.alone, alone, typed)
	other, also := key(m.typed.shifted, shifted, typed)
	if !ok {
		meant = other
	}
	return meant, ok != also && meant != ' ' // two keys that type the same can't be told apart
}

// key returns the character of meant where r stands in typed.
func key(typed, meant string, r rune) (rune, bool) {
	at := strings.IndexRune(typed, r)
	if at < 0 {
		return 0, false
	}
	n := utf8.RuneCountInString(typed[:at])
	for _, m := range meant {
		if n == 0 {
			return m, true
		}
		n--
	}
	return 0, false
}

func otherCase(r rune) rune {
	if upper := unicode.ToUpper(r); upper != r {
		return upper
	}
	return unicode.ToLower(r)
}

// keys returns the accent and the letter of which dead keys made r, or r.
func (m mistake) keys(r rune) []rune {
	if at := strings.IndexRune(composed, r); m.dead && at >= 0 && !strings.ContainsRune(m.typed.alone+m.typed.shifted, r) {
		if three := []rune(composed[at:])[:3]; three[0] == r {
			return three[1:]
		}
	}
	return []rune{r}
}
