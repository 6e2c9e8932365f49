package collection

import (
	"cmp"
	"slices"
	"strings"

	"posthaste/collection/source"
)

// What stands in {{…}} is a name, whatever it holds: a URL is taken apart along a shadow of
// itself in which such names are blanked out.

// shield returns text of the same length in which every {{name}} is made of "x": "{{a.b}}.c"
// becomes "xxxxxxx.c". Places found in it are places in s.
func shield(s string) string {
	if !strings.Contains(s, "{{") {
		return s
	}
	b := []byte(s)
	for i := 0; i < len(s); {
		n := placeholder(s[i:])
		for j := range n {
			b[i+j] = 'x'
		}
		i += max(n, 1)
	} // at least one byte on
	return string(b)
}

// placeholder returns the length in bytes of the {{…}} that s begins with, 0 when it begins
// with none. Names hold no braces, so "{{a{{b}}" begins with none, and {{b}} in it is one.
func placeholder(s string) int {
	if !strings.HasPrefix(s, "{{") {
		return 0
	}
	end := strings.IndexAny(s[2:], "{}")
	if end < 0 || !strings.HasPrefix(s[2+end:], "}}") {
		return 0
	}
	return end + 4 // the two pairs of braces
}

// A URLText is a URL's text cut into its parts, none of them changed. Joined with the
// separators that the flags tell of, they are the text again, but for spaces, backslashes and
// slashes after "://".
type URLText struct {
	Protocol    string
	HasProtocol bool // "://" was written, be it with nothing before it
	Userinfo    string
	HasUserinfo bool // an "@" was written, be it with nothing before it
	Host        string
	Port        string
	HasPort     bool   // a ":" was written, be it with nothing after it
	Path        string // without the "/" that begins it
	HasPath     bool
	Query       string
	HasQuery    bool // a "?" was written
	Hash        string
	HasHash     bool
}

// SplitURL cuts a URL's text as Postman does, who decodes, validates and normalises nothing.
// What stands in {{…}} is never cut. There is no text that it refuses.
//
// newman: white space before it is dropped; in order, "#" ends the URL, "?" the path,
// backslashes become slashes, "://" ends the protocol and slashes after it are dropped (all
// but one after "file"), "/" ends the authority, the last "@" in that ends the userinfo, the
// last ":" the host.
func SplitURL(text string) URLText {
	rest := strings.TrimLeftFunc(text, source.IsSpace)
	shadow := shield(rest)
	var u URLText
	// cut splits at i, drops width bytes there, and goes on with the left part.
	cut := func(i, width int) string {
		tail := rest[i+width:]
		rest, shadow = rest[:i], shadow[:i]
		return tail
	}
	if i := strings.IndexByte(shadow, '#'); i >= 0 {
		u.Hash, u.HasHash = cut(i, 1), true
	}
	if i := strings.IndexByte(shadow, '?'); i >= 0 {
		u.Query, u.HasQuery = cut(i, 1), true
	}
	// After the query was cut off: backslashes in it stay.
	rest = slashes(rest)
	shadow = shield(rest)
	if i := strings.Index(shadow, "://"); i >= 0 {
		u.Protocol, u.HasProtocol = rest[:i], true
		n := i + len("://")
		n += len(shadow[n:]) - len(strings.TrimLeft(shadow[n:], "/"))
		if n > i+len("://") && strings.EqualFold(u.Protocol, "file") {
			n-- // newman: the path of file:///a begins at the last of the slashes
		}
		rest, shadow = rest[n:], shadow[n:]
	}
	if i := strings.IndexByte(shadow, '/'); i >= 0 {
		u.Path, u.HasPath = cut(i, 1), true
	}
	if i := strings.LastIndexByte(shadow, '@'); i >= 0 {
		u.Userinfo, u.HasUserinfo = rest[:i], true
		rest, shadow = rest[i+1:], shadow[i+1:]
	}
	// A colon within the brackets of an IPv6 address ends nothing.
	if i := strings.LastIndexByte(shadow, ':'); i >= 0 && !strings.Contains(shadow[i:], "]") {
		u.Port, u.HasPort = cut(i, 1), true
	}
	u.Host = rest
	return u
}

// Credentials are the userinfo's two halves, split at the first colon; ok is false where it
// has no ":".
func (u *URLText) Credentials() (user, password string, ok bool) {
	i := strings.IndexByte(shield(u.Userinfo), ':')
	if i < 0 {
		return u.Userinfo, "", false
	}
	return u.Userinfo[:i], u.Userinfo[i+1:], true
}

