package collection

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestEnvironmentExportCompat(t *testing.T) {
	at := time.Date(2026, 11, 22, 8, 7, 20, 573e6, time.UTC)
	const file = `{"id":"eid","name":"env","values":[{"key":"a","value":"1","type":"secret","enabled":true},{"key":"b","value":"2","enabled":false,"description":"x"}],` +
		`"_postman_variable_scope":"environment","_postman_exported_at":"2020","color":"red"}`
	env, err := ParseEnvironment("e.json", []byte(file), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range env.Values { // what a run as newman's does first
		if env.Values[i].EnabledFalse {
			env.Values[i].Disabled = false
		}
	}
	got := string(env.Export(ExportOptions{Compat: true, At: at, Using: "Newman/6.2.2"}))
	// Written by newman 6.2.2 for the same file.
	want := `{
  "_": {
    "postman_variable_scope": "environment",
    "postman_exported_at": "2020"
  },
  "id": "eid",
  "name": "env",
  "values": [
    {
      "type": "any",
      "value": "1",
      "key": "a"
    },
    {
      "description": {
        "content": "x",
        "type": "text/plain"
      },
      "type": "any",
      "value": "2",
      "key": "b"
    }
  ],
  "_postman_variable_scope": "environment",
  "_postman_exported_at": "2026-11-22T08:07:20.573Z",
  "_postman_exported_using": "Newman/6.2.2"
}
`
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("got -, want +:\n%s", d)
	}
	empty := &Environment{ID: "g"}
	got = string(empty.Export(ExportOptions{Compat: true, Scope: "globals", At: at, Using: "Newman/6.2.2"}))
	want = `{
  "id": "g",
  "values": [],
  "name": "globals",
  "_postman_variable_scope": "globals",
  "_postman_exported_at": "2026-11-22T08:07:20.573Z",
  "_postman_exported_using": "Newman/6.2.2"
}
`
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("got -, want +:\n%s", d)
	}
}

func TestCollectionExport(t *testing.T) {
	const file = `{"info":{"name":"n","_postman_id":"i","x":1},"item":[{"name":"a","request":{"url":"h","zz":[1,2]},"more":{"k":null}}],` +
		`"variable":[{"key":"v","value":"1","uuid":"u"},{"key":"w","value":"2","own":true}],"extra":1.50}`
	c, err := Parse("c.json", []byte(file), Options{})
	if err != nil {
		t.Fatal(err)
	}
	same := func(got []byte, want string) {
		t.Helper()
		var g, w any
		if err := json.Unmarshal(got, &g); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(want), &w); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(g, w); d != "" {
			t.Errorf("got -, want +:\n%s", d)
		}
	}
	same(c.Export(ExportOptions{}), file)
	vars := append([]Variable{}, c.Variables...)
	vars[0].Value = Text("changed")
	vars = append(vars, Variable{Key: "new", Value: NumberValue(5)})
	same(c.Export(ExportOptions{Variables: vars}), `{"info":{"name":"n","_postman_id":"i","x":1},"item":[{"name":"a","request":{"url":"h","zz":[1,2]},"more":{"k":null}}],`+
		`"variable":[{"key":"v","value":"changed","uuid":"u"},{"key":"w","value":"2","own":true},{"key":"new","value":5}],"extra":1.50}`)

	without, err := Parse("c.json", []byte(`{"item":[]}`), Options{NewID: counting()})
	if err != nil {
		t.Fatal(err)
	}
	same(without.Export(ExportOptions{Variables: []Variable{{Key: "a", Value: Text("1")}}}), `{"item":[],"variable":[{"key":"a","value":"1"}]}`)
	same(without.Export(ExportOptions{Compat: true, Using: "Newman/6.2.2"}), `{"item":[],"event":[],"variable":[],"info":{"_postman_id":"new-1",`+
		`"schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"name":"collection","_postman_variable_scope":"collection","_postman_exported_using":"Newman/6.2.2"}`)
}

// What was not format 2 is exported as format 2.1, which Postman imports.
func TestExportOfOtherFormats(t *testing.T) {
	for name, file := range map[string]string{
		"format 1":       `{"id":"c","name":"n","order":["r"],"requests":[{"id":"r","name":"a","url":"h?x","method":"PUT"}]}`,
		"single request": `{"name":"a","request":{"url":"h?x","method":"PUT"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			c, err := Parse("c.json", []byte(file), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var doc struct {
				Info struct{ Schema string }
				Item []struct {
					Name    string
					Request struct {
						Method string
						URL    struct{ Raw string }
					}
				}
			}
			if err := json.Unmarshal(c.Export(ExportOptions{}), &doc); err != nil {
				t.Fatal(err)
			}
			if doc.Info.Schema != schemaV21 || len(doc.Item) != 1 || doc.Item[0].Name != "a" || doc.Item[0].Request.Method != http.MethodPut || doc.Item[0].Request.URL.Raw != "h?x" {
				t.Errorf("exported %+v", doc)
			}
		})
	}
}
