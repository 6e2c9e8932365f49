package entity

import (
	"regexp"
	"slices"
	"strings"
)

// A pattern is a match pattern such as https://*.example.com/*, taken apart. It is made by
// parsePattern and never changed.
type pattern struct {
	protocols  []string       // "http", "https", "file", "ftp" or "*"
	host, port string         // port is "" when the pattern names none
	path       *regexp.Regexp // the whole path, anchored at both ends
}

// parsePattern takes a match pattern apart: protocols joined by "+", "://", a host which is
// "*", "*.suffix" or a name, an optional port which is a number or "*", and a path which must
// begin with "/". It returns nil if the text is no such pattern.
func parsePattern(raw string) *pattern {
	split := regexp.MustCompile(`^((?:https?|file|ftp|\*)(?:\+(?:https?|file|ftp))*)://` +
		`(\*|\*\.[^*/:]+|[^*/:]+)(?::(\*|\d+))?(/.*)$`)
	m := split.FindStringSubmatch(raw)
	if m == nil {
		return nil
	}
	path, err := regexp.Compile("^" + globSource(m[4]) + "$")
	if err != nil {
		return nil
	}
	protocols := slices.Compact(strings.Split(m[1], "+"))
	return &pattern{protocols: protocols, host: m[2], port: m[3], path: path}
}

// globSource is the regular expression of a path with wildcards, without anchors: "?" is one
// character and "*" any number of them.
func globSource(glob string) string {
	glob = regexp.QuoteMeta(glob)
	glob = strings.ReplaceAll(glob, `\?`, ".")
	// The SDK turns only the first star into "anything"; the others repeat the character before them.
	glob = strings.Replace(glob, `\*`, ".*", 1)
	return strings.ReplaceAll(glob, `\*`, "*")
}

// hasProtocol: "*" fits only the four protocols that a pattern can name.
func (p *pattern) hasProtocol(protocol string) bool {
	return slices.Contains([]string{"http", "https", "file", "ftp"}, protocol) &&
		(slices.Contains(p.protocols, "*") || slices.Contains(p.protocols, protocol))
}

// hasHost: "*.example.com" fits example.com itself and its subdomains, not notexample.com.
// Case matters, as in the SDK.
func (p *pattern) hasHost(host string) bool {
	if p.host == "*" || p.host == host {
		return true
	}
	suffix, ok := strings.CutPrefix(p.host, "*.")
	return ok && (host == suffix || strings.HasSuffix(host, "."+suffix))
}

// hasPort compares ports as texts. A missing port is that of the protocol, on both sides; two
// missing ports are equal for any protocol.
func (p *pattern) hasPort(port, protocol string) bool {
	usual := map[string]string{"ftp": "21", "http": "80", "https": "443"}[protocol]
	want := p.port
	if port == "" && want == "" {
		return true
	}
	if port == "" {
		port = usual
	}
	if want == "" {
		want = usual
	}
	return want == "*" || want == port
}
