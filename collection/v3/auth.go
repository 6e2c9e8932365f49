package v3

import (
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/near"
)

// credentialNames returns the parameters of an auth type, nil for a type that Postman does
// not have. The names are those of format 2. A type without parameters, noauth, gives an
// empty list, which differs from nil.
func credentialNames(kind string) []string {
	t, ok := collection.FindAuthType(kind)
	if !ok {
		return nil
	}
	return append([]string{}, t.Params...)
}

// authTypes lists what messages offer: the types of all formats, and inherit, which only format 3 writes out.
func authTypes() []string {
	var names []string
	for _, t := range collection.AuthTypes() {
		names = append(names, t.Name)
	}
	return slices.Insert(names, len(names)-1, "inherit")
}

// auth reads {type, credentials}, or the list of these that collections and folders have,
// whose first entry is the one that is used. Nothing, and type inherit, leave the parent's.
// it is the item that losses are told of, nil for the collection.
func (r *reader) auth(v value, it *collection.Item) *collection.Auth {
	if v.isList() {
		list := v.elements()
		if len(list) == 0 {
			return nil
		}
		if len(list) > 1 {
			r.warn(list[1], "multi-auth", "put the one that runs first", "only the first of %d auths is used", len(list))
			r.lose(it, "auth: %d of %d entries, as only the first is used", len(list)-1, len(list))
		}
		v = list[0]
	}
	switch {
	case v.isNull():
		return nil
	case !v.isMap():
		r.wrong(v, "write {type: bearer, credentials: {token: …}}", "auth: expected a map with type and credentials, found %s", v.shown())
		return nil
	}
	r.known(v, "auth", "type", "credentials", "id", "name", "rules")
	if v.has("rules") { // conditions of the app, which say when an entry is used
		r.lose(it, "auth: rules")
	}
	kind := r.text(v.get("type"), "auth type")
	if kind == "" {
		r.wrong(v, "write type: bearer, basic, apikey …", "the auth has no type")
		return nil
	}
	if kind == "inherit" {
		return nil
	}
	// An unknown type is kept: newer versions of the app may know it, and a conversion must
	// not lose it.
	names := credentialNames(kind)
	if names == nil {
		hint := "the types are " + strings.Join(authTypes(), ", ")
		if meant := near.Names(kind, authTypes(), 1); len(meant) > 0 {
			hint = "did you mean " + meant[0] + "?"
		}
		r.warn(v.get("type"), "auth-type", hint, "%q is no auth type that Postman knows, so requests go out without it", kind)
	}
	a := &collection.Auth{Type: kind}
	for _, e := range r.credentials(v.get("credentials")) {
		if names != nil && !slices.Contains(names, e.key) {
			hint := kind + " has none of that name"
			if len(names) > 0 {
				hint = kind + " has " + strings.Join(names, ", ")
			}
			if meant := near.Names(e.key, names, 1); len(meant) > 0 {
				hint = "did you mean " + meant[0] + "?"
			}
			r.warn(e.place, "credential-name", hint, "%q is no credential of %s, and Postman drops it", e.key, kind)
		}
		a.Params = append(a.Params, credential(e))
	}
	return a
}

// credentials reads a map, or a list of {key, value}, which the early dialect has.
func (r *reader) credentials(v value) []pair {
	switch {
	case v.isNull(), v.isMap():
		return v.pairs()
	case !v.isList():
		r.wrong(v, "write credentials as keys and values", "credentials: expected a map, found %s", v.shown())
		return nil
	}
	var list []pair
	for _, e := range v.elements() {
		if !e.isMap() || e.get("key").isNull() {
			r.wrong(e, "write {key: name, value: text}", "credentials: expected a map with key and value, found %s", e.shown())
			continue
		}
		list = append(list, pair{key: r.text(e.get("key"), "credentials: key"), place: e.get("key"), value: e.get("value")})
	}
	return list
}

// credential reads one parameter of auth. Types are kept for the export, except of numbers,
// see below. The type of a list or map is any.
func credential(p pair) collection.AuthParam {
	v := p.value.json()
	kind := "any"
	switch v.Kind() {
	case collection.Bool:
		kind = "boolean"
	case collection.String:
		kind = "string"
	case collection.Number:
		v, kind = collection.Text(v.String()), "string" // a token or a password may well be all digits
	default:
	}
	return collection.AuthParam{Key: p.key, Value: v, Type: kind}
}
