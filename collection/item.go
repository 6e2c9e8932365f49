package collection

import "github.com/tidwall/gjson"

// schemaV21 is what documents of ours name as their schema. Postman's import looks at it to
// tell the format.
const schemaV21 = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"

// collection reads format 2.0 and 2.1, which differ in auth and URLs only; both forms are
// read wherever they stand. Ids and names are looked for in info and beside it, as the SDK
// does.
func (r *reader) collection(o object) *Collection {
	info := o.get("info").object()
	c := &Collection{
		ID:          firstText(info.get("_postman_id"), info.get("id"), o.get("id"), o.get("_postman_id")),
		Name:        firstText(info.get("name"), o.get("name")),
		Schema:      info.get("schema").text(),
		Events:      r.events(o.get("event")),
		Variables:   r.variables(o.get("variable")),
		Auth:        r.auth(o.get("auth")),
		Behavior:    behavior(o.get("protocolProfileBehavior")),
		Description: description(o.get("description")),
		meta:        info.extra("name", "id", "description", "version", "schema"),
	} // the other keys of info are kept, for those that begin with "_"
	if d := info.get("description"); d.truthy() {
		c.Description = description(d)
	}
	v := info.get("version")
	if v.Raw == "" {
		v = o.get("version")
	}
	c.Version = version(v)
	if c.ID == "" {
		c.ID = r.newID()
	}
	// newman: a collection without a name is called by its id.
	if c.Name == "" {
		c.Name = c.ID
		c.unnamed = true
	}
	c.Items = r.items(o.get("item"), nil)
	c.Foreign = !o.has("item") && !o.has("info")
	if !o.has("item") && len(o.fields) > 0 {
		c.Notices = append(c.Notices, "The collection holds no requests: it has no \"item\" list.")
	}
	return c
}

// bareRequest makes a collection of a file that holds one request: {"name", "event",
// "request"}. Exports write it as a collection.
func (r *reader) bareRequest(o object) *Collection {
	item := r.item(o.node, nil)
	c := &Collection{ID: r.newID(), Name: item.Name, Items: []*Item{item}, bare: true}
	if c.Name == "" {
		c.Name = c.ID
		c.unnamed = true
	}
	return c
}

// items reads a list of folders and requests; an object alone is a list of one. Null entries,
// which hand-edited files have, are skipped. parent is nil at the collection's root.
func (r *reader) items(n node, parent *Item) []*Item {
	switch {
	case n.isNull():
		return nil
	case n.isObject():
		return []*Item{r.item(n, parent)}
	case !n.isArray():
		r.wrong(n, "a list of requests and folders")
		return nil
	}
	var list []*Item
	for _, e := range n.elements() {
		switch {
		case e.isNull():
		case !e.isObject():
			r.wrong(e, "a request or a folder")
		default:
			list = append(list, r.item(e, parent))
		}
	}
	return list
}

// item reads a request or a folder; what has the key item is a folder, even an empty one. A
// missing id is made up, as newman does, and HasID tells it apart. An item with neither item
// nor request is a request that fails when it runs.
func (r *reader) item(n node, parent *Item) *Item {
	o := n.object()
	it := &Item{
		ID:          firstText(o.get("id"), o.get("_postman_id")),
		Name:        o.get("name").text(),
		Description: description(o.get("description")),
		Events:      r.events(o.get("event")),
		Behavior:    behavior(o.get("protocolProfileBehavior")),
		Pos:         r.pos(n),
		Parent:      parent,
	}
	it.HasID = it.ID != ""
	if !it.HasID {
		it.ID = r.newID()
	}
	if v := o.get("variable"); v.isArray() { // nothing reads them, so nothing in them is wrong
		it.Variables = r.variables(v)
	}
	// "item": null does not make a folder, an empty list does.
	if items := o.get("item"); !items.isNull() {
		it.Auth = r.auth(o.get("auth"))
		it.Items = r.items(items, it)
		it.Extra = o.extra("id", "name", "description", "event", "protocolProfileBehavior", "variable", "auth", "item")
		return it
	}
	it.Request = r.request(o.get("request"))
	if resp := o.get("response"); resp.isArray() && len(resp.elements()) > 0 {
		it.Responses = []byte(resp.Raw)
	}
	it.Extra = o.extra("id", "name", "description", "event", "protocolProfileBehavior", "variable", "request", "response")
	return it
}