// ParseURL takes a URL's text apart as SplitURL does, and its path, host and query into their
// pieces. String puts it together again. Segments that begin with ":" are listed as path
// variables without value. Raw is not set.
func ParseURL(text string) URL {
	parts := SplitURL(text)
	u := URL{
		Protocol: parts.Protocol, HasProtocol: parts.HasProtocol, Port: parts.Port, EmptyPort: parts.HasPort && parts.Port == "",
		HasPath: parts.HasPath, HasQuery: parts.HasQuery, Hash: parts.Hash, HasHash: parts.HasHash,
	}
	if parts.HasQuery {
		u.Query = ParseQuery(parts.Query)
	}
	if parts.HasPath {
		u.Path = splitAlong(parts.Path, shield(parts.Path), '/')
		u.Variables = pathVariables(u.Path)
	}
	if parts.HasUserinfo {
		u.User = &Userinfo{}
		u.User.User, u.User.Password, u.User.HasPassword = parts.Credentials()
	}
	if parts.Host != "" {
		u.Host = splitAlong(parts.Host, shield(parts.Host), '.')
	}
	return u
}

// slashes turns backslashes into slashes, but in placeholders only where newman does: in
// those that hold nothing else that could end a part of a URL. newman replaces names by
// numbers only when they hold such a character, and then sees no backslash in them.
func slashes(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	b := []byte(s)
	for i := 0; i < len(b); i++ {
		switch n := placeholder(s[i:]); {
		case n > 0 && strings.ContainsAny(s[i:i+n], ".:/?#@&]"):
			i += n - 1
		case b[i] == '\\':
			b[i] = '/'
		}
	}
	return string(b)
}

// splitAlong splits s where the shadow has sep. The result has at least one piece, which may
// be empty.
func splitAlong(s, shadow string, sep byte) []string {
	parts := make([]string, 0, strings.Count(shadow, string(sep))+1)
	for {
		i := strings.IndexByte(shadow, sep)
		if i < 0 {
			return append(parts, s)
		}
		parts = append(parts, s[:i])
		s, shadow = s[i+1:], shadow[i+1:]
	}
}

// ParseQuery takes a query string apart, without its "?". newman: an empty piece between
// others has neither key nor value, and the empty string is one such piece. At the end, as in
// "a=1&", an empty piece has an empty key.
func ParseQuery(text string) []QueryParam {
	pieces := splitAlong(text, shield(text), '&')
	list := make([]QueryParam, len(pieces))
	for i, piece := range pieces {
		key, value, ok := strings.Cut(piece, "=")
		list[i] = QueryParam{Key: key, Value: value, NoValue: !ok, NoKey: piece == "" && i < len(pieces)-1}
	}
	return list
}

// pathVariables lists the names of ":name" segments, each once, in the order of the path.
// Values are undefined.
func pathVariables(path []string) []PathVariable {
	var list []PathVariable
	var known map[string]bool // made for the first: most paths have none
	for _, segment := range path {
		name := pathVariable(segment)
		if name == "" || known[name] {
			continue
		}
		if known == nil {
			known = make(map[string]bool)
		}
		known[name] = true
		list = append(list, PathVariable{Key: name})
	}
	return list
}

// pathVariable returns the variable that a segment names, "" when none: what follows ":" up
// to a dot. So ":id.json" names id.
func pathVariable(segment string) string {
	if !strings.HasPrefix(segment, ":") {
		return ""
	}
	name, _, _ := strings.Cut(segment[1:], ".")
	return name
}

// String puts the URL together as it stands in the parts. newman: disabled query parameters
// are left out, "&" and "#" in a parameter and "=" in its key are percent-encoded outside of
// {{…}}, nothing else is encoded. Path variables are written as ":name".
func (u URL) String() string { return u.text(u.Path) }

// OrRaw returns the URL; where it has no parts, the one that its raw text says, with the same
// path variables. Runs do not use it: newman sends the parts, and nothing if there are no
// parts. Postman shows raw, so a conversion keeps it.
func (u URL) OrRaw() URL {
	if u.Raw == "" || u.String() != "" {
		return u
	}
	parsed := ParseURL(u.Raw)
	parsed.Raw, parsed.Extra = u.Raw, u.Extra
	if len(u.Variables) > 0 {
		parsed.Variables = u.Variables
	}
	return parsed
}

