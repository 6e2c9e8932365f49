package target

import (
	"math"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// EncodeHost returns the name as it is looked up and shown in Host: lower case, punycode for IDN, IPv4
// shorthands in dotted form. A name that is no domain stays as typed, for the lookup to refuse.
// (newman: domainToASCII, that is WHATWG's host parser)
func EncodeHost(host string) string {
	const maxHost = 2048 // longer than any name; punycode takes quadratic time
	host = strings.ToLower(host)
	if strings.HasPrefix(host, "[") || len(host) > maxHost {
		return host
	}
	name := strings.ToLower(Decode(host))
	if strings.ContainsAny(name, "\x00\t\n\r #%/:<>?@[\\]^|") {
		return host
	}
	if !isASCII(name) || strings.Contains(name, "xn--") {
		profile := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.CheckHyphens(false), idna.VerifyDNSLength(false))
		ascii, err := profile.ToASCII(name)
		if err != nil || ascii == "" {
			return host
		}
		name = ascii
	}
	addr, numeric := parseIPv4(name)
	switch {
	case !numeric:
		return name
	case !addr.IsValid():
		return host
	}
	return addr.String()
}

// parseIPv4 reads the shorthands that browsers read: "127.1", "0x7f000001", "017700000001". numeric tells that
// the name can only be an address; the address is invalid if it is not one.
func parseIPv4(s string) (addr netip.Addr, numeric bool) {
	parts := strings.Split(s, ".")
	if n := len(parts); n > 1 && parts[n-1] == "" {
		parts = parts[:n-1]
	}
	last := parts[len(parts)-1]
	_, ok := parsePart(last)
	if !ok && strings.Trim(last, "0123456789") != "" || last == "" {
		return addr, false
	}
	if len(parts) > 4 {
		return addr, true
	}
	var v uint64
	for i, p := range parts {
		n, ok := parsePart(p)
		if !ok {
			return addr, true
		}
		room := uint64(255)
		if i == len(parts)-1 {
			room = math.MaxUint32 >> (8 * i)
		}
		if n > room {
			return addr, true
		}
		if i == len(parts)-1 {
			v |= n
		} else {
			v |= n << (24 - 8*i)
		}
	}
	return netip.AddrFrom4([4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}), true
}

// parsePart reads a decimal, octal or hexadecimal number of an address.
func parsePart(p string) (uint64, bool) {
	base := 10
	switch {
	case p == "":
		return 0, false
	case strings.HasPrefix(p, "0x"):
		if p = p[2:]; p == "" {
			return 0, true
		}
		base = 16
	case len(p) > 1 && p[0] == '0':
		base = 8
	}
	n, err := strconv.ParseUint(p, base, 64)
	return n, err == nil
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7f })
}
