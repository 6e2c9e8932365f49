package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"posthaste/internal/junittest"
)

// payment is the file of an API whose responses have a payment at ten places. Each place is a path.
const payment = `openapi: %s
info: {title: Payments, version: "1"}
servers: [{url: https://api.example.com/v1}]
paths:
%s
components:
  schemas:
    Payment:
      type: object
      required: [id, amount, state, tags, method]
      properties:
        id: {type: string}
        amount:
          type: object
          additionalProperties: false
          required: [value, currency]
          properties: {value: {type: integer}, currency: {type: string}}
        state: {type: string, enum: [CREATED, CAPTURED]}
        created: {type: string, format: date-time}
        tags: {type: array, minItems: 1, uniqueItems: true, items: {type: string}}
        code: {type: string, pattern: '^[A-Z]{2}\d+$'}
        name: {type: string, minLength: 1, maxLength: 10}
        count: {type: integer, minimum: 0, maximum: 10, multipleOf: 2}
        pin: {type: string, writeOnly: true}
        method:
          oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Wallet'}]
          discriminator: {propertyName: kind}
    Card: {type: object, required: [kind, last4], properties: {kind: {type: string}, last4: {type: string}}}
    Wallet: {type: object, required: [kind], properties: {kind: {type: string}}}
`

// spots are where the payment stands in the body, as JSON pointers.
func spots() []string {
	return []string{"", "/data", "/data/item", "/list/0", "/a/b/c", "/x~1y", "/til~0de", "/deep/0/0", "/page/results/0", "/0"}
}

// paymentFile writes the file for a version of OpenAPI, with an operation a place.
func paymentFile(version string) string {
	var paths strings.Builder
	for i, place := range spots() {
		schema := "{$ref: '#/components/schemas/Payment'}"
		tokens := strings.Split(place, "/")[1:]
		for j := len(tokens) - 1; j >= 0; j-- {
			key := strings.NewReplacer("~1", "/", "~0", "~").Replace(tokens[j])
			if key == "0" && place != "/0" {
				schema = "{type: array, items: " + schema + "}"
			} else {
				schema = fmt.Sprintf("{type: object, required: [%q], properties: {%q: %s}}", key, key, schema)
			}
		}
		fmt.Fprintf(&paths, "  /r%d/{id}:\n    get:\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses:\n        \"200\":\n          description: ok\n          headers: {X-Request-Id: {required: true, schema: {type: string}}, X-Rate: {schema: {type: integer}}}\n          content: {application/json: {schema: %s}}\n        4XX: {description: refused}\n", i, schema)
	}
	return fmt.Sprintf(payment, version, paths.String())
}

// fresh is a payment as the file describes it.
func fresh() map[string]any {
	return map[string]any{
		"id": "p1", "amount": map[string]any{"value": 100, "currency": "NOK"}, "state": "CREATED", "created": "2026-11-30T10:00:00Z",
		"tags": []any{"a", "b"}, "code": "AB12", "name": "short", "count": 4, "method": map[string]any{"kind": "Card", "last4": "1234"},
	}
}

// wrap puts a payment at a place.
func wrap(place string, v any) any {
	tokens := strings.Split(place, "/")[1:]
	for j := len(tokens) - 1; j >= 0; j-- {
		key := strings.NewReplacer("~1", "/", "~0", "~").Replace(tokens[j])
		if key == "0" && place != "/0" {
			v = []any{v}
		} else {
			v = map[string]any{key: v}
		}
	}
	return v
}

// A plant is a kind of deviation that a proxy puts into a response.
type plant struct {
	name   string
	change func(p map[string]any)                      // of the payment
	answer func(h http.Header, b []byte) (int, []byte) // of the response
	where  string                                      // behind the place; with a space in front: not in the body
	says   string
}

