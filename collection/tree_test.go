package collection

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const treeFile = `{
 "info": {"name": "C", "_postman_id": "c"},
 "auth": {"type": "basic", "basic": [{"key": "username", "value": "u"}]},
 "protocolProfileBehavior": {"strictSSL": false, "maxRedirects": 1},
 "event": [{"listen": "prerequest", "script": "c1"}, {"listen": "prerequest", "script": "c2"}, {"listen": "prerequest", "disabled": true, "script": "off"}],
 "item": [
  {"name": "outer", "id": "o", "event": [{"listen": "prerequest", "script": "o"}, {"listen": "test", "script": "ot"}], "protocolProfileBehavior": {"maxRedirects": 2},
   "auth": {"type": "bearer", "bearer": {"token": "t"}},
   "item": [
    {"name": "inner", "event": [{"listen": "prerequest", "script": "i"}], "auth": {}, "item": [
     {"name": "deep", "id": "d", "event": [{"listen": "prerequest", "script": "d"}], "protocolProfileBehavior": {"maxRedirects": 3}, "request": {"url": "h", "auth": null}},
     {"name": "none", "request": {"url": "h", "auth": {"type": "noauth"}}},
     {"name": "unknown", "request": {"url": "h", "auth": {"type": "inherit"}}}
    ]},
    {"name": "off", "auth": {"type": "noauth"}, "item": [{"name": "under off", "request": "h"}]}
   ]},
  {"name": "root", "auth": {"type": "hawk"}, "request": {"url": "h", "auth": {"basic": []}}}
 ]}`

func tree(t *testing.T) *Collection {
	t.Helper()
	c, err := Parse("tree.json", []byte(treeFile), Options{NewID: counting()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestInheritance(t *testing.T) {
	c := tree(t)
	tests := map[string]struct{ path, auth, redirects, prerequest string }{
		"deep":      {"outer/inner", "bearer", "3", "collection C c1, collection C c2, folder outer o, folder inner i, item deep d"},
		"none":      {"outer/inner", "noauth", "2", "collection C c1, collection C c2, folder outer o, folder inner i"},
		"unknown":   {"outer/inner", "inherit", "2", "collection C c1, collection C c2, folder outer o, folder inner i"},
		"under off": {"outer/off", "noauth", "2", "collection C c1, collection C c2, folder outer o"},
		"root":      {"", "basic", "1", "collection C c1, collection C c2"},
	}
	requests := c.Requests()
	if len(requests) != len(tests) {
		t.Fatalf("%d requests, want %d", len(requests), len(tests))
	}
	for _, it := range requests {
		t.Run(it.Name, func(t *testing.T) {
			want := tests[it.Name]
			if got := strings.Join(it.Path(), "/"); got != want.path {
				t.Errorf("Path() = %s, want %s", got, want.path)
			}
			if got := it.EffectiveAuth(c).Type; got != want.auth {
				t.Errorf("auth %s, want %s", got, want.auth)
			}
			b := it.EffectiveBehavior(c)
			if got := b["maxRedirects"].String(); got != want.redirects || b["strictSSL"] != BoolValue(false) {
				t.Errorf("behavior %v, want %s redirects", b, want.redirects)
			}
			var got []string
			for _, e := range it.Scripts(c, "prerequest") {
				got = append(got, e.Level+" "+e.Name+" "+e.Script.Source)
			}
			if got := strings.Join(got, ", "); got != want.prerequest {
				t.Errorf("scripts\ngot  %s\nwant %s", got, want.prerequest)
			}
		})
	}
	if c.Behavior["maxRedirects"] != NumberValue(1) {
		t.Error("EffectiveBehavior changed the collection")
	}
}

func TestEffectiveAuthWithoutAny(t *testing.T) {
	it := &Item{Request: &Request{}}
	if a := it.EffectiveAuth(&Collection{}); a != nil {
		t.Errorf("got %v, want none", a)
	}
	if a := it.EffectiveAuth(nil); a != nil || it.EffectiveBehavior(nil) != nil || it.Scripts(nil, "test") != nil {
		t.Error("a lone item inherits something")
	}
}

func TestWalkStops(t *testing.T) {
	stop := errors.New("enough")
	var names []string
	err := tree(t).Walk(func(it *Item) error {
		names = append(names, it.Name)
		if it.Name == "deep" {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) {
		t.Errorf("Walk() = %v", err)
	}
	if d := cmp.Diff(names, []string{"outer", "inner", "deep"}); d != "" {
		t.Error(d)
	}
}

func TestPositions(t *testing.T) {
	c, err := Parse("p.json", []byte("{\"info\":{\"name\":\"ø\"},\n \"item\":[\n\t{\"name\":\"a\",\"request\":\"h\",\"event\":[{\"listen\":\"test\",\"script\":{\"exec\":[\n\"one\",\n  \"two\"]}}]}]}"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	it := c.Items[0]
	if got, want := it.Pos, (Pos{Line: 3, Col: 2}); got != want {
		t.Errorf("item at %v, want %v", got, want)
	}
	if d := cmp.Diff(it.Events[0].Script.Lines, []Pos{{Line: 4, Col: 1}, {Line: 5, Col: 3}}); d != "" {
		t.Error(d)
	}
}

func TestClonesShareNothing(t *testing.T) {
	const file = `{"item":[{"request":{"method":"POST","url":"http://u:p@h/:a?b=c","header":[{"key":"k","value":"v"}],
		"auth":{"type":"basic","basic":{"username":"u"}},
		"body":{"mode":"formdata","formdata":[{"key":"f","type":"file","src":["a"]}],"urlencoded":[{"key":"k","value":"v"}],"file":{"src":"s"},"graphql":{"query":"q"}}}}]}`
	read := func() *Request {
		c, err := Parse("c.json", []byte(file), Options{})
		if err != nil {
			t.Fatal(err)
		}
		return c.Items[0].Request
	}
	q := read()
	c := q.Clone()
	if d := cmp.Diff(q, c, compareValues()); d != "" {
		t.Fatalf("the clone differs: %s", d)
	}
	c.URL.User.User, c.URL.Host[0], c.URL.Path[0] = "x", "x", "x"
	c.URL.Query[0].Value, c.URL.Variables[0].Key, c.Header[0].Value = "x", "x", "x"
	c.Auth.SetParam("username", Text("x"))
	c.Auth.SetParam("new", Text("x"))
	c.Body.FormData[0].Src[0], c.Body.URLEncoded[0].Key, c.Body.File.Src, c.Body.GraphQL.Query = "x", "x", "x", "x"
	if d := cmp.Diff(q, read(), compareValues()); d != "" {
		t.Errorf("changing the clone changed the request: %s", d)
	}
	if c.Auth.Param("username") != Text("x") || c.Auth.Param("new") != Text("x") || q.Auth.Param("none") != (Value{}) {
		t.Error("SetParam and Param disagree")
	}
	var none *Request
	if none.Clone() != nil || (*Body)(nil).Clone() != nil || (*Auth)(nil).Clone() != nil {
		t.Error("the clone of nothing is something")
	}
}
