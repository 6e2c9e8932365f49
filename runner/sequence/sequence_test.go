package sequence

import (
	"sync/atomic"
	"testing"
	"time"

	"posthaste/runner/event"
)

func TestUnitsAheadOfASlowOneWaitBeforeTheyFillTheMemory(t *testing.T) {
	var passed []string
	l := New(func(e event.Event) {
		if e, ok := e.(event.Console); ok {
			passed = append(passed, e.Level)
		}
	}, Size)
	const megabyte, many = 1 << 20, 200
	text := string(make([]byte, megabyte))
	var sent atomic.Int32
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range many {
			l.Send(1, event.Console{Level: "ahead", Args: []string{text}})
			sent.Add(1)
		}
		l.Finish(1, func() {})
	}()
	most := int32(mostHeld/megabyte) + 1
	for sent.Load() < most-1 { // it goes on until enough is held
		time.Sleep(time.Millisecond)
	}
	l.Send(0, event.Console{Level: "first"})
	if n := sent.Load(); n > most {
		t.Errorf("%d MB wait, want at most %d", n, most)
	}
	l.Finish(0, func() {})
	<-done
	if len(passed) != many+1 || passed[0] != "first" || passed[many] != "ahead" || l.held != 0 {
		t.Errorf("%d events were passed, the first of %q, and %d bytes are held", len(passed), passed[0], l.held)
	}
}
