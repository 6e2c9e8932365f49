package openapi

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"posthaste/internal/vipps"
	"posthaste/internal/vipps/vary"
)

var update = flag.Bool("update", false, "write the list of optional fields again")

// optionalList is read by the simulator, and written here.
const optionalList = "../../internal/vipps/vary/optional.txt"

// TestOptionalFieldsAreThoseOfTheFiles compares the list by which --vary leaves fields out with the files: a field is in
// it when no file that has the operation requires it. -update writes it.
func TestOptionalFieldsAreThoseOfTheFiles(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	server := vipps.New(vipps.Options{})
	required, optional := map[string]bool{}, map[string]bool{}
	for _, s := range load(t, filepath.Join(shared, "specs")) {
		for _, o := range s.played(server) {
			name := routeName(server, o.method, o.prefix+o.path)
			for code, response := range o.op.Responses.Map() {
				if !strings.HasPrefix(code, "2") || response.Value == nil {
					continue
				}
				for _, media := range response.Value.Content {
					fields(media.Schema, name+" ", nil, required, optional)
				}
			}
		}
	}
	var list []string
	for path := range optional {
		if !required[path] {
			list = append(list, path)
		}
	}
	slices.Sort(list)
	if *update {
		text := "# Written by the test of tools/openapi from Vipps' files: what a response need not have.\n" + strings.Join(list, "\n") + "\n"
		if err := os.WriteFile(optionalList, []byte(text), 0o644); err != nil { //nolint:gosec // everyone may read it
			t.Fatal(err)
		}
		return
	}
	if !slices.Equal(list, vary.Optional()) {
		t.Errorf("%s is not what the files say; go -C tools/openapi test -run Optional -update writes it", optionalList)
	}
	for _, c := range vary.Choices() {
		path := c.Operation + " " + c.Path
		if c.Why == "" || !optional[path] && c.Path != vary.Unknown {
			t.Errorf("the choice %q needs a reason, and a field that some file does not require", path)
		}
	}
}

// TestEveryAlternativeIsVaried holds that --vary gives, in what generated requests and whole collections are answered, each successful status of
// a file, and more than one set of fields wherever a file does not require all.
func TestEveryAlternativeIsVaried(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	specs := load(t, filepath.Join(shared, "specs"))
	seen := generate(t, specs, vipps.Options{Vary: true, VarySeed: generatorSeed}).shapes
	server := vipps.New(vipps.Options{})
	official, own := files(t)
	for seed := range uint64(3) {
		for _, file := range append(official, own...) {
			for _, a := range run(t, file, vipps.Options{Vary: true, VarySeed: seed, SigningKey: key(t)}) {
				seen.add(routeName(server, a.method, a.path), a)
			}
		}
	}
	alternatives := 0
	for _, s := range specs {
		for _, o := range s.played(server) {
			name := routeName(server, o.method, o.prefix+o.path)
			statuses := successful(o)
			if len(statuses) > 1 || vary.Varies(name) {
				alternatives++
			}
			for _, status := range statuses {
				if len(statuses) > 1 && !seen[name].has(status) && notGiven()[name+" "+status] == "" {
					t.Errorf("%s %s (%s): %s is never given", o.method, o.path, name, status)
				}
			}
			if vary.Varies(name) && len(seen[name]) < 2 && notGiven()[name] == "" {
				t.Errorf("%s %s (%s): there is one set of fields only: %v", o.method, o.path, name, seen[name])
			}
		}
	}
	t.Logf("%d operations have an alternative", alternatives)
}

// successful lists the statuses of success that a file has for an operation.
func successful(o operation) []string {
	var list []string
	for code := range o.op.Responses.Map() {
		if strings.HasPrefix(code, "2") {
			list = append(list, code)
		}
	}
	slices.Sort(list)
	return list
}

// shapes are the statuses and sets of fields of an operation's successful responses, as "200 a b[].c".
type shapes map[string]bool

// seenShapes are those of all operations, by the simulator's name.
type seenShapes map[string]shapes

func (s seenShapes) add(operation string, a answer) {
	if a.status >= http.StatusMultipleChoices {
		return
	}
	if s[operation] == nil {
		s[operation] = shapes{}
	}
	s[operation][shapeOf(a)] = true
}

func (s shapes) has(status string) bool {
	for shape := range s {
		if strings.HasPrefix(shape, status+" ") {
			return true
		}
	}
	return false
}

// shapeOf is the status and the fields of a response.
func shapeOf(a answer) string {
	paths := map[string]bool{}
	var walk func(v any, at string)
	walk = func(v any, at string) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				if name != vary.Unknown {
					paths[at+"."+name] = true
					walk(inner, at+"."+name)
				}
			}
		case []any:
			for _, inner := range v {
				walk(inner, at+"[]")
			}
		}
	}
	var v any
	if json.Unmarshal(a.body, &v) == nil {
		walk(v, "")
	}
	return fmt.Sprint(a.status, " ", strings.Join(slices.Sorted(maps.Keys(paths)), " "))
}

// fields notes which fields below a schema are required, and which are not. A schema that is within itself is left.
func fields(ref *openapi3.SchemaRef, at string, within []*openapi3.Schema, required, optional map[string]bool) {
	if ref == nil || ref.Value == nil || slices.Contains(within, ref.Value) {
		return
	}
	s := ref.Value
	within = append(slices.Clone(within), s)
	for _, group := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf} {
		for _, part := range group {
			fields(part, at, within, required, optional)
		}
	}
	if s.Items != nil {
		fields(s.Items, at+"[]", within, required, optional)
	}
	for name, inner := range s.Properties {
		path := at + "." + name
		if strings.HasSuffix(at, " ") {
			path = at + name
		}
		if slices.Contains(s.Required, name) {
			required[path] = true
		} else {
			optional[path] = true
		}
		fields(inner, path, within, required, optional)
	}
}

// routeName is the simulator's name of an operation.
func routeName(server *vipps.Server, method, path string) string {
	for _, rt := range server.Routes() {
		if rt.Method == method && fitsRoute(rt.Pattern, path) {
			return rt.Name
		}
	}
	return ""
}
