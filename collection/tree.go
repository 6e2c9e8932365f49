package collection

import "iter"

// Walk calls visit for each folder and request in file order, a folder before what it holds.
// It stops at the first error and returns it as it is. visit must not change the lists.
func (c *Collection) Walk(visit func(*Item) error) error { return walk(c.Items, visit) }

func walk(items []*Item, visit func(*Item) error) error {
	for _, it := range items {
		if err := visit(it); err != nil {
			return err
		}
		if err := walk(it.Items, visit); err != nil {
			return err
		}
	}
	return nil
}

// Requests returns the requests of all folders in the order in which they run, unless scripts
// choose another.
func (c *Collection) Requests() []*Item {
	var list []*Item
	_ = c.Walk(func(it *Item) error {
		if it.Request != nil {
			list = append(list, it)
		}
		return nil
	})
	return list
}

// IsFolder reports whether the item holds others instead of being a request.
func (it *Item) IsFolder() bool { return it.Request == nil }

// Within says whether the item is, or is in, another one. Every item is within nil, which
// stands for the whole collection. Items are compared by pointer.
func (it *Item) Within(whole *Item) bool {
	for at := it; whole != nil && at != whole; at = at.Parent {
		if at == nil {
			return false
		}
	}
	return true
}

// ancestors yields the item's folders, innermost first; none for an item at the root.
func (it *Item) ancestors() iter.Seq[*Item] {
	return func(yield func(*Item) bool) {
		for f := it.Parent; f != nil; f = f.Parent {
			if !yield(f) {
				return
			}
		}
	}
}

// Folders returns the folders that hold the item, outermost first. It counts first, so that
// the list is made once: it is asked for with each request.
func (it *Item) Folders() []*Item {
	n := 0
	for range it.ancestors() {
		n++
	}
	list := make([]*Item, n)
	for f := range it.ancestors() {
		n--
		list[n] = f
	}
	return list
}

// Path returns the names of the folders that hold the item, outermost first, without the
// item's own and the collection's.
func (it *Item) Path() []string {
	folders := it.Folders()
	names := make([]string, len(folders))
	for i, f := range folders {
		names[i] = f.Name
	}
	return names
}

// EffectiveAuth returns the auth that an item runs with: its own, else that of the nearest
// folder or the collection that has one, else nil. It is shared with the collection: clone
// before changing. newman: "noauth" and types that nobody knows stop the search too, and an
// auth beside a request's "request" is not read.
func (it *Item) EffectiveAuth(c *Collection) *Auth {
	if it.Request != nil && it.Request.Auth.valid() {
		return it.Request.Auth
	}
	if it.Request == nil && it.Auth.valid() {
		return it.Auth
	}
	for f := range it.ancestors() {
		if f.Auth.valid() {
			return f.Auth
		}
	}
	if c != nil && c.Auth.valid() {
		return c.Auth
	}
	return nil
}

// valid reports whether an auth is one at all; {} in a file inherits.
func (a *Auth) valid() bool { return a != nil && a.Type != "" }

// EffectiveBehavior merges protocolProfileBehavior key by key; the nearest level wins. The
// result is the caller's own; it is nil when no level says anything. c may be nil.
func (it *Item) EffectiveBehavior(c *Collection) Behavior {
	var merged Behavior
	add := func(b Behavior) {
		for key, value := range b {
			if merged == nil {
				merged = Behavior{}
			}
			merged[key] = value
		}
	}
	if c != nil {
		add(c.Behavior)
	}
	for _, f := range it.Folders() {
		add(f.Behavior)
	}
	add(it.Behavior)
	return merged
}

// An OwnedEvent is an event with the level that it belongs to, which reports and error
// messages name.
type OwnedEvent struct {
	Event
	Level string // "collection", "folder" or "item"
	Name  string // of the collection, folder or item
	ID    string // of the collection, folder or item
	Index int    // among all events of the level, in file order
}

// Scripts returns the events for one occasion ("prerequest" or "test") in the order in which
// they run for the item: collection, outer folder, …, inner folder, item. Disabled events and
// those without script are left out, and so are those of format 3 that are for another kind
// of request. c may be nil.
func (it *Item) Scripts(c *Collection, listen string) []OwnedEvent {
	var list []OwnedEvent
	add := func(events []Event, level, name, id string) {
		for i, e := range events {
			if e.Listen == listen && !e.Disabled && e.runsFor(it) && (e.HasScript || e.Script.Source != "") {
				list = append(list, OwnedEvent{e, level, name, id, i})
			}
		}
	}
	if c != nil {
		add(c.Events, "collection", c.Name, c.ID)
	}
	for _, f := range it.Folders() {
		add(f.Events, "folder", f.Name, f.ID)
	}
	add(it.Events, "item", it.Name, it.ID)
	return list
}

// runsFor reports whether the event is for requests of the item's kind. Only format 3 has
// such a restriction.
func (e Event) runsFor(it *Item) bool {
	kind := it.Kind
	if kind == "" {
		kind = "http"
	}
	return e.Only == "" || e.Only == kind
}
