package sdk

import (
	"github.com/dop251/goja"

	"posthaste/collection"
)

// newURL makes the Url object of a URL of the model.
func (s *SDK) newURL(u collection.URL) *goja.Object {
	o := s.allocate(s.class("Url"))
	s.urlParts(o, u, "")
	return o
}

// urlParts writes the parts of u on o. variables names the property for path variables and then makes
// it and the query plain, as Url.parse returns them; "" makes the lists of a Url.
func (s *SDK) urlParts(o *goja.Object, u collection.URL, variables string) {
	auth, protocol := goja.Undefined(), goja.Undefined()
	if u.User != nil {
		object := s.vm.NewObject()
		set(object, "user", s.vm.ToValue(u.User.User))
		set(object, "password", goja.Undefined())
		if u.User.HasPassword {
			set(object, "password", s.vm.ToValue(u.User.Password))
		}
		auth = object
	}
	if u.Protocol != "" || u.HasProtocol {
		protocol = s.vm.ToValue(u.Protocol)
	}
	port, path, hash, host := s.orUndefined(u.Port), goja.Undefined(), goja.Undefined(), goja.Undefined()
	if u.EmptyPort {
		port = s.vm.ToValue("")
	}
	if u.HasPath || len(u.Path) > 0 {
		path = s.texts(u.Path)
	}
	if u.HasHash {
		hash = s.vm.ToValue(u.Hash)
	}
	if len(u.Host) > 0 {
		host = s.texts(u.Host)
	}
	if variables != "" {
		s.plainParts(o, u, variables, map[string]goja.Value{
			"protocol": protocol, "auth": auth, "host": host, "port": port, "path": path, "hash": hash,
		})
		return
	}
	set(o, "auth", auth)
	set(o, "protocol", protocol)
	set(o, "port", port)
	set(o, "path", path)
	set(o, "hash", hash)
	set(o, "host", host)
	set(o, "query", s.query(o, u.Query))
	set(o, "variables", s.pathVariables(o, u.Variables))
}

func (s *SDK) plainParts(o *goja.Object, u collection.URL, variables string, parts map[string]goja.Value) {
	query, list := goja.Undefined(), goja.Undefined()
	if u.HasQuery || len(u.Query) > 0 {
		params := s.vm.NewArray()
		s.refill(params, s.queryParams(u.Query))
		query = params
	}
	if len(u.Variables) > 0 {
		all := make([]goja.Value, len(u.Variables))
		for i, v := range u.Variables {
			all[i] = s.vm.NewObject()
			set(s.object(all[i]), "key", s.vm.ToValue(v.Key))
		}
		list = s.array(all)
	}
	for _, key := range []string{"protocol", "auth", "host", "port", "path"} {
		set(o, key, parts[key])
	}
	set(o, "query", query)
	set(o, "hash", parts["hash"])
	set(o, variables, list)
}

// queryParams makes plain {key, value} objects.
func (s *SDK) queryParams(params []collection.QueryParam) []goja.Value {
	list := make([]goja.Value, len(params))
	for i, p := range params {
		o := s.queryPair(p.Key, p.NoKey)
		if !p.NoValue {
			set(o, "value", s.vm.ToValue(p.Value))
		}
		list[i] = o
	}
	return list
}

// query makes the list of QueryParam of a URL.
func (s *SDK) query(parent *goja.Object, params []collection.QueryParam) *goja.Object {
	o := s.newList("PropertyList", "QueryParam", parent, goja.Undefined())
	l := s.list(o)
	for _, p := range params {
		param := s.allocate(s.class("QueryParam"))
		if p.Disabled {
			set(param, "disabled", s.vm.ToValue(true))
		}
		s.describe(param, p.Description)
		key, value := s.vm.ToValue(p.Key), s.vm.ToValue(p.Value)
		if p.NoKey {
			key = goja.Null()
		}
		if p.NoValue {
			value = goja.Null()
		}
		set(param, "key", key)
		set(param, "value", value)
		l.insert(param, goja.Undefined())
	}
	return o
}

// pathVariables makes the list of Variable of a URL.
func (s *SDK) pathVariables(parent *goja.Object, list []collection.PathVariable) *goja.Object {
	o := s.newList("VariableList", "Variable", parent, goja.Undefined())
	l := s.list(o)
	for _, v := range list {
		given := s.vm.NewObject()
		if v.ID != "" {
			set(given, "id", s.vm.ToValue(v.ID))
		}
		key := v.Key
		if key == "" {
			key = v.ID
		}
		set(given, "key", s.vm.ToValue(key))
		if v.Value.Kind() != collection.Undefined {
			set(given, "value", s.show(v.Value))
		}
		if v.Type != "" {
			set(given, "type", s.vm.ToValue(v.Type))
		}
		if v.Disabled {
			set(given, "disabled", s.vm.ToValue(true))
		}
		if v.Description != "" {
			set(given, "description", s.vm.ToValue(v.Description))
		}
		l.add(args{given})
	}
	return o
}
