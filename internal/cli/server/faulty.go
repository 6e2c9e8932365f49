package server

import (
	"net/http"
	"sync"

	"posthaste/internal/vipps/fault"
)

// A faulty handler lets faults happen to requests before another answers them.
type faulty struct {
	http.Handler
	chance func(percent float64) bool

	mu     sync.Mutex
	faults fault.Set
}

func newFaults(list []fault.Fault) fault.Set { return fault.NewSet(list) }

// ServeHTTP picks the first fault that fits.
func (f *faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	picked, wrong := f.faults.Pick(r.Method, r.URL.Path, f.chance)
	f.mu.Unlock()
	if !wrong {
		f.Handler.ServeHTTP(w, r)
		return
	}
	if !picked.Sleep(r.Context()) {
		return
	}
	picked.EndConnection(w)
	if res := picked.Response(); res.Status != 0 {
		res.Write(w)
		return
	}
	f.Handler.ServeHTTP(w, r)
}
