package runner

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/internal/near"
	"posthaste/runner/event"
)

// A plan is the requests of an iteration in their order, and how to find one of them. It does
// not change after it was made and may be shared.
type plan struct {
	items  []*planned
	byID   map[string]int
	byName map[string]int // of duplicate names the last (newman: setNextRequest jumps to the last)
	seen   int            // requests gone past, also those that the selection leaves out
}

// planned is an item with what it inherits, worked out once: scripts, authentication and
// behavior are asked for in every iteration.
type planned struct {
	item       *collection.Item
	position   int  // in the whole run, which this may be a part of
	setup      bool // every unit or shard begins with it
	teardown   bool // it gives back what an iteration has made
	path       []string
	location   []string // collection, folders, item
	title      string   // folders and item, as stack traces name its scripts
	url        string   // as written
	written    string   // the same with the values of its path variables
	prerequest []collection.OwnedEvent
	test       []collection.OwnedEvent
	auth       *collection.Auth
	behavior   collection.Behavior
	document   []byte
}

// newPlan flattens what the folders select. No folder selects everything. The error names a
// folder that is not there.
func newPlan(opt *Options) (*plan, error) {
	roots, err := selectItems(opt.Collection, opt.Folders)
	if err != nil {
		return nil, err
	}
	p := &plan{}
	for _, root := range roots {
		p.add(opt, root)
	}
	p.index()
	return p, nil
}

// Requests returns the requests that an iteration runs, in their order. The error is that of Run.
func Requests(opt Options) ([]*collection.Item, error) {
	if opt.Collection == nil {
		return nil, errNoCollection
	}
	opt.Documents = false
	p, err := newPlan(&opt)
	if err != nil {
		return nil, err
	}
	list := make([]*collection.Item, len(p.items))
	for i, item := range p.items {
		list[i] = item.item
	}
	return list, nil
}

// index makes the items' positions known by id and by name. It must be called after the last
// add.
func (p *plan) index() {
	p.byID, p.byName = make(map[string]int, len(p.items)), make(map[string]int, len(p.items))
	for i, item := range p.items {
		p.byID[item.item.ID] = i
		p.byName[item.item.Name] = i
	}
}

// add puts requests in the order in which they run. What every iteration needs is worked out
// once here. Positions count what Select leaves out, so that they are the same in every
// shard.
func (p *plan) add(opt *Options, item *collection.Item) {
	if item.Request == nil {
		for _, child := range item.Items {
			p.add(opt, child)
		}
		return
	}
	if opt.Teardown != nil && opt.Teardown(item) { // it runs behind all others
		return
	}
	position := p.seen
	p.seen++
	if opt.Select != nil && !opt.Select(item) {
		return
	}
	c := opt.Collection
	path := item.Path()
	next := &planned{
		item: item, position: position, path: path,
		location:   append(append([]string{c.Name}, path...), item.Name),
		title:      strings.Join(append(slices.Clone(path), item.Name), " › "),
		url:        item.Request.URL.String(),
		prerequest: item.Scripts(c, event.PhasePrerequest), test: item.Scripts(c, event.PhaseTest),
		auth: item.EffectiveAuth(c), behavior: item.EffectiveBehavior(c),
	}
	if next.written = next.url; len(item.Request.URL.Variables) > 0 {
		next.written = item.Request.URL.Resolved()
	}
	if opt.Documents {
		next.document = item.Document()
	}
	p.items = append(p.items, next)
}

// find returns the position of the request that setNextRequest means: by id, else by name.
// Ids and names are compared exactly.
func (p *plan) find(target string) (int, bool) {
	if i, ok := p.byID[target]; ok {
		return i, true
	}
	i, ok := p.byName[target]
	return i, ok
}

// selectItems returns the items that run. One name is looked for level by level, the first
// match wins; several names take what they match in the collection's order (newman:
// extract-runnable-items.js). An id is as good as a name.
func selectItems(c *collection.Collection, names []string) ([]*collection.Item, error) {
	names = distinct(names)
	switch len(names) {
	case 0:
		return c.Items, nil
	case 1:
		if item := findItem(c.Items, names[0]); item != nil {
			return []*collection.Item{item}, nil
		}
		return nil, &UnknownItemError{Name: names[0], Near: nearItems(c, names[0])}
	}
	// The value says whether the name is still missing; the key stays, to recognise it
	// again.
	missing := make(map[string]bool, len(names))
	for _, name := range names {
		missing[name] = true
	}
	found := findItems(c.Items, missing)
	for _, name := range names {
		if missing[name] {
			return nil, &UnknownItemError{Name: name, Near: nearItems(c, name)}
		}
	}
	return found, nil
}

// findItem looks at one level before the next, so the highest of several of one name is
// found. It is nil where no item has the name.
func findItem(items []*collection.Item, name string) *collection.Item {
	for _, item := range items {
		if item.ID == name || item.Name == name {
			return item
		}
	}
	for _, item := range items {
		if found := findItem(item.Items, name); found != nil {
			return found
		}
	}
	return nil
}

// findItems takes out of missing what it finds. What stands inside a matched folder is found,
// and not run twice. Of several items of one name only the first is taken, as in newman.
func findItems(items []*collection.Item, missing map[string]bool) []*collection.Item {
	var found []*collection.Item
	for _, item := range items {
		_, byID := missing[item.ID]
		_, byName := missing[item.Name]
		inside := false
		switch {
		case byID && missing[item.ID]:
			missing[item.ID], inside = false, true
		case byName && missing[item.Name]:
			missing[item.Name], inside = false, true
		}
		below := findItems(item.Items, missing)
		if inside {
			found = append(found, item)
		} else {
			found = append(found, below...)
		}
	}
	return found
}

// distinct drops repetitions and keeps the order.
func distinct(names []string) []string {
	seen := map[string]bool{}
	var list []string
	for _, name := range names {
		if !seen[name] {
			seen[name] = true
			list = append(list, name)
		}
	}
	return list
}

// An UnknownItemError says that a selected folder or request does not exist.
type UnknownItemError struct {
	Name string
	Near []string // names that look alike, best first
}

// Error names what was looked for.
func (e *UnknownItemError) Error() string {
	return fmt.Sprintf("the collection has no folder or request %q", e.Name)
}

// Hint lists the near names.
func (e *UnknownItemError) Hint() string {
	if len(e.Near) == 0 {
		return ""
	}
	return "did you mean " + strings.Join(e.Near, ", ") + "?"
}

// nearItems returns the quoted names of the items that look like name, three at most.
func nearItems(c *collection.Collection, name string) []string {
	const shown = 3
	var names []string
	_ = c.Walk(func(item *collection.Item) error { // the function never fails
		names = append(names, item.Name)
		return nil
	})
	names = near.Names(name, names, shown)
	for i, n := range names {
		names[i] = strconv.Quote(n)
	}
	return names
}

var errNoCollection = errors.New("no collection was given")
