// Package write makes the files of format 3 from a collection, and lists what the format cannot say.
//
// YAML is written by hand, since no library keeps Postman's order, quotes and block literals, which make diffs
// readable. What format 3 has no place for is a Loss that the user sees; nothing is dropped in silence.
package write

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// A writer makes the files of a collection. It is used once.
type writer struct {
	c      *collection.Collection
	files  map[string][]byte
	losses []collection.Loss
	parts  map[part]bool

	notices []string
}

// A part is a field of an item, or of the collection, whose item is nil.
type part struct {
	item  *collection.Item
	field string
}

// Written is what Collection made.
type Written struct {
	Files  map[string][]byte // by path in the collection's directory, with slashes
	Losses []collection.Loss // what format 3 cannot say

	Notices []string // what is left out and changes nothing

	parts map[part]bool
}

// Lost says whether a loss of that field of an item is listed. The item is one of the
// collection that was written, nil for the collection itself. Fields are named as the model
// names them: "Body", "Events".
func (w Written) Lost(it *collection.Item, field string) bool { return w.parts[part{it, field}] }

// Collection returns the collection as the files of format 3. What a format 2 file says of
// its own bookkeeping (keys that begin with "_", uuids, the types of headers) is left out
// without a word. c is not changed.
func Collection(c *collection.Collection) Written {
	w := &writer{c: c, files: map[string][]byte{}, parts: map[part]bool{}}
	m := yamlMap{{"$kind", yamlWord(format.Collection)}}
	m.text("id", c.ID)
	m.text("name", c.Name)
	m.text("description", c.Description)
	if c.Version != "" {
		w.lose(nil, "Version", "version %s", c.Version)
	}
	m.add("variables", w.variables(nil, c.Variables))
	m.add("auth", w.inherited(nil, "", c.Auth))
	m.add("scripts", w.scripts(nil, c.Events, format.Collection, c.Items))
	w.behavior(nil, c.Behavior)
	w.put(".resources/definition.yaml", m)
	w.items("", c.Items)
	return Written{Files: w.files, Losses: w.losses, Notices: w.notices, parts: w.parts}
}

// put adds a file under a path in the collection's directory.
func (w *writer) put(name string, m yamlMap) { w.files[name] = m.document() }

// Path returns an item's names joined as losses show them; nil is the collection. An item
// without a name is called by its place among its siblings in c: "request 3".
func Path(c *collection.Collection, it *collection.Item) string {
	if it == nil {
		return ""
	}
	name := it.Name
	if name == "" {
		siblings, kind := c.Items, "request"
		if it.Parent != nil {
			siblings = it.Parent.Items
		}
		if it.IsFolder() {
			kind = "folder"
		}
		name = fmt.Sprintf("%s %d", kind, slices.Index(siblings, it)+1)
	}
	if it.Parent == nil {
		return name
	}
	return Path(c, it.Parent) + " / " + name
}

// lose lists a loss of a field of an item, nil for the collection.
func (w *writer) lose(it *collection.Item, field, format string, args ...any) {
	w.parts[part{it, field}] = true
	w.losses = append(w.losses, collection.Loss{Path: Path(w.c, it), What: fmt.Sprintf(format, args...)})
}

// notice says of an item what is left out and changes nothing.
func (w *writer) notice(it *collection.Item, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if it != nil {
		text = Path(w.c, it) + ": " + text
	}
	w.notices = append(w.notices, text)
}

