package url

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// Read reads a Url object back into the model, after scripts may have changed any part.
// Missing and empty parts are kept apart, as New wrote them. Nothing is an error: a part of
// an unexpected type is taken as text or left out.
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
		// A script assigned a text: pm.request.url.host = "example.com".
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
		// An empty list is no query; one parameter without key and value is "?".
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

// readQueryParam keeps a null key or value apart from an empty one.
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

// readPathVariable keeps the type of the value: a number in the collection stays a number.
func readPathVariable(s *core.SDK, v goja.Value) collection.PathVariable {
	p := collection.PathVariable{Disabled: jsvalue.Truthy(jsvalue.Field(v, "disabled")), Description: property.DescriptionText(v)}
	if key := jsvalue.Field(v, "key"); jsvalue.Truthy(key) {
		p.Key = core.Text(key)
		// "any" is what Variable says of a value without a type.
	}
	if o, ok := v.(*goja.Object); ok {
		p.Value = s.Read(property.ValueOf(s, o))
	}
	if kind := jsvalue.Field(v, "type"); jsvalue.Truthy(kind) && core.Text(kind) != "any" {
		p.Type = core.Text(kind)
	}
	return p
}
