package write

import (
	"net/http"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/format"
)

// scripts writes the events of a request, folder or collection; below is what the last two
// hold. Events that nothing runs are lost.
func (w *writer) scripts(it *collection.Item, events []collection.Event, kind string, below []*collection.Item) yamlNode {
	var list yamlList
	for _, e := range events {
		switch {
		case e.Listen != "prerequest" && e.Listen != "test":
			w.lose(it, "Events", "script for %q, which nothing runs", e.Listen)
			continue
		case !e.HasScript && e.Script.Source == "":
			continue // newman: runs nothing and counts nothing
		case e.Disabled:
			w.lose(it, "Events", "disabled %s script", e.Listen)
			continue
		case e.Script.Src != "":
			w.lose(it, "Events", "%s script: src %s", e.Listen, e.Script.Src)
		}
		if e.Script.Type != "" && e.Script.Type != "text/javascript" {
			w.lose(it, "Events", "%s script: type %s", e.Listen, e.Script.Type)
		}
		if e.Script.Name != "" {
			w.lose(it, "Events", "%s script: name %q", e.Listen, e.Script.Name)
		}
		for _, t := range w.types(e, kind, below) {
			m := yamlMap{{"type", yamlText(t)}, {"code", yamlText(Lines(e.Script.Source))}, {"language", yamlText("text/javascript")}}
			if e.Script.Packages != nil {
				m.add("packages", jsonNode(collection.JSONValue(string(e.Script.Packages))))
			}
			list = append(list, m)
		}
	}
	if list == nil {
		return nil
	}
	return list
}

// Lines returns a script's source with the line ends of Windows as those of everyone else,
// which JavaScript does not tell apart, not even in templates. Written with them, a script
// would be one long quoted line.
func Lines(source string) string {
	return strings.TrimSuffix(strings.ReplaceAll(source, "\r\n", "\n"), "\r")
}

// types returns the types under which a script is written: at collections and folders one for
// each protocol that it is for. That of GraphQL is written only where a request of it is
// below.
func (w *writer) types(e collection.Event, kind string, below []*collection.Item) []string {
	var names []string
	for _, t := range format.ScriptTypes() {
		if t.Listen != e.Listen {
			continue
		}
		switch protocol := format.ProtocolOf(kind); {
		case protocol == t.Protocol:
			return []string{t.Name}
		case protocol != "":
		case e.Only == t.Protocol, e.Only == "" && (t.Protocol == "http" || holdsGraphQL(below)):
			names = append(names, t.Protocol+":"+t.Name)
		}
	}
	return names
}

// holdsGraphQL looks through all folders.
func holdsGraphQL(list []*collection.Item) bool {
	return slices.ContainsFunc(list, func(it *collection.Item) bool {
		return it.Request != nil && writtenKind(it) == format.GraphQL || holdsGraphQL(it.Items)
	})
}

// writtenKind returns the kind under which a request is written.
func writtenKind(it *collection.Item) string {
	if b := it.Request.Body; b != nil && b.Mode == "graphql" && b.GraphQL != nil && !b.Disabled && it.Request.Method == http.MethodPost {
		return format.GraphQL
	}
	return format.HTTP
}
