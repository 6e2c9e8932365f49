package openapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"go.yaml.in/yaml/v3"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/contract"
	"posthaste/internal/vipps"
	"posthaste/runner/event"
)

// A spec is one OpenAPI file and the path in front of its own.
type spec struct {
	name   string
	prefix []string
	doc    *openapi3.T
	own    *contract.Contract // the same file as run --openapi reads it, served at http://sim without a base path
}

// prefixes are those that the file does not have, or has wrongly.
func prefixes() map[string][]string {
	return map[string][]string{
		// The file has the path of a machine inside Vipps.
		"recurring-v1_2019-05-21.json": {"/recurring"},
		// One environment variable has the path of either product, so the ISP collection runs under the IPP's.
		"invoice-isp_0.3.44_2020-02-14.yaml": {"/vipps-isp/v1", "/vipps-ipp/v1", "/vipps-invoice"},
		"invoice-ipp_0.3.44_2019-10-04.yaml": {"/vipps-ipp/v1", "/vipps-invoice"},
		// The callbacks that a merchant answers: nothing of the simulator's is matched with them.
		"ecom-v2-merchant-endpoints_2023-05-09.yaml": {"/merchant"},
		// Two files that have no operation in common with the path that was used.
		"psp-v2_1.0.4_2019-09-10.json": {"/psp"},
	}
}

// load reads all files of a folder.
func load(t *testing.T, folder string) []spec {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no specifications in %s: %v", folder, err)
	}
	var all []spec
	for _, file := range files {
		doc, base, err := read(file)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		s := spec{name: filepath.Base(file), prefix: prefixes()[filepath.Base(file)], doc: doc}
		if s.prefix == nil {
			s.prefix = []string{base}
		}
		own, err := openapi.Load(file, openapi.Options{Base: "http://sim/", Read: os.ReadFile})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		s.own = contract.New([]*openapi.Document{own}, contract.Options{})
		all = append(all, s)
	}
	return all
}

// read reads a file of OpenAPI 3 or Swagger 2, and the path in front of its operations.
func read(file string) (*openapi3.T, string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, "", err
	}
	var plain any
	if err := yaml.Unmarshal(data, &plain); err != nil {
		return nil, "", err
	}
	if data, err = json.Marshal(keyed(plain)); err != nil {
		return nil, "", err
	}
	var old openapi2.T
	if err := json.Unmarshal(data, &old); err == nil && old.Swagger != "" {
		doc, err := openapi2conv.ToV3(&old)
		return doc, old.BasePath, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return nil, "", err
	}
	base := ""
	if len(doc.Servers) > 0 {
		u, err := url.Parse(doc.Servers[0].URL)
		if err != nil {
			return nil, "", err
		}
		base = u.Path
	}
	return doc, strings.TrimSuffix(base, "/"), nil
}

// keyed makes YAML's maps fit for JSON: some files have bare numbers as keys of responses.
func keyed(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			if outside(inner) {
				delete(v, k)
				continue
			}
			v[k] = keyed(inner)
		}
		// The charset is no part of the type, and the library takes "application/json;charset=UTF-8" by the letter.
		if content, ok := v["content"].(map[string]any); ok {
			for kind, inner := range content {
				delete(content, kind)
				content[plainType(kind)] = inner
			}
		}
		for _, name := range []string{"produces", "consumes"} {
			if kinds, ok := v[name].([]any); ok {
				for i, kind := range kinds {
					kinds[i] = plainType(fmt.Sprint(kind))
				}
			}
		}
		return v
	case map[any]any:
		m := map[string]any{}
		for k, inner := range v {
			if !outside(inner) {
				m[fmt.Sprint(k)] = keyed(inner)
			}
		}
		return m
	case []any:
		for i := range v {
			v[i] = keyed(v[i])
		}
		return v
	}
	return v
}

func plainType(mime string) string {
	kind, _, _ := strings.Cut(mime, ";")
	return kind
}

// outside reports whether a value refers to a file that was not published. The eCom file does so for the
// merchant's own endpoints.
func outside(v any) bool {
	m, ok := v.(map[string]any)
	if !ok {
		return false
	}
	ref, ok := m["$ref"].(string)
	return ok && !strings.HasPrefix(ref, "#")
}

