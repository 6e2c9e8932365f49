package sdk

import (
	"github.com/dop251/goja"

	"posthaste/collection"
)

// readURL reads a Url object back.
func (s *SDK) readURL(o *goja.Object) collection.URL {
	var u collection.URL
	if v := get(o, "protocol"); !isNil(v) {
		u.Protocol, u.HasProtocol = text(v), true
	}
	if auth := get(o, "auth"); truthy(auth) {
		user, password := field(auth, "user"), field(auth, "password")
		if isString(user) || isString(password) {
			u.User = &collection.Userinfo{HasPassword: isString(password)}
		}
		if isString(user) {
			u.User.User = text(user)
		}
		if isString(password) {
			u.User.Password = text(password)
		}
	}
	if host := get(o, "host"); isArray(host) {
		u.Host = readTexts(host)
	} else if truthy(host) {
		u.Host = splitDomain(text(host))
	}
	if v := get(o, "port"); !isNil(v) {
		u.Port = text(v)
		u.EmptyPort = u.Port == ""
	}
	if path := get(o, "path"); isArray(path) {
		u.Path, u.HasPath = readTexts(path), true
	} else if truthy(path) {
		u.Path, u.HasPath = readTexts(s.splitPath(text(path))), true
	}
	for _, p := range s.membersOf(get(o, "query")) {
		u.HasQuery = true
		u.Query = append(u.Query, readQueryParam(p))
	}
	if v := get(o, "hash"); isString(v) {
		u.Hash, u.HasHash = text(v), true
	}
	for _, v := range s.membersOf(get(o, "variables")) {
		u.Variables = append(u.Variables, s.readPathVariable(v))
	}
	return u
}

func readTexts(list goja.Value) []string {
	all := items(list)
	texts := make([]string, len(all))
	for i, v := range all {
		if !isNil(v) {
			texts[i] = text(v)
		}
	}
	return texts
}

func readQueryParam(p goja.Value) collection.QueryParam {
	key, value := field(p, "key"), field(p, "value")
	q := collection.QueryParam{
		NoKey: !isString(key), NoValue: !isString(value),
		Disabled: truthy(field(p, "disabled")), Description: description(p),
	}
	if !q.NoKey {
		q.Key = text(key)
	}
	if !q.NoValue {
		q.Value = text(value)
	}
	return q
}

func (s *SDK) readPathVariable(v goja.Value) collection.PathVariable {
	p := collection.PathVariable{Disabled: truthy(field(v, "disabled")), Description: description(v)}
	if key := field(v, "key"); truthy(key) {
		p.Key = text(key)
	}
	if o, ok := v.(*goja.Object); ok {
		p.Value = s.read(s.valueOf(o))
	}
	if kind := field(v, "type"); truthy(kind) && text(kind) != "any" {
		p.Type = text(kind)
	}
	return p
}
