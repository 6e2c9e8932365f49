package sdk

import (
	"slices"

	"github.com/dop251/goja"
)

// A state is what Go knows of a pm.request or pm.response beside its properties. Parts are properties
// that are accessors at first; reading one builds it and makes it an ordinary property. Requests and
// responses that scripts make have no state.
type state struct {
	parts []string                                    // those that are not built yet
	build func(o *goja.Object, key string) goja.Value // builds a part, once
	touch bool                                        // a part was built or replaced

	request  *requestSource // of pm.request
	response *Response      // of pm.response
	body     string         // decoded text of response, when hasBody
	hasBody  bool
	kept     map[string]goja.Value // parts of an object that a script froze
}

// attach gives o its state, which lives as long as o does.
func (s *SDK) attach(o *goja.Object, st *state) {
	_, err := s.engine.weakSet(s.engine.weakMap, o, s.vm.ToValue(st))
	s.check(err)
}

// state returns what attach gave, nil for anything else.
func (s *SDK) state(v goja.Value) *state {
	o, _ := v.(*goja.Object)
	if o == nil {
		return nil
	}
	held, err := s.engine.weakGet(s.engine.weakMap, o)
	if err != nil {
		return nil
	}
	st, _ := held.Export().(*state)
	return st
}

// part makes key a property of o that is built when first read. Getter and setter are shared by all
// objects of the runtime.
func (s *SDK) part(o *goja.Object, st *state, key string) {
	st.parts = append(st.parts, key)
	access, ok := s.accessors[key]
	if !ok {
		access = [2]*goja.Object{
			s.function(method{"get " + key, 0, func(this *goja.Object, _ args) goja.Value { return s.buildPart(this, key) }}),
			s.function(method{"set " + key, 1, func(this *goja.Object, a args) goja.Value {
				s.replacePart(this, key, a.at(0))
				return nil
			}}),
		}
		s.accessors[key] = access
	}
	_ = o.DefineAccessorProperty(key, access[0], access[1], goja.FLAG_TRUE, goja.FLAG_TRUE)
}

func (s *SDK) buildPart(o *goja.Object, key string) goja.Value {
	st := s.state(o)
	if st == nil || !st.pending(key) {
		if st != nil && st.kept[key] != nil {
			return st.kept[key]
		}
		return goja.Undefined()
	}
	v := st.build(o, key)
	if !s.replacePart(o, key, v) {
		// A script froze the object. What the state keeps keeps the object alive too, which only happens here.
		if st.kept == nil {
			st.kept = map[string]goja.Value{}
		}
		st.kept[key] = v
		st.done(key)
	}
	return v
}

// replacePart makes a part an ordinary property. It returns false for an object that is frozen.
func (s *SDK) replacePart(o *goja.Object, key string, v goja.Value) bool {
	if o.DefineDataProperty(key, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE) != nil {
		return false
	}
	if st := s.state(o); st != nil {
		st.done(key)
	}
	return true
}

func (st *state) done(key string) {
	st.parts = slices.DeleteFunc(st.parts, func(k string) bool { return k == key })
	st.touch = true
}

// pending tells whether a part was neither read nor written.
func (st *state) pending(key string) bool { return st != nil && slices.Contains(st.parts, key) }
