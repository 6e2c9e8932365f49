package fence

import (
	"errors"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"posthaste/internal/transport/target"
)

// A pattern is one glob on hosts: "*" is any characters, dots included, and "?" is one character.
type pattern struct {
	text    string // as it was given
	name    string // its host in canonical form
	host    *regexp.Regexp
	port    int  // 0 is every port
	address bool // it can match IP addresses only
	literal bool // it names one host
}

// longest is more than the name of any host has (RFC 1035: 253 bytes), and room for a port.
const longest = 300

// parse reads host or host:port. An address of IPv6 with a port stands in brackets.
func parse(text string) (pattern, error) {
	p := pattern{text: text}
	host := strings.TrimSpace(text)
	if host == "" {
		return p, errors.New("it names no host")
	}
	if strings.ContainsAny(host, "/@\\#% \t\r\n") {
		return p, errors.New("it takes a host, or host:port, without a scheme, a user or a path")
	}
	if len(host) > longest {
		return p, errors.New("it is longer than any host")
	}
	if addr, err := netip.ParseAddr(host); err == nil && addr.Zone() == "" {
		return p.as(addr.Unmap().String(), true)
	}
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.Contains(host[i:], "]") {
		if port := host[i+1:]; port != "*" {
			n, ok := portNumber(port)
			if !ok {
				return p, errors.New("its port is no number from 1 to 65535")
			}
			p.port = n
		}
		host = host[:i]
	}
	if strings.HasPrefix(host, "[") {
		addr, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"))
		if err != nil || addr.Zone() != "" || !strings.HasSuffix(host, "]") {
			return p, errors.New("what stands in brackets is no address of IPv6")
		}
		return p.as(addr.Unmap().String(), true)
	}
	return p.named(host)
}

// named reads a name or a glob on names and addresses of IPv4.
func (p pattern) named(host string) (pattern, error) {
	wild := strings.ContainsAny(host, "*?")
	name := strings.TrimSuffix(target.EncodeHost(host), ".")
	switch {
	case name == "":
		return p, errors.New("it names no host")
	case strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.*?") != "":
		return p, errors.New("it holds a character that no host has")
	case strings.Contains(name, ".."), name[0] == '.':
		return p, errors.New("it has an empty part between dots")
	case wild:
		return p.as(name, strings.ContainsAny(name, "0123456789") && strings.Trim(name, "0123456789.*?") == "")
	}
	_, err := netip.ParseAddr(name)
	return p.as(name, err == nil)
}

// as completes a pattern with the canonical form of its host.
func (p pattern) as(host string, address bool) (pattern, error) {
	p.name, p.address, p.literal = host, address, !strings.ContainsAny(host, "*?")
	glob := regexp.QuoteMeta(host)
	glob = strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(glob)
	var err error
	p.host, err = regexp.Compile("^" + glob + "$")
	return p, err
}

// matches reports whether the pattern allows a host.
func (p *pattern) matches(h host) bool {
	return h.valid && (p.port == 0 || p.port == h.port) && (!p.address || h.address) && p.host.MatchString(h.name)
}

// portNumber reads a port that can be asked.
func portNumber(text string) (int, bool) {
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n > 0 && n <= 65535
}
