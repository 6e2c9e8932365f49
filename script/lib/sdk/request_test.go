package sdk

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
)

// sample is a request that uses every part.
func sample() collection.Request {
	u := collection.ParseURL("https://u:p@api.example.com:8443/v1/:id/x?a=1&b&{{c}}=d#frag")
	u.Query[1].Disabled = true
	u.Query[0].Description = "first"
	u.Variables[0].Value = collection.Text("7")
	return collection.Request{
		Method: "POST", URL: u, Description: "what it does",
		Header: []collection.Header{
			{Key: "Accept", Value: "*/*", System: true},
			{Key: "X-A", Value: "{{a}}", Description: "why"},
			{Key: "X-B", Value: "b", Disabled: true},
		},
		Body: &collection.Body{Mode: "raw", Raw: `{"a":1}`, Language: "json", Options: []byte(`{"raw":{"language":"json"}}`)},
		Auth: &collection.Auth{Type: "bearer", Params: []collection.AuthParam{
			{Key: "token", Value: collection.Text("{{t}}"), Type: "string"},
		}},
	}
}

// run shows a request to a script under the name r, as pm.request, and reads it back.
func run(t *testing.T, r collection.Request, script string) (back collection.Request, changed bool) {
	t.Helper()
	vm, s := world(t)
	o := s.Request(&r)
	must(t, vm.Set("r", o))
	if _, err := vm.RunString(script); err != nil {
		t.Fatal(err)
	}
	back, err := s.ReadRequest(o)
	must(t, err)
	return back, s.Changed(o)
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func TestLookingAtARequestKeepsItsParts(t *testing.T) {
	for name, script := range map[string]string{
		"nothing is touched":  ``,
		"the method is read":  `r.method`,
		"the URL is read":     `r.url.toString() + r.url.query.count()`,
		"headers are read":    `r.headers.get('x-a')`,
		"the body is read":    `r.body.raw`,
		"auth is read":        `r.auth.parameters().get('token')`,
		"everything is built": `JSON.stringify(r)`,
		"assertions are made": `r.to.have.header('X-A', '{{a}}')`,
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := run(t, sample(), script)
			if diff := cmp.Diff(got, sample(), cmp.AllowUnexported(collection.Value{})); diff != "" {
				t.Errorf("it came back otherwise (-got +want):\n%s", diff)
			}
		})
	}
}

