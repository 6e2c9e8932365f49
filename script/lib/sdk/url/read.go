package url

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// Read reads a Url object back.
func Read(s *core.SDK, o *goja.Object) collection.URL {
	var u collection.URL
	if v := jsvalue.Get(o, "protocol"); !jsvalue.IsNullish(v) {
		u.Protocol, u.HasProtocol = core.Text(v), true
	}
	if auth := jsvalue.Get(o, "auth"); jsvalue.Truthy(auth) {
		user, password := jsvalue.Field(auth, "user"), jsvalue.Field(auth, "password")
		if jsvalue.IsString(user) || jsvalue.IsString(password) {
			u.User = &collection.Userinfo{HasPassword: jsvalue.IsString(password)}
		}
		if jsvalue.IsString(user) {
			u.User.User = core.Text(user)
		}
		if jsvalue.IsString(password) {
			u.User.Password = core.Text(password)
		}
	}
	if host := jsvalue.Get(o, "host"); core.IsArray(host) {
		u.Host = core.ReadTexts(host)
	} else if jsvalue.Truthy(host) {
		u.Host = splitDomain(core.Text(host))
	}
	if v := jsvalue.Get(o, "port"); !jsvalue.IsNullish(v) {
		u.Port = core.Text(v)
		u.EmptyPort = u.Port == ""
	}
	if path := jsvalue.Get(o, "path"); core.IsArray(path) {
		u.Path, u.HasPath = core.ReadTexts(path), true
	} else if jsvalue.Truthy(path) {
		u.Path, u.HasPath = core.ReadTexts(splitPath(s, core.Text(path))), true
	}
	for _, p := range property.MembersOf(s, jsvalue.Get(o, "query")) {
		u.HasQuery = true
		u.Query = append(u.Query, readQueryParam(p))
	}
	if v := jsvalue.Get(o, "hash"); jsvalue.IsString(v) {
		u.Hash, u.HasHash = core.Text(v), true
	}
	for _, v := range property.MembersOf(s, jsvalue.Get(o, "variables")) {
		u.Variables = append(u.Variables, readPathVariable(s, v))
	}
	return u
}

func readQueryParam(p goja.Value) collection.QueryParam {
	key, value := jsvalue.Field(p, "key"), jsvalue.Field(p, "value")
	q := collection.QueryParam{
		NoKey: !jsvalue.IsString(key), NoValue: !jsvalue.IsString(value),
		Disabled: jsvalue.Truthy(jsvalue.Field(p, "disabled")), Description: property.DescriptionText(p),
	}
	if !q.NoKey {
		q.Key = core.Text(key)
	}
	if !q.NoValue {
		q.Value = core.Text(value)
	}
	return q
}

func readPathVariable(s *core.SDK, v goja.Value) collection.PathVariable {
	p := collection.PathVariable{Disabled: jsvalue.Truthy(jsvalue.Field(v, "disabled")), Description: property.DescriptionText(v)}
	if key := jsvalue.Field(v, "key"); jsvalue.Truthy(key) {
		p.Key = core.Text(key)
	}
	if o, ok := v.(*goja.Object); ok {
		p.Value = s.Read(property.ValueOf(s, o))
	}
	if kind := jsvalue.Field(v, "type"); jsvalue.Truthy(kind) && core.Text(kind) != "any" {
		p.Type = core.Text(kind)
	}
	return p
}
