package reporters

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"posthaste/internal/redact"
	"posthaste/runner"
	"posthaste/runner/event"
	"posthaste/runner/recording"
)

// Words of which reports consist. Each is a secret once.
const syntaxWords = `assertion header testcase script failure status testsuite testsuites request response kind message classname
 execution executions collection iteration iterations prerequest passed failed skipped errored results summary entries content
 headers cookies version started finished environment globals position attempt timestamp system-out properties run.finished`

// Every report is valid and a recording tells the same, whatever word is a secret.
func TestAnyWordCanBeASecret(t *testing.T) {
	words := strings.Fields(syntaxWords)
	if len(words) < 40 {
		t.Fatalf("only %d words are tried", len(words))
	}
	for _, word := range words {
		t.Run(word, func(t *testing.T) {
			set := &redact.Set{}
			set.Pin("word", word)
			for _, input := range []string{"fail", "script", "requests", "iterations"} {
				var plain, masked []event.Event
				for _, e := range inputs()[input] {
					plain = append(plain, e)
					masked = append(masked, event.Mask(e, runner.Masker(set)).Event())
				}
				for name, valid := range map[string]func([]byte) error{"json": validJSON, "har": validJSON, "ctrf": validJSON, "junit": validXML} {
					var out bytes.Buffer
					if err := replay(t, variant{reporter: name}, masked, &out); err != nil {
						t.Fatal(err)
					}
					if err := valid(out.Bytes()); err != nil {
						t.Errorf("the %s report of %s: %v", name, input, err)
					}
				}
				var out bytes.Buffer
				if err := replay(t, variant{reporter: "events"}, masked, &out); err != nil {
					t.Fatal(err)
				}
				var want, got event.Summary
				for _, e := range plain {
					want.Add(e)
				}
				if err := recording.Replay(&out, func(e event.Masked) error { got.Add(e.Event()); return nil }); err != nil {
					t.Fatal(err)
				}
				if got.Failed() != want.Failed() || got.Assertions != want.Assertions || got.Scripts != want.Scripts || got.Requests != want.Requests {
					t.Errorf("the recording of %s tells of %d failures, want %d", input, got.Failed(), want.Failed())
				}
			}
		})
	}
}

func validJSON(data []byte) error {
	var v any
	return json.Unmarshal(data, &v)
}

func validXML(data []byte) error {
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := dec.Token(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}
