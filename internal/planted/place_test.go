package planted_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// A place is a way in which a run gets to know a secret.
type place struct {
	group  string // for the table
	name   string
	plant  func(w *world, n int, secret string)
	shapes string // which sorts of values it can hold, see sorts
	met    bool   // the run meets it on the way: it can be late
}

// The sorts of values: letters and digits; what a header takes; what a text takes; beyond ASCII; what the place makes.
const (
	anything = "wtau"
	ofHeader = "wt"
	ofWord   = "w"
)

// value is secret n. Each sort has what encodings change.
func value(n int, sort byte) string {
	switch sort {
	case 't':
		return fmt.Sprintf("pl4nt%03d/Q+w=z", n)
	case 'a':
		return fmt.Sprintf(`pl4nt%03d "q" <t>&'s' \n %%41`, n)
	case 'u':
		return fmt.Sprintf("pl4nt%03d-pässwörd-→", n)
	}
	return fmt.Sprintf("pl4nt%03dZk7Qw9", n)
}

// A world is what one run is given.
type world struct {
	base        string // of the server
	environment []map[string]any
	globals     []map[string]any
	variables   []map[string]any // of the collection
	rows        map[string]string
	envFile     strings.Builder
	vault       strings.Builder
	args        []string
	items       []any
	late        bool
	secrets     map[int]string
}

func (w *world) env(n int, v any, more ...string) {
	one := map[string]any{"key": fmt.Sprintf("var%03d", n), "value": v, "enabled": true}
	for i := 0; i+1 < len(more); i += 2 {
		one[more[i]] = more[i+1]
	}
	w.environment = append(w.environment, one)
}

// item adds a request to the echo of secret n, changed by what the place needs.
func (w *world) item(n int, change ...func(item, request map[string]any)) {
	request := map[string]any{"method": "GET", "url": fmt.Sprintf("%s/echo/%d", w.base, n)}
	item := map[string]any{"name": fmt.Sprintf("request %d", n), "request": request, "event": []any{map[string]any{
		"listen": "test", "script": map[string]any{"exec": showScript},
	}}}
	for _, f := range change {
		f(item, request)
	}
	w.items = append(w.items, item)
}

// showScript shows what the server has answered in the ways in which scripts do.
var showScript = []string{
	"const text = pm.response.text(), lines = text.split('\\n')",
	"console.log(text)", "console.warn({deep: {list: [text]}})", "console.error(Buffer.from(lines[0].slice(0, 40)))",
	"pm.test('named ' + lines[0], () => {})", "pm.test('compares', () => pm.expect(text).to.equal('other'))",
	"pm.test('has', () => pm.expect({inner: [lines[0]]}).to.eql({}))",
	"pm.globals.set('copy', {inside: lines})", "pm.variables.set('line', lines[1])", "throw new Error('because of ' + text)",
}

// met adds the request whose answer tells the secret, and the echo: behind it, or before it when the secret is late.
func (w *world) meet(n int, kind string) {
	reveal := func() {
		w.items = append(w.items, map[string]any{"name": fmt.Sprintf("reveal %d", n), "request": map[string]any{
			"method": "GET", "url": fmt.Sprintf("%s/reveal/%s/%d", w.base, kind, n),
		}})
	}
	if !w.late {
		reveal()
	}
	w.item(n)
	if w.late {
		reveal()
	}
}

func header(key string) func(w *world, n int, secret string) {
	return func(w *world, n int, secret string) {
		w.item(n, func(_, request map[string]any) {
			request["header"] = []any{map[string]any{"key": key, "value": secret}}
		})
	}
}

func auth(kind, field string, more ...string) func(w *world, n int, secret string) {
	return func(w *world, n int, secret string) {
		params := []any{map[string]any{"key": field, "value": secret}}
		for i := 0; i+1 < len(more); i += 2 {
			params = append(params, map[string]any{"key": more[i], "value": more[i+1]})
		}
		w.item(n, func(_, request map[string]any) { request["auth"] = map[string]any{"type": kind, kind: params} })
	}
}

func body(mode string, make func(secret string) any) func(w *world, n int, secret string) {
	return func(w *world, n int, secret string) {
		w.item(n, func(_, request map[string]any) {
			request["method"], request["body"] = "POST", map[string]any{"mode": mode, mode: make(secret)}
		})
	}
}

func raw(format string) func(w *world, n int, secret string) {
	return body("raw", func(secret string) any { return fmt.Sprintf(format, secret) })
}

func jsonRaw(format string) func(w *world, n int, secret string) {
	return body("raw", func(secret string) any { return fmt.Sprintf(format, quoted(secret)) })
}

func quoted(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func query(text string) func(w *world, n int, secret string) {
	return func(w *world, n int, secret string) {
		w.item(n, func(_, request map[string]any) {
			request["url"] = fmt.Sprintf("%s/echo/%d%s", w.base, n, fmt.Sprintf(text, url.QueryEscape(secret)))
		})
	}
}

func answer(kind string) func(w *world, n int, secret string) {
	return func(w *world, n int, _ string) { w.meet(n, kind) }
}

func script(format string) func(w *world, n int, secret string) {
	return func(w *world, n int, secret string) {
		set := func(item, _ map[string]any) {
			line := fmt.Sprintf(format, quoted(secret[:7]), quoted(secret[7:]))
			item["event"] = append([]any{map[string]any{"listen": "prerequest", "script": map[string]any{"exec": []string{line}}}}, item["event"].([]any)...)
		}
		if !w.late {
			w.item(n, set)
			return
		}
		w.item(n)
		w.items = append(w.items, map[string]any{"name": fmt.Sprintf("late %d", n), "request": map[string]any{"url": w.base + "/fine"}, "event": []any{map[string]any{
			"listen": "test", "script": map[string]any{"exec": []string{fmt.Sprintf(format, quoted(secret[:7]), quoted(secret[7:]))}},
		}}})
	}
}
