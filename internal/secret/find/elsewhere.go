package find

import (
	"regexp"
	"strings"
	"sync"
)

// hostName is a server by its name, as instructions have it: letters, dots, and an ending that sites have.
var hostName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:https?://)?(?:[a-z]+(?:-[a-z]+)*\.)+(?:com|org|net|io|dev|no|dk|fi|se|eu)(?:/[a-z/-]*)?$`)
})

// pointsElsewhere reports whether a value says where the real one is to be had: "see portal.example.com". All of its
// words are of letters alone, one is a server's name, and no password is judged by it: people make those of words.
func pointsElsewhere(name, value string) bool {
	low := strings.ToLower(name)
	if strings.Contains(low, "pass") || strings.Contains(low, "pwd") || strings.Contains(low, "pin") {
		return false
	}
	server := false
	for word := range strings.FieldsSeq(value) {
		word = strings.Trim(word, ".,;:!()")
		switch {
		case hostName().MatchString(word):
			server = true
		case strings.IndexFunc(word, func(r rune) bool { return r < 'A' || r > 'Z' && r < 'a' || r > 'z' && r < 0x80 }) >= 0:
			return false
		}
	}
	return server
}
