// Package target reads the URL that a request goes to, and encodes it as newman does.
//
// A URL is kept as the text that is sent, not as a value that is printed again: `//`, `..` and odd escapes must go
// out as they were written.
package target

import (
	"fmt"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/collection/source"
	"posthaste/internal/transport/failure"
)

// A Target is where a request goes, in the form that goes on the wire.
type Target struct {
	Scheme      string // "http" or "https" for what can be sent; lower case
	Hostname    string // lower case, IDN as punycode, IPv4 in dotted form, IPv6 in brackets
	Port        string // as written, "" for the scheme's own
	HasPort     bool   // a ":" was written, be it with no port after it
	Path        string // encoded, begins with "/"
	Query       string // as text, without "?"
	RawQuery    string // the same encoded
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
func (t *Target) String() string {
	port, query := "", ""
	if t.Port != "" || t.HasPort {
		port = ":"
	}
	if t.HasQuery {
		query = "?"
	}
	const usual = 256 // bytes of a URL: so many need no memory but the text's own
	b := append(append(make([]byte, 0, usual), t.Scheme...), "://"...)
	b = append(append(append(b, t.Hostname...), port...), t.Port...)
	b = append(append(b, t.Path...), query...)
	if t.HasQuery {
		b = append(b, t.RawQuery...)
	}
	return string(b)
}

// Href is String with the fragment, as newman shows it in a Referer.
func (t *Target) Href() string {
	if !t.HasHash {
		return t.String()
	}
	return t.String() + "#" + t.Hash
}

// Shown returns the whole URL with credentials and fragment, as reports and scripts show it.
func (t *Target) Shown() string {
	if !t.HasUser {
		return t.Href()
	}
	user := t.User
	if t.HasPassword {
		user += ":" + t.Password
	}
	return t.Scheme + "://" + user + "@" + strings.TrimPrefix(t.Href(), t.Scheme+"://")
}

// DialPort is the port to connect to.
func (t *Target) DialPort() string {
	switch {
	case t.Port != "":
		return t.Port
	case t.Scheme == "https":
		return "443"
	}
	return "80"
}

// Parse reads resolved URL text and encodes each part as newman does, or with verbatim (disableUrlEncoding) leaves all but
// the host as it is. Nothing is normalised: "//", "." and ".." stay, as do empty query parameters.
// Text that cannot be sent for its scheme or port is still parsed; CheckSendable refuses it.
// The error is a *failure.Error and concerns URLs without any host.
func Parse(text string, verbatim bool) (Target, error) {
	if strings.TrimLeftFunc(text, source.IsSpace) == "" {
		return Target{}, &failure.Error{Message: "runtime:extensions~request: request url is empty", Hint: "give the request a URL"}
	}
	t := split(strings.ToValidUTF8(text, "\ufffd"))
	if t.Hostname != "" {
		t.Hostname = EncodeHost(t.Hostname)
	}
	if !verbatim {
		t.Path = encode(t.Path, inPath)
		t.RawQuery = EncodeQuery(t.Query)
		t.Hash = encode(t.Hash, inFragment)
		t.User, t.Password = encode(t.User, inUserinfo), encode(t.Password, inUserinfo)
	}
	if t.Hostname == "" && t.Port == "" { // newman: with a port alone, this machine is asked
		return t, &failure.Error{Message: fmt.Sprintf("Invalid URI %q", t.Href()), Hint: "the URL names no host"}
	}
	return t, nil
}

// split cuts text and fills in what a request needs: a scheme, a path.
func split(text string) Target {
	parts := collection.SplitURL(text)
	t := Target{
		Scheme: "http", Hostname: parts.Host, Port: parts.Port, HasPort: parts.HasPort, Path: "/" + parts.Path,
		Query: parts.Query, RawQuery: parts.Query, HasQuery: parts.HasQuery, Hash: parts.Hash, HasHash: parts.HasHash,
		HasUser: parts.Userinfo != "",
	}
	if parts.HasProtocol {
		t.Scheme = strings.ToLower(parts.Protocol)
	}
	t.User, t.Password, t.HasPassword = parts.Credentials()
	return t
}

// CheckSendable returns why a target cannot be asked, or nil.
func (t *Target) CheckSendable() error {
	if t.Scheme != "http" && t.Scheme != "https" {
		return &failure.Error{Message: "Invalid protocol: " + t.Scheme + ":", Hint: "only http and https can be sent"}
	}
	if !Sendable(t.RequestURI()) {
		e := Unescaped()
		e.Hint = "disableUrlEncoding is set and the URL holds a character that must be encoded"
		return e
	}
	return nil
}

// Sendable reports whether text can stand in a request line.
func Sendable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < 0x21 || r > 0xff })
}

// Unescaped is Node's error for text that is not sendable. The caller adds a hint.
func Unescaped() *failure.Error {
	return &failure.Error{Code: "ERR_UNESCAPED_CHARACTERS", Message: "Request path contains unescaped characters"}
}

// CheckPort refuses ports that cannot be dialled. A proxy may be asked for them all the same.
func (t *Target) CheckPort() error {
	if t.Port == "" {
		return nil
	}
	if n, err := strconv.ParseUint(t.Port, 10, 32); err != nil || n > 65535 {
		return &failure.Error{
			Code:    "ERR_SOCKET_BAD_PORT",
			Message: fmt.Sprintf("Port should be >= 0 and < 65536. Received type string ('%s').", t.Port),
		}
	}
	return nil
}