func TestChangedSaysWhatCouldHaveChanged(t *testing.T) {
	for name, c := range map[string]struct {
		script string
		want   bool
	}{
		"nothing":              {``, false},
		"the method is read":   {`r.method + r.id + r.name`, false},
		"keys are listed":      {`Object.keys(r).length`, false},
		"the method is set":    {`r.method = 'PUT'`, true},
		"the URL is read":      {`r.url`, true},
		"the body is assigned": {`r.body = 'x'`, true},
		"auth is deleted":      {`delete r.auth`, true},
		"a header is added":    {`r.addHeader('A: b')`, true},
		"header is assigned":   {`r.header = []`, true},
	} {
		t.Run(name, func(t *testing.T) {
			if _, got := run(t, sample(), c.script); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestWhatScriptsChangeIsReadBack(t *testing.T) {
	param := func(key, value string) collection.Param {
		return collection.Param{Key: key, Value: collection.Text(value)}
	}
	for name, c := range map[string]struct {
		script string
		edit   func(r *collection.Request)
	}{
		"the URL becomes text": {`r.url = 'http://new/:p?q'`, func(r *collection.Request) { r.URL = collection.ParseURL("http://new/:p?q") }},
		"the body becomes text": {`r.body = 'text'`, func(r *collection.Request) {
			r.Body = &collection.Body{Mode: "raw", Raw: "text"}
		}},
		"the raw body is replaced": {`r.body.raw = JSON.stringify({b: 2})`, func(r *collection.Request) { r.Body.Raw = `{"b":2}` }},
		"the raw body becomes an object": {`r.body.raw = {b: [1]}`, func(r *collection.Request) {
			r.Body.Raw, r.Body.RawJSON = `{"b":[1]}`, true
		}},
		"a form replaces the body": {`r.body = {mode: 'urlencoded', urlencoded: [{key: 'a', value: 'b'}, {key: 'c', value: 1, disabled: true}]}`, func(r *collection.Request) {
			r.Body = &collection.Body{Mode: "urlencoded", URLEncoded: []collection.Param{
				param("a", "b"), {Key: "c", Value: collection.NumberValue(1), Disabled: true},
			}}
		}},
		"a form by text": {`r.body.update({mode: 'urlencoded', urlencoded: 'a=b'})`, func(r *collection.Request) {
			r.Body = &collection.Body{Mode: "urlencoded", URLEncoded: []collection.Param{param("a", "b")}}
		}},
		"a multipart form": {`r.body = {mode: 'formdata', formdata: [{key: 'a', value: 'b'}, {key: 'f', type: 'file', src: ['x', 'y'], fileName: 'n', contentType: 'c/t'}]}`, func(r *collection.Request) {
			r.Body = &collection.Body{Mode: "formdata", FormData: []collection.FormParam{
				{Key: "a", Value: collection.Text("b")},
				{Key: "f", Value: collection.Text(""), Type: "file", Src: []string{"x", "y"}, SrcList: true, FileName: "n", ContentType: "c/t"},
			}}
		}},
		"graphql": {`r.body = {mode: 'graphql', graphql: {query: '{a}', variables: {x: 1}}}`, func(r *collection.Request) {
			r.Body = &collection.Body{Mode: "graphql", GraphQL: &collection.GraphQL{Query: "{a}", QueryKind: collection.String, Variables: collection.JSONValue(`{"x":1}`)}}
		}},
		"a file": {`r.body = {mode: 'file', file: '/x'}`, func(r *collection.Request) {
			r.Body = &collection.Body{Mode: "file", File: &collection.File{Src: "/x"}}
		}},
		"no body": {`delete r.body`, func(r *collection.Request) { r.Body = nil }},
		"method":  {`r.method = 'put'`, func(r *collection.Request) { r.Method = "PUT" }},
		"headers": {`r.headers.upsert({key: 'x-a', value: '1'}); r.removeHeader('X-B'); r.addHeader('N: n')`, func(r *collection.Request) {
			r.Header[1] = collection.Header{Key: "x-a", Value: "1", Description: "why"}
			r.Header[2] = collection.Header{Key: "N", Value: "n"}
		}},
		"a header is patched": {`r.headers.each(h => { if (h.key === 'X-B') h.disabled = false; })`, func(r *collection.Request) {
			r.Header[2].Disabled = false
		}},
		"a header list as collections name it": {`r.header = [{key: 'only', value: 'one'}]`, func(r *collection.Request) {
			r.Header = []collection.Header{{Key: "only", Value: "one"}}
		}},
		"query": {`r.url.query.upsert({key: 'a', value: 'new'}); r.addQueryParams('z=1'); r.removeQueryParams('b')`, func(r *collection.Request) {
			r.URL.Query = []collection.QueryParam{
				{Key: "a", Value: "new", Description: "first"}, {Key: "{{c}}", Value: "d"}, {Key: "z", Value: "1"},
			}
		}},
		"parts of the URL": {`r.url.host = ['h']; r.url.path[0] = 'v2'; r.url.port = 80; r.url.variables.one('id').value = '9'; delete r.url.auth`, func(r *collection.Request) {
			r.URL.Host, r.URL.Path[0], r.URL.Port, r.URL.User = []string{"h"}, "v2", "80", nil
			r.URL.Variables[0].Value = collection.Text("9")
		}},
		"path as text": {`r.url.path = '/a/b'`, func(r *collection.Request) { r.URL.Path = []string{"a", "b"} }},
		"auth": {`r.authorizeUsing('basic', {username: 'u', password: 'p'})`, func(r *collection.Request) {
			r.Auth = &collection.Auth{Type: "basic", Params: []collection.AuthParam{
				{Key: "username", Value: collection.Text("u"), Type: "any"}, {Key: "password", Value: collection.Text("p"), Type: "any"},
			}}
		}},
		"no auth": {`r.authorizeUsing(null)`, func(r *collection.Request) { r.Auth = nil }},
		"auth as collections write it": {`r.auth = {type: 'apikey', apikey: [{key: 'key', value: 'k'}]}`, func(r *collection.Request) {
			r.Auth = &collection.Auth{Type: "apikey", Params: []collection.AuthParam{{Key: "key", Value: collection.Text("k"), Type: "any"}}}
		}},
		"update": {`r.update({url: 'http://x', method: 'delete', header: 'A: b'})`, func(r *collection.Request) {
			r.URL, r.Method, r.Header = collection.ParseURL("http://x"), "DELETE", []collection.Header{{Key: "A", Value: "b"}}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := run(t, sample(), c.script)
			want := sample()
			c.edit(&want)
			if diff := cmp.Diff(got, want, cmp.AllowUnexported(collection.Value{})); diff != "" {
				t.Errorf("after %s (-got +want):\n%s", c.script, diff)
			}
		})
	}
}

func TestWhatSendRequestTakes(t *testing.T) {
	get := func(url string) collection.Request {
		return collection.Request{Method: "GET", URL: collection.ParseURL(url)}
	}
	headers := func(pairs ...string) (list []collection.Header) {
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, collection.Header{Key: pairs[i], Value: pairs[i+1]})
		}
		return list
	}
	for name, c := range map[string]struct {
		given string
		want  func() collection.Request
	}{
		"a URL":     {`'http://h/p?q=1'`, func() collection.Request { return get("http://h/p?q=1") }},
		"an object": {`({url: 'http://h'})`, func() collection.Request { return get("http://h") }},
		"a Url":     {`({url: new sdk.Url('http://h/x')})`, func() collection.Request { return get("http://h/x") }},
		"parts of another request": {`(() => {
			const r = new sdk.Request({url: {host: 'h', path: ':p', query: 'q=1', variable: [{key: 'p', value: 'v'}]}, header: 'A: b',
				body: {mode: 'urlencoded', urlencoded: 'a=b'}, auth: {type: 'basic', basic: {username: 'u'}}});
			const copy = {url: r.url, header: r.headers, body: r.body, auth: r.auth};
			const same = new sdk.Request(copy), before = JSON.stringify(r);
			if (JSON.stringify(same) !== before || JSON.stringify(r) !== before) throw new Error(JSON.stringify(same));
			return copy;
		})()`, func() collection.Request {
			r := get("h/:p?q=1")
			r.URL.Variables[0].Value = collection.Text("v")
			r.Header = headers("A", "b")
			r.Body = &collection.Body{Mode: "urlencoded", URLEncoded: []collection.Param{{Key: "a", Value: collection.Text("b")}}}
			r.Auth = &collection.Auth{Type: "basic", Params: []collection.AuthParam{{Key: "username", Value: collection.Text("u"), Type: "any"}}}
			return r
		}},
		"an SDK object": {`new sdk.Request({url: 'http://h', header: 'A: b'})`, func() collection.Request { r := get("http://h"); r.Header = headers("A", "b"); return r }},
		"a URL object":  {`({url: {protocol: 'http', host: 'a.b', path: '/c/d', query: 'e=f'}})`, func() collection.Request { r := get("http://a.b/c/d?e=f"); return r }},
		"a method":      {`({url: 'http://h', method: 'post'})`, func() collection.Request { r := get("http://h"); r.Method = "POST"; return r }},
		"header objects": {`({url: 'http://h', header: [{key: 'A', value: 'b'}, {key: 'C', value: 1}]})`, func() collection.Request {
			r := get("http://h")
			r.Header = headers("A", "b", "C", "1")
			return r
		}},
		"header lines": {`({url: 'http://h', header: ['A: b', 'C: d']})`, func() collection.Request { r := get("http://h"); r.Header = headers("A", "b", "C", "d"); return r }},
		"header text":  {`({url: 'http://h', header: 'A: b\nC: d'})`, func() collection.Request { r := get("http://h"); r.Header = headers("A", "b", "C", "d"); return r }},
		"a header map": {`({url: 'http://h', header: {A: 'b', C: 'd'}})`, func() collection.Request { r := get("http://h"); r.Header = headers("A", "b", "C", "d"); return r }},
		"a text body": {`({url: 'http://h', body: 'x'})`, func() collection.Request {
			r := get("http://h")
			r.Body = &collection.Body{Mode: "raw", Raw: "x"}
			return r
		}},
		"a form as text": {`({url: 'http://h', body: {mode: 'urlencoded', urlencoded: 'a=b'}})`, func() collection.Request {
			r := get("http://h")
			r.Body = &collection.Body{Mode: "urlencoded", URLEncoded: []collection.Param{{Key: "a", Value: collection.Text("b")}}}
			return r
		}},
		"auth as a map": {`({url: 'http://h', auth: {type: 'basic', basic: {username: 'u'}}})`, func() collection.Request {
			r := get("http://h")
			r.Auth = &collection.Auth{Type: "basic", Params: []collection.AuthParam{{Key: "username", Value: collection.Text("u"), Type: "any"}}}
			return r
		}},
	} {
		t.Run(name, func(t *testing.T) {
			vm, s := world(t)
			given, err := vm.RunString(c.given)
			must(t, err)
			got, err := s.ReadRequest(given)
			must(t, err)
			if diff := cmp.Diff(got, c.want(), cmp.AllowUnexported(collection.Value{})); diff != "" {
				t.Errorf("of %s (-got +want):\n%s", c.given, diff)
			}
		})
	}
}

func TestNothingToRequest(t *testing.T) {
	vm, s := world(t)
	for name, v := range map[string]goja.Value{
		"nil": nil, "undefined": goja.Undefined(), "null": goja.Null(), "empty text": vm.ToValue(""),
	} {
		if _, err := s.ReadRequest(v); err == nil || err.Error() != "sendrequest: nothing to request" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	thrower, err := vm.RunString(`({get url() { throw new TypeError('no') }})`)
	must(t, err)
	if _, err := s.ReadRequest(thrower); err == nil || !strings.Contains(err.Error(), "TypeError: no") {
		t.Errorf("a getter that throws: got %v", err)
	}
}