// firstText returns the first value that JavaScript takes for true, as text. It is
// JavaScript's a || b || "".
func firstText(nodes ...node) string {
	for _, n := range nodes {
		if n.truthy() {
			return n.text()
		}
	}
	return ""
}

// description reads a text or {content, type}. The type (text/markdown, text/html) is not
// kept in the model: reports show the text alone.
func description(n node) string {
	if n.isObject() {
		return n.object().get("content").text()
	}
	if n.isString() {
		return n.Str
	}
	return ""
}

// version reads a text or {major, minor, patch, identifier}, which becomes "1.2.3-rc".
func version(n node) string {
	if !n.isObject() {
		return n.text()
	}
	o := n.object()
	v := o.get("major").text() + "." + o.get("minor").text() + "." + o.get("patch").text()
	if id := o.get("identifier").text(); id != "" {
		v += "-" + id
	}
	return v
}

// behavior reads protocolProfileBehavior without looking at its keys: which of them mean
// something is decided where they are used, and unknown ones must survive an export.
func behavior(n node) Behavior {
	if !n.isObject() {
		return nil
	}
	b := Behavior{}
	for _, f := range n.object().fields {
		b[f.key] = f.val.value()
	}
	return b
}

// events reads a list of scripts and when they run; an object alone is a list of one. Falsy
// values are no events, as for the SDK.
func (r *reader) events(n node) []Event {
	switch {
	case n.isObject():
		return r.event(nil, n)
	case !n.truthy():
		return nil
	case !n.isArray():
		r.wrong(n, "a list of events")
		return nil
	}
	var list []Event
	for _, e := range n.elements() {
		switch {
		case e.isNull():
		case !e.isObject():
			r.wrong(e, "an event")
		default:
			list = r.event(list, e)
		}
	}
	return list
}

// event keeps events of unknown names: they do nothing, but an export must not lose them.
// Each script gets an id, by which reports name its executions.
func (r *reader) event(list []Event, n node) []Event {
	o := n.object()
	e := Event{ID: o.get("id").text(), Disabled: o.get("disabled").Type == gjson.True}
	if l := o.get("listen"); l.isString() {
		e.Listen = l.Str
	}
	e.Script, e.HasScript = r.script(o.get("script"))
	if e.HasScript && e.Script.ID == "" {
		e.Script.ID = r.newID()
	}
	return append(list, e)
}

// script reads a text, a list of lines, or an object with exec. It reports false for null,
// which is an event without a script. Lines keep their places in the file, so that a fault in
// line 3 of a script can be shown where the file has it.
func (r *reader) script(n node) (Script, bool) {
	s := Script{Type: "text/javascript"}
	exec := n
	switch {
	case n.isObject():
		o := n.object()
		s.ID, s.Name = o.get("id").text(), o.get("name").text()
		if t := o.get("type"); t.truthy() {
			s.Type = t.text()
		}
		if p := o.get("packages"); p.isObject() {
			s.Packages = []byte(compact(p.Raw))
		}
		// newman: a script with src is not loaded, and its exec is not read.
		if src := o.get("src"); src.truthy() {
			s.Src = src.text()
			if src.isObject() {
				u := r.url(src)
				s.Src = u.String()
			}
			return s, true
		}
		exec = o.get("exec")
	case n.isNull():
		return Script{}, false
	}
	switch {
	case exec.isString():
		s.Source, s.Lines = exec.Str, []Pos{r.pos(exec)}
	case exec.isArray():
		lines := exec.elements()
		s.Lines = make([]Pos, len(lines))
		text := make([]byte, 0, len(exec.Raw)) // the decoded lines are at most as long as their source
		for i, l := range lines {
			if l.Type == gjson.JSON {
				r.wrong(l, "a line of the script")
			}
			s.Lines[i] = r.pos(l)
			if i > 0 {
				text = append(text, '\n')
			}
			text = append(text, l.text()...)
		}
		s.Source = string(text)
	case !exec.isNull():
		r.wrong(exec, "a script's text or list of lines")
	}
	return s, true
}
