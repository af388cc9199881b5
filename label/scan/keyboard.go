package scan

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// A layout is what the 47 keys of a US keyboard type on a computer with another layout: alone, then
// with shift. A dead key types its accent, a key that types nothing a space.
type layout struct{ tag, name, alone, shifted string }

// us is the layout of readers with a keyboard interface unless they are configured otherwise.
var us = layout{"en-US", "US",
	"`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
	`~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?`}

// layouts are the layouts of keyboards in use (X Keyboard Configuration Database 2.35). Polish,
// Dutch and many others type what the US keyboard does.
var layouts = [...]layout{
	{"en-GB", "British",
		"`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./",
		`¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?`},
	{"de", "German",
		`^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-`,
		"°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"},
	{"de-CH", "Swiss German",
		`§1234567890'^qwertzuiopü¨$asdfghjklöäyxcvbnm,.-`,
		"°+\"*ç%&/()=?`QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_"},
	{"fr-CH", "Swiss French",
		`§1234567890'^qwertzuiopè¨$asdfghjkléàyxcvbnm,.-`,
		"°+\"*ç%&/()=?`QWERTZUIOPü!£ASDFGHJKLöäYXCVBNM;:_"},
	{"fr", "French",
		`²&é"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!`,
		`~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§`},
	{"fr-BE", "Belgian",
		`²&é"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:=`,
		`³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+`},
	{"es", "Spanish",
		"º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-",
		`ª!"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_`},
	{"es-419", "Latin American",
		`|1234567890'¿qwertyuiop´+}asdfghjklñ{zxcvbnm,.-`,
		`°!"#$%&/()=?¡QWERTYUIOP¨*]ASDFGHJKLÑ[ZXCVBNM;:_`},
	{"it", "Italian",
		`\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-`,
		`|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_`},
	{"pt", "Portuguese",
		`\1234567890'«qwertyuiop+´~asdfghjklçºzxcvbnm,.-`,
		"|!\"#$%&/()=?»QWERTYUIOP*`^ASDFGHJKLÇªZXCVBNM;:_"},
	{"pt-BR", "Brazilian",
		`'1234567890-=qwertyuiop´[]asdfghjklç~zxcvbnm,.;`,
		"\"!@#$%¨&*()_+QWERTYUIOP`{}ASDFGHJKLÇ^ZXCVBNM<>:"},
	{"da", "Danish",
		`½1234567890+´qwertyuiopå¨'asdfghjklæøzxcvbnm,.-`,
		"§!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÆØZXCVBNM;:_"},
	{"nb", "Norwegian",
		`|1234567890+\qwertyuiopå¨'asdfghjkløæzxcvbnm,.-`,
		"§!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLØÆZXCVBNM;:_"},
	{"sv", "Swedish",
		`§1234567890+´qwertyuiopå¨'asdfghjklöäzxcvbnm,.-`,
		"½!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÖÄZXCVBNM;:_"},
	{"tr", "Turkish",
		`"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.`,
		`é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:`},
	{"tr-x-f", "Turkish F",
		`+1234567890/-fgğıodrnhpqwxuieaütkmlyşjövcçzsb.,`,
		`*!"^$%&'()=?_FGĞIODRNHPQWXUİEAÜTKMLYŞJÖVCÇZSB:;`},
	{"cs", "Czech",
		`;+ěščřžýáíé=´qwertzuiopú)¨asdfghjklů§yxcvbnm,.-`,
		`°1234567890%ˇQWERTZUIOP/('ASDFGHJKL"!YXCVBNM?:_`},
	{"hu", "Hungarian",
		`0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-`,
		`§'"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_`},
	{"fr-CA", "Canadian French",
		"#1234567890-=qwertyuiop^¸<asdfghjkl;`zxcvbnm,.é",
		"|!\"/$%?&*()_+QWERTYUIOP^¨>ASDFGHJKL:`ZXCVBNM'.É"},
	{"hr", "Croatian",
		"`1234567890'+qwertzuiopšđžasdfghjklčćyxcvbnm,.-",
		`~!"#$%&/()=?*QWERTZUIOPŠĐŽASDFGHJKLČĆYXCVBNM;:_`},
	{"ja", "Japanese",
		` 1234567890-^qwertyuiop@[]asdfghjkl;:zxcvbnm,./`,
		" !\"#$%&'() =~QWERTYUIOP`{}ASDFGHJKL+*ZXCVBNM<>?"},
	{"ru", "Russian",
		`ё1234567890-=йцукенгшщзхъ\фывапролджэячсмитьбю.`,
		`Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,`},
	{"uk", "Ukrainian",
		`'1234567890-=йцукенгшщзхїґфівапролджєячсмитьбю.`,
		`₴!"№;%:?*()_+ЙЦУКЕНГШЩЗХЇҐФІВАПРОЛДЖЄЯЧСМИТЬБЮ,`},
	{"be", "Belarusian",
		`ё1234567890-=йцукенгшўзх'\фывапролджэячсмітьбю.`,
		`Ё!"№;%:?*()_+ЙЦУКЕНГШЎЗХ'/ФЫВАПРОЛДЖЭЯЧСМІТЬБЮ,`},
	{"bg", "Bulgarian",
		`(1234567890-.,уеишщксдзц;„ьяаожгтнвмчюйъэфхпрлб`,
		`)!?+"%=:/–№$€ыУЕИШЩКСДЗЦ§“ЍЯАОЖГТНВМЧЮЙЪЭФХПРЛБ`},
	{"bg-x-phonetic", "Bulgarian phonetic",
		`ч1234567890-=явертъуиопшщюасдфгхйкл;'зьцжбнм,./`,
		`Ч!@#$%^&*()_+ЯВЕРТЪУИОПШЩЮАСДФГХЙКЛ:"ЗЍЦЖБНМ<>?`},
	{"sr", "Serbian",
		"`1234567890'+љњертзуиопшђжасдфгхјклчћѕџцвбнм,.-",
		`~!"#$%&/()=?*ЉЊЕРТЗУИОПШЂЖАСДФГХЈКЛЧЋЅЏЦВБНМ;:_`},
	{"el", "Greek",
		"`1234567890-=;ςερτυθιοπ[]\\ασδφγηξκλ΄'ζχψωβνμ,./",
		`~!@#$%^&*()_+:΅ΕΡΤΥΘΙΟΠ{}|ΑΣΔΦΓΗΞΚΛ¨"ΖΧΨΩΒΝΜ<>?`},
}