func plants() []plant {
	set := func(key string, v any) func(map[string]any) { return func(p map[string]any) { p[key] = v } }
	return []plant{
		{name: "type", change: func(p map[string]any) { p["amount"].(map[string]any)["value"] = "100" }, where: "/amount/value", says: "string where integer is asked"},
		{name: "missing", change: func(p map[string]any) { delete(p["amount"].(map[string]any), "currency") }, where: "/amount/currency", says: "it is missing"},
		{name: "missing object", change: func(p map[string]any) { delete(p, "amount") }, where: "/amount", says: "it is missing"},
		{name: "enum", change: set("state", "GONE"), where: "/state", says: `"GONE" is not one of "CREATED", "CAPTURED"`},
		{name: "format", change: set("created", "yesterday"), where: "/created", says: `"yesterday" is no date-time`},
		{name: "null", change: set("id", nil), where: "/id", says: "null where string is asked"},
		{name: "extra", change: set("surplus", true), where: "/surplus", says: "the file has no such field"},
		{name: "extra forbidden", change: func(p map[string]any) { p["amount"].(map[string]any)["vat"] = 1 }, where: "/amount/vat", says: "this field is not allowed"},
		{name: "minimum", change: set("count", -2), where: "/count", says: "-2 is below 0"},
		{name: "maximum", change: set("count", 12), where: "/count", says: "12 is above 10"},
		{name: "multipleOf", change: set("count", 3), where: "/count", says: "3 is not a multiple of 2"},
		{name: "fraction", change: func(p map[string]any) { p["amount"].(map[string]any)["value"] = 1.5 }, where: "/amount/value", says: "number where integer is asked"},
		{name: "pattern", change: set("code", "ab"), where: "/code", says: `"ab" does not match`},
		{name: "minLength", change: set("name", ""), where: "/name", says: "0 characters where at least 1 are asked"},
		{name: "maxLength", change: set("name", "much too long"), where: "/name", says: "13 characters where at most 10 are allowed"},
		{name: "minItems", change: set("tags", []any{}), where: "/tags", says: "0 elements where at least 1 are asked"},
		{name: "uniqueItems", change: set("tags", []any{"a", "a"}), where: "/tags", says: "elements 0 and 1 are the same"},
		{name: "items", change: set("tags", []any{"a", 5}), where: "/tags/1", says: "number where string is asked"},
		{name: "object", change: set("amount", 100), where: "/amount", says: "number where object is asked"},
		{name: "writeOnly", change: set("pin", "1234"), where: "/pin", says: "it is write-only and stands in a response"},
		{name: "discriminator", change: set("method", map[string]any{"kind": "Cash"}), where: "/method/kind", says: `"Cash" names none of the alternatives`},
		{name: "alternative", change: set("method", map[string]any{"kind": "Card"}), where: "/method/last4", says: "it is missing"},
		{name: "status", answer: func(_ http.Header, b []byte) (int, []byte) { return 202, b }, where: " status", says: "202 is not documented; the file has 200, 4XX"},
		{name: "server error", answer: func(_ http.Header, _ []byte) (int, []byte) { return 500, nil }, where: " status", says: "500 is not documented"},
		{name: "content type", answer: func(h http.Header, b []byte) (int, []byte) { h.Set("Content-Type", "text/html"); return 200, b }, where: " header Content-Type", says: "text/html where application/json is asked"},
		{name: "header missing", answer: func(h http.Header, b []byte) (int, []byte) { h.Del("X-Request-Id"); return 200, b }, where: " header X-Request-Id", says: "it is missing"},
		{name: "header type", answer: func(h http.Header, b []byte) (int, []byte) { h.Set("X-Rate", "many"); return 200, b }, where: " header X-Rate", says: "string where integer is asked"},
		{name: "syntax", answer: func(_ http.Header, b []byte) (int, []byte) { return 200, b[:len(b)-2] }, where: " body", says: "the body is no JSON"},
		{name: "empty", answer: func(_ http.Header, _ []byte) (int, []byte) { return 200, nil }, where: " body", says: "it is empty where application/json is asked"},
	}
}

