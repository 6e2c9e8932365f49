package convert

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
	"posthaste/collection/v3/write"
)

// Every collection that Vipps published becomes one of format 3 and comes back with the same meaning.
func TestOfficialCollections(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "vipps", "official")
	if _, err := os.Stat(root); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := filepath.Base(path)
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".json") || strings.Contains(name, "enviro") {
			return err
		}
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			checkRoundTrip(t, name, data, map[string]bool{})
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkRoundTrip converts a file to 3.0 and back. Losses must be among those allowed.
func checkRoundTrip(t *testing.T, name string, data []byte, allowed map[string]bool) {
	t.Helper()
	there, err := Run(Source{Name: name, Data: data}, "3.0")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range there.Losses {
		if !allowed[l.What] {
			t.Errorf("lost on the way to 3.0: %s: %s", l.Path, l.What)
		}
	}
	back, err := Run(Source{Name: name, FS: tree(there.Files), Dir: "."}, "2.1")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range back.Losses {
		t.Errorf("lost on the way back: %s: %s", l.Path, l.What)
	}
	for _, n := range back.Notices {
		t.Errorf("notice: %s", n)
	}
	before, after := read(t, name, data), read(t, name, back.Document)
	was, is := before.Requests(), after.Requests()
	if len(was) != len(is) || len(was) == 0 {
		t.Fatalf("%d requests came back as %d", len(was), len(is))
	}
	for i, it := range was {
		if d := cmp.Diff(sent(is[i]), sent(it)); d != "" {
			t.Errorf("request %q came back differently, got -, want +:\n%s", it.Name, d)
		}
		for _, listen := range []string{"prerequest", "test"} {
			got, want := is[i].Scripts(after, listen), it.Scripts(before, listen)
			if len(got) != len(want) {
				t.Fatalf("%q: %d %s scripts, want %d", it.Name, len(got), listen, len(want))
			}
			for j := range want {
				if got[j].Script.Source != write.Lines(want[j].Script.Source) || got[j].Level != want[j].Level || got[j].Name != want[j].Name {
					t.Errorf("%q: the %s script of %s came back differently", it.Name, listen, want[j].Name)
				}
			}
		}
	}
	if d := cmp.Diff(variables(after.Variables), variables(before.Variables)); d != "" {
		t.Errorf("variables came back differently, got -, want +:\n%s", d)
	}
	if d := cmp.Diff(auth(after.Auth), auth(before.Auth)); d != "" {
		t.Errorf("auth came back differently, got -, want +:\n%s", d)
	}
}

func read(t *testing.T, name string, data []byte) *collection.Collection {
	t.Helper()
	c, err := collection.Parse(name, data, collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sent is a request's document without what changes nothing: keys of Postman's own, the language of a raw body
// that had none, an id and a type beside what they say again.
func sent(it *collection.Item) string {
	q := it.Request.Clone()
	q.Extra, q.Name, q.URL.Extra = nil, "", nil
	if q.Description == "" {
		q.Description = it.Description
	}
	for i := range q.Header {
		q.Header[i].Extra = nil
	}
	for i := range q.URL.Query {
		q.URL.Query[i].Extra = nil
	}
	for i := range q.URL.Variables {
		q.URL.Variables[i].Extra, q.URL.Variables[i].ID, q.URL.Variables[i].Type = nil, "", ""
	}
	parts := collection.ParseURL(q.URL.String()) // an object may put a slash into its host
	q.URL.Protocol, q.URL.Host, q.URL.Path, q.URL.Port = parts.Protocol, parts.Host, parts.Path, parts.Port
	if q.Body != nil && q.Body.Mode == "" {
		q.Body = nil
	}
	if b := q.Body; b != nil {
		b.Options = []byte(`{"raw":{"language":"` + write.RawLanguage(q) + `"}}`)
		for i := range b.URLEncoded {
			b.URLEncoded[i].Extra = nil
		}
	}
	if q.Auth != nil {
		for i := range q.Auth.Params {
			q.Auth.Params[i].Type = ""
		}
	}
	return strings.ReplaceAll(string(collection.RequestDocument(q)), `,"`, ",\n\"")
}
