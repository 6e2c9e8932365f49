package cookie

import (
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// A place is what of a URL decides about cookies.
type place struct {
	host   string
	path   string
	secure bool // secure cookies go there: by the scheme, or because it is this machine
}

// locate reads host and path of a URL; one without scheme is taken for http.
func locate(url string) (place, error) {
	url = trim(url)
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		scheme, rest = "http", url
	}
	at := place{secure: strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "wss")}
	rest = strings.TrimLeft(rest, "/")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest, at.path = rest[:i], rest[i:]
	}
	if i := strings.IndexAny(at.path, "?#"); i >= 0 {
		at.path = at.path[:i]
	}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	if i := strings.LastIndexByte(rest, ':'); i >= 0 && !strings.Contains(rest[i:], "]") {
		rest = rest[:i]
	}
	at.host = canonical(rest)
	at.secure = at.secure || loopback(at.host)
	if at.host == "" {
		return at, fmt.Errorf("reading cookie URL: %q names no host", url)
	}
	if at.path == "" {
		at.path = "/"
	}
	return at, nil
}

// canonical returns a domain in the form in which domains are compared.
func canonical(domain string) string {
	return strings.ToLower(strings.Trim(strings.TrimPrefix(trim(domain), "."), "[]"))
}

// ascii returns a domain of a header line in the letters that hosts have. RFC 6265, 5.1.2, asks for it, and tough-cookie of newman
// does without: there no such domain is that of a host.
func ascii(domain string) string {
	if !strings.ContainsFunc(domain, func(r rune) bool { return r > 0x7f }) {
		return domain
	}
	bytes := make([]byte, 0, len(domain))
	for _, r := range domain {
		if r > 0xff {
			bytes = nil // it was decoded already
			break
		}
		bytes = append(bytes, byte(r))
	}
	if utf8.Valid(bytes) && bytes != nil {
		domain = string(bytes)
	}
	profile := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.CheckHyphens(false), idna.VerifyDNSLength(false))
	if name, err := profile.ToASCII(strings.TrimPrefix(trim(domain), ".")); err == nil {
		return name
	}
	return domain
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// loopback reports whether a host is this machine, where what goes unencrypted is not seen by others. Browsers send secure
// cookies there.
func loopback(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.IsLoopback()
	}
	host = strings.TrimSuffix(host, ".")
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// domainMatch is RFC 6265, 5.1.3.
func domainMatch(host, domain string) bool {
	return host == domain || strings.HasSuffix(host, "."+domain) && !isIP(host)
}

// pathMatch is RFC 6265, 5.1.4.
func pathMatch(path, prefix string) bool {
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && (rest == "" || rest[0] == '/' || strings.HasSuffix(prefix, "/"))
}

// defaultPath is the directory of a request's path.
func defaultPath(path string) string {
	if i := strings.LastIndexByte(path, '/'); i > 0 {
		return path[:i]
	}
	return "/"
}

// prefixAllowed checks what the name prefixes __Secure- and __Host- promise.
func prefixAllowed(c *Cookie) bool {
	switch {
	case strings.HasPrefix(c.Name, "__Secure-"):
		return c.Secure
	case strings.HasPrefix(c.Name, "__Host-"):
		return c.Secure && c.HostOnly && c.Path == "/"
	}
	return true
}

// reach returns the highest domain whose cookies host gets: the one below its public suffix, or host itself
// where that is a suffix or an address. So a cookie for a public suffix can be set and goes to that host alone.
// (newman: tough-cookie's permuteDomain, special-use domains included)
func reach(host string) string {
	if isIP(host) {
		return host
	}
	labels := strings.Split(host, ".")
	switch n := len(labels); labels[n-1] {
	case "local", "example", "invalid", "localhost", "test":
		if n > 1 {
			return labels[n-2] + "." + labels[n-1]
		}
		return host
	}
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return domain
	}
	return host
}
