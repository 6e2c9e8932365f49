package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// requests are inputs whose requests have long parts.
func requests() []input {
	return slices.Concat(longHeads(), longBodies(), longSigned())
}

func param(i int) any { return object{"key": fmt.Sprintf("p%d", i), "value": "value"} }

func formField(i int) any {
	return object{"key": fmt.Sprintf("p%d", i), "value": "value", "type": "text"}
}

// get is a request that more adds to, or changes.
func get(w *workspace, more object) object {
	request := object{"method": "GET", "url": w.base + "/"}
	maps.Copy(request, more)
	return request
}

func post(w *workspace, body object) object {
	return object{"method": "POST", "url": w.base + "/", "body": body}
}

func longHeads() []input {
	return []input{
		{name: "request headers", first: 5_000, make: func(w *workspace, n int) []string {
			return w.request(get(w, object{"header": list(n, param)}))
		}},
		{name: "request headers of one name", first: 5_000, make: func(w *workspace, n int) []string {
			return w.request(get(w, object{"header": list(n, func(i int) any { return object{"key": "X-Same", "value": fmt.Sprint(i)} })}))
		}},
		{name: "a long request header", first: 1 << 20, make: func(w *workspace, n int) []string {
			return w.request(get(w, object{"header": []any{object{"key": "X-Long", "value": strings.Repeat("x", n)}}}))
		}},
		{name: "query parameters", first: 5_000, make: func(w *workspace, n int) []string {
			return w.request(get(w, object{"url": w.base + "/?" + text(n, func(i int) string { return fmt.Sprintf("p%d=v&", i) })}))
		}},
		{name: "segments of a path", first: 5_000, make: func(w *workspace, n int) []string {
			return w.request(get(w, object{"url": w.base + text(n, number("/s"))}))
		}},
		{name: "path variables", first: 5_000, make: func(w *workspace, n int) []string {
			return w.request(get(w, object{"url": object{
				"raw": w.base + text(n, number("/:p")), "protocol": "http", "host": strings.TrimPrefix(w.base, "http://"),
				"path": list(n, func(i int) any { return fmt.Sprintf(":p%d", i) }), "variable": list(n, param),
			}}))
		}},
		{name: "a long query", first: 1 << 18, make: func(w *workspace, n int) []string {
			return w.request(get(w, object{"url": w.base + "/?q=" + strings.Repeat("å x", n/4)}))
		}},
	}
}

func longBodies() []input {
	return []input{
		{name: "form fields, urlencoded", first: 5_000, make: func(w *workspace, n int) []string {
			return w.request(post(w, object{"mode": "urlencoded", "urlencoded": list(n, param)}))
		}},
		{name: "form fields, form-data", first: 5_000, make: func(w *workspace, n int) []string {
			return w.request(post(w, object{"mode": "formdata", "formdata": list(n, formField)}))
		}},
		{name: "a long body", first: 1 << 20, make: func(w *workspace, n int) []string {
			return w.body(strings.Repeat("some text ", n/10))
		}},
		{name: "a long JSON body with comments", first: 20_000, make: func(w *workspace, n int) []string {
			return w.request(post(w, object{
				"mode": "raw", "raw": "[" + strings.Repeat("1, // a comment\n", n) + "2]",
				"options": object{"raw": object{"language": "json"}},
			}))
		}},
		{name: "a long body from a file", first: 1 << 22, make: func(w *workspace, n int) []string {
			w.file("body", strings.Repeat("some text ", n/10))
			return w.request(post(w, object{"mode": "file", "file": object{"src": "body"}}))
		}},
		{name: "GraphQL variables", first: 5_000, make: func(w *workspace, n int) []string {
			return w.request(post(w, object{"mode": "graphql", "graphql": object{
				"query": "query { a }", "variables": "{" + text(n, func(i int) string { return fmt.Sprintf(`"v%d": "{{missing}}",`, i) }) + `"z": 1}`,
			}}))
		}},
	}
}

// longSigned are requests whose every part is signed.
func longSigned() []input {
	return []input{
		{name: "what OAuth 1 signs", first: 2_000, make: func(w *workspace, n int) []string {
			return w.request(object{
				"method": "POST", "url": w.base + "/", "body": object{"mode": "urlencoded", "urlencoded": list(n, param)},
				"auth": object{"type": "oauth1", "oauth1": []any{
					object{"key": "consumerKey", "value": "k"}, object{"key": "consumerSecret", "value": "s"}, object{"key": "signatureMethod", "value": "HMAC-SHA1"},
				}},
			})
		}},
		{name: "what AWS v4 signs", first: 2_000, make: func(w *workspace, n int) []string {
			return w.request(object{
				"method": "GET", "url": w.base + "/?" + text(n, func(i int) string { return fmt.Sprintf("p%d=v&", i) }), "header": list(n, param),
				"auth": object{"type": "awsv4", "awsv4": []any{
					object{"key": "accessKey", "value": "k"}, object{"key": "secretKey", "value": "s"}, object{"key": "region", "value": "eu-west-1"}, object{"key": "service", "value": "x"},
				}},
			})
		}},
	}
}

// answers are inputs whose responses are long.
func answers() []input {
	often := func(path, script string) func(w *workspace, n int) []string { // a response's head has a bound, and is read soon
		return func(w *workspace, n int) []string {
			return w.run(w.collection(w.item("request", fmt.Sprintf("%s%s?n=%d", w.base, path, n), script)), "-n", "25")
		}
	}
	ask := func(path, script string) func(w *workspace, n int) []string {
		return func(w *workspace, n int) []string {
			return w.run(w.collection(w.item("request", fmt.Sprintf("%s%s?n=%d", w.base, path, n), script)))
		}
	}
	return []input{
		{name: "response headers", first: 250, most: 4_000, make: often("/headers", "pm.test('header', () => pm.response.to.have.header('X-Header-7'))")},
		{name: "response headers of one name", first: 250, most: 4_000, make: often("/samename", "pm.test('header', () => pm.response.to.have.header('X-Header'))")},
		{name: "a long response header", first: 1 << 12, most: 100_000, make: often("/longheader", "")},
		{name: "cookies of an answer", first: 250, most: 4_000, make: often("/cookies", "pm.test('cookie', () => pm.expect(pm.cookies.get('c7')).to.equal('v7'))")},
		{name: "cookies that are sent again", first: 250, most: 4_000, make: func(w *workspace, n int) []string {
			return w.run(w.collection(
				w.item("get them", fmt.Sprintf("%s/cookies?n=%d", w.base, n), ""), w.item("send them", w.base+"/", ""), w.item("again", w.base+"/", ""),
			), "-n", "10")
		}},
		{name: "a long answer of text", first: 1 << 20, make: ask("/body", "pm.test('text', () => pm.expect(pm.response.text()).to.include('0123'))")},
		{name: "a long answer of JSON", first: 5_000, make: ask("/json", "pm.test('json', () => pm.expect(pm.response.json().length).to.be.above(1))")},
		{name: "an answer nested deeply", first: 500, most: 16_000, make: often("/nested", "")},
		{name: "chunks of an answer", first: 5_000, make: ask("/chunks", "")},
		{name: "redirects", first: 200, make: func(w *workspace, n int) []string {
			item := w.item("request", fmt.Sprintf("%s/redirect?n=%d", w.base, n), "")
			item["protocolProfileBehavior"] = object{"maxRedirects": n + 1}
			return w.run(w.collection(item))
		}},
	}
}