// operation finds what a request is in this file; nil when it is not there. Vipps compares paths without case.
func (s spec) operation(method, path string) (*routers.Route, map[string]string) {
	var best *routers.Route
	var bestParams map[string]string
	for _, prefix := range s.prefix {
		rest, ok := strings.CutPrefix(path, prefix)
		if !ok {
			continue
		}
		for template, item := range s.doc.Paths.Map() {
			params, fits := fit(template, rest)
			op := item.GetOperation(method)
			if !fits || op == nil || best != nil && len(params) >= len(bestParams) {
				continue
			}
			best = &routers.Route{Spec: s.doc, Server: &openapi3.Server{URL: "/"}, Path: template, PathItem: item, Method: method, Operation: op}
			bestParams = params
		}
	}
	return best, bestParams
}

func fit(template, path string) (map[string]string, bool) {
	want := strings.Split(strings.Trim(template, "/"), "/")
	got := strings.Split(strings.Trim(path, "/"), "/")
	if len(want) != len(got) {
		return nil, false
	}
	params := map[string]string{}
	for i := range want {
		if strings.HasPrefix(want[i], "{") {
			params[strings.Trim(want[i], "{}")] = got[i]
		} else if !strings.EqualFold(want[i], got[i]) {
			return nil, false
		}
	}
	return params, true
}

// check holds one answer against an operation. Empty means that it is as specified.
func check(route *routers.Route, params map[string]string, a answer) string {
	u, err := url.Parse("http://sim" + a.path)
	if err != nil {
		return err.Error()
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: &http.Request{Method: a.method, URL: u, Header: http.Header{}}, PathParams: params, Route: route,
		},
		Status: a.status, Header: a.header, Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}
	if kind := a.header.Get("Content-Type"); kind != "" {
		input.Header = http.Header{"Content-Type": {plainType(kind)}}
	}
	input.SetBodyBytes(a.body)
	if err := openapi3filter.ValidateResponse(input.RequestValidationInput.Request.Context(), input); err != nil {
		return err.Error()
	}
	return ""
}

// judged is what Posthaste's own contract says of an answer to an operation. Of the request nothing is known but its path.
func (s spec) judged(route *routers.Route, params map[string]string, a answer) []contract.Violation {
	path := route.Path
	for name, value := range params {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
	}
	x := contract.Exchange{
		Request:  event.Request{Method: a.method, URL: "http://sim" + path},
		Response: event.Response{Code: a.status, Body: event.Body{Data: a.body, Size: int64(len(a.body))}},
	}
	for name, values := range a.header {
		for _, value := range values {
			x.Response.Header = append(x.Response.Header, event.Header{Key: name, Value: value})
		}
	}
	v := s.own.Check(x)
	if v.Operation == nil || v.NotJudged != "" {
		return []contract.Violation{{Where: "operation", Message: "not found, or not judged: " + v.NotJudged}}
	}
	return slices.DeleteFunc(v.Violations, func(one contract.Violation) bool { return one.Status == 0 })
}

// notPlayed lists the operations of a file, as "METHOD /path", that the simulator has no route for. Operations of a
// merchant's own, which Vipps calls, are left out.
func (s spec) notPlayed(server *vipps.Server) []string {
	var list []string
	for path, item := range s.doc.Paths.Map() {
		for method := range item.Operations() {
			played := false
			for _, prefix := range s.prefix {
				played = played || hasRoute(server, method, prefix+path)
			}
			if !played {
				list = append(list, method+" "+s.prefix[0]+path)
			}
		}
	}
	return list
}

// hasRoute reports whether the simulator has a route for a path of a file.
func hasRoute(server *vipps.Server, method, path string) bool {
	return routeName(server, method, path) != ""
}

// fitsRoute compares a path of a file with a route's: variables match variables and text.
func fitsRoute(pattern, path string) bool {
	want := strings.Split(strings.ToLower(strings.Trim(path, "/")), "/")
	have := strings.Split(strings.ToLower(strings.Trim(pattern, "/")), "/")
	fits := len(have) == len(want)
	for i := 0; fits && i < len(have); i++ {
		fits = have[i] == want[i] || strings.HasPrefix(have[i], "{")
	}
	return fits
}
