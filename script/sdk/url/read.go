package url

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/sdk/core"
	"posthaste/script/sdk/property"
)

// Read reads a Url object back.
func Read(s *core.SDK, o *goja.Object) collection.URL {
	var u collection.URL
	if v := core.Get(o, "protocol"); !core.IsNil(v) {
		u.Protocol, u.HasProtocol = core.Text(v), true
	}
	if auth := core.Get(o, "auth"); core.Truthy(auth) {
		user, password := core.Field(auth, "user"), core.Field(auth, "password")
		if core.IsString(user) || core.IsString(password) {
			u.User = &collection.Userinfo{HasPassword: core.IsString(password)}
		}
		if core.IsString(user) {
			u.User.User = core.Text(user)
		}
		if core.IsString(password) {
			u.User.Password = core.Text(password)
		}
	}
	if host := core.Get(o, "host"); core.IsArray(host) {
		u.Host = core.ReadTexts(host)
	} else if core.Truthy(host) {
		u.Host = splitDomain(core.Text(host))
	}
	if v := core.Get(o, "port"); !core.IsNil(v) {
		u.Port = core.Text(v)
		u.EmptyPort = u.Port == ""
	}
	if path := core.Get(o, "path"); core.IsArray(path) {
		u.Path, u.HasPath = core.ReadTexts(path), true
	} else if core.Truthy(path) {
		u.Path, u.HasPath = core.ReadTexts(splitPath(s, core.Text(path))), true
	}
	for _, p := range property.MembersOf(s, core.Get(o, "query")) {
		u.HasQuery = true
		u.Query = append(u.Query, readQueryParam(p))
	}
	if v := core.Get(o, "hash"); core.IsString(v) {
		u.Hash, u.HasHash = core.Text(v), true
	}
	for _, v := range property.MembersOf(s, core.Get(o, "variables")) {
		u.Variables = append(u.Variables, readPathVariable(s, v))
	}
	return u
}

func readQueryParam(p goja.Value) collection.QueryParam {
	key, value := core.Field(p, "key"), core.Field(p, "value")
	q := collection.QueryParam{
		NoKey: !core.IsString(key), NoValue: !core.IsString(value),
		Disabled: core.Truthy(core.Field(p, "disabled")), Description: property.DescriptionText(p),
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
	p := collection.PathVariable{Disabled: core.Truthy(core.Field(v, "disabled")), Description: property.DescriptionText(v)}
	if key := core.Field(v, "key"); core.Truthy(key) {
		p.Key = core.Text(key)
	}
	if o, ok := v.(*goja.Object); ok {
		p.Value = s.Read(property.ValueOf(s, o))
	}
	if kind := core.Field(v, "type"); core.Truthy(kind) && core.Text(kind) != "any" {
		p.Type = core.Text(kind)
	}
	return p
}
