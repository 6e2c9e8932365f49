package certificate

import (
	"regexp"
	"strings"

	"posthaste/internal/transport/target"
)

// A pattern is one of Postman's URL match patterns, as far as https goes.
// (postman-collection: UrlMatchPattern)
type pattern struct {
	all  bool
	host string // "*", "*.suffix" or a name
	port string // "*" is any
	path *regexp.Regexp
}

// parsePattern reads "<all_urls>" or "proto+proto://host[:port]/path". A path is required. A
// pattern that cannot match https is refused, since certificates are for TLS alone.
func parsePattern(text string) (pattern, bool) {
	if text == "<all_urls>" {
		return pattern{all: true}, true
	}
	protocols, rest, ok := strings.Cut(text, "://")
	slash := strings.IndexByte(rest, '/')
	if !ok || slash <= 0 {
		return pattern{}, false
	}
	https := false
	for p := range strings.SplitSeq(protocols, "+") {
		https = https || p == "https" || p == "*"
	}
	if !https {
		return pattern{}, false
	}
	p := pattern{host: strings.ToLower(rest[:slash]), port: "443"}
	// The colons of an IPv6 address stand within brackets.
	if i := strings.LastIndexByte(p.host, ':'); i >= 0 && !strings.Contains(p.host[i:], "]") {
		p.host, p.port = p.host[:i], p.host[i+1:]
	}
	// Of the path, * and ? have their usual meaning; all else is literal.
	glob := regexp.QuoteMeta(rest[slash:])
	glob = strings.ReplaceAll(strings.ReplaceAll(glob, `\*`, ".*"), `\?`, ".")
	p.path = regexp.MustCompile("^" + glob + "$")
	return p, true
}

// match reports whether a target is one of the pattern's URLs. Query and fragment are not
// compared.
func (p pattern) match(t *target.Target) bool {
	if t.Scheme != "https" {
		return false
	}
	if p.all {
		return true
	}
	if p.port != "*" && p.port != t.DialPort() {
		return false
	}
	// *.example.com is for example.com, too.
	if suffix, ok := strings.CutPrefix(p.host, "*."); ok {
		if t.Hostname != suffix && !strings.HasSuffix(t.Hostname, "."+suffix) {
			return false
		}
	} else if p.host != "*" && p.host != t.Hostname {
		return false
	}
	return p.path.MatchString(t.Path)
}
