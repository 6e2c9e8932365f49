package weburl

import (
	"math"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// parseHost gives the serialised host.
func parseHost(s string, special bool) (string, bool) {
	if strings.HasPrefix(s, "[") {
		if !strings.HasSuffix(s, "]") {
			return "", false
		}
		return parseIPv6(s[1 : len(s)-1])
	}
	if !special {
		if strings.ContainsAny(s, "\x00\t\n\r #/:<>?@[\\]^|") {
			return "", false
		}
		return escape(s, controlSet), true
	}
	domain, ok := toASCII(unescape(s))
	if !ok || domain == "" || strings.ContainsAny(domain, "\x00\t\n\r #/:<>?@[\\]^|%\x7f") {
		return "", false
	}
	for i := range len(domain) {
		if domain[i] <= ' ' {
			return "", false
		}
	}
	if endsInNumber(domain) {
		return parseIPv4(domain)
	}
	return domain, true
}

// toASCII maps a domain name as UTS 46 says, without its length limits.
func toASCII(s string) (string, bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	lower := strings.ToLower(s)
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	if ascii && !strings.Contains(lower, "xn--") {
		return lower, true
	}
	profile := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false),
		idna.CheckHyphens(false), idna.CheckJoiners(true), idna.BidiRule(), idna.VerifyDNSLength(false))
	out, err := profile.ToASCII(s)
	return out, err == nil
}

func endsInNumber(domain string) bool {
	parts := strings.Split(strings.TrimSuffix(domain, "."), ".")
	last := parts[len(parts)-1]
	if last == "" {
		return false
	}
	if strings.Trim(last, "0123456789") == "" {
		return true
	}
	_, ok := number(last)
	return ok
}

// number reads a part of an IPv4 address: decimal, octal (0…) or hexadecimal (0x…).
func number(s string) (n float64, ok bool) {
	base := 10
	switch {
	case s == "":
		return 0, false
	case strings.HasPrefix(strings.ToLower(s), "0x"):
		s, base = s[2:], 16
	case len(s) > 1 && s[0] == '0':
		s, base = s[1:], 8
	}
	if s == "" {
		return 0, true
	}
	if s[0] == '+' || s[0] == '-' || s[0] == '_' {
		return 0, false
	}
	u, err := strconv.ParseUint(s, base, 64)
	if err != nil {
		if strings.Trim(s, "0123456789") == "" && base == 10 {
			return math.Inf(1), true
		}
		return 0, false
	}
	return float64(u), true
}

func parseIPv4(domain string) (string, bool) {
	parts := strings.Split(strings.TrimSuffix(domain, "."), ".")
	if len(parts) > 4 {
		return "", false
	}
	var address uint64
	for i, part := range parts {
		n, ok := number(part)
		if !ok {
			return "", false
		}
		if i == len(parts)-1 {
			if n >= math.Pow(256, float64(5-len(parts))) {
				return "", false
			}
			address += uint64(n)
			break
		}
		if n > 255 {
			return "", false
		}
		address += uint64(n) << (8 * (3 - i))
	}
	return netip.AddrFrom4([4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)}).String(), true
}

// parseIPv6 writes the address with its longest run of zeros cut, hexadecimal
// throughout, in brackets.
func parseIPv6(s string) (string, bool) {
	address, err := netip.ParseAddr(s)
	if err != nil || address.Zone() != "" || !address.Is6() {
		return "", false
	}
	b := address.As16()
	var pieces [8]uint16
	for i := range pieces {
		pieces[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	start, length := -1, 1
	for i := 0; i < 8; {
		j := i
		for j < 8 && pieces[j] == 0 {
			j++
		}
		if j-i > length {
			start, length = i, j-i
		}
		i = max(j, i+1)
	}
	var out strings.Builder
	for i := 0; i < 8; i++ {
		if i == start {
			out.WriteString("::")
			i += length - 1
			continue
		}
		if i > 0 && i != start+length || i > 0 && start < 0 {
			out.WriteByte(':')
		}
		out.WriteString(strconv.FormatUint(uint64(pieces[i]), 16))
	}
	return "[" + out.String() + "]", true
}