// plantingProxy runs a server that answers as the file says, and a proxy before it that changes what the header X-Plant asks for.
func plantingProxy(t *testing.T) string {
	t.Helper()
	at := func(path string) string {
		var n int
		_, _ = fmt.Sscanf(path, "/v1/r%d/", &n)
		return spots()[n]
	}
	origin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Request-Id", "abc")
		w.Header().Set("X-Rate", "7")
		_ = json.NewEncoder(w).Encode(wrap(at(r.URL.Path), fresh()))
	}))
	t.Cleanup(origin.Close)
	target, err := url.Parse(origin.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ModifyResponse = func(res *http.Response) error {
		for _, p := range plants() {
			if p.name != res.Request.Header.Get("X-Plant") {
				continue
			}
			body, err := io.ReadAll(res.Body)
			if err != nil {
				return err
			}
			if p.change != nil {
				v := fresh()
				p.change(v)
				body, _ = json.Marshal(wrap(at(res.Request.URL.Path), v))
			}
			if p.answer != nil {
				res.StatusCode, body = p.answer(res.Header, body)
			}
			res.Header.Del("Content-Length")
			res.ContentLength = int64(len(body))
			res.Body = io.NopCloser(strings.NewReader(string(body)))
		}
		return nil
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return server.URL
}

// A proxy puts deviations of 29 kinds at ten places of responses. Each is found, at its pointer and with nothing else; the
// same traffic without them has none. The API's file is 3.0, 3.1 and JSON by turns.
func TestEveryDeviationThatAProxyPlantsIsFoundAtItsPlace(t *testing.T) {
	t.Parallel()
	base := plantingProxy(t)
	var clean, wrong []string
	want := map[string]string{}
	for i, place := range spots() {
		request := func(name, plant string) string {
			return fmt.Sprintf(`{"name": %q, "request": {"method": "GET", "url": "https://api.example.com/v1/r%d/77", "header": [{"key": "X-Plant", "value": %q}]}}`, name, i, plant)
		}
		clean = append(clean, request(fmt.Sprintf("clean at %d", i), ""))
		for _, p := range plants() {
			name := fmt.Sprintf("%s at %d", p.name, i)
			wrong = append(wrong, request(name, p.name))
			where := place + p.where
			if p.where[0] == ' ' {
				where = p.where[1:]
			}
			want[name] = ": " + where + ": " + p.says
		}
	}
	for _, version := range []string{"3.0.3", "3.1.0"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, map[string]string{
				"api.yaml":   paymentFile(version),
				"clean.json": `{"info": {"name": "C"}, "item": [` + strings.Join(clean, ",\n") + "]}",
				"wrong.json": `{"info": {"name": "W"}, "item": [` + strings.Join(wrong, ",\n") + "]}",
			})
			args := []string{"--openapi", "api.yaml", "--openapi-formats", "--openapi-strict", "--map", "https://api.example.com=" + base, "-r"}
			code, out, errs := runIn(t, dir, append(append([]string{"run", "clean.json"}, args...), "cli")...)
			if code != 0 || !strings.Contains(out, "openapi: 10 of 10 operations, 10 of 20 statuses, 10 of 10 parameters") {
				t.Errorf("clean traffic: exit code %d\n%s%s", code, out, errs)
			}
			if code, out, errs = runIn(t, dir, append(append([]string{"run", "wrong.json"}, args...), "junit")...); code != 1 {
				t.Errorf("planted deviations: exit code %d\n%s%s", code, out, errs)
			}
			messages := failuresOf(t, read(t, dir, "posthaste-report/junit.xml"))
			for name, says := range want {
				got := messages[name]
				if !strings.Contains(got, says) || strings.Contains(got, "\n") || !strings.Contains(got, "(api.yaml:") {
					t.Errorf("%s: the report says\n%s\nwant one line with\n%s", name, got, says)
				}
			}
		})
	}
}

// failuresOf are the messages of the failures of cases called contract, by suite.
func failuresOf(t *testing.T, xml string) map[string]string {
	t.Helper()
	root, err := junittest.Parse([]byte(xml))
	if err != nil {
		t.Fatal(err)
	}
	messages := map[string]string{}
	for _, suite := range root.All("testsuite") {
		for _, c := range suite.All("testcase") {
			if broken, ok := c.Broken(); ok && c.Attr("name") == "contract" {
				messages[suite.Attr("name")] = broken.Attr("message")
			}
		}
	}
	return messages
}
