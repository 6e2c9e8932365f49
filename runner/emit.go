package runner

import (
	"sync"

	"posthaste/runner/event"
	"posthaste/runner/sequence"
)

// An emitter hands events on, one at a time. Scripts send requests from goroutines of their own, so it locks.
//
// A value may become a secret after it was told: a response brings a token within a URL, and only then a script stores it
// in a variable whose name speaks of secrets. So the emitter masks what happens in a step when the step is over, by all
// that is known by then. That a step begins, and what belongs to no step, it hands on at once.
type emitter struct {
	mu       sync.Mutex
	sink     func(event.Masked) error
	observe  func(event.Event)  // may be nil
	announce func(event.Masked) // may be nil
	pass     func(event.Event) error
	mask     masker
	learns   *masker      // learns from texts of scripts at once, since a journal is written before the step is over; nil without one
	sharer   event.Sharer // masks by mask; made when it is first needed
	summary  event.Summary
	held     []event.Event  // of the step under way
	list     []event.Masked // the same, masked, while they are handed on
	size     int            // of held, in bytes, about
	err      error          // the sink's first
}

// mostOfStep is how many bytes of the events of one step wait for its end, about (16 MiB). A
// script may print for ever. Beyond it, events are masked by what is known so far.
const mostOfStep = 16 << 20

// emit passes an event on. Events of a step are held until it is over: only then are all its
// secrets known, and masking by less would let some through. The summary counts every event,
// whether anyone listens or not.
func (m *emitter) emit(e event.Event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.summary.Add(e)
	if m.learns != nil {
		switch e.(type) {
		case event.Console, event.Assertion, event.Exception:
			e.Masked(*m.learns) // for what it gives away
		}
	}
	// A part of a run hands its events to the run at once; that one holds and masks them.
	if m.pass != nil {
		m.fail(m.pass(e.Masked(m.mask)))
		return
	}
	if m.observe != nil {
		m.observe(e)
	}
	if m.sink == nil {
		return
	}
	_, begins := e.(event.ItemStarted)
	if begins || e.InStep().ID == "" {
		m.flush()
	}
	if e.InStep().Unit == "" { // units have announced theirs themselves
		m.tell(e)
	}
	m.held = append(m.held, e)
	m.size += sequence.Size(e)
	_, ends := e.(event.ItemFinished)
	if begins || ends || e.InStep().ID == "" || m.size > mostOfStep {
		m.flush()
	}
}

// aside announces an event of a unit, whose turn to be told may come much later. Nothing else
// is done with it here.
func (m *emitter) aside(e event.Event) {
	if m.announce == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tell(e)
}

// tell announces what those who watch want to see at once: that a request leaves, and that a
// step is over. It is masked by what is known so far.
func (m *emitter) tell(e event.Event) {
	if m.announce == nil {
		return
	}
	switch e.(type) {
	case event.RequestSent, event.ItemFinished:
		m.announce(event.Mask(e, m.shared()))
	}
}

// flush masks what is held and hands it on. A text may give a secret away that another text
// before it holds too: then all are masked once more. The caller holds the lock.
func (m *emitter) flush() {
	by := m.shared()
	list := m.list[:0]
	for i, e := range m.held {
		list = append(list, event.Mask(e, by))
		m.held[i] = nil // a step may have very many, which are not to be held twice
	}
	m.held, m.size = m.held[:0], 0
	for i, e := range list { // frees it, and the sink may keep what it gets
		list[i] = event.Masked{}
		m.fail(m.sink(e.Again(by)))
	}
	m.list = list[:0]
	// The sharer remembers the texts of this step only, or it would grow with the run.
	by.Forget()
}

// shared is mask for the events of a step. It remembers what it has masked, since the events
// of a step repeat the same headers and URLs.
func (m *emitter) shared() *event.Sharer {
	if m.sharer.Masker == nil {
		m.sharer.Masker = m.mask
	}
	return &m.sharer
}

// fails ends the run by an error of what it has to write. It does so at the next look at
// failed, not at once.
func (m *emitter) fails(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail(err)
}

// fail keeps the first error; later ones mostly follow from it. The caller holds the lock.
func (m *emitter) fail(err error) {
	if err != nil && m.err == nil {
		m.err = err
	}
}

// failed returns the sink's error, nil while reports can be written.
func (m *emitter) failed() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.err
}
