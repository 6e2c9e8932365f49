package core

import (
	"slices"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
)

// A State is what Go knows of a pm.request or pm.response beside its properties. Parts are properties
// that are accessors at first; reading one builds it and makes it an ordinary property. Requests and
// responses that scripts make have no state.
type State struct {
	Parts []string                                    // those that are not built yet
	Build func(o *goja.Object, key string) goja.Value // builds a part, once
	Touch bool                                        // a part was built or replaced

	Request  *RequestSource // of pm.request
	Response *Response      // of pm.response
	Body     string         // decoded text of response, when hasBody
	HasBody  bool
	kept     map[string]goja.Value // parts of an object that a script froze
	room     [mostParts]string     // of Parts
}

// mostParts is how many parts an object has at most.
const mostParts = 5

// Begin readies the state for parts.
func (st *State) Begin() { st.Parts = st.room[:0] }

// Part makes key a property of o that is built when first read. Getter and setter are shared by all
// objects of the runtime.
func (s *SDK) Part(o *goja.Object, st *State, key string) {
	st.Parts = append(st.Parts, key)
	access, ok := s.accessors[key]
	if !ok {
		access = [2]*goja.Object{
			s.Function(Method{"get " + key, 0, func(this *goja.Object, _ Args) goja.Value { return s.buildPart(this, key) }}),
			s.Function(Method{"set " + key, 1, func(this *goja.Object, a Args) goja.Value {
				s.replacePart(this, key, a.At(0))
				return nil
			}}),
		}
		s.accessors[key] = access
	}
	_ = o.DefineAccessorProperty(key, access[0], access[1], goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// buildPart makes a part when it is first read, and puts it in the place of the getter.
func (s *SDK) buildPart(o *goja.Object, key string) goja.Value {
	st := s.State(o)
	if st == nil || !st.Pending(key) {
		if st != nil && st.kept[key] != nil {
			return st.kept[key]
		}
		return goja.Undefined()
	}
	v := st.Build(o, key)
	if !s.replacePart(o, key, v) {
		// A script froze the object. What the state keeps keeps the object alive too, which only happens here.
		s.keep(o, st, key, v)
		st.done(key)
	}
	return v
}

// replacePart makes a part an ordinary property. It returns false for an object that is frozen.
func (s *SDK) replacePart(o *goja.Object, key string, v goja.Value) bool {
	if o.DefineDataProperty(key, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE) != nil {
		return false
	}
	if st := s.State(o); st != nil {
		st.done(key)
	}
	return true
}

func (st *State) done(key string) {
	st.Parts = slices.DeleteFunc(st.Parts, func(k string) bool { return k == key })
	st.Touch = true
}

// Pending says whether a part was neither read nor written.
func (st *State) Pending(key string) bool { return st != nil && slices.Contains(st.Parts, key) }

// RequestSource is what a pm.request was made from.
type RequestSource struct {
	Request collection.Request
	Parts   []string // that the object had to begin with
}

// DefineTo gives an object the assertions under "to", where enumeration does not see them.
func (s *SDK) DefineTo(o *goja.Object) {
	if s.to == nil {
		s.to = s.Function(Method{"get to", 0, func(this *goja.Object, _ Args) goja.Value {
			if s.Expect == nil {
				return nil
			}
			return jsvalue.Get(s.Object(s.Expect(this)), "to")
		}})
	}
	_ = o.DefineAccessorProperty("to", s.to, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}
