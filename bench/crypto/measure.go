package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A row is what one collection needed in both runners, by the operation; "load" is the library itself.
type row struct {
	library, form, loading string
	operations             []string
	times                  [2]map[string][]sample // of Posthaste and of newman, a sample a round
	wall                   [2][]float64           // seconds of the whole process
}

// A sample is how many milliseconds the first call took, and the mean of those after it.
type sample struct{ first, later float64 }

type measuring struct {
	options
	dir, modules string
	progress     io.Writer
	keys         string // JSON of what scripts find in the variable keys
}

// loadings are the ways to a library's text.
func loadings() []string { return []string{"eval of a variable", "pm.sendRequest", "pm.require"} }

// all measures every form of every library. The first form is loaded in each way, the others by eval alone.
func (m *measuring) all() (rows []row, err error) {
	if m.keys, err = makeKeys(); err != nil {
		return nil, err
	}
	for _, l := range libraries() {
		for i, f := range l.forms {
			if !strings.Contains(l.name+" "+f.name, m.only) {
				continue
			}
			for j, loading := range loadings() {
				if i > 0 && j > 0 {
					continue
				}
				r, err := m.row(l, f, loading)
				if err != nil {
					return nil, fmt.Errorf("%s, %s, %s: %w", l.name, f.name, loading, err)
				}
				rows = append(rows, r)
			}
		}
	}
	return rows, nil
}

// makeKeys makes new keys, so that none stands in the tree.
func makeKeys() (string, error) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", fmt.Errorf("making a key: %w", err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", fmt.Errorf("making a key: %w", err)
	}
	text := func(kind string, der []byte, err error) string {
		if err != nil {
			return ""
		}
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	pkcs8 := func(key any) string {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		return text("PRIVATE KEY", der, err)
	}
	spki := func(key any) string { der, err := x509.MarshalPKIXPublicKey(key); return text("PUBLIC KEY", der, err) }
	keys, err := json.Marshal(map[string]string{
		"rsa": pkcs8(private), "rsaPublic": spki(&private.PublicKey), "ec": pkcs8(curve), "ecPublic": spki(&curve.PublicKey),
		"modulus": private.N.Text(16), "exponent": private.D.Text(16), "hex": "5ad3c1f09b7e284615d0af93c2e47b68",
		"claims": `{"iss":"client","aud":"https://login.example.test","iat":1700000000,"exp":1700000300,"jti":"f2a1"}`,
		"long":   strings.Repeat("0123456789abcdef", 1024),
	})
	return string(keys), err
}

// row runs a collection in both runners in turns, and compares what they say.
func (m *measuring) row(l library, f form, loading string) (r row, err error) {
	text, err := f.text(m.modules)
	if err != nil {
		return r, err
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		if request.URL.Path == "/lib.js" {
			fmt.Fprint(w, text)
		}
	}))
	defer server.Close()
	r = row{library: l.name, form: f.name, loading: loading, times: [2]map[string][]sample{{}, {}}}
	for _, o := range l.operations {
		r.operations = append(r.operations, o.name)
	}
	name, args := filepath.Join(m.dir, "collection.json"), []string{}
	source := script(l, f, loading, server.URL)
	if loading == "pm.require" {
		if args, err = m.packaged(l, f, text); err != nil {
			return r, err
		}
	}
	if err := writeCollection(name, server.URL, text, m.keys, source); err != nil {
		return r, err
	}
	said := [2]map[string]string{}
	for range m.rounds {
		for i, runner := range [][]string{{m.posthaste, "run"}, {"node", m.newman, "run"}} {
			if i == 1 && (m.newman == "" || loading == "pm.require") {
				continue // newman has no pm.require
			}
			if said[i], err = m.one(&r, i, append(append(runner, name), args...)); err != nil {
				return r, fmt.Errorf("%s: %w", runner[0], err)
			}
		}
		for operation, want := range said[1] {
			if said[0][operation] != want {
				return r, fmt.Errorf("%s: posthaste says %.100q, newman %.100q", operation, said[0][operation], want)
			}
		}
	}
	fmt.Fprintf(m.progress, "%s, %s, %s\n", l.name, f.name, loading)
	return r, nil
}

// packaged puts a library into a folder of packages, and returns the options that name it.
func (m *measuring) packaged(l library, f form, text string) ([]string, error) {
	dir := filepath.Join(m.dir, "packages", "@bench")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("making a package: %w", err)
	}
	text = "module.exports = (function (module, exports, require, define) {\n" + f.before + "\n" + text + "\nreturn {lib: " + f.lib + exported(l) + "}\n})();"
	return []string{"--packages", filepath.Dir(dir)}, os.WriteFile(filepath.Join(dir, "library.js"), []byte(text), 0o644)
}

