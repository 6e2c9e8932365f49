package find

import (
	"encoding/base64"
	"net/url"
	"strings"
)

// Header finds the secrets in one header line of a request or a response. The case of the
// name does not matter.
func Header(name, value string, found Found) { (*Finder)(nil).Header(name, value, found) }

// header looks into cookies one by one; other headers are pairs like those of a form.
func (s search) header(name, value string) {
	switch lower := strings.ToLower(name); lower {
	case "cookie", "set-cookie", "cookie2", "set-cookie2":
		s.cookies(value, lower[0] == 's')
	case "www-authenticate", "proxy-authenticate":
		// It asks for credentials and holds none.
	default:
		s.parameter(name, value)
	}
}

// Cookie finds the secret in one cookie, whose value is as it was sent.
func Cookie(name, value string, found Found) { (*Finder)(nil).Cookie(name, value, found) }

// cookies looks at the pairs of a Cookie header, or at the first one of a Set-Cookie header:
// the others are attributes (RFC 6265 4.1).
func (s search) cookies(value string, first bool) {
	for part := range strings.SplitSeq(value, ";") {
		if name, v, ok := strings.Cut(strings.TrimSpace(part), "="); ok {
			s.cookie(name, v)
		}
		if first {
			return
		}
	}
}

// cookie takes a cookie with the name of a session for a secret too. Values may be
// percent-encoded; both forms are learnt, as either may appear in a report.
func (s search) cookie(name, value string) {
	value = strings.Trim(value, `"`)
	if s.names.NamesParameter(name) || strings.Contains(strings.ToLower(name), "sess") {
		s.value("cookie "+name, value)
		if plain, err := url.QueryUnescape(value); err == nil && plain != value {
			s.value("cookie "+name, plain)
		}
		return
	}
	s.other(value)
}

// isScheme knows the first word of an Authorization value (RFC 9110 11.1, and what APIs have
// made up). It says what follows and is no secret itself. The case does not matter.
func isScheme(word string) bool {
	switch strings.ToLower(word) {
	case "bearer", "basic", "token", "apikey", "api-key", "negotiate", "ntlm", "digest", "oauth", "hawk", "aws4-hmac-sha256", "eg1-hmac-sha256", "jwt",
		"sharedkey", "sharedaccesssignature", "key", "dpop", "signature", "genie-key", "hmac", "splunk", "ssws":
		return true
	}
	return false
}

// credentials looks at what follows the scheme of an Authorization header: one token, or
// pairs as Digest, OAuth 1 and AWS have them. Of Basic, the password is found in the clear,
// too.
func (s search) credentials(name, scheme, rest string) {
	if strings.EqualFold(scheme, "basic") {
		// user:password in base64 (RFC 7617).
		if plain, err := base64.StdEncoding.DecodeString(rest); err == nil {
			if _, password, ok := strings.Cut(string(plain), ":"); ok && password != "" {
				s.found(name+", password", password)
			}
		}
	}
	// = at the end is padding of base64.
	if !strings.Contains(strings.TrimRight(rest, "="), "=") {
		s.found(name, rest)
		return
	}
	for part := range strings.SplitSeq(rest, ",") {
		key, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		value = strings.Trim(value, `"`)
		if !ok || value == "" {
			continue
		}
		switch key = strings.TrimSpace(key); strings.ToLower(key) {
		case "response", "mac", "signature", "credential":
			s.found(name+", "+key, value)
		default:
			if s.names.NamesParameter(key) && key != "oauth_signature_method" {
				s.found(name+", "+key, value)
			}
		}
	}
}
