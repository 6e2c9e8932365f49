package transport

import (
	"slices"
	"sync"
	"time"
)

// A poolKey names connections that can stand for each other: equal keys mean equal server,
// proxy and TLS settings.
type poolKey struct {
	scheme, addr, proxy, tls string
}

// idleLimit is how long a connection is kept without use. (newman: the runtime drops its
// agents after a minute)
const idleLimit = 60 * time.Second

// settleTime is how long a connection must be idle before it counts as one that the server
// keeps. A server that ends it after a response without saying so has done it by then.
// (newman: about as long lies between its requests)
const settleTime = 15 * time.Millisecond

// enoughReuses is how often connections of a host must have been used again before all of
// them count as kept.
const enoughReuses = 3

// A pool keeps idle connections. The zero pool is empty and ready to use.
type pool struct {
	mu    sync.Mutex
	hosts map[poolKey]*host
}

// A host has the connections that can be used for the same requests, and what was learned
// about the server.
type host struct {
	idle   []*conn // the most recently used one last
	reused int     // how often one was used again without a fault
	closes bool    // it ends kept connections without saying so: none is used again
}

func (p *pool) host(key poolKey) *host {
	h := p.hosts[key]
	if h == nil {
		h = &host{}
		if p.hosts == nil {
			p.hosts = map[poolKey]*host{}
		}
		p.hosts[key] = h
	}
	return h
}

// take returns a connection that was alive a moment ago, or nil. A request that must not be
// sent twice gets none that the server may just be closing: what happens to the request then
// cannot be known.
func (p *pool) take(key poolKey, repeatable bool) *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.host(key)
	// The most recently used one is the least likely to be closed.
	for i := len(h.idle) - 1; i >= 0; i-- {
		cn := h.idle[i]
		settled := cn.settled || h.reused >= enoughReuses
		alive := cn.alive()
		// It stays for a request that may be repeated.
		if alive && !settled && !repeatable {
			continue
		}
		h.idle = append(h.idle[:i], h.idle[i+1:]...)
		if !alive {
			h.closes = h.closes || !cn.settled
			cn.close()
			continue
		}
		cn.reused = true
		return cn
	}
	return nil
}

// put keeps a connection whose response was read to its end. The server's Keep-Alive timeout
// shortens how long.
func (p *pool) put(key poolKey, cn *conn) {
	limit := idleLimit
	if cn.idleS > 0 { // a second early, as Node does it: better a new connection than a lost request
		limit = min(limit, time.Duration(cn.idleS-1)*time.Second)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.host(key)
	if limit == 0 || h.closes {
		cn.close()
		return
	}
	if cn.reused {
		h.reused++
	}
	h.idle = append(h.idle, cn)
	cn.settled, cn.limit = false, limit
	cn.puts++
	switch {
	case cn.timer == nil:
		cn.timer = time.AfterFunc(settleTime, func() { p.rest(key, cn) })
	case cn.settling: // rest sees that it was used in between
		return
	default:
		cn.timer.Reset(settleTime)
	}
	cn.settling, cn.watched = true, cn.puts
}

// rest is called a while after a connection became idle: first to settle it, then to close it. The timer of one that is used
// in between goes on, since to set it at each request would take longer than the rest of put.
func (p *pool) rest(key poolKey, cn *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.host(key)
	i := slices.Index(h.idle, cn)
	unused := cn.watched == cn.puts
	cn.watched = cn.puts
	switch {
	case i < 0: // put sets the timer again
		cn.settling = false
	case !unused:
		cn.settling = true
		cn.timer.Reset(settleTime)
	case cn.settling:
		cn.settled, cn.settling = true, false
		cn.timer.Reset(cn.limit - 2*settleTime)
	default:
		h.idle = slices.Delete(h.idle, i, i+1)
		cn.close()
	}
}

// lost records that a connection of a host was gone when it was used again. None of its
// connections is used again from now on.
func (p *pool) lost(key poolKey) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.host(key)
	h.closes = true
	for _, cn := range h.idle {
		cn.close()
	}
	h.idle = nil
}

func (p *pool) closeIdle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, h := range p.hosts {
		for _, cn := range h.idle {
			cn.close()
		}
		h.idle = nil
	}
}
