package url

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// New makes the Url object of a URL of the model. It is not parsed again, so what the model
// keeps apart (an empty port, a key without "=") stays apart.
func New(s *core.SDK, u collection.URL) *goja.Object {
	o := s.Allocate(s.Class("Url"))
	urlParts(s, o, u, "")
	return o
}

// urlParts writes the parts of u on o. variables names the property for path variables and
// then makes it and the query plain, as Url.parse returns them; "" makes the lists of a Url.
// The order of the assignments is the order of keys that scripts see in Object.keys and JSON.
func urlParts(s *core.SDK, o *goja.Object, u collection.URL, variables string) {
	auth, protocol := goja.Undefined(), goja.Undefined()
	if u.User != nil {
		object := s.VM.NewObject()
		core.Set(object, "user", s.VM.ToValue(u.User.User))
		core.Set(object, "password", goja.Undefined())
		// "user@host" has a user and an undefined password; "user:@host" has an empty one.
		if u.User.HasPassword {
			core.Set(object, "password", s.VM.ToValue(u.User.Password))
		}
		auth = object
	}
	if u.Protocol != "" || u.HasProtocol {
		protocol = s.VM.ToValue(u.Protocol)
	}
	port, path, hash, host := s.OrUndefined(u.Port), goja.Undefined(), goja.Undefined(), goja.Undefined()
	// "host:" has an empty port, which the text must show again.
	if u.EmptyPort {
		port = s.VM.ToValue("")
	}
	if u.HasPath || len(u.Path) > 0 {
		path = s.Texts(u.Path)
	}
	if u.HasHash {
		hash = s.VM.ToValue(u.Hash)
	}
	if len(u.Host) > 0 {
		host = s.Texts(u.Host)
	}
	if variables != "" {
		plainParts(s, o, u, variables, map[string]goja.Value{
			"protocol": protocol, "auth": auth, "host": host, "port": port, "path": path, "hash": hash,
		})
		return
	}
	core.Set(o, "auth", auth)
	core.Set(o, "protocol", protocol)
	core.Set(o, "port", port)
	core.Set(o, "path", path)
	core.Set(o, "hash", hash)
	core.Set(o, "host", host)
	core.Set(o, "query", query(s, o, u.Query))
	core.Set(o, "variables", pathVariables(s, o, u.Variables))
}

// plainParts writes the parts as plain values, arrays instead of lists, in the order that
// Url.parse of the SDK has: the hash after the query.
func plainParts(s *core.SDK, o *goja.Object, u collection.URL, variables string, parts map[string]goja.Value) {
	query, list := goja.Undefined(), goja.Undefined()
	if u.HasQuery || len(u.Query) > 0 {
		params := s.VM.NewArray()
		s.Refill(params, queryParams(s, u.Query))
		query = params
	}
	if len(u.Variables) > 0 {
		all := make([]goja.Value, len(u.Variables))
		for i, v := range u.Variables {
			all[i] = s.VM.NewObject()
			core.Set(s.Object(all[i]), "key", s.VM.ToValue(v.Key))
		}
		list = s.Array(all)
	}
	for _, key := range []string{"protocol", "auth", "host", "port", "path"} {
		core.Set(o, key, parts[key])
	}
	core.Set(o, "query", query)
	core.Set(o, "hash", parts["hash"])
	core.Set(o, variables, list)
}

// queryParams makes plain {key, value} objects. A value is null where the parameter has no
// "=".
func queryParams(s *core.SDK, params []collection.QueryParam) []goja.Value {
	list := make([]goja.Value, len(params))
	for i, p := range params {
		o := queryPair(s, p.Key, p.NoKey)
		if !p.NoValue {
			core.Set(o, "value", s.VM.ToValue(p.Value))
		}
		list[i] = o
	}
	return list
}

// query makes the list of QueryParam of a URL. Key and value are null where the text has
// none, so that "?a" and "?a=" are told apart when the URL is written.
func query(s *core.SDK, parent *goja.Object, params []collection.QueryParam) *goja.Object {
	o := property.NewList(s, "PropertyList", "QueryParam", parent, goja.Undefined())
	l := property.ListOf(s, o)
	for _, p := range params {
		param := s.Allocate(s.Class("QueryParam"))
		if p.Disabled {
			core.Set(param, "disabled", s.VM.ToValue(true))
		}
		property.Describe(s, param, p.Description)
		key, value := s.VM.ToValue(p.Key), s.VM.ToValue(p.Value)
		if p.NoKey {
			key = goja.Null()
		}
		if p.NoValue {
			value = goja.Null()
		}
		core.Set(param, "key", key)
		core.Set(param, "value", value)
		l.Insert(param, goja.Undefined())
	}
	return o
}

// pathVariables makes the list of Variable of a URL: the values of ":name" segments. Old
// collections name a variable by its id only, so the id serves as the key then.
func pathVariables(s *core.SDK, parent *goja.Object, list []collection.PathVariable) *goja.Object {
	o := property.NewList(s, "VariableList", "Variable", parent, goja.Undefined())
	l := property.ListOf(s, o)
	for _, v := range list {
		given := s.VM.NewObject()
		if v.ID != "" {
			core.Set(given, "id", s.VM.ToValue(v.ID))
		}
		key := v.Key
		if key == "" {
			key = v.ID
		}
		core.Set(given, "key", s.VM.ToValue(key))
		// A variable without a value has none: reading it returns undefined, and the segment
		// stays ":name".
		if v.Value.Kind() != collection.Undefined {
			core.Set(given, "value", s.Show(v.Value))
		}
		if v.Type != "" {
			core.Set(given, "type", s.VM.ToValue(v.Type))
		}
		if v.Disabled {
			core.Set(given, "disabled", s.VM.ToValue(true))
		}
		if v.Description != "" {
			core.Set(given, "description", s.VM.ToValue(v.Description))
		}
		l.Add(core.Args{given})
	}
	return o
}
