package collection

import (
	"strings"

	"github.com/tidwall/gjson"
)

// Format 1 holds all requests in one list; folders and the collection name theirs by id, in
// order. It is read into the same model as format 2. newman: postman-collection-transformer
// does this, and forgets the ids of items on the way.

// A v1 reads one collection of format 1. Errors are kept in the reader, as for format 2.
type v1 struct {
	*reader
	requests map[string]object
	folders  map[string]object
	used     map[string]bool // folders that were read, so that a cycle ends
}

// v1Collection reads format 1, in which requests and folders are flat lists that name each
// other by id. A request that no folder names is left out, as are ids that lead nowhere:
// newman runs only what an order lists.
func (r *reader) v1Collection(o object) *Collection {
	v := &v1{reader: r, requests: map[string]object{}, folders: map[string]object{}, used: map[string]bool{}}
	v.index(v.requests, o.get("requests"), "a list of requests")
	v.index(v.folders, o.get("folders"), "a list of folders")
	c := &Collection{
		ID:          firstText(o.get("id")),
		Name:        o.get("name").text(),
		Description: description(o.get("description")),
		Events:      v.events1(o),
		Variables:   v.variables1(o.get("variables")),
		Auth:        v.auth1(o),
		Behavior:    v1Behavior(o),
		Notices: []string{"The collection is of format 1, which Postman no longer exports; " +
			"export it as 2.1 to keep what later formats add."},
		v1: true,
	}
	// newman's transformer drops it: there is nothing above that could be inherited.
	if c.Auth != nil && c.Auth.Type == "noauth" {
		c.Auth = nil
	}
	if c.ID == "" {
		c.ID = r.newID()
	} else {
		// newman: the transformer writes _postman_id, which the SDK then keeps under "_".
		c.meta = []byte(`{"_postman_id":` + Quote(c.ID) + `}`)
	}
	order := v.list(o.get("folders_order"))
	// Older files list no folders for the collection: those that no other folder holds stand
	// at the top, in the order of the list.
	if !o.get("folders_order").isArray() {
		subfolders := v.subfolders()
		for _, f := range o.get("folders").elements() {
			if id := f.object().get("id").text(); !subfolders[id] {
				order = append(order, id)
			}
		}
	}
	c.Items = v.children(order, v.list(o.get("order")), nil)
	return c
}

// index files the objects of a list by their ids. Of two with the same id the last counts.
// want completes the message of an error.
func (v *v1) index(m map[string]object, n node, want string) {
	if n.truthy() && !n.isArray() {
		v.wrong(n, want)
	}
	for _, e := range n.elements() {
		if !e.isObject() {
			if !e.isNull() {
				v.wrong(e, "an object")
			}
			continue
		}
		o := e.object()
		m[o.get("id").text()] = o
	}
}

// subfolders returns the ids that folders name as theirs, for files without folders_order at
// the collection.
func (v *v1) subfolders() map[string]bool {
	ids := map[string]bool{}
	for _, f := range v.folders {
		for _, id := range v.list(f.get("folders_order")) {
			ids[id] = true
		}
	}
	return ids
}

// list reads a list of ids, which may be numbers.
func (v *v1) list(n node) []string {
	if n.truthy() && !n.isArray() {
		v.wrong(n, "a list of ids")
	}
	var ids []string
	for _, e := range n.elements() {
		ids = append(ids, e.text())
	}
	return ids
}

// children makes the items of one level: folders, then requests, as the transformer orders
// them. Ids that name nothing are dropped. A folder is read once, a request as often as it is
// listed.
func (v *v1) children(folders, requests []string, parent *Item) []*Item {
	var items []*Item
	for _, id := range folders {
		if f, ok := v.folders[id]; ok && !v.used[id] {
			v.used[id] = true // before its children, or a folder that holds itself would never end
			items = append(items, v.folder(f, parent))
		}
	}
	for _, id := range requests {
		if q, ok := v.requests[id]; ok {
			items = append(items, v.request1(q, parent))
		}
	}
	return items
}

// base reads what folders and requests share. Ids are new: see the top of the file.
func (v *v1) base(o object, parent *Item) *Item {
	return &Item{
		ID:          v.newID(),
		Name:        o.get("name").text(),
		Description: description(o.get("description")),
		Events:      v.events1(o),
		Variables:   v.variables1(o.get("variables")),
		Behavior:    v1Behavior(o),
		Pos:         v.pos(o.node),
		Parent:      parent,
	}
}

// folder reads a folder with all below it.
func (v *v1) folder(o object, parent *Item) *Item {
	it := v.base(o, parent)
	it.Auth = v.auth1(o)
	it.Items = v.children(v.list(o.get("folders_order")), v.list(o.get("order")), it)
	return it
}

