package printer

import (
	"bytes"
	"strings"
)

// ParseVar reads the answer to an SGD getvar: a value in quotation marks, with or without a line end. ok is false for the
// answer "?" of a printer that doesn't know the variable. Of several answers the last counts. Errors are of type *[ReplyError].
func ParseVar(reply []byte) (value string, ok bool, err error) {
	list, _ := values(reply)
	if len(list) == 0 {
		return "", false, replyError("getvar", len(reply), "a value in quotation marks", reply)
	}
	value = list[len(list)-1]
	return value, value != "?", nil
}

// values finds the quoted values of a reply, outside of frames, and where the last one ends. A list "a","b" is one value: a,b.
func values(reply []byte) (list []string, end int) {
	reply = bytes.Clone(reply)
	for _, f := range frames(reply) {
		for i := range f.text {
			f.text[i] = ' '
		}
	}
	for pos := 0; ; {
		open := bytes.IndexByte(reply[pos:], '"')
		if open < 0 {
			return list, end
		}
		open += pos + 1
		length := bytes.IndexByte(reply[open:], '"')
		if length < 0 {
			return list, end
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

// getvar is the query for an SGD variable. It may not stand within a format.
func getvar(key string) string { return `! U1 getvar "` + key + "\"\r\n" }

// validKey keeps a key from becoming a command of its own.
func validKey(key string) bool {
	return key != "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-[]") == ""
}
