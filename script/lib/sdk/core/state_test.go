package core

import (
	"runtime"
	"testing"

	"github.com/dop251/goja"
)

func TestAStateIsFoundForAsLongAsItsObjectLives(t *testing.T) {
	t.Parallel()
	s := New(Env{VM: goja.New()}, func(*SDK, string) *Class { return nil })
	attach := func(st *State) *goja.Object {
		o := s.VM.NewObject()
		s.Attach(o, st)
		if s.State(o) != st {
			t.Fatal("a new object has no state")
		}
		return o
	}
	states := []*State{{}, {Body: string(make([]byte, largeState+1))}, {kept: map[string]goja.Value{"a": goja.Null()}}}
	var objects []*goja.Object
	for _, st := range states {
		objects = append(objects, attach(st))
	}
	for range 20 { // scripts
		for range 3 * mostRecent {
			attach(&State{})
		}
		s.Retire()
		runtime.GC()
		for i, o := range objects {
			if got := s.State(o); got != states[i] {
				t.Fatalf("object %d has the state %p, want %p", i, got, states[i])
			}
		}
	}
	if n := len(s.states.past); n > 2*leastSweep {
		t.Errorf("%d states are held for one object that lives", n)
	}
	if s.State(s.VM.NewObject()) != nil {
		t.Error("an object that was never attached has a state")
	}
	runtime.KeepAlive(objects)
}

// A state that comes to hold values of the script must not keep the object.
func TestAStateThatHoldsValuesGoesWithItsObject(t *testing.T) {
	t.Parallel()
	s := New(Env{VM: goja.New()}, func(*SDK, string) *Class { return nil })
	o, st := s.VM.NewObject(), &State{}
	s.Attach(o, st)
	s.Retire()
	s.keep(o, st, "part", goja.Null())
	if s.State(o) != st || len(s.states.past) != 0 {
		t.Errorf("state %p, %d held beside, want %p and none", s.State(o), len(s.states.past), st)
	}
}
