package symbol

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// kanji returns the characters of kanji mode with their 13-bit values (ISO/IEC 18004, 7.4.6): those
// of JIS X 0208 in Shift JIS. Left out are row 13, which is not of the standard, and the characters
// of which Shift JIS tables disagree.
var kanji = sync.OnceValue(func() map[rune]uint16 {
	values := make(map[rune]uint16, 7000)
	decoder := japanese.ShiftJIS.NewDecoder()
	for code := 0x8140; code <= 0xEBBF; code++ {
		if code > 0x9FFC && code < 0xE040 || code >= 0x8740 && code <= 0x879E {
			continue
		}
		switch code {
		case 0x815C, 0x815F, 0x8160, 0x8161, 0x817C, 0x8191, 0x8192, 0x81CA:
			continue
		}
		text, err := decoder.Bytes([]byte{byte(code >> 8), byte(code)})
		c, size := utf8.DecodeRune(text)
		if err != nil || c == utf8.RuneError || c < 0x80 || size != len(text) {
			continue
		}
		offset := 0x8140
		if code >= 0xE040 {
			offset = 0xC140
		}
		values[c] = uint16((code-offset)>>8*0xC0 + (code-offset)&0xFF)
	}
	return values
})

// The katakana that Shift JIS has as single bytes, 0xA1 to 0xDF.
const (
	firstHalfKatakana = '｡'
	lastHalfKatakana  = 'ﾟ'
)

func isHalfKatakana(c rune) bool { return c >= firstHalfKatakana && c <= lastHalfKatakana }

// isKanjiText reports whether all characters of text beyond ASCII are of kanji mode, and whether
// text can be announced as Shift JIS: then katakana may be of half width, but what is a backslash
// or tilde in ASCII may be another character.
func isKanjiText(text string) (kanjiMode, shiftJIS bool) {
	values := kanji()
	kanjiMode, shiftJIS = true, true
	for _, c := range text {
		switch {
		case c == '\\' || c == '~':
			shiftJIS = false
		case c < 0x80:
		case isHalfKatakana(c):
			kanjiMode = false
		default:
			if _, ok := values[c]; !ok {
				return false, false
			}
		}
	}
	return kanjiMode, shiftJIS
}

// shiftJIS returns the two bytes of a 13-bit value of kanji mode.
func shiftJIS(value int) int {
	code := value/0xC0<<8 + value%0xC0 + 0x8140
	if code > 0x9FFC {
		code += 0xC140 - 0x8140
	}
	return code
}

// kanjiOf returns the character of a 13-bit value of kanji mode.
func kanjiOf(value int) rune {
	for c, v := range kanji() {
		if int(v) == value {
			return c
		}
	}
	return utf8.RuneError
}
