package output

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"posthaste/internal/redact"
	"posthaste/runner/event"
)

// numbered is an event that tells which it is.
func numbered(n int) event.Masked {
	return event.Recorded(event.Console{Level: fmt.Sprint(n), Args: []string{"text"}})
}

func number(e event.Masked) string { return e.Event().(event.Console).Level }

func TestAQueueKeepsTheOrderAndLosesNothing(t *testing.T) {
	t.Parallel()
	for name, wait := range map[string]time.Duration{"a quick reporter": 0, "a slow reporter": 50 * time.Microsecond} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got, want []string
			q := NewQueue(
				func(e event.Masked) error { time.Sleep(wait); got = append(got, number(e)); return nil },
				func(e event.Masked) { got = append(got, "watched "+number(e)) },
			)
			announce := q.Announcer()
			for n := range 5 * mostQueued {
				if n%7 == 0 {
					announce(numbered(n))
					want = append(want, fmt.Sprint("watched ", n))
				}
				if err := q.Sink(numbered(n)); err != nil {
					t.Fatal(err)
				}
				want = append(want, fmt.Sprint(n))
				q.mu.Lock()
				if len(q.waiting) > mostQueued {
					t.Errorf("%d events wait", len(q.waiting))
				}
				q.mu.Unlock()
				if n%1000 == 999 {
					if err := q.Drain(); err != nil || !slices.Equal(got, want) {
						t.Fatalf("drained, and %d of %d events were handed on: %v", len(got), len(want), err)
					}
				}
			}
			q.Close()
			if !slices.Equal(got, want) {
				t.Errorf("%d events came, %d were sent", len(got), len(want))
			}
		})
	}
}

func TestAQueueNeedsNoHelpToHandOnWhatWaits(t *testing.T) {
	t.Parallel()
	came := make(chan string, 1)
	q := NewQueue(func(e event.Masked) error { came <- number(e); return nil }, nil)
	defer q.Close()
	for n := range 3 { // it sleeps in between
		if err := q.Sink(numbered(n)); err != nil {
			t.Fatal(err)
		}
		if got := <-came; got != fmt.Sprint(n) {
			t.Errorf("event %s came, want %d", got, n)
		}
		time.Sleep(3 * rest)
	}
}

func TestAQueueTellsTheFirstErrorAndGoesOn(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	heard := 0
	q := NewQueue(func(event.Masked) error { heard++; return fmt.Errorf("%d: %w", heard, full) }, nil)
	for n := range 10 {
		_ = q.Sink(numbered(n)) // it may know of the error by then, or not
	}
	if err := q.Drain(); err == nil || err.Error() != "1: disk full" {
		t.Errorf("Drain tells %v, want the first error", err)
	}
	if err := q.Sink(numbered(10)); !errors.Is(err, full) {
		t.Errorf("Sink tells %v after it", err)
	}
	q.Close()
	if heard != 11 {
		t.Errorf("%d events were handed on, want 11: the other reports must be whole", heard)
	}
}

func TestAReporterThatPanicsPanicsWhereTheRunIs(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]func(q *Queue){
		"at the next event": func(q *Queue) {
			for range 1000 {
				_ = q.Sink(numbered(1)) // see below
				time.Sleep(time.Millisecond)
			}
		},
		"when it is drained": func(q *Queue) { _ = q.Drain() },
		"when it is closed":  func(q *Queue) { q.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := NewQueue(func(event.Masked) error { panic("out of ink") }, nil)
			defer q.Close() // which does not panic a second time
			defer func() {
				if x := recover(); x == nil || !strings.Contains(fmt.Sprint(x), "out of ink") || !strings.Contains(fmt.Sprint(x), "TestAReporterThatPanics") {
					t.Errorf("the run panicked with %v, want the reporter's panic and where it was", x)
				}
			}()
			_ = q.Sink(numbered(0)) // nothing is known of it yet
			next(q)
		})
	}
}

// What was masked before a value became a secret is shown before that, as without a queue.
func TestWhatWaitsIsShownBeforeASecretBecomesKnown(t *testing.T) {
	t.Parallel()
	var set redact.Set
	q := NewQueue(func(e event.Masked) error {
		time.Sleep(100 * time.Microsecond)
		if text := "it was token-" + number(e) + "-value"; set.Text(text) != text {
			t.Errorf("the value of event %s was a secret when the event was shown", number(e))
		}
		return nil
	}, nil)
	defer q.Close()
	set.Before(func() { _ = q.Drain() })
	for n := range 200 {
		if err := q.Sink(numbered(n)); err != nil {
			t.Fatal(err)
		}
		set.Add("token", fmt.Sprintf("token-%d-value", n))
	}
}

func TestAWarningStandsBehindWhatTheReportsHaveToSay(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var text strings.Builder
	q := NewQueue(func(e event.Masked) error {
		time.Sleep(time.Millisecond)
		mu.Lock()
		defer mu.Unlock()
		text.WriteString(number(e))
		return nil
	}, nil)
	defer q.Close()
	w := q.Before(&text)
	for n := range 5 {
		_ = q.Sink(numbered(n)) // it fails nothing
		mu.Lock()
		mu.Unlock() //nolint:staticcheck // only to have the two take turns
		if _, err := io.WriteString(w, "!"); err != nil {
			t.Fatal(err)
		}
	}
	if got := text.String(); got != "0!1!2!3!4!" {
		t.Errorf("written was %q", got)
	}
}

func TestALargeBodyDoesNotWait(t *testing.T) {
	t.Parallel()
	shown := false
	q := NewQueue(func(event.Masked) error { time.Sleep(rest); shown = true; return nil }, nil)
	defer q.Close()
	e := event.ResponseReceived{}
	e.Response.Body.Size = 10 << 20
	if err := q.Sink(event.Recorded(e)); err != nil || !shown {
		t.Errorf("an event that holds 10 MB waits: %v", err)
	}
}

func TestManyMayUseAQueue(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	q := NewQueue(func(e event.Masked) error { seen[number(e)]++; return nil }, func(e event.Masked) { seen[number(e)]++ })
	var users sync.WaitGroup
	for user := range 4 {
		users.Go(func() {
			for n := range 500 {
				_ = q.Sink(numbered(user*1000 + n)) // it fails nothing
				if n%100 == 0 {
					_ = q.Drain() // the same
				}
				q.Announcer()(numbered(user*1000 + n))
			}
		})
	}
	users.Wait()
	q.Close()
	q.Close()
	if len(seen) != 2000 {
		t.Errorf("%d events came, want 2000", len(seen))
	}
}