// items writes a directory's folders and requests. Order is spaced as Postman does, so that
// there is room between.
func (w *writer) items(dir string, list []*collection.Item) {
	names := directory{}
	for i, it := range list {
		order := yamlWord(fmt.Sprint((i + 1) * 1000))
		if it.Request != nil {
			w.request(dir, names.name(cmp.Or(it.Name, "request"), ".request.yaml"), it, order)
			continue
		}
		stem := names.name(cmp.Or(it.Name, "folder"), "")
		m := yamlMap{{"$kind", yamlWord(format.Collection)}}
		if it.HasID {
			m.text("id", it.ID)
		}
		if it.Name != stem {
			m.add("name", yamlText(it.Name)) // be it empty
		}
		m.text("description", it.Description)
		m.add("variables", w.variables(it, it.Variables))
		m.add("auth", w.inherited(it, path.Join(dir, stem), it.Auth))
		m.add("scripts", w.scripts(it, it.Events, format.Collection, it.Items))
		m.add("order", order)
		w.behavior(it, it.Behavior)
		w.extra(it, "Extra", "", it.Extra)
		w.put(path.Join(dir, stem, ".resources/definition.yaml"), m)
		w.items(path.Join(dir, stem), it.Items)
	}
}

// extra lists keys that the format does not have, but for bookkeeping. what names the part
// whose keys they are, "" the item itself.
func (w *writer) extra(it *collection.Item, field, what string, raw []byte) {
	if raw == nil {
		return
	}
	var keys map[string]json.RawMessage
	if json.Unmarshal(raw, &keys) != nil {
		return
	}
	for _, key := range sortedKeys(keys) {
		switch {
		case strings.HasPrefix(key, "_"), key == "uuid", key == "id", key == "name", key == "type", key == "warning", key == "isDescriptionRequired",
			key == "description", key == "equals", key == "enabled":
		case what == "":
			w.lose(it, field, "key %q", key)
		default:
			w.lose(it, field, "%s: key %q", what, key)
		}
	}
}

// uuid returns an id that is the same whenever the same collection is written.
func (w *writer) uuid(seed string) string {
	sum := sha256.Sum256([]byte(w.c.ID + "\x00" + seed))
	return collection.NewUUID(strings.NewReader(string(sum[:])))
}

// variables writes a map where names and values are all there is, else a list. The format has
// texts only, so other types are lost.
func (w *writer) variables(it *collection.Item, list []collection.Variable) yamlNode {
	var rows []row
	for _, v := range list {
		value := v.Typed()
		switch {
		case value.Kind() == collection.Undefined:
			w.lose(it, "Variables", "variable %q: that it has no value", v.Key)
		case !value.IsString():
			w.lose(it, "Variables", "variable %q: that its value is no text", v.Key)
		}
		if v.Type == "secret" {
			w.lose(it, "Variables", "variable %q: type secret", v.Key)
		}
		w.extra(it, "Variables", fmt.Sprintf("variable %q", v.Key), v.Extra)
		rows = append(rows, row{key: v.Key, value: yamlText(value.String()), disabled: v.Disabled, description: v.Description})
	}
	return mapOrList(rows)
}

// A row is one name and value of what may be a map or a list.
type row struct {
	key         string
	value       yamlNode
	noKey       bool
	disabled    bool
	description string
}

// mapOrList writes rows as a map where that says all, and names are short and come once, or
// nil.
func mapOrList(rows []row) yamlNode {
	if len(rows) == 0 {
		return nil
	}
	var m yamlMap
	seen := map[string]bool{}
	for _, e := range rows {
		if seen[e.key] || e.noKey || e.disabled || e.description != "" || e.key == "" || len(e.key) > 200 {
			return rowList(rows)
		}
		seen[e.key] = true
		m = append(m, yamlPair{e.key, e.value})
	}
	return m
}

// rowList writes rows as a list of maps: the long form, for rows that share a name, are
// switched off or described.
func rowList(rows []row) yamlNode {
	list := make(yamlList, len(rows))
	for i, e := range rows {
		m := yamlMap{{"key", yamlText(e.key)}, {"value", e.value}}
		if e.noKey {
			m[0].value = yamlWord("null")
		}
		m.text("description", e.description)
		if e.disabled {
			m.add("disabled", yamlBool(true))
		}
		list[i] = m
	}
	return list
}
