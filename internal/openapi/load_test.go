package openapi_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/openapi"
)

// files is a folder in memory.
type files map[string]string

func (f files) read(name string) ([]byte, error) {
	if text, ok := f[name]; ok {
		return []byte(text), nil
	}
	return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
}

const head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n"

func TestLoadSaysWhatIsWrongWithAFileAndWhere(t *testing.T) {
	tests := map[string]struct {
		files files
		want  string
	}{
		"it is empty":                        {files{"a.yaml": ""}, "a.yaml: the file is empty"},
		"it is no YAML":                      {files{"a.yaml": "openapi: 3.0.0\npaths:\n  /x: [\n"}, "a.yaml:"},
		"it is no JSON":                      {files{"a.json": "{\n \"openapi\": \"3.0.0\",\n \"paths\": {,}\n}"}, "a.json:3:12: "},
		"it is a collection":                 {files{"a.json": `{"info": {"schema": "x"}, "item": []}`}, "a.json: this is not an OpenAPI file: it has neither openapi nor swagger"},
		"its version is not known":           {files{"a.yaml": "info: {}\nswagger: '1.2'\n"}, "a.yaml:2:1: version 1.2 is not known"},
		"it has no paths":                    {files{"a.yaml": head}, "the file has no paths"},
		"paths is a list":                    {files{"a.yaml": head + "paths: []\n"}, "a.yaml:3:1: paths is an object, not array"},
		"a schema is a text":                 {files{"a.yaml": head + "paths:\n  /x:\n    get:\n      responses:\n        '200':\n          content: {application/json: {schema: text}}\n"}, "a.yaml:8:40: a schema is an object or a boolean, not a string"},
		"a parameter has no name":            {files{"a.yaml": head + "paths:\n  /x:\n    get:\n      parameters:\n        - in: query\n"}, "a.yaml:7:11: a parameter has no name"},
		"an alias stands in itself":          {files{"a.yaml": "openapi: 3.0.0\npaths: &p\n  /x: *p\n"}, "a.yaml:3:7: the alias *p stands in what it is an alias of"},
		"there are two documents in a file":  {files{"a.yaml": head + "paths: {}\n---\na: 1\n"}, "a.yaml:4:1: a second document begins here"},
		"a schema nests without end, nearly": {files{"a.json": `{"openapi": "3.0.0", "paths": {"/x": {"get": {"responses": {"200": {"content": {"application/json": {"schema": ` + strings.Repeat(`{"not":`, 600) + `{}` + strings.Repeat(`}`, 600) + `}}}}}}}}`}, "schemas nest deeper than 500 levels"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file := "a.yaml"
			if _, ok := test.files[file]; !ok {
				file = "a.json"
			}
			_, err := openapi.Load(file, openapi.Options{Read: test.files.read})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error is %v, want %q", err, test.want)
			}
		})
	}
}

// What is wrong with one part of a file does not keep the rest from being used.
func TestLoadGoesOnWithoutWhatIsWrong(t *testing.T) {
	get := func(schema string) string {
		return head + "paths:\n  /x:\n    get:\n      responses:\n        '200':\n          content:\n            application/json:\n              schema: " + schema + "\n"
	}
	tests := map[string]struct {
		files     files
		want      string
		reference bool
	}{
		"a reference to nothing":                 {files{"a.yaml": get("{$ref: '#/components/schemas/No'}")}, `a.yaml:10:24: $ref "#/components/schemas/No": it leads nowhere`, true},
		"a reference to a file that is missing":  {files{"a.yaml": get("{$ref: 'no.yaml#/x'}")}, `a.yaml:10:24: $ref "no.yaml#/x": no.yaml: file does not exist`, true},
		"a reference to another host":            {files{"a.yaml": get("{$ref: 'https://example.com/x.yaml#/x'}")}, "references to other hosts are not followed without --openapi-remote", true},
		"a reference into a file that is broken": {files{"a.yaml": get("{$ref: 'b.yaml#/x'}"), "b.yaml": "x: [\n"}, "b.yaml:", true},
		"a path whose reference leads nowhere":   {files{"a.yaml": head + "paths:\n  /x: {$ref: 'no.yaml'}\n"}, `a.yaml:4:8: $ref "no.yaml"`, true},
		"references in a circle":                 {files{"a.yaml": head + "paths:\n  /x:\n    get:\n      responses:\n        '200': {$ref: '#/components/responses/A'}\ncomponents:\n  responses:\n    A: {$ref: '#/components/responses/B'}\n    B: {$ref: '#/components/responses/A'}\n"}, "it leads back to itself", true},
		"a pattern that is wrong":                {files{"a.yaml": get("{type: string, pattern: '(['}")}, `the pattern "([" is no regular expression and asks for nothing`, false},
		"a type that nobody knows":               {files{"a.yaml": get("{type: text}")}, `type "text" is not known`, false},
		"a status that is wrong":                 {files{"a.yaml": head + "paths:\n  /x:\n    get:\n      responses: {ok: {description: x}}\n"}, "the status ok is wrong", false},
		"a path without a slash":                 {files{"a.yaml": head + "paths:\n  x: {}\n"}, `the path "x" does not begin with a slash`, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d, err := openapi.Load("a.yaml", openapi.Options{Read: test.files.read})
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Problems) != 1 || !strings.Contains(d.Problems[0].String(), test.want) || d.Problems[0].Reference != test.reference {
				t.Errorf("the problems are %v, want one with %q", d.Problems, test.want)
			}
		})
	}
}

