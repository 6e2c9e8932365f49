package sdk

import (
	"github.com/dop251/goja"

	"posthaste/collection"
)

func (s *SDK) requestAuthClass() *class {
	return &class{
		parent: "Property",
		init: func(o *goja.Object, a args) {
			options, _ := a.at(0).(*goja.Object)
			s.initProperty(o, args{a.at(0)})
			if truthy(a.at(1)) {
				hide(o, parentKey, a.at(1))
			}
			if options == nil {
				return
			}
			if s.is(options, "RequestAuth") {
				options = s.baseJSON(options)
			}
			if s.has(options, "type") {
				s.useAuth(o, get(options, "type"), goja.Undefined())
			}
			for _, key := range options.Keys() {
				if key != "type" {
					s.updateAuth(o, get(options, key), s.vm.ToValue(key))
				}
			}
		},
		methods: []method{
			{"update", 2, func(this *goja.Object, a args) goja.Value {
				s.updateAuth(this, a.at(0), a.at(1))
				return nil
			}},
			{"use", 2, func(this *goja.Object, a args) goja.Value {
				s.useAuth(this, a.at(0), a.at(1))
				return nil
			}},
			{"current", 0, func(*goja.Object, args) goja.Value {
				s.throw("`Request#current` has been discontinued, use `Request#parameters` instead.")
				return nil
			}},
			{"parameters", 0, func(this *goja.Object, _ args) goja.Value {
				return get(this, text(get(this, "type")))
			}},
			{"clear", 1, func(this *goja.Object, a args) goja.Value {
				s.clearAuth(this, a.at(0))
				return nil
			}},
		},
		statics: []method{{"isValidType", 1, func(_ *goja.Object, a args) goja.Value {
			return s.vm.ToValue(isAuthType(a.at(0)))
		}}},
	}
}

func isAuthType(v goja.Value) bool { return isString(v) && text(v) != "type" }

// updateAuth sets parameters of a scheme, the current one when none is named.
func (s *SDK) updateAuth(o *goja.Object, options, kind goja.Value) {
	if _, ok := options.(*goja.Object); !ok {
		return
	}
	if !truthy(kind) {
		kind = get(o, "type")
	}
	if isAuthType(kind) {
		s.setAuth(o, options, text(kind))
	}
}

// useAuth makes kind the scheme and sets parameters of it.
func (s *SDK) useAuth(o *goja.Object, kind, options goja.Value) {
	if isAuthType(kind) {
		set(o, "type", kind)
		s.setAuth(o, options, text(kind))
	}
}

func (s *SDK) setAuth(o *goja.Object, options goja.Value, kind string) {
	parameters, ok := get(o, kind).(*goja.Object)
	if !ok || !s.is(parameters, "VariableList") {
		parameters = s.newList("VariableList", "Variable", o, goja.Undefined())
		set(o, kind, parameters)
	}
	l := s.list(parameters)
	if isArray(options) || s.is(options, "VariableList") {
		l.assimilate(options, false)
		return
	}
	s.syncFrom(l, options, false)
}

func (s *SDK) clearAuth(o *goja.Object, kind goja.Value) {
	if !isAuthType(kind) {
		return
	}
	parameters, ok := get(o, text(kind)).(*goja.Object)
	if !ok || !s.is(parameters, "VariableList") {
		return
	}
	s.list(parameters).clear()
	if !kind.StrictEquals(get(o, "type")) {
		_ = o.Delete(text(kind))
	}
}

// authorize takes (type, options), an object of both, or null to drop what there is.
func (s *SDK) authorize(this *goja.Object, a args) goja.Value {
	kind, options := a.at(0), a.at(1)
	if o, ok := kind.(*goja.Object); ok && isNil(options) {
		rest := s.vm.NewObject()
		for _, key := range o.Keys() {
			if key != "type" {
				set(rest, key, get(o, key))
			}
		}
		kind, options = get(o, "type"), rest
	}
	if goja.IsNull(kind) {
		_ = this.Delete("auth")
		return nil
	}
	if !isAuthType(kind) {
		return nil
	}
	auth, ok := get(this, "auth").(*goja.Object)
	if !ok {
		auth = s.make("RequestAuth", goja.Null(), this)
		set(this, "auth", auth)
	} else {
		s.clearAuth(auth, kind)
	}
	s.useAuth(auth, kind, options)
	return nil
}

// newAuth makes the RequestAuth of a scheme of the model.
func (s *SDK) newAuth(a *collection.Auth) *goja.Object {
	list := make([]goja.Value, len(a.Params))
	for i, p := range a.Params {
		o := s.vm.NewObject()
		set(o, "key", s.vm.ToValue(p.Key))
		set(o, "value", s.show(p.Value))
		if p.Type != "" {
			set(o, "type", s.vm.ToValue(p.Type))
		}
		if p.System {
			set(o, "system", s.vm.ToValue(true))
		}
		list[i] = o
	}
	given := s.vm.NewObject()
	set(given, "type", s.vm.ToValue(a.Type))
	if isAuthType(s.vm.ToValue(a.Type)) {
		set(given, a.Type, s.array(list))
	}
	return s.make("RequestAuth", given)
}

// readAuth reads a scheme back, whatever form a script gave it. Without a type it is nil.
func (s *SDK) readAuth(v goja.Value) *collection.Auth {
	if !truthy(v) {
		return nil
	}
	o := s.make("RequestAuth", s.toJSON(v))
	kind := get(o, "type")
	if !isString(kind) {
		return nil
	}
	auth := &collection.Auth{Type: text(kind)}
	for _, p := range s.membersOf(get(o, auth.Type)) {
		param := collection.AuthParam{Key: s.keyText(p), Value: s.read(s.valueOf(p))}
		if t := field(p, "type"); isString(t) {
			param.Type = text(t)
		}
		auth.Params = append(auth.Params, param)
	}
	return auth
}
