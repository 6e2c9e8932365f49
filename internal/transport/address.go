package transport

import (
	"strings"
	"sync"

	"posthaste/internal/transport/target"
)

// An address is the text of a URL, read once: a run asks the same few again and again. It is
// never changed.
type address struct {
	target target.Target
	text   string // target.String()
	shown  string // target.Shown()
	dial   string // host and port to connect to, but for a map
	host   string // target.Host()
}

// An addressBook remembers the addresses that were asked for lately. The zero addressBook is
// empty; it is safe for concurrent use.
type addressBook struct {
	mu     sync.Mutex
	byText map[string]*address
	last   *address
}

// How many addresses are remembered before the book begins again, and how long in bytes their
// texts may be.
const (
	mostAddresses  = 256
	longestAddress = 1 << 10
)

// read is target.Parse. The address is there also with an error, as far as it could be read.
func (b *addressBook) read(text string, verbatim bool) (*address, error) {
	keep := !verbatim && len(text) <= longestAddress
	if keep {
		if known := b.known(text); known != nil {
			return known, nil
		}
	}
	t, err := target.Parse(text, verbatim)
	a := &address{target: t, text: t.String()}
	if a.shown = a.text; t.HasUser || t.HasHash {
		a.shown = t.Shown()
	}
	if before := b.before(); before != nil && before.target.Hostname == t.Hostname && before.target.Port == t.Port &&
		before.target.HasPort == t.HasPort && before.target.Scheme == t.Scheme { // mostly
		a.dial, a.host = before.dial, before.host
	} else {
		a.dial, a.host = dialed(&t), t.Host()
	}
	if keep && err == nil {
		b.put(strings.Clone(text), a)
	}
	return a, err
}

// before is the address that was put in last, or nil.
func (b *addressBook) before() *address {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last
}

func (b *addressBook) known(text string) *address {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.byText[text]
}

func (b *addressBook) put(text string, a *address) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.byText == nil || len(b.byText) >= mostAddresses {
		b.byText = make(map[string]*address)
	}
	b.byText[text], b.last = a, a
}

// dialed is the host and port that a target is asked at.
func dialed(t *target.Target) string { return t.Hostname + ":" + t.DialPort() }
