package recording_test

import (
	"os"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/runner/event"
	"posthaste/runner/event/eventtest"
	"posthaste/runner/recording"
)

func TestASpoolReturnsEveryKindOfEvent(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "spool")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	want := append(event.Kinds(), eventtest.Failing(20)...)
	for _, zero := range event.Kinds() {
		want = append(want, eventtest.Filled(zero))
	}
	s := recording.NewSpool(file)
	for _, e := range want {
		if err := s.Write(event.Spooled(e, 7)); err != nil {
			t.Fatal(err)
		}
	}
	var got []event.Event
	if err := s.Replay(func(e event.Masked) error {
		if known := e.Known(); known != 7 {
			t.Errorf("%s comes back masked by %d secrets, want 7", e.Event().Kind(), known)
		}
		got = append(got, e.Event())
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the events differ (-written +read):\n%s", diff)
	}
	for _, e := range got {
		if reflect.TypeOf(e).Kind() == reflect.Pointer {
			t.Fatalf("%T comes back as a pointer", e)
		}
	}
}
