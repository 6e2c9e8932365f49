package lint_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"posthaste/collection"
	"posthaste/lint"
)

// shop makes a collection of requests written as "name: what its test script sets <- what its request uses".
func shop(t *testing.T, lines ...string) *collection.Collection {
	t.Helper()
	var items []string
	for _, line := range lines {
		name, rest, _ := strings.Cut(line, ": ")
		sets, uses, _ := strings.Cut(rest, "<-")
		listen := "test"
		if strings.Contains(sets, "pre ") {
			sets, listen = strings.ReplaceAll(sets, "pre ", ""), "prerequest"
		}
		script, url := "", "http://h"
		for _, v := range strings.Fields(sets) {
			script += fmt.Sprintf("pm.environment.set('%s', pm.response.json().%s);", v, v)
		}
		for _, v := range strings.Fields(uses) {
			url += "/{{" + v + "}}"
		}
		quoted, err := json.Marshal(script)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, fmt.Sprintf(`{"name": %q, "request": {"url": %q}, "event": [{"listen": %q, "script": {"exec": %s}}]}`, name, url, listen, quoted))
	}
	c, err := collection.Parse("shop.json", []byte(`{"info": {"name": "shop"}, "item": [`+strings.Join(items, ",")+`]}`), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDependencies(t *testing.T) {
	tests := map[string]struct {
		lines    []string
		selected string
		want     string
	}{
		"nothing is needed":                         {[]string{"a: x", "b: "}, "b", ""},
		"one that stands before":                    {[]string{"token: t", "other: ", "b: <- t"}, "b", "token"},
		"what that needs in turn":                   {[]string{"token: t", "make: id <- t", "b: <- id"}, "b", "token make"},
		"the last of several before":                {[]string{"one: id", "two: id", "b: <- id", "three: id"}, "b", "two"},
		"the first of those behind, where no other": {[]string{"b: <- t", "token: t", "again: t"}, "b", "token"},
		"in the collection's order":                 {[]string{"y: y", "x: x", "b: <- x y"}, "b", "y x"},
		"its own prerequest script is enough":       {[]string{"make: id", "b: pre id <- id"}, "b", ""},
		"its own test script comes too late":        {[]string{"make: id", "b: id <- id"}, "b", "make"},
		"two that need each other":                  {[]string{"a: x <- y", "b: y <- x"}, "b", "a"},
		"what is selected is not listed":            {[]string{"token: t", "b: <- t"}, "token b", ""},
		"a variable of files":                       {[]string{"a: x", "b: <- base_url"}, "b", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			selected := strings.Fields(tt.selected)
			var got []string
			for _, it := range lint.Dependencies(shop(t, tt.lines...), func(it *collection.Item) bool {
				return strings.Contains(" "+strings.Join(selected, " ")+" ", " "+it.Name+" ")
			}) {
				got = append(got, it.Name)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDependenciesFollowWhatScriptsRead(t *testing.T) {
	c, err := collection.Parse("c.json", []byte(`{"info": {"name": "c"}, "item": [
		{"name": "make", "request": {"url": "http://h"}, "event": [{"listen": "test", "script": {"exec": "pm.globals.set('id', 1)"}}]},
		{"name": "look", "request": {"url": "http://h"}, "event": [{"listen": "test", "script": {"exec": "pm.expect(1).to.equal(pm.globals.get('id'))"}}]}
	]}`), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := lint.Dependencies(c, func(it *collection.Item) bool { return it.Name == "look" })
	if len(got) != 1 || got[0].Name != "make" {
		t.Errorf("got %v, want make", got)
	}
}
