package cli

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/serve"
)

const petFile = `{"swagger": "2.0", "info": {"title": "Pets", "version": "1"}, "host": "pets.example.com", "basePath": "/v2", "schemes": ["https"],
 "consumes": ["application/json"], "produces": ["application/json", "application/xml"],
 "securityDefinitions": {"key": {"type": "apiKey", "name": "X-Key", "in": "header"}}, "security": [{"key": []}],
 "paths": {
  "/pets/{petId}": {"parameters": [{"name": "petId", "in": "path", "required": true, "type": "integer", "minimum": 1}],
   "get": {"responses": {"200": {"description": "ok", "schema": {"$ref": "#/definitions/Pet"}}, "401": {"description": "who"}}},
   "delete": {"responses": {"204": {"description": "gone"}}}},
  "/pets": {
   "get": {"parameters": [{"name": "tags", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi", "required": true}], "responses": {"200": {"description": "ok", "schema": {"type": "array", "items": {"$ref": "#/definitions/Pet"}}}, "400": {"description": "bad"}}},
   "post": {"parameters": [{"name": "pet", "in": "body", "required": true, "schema": {"$ref": "#/definitions/Pet"}}], "responses": {"201": {"description": "made", "schema": {"$ref": "#/definitions/Pet"}}, "422": {"description": "bad"}}}},
  "/form": {"post": {"consumes": ["application/x-www-form-urlencoded"], "parameters": [{"name": "n", "in": "formData", "type": "integer", "required": true}], "responses": {"200": {"description": "ok"}}}},
  "/feed": {"get": {"produces": ["application/xml"], "responses": {"200": {"description": "ok", "schema": {"$ref": "#/definitions/Pet"}}}}}},
 "definitions": {"Pet": {"type": "object", "required": ["id", "name"], "xml": {"name": "pet"}, "properties": {
  "id": {"type": "integer", "format": "int64", "minimum": 1, "readOnly": true, "xml": {"attribute": true}}, "name": {"type": "string", "pattern": "^[A-Z][a-z]{2,}$"}, "photos": {"type": "array", "xml": {"wrapped": true}, "items": {"type": "string", "xml": {"name": "photo"}}}}}}}`

// vendorFile has what files of vendors have: parts that forbid each other's fields, alternatives that overlap, a redirect, headers of
// the transport, two schemes at a time, templates with words behind their parameter, an empty schema, a field that is required where
// another part says that it is only sent, and values that are hard to make.
const vendorFile = `openapi: 3.0.3
info: {title: Vendor, version: "1"}
servers: [{url: https://vendor.example.com/v1}]
security: [{key: [], login: []}]
paths:
  /batches:
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewBatch'}}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Batch'}}}}
        "400": {description: bad}
        "401": {description: who}
  /batches/{id}:cancel:
    post: {parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}], responses: {"204": {description: gone}}}
  /batches/{id}:cancel:now:
    post: {parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}], responses: {"204": {description: gone}}}
  /download: {get: {responses: {"302": {description: there, headers: {Location: {required: true, schema: {type: string, example: "https://nowhere.example.com/x"}}}}}}}
  /page:
    get: {responses: {"200": {description: ok, headers: {Content-Length: {schema: {type: string, example: "35"}}, X-Kind: {required: true, schema: {type: string, enum: [a]}}}, content: {text/html: {schema: {type: string}}}}}}
  /any: {post: {requestBody: {content: {application/json: {schema: null}}}, responses: {"200": {description: ok, content: {application/json: {schema: null}}}}}}
  /cursor:
    post:
      requestBody: {required: true, content: {application/json: {schema: {oneOf: [{type: object, properties: {cursor: {type: string}}}, {type: object, properties: {limit: {type: integer}}}]}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Hard'}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, login: {type: http, scheme: basic}}
  schemas:
    Base: {type: object, additionalProperties: false, required: [id, typo], properties: {id: {type: string, format: uuid, readOnly: true}}}
    Batch: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, additionalProperties: false, required: [state], properties: {state: {type: string, enum: [NEW]}}}]}
    NewBatch:
      allOf:
        - {type: object, additionalProperties: false, required: [options], properties: {options: {type: string}}}
        - oneOf:
          - {type: object, additionalProperties: false, required: [a], properties: {a: {type: string}}}
          - {type: object, additionalProperties: false, required: [b], properties: {b: {type: string}}}
        - {properties: {id: {type: string, readOnly: true}}}
        - {required: [id]}
    Hard:
      type: object
      required: [password, list, tree]
      properties:
        password: {type: string, pattern: '^(?=.*[A-Z])(?=.*\d)(?!.*\s).{10,}$'}
        list: {type: array, minItems: 4, uniqueItems: true, items: {type: object, properties: {n: {type: integer}}}}
        tree: {$ref: '#/components/schemas/Tree'}
    Tree: {type: object, required: [left], properties: {left: {nullable: true, allOf: [{$ref: '#/components/schemas/Tree'}]}, not: {not: {type: string}}}}
`

// A collection that is made of a file is green against a server that is made of it, in both formats, with the requests that must be
// refused; and the server refuses what is left out.
func TestWhatIsGeneratedIsGreenAgainstTheSameFile(t *testing.T) {
	t.Parallel()
	files := map[string]string{"pets.json": petFile, "shop.yaml": shopFile, "vendor.yaml": vendorFile, "payments30.yaml": paymentFile("3.0.3"), "payments31.yaml": paymentFile("3.1.0")}
	official, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "vipps", "specs", "*"))
	for _, path := range official {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = string(data)
	}
	for name, text := range files {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, map[string]string{name: text})
			d, err := openapi.Load(name, openapi.Options{Read: func(file string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, file)) }})
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(serve.New(d, nil))
			defer server.Close()
			for _, to := range []string{"c.json", "c"} {
				if code, out, errs := runIn(t, dir, "generate", "--openapi", name+"="+server.URL, "-o", to, "--negative"); code != 0 {
					t.Fatalf("generate: exit code %d\n%s%s", code, out, errs)
				}
				code, out, errs := runIn(t, dir, "run", to, "--openapi", name+"="+server.URL, "--openapi-formats", "-r", "cli,junit")
				if code != 0 {
					t.Errorf("run %s: exit code %d\n%s%s", to, code, out, errs)
				}
				if !strings.Contains(read(t, dir, "posthaste-report/junit.xml"), `name="contract"`) {
					t.Error("the run was not held against the file")
				}
			}
			if code, _, errs := runIn(t, dir, "generate", "--openapi", name, "-o", "c.json"); code != 2 || !strings.Contains(errs, "is there already") {
				t.Errorf("generate over a file: exit code %d\n%s", code, errs)
			}
		})
	}
}
