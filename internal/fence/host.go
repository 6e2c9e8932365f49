package fence

import (
	"net/netip"
	"strings"

	"posthaste/internal/transport/target"
)

// A host is whom a request is for, in the one form that patterns are compared with.
type host struct {
	name    string // lower case, punycode, without a dot at the end; an address as Go writes it, IPv4 where it stands for that
	port    int
	address bool
	valid   bool // it is a name or an address that everybody reads the same way
}

// hostOf reads a name as package target encodes it, and a port as text.
//
// What is no plain name and no plain address is not valid: a proxy or a name server might read it in another way than
// we do, such as "allowed.example\.other.example".
func hostOf(name, port string) host {
	h := host{name: strings.TrimSuffix(name, ".")}
	if name == "" { // newman: a port alone is this machine
		h.name = "localhost"
	}
	var ok bool
	if h.port, ok = portNumber(port); !ok {
		return h
	}
	if inner, bracketed := strings.CutPrefix(h.name, "["); bracketed {
		addr, err := netip.ParseAddr(strings.TrimSuffix(inner, "]"))
		if err != nil || addr.Zone() != "" || !strings.HasSuffix(inner, "]") {
			return h
		}
		h.name, h.address, h.valid = addr.Unmap().String(), true, true
		return h
	}
	if addr, err := netip.ParseAddr(h.name); err == nil {
		h.address, h.valid = true, addr.Is4()
		return h
	}
	h.valid = h.name[0] != '.' && !strings.Contains(h.name, "..") &&
		strings.Trim(h.name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == ""
	return h
}

// headerHost reads the value of a Host header. The port that it does not name is the target's.
func headerHost(value string, t *target.Target) host {
	name, port := strings.TrimSpace(value), ""
	if i := strings.LastIndexByte(name, ':'); i >= 0 && !strings.Contains(name[i:], "]") {
		name, port = name[:i], name[i+1:]
	}
	if port == "" {
		port = t.DialPort()
	}
	if name == "" {
		return host{}
	}
	return hostOf(target.EncodeHost(name), port)
}
