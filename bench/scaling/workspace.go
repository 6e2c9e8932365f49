package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A workspace is where an input is written. It keeps the first error.
type workspace struct {
	dir, base string
	prepare   func(args []string) error // runs the program before the measurement
	err       error
}

// object is a JSON object.
type object = map[string]any

// file writes a file.
func (w *workspace) file(name, text string) {
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600); err != nil && w.err == nil {
		w.err = err
	}
}

// json writes a file of JSON.
func (w *workspace) json(name string, v any) {
	data, err := json.Marshal(v)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.file(name, string(data))
}

// collection writes c.json.
func (w *workspace) collection(items ...any) string {
	w.json("c.json", object{"info": object{"name": "scaling"}, "item": items})
	return "c.json"
}

// requests writes c.json with n simple requests and an assertion in each.
func (w *workspace) requests(n int) string {
	return w.collection(list(n, func(i int) any {
		return w.item(fmt.Sprintf("request %d", i), w.base+"/", "pm.test('is answered', () => pm.response.to.have.status(200))")
	})...)
}

// item is a request with a test script.
func (w *workspace) item(name string, request any, script string) object {
	item := object{"name": name, "request": request}
	if script != "" {
		item["event"] = []any{object{"listen": "test", "script": object{"exec": strings.Split(script, "\n")}}}
	}
	return item
}

// reporters are those that nearly every run is measured with.
const reporters = "cli,junit,html,json,events"

// run is the command line that runs a collection.
func (w *workspace) run(collection string, more ...string) []string {
	return append([]string{"run", collection, "-r", reporters, "--timeout-script", "600000"}, more...)
}

// script is the command line that runs one request with a test script.
func (w *workspace) script(source string, more ...string) []string {
	return w.run(w.collection(w.item("request", w.base+"/", source)), more...)
}

// environment writes e.json.
func (w *workspace) environment(n int, variable func(i int) (key, value string)) string {
	w.json("e.json", object{"name": "e", "values": list(n, func(i int) any {
		key, value := variable(i)
		return object{"key": key, "value": value, "enabled": true}
	})})
	return "e.json"
}

// list makes n of something.
func list(n int, produce func(i int) any) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = produce(i)
	}
	return all
}

// text joins n pieces.
func text(n int, piece func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(piece(i))
	}
	return b.String()
}

// number is a name that ends in a number.
func number(name string) func(i int) string {
	return func(i int) string { return fmt.Sprintf("%s%d", name, i) }
}
