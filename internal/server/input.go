package server

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// normal brings what somebody typed into the form in which it is stored: line
// ends as one character, no characters that cannot be seen or stored or that turn
// the direction of others, no space around.
func normal(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, string(utf8.RuneError)), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