func TestMatchTakesTheMostConcretePathOfTheServer(t *testing.T) {
	const paths = "paths:\n  /{any}/x: {get: {}}\n  /users/{id}: {get: {}, delete: {}}\n  /users/me: {get: {}}\n  /files/{name}.{ext}: {get: {}}\n  /a:run: {post: {}}\n  /q?action=list: {get: {}}\n  /q: {get: {}}\n  /: {get: {}}\n  /sp%20ace: {get: {}}\n"
	one := "servers: [{url: 'https://api.example.com/v1/'}, {url: 'https://{region}.example.com/{v}/api', variables: {region: {enum: [eu, us]}, v: {default: v2}}}]\n"
	tests := map[string]struct {
		servers, request, want string
		served                 bool
	}{
		"a parameter":                            {one, "GET https://api.example.com/v1/users/7", "/users/{id}", true},
		"a literal goes first":                   {one, "GET https://api.example.com/v1/users/me", "/users/me", true},
		"the earlier literal goes first":         {one, "GET https://api.example.com/v1/users/x", "/users/{id}", true},
		"a part of a segment":                    {one, "GET https://api.example.com/v1/files/a.b.txt", "/files/{name}.{ext}", true},
		"a colon":                                {one, "POST https://api.example.com/v1/a:run", "/a:run", true},
		"a query that tells operations apart":    {one, "GET https://api.example.com/v1/q?action=list&n=1", "/q?action=list", true},
		"another query":                          {one, "GET https://api.example.com/v1/q?n=1", "/q", true},
		"the root":                               {one, "GET https://api.example.com/v1/", "/", true},
		"the root without a slash":               {one, "GET https://api.example.com/v1", "/", true},
		"a slash at the end":                     {one, "GET https://api.example.com/v1/users/7/", "/users/{id}", true},
		"an empty parameter":                     {one, "GET https://api.example.com/v1/users/", "", true},
		"an escape":                              {one, "GET https://api.example.com/v1/sp%20ace", "/sp%20ace", true},
		"a parameter with an escaped slash":      {one, "GET https://api.example.com/v1/users/a%2Fb", "/users/{id}", true},
		"another method":                         {one, "PATCH https://api.example.com/v1/users/7", "", true},
		"variables of the server":                {one, "GET https://eu.example.com/v9/api/users/7", "/users/{id}", true},
		"a value that the variable has not":      {one, "GET https://asia.example.com/v9/api/users/7", "", false},
		"the port that https has anyway":         {one, "GET https://api.example.com:443/v1/users/7", "/users/{id}", true},
		"capitals in the host":                   {one, "GET https://API.example.com/v1/users/7", "/users/{id}", true},
		"capitals in the path are another":       {one, "GET https://api.example.com/v1/USERS/7", "", true},
		"another base":                           {one, "GET https://api.example.com/v2/users/7", "", false},
		"another host":                           {one, "GET https://other.example.com/v1/users/7", "", false},
		"no server: any host":                    {"", "GET http://127.0.0.1:8080/users/7", "/users/{id}", true},
		"a server without a host: any host":      {"servers: [{url: /v3}]\n", "GET http://127.0.0.1:8080/v3/users/7", "/users/{id}", true},
		"a server without a host, another path":  {"servers: [{url: /v3}]\n", "GET http://127.0.0.1:8080/v4/users/7", "", false},
		"a server whose host is one variable":    {"servers: [{url: '{host}/v3'}]\n", "GET http://127.0.0.1:8080/v3/users/7", "", false},
		"a server whose whole host is variables": {"servers: [{url: 'https://{host}/v3'}]\n", "GET http://127.0.0.1:8080/v3/users/7", "/users/{id}", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d, err := openapi.Load("a.yaml", openapi.Options{Read: files{"a.yaml": head + test.servers + paths}.read})
			if err != nil {
				t.Fatal(err)
			}
			method, text, _ := strings.Cut(test.request, " ")
			u, err := url.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			m, served, _ := d.Match(method, u)
			if m.Operation != nil {
				got = m.Operation.Path
			}
			if got != test.want || served != test.served {
				t.Errorf("the operation is %q, served %v, want %q, %v", got, served, test.want, test.served)
			}
		})
	}
}

// The official files of Vipps are read whole, but for references to files that are not there.
func TestLoadReadsTheOfficialFiles(t *testing.T) {
	list, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "vipps", "specs", "*"))
	if len(list) == 0 {
		t.Skip("skipped: ../shared is not here")
	}
	for _, file := range list {
		d, err := openapi.Load(file, openapi.Options{Read: os.ReadFile})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if len(d.Operations) == 0 {
			t.Errorf("%s has no operations", file)
		}
	}
}

func TestErrNotOpenAPI(t *testing.T) {
	_, err := openapi.Load("a.yaml", openapi.Options{Read: files{"a.yaml": "type: object\n"}.read})
	if !errors.Is(err, openapi.ErrNotOpenAPI) {
		t.Errorf("the error is %v, want ErrNotOpenAPI", err)
	}
}

func TestBaseOfTheUserReplacesTheServers(t *testing.T) {
	const servers = "servers: [{url: 'https://api.example.com/v1'}, {url: 'https://test.example.com/v1/'}, {url: /rel}]\npaths: {/x: {get: {}}}\n"
	for base, want := range map[string]string{
		"https://a.test":    "https://a.test/v1 https://a.test/rel",
		"https://a.test/":   "https://a.test",
		"https://a.test/v9": "https://a.test/v9",
	} {
		d, err := openapi.Load("a.yaml", openapi.Options{Base: base, Read: files{"a.yaml": head + servers}.read})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range d.Servers {
			got = append(got, s.URL)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: the servers are %v, want %s", base, got, want)
		}
	}
}
