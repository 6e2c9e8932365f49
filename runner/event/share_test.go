package event_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

// words masks the words that it knows.
type words struct{ known []string }

func (w *words) Known() int64 { return int64(len(w.known)) }

func (w *words) Text(text string) string {
	for _, word := range w.known {
		text = strings.ReplaceAll(text, word, "***")
	}
	return text
}

func (w *words) Alike(text string) int64 { return int64(len(text)) }

func (w *words) Variable(json string) string { return w.Text(json) }

func (w *words) Document(doc []byte) []byte { return []byte(w.Text(string(doc))) }

func (w *words) Body(b event.Body) event.Body {
	b.Data = []byte(w.Text(string(b.Data)))
	return b
}

func (w *words) Header(lines []event.Header) []event.Header {
	masked := make([]event.Header, len(lines))
	for i, h := range lines {
		masked[i] = event.Header{Key: w.Text(h.Key), Value: w.Text(h.Value), System: h.System}
	}
	return masked
}

// A Sharer masks as its Masker does, whatever events come in whatever order, while words become secret.
func TestASharerMasksAsItsMasker(t *testing.T) {
	t.Parallel()
	const rounds = 20_000
	r := rand.New(rand.NewPCG(7, 8))
	names := []string{"alpha", "beta", "gamma", "delta", "epsilon", "zeta"}
	items, scripts, requests := make([]event.Item, 4), make([]event.Script, 4), make([]event.Request, 4)
	fill := func() {
		for i := range items {
			name := names[r.IntN(len(names))] + " " + names[r.IntN(len(names))]
			items[i] = event.Item{ID: "1", Name: name, Path: []string{"a", name}, Document: []byte(name)}
			scripts[i] = event.Script{Listen: event.PhaseTest, Owner: name}
			requests[i] = event.Request{URL: name, Header: []event.Header{{Key: "X", Value: name}}, Body: event.Body{Data: []byte(name)}}
		}
	}
	plain := &words{}
	sharer := &event.Sharer{Masker: plain}
	fill()
	for round := range rounds {
		e := one(r, eventtest.Filled(event.Kinds()[r.IntN(len(event.Kinds()))]), items, scripts, requests)
		if diff := cmp.Diff(event.Mask(e, plain).Event(), event.Mask(e, sharer).Event()); diff != "" {
			t.Fatalf("round %d: the sharer masks %s differently (-plain +sharer):\n%s", round, e.Kind(), diff)
		}
		switch r.IntN(40) {
		case 0:
			plain.known = append(plain.known, names[r.IntN(len(names))])
		case 1:
			plain.known = nil
			sharer = &event.Sharer{Masker: plain}
		case 2:
			fill()
		case 3:
			sharer.Forget()
		}
	}
}

// one gives an event an item, a script and a request that others have too.
func one(r *rand.Rand, e event.Event, items []event.Item, scripts []event.Script, requests []event.Request) event.Event {
	item, script, request := items[r.IntN(len(items))], scripts[r.IntN(len(scripts))], requests[r.IntN(len(requests))]
	switch e := e.(type) {
	case event.RequestSent:
		e.Request = request
		return e
	case event.ResponseReceived:
		e.Request, e.Item = request, item
		return e
	case event.Assertion:
		if r.IntN(2) == 0 {
			e.Error, e.Name = nil, item.Name
		}
		e.Item, e.Script = item, script
		return e
	case event.ScriptFinished:
		if r.IntN(2) == 0 {
			e.Error, e.Next = nil, nil
		}
		e.Script = script
		return e
	case event.ItemFinished:
		if r.IntN(2) == 0 {
			e.Attachments = nil
		}
		e.Item = item
		return e
	case event.VariableSet:
		e.Key, e.Script = item.Name, script
		return e
	}
	return e.Relabelled(event.Labels{
		Item:   func(event.Item) event.Item { return item },
		Script: func(event.Script) event.Script { return script },
	})
}