// request1 reads a request of format 1. Its description belongs to the request, not to the
// item, which is where newman's transformer puts it.
func (v *v1) request1(o object, parent *Item) *Item {
	it := v.base(o, parent)
	it.Description = ""
	req := &Request{
		Method:      "GET",
		URL:         v.url1(o),
		Header:      v.headers1(o),
		Body:        v.body1(o),
		Auth:        v.auth1(o),
		Description: description(o.get("description")),
	}
	if m := o.get("method"); m.truthy() {
		req.Method = strings.ToUpper(scalarText(v.reader, m, "a method"))
	}
	it.Request = req
	it.Responses = responses1(o.get("responses")) // as JSON of format 2
	return it
}

// v1Behavior is nil for {}, which the transformer leaves out.
func v1Behavior(o object) Behavior {
	b := behavior(o.get("protocolProfileBehavior"))
	if len(b) == 0 {
		return nil
	}
	return b
}

// events1 reads the legacy tests and preRequestScript, else events. Both together are not
// read: the legacy ones win in newman's transformer. The scripts get new ids.
func (v *v1) events1(o object) []Event {
	var list []Event
	for _, legacy := range [...]struct{ key, listen string }{{"tests", "test"}, {"preRequestScript", "prerequest"}} {
		if n := o.get(legacy.key); n.truthy() {
			s, _ := v.script(n)
			s.ID = v.newID()
			list = append(list, Event{Listen: legacy.listen, Script: s, HasScript: true})
		}
	}
	if list != nil {
		return list
	}
	list = v.events(o.get("events"))
	for i := range list {
		list[i].ID = "" // newman: forgotten like all ids
		if list[i].HasScript {
			list[i].Script.ID = v.newID()
		}
	}
	return list
}

// variables1 reads variables, whose type "text" is called "string" since format 2. Postman
// shows no other difference.
func (v *v1) variables1(n node) []Variable {
	list := v.variables(n)
	for i := range list {
		if list[i].Type == "text" {
			list[i].Type = "string"
		}
	}
	return list
}

// url1 reads the URL's text; queryParams and path variables beside it are newer than what it
// holds and replace it. Where the rows say whether they have "=", the raw text is made again.
func (v *v1) url1(o object) URL {
	u := v.url(o.get("url"))
	regenerate := false
	var query []QueryParam
	for _, e := range o.get("queryParams").elements() {
		p := e.object()
		q := queryParam(p)
		q.Disabled = q.Disabled || p.get("enabled").Type == gjson.False
		// "equals" says whether a row without a value is "?a=" or "?a".
		if eq := p.get("equals"); eq.Raw != "" {
			regenerate = true
			switch {
			case eq.Type == gjson.False && q.Value == "":
				q.NoValue = true
			case eq.Type == gjson.True:
				q.NoValue = false
			}
		}
		q.Extra = p.extra("key", "value", "disabled", "description", "enabled", "equals")
		query = append(query, q)
	}
	if len(query) > 0 {
		u.Query, u.HasQuery = query, true
	}
	if regenerate {
		u.Raw = u.String()
	}
	// pathVariableData is the newer form, with descriptions; pathVariables is a map.
	vars := v.pathVariables(o.get("pathVariableData"))
	if len(vars) == 0 {
		if m := o.get("pathVariables"); m.isObject() {
			for _, f := range m.object().fields {
				vars = append(vars, PathVariable{Key: f.key, Value: f.val.value()})
			}
		}
	}
	if len(vars) > 0 {
		u.Variables = vars
	}
	return u
}

// headers1 reads headers as a list, else headerData followed by what the text in headers adds
// to it. The text repeats what headerData has; only names that are not there yet count.
func (v *v1) headers1(o object) []Header {
	text := o.get("headers")
	if text.isArray() {
		return v.headers(text)
	}
	var list []Header
	named := map[string]bool{}
	for _, e := range o.get("headerData").elements() {
		if !e.isObject() {
			continue
		}
		p := e.object()
		h := v.header(p)
		h.Disabled = h.Disabled || p.get("enabled").Type == gjson.False
		h.Extra = p.extra("key", "value", "disabled", "system", "description", "enabled")
		uncomment(&h)
		named[h.Key] = true
		list = append(list, h)
	}
	for line := range strings.FieldsFuncSeq(text.text(), func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := cutHeader(line)
		h := Header{Key: key, Value: value}
		uncomment(&h)
		if ok && h.Key != "" && !named[h.Key] {
			list = append(list, h)
		}
	}
	return list
}

// uncomment turns a key that begins with "//" into a disabled header, as Postman's bulk
// editor meant it.
func uncomment(h *Header) {
	if rest, ok := strings.CutPrefix(h.Key, "//"); ok {
		h.Key, h.Disabled = strings.TrimSpace(rest), true
	}
}
