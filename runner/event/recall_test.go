package event_test

import (
	"slices"
	"strings"
	"testing"

	"posthaste/runner/event"
)

// A counter masks the words that it knows in texts, and in header lines where they are the whole value too. It counts how
// often it is asked.
type counter struct {
	words
	whole string // masked where it is a header's whole value
	asked int
}

func (c *counter) Text(text string) string {
	c.asked++
	return c.words.Text(text)
}

func (c *counter) Header(lines []event.Header) []event.Header {
	c.asked++
	masked := c.words.Header(lines)
	for i := range masked {
		if masked[i].Value == c.whole {
			masked[i].Value = "whole"
		}
	}
	return masked
}

func masked(s *event.Sharer, name string) string {
	return event.Mask(event.Notice{Text: name}, s).Event().(event.Notice).Text
}

func maskedHeader(s *event.Sharer, lines ...event.Header) []event.Header {
	return event.Mask(event.RequestSent{Request: event.Request{URL: "u", Header: lines}}, s).Event().(event.RequestSent).Request.Header
}

// What is remembered is forgotten as soon as one more secret is known, in whatever place the text stands.
func TestWhatATextBecameHoldsUntilMoreIsKnown(t *testing.T) {
	t.Parallel()
	c := &counter{}
	s := &event.Sharer{Masker: c}
	for range 5 {
		if got := masked(s, "an alpha"); got != "an alpha" {
			t.Fatalf("nothing is known, and the text became %q", got)
		}
		if got := maskedHeader(s, event.Header{Key: "X", Value: "alpha"}); got[0].Value != "alpha" {
			t.Fatalf("nothing is known, and the header became %v", got)
		}
		s.Forget()
	}
	c.known = append(c.known, "alpha")
	for range 5 {
		if got := masked(s, "an alpha"); got != "an ***" {
			t.Fatalf("alpha is known, and the text became %q", got)
		}
		if got := maskedHeader(s, event.Header{Key: "X", Value: "alpha"}, event.Header{Key: "alpha", Value: "1"}); got[0].Value != "***" || got[1].Key != "***" {
			t.Fatalf("alpha is known, and the header became %v", got)
		}
		s.Forget()
	}
}

// A text that comes for the third time is not looked at again, and one that was longer than what is remembered is.
func TestTextsAreRememberedFromTheSecondTimeOn(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", 100)
	for text, want := range map[string]int{"short": 2, long: 5} {
		c := &counter{}
		s := &event.Sharer{Masker: c}
		for range 5 {
			masked(s, text)
		}
		if c.asked != want {
			t.Errorf("a text of %d bytes was masked %d times, want %d", len(text), c.asked, want)
		}
	}
}

// One text stands in different places, each of which has rules of its own.
func TestATextIsRememberedByItsPlace(t *testing.T) {
	t.Parallel()
	s := &event.Sharer{Masker: &counter{whole: "abc"}}
	for range 5 {
		if got := masked(s, "abc"); got != "abc" {
			t.Fatalf("a text that is masked only as a header became %q", got)
		}
		got := maskedHeader(s, event.Header{Key: "", Value: "abc"}, event.Header{Key: "abc", Value: "", System: true}, event.Header{Key: "ab", Value: "c"})
		want := []event.Header{{Key: "", Value: "whole"}, {Key: "abc", Value: "", System: true}, {Key: "ab", Value: "c"}}
		if !slices.Equal(got, want) {
			t.Fatalf("the header became %v, want %v", got, want)
		}
		s.Forget()
	}
}

// What masks once more must not change the list that it is given, also where lines before a secret hold none.
func TestAHeaderIsCopiedBeforeItChanges(t *testing.T) {
	t.Parallel()
	c := &counter{}
	c.known = []string{"alpha"}
	lines := []event.Header{{Key: "A", Value: "1"}, {Key: "B", Value: "alpha"}, {Key: "C", Value: "alpha"}}
	before := slices.Clone(lines)
	s := &event.Sharer{Masker: c}
	for range 3 {
		got := maskedHeader(s, lines...)
		if !slices.Equal(lines, before) || got[1].Value != "***" || got[2].Value != "***" || got[0] != before[0] {
			t.Fatalf("%v became %v, and was changed to %v", before, got, lines)
		}
		s.Forget()
	}
}
