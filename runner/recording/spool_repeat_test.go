package recording_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
	"posthaste/runner/recording"
)

// Texts that come again are written once, as long as they are kept. What comes back must not depend on it.
func TestASpoolReturnsTextsThatComeAgain(t *testing.T) {
	t.Parallel()
	const events, texts = 30_000, 9_000
	r := rand.New(rand.NewPCG(3, 4))
	s := recording.NewSpool(temporary(t))
	var want []event.Event
	for range events {
		text := func() string {
			n := r.IntN(texts)
			return strings.Repeat("long ", n%7*n%3*40) + fmt.Sprint("text ", n)
		}
		e := event.Console{Level: text(), Args: []string{text(), "", text(), text()[:r.IntN(4)]}}
		if r.IntN(5) == 0 {
			e.Args = [][]string{nil, {}}[r.IntN(2)]
		}
		want = append(want, e)
		if err := s.Write(event.Spooled(e, 1)); err != nil {
			t.Fatal(err)
		}
	}
	i := 0
	if err := s.Replay(func(e event.Masked) error {
		if diff := cmp.Diff(want[i], e.Event()); diff != "" {
			t.Fatalf("event %d differs (-written +read):\n%s", i, diff)
		}
		i++
		return nil
	}); err != nil || i != events {
		t.Fatalf("%d events, %v", i, err)
	}
}

// A spool that something else has written into is an error, and never more events than were written.
func TestADamagedSpoolIsAnError(t *testing.T) {
	t.Parallel()
	const rounds = 600
	r := rand.New(rand.NewPCG(5, 6))
	errs := 0
	for range rounds {
		file := temporary(t)
		s := recording.NewSpool(file)
		for _, zero := range event.Kinds()[r.IntN(len(event.Kinds())):] {
			if err := s.Write(event.Spooled(eventtest.Filled(zero), 1)); err != nil {
				t.Fatal(err)
			}
		}
		sink := func(event.Masked) error { return nil }
		if err := s.Replay(sink); err != nil { // which has written all
			t.Fatal(err)
		}
		info, err := file.Stat()
		if err != nil {
			t.Fatal(err)
		}
		if r.IntN(3) == 0 {
			err = file.Truncate(r.Int64N(info.Size()))
		} else {
			_, err = file.WriteAt([]byte{byte(r.IntN(256)), byte(r.IntN(256))}, r.Int64N(info.Size()))
		}
		if err != nil {
			t.Fatal(err)
		}
		if s.Replay(sink) != nil {
			errs++
		}
	}
	if errs < rounds/10 {
		t.Errorf("%d of %d damaged spools were errors", errs, rounds)
	}
}

func temporary(t *testing.T) *os.File {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "spool"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}