// exported are the further names that the scripts of a library use.
func exported(l library) string {
	if l.name == "jsrsasign" {
		return ", KJUR: KJUR, KEYUTIL: KEYUTIL"
	}
	return ""
}

// script is what the collection runs. It leaves times and results in globals.
func script(l library, f form, loading, server string) string {
	var b strings.Builder
	b.WriteString("var keys = JSON.parse(pm.collectionVariables.get('keys')), times = {}, said = {}, began = Date.now();\n")
	end := ""
	switch loading {
	case "pm.require":
		b.WriteString("var loaded = pm.require('@bench/library'), lib = loaded.lib;\n")
		for _, name := range strings.Split(strings.TrimPrefix(exported(l), ", "), ", ") {
			if name, _, ok := strings.Cut(name, ":"); ok {
				fmt.Fprintf(&b, "var %s = loaded.%s;\n", name, name)
			}
		}
	case "pm.sendRequest":
		fmt.Fprintf(&b, "pm.sendRequest('%s/lib.js', function (err, answer) {\nif (err) throw err;\nbegan = Date.now();\n%s\neval(answer.text());\nvar lib = %s;\n", server, f.before, f.lib)
		end = "});\n"
	default:
		fmt.Fprintf(&b, "%s\neval(pm.collectionVariables.get('lib'));\nvar lib = %s;\n", f.before, f.lib)
	}
	b.WriteString("times.load = [Date.now() - began, Date.now() - began];\n" + measure + l.setup + "\n")
	for _, o := range l.operations {
		fmt.Fprintf(&b, "measure(%q, function () { return %s });\n", o.name, o.code)
	}
	b.WriteString("pm.globals.set('times', JSON.stringify(times)); pm.globals.set('said', JSON.stringify(said));\n" + end)
	return b.String()
}

// measure calls a function once, and up to five times more within a second and a half.
const measure = `function measure(name, f) {
	var start = Date.now();
	said[name] = String(f());
	var first = Date.now() - start, count = 0, from = Date.now();
	while (count < 5 && Date.now() - from < 1500) { f(); count++ }
	times[name] = [first, (Date.now() - from) / count];
}
`

func writeCollection(name, server, text, keys, source string) error {
	data, err := json.Marshal(map[string]any{
		"info":     map[string]any{"name": "crypto", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
		"variable": []any{map[string]any{"key": "lib", "value": text}, map[string]any{"key": "keys", "value": keys}},
		"item": []any{map[string]any{
			"name":    "sign",
			"request": map[string]any{"method": "GET", "url": server + "/"},
			"event":   []any{map[string]any{"listen": "test", "script": map[string]any{"exec": strings.Split(source, "\n")}}},
		}},
	})
	if err != nil {
		return fmt.Errorf("writing the collection: %w", err)
	}
	return os.WriteFile(name, data, 0o644)
}

// one runs a runner and notes its times.
func (m *measuring) one(r *row, runner int, command []string) (map[string]string, error) {
	globals := filepath.Join(m.dir, "globals.json")
	_ = os.Remove(globals)
	ctx, cancel := context.WithTimeout(context.Background(), m.timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], append(command[1:], "--export-globals", globals, "--timeout-script", "600000")...) //nolint:gosec // what the person who measures named
	began := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	r.wall[runner] = append(r.wall[runner], time.Since(began).Seconds())
	data, err := os.ReadFile(globals)
	if err != nil {
		return nil, fmt.Errorf("reading the times: %w", err)
	}
	var file struct{ Values []struct{ Key, Value string } }
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("reading the times: %w", err)
	}
	times, said := map[string][2]float64{}, map[string]string{}
	for _, v := range file.Values {
		switch v.Key {
		case "times":
			err = errors.Join(err, json.Unmarshal([]byte(v.Value), &times))
		case "said":
			err = errors.Join(err, json.Unmarshal([]byte(v.Value), &said))
		}
	}
	if err != nil || len(said) == 0 {
		return nil, fmt.Errorf("the script did not come to its end: %w\n%s", err, out)
	}
	for name, t := range times {
		r.times[runner][name] = append(r.times[runner][name], sample{t[0], t[1]})
	}
	return said, nil
}

// median is that of what pick gives for the samples; 0 without one.
func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	list = slices.Clone(list)
	slices.Sort(list)
	return list[len(list)/2]
}
