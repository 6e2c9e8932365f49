package v3

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"posthaste/collection"
	"posthaste/collection/v3/write"
)

var update = flag.Bool("update", false, "write the golden files")

// rows lists what the format's page says, section by section: a row for each key of its tables, each value that
// is told of, each rule and each hazard. Every row has a fixture, testdata/rows/<row>.txtar, with a good case and
// a bad one; the bad one's message is part of the golden file beside it.
func rows() []string {
	return strings.Fields(`
	1-collection-directory 1-definition-is-optional 1-folder-without-definition 1-empty-folder 1-only-request-files 1-yml-alias 1-requests-in-resources
	1-pre-release-dialect
	2-name-and-stem 2-unique-names 2-paths-with-slashes
	3-kind 3-schema 3-id 3-name 3-description 3-variables 3-auth 3-scripts 3-order
	4-kind 4-schema 4-id 4-name 4-description 4-order 4-url 4-method 4-headers 4-queryParams 4-pathVariables 4-body 4-auth 4-scripts 4-examples 4-settings
	4-url-and-queryParams 4-get-with-body
	5-none 5-json 5-text 5-xml 5-html 5-javascript 5-urlencoded 5-formdata 5-file 5-content-under-type 5-graphql-in-http 5-other-type-names 5-v21-body 5-src
	6-type 6-language 6-code 6-packages 6-requests 6-request-http 6-request-graphql 6-request-grpc 6-folder-http 6-folder-graphql 6-folder-grpc
	6-several-of-one-type 6-order-of-scopes 6-src 6-scripts-directory
	7-basic 7-bearer 7-apikey 7-digest 7-oauth1 7-oauth2 7-jwt 7-awsv4 7-hawk 7-ntlm 7-asap 7-edgegrid 7-azure 7-sasl 7-inherit 7-noauth
	7-credentials-list 7-nearest-ancestor
	8-order-of-siblings 8-no-order-last 8-tie-by-name 8-fractional 8-tree-walk
	9-http-example 9-graphql-example 9-other-examples 9-inline-examples
	10-graphql-request 10-grpc-request 10-websocket-request 10-socket.io-request 10-mqtt-request 10-mcp-request 10-llm-request 10-messages
	11-environment 11-values 11-type-secret 11-enabled 11-description 11-source 11-by-name 11-scalars
	12-unquoted-placeholder 12-source-text 12-map-or-list 12-block-scalars 12-unknown-keys 12-aliases 12-duplicate-keys 12-quoted-order
	14-collection 14-folder 14-repository-root 14-postman-directory 14-single-request
	bounds-alias-bomb bounds-alias-cycle bounds-depth bounds-documents bounds-tabs bounds-encoding bounds-conflict bounds-merge-keys bounds-empty bounds-syntax`)
}

func TestRows(t *testing.T) {
	want := rows()
	for _, row := range want {
		t.Run(row, func(t *testing.T) {
			file := filepath.Join("testdata", "rows", row+".txtar")
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatalf("row %s has no fixture: %v", row, err)
			}
			cases := casesOf(archive)
			var b strings.Builder
			good, bad := 0, 0
			for _, name := range slices.Sorted(maps.Keys(cases)) {
				shown, complaints := show(cases[name])
				fmt.Fprintf(&b, "== %s\n%s", name, shown)
				switch {
				case strings.HasPrefix(name, "good"):
					good++
					if strings.Contains(shown, "error: ") {
						t.Errorf("%s is refused: %s", name, shown)
					}
				case strings.HasPrefix(name, "bad"):
					bad++
					if complaints == 0 {
						t.Errorf("nothing is said of %s", name)
					}
				default:
					t.Errorf("case %s is neither good nor bad", name)
				}
			}
			if good == 0 || bad == 0 {
				t.Errorf("%d good cases and %d bad ones: each row wants both", good, bad)
			}
			compareGolden(t, filepath.Join("testdata", "rows", row+".out"), b.String())
		})
	}
	files, err := filepath.Glob("testdata/rows/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if row := strings.TrimSuffix(filepath.Base(file), ".txtar"); !slices.Contains(want, row) {
			t.Errorf("%s is the fixture of no row", file)
		}
	}
}

// The keys of the page's tables in sections 3 and 4 are rows, so that a key which the page gains is missed here.
func TestRowsAreThoseOfThePage(t *testing.T) {
	page, err := os.ReadFile("../../../shared/spec/collection-v3.md")
	if err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	have := rows()
	section := ""
	for line := range strings.Lines(string(page)) {
		if m := regexp.MustCompile(`^## (\d+) `).FindStringSubmatch(line); m != nil {
			section = m[1]
		}
		cell, _, _ := strings.Cut(strings.TrimPrefix(line, "|"), "|")
		if section != "3" && section != "4" || !strings.HasPrefix(line, "| `") {
			continue
		}
		for _, m := range regexp.MustCompile("`\\$?(\\w+)`").FindAllStringSubmatch(cell, -1) {
			if row := section + "-" + m[1]; !slices.Contains(have, row) {
				t.Errorf("the page has %s, and there is no row for it", row)
			}
		}
	}
	kinds := regexp.MustCompile("(?m)^\\* `([a-z.]+-request)`").FindAllStringSubmatch(string(page), -1)
	for _, m := range kinds {
		if !slices.Contains(have, "10-"+m[1]) {
			t.Errorf("the page has the kind %s, and there is no row for it", m[1])
		}
	}
	auths := regexp.MustCompile("(?m)^`type`: `([a-z0-9 ]+)`").FindStringSubmatch(string(page))
	if auths == nil || len(kinds) < 7 {
		t.Fatal("the page is not what it was")
	}
	for _, kind := range strings.Fields(auths[1]) {
		if !slices.Contains(have, "7-"+kind) {
			t.Errorf("the page has the auth type %s, and there is no row for it", kind)
		}
	}
}

