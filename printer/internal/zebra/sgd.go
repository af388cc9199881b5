package zebra

import (
	"bytes"
	"strings"
)

// Unknown is the value of a variable that a printer doesn't have.
const Unknown = "?"

// AppendGetvar appends the query for an SGD variable. It may not be within a format.
func AppendGetvar(dst []byte, key string) []byte {
	dst = append(dst, `! U1 getvar "`...)
	dst = append(dst, key...)
	return append(dst, "\"\r\n"...)
}

const keyCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-[]"

// ValidKey reports whether key can name a variable: none of its characters ends the query.
func ValidKey(key string) bool { return key != "" && strings.Trim(key, keyCharacters) == "" }

// Values returns the quoted values of a reply, outside of frames. A list "a","b" is one value: a,b.
func Values(reply []byte) (list []string) {
	reply = bytes.Clone(reply)
	for _, f := range Frames(reply) {
		for i := range f.Text {
			f.Text[i] = ' '
		}
	}
	for pos, end := 0, 0; ; {
		open := bytes.IndexByte(reply[pos:], '"')
		if open < 0 {
			return list
		}
		open += pos + 1
		length := bytes.IndexByte(reply[open:], '"')
		if length < 0 {
			return list
		}
		value := string(reply[open : open+length])
		if joined := list != nil && end == open-2 && reply[end] == ','; joined {
			list[len(list)-1] += "," + value
		} else {
			list = append(list, value)
		}
		pos = open + length + 1
		end = pos
	}
}
