package script

import (
	"github.com/dop251/goja"

	"posthaste/script/engine/rewrite"
	"posthaste/script/lib/sdk"
)

// Most scripts use pm plainly: they call pm.test, read pm.response.json(), set a variable, and keep none of the objects in
// between. Such scripts are given a pm that all of them share, and its members give objects that they share too, or that
// do less; which member may is known by the pm that it is read from. All other code, as functions that scripts have left on
// the global object, has a pm of its own, and with it what it always had.

// A plainPM is the pm of scripts that use it plainly, in these ways.
type plainPM struct {
	object *goja.Object
	plain  rewrite.Plain
}

// argument is the pm that a script is given.
func argument(r *run) goja.Value {
	plain := r.script.Plain()
	if plain == 0 {
		return r.pmObject()
	}
	for _, pm := range r.instance.plainPMs {
		if pm.plain == plain {
			return pm.object
		}
	}
	pm := plainPM{newPM(r), plain}
	r.instance.plainPMs = append(r.instance.plainPMs, pm)
	return pm.object
}

// plainOf is how plainly a script uses the pm that a member is read from, 0 for one of its own.
func (s *instance) plainOf(pm goja.Value) rewrite.Plain {
	for _, known := range s.plainPMs {
		if pm == goja.Value(known.object) {
			return known.plain
		}
	}
	return 0
}

// leanResponse is pm.response where no more than the usual is read of it.
func leanResponse(r *run) goja.Value {
	s, res := r.instance, r.call.Response
	if res == nil || r.parts[partResponse] != nil {
		return r.Response() // a script may have changed it
	}
	if lean := s.sdk.LeanResponse(sdk.Response{
		Received: res.Received, ID: res.ID, Code: res.Code, Reason: res.Reason, Header: res.Header, Body: res.Body,
		TimeMS: res.Time.Milliseconds(),
	}, s.fullResponse); lean != nil {
		return lean
	}
	return r.Response()
}

// sharedInfo is pm.info where members are read of it and nothing else.
func (s *instance) sharedInfo() goja.Value {
	if s.info == nil {
		s.info = s.vm.NewDynamicObject(info{s})
		_ = s.info.SetPrototype(nil)
	}
	return s.info
}

// An info shows what pm.info says of the script that runs.
type info struct{ s *instance }

// Get reads a member.
func (i info) Get(name string) goja.Value {
	if i.s.cur == nil {
		return nil
	}
	return infoMember(i.s.cur, name)
}

// Has says whether there is a member of that name.
func (i info) Has(name string) bool { return i.Get(name) != nil }

// Set does nothing.
func (i info) Set(string, goja.Value) bool { return false }

// Delete does nothing.
func (i info) Delete(string) bool { return false }

// Keys lists nothing: scripts that list the members do not see the object.
func (i info) Keys() []string { return nil }
