package transport

import (
	"sync"
	"time"
)

// A poolKey names connections that can stand for each other.
type poolKey struct {
	scheme, addr, proxy, tls string
}

// idleLimit is how long a connection is kept without use. (newman: the runtime drops its agents then)
const idleLimit = 60 * time.Second

// A pool keeps idle connections. The zero pool is empty and ready to use.
type pool struct {
	mu   sync.Mutex
	idle map[poolKey][]*conn
}

// take returns a connection that was alive a moment ago, or nil.
func (p *pool) take(key poolKey) *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.idle[key]
	for len(list) > 0 {
		cn := list[len(list)-1]
		list = list[:len(list)-1]
		p.idle[key] = list
		cn.expire.Stop()
		if !cn.alive() {
			cn.close()
			continue
		}
		cn.reused = true
		return cn
	}
	return nil
}

// put keeps a connection whose answer was read to its end.
func (p *pool) put(key poolKey, cn *conn) {
	limit := idleLimit
	if cn.idleS > 0 { // a second early, as Node does it: better a new connection than a lost request
		limit = min(limit, time.Duration(cn.idleS-1)*time.Second)
	}
	if limit == 0 {
		cn.close()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.idle == nil {
		p.idle = map[poolKey][]*conn{}
	}
	p.idle[key] = append(p.idle[key], cn)
	if cn.expire == nil {
		cn.expire = time.AfterFunc(limit, func() { p.drop(key, cn) })
	} else {
		cn.expire.Reset(limit)
	}
}

// drop closes cn if it is still idle.
func (p *pool) drop(key poolKey, cn *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, other := range p.idle[key] {
		if other == cn {
			p.idle[key] = append(p.idle[key][:i], p.idle[key][i+1:]...)
			cn.close()
			return
		}
	}
}

func (p *pool) closeIdle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, list := range p.idle {
		for _, cn := range list {
			cn.expire.Stop()
			cn.close()
		}
		delete(p.idle, key)
	}
}
