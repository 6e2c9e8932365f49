package weburl

import (
	"strconv"
	"strings"
)

// Parse parses input, against base when it is relative. ok is false for what is no
// valid URL.
func Parse(input string, base *URL) (u *URL, ok bool) {
	input = strings.TrimFunc(input, func(r rune) bool { return r <= ' ' })
	input = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(input)
	if scheme, rest, found := cutScheme(input); found {
		return parseAbsolute(scheme, rest, base)
	}
	if base == nil {
		return nil, false
	}
	if base.Opaque != nil {
		if !strings.HasPrefix(input, "#") {
			return nil, false
		}
		u = base.clone()
		u.tail(input)
		return u, true
	}
	if base.Scheme == "file" {
		return parseFile(input, base)
	}
	return parseRelative(input, base)
}

func cutScheme(s string) (scheme, rest string, ok bool) {
	for i := range len(s) {
		c := s[i] | 0x20
		switch {
		case c >= 'a' && c <= 'z':
		case i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		case i > 0 && s[i] == ':':
			return strings.ToLower(s[:i]), s[i+1:], true
		default:
			return "", s, false
		}
	}
	return "", s, false
}

func parseAbsolute(scheme, rest string, base *URL) (*URL, bool) {
	u := &URL{Scheme: scheme, Port: -1}
	switch {
	case scheme == "file":
		if base != nil && base.Scheme != "file" {
			base = nil
		}
		return parseFile(rest, base)
	case u.special():
		if base != nil && base.Scheme == scheme && !strings.HasPrefix(rest, "//") {
			return parseRelative(rest, base)
		}
		return u.authority(strings.TrimLeft(rest, `/\`))
	case strings.HasPrefix(rest, "//"):
		return u.authority(rest[2:])
	case strings.HasPrefix(rest, "/"):
		u.segments(rest)
		return u, true
	}
	path, end := cutTail(rest)
	opaque := escape(path, controlSet)
	u.Opaque = &opaque
	u.tail(end)
	return u, true
}

// isSlash says whether s[i] separates path segments.
func (u *URL) isSlash(s string, i int) bool {
	return i < len(s) && (s[i] == '/' || s[i] == '\\' && u.special())
}

func parseRelative(input string, base *URL) (*URL, bool) {
	u := base.clone()
	u.Query, u.Fragment = nil, nil
	switch {
	case u.isSlash(input, 0) && u.isSlash(input, 1):
		fresh := &URL{Scheme: base.Scheme, Port: -1}
		rest := input[2:]
		if u.special() {
			rest = strings.TrimLeft(rest, `/\`)
		}
		return fresh.authority(rest)
	case u.isSlash(input, 0):
		u.Path = nil
		u.segments(input)
		return u, true
	}
	u.below(input, base)
	return u, true
}

// below resolves a reference that names no root: it replaces the last segment, or
// only query and fragment.
func (u *URL) below(input string, base *URL) {
	switch {
	case input == "":
		u.Query = base.Query
	case input[0] == '?':
		u.tail(input)
	case input[0] == '#':
		u.Query = base.Query
		u.tail(input)
	default:
		u.shorten()
		u.segments(input)
	}
}

// authority parses what follows "//": user, host, port, and then the path.
func (u *URL) authority(s string) (*URL, bool) {
	stop := "/?#"
	if u.special() {
		stop = `/\?#`
	}
	end := strings.IndexAny(s, stop)
	if end < 0 {
		end = len(s)
	}
	server, rest := s[:end], s[end:]
	at := strings.LastIndexByte(server, '@')
	if at >= 0 {
		user, password, _ := strings.Cut(server[:at], ":")
		u.Username, u.Password = escape(user, userinfoSet), escape(password, userinfoSet)
		server = server[at+1:]
		if server == "" {
			return nil, false
		}
	}
	if !u.server(server) {
		return nil, false
	}
	u.segments(rest)
	return u, true
}

// server sets host and port.
func (u *URL) server(s string) bool {
	host, port := splitPort(s)
	if host == "" && (u.special() || port != "") {
		return false
	}
	parsed, ok := parseHost(host, u.special())
	if !ok || !u.setPort(port) {
		return false
	}
	u.Host = &parsed
	return true
}

func splitPort(s string) (host, port string) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || strings.LastIndexByte(s, ']') > i {
		return s, ""
	}
	return s[:i], s[i+1:]
}

// setPort takes decimal digits; "" and the scheme's default leave no port.
func (u *URL) setPort(s string) bool {
	u.Port = -1
	if s == "" {
		return true
	}
	if strings.Trim(s, "0123456789") != "" {
		return false
	}
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil {
		return false
	}
	if standard, _ := defaultPort(u.Scheme); int(n) != standard {
		u.Port = int(n)
	}
	return true
}

// cutTail cuts a path off before the query or fragment.
func cutTail(s string) (path, tail string) {
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// tail sets query and fragment from "?…#…".
func (u *URL) tail(s string) {
	before, fragment, found := strings.Cut(s, "#")
	if found {
		f := escape(fragment, fragmentSet)
		u.Fragment = &f
	}
	if strings.HasPrefix(before, "?") {
		set := querySet
		if u.special() {
			set = specialQuerySet
		}
		q := escape(before[1:], set)
		u.Query = &q
	}
}

// segments appends the segments of a path to u.Path and resolves dots, then reads
// query and fragment. A special URL has at least an empty segment.
func (u *URL) segments(s string) {
	path, tail := cutTail(s)
	u.appendPath(path)
	u.tail(tail)
}

func (u *URL) appendPath(path string) {
	if u.special() {
		path = strings.ReplaceAll(path, `\`, "/")
	}
	if path == "" && !u.special() {
		return
	}
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, part := range parts {
		last := i == len(parts)-1
		switch dots(part) {
		case 2:
			u.shorten()
			if last {
				u.Path = append(u.Path, "")
			}
		case 1:
			if last {
				u.Path = append(u.Path, "")
			}
		default:
			if u.Scheme == "file" && len(u.Path) == 0 && isDrive(part) {
				part = part[:1] + ":"
			}
			u.Path = append(u.Path, escape(part, pathSet))
		}
	}
}

// dots is 1 for "." and 2 for "..", also where the dots are escaped.
func dots(s string) int {
	switch strings.ReplaceAll(strings.ToLower(s), "%2e", ".") {
	case ".":
		return 1
	case "..":
		return 2
	}
	return 0
}

// shorten takes the last segment off; a drive letter of a file stays.
func (u *URL) shorten() {
	if u.Scheme == "file" && len(u.Path) == 1 && isDrive(u.Path[0]) && u.Path[0][1] == ':' {
		return
	}
	if n := len(u.Path); n > 0 {
		u.Path = u.Path[:n-1]
	}
}

func isDrive(s string) bool {
	return len(s) == 2 && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z') && (s[1] == ':' || s[1] == '|')
}

// startsWithDrive says that s begins with a drive letter that ends there.
func startsWithDrive(s string) bool {
	return len(s) >= 2 && isDrive(s[:2]) && (len(s) == 2 || strings.IndexByte(`/\?#`, s[2]) >= 0)
}

func parseFile(s string, base *URL) (*URL, bool) {
	empty := ""
	u := &URL{Scheme: "file", Port: -1, Host: &empty}
	if u.isSlash(s, 0) && u.isSlash(s, 1) {
		return u.fileHost(s[2:])
	}
	if base == nil {
		u.segments(s)
		return u, true
	}
	u.Host = base.Host
	if u.isSlash(s, 0) {
		if !startsWithDrive(s[1:]) && len(base.Path) > 0 && isDrive(base.Path[0]) {
			u.Path = []string{base.Path[0]}
		}
		u.segments(s)
		return u, true
	}
	if startsWithDrive(s) {
		u.segments(s)
		return u, true
	}
	u.Path = append([]string{}, base.Path...)
	u.below(s, base)
	return u, true
}

func (u *URL) fileHost(s string) (*URL, bool) {
	end := strings.IndexAny(s, `/\?#`)
	if end < 0 {
		end = len(s)
	}
	if isDrive(s[:end]) {
		u.segments("/" + s)
		return u, true
	}
	host, ok := parseHost(s[:end], true)
	if s[:end] == "" {
		host, ok = "", true
	}
	if !ok {
		return nil, false
	}
	if host == "localhost" {
		host = ""
	}
	u.Host = &host
	u.segments(s[end:])
	return u, true
}
