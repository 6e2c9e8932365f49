package newman

import (
	"encoding/json"

	"posthaste/runner/event"
)

// parents finds the folder or collection that holds an item, from the collection's document.
// It reads the document when the first failure asks, since most runs have none.
type parents struct {
	collection event.Collection
	full       bool // whole documents, as newman writes them: the whole collection with each failure at its root
	known      map[string]any
}

// of returns the parent of the item with that id, or nil. p may be nil, before the run has
// begun.
func (p *parents) of(id string) any {
	if p == nil {
		return nil
	}
	if p.known == nil {
		p.known = map[string]any{}
		p.walk(p.collection.Document)
	}
	return p.known[id]
}

// walk remembers the folder of each item, as newman shows it in its failures: without what is
// below it, unless the whole is wanted.
func (p *parents) walk(group json.RawMessage) {
	var g struct {
		ID   string            `json:"id,omitempty"`
		Name string            `json:"name,omitempty"`
		Info json.RawMessage   `json:"info,omitempty"`
		Item []json.RawMessage `json:"item,omitempty"`
	}
	if json.Unmarshal(group, &g) != nil { // masking can leave something that is no JSON any more
		return
	}
	items := g.Item
	var shown any = group
	if !p.full {
		g.Item = nil
		shown = g
	}
	for _, item := range items {
		var of struct {
			ID   string           `json:"id"`
			Item *json.RawMessage `json:"item"`
		}
		if json.Unmarshal(item, &of) != nil {
			continue
		}
		p.known[of.ID] = shown
		if of.Item != nil {
			p.walk(item)
		}
	}
}