// Resolved is String with the values of path variables put in. newman: only texts that are
// not empty are, as they stand; of several variables of one name the last counts; what
// follows the name from the first dot on stays. u itself is not changed.
func (u URL) Resolved() string {
	path := u.Path
	var values map[string]Value
	for i, segment := range u.Path {
		name := pathVariable(segment)
		if name == "" {
			continue
		}
		if values == nil {
			values = u.pathValues()
		}
		if value := values[name]; value.IsString() && value.String() != "" {
			// The path is copied at the first replacement only; most URLs have none.
			if &path[0] == &u.Path[0] {
				path = slices.Clone(u.Path)
			}
			path[i] = value.String() + segment[1+len(name):]
		}
	}
	return u.text(path)
}

// pathValues are the values of path variables by name, or by id where they have no name. The
// last one counts, disabled or not, as in newman.
func (u URL) pathValues() map[string]Value {
	values := make(map[string]Value, len(u.Variables))
	for _, v := range u.Variables {
		values[cmp.Or(v.Key, v.ID)] = typed(v.Value, v.Type)
	}
	return values
}

// text joins the parts as postman-collection does. Nothing is encoded here but what
// appendQuery does. path stands for u.Path.
func (u *URL) text(path []string) string {
	const usual = 256 // bytes of a URL: so many need no memory but the text's own
	b := make([]byte, 0, usual)
	if u.Protocol != "" {
		b = append(b, u.Protocol...)
		// newman: a protocol may be written with its slashes in the object.
		if !strings.HasSuffix(u.Protocol, "://") {
			b = append(b, "://"...)
		}
	}
	if u.User != nil {
		b = append(b, u.User.User...)
		if u.User.HasPassword {
			b = append(append(b, ':'), u.User.Password...)
		}
		b = append(b, '@')
	}
	b = appendJoined(b, u.Host, '.')
	if u.Port != "" || u.EmptyPort {
		b = append(append(b, ':'), u.Port...)
	}
	if u.HasPath || len(path) > 0 {
		b = appendJoined(append(b, '/'), path, '/')
	}
	if slices.ContainsFunc(u.Query, enabled) {
		b = appendQuery(append(b, '?'), u.Query)
	}
	if u.HasHash {
		b = append(append(b, '#'), u.Hash...)
	}
	return string(b)
}

// appendJoined appends the pieces with sep between them. Empty pieces count, so ["", "a"]
// gives "/a".
func appendJoined(b []byte, pieces []string, sep byte) []byte {
	for i, piece := range pieces {
		if i > 0 {
			b = append(b, sep)
		}
		b = append(b, piece...)
	}
	return b
}

// enabled reports whether a parameter is sent.
func enabled(p QueryParam) bool { return !p.Disabled }

// QueryString returns the enabled parameters as they stand behind "?", and whether there is a
// "?" at all. With no enabled parameter there is none.
func (u URL) QueryString() (string, bool) {
	if !slices.ContainsFunc(u.Query, enabled) {
		return "", false
	}
	return string(appendQuery(nil, u.Query)), true
}

// appendQuery appends the enabled parameters. A parameter without key and value is an empty
// piece, so "a&&b" comes out as it was.
func appendQuery(b []byte, list []QueryParam) []byte {
	first := true
	for _, p := range list {
		if p.Disabled {
			continue
		}
		if !first {
			b = append(b, '&')
		}
		first = false
		if !p.NoKey {
			b = append(b, escapeParam(p.Key, "&#=")...)
		}
		if !p.NoValue {
			b = append(append(b, '='), escapeParam(p.Value, "&#")...)
		}
	}
	return b
}

// escapeParam percent-encodes the given characters outside of {{…}}. chars may hold "&", "#"
// and "=" only. A value that holds them would else end the parameter or the query.
func escapeParam(s, chars string) string {
	if !strings.ContainsAny(s, chars) {
		return s
	}
	shadow := shield(s)
	var b strings.Builder
	for i := range len(s) {
		switch {
		case strings.IndexByte(chars, shadow[i]) < 0:
			b.WriteByte(s[i])
		case s[i] == '&':
			b.WriteString("%26")
		case s[i] == '#':
			b.WriteString("%23")
		default:
			b.WriteString("%3D")
		}
	}
	return b.String()
}
