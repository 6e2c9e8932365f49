package request

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/body"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
	"posthaste/script/lib/sdk/variable"
)

// AuthClass describes RequestAuth: the type of authentication and, under the name of each
// type, a list of parameters. Those of other types than the current one are kept, as
// Postman's app does when one changes the type to and fro.
func AuthClass(s *core.SDK) *core.Class {
	return &core.Class{
		Parent: "Property",
		Init: func(o *goja.Object, a core.Args) {
			options, _ := a.At(0).(*goja.Object)
			property.Init(s, o, core.Args{a.At(0)})
			if jsvalue.Truthy(a.At(1)) {
				core.Hide(o, property.ParentKey, a.At(1))
			}
			if options == nil {
				return
			}
			// Its lists belong to the other object; JSON gives copies.
			if s.Is(options, "RequestAuth") {
				options = property.JSON(s, options)
			}
			if s.Has(options, "type") {
				useAuth(s, o, jsvalue.Get(options, "type"), goja.Undefined())
			}
			for _, key := range options.Keys() {
				if key != "type" {
					updateAuth(s, o, jsvalue.Get(options, key), s.VM.ToValue(key))
				}
			}
		},
		Methods: []core.Method{
			{Name: "update", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
				updateAuth(s, this, a.At(0), a.At(1))
				return nil
			}},
			{Name: "use", Length: 2, Fn: func(this *goja.Object, a core.Args) goja.Value {
				useAuth(s, this, a.At(0), a.At(1))
				return nil
			}},
			// The message is the SDK's.
			{Name: "current", Length: 0, Fn: func(*goja.Object, core.Args) goja.Value {
				s.Throw("`Request#current` has been discontinued, use `Request#parameters` instead.")
				return nil
			}},
			{Name: "parameters", Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
				// undefined for a type without parameters.
				return jsvalue.Get(this, core.Text(jsvalue.Get(this, "type")))
			}},
			{Name: "clear", Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
				clearAuth(s, this, a.At(0))
				return nil
			}},
		},
		Statics: []core.Method{{Name: "isValidType", Length: 1, Fn: func(_ *goja.Object, a core.Args) goja.Value {
			return s.VM.ToValue(IsAuthType(a.At(0)))
		}}},
	}
}

// IsAuthType says whether a value can be the name of a type of authentication: any text but
// "type", which is the name of the property beside. Whether we can sign with it is decided
// when the request is sent.
func IsAuthType(v goja.Value) bool { return jsvalue.IsString(v) && core.Text(v) != "type" }

// updateAuth sets parameters of a scheme, the current one when none is named. Parameters that
// options does not name stay.
func updateAuth(s *core.SDK, o *goja.Object, options, kind goja.Value) {
	if _, ok := options.(*goja.Object); !ok {
		return
	}
	if !jsvalue.Truthy(kind) {
		kind = jsvalue.Get(o, "type")
	}
	if IsAuthType(kind) {
		setAuth(s, o, options, core.Text(kind))
	}
}

// useAuth makes kind the current scheme and sets parameters of it. An invalid kind changes
// nothing.
func useAuth(s *core.SDK, o *goja.Object, kind, options goja.Value) {
	if IsAuthType(kind) {
		core.Set(o, "type", kind)
		setAuth(s, o, options, core.Text(kind))
	}
}

// setAuth takes parameters as an array or a list of {key, value}, or as a map from key to
// value.
func setAuth(s *core.SDK, o *goja.Object, options goja.Value, kind string) {
	parameters, ok := jsvalue.Get(o, kind).(*goja.Object)
	if !ok || !s.Is(parameters, "VariableList") {
		parameters = property.NewList(s, "VariableList", "Variable", o, goja.Undefined())
		core.Set(o, kind, parameters)
	}
	l := property.ListOf(s, parameters)
	if core.IsArray(options) || s.Is(options, "VariableList") {
		l.Assimilate(options, false)
		return
	}
	variable.SyncFrom(s, l, options, false)
}

// clearAuth removes the parameters of a scheme. The list of the current scheme stays, empty;
// that of another one goes too.
func clearAuth(s *core.SDK, o *goja.Object, kind goja.Value) {
	if !IsAuthType(kind) {
		return
	}
	parameters, ok := jsvalue.Get(o, core.Text(kind)).(*goja.Object)
	if !ok || !s.Is(parameters, "VariableList") {
		return
	}
	property.ListOf(s, parameters).Clear()
	if !kind.StrictEquals(jsvalue.Get(o, "type")) {
		_ = o.Delete(core.Text(kind))
	}
}

// Authorize is authorizeUsing of requests, items and folders. It takes (type, options), one
// object of both, or null to remove what there is. Undefined and invalid types change
// nothing.
func Authorize(s *core.SDK, this *goja.Object, a core.Args) goja.Value {
	kind, options := a.At(0), a.At(1)
	if o, ok := kind.(*goja.Object); ok && jsvalue.IsNullish(options) {
		rest := s.VM.NewObject()
		for _, key := range o.Keys() {
			if key != "type" {
				core.Set(rest, key, jsvalue.Get(o, key))
			}
		}
		kind, options = jsvalue.Get(o, "type"), rest
	}
	if goja.IsNull(kind) {
		_ = this.Delete("auth")
		return nil
	}
	if !IsAuthType(kind) {
		return nil
	}
	auth, ok := jsvalue.Get(this, "auth").(*goja.Object)
	if !ok {
		// It knows its parent, so that variables of the folders above can be found from it.
		auth = s.Make("RequestAuth", goja.Null(), this)
		core.Set(this, "auth", auth)
	} else {
		clearAuth(s, auth, kind)
	}
	useAuth(s, auth, kind, options)
	return nil
}

// newAuth makes the RequestAuth of a scheme of the model. A type that is no valid name,
// "type", has no parameters.
func newAuth(s *core.SDK, a *collection.Auth) *goja.Object {
	list := make([]goja.Value, len(a.Params))
	for i, p := range a.Params {
		o := s.VM.NewObject()
		core.Set(o, "key", s.VM.ToValue(p.Key))
		core.Set(o, "value", s.Show(p.Value))
		if p.Type != "" {
			core.Set(o, "type", s.VM.ToValue(p.Type))
		}
		if p.System {
			core.Set(o, "system", s.VM.ToValue(true))
		}
		list[i] = o
	}
	given := s.VM.NewObject()
	core.Set(given, "type", s.VM.ToValue(a.Type))
	if IsAuthType(s.VM.ToValue(a.Type)) {
		core.Set(given, a.Type, s.Array(list))
	}
	return s.Make("RequestAuth", given)
}

// readAuth reads a scheme back, whatever form a script gave it: a RequestAuth, or a plain
// object that it assigned. Without a type it is nil, which inherits the folder's.
func readAuth(s *core.SDK, v goja.Value) *collection.Auth {
	if !jsvalue.Truthy(v) {
		return nil
	}
	o := s.Make("RequestAuth", property.ToJSON(s, v))
	kind := jsvalue.Get(o, "type")
	if !jsvalue.IsString(kind) {
		return nil
	}
	auth := &collection.Auth{Type: core.Text(kind)}
	for _, p := range property.MembersOf(s, jsvalue.Get(o, auth.Type)) {
		param := collection.AuthParam{Key: body.KeyText(p), Value: s.Read(property.ValueOf(s, p))}
		if t := jsvalue.Field(p, "type"); jsvalue.IsString(t) {
			param.Type = core.Text(t)
		}
		auth.Params = append(auth.Params, param)
	}
	return auth
}
