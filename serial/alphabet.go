package serial

import (
	"fmt"
	"strings"
)

// An alphabet is a set of characters with an order.
type alphabet struct {
	chars string
	value [256]uint8 // the place in chars, or none
}

const none = 0xff

const (
	digits  = "0123456789"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// named are the alphabets that patterns call by name.
var named = map[string]string{
	"digits":    digits,
	"hex":       "0123456789ABCDEF",
	"letters":   letters,
	"alnum":     digits + letters,
	"crockford": "0123456789ABCDEFGHJKMNPQRSTVWXYZ", // D. Crockford's base 32: no I L O U
	"clear":     "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", // no 0 1 I O: that of the GS1 check character pair
	"safe":      "0123456789BCDFGHJKLMNPQRSTVWXZ",   // no vowels nor Y: spells no words
}

func newAlphabet(chars string) *alphabet {
	a := &alphabet{chars: chars}
	for i := range a.value {
		a.value[i] = none
	}
	for i := range len(chars) {
		a.value[chars[i]] = uint8(i)
	}
	return a
}

func (a *alphabet) has(c byte) bool { return a.value[c] != none }

// without returns the alphabet less some characters.
func (a *alphabet) without(chars string) *alphabet {
	return newAlphabet(strings.Map(func(c rune) rune {
		if strings.ContainsRune(chars, c) {
			return -1
		}
		return c
	}, a.chars))
}

// customAlphabet checks characters that a pattern lists. Two serials that differ in case only would be taken for one another.
func customAlphabet(chars string) (*alphabet, error) {
	for i := range len(chars) {
		c := chars[i]
		if c <= ' ' || c > '~' {
			return nil, fmt.Errorf("alphabet %s: want printable characters", clip(chars))
		}
		if strings.IndexByte(chars[:i], c) >= 0 {
			return nil, fmt.Errorf("alphabet %s has %q twice", clip(chars), c)
		}
		if c >= 'A' && c <= 'Z' && strings.IndexByte(chars, c+'a'-'A') >= 0 {
			return nil, fmt.Errorf("alphabet %s has both %q and %q: no two serials may differ in case only", clip(chars), c, c+'a'-'A')
		}
	}
	if len(chars) < 2 {
		return nil, fmt.Errorf("alphabet %s: want at least 2 characters", clip(chars))
	}
	return newAlphabet(chars), nil
}