// Keyboards returns the keyboard layouts that a Reader knows, as BCP 47 tags in alphabetical order.
func Keyboards() []string {
	var tags []string
	for i := range layouts {
		tags = append(tags, layouts[i].tag)
	}
	slices.Sort(tags)
	return tags
}

// composed are the letters that a dead key makes of the next one: each before its accent and the
// plain letter.
const composed = "á´aé´eí´ió´oú´uý´yÁ´AÉ´EÍ´IÓ´OÚ´UÝ´Yà`aè`eì`iò`où`uÀ`AÈ`EÌ`IÒ`OÙ`U" +
	"â^aê^eî^iô^oû^uÂ^AÊ^EÎ^IÔ^OÛ^Uä¨aë¨eï¨iö¨oü¨uÿ¨yÄ¨AË¨EÏ¨IÖ¨OÜ¨Uã~a" +
	"ñ~nõ~oÃ~AÑ~NÕ~OčˇcďˇděˇeňˇnřˇršˇsťˇtžˇzČˇCĎˇDĚˇEŇˇNŘˇRŠˇSŤˇTŽˇZ"

// A mistake is what went wrong between a reader with a keyboard interface and the computer: the
// keys that the reader pressed for the layout meant were taken for those of the layout typed.
type mistake struct {
	typed, meant *layout
	dead         bool // dead keys made one character of an accent and the letter after it
	caps         bool // the case of the letters was reversed
	shiftLock    bool // each key typed what it types with shift, and the other way round
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

// undo returns what the reader meant by a character that the computer typed. Control characters
// and spaces are no keys.
func (m mistake) undo(typed rune) (meant rune, ok bool) {
	if typed <= ' ' {
		return typed, true
	}
	if m.caps {
		if typed, ok = m.uncap(typed); !ok {
			return 0, false
		}
	}
	alone, shifted := m.meant.alone, m.meant.shifted
	if m.shiftLock {
		alone, shifted = shifted, alone
	}
	meant, ok = key(m.typed.alone, alone, typed)
	other, also := key(m.typed.shifted, shifted, typed)
	switch {
	case !ok, also && !inData(meant):
		meant = other
	case also && inData(other): // two keys that type the same
		return 0, false
	}
	return meant, (ok || also) && meant != ' '
}

// inData reports whether scans have c, other than in a typed FNC1.
func inData(c rune) bool {
	return c == ']' || c == '^' || c < utf8.RuneSelf && gs1syntax.In82(byte(c))
}

// uncap returns the character that caps lock made into typed. ok is false if there are two, such as
// the Greek sigmas.
func (m mistake) uncap(typed rune) (plain rune, ok bool) {
	for _, keys := range [...]string{m.typed.alone, m.typed.shifted} {
		for _, c := range keys {
			if otherCase(c) != typed || ok && c == plain {
				continue
			}
			if ok {
				return 0, false
			}
			plain, ok = c, true
		}
	}
	return plain, ok
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
	if !m.dead || strings.ContainsRune(m.typed.alone+m.typed.shifted, r) {
		return []rune{r}
	}
	three := [3]rune{}
	n := 0
	for _, c := range composed {
		three[n%3] = c
		if n++; n%3 == 0 && three[0] == r {
			return three[1:]
		}
	}
	return []rune{r}
}

// mistakes are those worth a try, the likelier ones first: each list is tried in full before the
// next.
func mistakes() (tiers [4][]mistake) {
	for i := range layouts {
		l := &layouts[i]
		tiers[0] = append(tiers[0], mistake{typed: l, meant: &us}, mistake{typed: &us, meant: l})
		tiers[1] = append(tiers[1], mistake{typed: l, meant: &us, dead: true})
		tiers[2] = append(tiers[2], mistake{typed: l, meant: &us, caps: true})
		if !strings.Contains(l.alone, "123") { // where digits need shift, caps lock gives them
			tiers[3] = append(tiers[3], mistake{typed: l, meant: &us, shiftLock: true})
		}
	}
	return tiers
}
