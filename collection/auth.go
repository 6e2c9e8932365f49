package collection

import "slices"

// auth reads {type, <type>: parameters}, the parameters being a list (2.1) or a map (2.0).
// Without a type that is text, nothing is set and the parent's auth holds.
func (r *reader) auth(n node) *Auth {
	switch {
	case n.isObject():
	case !n.truthy():
		return nil
	default:
		r.wrong(n, "an auth object")
		return nil
	}
	o := n.object()
	t := o.get("type")
	if !t.isString() || t.Str == "" {
		return nil
	}
	return &Auth{Type: t.Str, Params: authParams(o.get(t.Str))}
}

func authParams(n node) []AuthParam {
	var list []AuthParam
	if n.isObject() {
		for _, f := range n.object().fields {
			list = append(list, AuthParam{Key: f.key, Value: f.val.value()})
		}
		return list
	}
	for _, e := range n.elements() {
		if !e.isObject() {
			continue // newman: such entries are dropped
		}
		o := e.object()
		p := AuthParam{Key: o.get("key").text(), Value: o.get("value").value(), Type: o.get("type").text()}
		list = append(list, p)
	}
	return list
}

// Param returns the value of a parameter, undefined when there is none. Of several with one key the
// last counts.
func (a *Auth) Param(key string) Value {
	if a == nil {
		return Value{}
	}
	for _, p := range slices.Backward(a.Params) {
		if p.Key == key {
			return p.Value
		}
	}
	return Value{}
}

// SetParam replaces the last parameter of that key, or adds one.
func (a *Auth) SetParam(key string, v Value) {
	for i, p := range slices.Backward(a.Params) {
		if p.Key == key {
			a.Params[i].Value = v
			return
		}
	}
	a.Params = append(a.Params, AuthParam{Key: key, Value: v})
}
