package event_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
)

func TestEventsSurviveTheRoundTrip(t *testing.T) {
	for _, zero := range event.Kinds() {
		for name, want := range map[string]event.Event{"zero": zero, "filled": eventtest.Filled(zero)} {
			t.Run(zero.Kind()+"/"+name, func(t *testing.T) {
				got := roundTrip(t, want)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("decoded event differs (-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestOddValuesSurviveTheRoundTrip(t *testing.T) {
	tests := map[string]event.Event{
		"a body that is text":              event.ResponseReceived{Response: event.Response{Body: event.Body{Data: []byte("<æ>\r\n")}}},
		"a body that is empty, not absent": event.ResponseReceived{Response: event.Response{Body: event.Body{Data: []byte{}}}},
		"a name that is no UTF-8":          event.Assertion{Name: "a\xffb"},
		"an error without anything in it":  event.Assertion{Error: &event.Error{}},
		"a list with a zero in it":         event.RunFinished{Globals: event.Scope{Values: []event.Variable{{}, {Key: "k"}}}},
		"an empty list":                    event.Console{Args: []string{}},
		"a nanosecond":                     event.ItemFinished{Elapsed: 1},
		"three weeks and a nanosecond":     event.ItemFinished{Elapsed: 21*24*time.Hour + 1},
		"a time elsewhere":                 event.RunStarted{Time: time.Date(2026, 1, 2, 3, 4, 5, 6, time.FixedZone("", 3600))},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, roundTrip(t, want)); diff != "" {
				t.Errorf("decoded event differs (-want +got):\n%s", diff)
			}
		})
	}
}

func roundTrip(t *testing.T, e event.Event) event.Event {
	t.Helper()
	var b bytes.Buffer
	if err := event.NewEncoder(&b).Encode(e); err != nil {
		t.Fatalf("Encode: %v", err)
	}
	if n := strings.Count(b.String(), "\n"); n != 1 {
		t.Fatalf("Encode wrote %d line breaks, want 1: %q", n, b.String())
	}
	got, err := event.NewDecoder(&b).Decode()
	if err != nil {
		t.Fatalf("Decode: %v\n%s", err, b.String())
	}
	return got
}

func TestTheFormIsStable(t *testing.T) {
	var b bytes.Buffer
	err := event.NewEncoder(&b).Encode(event.Assertion{
		Step: event.Step{ID: "7", Iteration: 1}, Item: event.Item{ID: "i", URL: "u"}, Name: "is 200", Async: true,
		Error: &event.Error{Name: "AssertionError", HasDiff: true},
	})
	if err != nil {
		t.Fatalf("Encode: %v", err)
	}
	want := `{"v":3,"kind":"assertion","step":{"id":"7","iteration":1},"item":{"id":"i","url":"u"},"name":"is 200",` +
		`"async":true,"error":{"name":"AssertionError","hasDiff":true}}` + "\n"
	if got := b.String(); got != want {
		t.Errorf("Encode wrote\n%swant\n%s", got, want)
	}
}

func TestDecodeSkipsAndRefuses(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"a kind of a later version is skipped": {`{"v":1,"kind":"dream"}` + "\n" + `{"v":1,"kind":"notice"}`, "notice"},
		"an unknown member is skipped":         {`{"v":1,"kind":"notice","later":1}`, "notice"},
		"empty lines are skipped":              {"\n  \n" + `{"v":1,"kind":"notice"}`, "notice"},
		"another format is refused":            {`{"v":4,"kind":"notice"}`, "line 1: event format 4 is not known, only 1 to 3"},
		"a line without kind is refused":       {"\n" + `{"v":1}`, "line 2: an event has no kind"},
		"nothing is the end":                   {"", "EOF"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e, err := event.NewDecoder(strings.NewReader(test.give)).Decode()
			got := ""
			if err != nil {
				got = err.Error()
			} else {
				got = e.Kind()
			}
			if got != test.want {
				t.Errorf("Decode(%q) gives %q, want %q", test.give, got, test.want)
			}
		})
	}
}

func FuzzDecodeEvents(f *testing.F) {
	for _, zero := range event.Kinds() {
		var b bytes.Buffer
		if err := event.NewEncoder(&b).Encode(eventtest.Filled(zero)); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Add([]byte(`{"v":1,"kind":"item.finished","elapsed":1e300}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		dec := event.NewDecoder(bytes.NewReader(data))
		for {
			e, err := dec.Decode()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				continue // the next line may be one
			}
			var b bytes.Buffer
			if err := event.NewEncoder(&b).Encode(e); err != nil {
				return // a time that RFC 3339 cannot say
			}
			again, err := event.NewDecoder(&b).Decode()
			if err != nil {
				t.Fatalf("what Encode wrote does not decode: %v", err)
			}
			if diff := cmp.Diff(e, again); diff != "" {
				t.Fatalf("decode, encode, decode differs (-first +second):\n%s", diff)
			}
		}
	})
}
