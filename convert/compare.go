package convert

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/collection/v3/write"
)

// A fact is one thing that runs or reports see of a collection or an item, as text. Where two texts differ, so do
// the collections.
type fact struct {
	field string // as the model names it
	text  string
}

// differences compares what was read back with what was written, part by part. Those that known tells of are
// listed already.
func differences(was, is *collection.Collection, known func(it *collection.Item, field string) bool) []Loss {
	var losses []Loss
	compare := func(it *collection.Item, before, after []fact) {
		for i, b := range before {
			if a := after[i]; a.text != b.text && !known(it, b.field) {
				from, to := around(b.text, a.text)
				losses = append(losses, Loss{Path: write.Path(was, it), What: fmt.Sprintf("%s: reads back as %s, was %s", strings.ToLower(b.field), to, from)})
			}
		}
	}
	compare(nil, collectionFacts(was), collectionFacts(is))
	var walk func(parent *collection.Item, was, is []*collection.Item)
	walk = func(parent *collection.Item, before, after []*collection.Item) {
		if len(before) != len(after) {
			losses = append(losses, Loss{Path: write.Path(was, parent), What: fmt.Sprintf("%d of its %d items read back", len(after), len(before))})
			return
		}
		for i, b := range before {
			a := after[i]
			if b.IsFolder() != a.IsFolder() {
				losses = append(losses, Loss{Path: write.Path(was, b), What: "that it is a folder, or none"})
				continue
			}
			compare(b, itemFacts(was, b), itemFacts(is, a))
			walk(b, b.Items, a.Items)
		}
	}
	walk(nil, was.Items, is.Items)
	return losses
}

// around shortens two texts to where they differ.
func around(a, b string) (string, string) {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	i = max(0, i-10)
	clip := func(s string) string {
		s = s[min(i, len(s)):]
		return fmt.Sprintf("%q", strings.ToValidUTF8(s[:min(len(s), 40)], "?"))
	}
	return clip(a), clip(b)
}

// collectionFacts are what a collection means, apart from how a format writes it. Made-up names count as no names.
func collectionFacts(c *collection.Collection) []fact {
	name := c.Name
	if name == c.ID {
		name = "" // made up
	}
	facts := []fact{{"Description", c.Description}, {"Variables", variables(c.Variables)}, {"Auth", auth(c.Auth)}, {"Events", events(c.Events)}}
	if name != "" {
		facts = append(facts, fact{"Name", name})
	}
	return append(facts, fact{"ID", c.ID})
}

// itemFacts are what an item means. Scripts are compared as they run, folders' included, since formats differ in
// where they are written.
func itemFacts(c *collection.Collection, it *collection.Item) []fact {
	id := it.ID
	if !it.HasID {
		id = ""
	}
	facts := []fact{{"Name", it.Name}, {"ID", id}, {"Events", events(it.Events)}}
	if it.IsFolder() {
		return append(facts, fact{"Description", it.Description}, fact{"Auth", auth(it.Auth)}, fact{"Variables", variables(it.Variables)})
	}
	q := it.Request
	description := q.Description
	if description == "" {
		description = it.Description
	}
	scripts := ""
	for _, listen := range [...]string{"prerequest", "test"} {
		for _, s := range it.Scripts(c, listen) {
			scripts += fmt.Sprintf("%s %s %q\n", s.Level, listen, write.Lines(s.Script.Source))
		}
	}
	return append(facts,
		fact{"Description", description}, fact{"Method", cmp.Or(q.Method, "GET")}, fact{"URL", address(q.URL)}, fact{"Header", headers(q.Header)},
		fact{"Body", body(q)}, fact{"Auth", auth(q.Auth)}, fact{"Events", scripts},
		fact{"Behavior", behavior(it.EffectiveBehavior(c))}, fact{"Responses", examples(it.Responses)})
}

func variables(list []collection.Variable) string {
	var b strings.Builder
	for _, v := range list {
		value := v.Typed()
		fmt.Fprintf(&b, "%q=%q %d %v %q\n", v.Key, value.String(), value.Kind(), v.Disabled, v.Description)
	}
	return b.String()
}

// auth shows the last of several parameters of one name, and values as signers read them.
func auth(a *collection.Auth) string {
	if a == nil || a.Type == "" {
		return ""
	}
	params := map[string]string{}
	for _, p := range a.Params {
		if v := (collection.Variable{Value: p.Value, Type: p.Type}).Typed(); v.Kind() != collection.Undefined {
			params[p.Key] = v.String()
			if v.Kind() == collection.JSON {
				params[p.Key] = canonical([]byte(v.String()))
			}
		} else {
			delete(params, p.Key)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%q\n", a.Type)
	for _, key := range slices.Sorted(maps.Keys(params)) {
		fmt.Fprintf(&b, "%q=%q\n", key, params[key])
	}
	return b.String()
}

// canonical returns JSON with keys sorted.
func canonical(raw []byte) string {
	var v any
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return string(raw)
	}
	out, err := json.Marshal(v)
	if err != nil {
		return string(raw)
	}
	return string(out)
}

// events shows the scripts that run, whichever kind of request they are for.
func events(list []collection.Event) string {
	var b strings.Builder
	for _, e := range list {
		if (e.Listen == "prerequest" || e.Listen == "test") && (e.HasScript || e.Script.Source != "") {
			fmt.Fprintf(&b, "%s %v %q %s\n", e.Listen, e.Disabled, write.Lines(e.Script.Source), canonical(e.Script.Packages))
		}
	}
	return b.String()
}
