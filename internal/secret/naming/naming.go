package naming

import "strings"

// Secret tells whether a variable, a field or a header of that name holds a secret, judged by its words:
// client_secret, x-api-key, accessToken, Ocp-Apim-Subscription-Key.
// Names that merely speak of secrets (token_endpoint, tokenType, passwordHint) do not.
func Secret(name string) bool {
	if !Hints(name) {
		return false
	}
	w := words(name)
	if w == "" || harmless(w) {
		return false
	}
	for _, part := range []string{
		" secret ", " password ", " passwd ", " passphrase ", " pwd ", " token ", " jwt ", " apikey ", " api key ",
		" access key ", " private key ", " subscription key ", " authorization ", " client authorization ",
		" credential ", " credentials ", " signature ", " session id ", " sessionid ", " cookie ", " set cookie ",
		" auth req id ", " signing key ", " encryption key ", " shared key ", " account key ", " master key ",
	} {
		if strings.Contains(w, part) {
			return true
		}
	}
	return false
}

// Hints tells whether text holds, anywhere and in any case, a piece that every name of a secret has. Where it holds
// none, no part of text is such a name. It looks at each byte once: most names and bodies need no second look.
func Hints(text string) bool {
	for i := range len(text) {
		var pieces [3]string
		switch text[i] | 0x20 {
		case 'a':
			pieces = [3]string{"authorization", "authreq"}
			if i+8 < len(text) && strings.EqualFold(text[i:i+4], "auth") && strings.EqualFold(text[i+5:i+8], "req") {
				return true // auth_req_id
			}
		case 'c':
			pieces = [3]string{"cookie", "credential"}
		case 'j':
			pieces = [3]string{"jwt"}
		case 'k':
			pieces = [3]string{"key"}
		case 'p':
			pieces = [3]string{"pass", "pwd"}
		case 's':
			pieces = [3]string{"secret", "session", "signature"}
		case 't':
			pieces = [3]string{"token"}
		default:
			continue
		}
		for _, piece := range pieces {
			if piece != "" && i+len(piece) <= len(text) && strings.EqualFold(text[i:i+len(piece)], piece) {
				return true
			}
		}
	}
	return false
}

// harmless tells whether the last word says that the value is about a secret and not one.
func harmless(words string) bool {
	for _, end := range []string{
		" endpoint ", " uri ", " url ", " type ", " name ", " hint ", " length ", " expiry ", " expires ", " in ", " at ",
		" id ", " ids ", " count ", " header ", " prefix ", " path ", " host ", " algorithm ", " method ", " format ",
		" policy ", " status ", " valid ", " required ", " enabled ",
	} {
		if strings.HasSuffix(words, end) && !strings.HasSuffix(words, " session id ") && !strings.HasSuffix(words, " auth req id ") {
			return true
		}
	}
	return false
}

// words returns the lower-case words of a name in any spelling, with a blank before and after each; "" for a
// name without any.
func words(name string) string {
	var b strings.Builder
	last := byte(' ')
	for i := range len(name) {
		c := name[i]
		upper := c >= 'A' && c <= 'Z'
		lowerBefore := last >= 'a' && last <= 'z' || last >= '0' && last <= '9'
		lowerAfter := i+1 < len(name) && name[i+1] >= 'a' && name[i+1] <= 'z'
		acronymEnds := upper && last >= 'A' && last <= 'Z' && lowerAfter
		switch {
		case upper && lowerBefore || acronymEnds:
			b.WriteByte(' ')
			b.WriteByte(c | 0x20)
		case upper:
			b.WriteByte(c | 0x20)
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80:
			b.WriteByte(c)
		default:
			b.WriteByte(' ')
			c = ' '
		}
		last = c
	}
	if fields := strings.Fields(b.String()); len(fields) > 0 {
		return " " + strings.Join(fields, " ") + " "
	}
	return ""
}
