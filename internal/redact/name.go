package redact

import "strings"

// SecretName tells whether a variable, a field or a header of that name holds a secret, judged by its words:
// client_secret, x-api-key, accessToken, Ocp-Apim-Subscription-Key.
// Names that merely speak of secrets (token_endpoint, tokenType, passwordHint) do not.
func SecretName(name string) bool {
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
