package convert

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
	v3 "posthaste/collection/v3"
	"posthaste/runner"
	"posthaste/runner/event"
)

// A collection, its directory of format 3.0 and the file that this converts back to send the same requests, run
// the same scripts and give the same results.
func TestRunsAlike(t *testing.T) {
	files := []string{filepath.Join("testdata", "full.json")}
	root := filepath.Join("..", "..", "shared", "vipps", "official")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := filepath.Base(path)
		if err == nil && !d.IsDir() && strings.HasSuffix(name, ".json") && !strings.Contains(name, "enviro") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Log("skipped: ../shared is not here; only our own file runs")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Date", "Sun, 22 Nov 2026 08:00:00 GMT")
		_, _ = fmt.Fprintf(w, `{"access_token":"t","path":%q,"method":%q}`, r.URL.Path, r.Method)
	}))
	defer server.Close()
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			before := read(t, "c.json", data)
			there, err := Run(Source{Name: "c.json", Data: data}, "3.0")
			if err != nil {
				t.Fatal(err)
			}
			between, err := v3.ParseDir(tree(there.Files), ".", v3.Options{})
			if err != nil {
				t.Fatal(err)
			}
			back, err := Run(Source{Name: "c", FS: tree(there.Files), Dir: "."}, "2.1")
			if err != nil {
				t.Fatal(err)
			}
			env := environment(data, server.URL)
			want := transcript(t, before, env, server.URL)
			if !strings.Contains(want, "sent ") {
				t.Fatalf("nothing was sent:\n%s", want)
			}
			if d := cmp.Diff(transcript(t, between, env, server.URL), want); d != "" {
				t.Errorf("format 3.0 runs differently, got -, want +:\n%s", d)
			}
			if d := cmp.Diff(transcript(t, read(t, "c.json", back.Document), env, server.URL), want); d != "" {
				t.Errorf("what came back runs differently, got -, want +:\n%s", d)
			}
		})
	}
}

// environment gives every name that stands in placeholders a value: an address where the name asks for one.
func environment(data []byte, address string) *collection.Environment {
	env := &collection.Environment{ID: "e", Name: "e"}
	for _, m := range regexp.MustCompile(`\{\{([^{}$]+)\}\}`).FindAllStringSubmatch(string(data), -1) {
		value := "value-of-" + m[1]
		if name := strings.ToLower(m[1]); strings.Contains(name, "url") || strings.Contains(name, "host") || name == "base" {
			value = address
		}
		env.Values = append(env.Values, collection.Variable{Key: m[1], Value: collection.Text(value)})
	}
	return env
}

// transcript runs a collection and tells what happened, but for what differs from run to run.
func transcript(t *testing.T, c *collection.Collection, env *collection.Environment, address string) string {
	t.Helper()
	var b strings.Builder
	failed := func(e *event.Error) string {
		if e == nil {
			return "passed"
		}
		return fmt.Sprintf("%s: %s line %d", e.Name, e.Message, e.Line)
	}
	proxy, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	_, err = runner.Run(ctx, runner.Options{
		Collection: c, Environment: env, Bodies: 1 << 20, Rand: rand.NewChaCha8([32]byte{}), Today: func() time.Time { return at },
		Network: runner.Network{Timeout: 5 * time.Second, Proxy: func(to *url.URL) (*url.URL, error) {
			if "http://"+to.Host == address {
				return nil, nil
			}
			return proxy, nil // so that nothing leaves this machine
		}},
		Sink: func(e event.Masked) error {
			switch e := e.Event().(type) {
			case event.ItemStarted:
				fmt.Fprintf(&b, "item %q in %q\n", e.Item.Name, e.Item.Path)
			case event.RequestSent:
				fmt.Fprintf(&b, "sent %s %s %q\n", e.Request.Method, e.Request.URL, e.Request.Body.Data)
				for _, h := range e.Request.Header {
					if h.Key != "Postman-Token" {
						fmt.Fprintf(&b, "  %s: %s\n", h.Key, h.Value)
					}
				}
			case event.RequestFailed:
				fmt.Fprintf(&b, "failed %s\n", failed(e.Error))
			case event.ScriptFinished:
				fmt.Fprintf(&b, "script %s of %s %q: %s %v\n", e.Script.Listen, e.Script.Level, e.Script.Owner, failed(e.Error), e.Next)
			case event.Assertion:
				fmt.Fprintf(&b, "assertion %q: %s\n", e.Name, failed(e.Error))
			case event.Console:
				fmt.Fprintf(&b, "console %s %q\n", e.Level, e.Args)
			case event.VariableSet:
				fmt.Fprintf(&b, "set %s %s = %s\n", e.Scope, e.Key, e.Value)
			}
			return nil
		},
	})
	if err != nil {
		fmt.Fprintf(&b, "run: %v\n", err)
	}
	return b.String()
}
