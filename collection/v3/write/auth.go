package write

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// sortedKeys gives a map an order, so that files are the same each time.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// auth writes {type, credentials}. Of several credentials of one name the last counts. nil is
// no auth of its own, which inherits.
func (w *writer) auth(it *collection.Item, a *collection.Auth) yamlMap {
	if a == nil || a.Type == "" {
		return nil
	}
	if a.Type == "inherit" {
		w.lose(it, "Auth", "auth type \"inherit\", which is no type in format 2")
		return nil
	}
	m := yamlMap{{"type", yamlText(a.Type)}}
	var credentials yamlMap
	seen := map[string]bool{}
	for _, p := range slices.Backward(a.Params) {
		// A name of more than 200 bytes cannot be a key of YAML without "?", which readers of
		// the format do not expect.
		if seen[p.Key] || len(p.Key) > 200 {
			continue
		}
		seen[p.Key] = true
		v := collection.Variable{Value: p.Value, Type: p.Type}.Typed()
		if v.Kind() == collection.Number {
			v = collection.Text(v.String()) // which is all that signers see of it
		}
		if v.Kind() != collection.Undefined {
			n := jsonNode(v)
			if _, isText := n.(yamlText); isText && v.Kind() == collection.JSON {
				w.lose(it, "Auth", "credential %q: that it is JSON, which nests too deep", p.Key)
			}
			credentials = append(credentials, yamlPair{p.Key, n})
		}
	}
	slices.Reverse(credentials)
	if len(credentials) > 0 {
		m.add("credentials", credentials)
	}
	return m
}

// inherited writes the auth of a collection or folder: a list, as the app does, with ids of
// its own. dir is the folder's path, from which the id is made.
func (w *writer) inherited(it *collection.Item, dir string, a *collection.Auth) yamlNode {
	m := w.auth(it, a)
	if m == nil {
		return nil
	}
	id := w.uuid("auth " + dir)
	return yamlList{append(yamlMap{{"id", yamlText(id)}, {"name", yamlText(a.Type + " auth")}}, m...)}
}

// jsonNode writes JSON as YAML, so that value.json reads it back; what cannot be written so
// becomes its text.
func jsonNode(v collection.Value) yamlNode {
	switch v.Kind() {
	case collection.String:
		return yamlText(v.String())
	case collection.JSON:
		d := json.NewDecoder(strings.NewReader(v.String()))
		d.UseNumber()
		if n, ok := decodeNode(d, 0); ok {
			return n
		}
		return yamlText(v.String())
	default:
		return yamlWord(v.JSONText())
	}
}

// maxJSON is how deep JSON may nest in a credential or a list of packages: the reader's bound
// has to hold.
const maxJSON = format.MaxNest / 2

// decodeNode reads one value in the order of its keys; of a key that comes twice the last
// value counts, as in JSON.parse. It is false of what nests too deep, and of keys that are
// too long for YAML.
func decodeNode(d *json.Decoder, depth int) (yamlNode, bool) {
	if depth > maxJSON {
		return nil, false
	}
	token, err := d.Token()
	if err != nil {
		return nil, false
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '[' {
			list := yamlList{}
			for d.More() {
				n, ok := decodeNode(d, depth+1)
				if !ok {
					return nil, false
				}
				list = append(list, n)
			}
			_, err = d.Token()
			return list, err == nil
		}
		m := yamlMap{}
		for d.More() {
			key, err := d.Token()
			name, isText := key.(string)
			if err != nil || !isText || len(name) > 200 {
				return nil, false
			}
			n, ok := decodeNode(d, depth+1)
			if !ok {
				return nil, false
			}
			if i := slices.IndexFunc(m, func(p yamlPair) bool { return p.key == name }); i >= 0 {
				m[i].value = n
				continue
			}
			m = append(m, yamlPair{name, n})
		}
		_, err = d.Token()
		return m, err == nil
	case string:
		return yamlText(t), true
	case nil:
		return yamlWord("null"), true
	case bool:
		return yamlBool(t), true
	case json.Number:
		return yamlWord(collection.JSONValue(t.String()).JSONText()), true
	}
	return nil, false
}
