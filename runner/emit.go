package runner

import (
	"sync"

	"posthaste/runner/event"
)

// An emitter hands events on, masked, one at a time. Scripts send requests from goroutines of their own,
// so it locks.
type emitter struct {
	mu      sync.Mutex
	sink    func(event.Event) error
	mask    masker
	summary event.Summary
	err     error // the sink's first
}

func (m *emitter) emit(e event.Event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.summary.Add(e)
	if m.sink == nil {
		return
	}
	if err := m.sink(e.Masked(m.mask)); err != nil && m.err == nil {
		m.err = err
	}
}

// failed returns the sink's error, nil while reports can be written.
func (m *emitter) failed() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.err
}