// casesOf sorts an archive's files into a file system for each case.
func casesOf(a *txtar.Archive) map[string]fstest.MapFS {
	cases := map[string]fstest.MapFS{}
	for _, f := range a.Files {
		name, path, _ := strings.Cut(f.Name, "/")
		if cases[name] == nil {
			cases[name] = fstest.MapFS{}
		}
		cases[name][path] = &fstest.MapFile{Data: f.Data}
	}
	return cases
}

// show reads a case as its file RUN says, or as a collection, and returns what there is to see, with the number
// of complaints.
func show(fsys fstest.MapFS) (string, int) {
	n := 0
	opt := Options{NewID: func() string { n++; return fmt.Sprintf("new-%d", n) }}
	command := []string{"open", "."}
	if run := fsys["RUN"]; run != nil {
		command = strings.Fields(string(run.Data))
		delete(fsys, "RUN")
	}
	var b strings.Builder
	var err error
	var notices []string
	switch command[0] {
	case "open", "locate":
		opt.Locate = command[0] == "locate"
		var c *collection.Collection
		if c, err = ParseDir(fsys, command[1], opt); err == nil {
			notices = c.Notices
			showCollection(&b, c)
		}
	case "environment":
		var env *collection.Environment
		if env, err = ParseEnvironment(command[1], fsys[command[1]].Data, opt); err == nil {
			notices = env.Notices
			b.Write(env.Export(collection.ExportOptions{}))
		}
	case "find":
		var file string
		file, err = FindEnvironment(fsys, command[1], command[2])
		fmt.Fprintf(&b, "file %s\n", file)
	}
	var head strings.Builder
	if err != nil {
		b.Reset()
		fmt.Fprintf(&head, "error: %v\n", err)
		var p *collection.ParseError
		if errors.As(err, &p) && p.Hint != "" {
			fmt.Fprintf(&head, "hint: %s\n", p.Hint)
		}
		notices = append(notices, "")
	} else {
		for _, notice := range notices {
			fmt.Fprintf(&head, "notice: %s\n", notice)
		}
	}
	return head.String() + b.String(), len(notices)
}

func showCollection(b *strings.Builder, c *collection.Collection) {
	fmt.Fprintf(b, "collection %q id %s", c.Name, c.ID)
	if c.Description != "" {
		fmt.Fprintf(b, " %q", c.Description)
	}
	if c.Selected != nil {
		fmt.Fprintf(b, " selected %q", write.Path(c, c.Selected))
	}
	b.WriteByte('\n')
	for _, v := range c.Variables {
		fmt.Fprintf(b, "  variable %s = %s disabled %v %q\n", v.Key, v.Value.JSONText(), v.Disabled, v.Description)
	}
	for _, l := range c.Lost {
		fmt.Fprintf(b, "  lost %q: %s\n", l.Path, l.What)
	}
	_ = c.Walk(func(it *collection.Item) error {
		fmt.Fprintf(b, "%s:%d:%d %q id %s\n", it.File, it.Pos.Line, it.Pos.Col, write.Path(c, it), it.ID)
		if it.Request == nil {
			for _, v := range it.Variables {
				fmt.Fprintf(b, "  variable %s = %s\n", v.Key, v.Value.JSONText())
			}
			return nil
		}
		fmt.Fprintf(b, "  %s %s\n  %s\n", it.Request.Method, it.Request.URL.Resolved(), collection.RequestDocument(it.Request))
		if a := it.EffectiveAuth(c); a != nil {
			fmt.Fprintf(b, "  auth %s\n", collection.AuthDocument(a))
		}
		behavior := it.EffectiveBehavior(c)
		for _, key := range slices.Sorted(maps.Keys(behavior)) {
			fmt.Fprintf(b, "  behavior %s = %s\n", key, behavior[key].JSONText())
		}
		for _, listen := range []string{"prerequest", "test"} {
			for _, s := range it.Scripts(c, listen) {
				fmt.Fprintf(b, "  %s of %s %q: %q %s %v %s\n", listen, s.Level, s.Name, s.Script.Source, s.Script.File, s.Script.Lines, s.Script.Packages)
			}
		}
		if it.Responses != nil {
			fmt.Fprintf(b, "  examples %s\n", it.Responses)
		}
		return nil
	})
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(got, string(want)); d != "" {
		t.Errorf("got -, want +:\n%s", d)
	}
}
