package transport

import (
	"fmt"
	"strconv"
	"strings"

	"posthaste/collection"
)

// A Target is where a request goes, in the form that goes on the wire.
type Target struct {
	Scheme      string // "http" or "https" for what can be sent; lower case
	Hostname    string // lower case, IDN as punycode, IPv4 in dotted form, IPv6 in brackets
	Port        string // as written, "" for the scheme's own
	HasPort     bool   // a ":" was written, be it with no port after it
	Path        string // encoded, begins with "/"
	RawQuery    string // encoded, without "?"
	HasQuery    bool   // a "?" was written, be it the last character
	Hash        string // encoded; never sent
	HasHash     bool
	User        string // encoded
	Password    string
	HasUser     bool // something was written between "//" and "@"
	HasPassword bool // a ":" was among it
}

// Host returns the value of the Host header: the name, and the port where one is written.
func (t *Target) Host() string {
	if t.Port == "" && !t.HasPort {
		return t.Hostname
	}
	return t.Hostname + ":" + t.Port
}

// RequestURI returns path and query as the request line has them.
func (t *Target) RequestURI() string {
	if !t.HasQuery {
		return t.Path
	}
	return t.Path + "?" + t.RawQuery
}

// String returns the URL without credentials and fragment.
func (t *Target) String() string { return t.Scheme + "://" + t.Host() + t.RequestURI() }

// href is String with the fragment, as newman shows it in a Referer.
func (t *Target) href() string {
	if !t.HasHash {
		return t.String()
	}
	return t.String() + "#" + t.Hash
}

// Shown returns the whole URL with credentials and fragment, as reports and scripts show it.
func (t *Target) Shown() string {
	if !t.HasUser {
		return t.href()
	}
	user := t.User
	if t.HasPassword {
		user += ":" + t.Password
	}
	return t.Scheme + "://" + user + "@" + strings.TrimPrefix(t.href(), t.Scheme+"://")
}

// dialPort is the port to connect to.
func (t *Target) dialPort() string {
	switch {
	case t.Port != "":
		return t.Port
	case t.Scheme == "https":
		return "443"
	}
	return "80"
}

// EncodeURL parses resolved URL text and encodes each part as newman does, unless the behavior
// disableUrlEncoding is set. Nothing is normalised: "//", "." and ".." stay, as do empty query parameters.
// Text that cannot be sent for its scheme or port is still parsed; Prepare refuses it.
// The error is an *Error and concerns URLs without any host.
func EncodeURL(text string, b collection.Behavior) (Target, error) {
	return encodeURL(text, b["disableUrlEncoding"].Truthy())
}

func encodeURL(text string, verbatim bool) (Target, error) {
	text = strings.TrimLeft(text, " \t\r\n\v\f\u00a0\ufeff")
	if text == "" {
		return Target{}, &Error{Message: "runtime:extensions~request: request url is empty", Hint: "give the request a URL"}
	}
	t := splitURL(strings.ToValidUTF8(text, "\ufffd"))
	if t.Hostname != "" {
		t.Hostname = encodeHost(t.Hostname)
	}
	if !verbatim {
		t.Path = encode(t.Path, inPath)
		t.RawQuery = encode(t.RawQuery, inQuery)
		t.Hash = encode(t.Hash, inFragment)
		t.User, t.Password = encode(t.User, inUserinfo), encode(t.Password, inUserinfo)
	}
	if t.Hostname == "" && t.Port == "" { // newman: with a port alone, this machine is asked
		return t, &Error{Message: fmt.Sprintf("Invalid URI %q", t.href()), Hint: "the URL names no host"}
	}
	return t, nil
}

// splitURL cuts text in the order newman does, which decides who owns a "?" behind a "#" or an "@" in a
// password. Placeholders that were left unresolved are never cut. (newman: postman-url-encoder's parser)
func splitURL(text string) (t Target) {
	rest := text
	rest, t.Hash, t.HasHash = cut(rest, "#")
	rest, t.RawQuery, t.HasQuery = cut(rest, "?")
	rest = strings.ReplaceAll(rest, `\`, "/")
	scheme, after, found := cut(rest, "://")
	t.Scheme = "http"
	if found {
		t.Scheme, rest = strings.ToLower(scheme), strings.TrimLeft(after, "/")
		if t.Scheme == "file" && rest != after {
			rest = "/" + rest // so that it names no host
		}
	}
	authority, path, _ := cut(rest, "/")
	t.Path = "/" + path
	if i := lastIndex(authority, "@"); i >= 0 {
		t.User, t.Password, t.HasPassword = cut(authority[:i], ":")
		t.HasUser, authority = i > 0, authority[i+1:]
	}
	if i := lastIndex(authority, ":"); i >= 0 && !strings.Contains(authority[i:], "]") {
		t.Port, t.HasPort, authority = authority[i+1:], true, authority[:i]
	}
	t.Hostname = authority
	return t
}

// checkSendable returns why a target cannot be asked, or nil.
func (t *Target) checkSendable() error {
	if t.Scheme != "http" && t.Scheme != "https" {
		return &Error{Message: "Invalid protocol: " + t.Scheme + ":", Hint: "only http and https can be sent"}
	}
	if !sendable(t.RequestURI()) {
		e := unescaped()
		e.Hint = "disableUrlEncoding is set and the URL holds a character that must be encoded"
		return e
	}
	return nil
}

// sendable tells whether text can stand in a request line.
func sendable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < 0x21 || r > 0xff })
}

func unescaped() *Error {
	return &Error{Code: "ERR_UNESCAPED_CHARACTERS", Message: "Request path contains unescaped characters"}
}

// checkPort refuses ports that cannot be dialled. A proxy may be asked for them all the same.
func (t *Target) checkPort() error {
	if t.Port == "" {
		return nil
	}
	if n, err := strconv.ParseUint(t.Port, 10, 32); err != nil || n > 65535 {
		return &Error{
			Code:    "ERR_SOCKET_BAD_PORT",
			Message: fmt.Sprintf("Port should be >= 0 and < 65536. Received type string ('%s').", t.Port),
		}
	}
	return nil
}

// cut is strings.Cut that does not look into placeholders.
func cut(s, sep string) (before, after string, found bool) {
	i := index(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func index(s, sep string) int {
	if !strings.Contains(s, "{{") {
		return strings.Index(s, sep)
	}
	return scan(s, sep, true)
}

func lastIndex(s, sep string) int {
	if !strings.Contains(s, "{{") {
		return strings.LastIndex(s, sep)
	}
	return scan(s, sep, false)
}

// scan looks for sep outside placeholders, for the first one or the last.
func scan(s, sep string, first bool) int {
	found := -1
	for i := 0; i < len(s); i++ {
		if strings.HasPrefix(s[i:], sep) {
			if found = i; first {
				break
			}
		}
		if n := placeholder(s[i:]); n > 0 {
			i += n - 1
		}
	}
	return found
}

// placeholder returns the length of the {{…}} that s begins with, 0 when it begins with none.
func placeholder(s string) int {
	if !strings.HasPrefix(s, "{{") {
		return 0
	}
	end := strings.IndexAny(s[2:], "{}")
	if end < 0 || !strings.HasPrefix(s[2+end:], "}}") {
		return 0
	}
	return end + 4
}
