package naming

import (
	"strings"
	"sync"
)

// hintPieces are what every name of a secret has a piece of. Those in capitals count only as words of their own: "pin"
// stands in "shipping".
const hintPieces = `secret passw passp passc passk passo pass_ PASS pwd psw pswd token jwt JWS JWE key auth credential CRED CREDS signature SIG SID
session sess cookie csrf xsrf bearer OTP TOTP HOTP CVV CVV2 CVC CVC2 CVN PIN PAN code card cc_ CC primary assertion saml mnemonic phrase connection
HMAC SIGN salt pepper PW ticket SAS pem personal ssid`

// A hintTable finds the pieces by their first three letters.
type hintTable struct {
	begin [1 << 15]bool // by five bits of each of three letters
	parts [1 << 10][]hintPiece
}

type hintPiece struct {
	text  string // in lower case
	whole bool   // it counts only as a word of its own
}

//nolint:gochecknoglobals // a table, made when it is first used
var hints = sync.OnceValue(newHints)

// newHints makes the table that rules names out by two or three letters, before anything costly is asked.
func newHints() *hintTable {
	h := &hintTable{}
	for piece := range strings.FieldsSeq(hintPieces) {
		low := strings.ToLower(piece)
		at := two(low[0], low[1])
		h.parts[at] = append(h.parts[at], hintPiece{low, low != piece})
		for third := range 1 << 5 {
			if len(low) == 2 || int(low[2]&0x1f) == third {
				h.begin[at<<5|third] = true
			}
		}
	}
	return h
}

func two(a, b byte) int { return int(a&0x1f)<<5 | int(b&0x1f) }

// Hints reports whether text holds, anywhere and in any case, a piece that every name of a secret has. Where it holds
// none, no part of text is such a name. It looks at each byte once: most names and bodies need no second look.
func Hints(text string) bool {
	if len(text) < 2 {
		return false
	}
	h := hints()
	at := two(text[0], text[1])
	for i := range len(text) - 1 {
		third := 0
		if i+2 < len(text) {
			third = int(text[i+2] & 0x1f)
		}
		next := at<<5 | third
		at = next & (1<<10 - 1)
		if h.begin[next] && text[i] >= 'A' && h.piece(text, i) {
			return true
		}
	}
	return false
}

// piece reports whether a piece begins at i.
func (h *hintTable) piece(text string, i int) bool {
	for _, one := range h.parts[two(text[i], text[i+1])] {
		end := i + len(one.text)
		if end <= len(text) && sameLetters(text[i:end], one.text) && (!one.whole || alone(text, i, end)) {
			return true
		}
	}
	return false
}

// sameLetters reports whether text is low, in any case.
func sameLetters(text, low string) bool {
	for i := range len(low) {
		if text[i] != low[i] && text[i]|0x20 != low[i] {
			return false
		}
	}
	return true
}

// alone reports whether text from i to end is a word of its own: by what is around it, or by its case.
func alone(text string, i, end int) bool {
	letter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
	lower := func(c byte) bool { return c >= 'a' && c <= 'z' }
	capital := !lower(text[i]) && i > 0 && (lower(text[i-1]) || lower(text[i+1]))
	left := i == 0 || !letter(text[i-1]) || capital
	if !left && !apartBefore(text, i) {
		return false
	}
	if end < len(text) && (text[end] == 's' || text[end] == 'S' && (end+1 == len(text) || !lower(text[end+1]))) {
		end++
	}
	return end == len(text) || !letter(text[end]) || !lower(text[end]) || lower(text[end-1]) && !lower(text[end])
}

// apartBefore reports whether what is written together before i is words of the vocabulary: userpin.
func apartBefore(text string, i int) bool {
	from := i
	for from > 0 && text[from-1]|0x20 >= 'a' && text[from-1]|0x20 <= 'z' {
		from--
	}
	const longest = 24
	if i-from > longest {
		return false
	}
	for _, word := range apart(strings.ToLower(text[from:i])) {
		if !vocabulary().known[word] {
			return false
		}
	}
	return true
}
