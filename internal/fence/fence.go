// Package fence decides which hosts a run may send requests to.
//
// Patterns come from --allow-host and from the collection itself. Every request is asked for, redirects and those of
// scripts and of auth included, after its placeholders are resolved. Names are compared as they are dialled.
package fence

import (
	"fmt"
	"strings"

	"posthaste/internal/transport"
	"posthaste/internal/transport/proxy"
	"posthaste/internal/transport/target"
)

// A Fence is the hosts that requests may go to. It is read only once it was made. A nil Fence allows every host.
type Fence struct {
	own        []pattern // of the options; nil without one
	typed      bool      // own was typed for this run
	collection []pattern // that the collection brings; nil without
}

// New reads the globs of the options and those that the collection brings; nil is no fence, and no glob at all. A host
// must be allowed by both, but for one that an option writes out without a wildcard, where the options were typed for
// this run: somebody means that host. The error names the glob.
func New(options []string, typed bool, fromCollection []string) (*Fence, error) {
	f := &Fence{typed: typed}
	var err error
	if f.own, err = parseAll(options); err != nil {
		return nil, err
	}
	if f.collection, err = parseAll(fromCollection); err != nil {
		return nil, fmt.Errorf("of the collection: %w", err)
	}
	if f.own == nil && f.collection == nil {
		return nil, nil //nolint:nilnil // no fence allows everything
	}
	return f, nil
}

// parseAll reads the patterns of one source; one mistake refuses them all, since a fence with a hole protects nothing.
func parseAll(globs []string) ([]pattern, error) {
	var list []pattern
	for _, text := range globs {
		p, err := parse(text)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		list = append(list, p)
	}
	return list, nil
}

// Beyond are the hosts that the options allow and the collection's fence does not, as they were written. Globs are not
// among them, because they do not lead out of it.
func (f *Fence) Beyond() []string {
	if f == nil || f.collection == nil || !f.typed {
		return nil
	}
	var list []string
	for i := range f.own {
		p := &f.own[i]
		if !p.literal {
			continue
		}
		if h := p.example(); !anyMatch(f.collection, h) {
			list = append(list, p.text)
		}
	}
	return list
}

// example is the host that a pattern without wildcards names.
func (p *pattern) example() host {
	h := host{name: p.name, port: p.port, address: p.address, valid: true}
	if h.port == 0 {
		h.port = 443
	}
	return h
}

func anyMatch(list []pattern, h host) bool {
	for i := range list {
		if list[i].matches(h) {
			return true
		}
	}
	return false
}

// Check returns a *Refusal for a request that would leave the fence: by its URL, by a proxy that the collection names,
// or by a Host header, which decides who answers behind many servers.
func (f *Fence) Check(d *transport.Outgoing) error {
	if f == nil {
		return nil
	}
	if h := hostOf(d.Target.Hostname, d.Target.DialPort()); !f.allows(h) {
		return f.refusal(h, "", d.Target.Host(), d.Previous)
	}
	if d.Proxy != nil {
		addr := proxy.Addr(d.Proxy)
		i := strings.LastIndexByte(addr, ':')
		if h := hostOf(target.EncodeHost(addr[:i]), addr[i+1:]); !f.allows(h) {
			return f.refusal(h, "its proxy ", d.Proxy.Host, "")
		}
	}
	for i := range d.Header {
		if !strings.EqualFold(strings.TrimSpace(d.Header[i].Key), "Host") {
			continue
		}
		if h := headerHost(d.Header[i].Value, &d.Target); !f.allows(h) {
			return f.refusal(h, "its Host header ", d.Header[i].Value, "")
		}
	}
	return nil
}

// allows decides on one host. The user's patterns and the collection's must both allow it, except that a host the
// user typed out literally (no wildcard) is allowed whatever the collection says: that is a decision, not an
// accident.
func (f *Fence) allows(h host) bool {
	switch {
	case !h.valid:
		return false
	case f.own == nil:
		return anyMatch(f.collection, h)
	case !anyMatch(f.own, h):
		return false
	case f.collection == nil, anyMatch(f.collection, h):
		return true
	}
	for i := range f.own {
		if f.typed && f.own[i].literal && f.own[i].matches(h) {
			return true
		}
	}
	return false
}

// refusal says which list refused, and what that list allows.
func (f *Fence) refusal(h host, what, name, previous string) *Refusal {
	r := &Refusal{What: what, Host: name, Previous: previous}
	list := f.own
	if list == nil || anyMatch(list, h) { // then the collection's is the one that said no
		list, r.FromCollection = f.collection, true
	}
	for _, p := range list {
		r.Allowed = append(r.Allowed, p.text)
	}
	return r
}

// A Refusal says that a request was not sent because it would leave the fence.
type Refusal struct {
	What           string // "", "its proxy " or "its Host header "
	Host           string // as the request names it, with the port where it names one
	Previous       string // the URL that redirected to it; "" for none
	Origin         string // where the host came from, such as "the variable base_url of the environment"; "" when that is not known
	Allowed        []string
	FromCollection bool // Allowed are the collection's
}

// Error names the host, and where it came from.
func (r *Refusal) Error() string {
	text := "not sent: " + r.What + r.Host
	switch {
	case r.Previous != "":
		text += " (from a redirect of " + r.Previous + ")"
	case r.Origin != "":
		text += " (from " + r.Origin + ")"
	}
	return text + " is outside the fence"
}

// Code is how events name such a failure.
func (*Refusal) Code() string { return "EFENCE" }

// Hint says what the fence allows, and how it is widened.
func (r *Refusal) Hint() string {
	whose := "--allow-host"
	if r.FromCollection {
		whose = "the collection's fence"
	}
	return whose + " allows " + strings.Join(r.Allowed, ", ") + "; if the request is meant, add --allow-host " + r.Host
}
