package event

import (
	"bytes"
	"slices"
)

// A Sharer is a Masker that masks once what the events of a step have in common: their item, their script, the request
// that a response belongs to. It remembers what short texts became. Everything else it leaves to the Masker in it. It is
// not safe for concurrent use.
type Sharer struct {
	Masker

	item    shared[Item]
	script  shared[Script]
	request shared[Request]
	recall  recall
	lines   [2]lineMemory // of requests and of responses, in any order
}

// A shared is what was masked last of a kind.
type shared[T any] struct {
	there         bool
	known         int64 // how many secrets were known before
	whole, masked T
	clean         bool // nothing was replaced
}

// Forget lets go of the last request, which may be large.
func (s *Sharer) Forget() { s.request = shared[Request]{} }

// itemOf masks an item once for all its events, as long as no other secret becomes known. whole must be compared, not
// only the id: a script may have renamed it.
func (s *Sharer) itemOf(i Item) Item {
	if known := s.Known(); !s.item.there || s.item.known != known || !s.item.whole.is(i) {
		masked := i.masked(s)
		s.item = shared[Item]{true, known, i, masked, masked.equals(i)}
	}
	return s.item.masked
}

func (s *Sharer) scriptOf(one Script) Script {
	if known := s.Known(); !s.script.there || s.script.known != known || s.script.whole != one {
		masked := one.masked(s)
		s.script = shared[Script]{true, known, one, masked, masked == one}
	}
	return s.script.masked
}

func (s *Sharer) requestOf(r Request) Request {
	if known := s.Known(); !s.request.there || s.request.known != known || !s.request.whole.is(r) {
		masked := r.masked(s)
		s.request = shared[Request]{true, known, r, masked, masked.is(r)}
	}
	return s.request.masked
}

// masked masks an event. One that holds no secret comes back as it is: to put a copy of it together would take memory.
func (s *Sharer) masked(e Event) Event {
	if s.clean(e) {
		return e
	}
	if received, ok := e.(ResponseReceived); ok {
		masked := received
		masked.Item, masked.Request = received.Item.Masked(s), received.Request.Masked(s)
		masked.Response = received.Response.Masked(s)
		if s.item.clean && s.request.clean && masked.Response.is(received.Response) {
			return e
		}
		return masked
	}
	return e.Masked(s)
}

// clean reports whether an event holds no secret. It may be false for one that holds none.
func (s *Sharer) clean(e Event) bool {
	switch e := e.(type) {
	case PhaseStarted, IterationFinished:
		return true
	case IterationStarted:
		return s.Text(e.Row) == e.Row
	case ItemStarted:
		return s.cleanItem(e.Item)
	case ItemFinished:
		return e.Attachments == nil && s.cleanItem(e.Item)
	case ScriptStarted:
		return s.cleanScript(e.Script)
	case ScriptFinished:
		return e.Error == nil && e.Next == nil && s.cleanScript(e.Script)
	case RequestSent:
		s.requestOf(e.Request)
		return s.request.clean && !slices.ContainsFunc(e.Names, func(n Name) bool { return s.Text(n.Key) != n.Key })
	case Assertion:
		return e.Error == nil && s.cleanScript(e.Script) && s.cleanItem(e.Item) && s.Text(e.Name) == e.Name
	case VariableSet:
		return s.cleanScript(e.Script) && s.Text(e.Key) == e.Key && s.Variable(e.Value) == e.Value
	}
	return false
}

func (s *Sharer) cleanItem(i Item) bool {
	s.itemOf(i)
	return s.item.clean
}

func (s *Sharer) cleanScript(one Script) bool {
	s.scriptOf(one)
	return s.script.clean
}

// is reports whether both are the same item, not only alike: events of a step share its parts.
func (i Item) is(other Item) bool {
	return i.ID == other.ID && i.Name == other.Name && i.File == other.File && i.Line == other.Line && i.Method == other.Method &&
		i.URL == other.URL && i.Setup == other.Setup && i.Teardown == other.Teardown && one(i.Path, other.Path) && one(i.Document, other.Document)
}

func (i Item) equals(other Item) bool {
	return i.ID == other.ID && i.Name == other.Name && i.File == other.File && i.Line == other.Line && i.Method == other.Method &&
		i.URL == other.URL && i.Setup == other.Setup && i.Teardown == other.Teardown && slices.Equal(i.Path, other.Path) && bytes.Equal(i.Document, other.Document)
}

// is reports whether both are the same request, with one and the same body.
func (r Request) is(other Request) bool {
	return r.Method == other.Method && r.URL == other.URL && r.BodyMode == other.BodyMode && r.Resolved == other.Resolved && r.Asked == other.Asked &&
		r.Body.Size == other.Body.Size && r.Body.Cut == other.Body.Cut &&
		slices.Equal(r.Header, other.Header) && one(r.Body.Data, other.Body.Data) && one(r.Document, other.Document)
}

// is reports whether both are the same response, with one and the same body.
func (r Response) is(other Response) bool {
	return r.Reason == other.Reason && r.Remote == other.Remote && r.Body.Size == other.Body.Size && r.Body.Cut == other.Body.Cut &&
		one(r.Header, other.Header) && one(r.Body.Data, other.Body.Data)
}

// one reports whether a and b are one and the same list.
func one[T any](a, b []T) bool {
	return len(a) == len(b) && (a == nil) == (b == nil) && (len(a) == 0 || &a[0] == &b[0])
}
