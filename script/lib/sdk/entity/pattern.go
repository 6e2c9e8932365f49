package entity

import (
	"regexp"
	"slices"
	"strings"
)

// A pattern is a match pattern such as https://*.example.com/*, taken apart.
type pattern struct {
	protocols  []string
	host, port string // port is "" when the pattern names none
	path       *regexp.Regexp
}

// parsePattern takes a match pattern apart, nil if it is not one.
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

// globSource is the regular expression of a path with wildcards.
func globSource(glob string) string {
	glob = regexp.QuoteMeta(glob)
	glob = strings.ReplaceAll(glob, `\?`, ".")
	// The SDK turns only the first star into "anything"; the others repeat the character before them.
	glob = strings.Replace(glob, `\*`, ".*", 1)
	return strings.ReplaceAll(glob, `\*`, "*")
}

func (p *pattern) hasProtocol(protocol string) bool {
	return slices.Contains([]string{"http", "https", "file", "ftp"}, protocol) &&
		(slices.Contains(p.protocols, "*") || slices.Contains(p.protocols, protocol))
}

func (p *pattern) hasHost(host string) bool {
	if p.host == "*" || p.host == host {
		return true
	}
	suffix, ok := strings.CutPrefix(p.host, "*.")
	return ok && (host == suffix || strings.HasSuffix(host, "."+suffix))
}

// A missing port is that of the protocol, on both sides.
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
