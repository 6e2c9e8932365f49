package cli

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// An exchange is a request of a table, and the response that it asks the server for.
type exchange struct {
	name, method, path, header, body, answer string
	deviates                                 bool
}

// exchanges are ways to write values that OpenAPI has styles for, and responses in several content types, right and wrong.
func exchanges() []exchange {
	return []exchange{
		{name: "form list ok", method: "GET", path: `/q?form=1&form=2`},
		{name: "form list bad", method: "GET", path: `/q?form=1&form=x`, deviates: true},
		{name: "noexp ok", method: "GET", path: `/q?noexp=1,2`},
		{name: "noexp bad", method: "GET", path: `/q?noexp=1,b`, deviates: true},
		{name: "noexp too many", method: "GET", path: `/q?noexp=1,2,3,4`, deviates: true},
		{name: "noexp encoded comma", method: "GET", path: `/q?noexp=1%2C2`},
		{name: "pipe ok", method: "GET", path: `/q?pipe=1|2`},
		{name: "pipe enc", method: "GET", path: `/q?pipe=1%7C2`},
		{name: "pipe bad", method: "GET", path: `/q?pipe=1|x`, deviates: true},
		{name: "space ok", method: "GET", path: `/q?space=1%202`},
		{name: "space plus", method: "GET", path: `/q?space=1+2`},
		{name: "space bad", method: "GET", path: `/q?space=1%20x`, deviates: true},
		{name: "deep ok", method: "GET", path: `/q?deep[a]=1&deep[b]=t`},
		{name: "deep enc", method: "GET", path: `/q?deep%5Ba%5D=1`},
		{name: "deep bad", method: "GET", path: `/q?deep[a]=x`, deviates: true},
		{name: "deep missing", method: "GET", path: `/q?deep[b]=t`, deviates: true},
		{name: "deep extra", method: "GET", path: `/q?deep[a]=1&deep[z]=1`, deviates: true},
		{name: "obj ok", method: "GET", path: `/q?obj=a,1`},
		{name: "obj bad", method: "GET", path: `/q?obj=a,x`, deviates: true},
		{name: "js ok", method: "GET", path: `/q?js=%7B%22x%22%3A1%7D`},
		{name: "js bad", method: "GET", path: `/q?js=%7B%22x%22%3A%22t%22%7D`, deviates: true},
		{name: "js broken", method: "GET", path: `/q?js=%7Bx`, deviates: true},
		{name: "bool ok", method: "GET", path: `/q?bool=true`},
		{name: "bool bad", method: "GET", path: `/q?bool=yes`, deviates: true},
		{name: "empty ok", method: "GET", path: `/q?empty=`},
		{name: "empty bad", method: "GET", path: `/q?empty=x`, deviates: true},
		{name: "empty no eq", method: "GET", path: `/q?empty`},
		{name: "hdr ok", method: "GET", path: `/q?`, header: "X-Num: 5\nX-List: 1, 2"},
		{name: "hdr bad", method: "GET", path: `/q?`, header: `X-Num: five`, deviates: true},
		{name: "hdr list bad", method: "GET", path: `/q?`, header: `X-List: 1,x`, deviates: true},
		{name: "cookie ok", method: "GET", path: `/q?`, header: `Cookie: ck=5`},
		{name: "cookie bad", method: "GET", path: `/q?`, header: `Cookie: ck=x`, deviates: true},
		{name: "path ok", method: "GET", path: `/p/5`},
		{name: "path bad", method: "GET", path: `/p/x`, deviates: true},
		{name: "path enc ok", method: "GET", path: `/p/%35`},
		{name: "path neg", method: "GET", path: `/p/-5`},
		{name: "path float", method: "GET", path: `/p/5.5`, deviates: true},
		{name: "label ok", method: "GET", path: `/lab/.1.2`},
		{name: "label bad", method: "GET", path: `/lab/.1.x`, deviates: true},
		{name: "matrix ok", method: "GET", path: `/mat/;id=5`},
		{name: "matrix bad", method: "GET", path: `/mat/;id=x`, deviates: true},
		{name: "suffix ok", method: "GET", path: `/file/abc.json`},
		{name: "suffix short", method: "GET", path: `/file/a.json`, deviates: true},
		{name: "suffix none", method: "GET", path: `/file/abc.xml`, deviates: true},
		{name: "r ok", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{\"a\":1}"}`},
		{name: "r null ok", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{\"a\":null}"}`},
		{name: "r missing", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{}"}`, deviates: true},
		{name: "r type", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{\"a\":\"1\"}"}`, deviates: true},
		{name: "r writeOnly", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{\"a\":1,\"w\":\"s\"}"}`, deviates: true},
		{name: "r enum", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{\"a\":1,\"e\":\"z\"}"}`, deviates: true},
		{name: "r float int", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{\"a\":1.0}"}`},
		{name: "r charset", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json; charset=utf-8", "body": "{\"a\":1}"}`},
		{name: "r case", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "Application/JSON", "body": "{\"a\":1}"}`},
		{name: "r gzip", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{\"a\":1}", "gzip": 1}`},
		{name: "r gzip bad", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{\"a\":\"x\"}", "gzip": 1}`, deviates: true},
		{name: "r bom", method: "GET", path: `/r`, answer: "{\"headers\": {\"X-Rate\": \"5\"}, \"type\": \"application/json\", \"body\": \"\\ufeff{\\\"a\\\":1}\"}"},
		{name: "r broken", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{\"a\":1"}`, deviates: true},
		{name: "r trailing", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": "{\"a\":1} x"}`, deviates: true},
		{name: "r empty body", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/json", "body": ""}`, deviates: true},
		{name: "r no type", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "body": "{\"a\":1}"}`, deviates: true},
		{name: "r other type", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "text/html", "body": "<p>"}`, deviates: true},
		{name: "r text ok", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "text/plain", "body": "abc"}`},
		{name: "r text long", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "text/plain", "body": "abcdef"}`, deviates: true},
		{name: "r xml ok", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/xml", "body": "<root><n>5</n></root>"}`},
		{name: "r xml bad", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/xml", "body": "<root><n>x</n></root>"}`, deviates: true},
		{name: "r xml broken", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/xml", "body": "<root><n>"}`, deviates: true},
		{name: "r xml root", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "application/xml", "body": "<other><n>5</n></other>"}`, deviates: true},
		{name: "r png", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "image/png", "hex": "89504e470d0a1a0a"}`},
		{name: "r csv", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "type": "text/csv", "body": "a,b"}`},
		{name: "r 204", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "status": 204}`},
		{name: "r 404 problem", method: "GET", path: `/r`, answer: `{"headers": {}, "status": 404, "type": "application/problem+json", "body": "{\"title\":\"x\"}"}`},
		{name: "r 404 bad", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "status": 404, "type": "application/problem+json", "body": "{\"t\":\"x\"}"}`, deviates: true},
		{name: "r 500", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "status": 500, "type": "application/json", "body": "{}"}`, deviates: true},
		{name: "r 201", method: "GET", path: `/r`, answer: `{"headers": {"X-Rate": "5"}, "status": 201, "type": "application/json", "body": "{\"a\":1}"}`, deviates: true},
		{name: "r no header", method: "GET", path: `/r`, answer: `{"type": "application/json", "body": "{\"a\":1}"}`, deviates: true},
		{name: "r hdr type", method: "GET", path: `/r`, answer: `{"type": "application/json", "body": "{\"a\":1}", "headers": {"X-Rate": "fast"}}`, deviates: true},
		{name: "r hdr list bad", method: "GET", path: `/r`, answer: `{"type": "application/json", "body": "{\"a\":1}", "headers": {"X-Rate": "1", "X-Opt": "1,x"}}`, deviates: true},
		{name: "r hdr case", method: "GET", path: `/r`, answer: `{"type": "application/json", "body": "{\"a\":1}", "headers": {"x-rate": "1"}}`},
		{name: "form ok", method: "POST", path: `/f`, body: `urlencoded n=5&l=1&l=2`},
		{name: "form bad", method: "POST", path: `/f`, body: `urlencoded n=x`, deviates: true},
		{name: "form missing", method: "POST", path: `/f`, body: `urlencoded l=1`, deviates: true},
		{name: "form list bad", method: "POST", path: `/f`, body: `urlencoded n=1&l=x`, deviates: true},
		{name: "multi ok", method: "POST", path: `/f`, body: `formdata n=5&j={"x":1}`},
		{name: "multi bad", method: "POST", path: `/f`, body: `formdata n=x`, deviates: true},
		{name: "multi json bad", method: "POST", path: `/f`, body: `formdata n=1&j={"x":"t"}`, deviates: true},
		{name: "multi missing", method: "POST", path: `/f`, body: `formdata j={}`, deviates: true},
		{name: "no body", method: "POST", path: `/f`, deviates: true},
		{name: "json body", method: "POST", path: `/f`, header: `Content-Type: application/json`, body: `raw {"n":1}`, deviates: true},
		{name: "unknown path", method: "GET", path: `/zzz`, deviates: true},
		{name: "unknown method", method: "PUT", path: `/r`, answer: `{"type": "application/json", "body": "{\"a\":1}", "headers": {"X-Rate": "1"}}`, deviates: true},
	}
}

// answerAs answers as the header X-Answer of the request says.
func answerAs(w http.ResponseWriter, r *http.Request) {
	a := struct {
		Status          int
		Type, Body, Hex string
		Gzip            int
		Headers         map[string]string
	}{Status: 200, Type: "application/json", Body: `{"ok":true}`}
	if text := r.Header.Get("X-Answer"); text != "" {
		a.Type, a.Body = "", ""
		_ = json.Unmarshal([]byte(text), &a) // the table is right
	}
	data := []byte(a.Body)
	if a.Hex != "" {
		data, _ = hex.DecodeString(a.Hex)
	}
	for name, value := range a.Headers {
		w.Header().Set(name, value)
	}
	w.Header()["Content-Type"] = nil
	if a.Type != "" {
		w.Header().Set("Content-Type", a.Type)
	}
	if a.Gzip != 0 {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(data)
		_ = z.Close()
		data = b.Bytes()
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.WriteHeader(a.Status)
	if a.Status != http.StatusNoContent {
		_, _ = w.Write(data)
	}
}

// item is the exchange as an item of a collection.
func (e *exchange) item() map[string]any {
	var headers []any
	for line := range strings.Lines(e.header) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		headers = append(headers, map[string]any{"key": key, "value": value})
	}
	if e.answer != "" {
		headers = append(headers, map[string]any{"key": "X-Answer", "value": e.answer})
	}
	request := map[string]any{"method": e.method, "url": "https://api.test/v1" + e.path, "header": headers}
	switch mode, rest, _ := strings.Cut(e.body, " "); mode {
	case "":
	case "raw":
		request["body"] = map[string]any{"mode": mode, mode: rest}
	default:
		var fields []any
		for pair := range strings.SplitSeq(rest, "&") {
			key, value, _ := strings.Cut(pair, "=")
			fields = append(fields, map[string]any{"key": key, "value": value, "type": "text"})
		}
		request["body"] = map[string]any{"mode": mode, mode: fields}
	}
	return map[string]any{"name": e.name, "request": request}
}

// What fits the file passes, in every style that a value can be written in, and what does not deviates.
func TestStylesAndContentTypesOfAnOpenAPIFile(t *testing.T) {
	compareWithFile(t, "api.yaml", stylesFile, exchanges())
}

// Swagger 2.0 has formats of its own for lists, one for each level.
func TestCollectionFormatsOfSwagger2(t *testing.T) {
	var list []exchange
	for query, deviates := range map[string]bool{
		"csv=1,2": false, "csv=1,x": true, "ssv=1%202": false, "ssv=1%20x": true, "tsv=1%092": false, "tsv=1%09x": true, "pipes=1|2": false, "pipes=1|x": true,
		"multi=1&multi=2": false, "multi=1&multi=x": true, "nest=1,2|3": false, "nest=1,x|3": true,
	} {
		list = append(list, exchange{name: query, method: "GET", path: "/q?" + query, deviates: deviates})
	}
	numbers := `"in":"query","type":"array","items":{"type":"integer"}`
	var parameters []string
	for _, format := range []string{"csv", "ssv", "tsv", "pipes", "multi"} {
		parameters = append(parameters, `{"name":"`+format+`","collectionFormat":"`+format+`",`+numbers+`}`)
	}
	compareWithFile(t, "api.json", `{"swagger":"2.0","info":{"title":"T","version":"1"},"host":"api.test","basePath":"/v1","schemes":["https"],"produces":["application/json"],
"paths":{"/q":{"get":{"parameters":[`+strings.Join(parameters, ",")+`,{"name":"nest","in":"query","type":"array","collectionFormat":"pipes","items":{"type":"array","items":{"type":"integer"}}}],
"responses":{"200":{"description":"ok","schema":{"type":"object"}}}}}}}`, list)
}

// A field that is asked for is documented, wherever the file asks for it; another one is not.
func TestAFieldThatIsAskedForIsDocumented(t *testing.T) {
	const file = `openapi: 3.1.0
info: {title: T, version: "1"}
servers: [{url: "https://api.test/v1"}]
paths:
  /r:
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object, properties: {a: {}, o: {required: [q]}}, required: [b], dependentRequired: {a: [c]}, if: {required: [a]}, then: {required: [d]}}}}}
`
	compareWithFile(t, "api.yaml", file, []exchange{
		{name: "all that is asked for", method: "GET", path: "/r", answer: `{"type":"application/json","body":"{\"a\":1,\"b\":1,\"c\":1,\"d\":1}"}`},
		{name: "one more", method: "GET", path: "/r", answer: `{"type":"application/json","body":"{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1}"}`, deviates: true},
		{name: "what only another case asks for", method: "GET", path: "/r", answer: `{"type":"application/json","body":"{\"b\":1,\"d\":1}"}`, deviates: true},
		{name: "an object without a list of fields", method: "GET", path: "/r", answer: `{"type":"application/json","body":"{\"b\":1,\"o\":{\"q\":1,\"r\":1}}"}`},
	}, "--openapi-strict")
}

// compareWithFile runs the exchanges with an OpenAPI file, and compares which of them deviate.
func compareWithFile(t *testing.T, name, file string, list []exchange, options ...string) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(answerAs))
	t.Cleanup(s.Close)
	var items []any
	for _, e := range list {
		items = append(items, e.item())
	}
	collection, err := json.Marshal(map[string]any{"info": map[string]any{"name": "c"}, "item": items})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, map[string]string{"c.json": string(collection), name: file})
	runIn(t, dir, append([]string{"run", "c.json", "--openapi", name, "--map", "https://api.test=" + s.URL, "-r", "json", "--reporter-json-export", "r.json"}, options...)...)
	found := map[string]string{}
	for _, x := range gjson.Get(read(t, dir, "r.json"), "run.executions").Array() {
		for _, a := range x.Get("assertions").Array() {
			if strings.HasPrefix(a.Get("assertion").Str, "contract") {
				found[x.Get("item.name").Str] += a.Get("error.message").Str
			}
		}
	}
	for _, e := range list {
		message, checked := found[e.name]
		if !checked || (message != "") != e.deviates {
			t.Errorf("%s: %s %s: checked %t, deviates %q, want %t", e.name, e.method, e.path, checked, message, e.deviates)
		}
	}
}

const stylesFile = `openapi: 3.0.3
info: {title: T, version: "1"}
servers: [{url: "https://api.test/v1"}]
paths:
  /q:
    get:
      parameters:
        - {name: form, in: query, schema: {type: array, items: {type: integer}}}
        - {name: noexp, in: query, explode: false, schema: {type: array, items: {type: integer}, maxItems: 3}}
        - {name: pipe, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: space, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: deep, in: query, style: deepObject, explode: true, schema: {type: object, properties: {a: {type: integer}, b: {type: string}}, required: [a], additionalProperties: false}}
        - {name: obj, in: query, explode: false, schema: {type: object, properties: {a: {type: integer}}}}
        - {name: js, in: query, content: {application/json: {schema: {type: object, required: [x], properties: {x: {type: integer}}}}}}
        - {name: bool, in: query, schema: {type: boolean}}
        - {name: empty, in: query, allowEmptyValue: true, schema: {type: integer}}
        - {name: X-Num, in: header, schema: {type: integer}}
        - {name: X-List, in: header, schema: {type: array, items: {type: integer}}}
        - {name: ck, in: cookie, schema: {type: integer}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object}}}}}
  /p/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {"200": {description: ok}}
  /lab/{id}:
    get:
      parameters: [{name: id, in: path, required: true, style: label, explode: true, schema: {type: array, items: {type: integer}}}]
      responses: {"200": {description: ok}}
  /mat/{id}:
    get:
      parameters: [{name: id, in: path, required: true, style: matrix, schema: {type: integer}}]
      responses: {"200": {description: ok}}
  /file/{name}.json:
    get:
      parameters: [{name: name, in: path, required: true, schema: {type: string, minLength: 3}}]
      responses: {"200": {description: ok}}
  /r:
    get:
      responses:
        "200":
          description: ok
          headers: {X-Rate: {required: true, schema: {type: integer}}, X-Opt: {schema: {type: array, items: {type: integer}}}}
          content:
            application/json: {schema: {type: object, required: [a], properties: {a: {type: integer, nullable: true}, d: {type: string, format: date}, w: {type: string, writeOnly: true}, e: {type: string, enum: [x, y]}}}}
            text/plain: {schema: {type: string, maxLength: 5}}
            application/xml: {schema: {type: object, xml: {name: root}, properties: {n: {type: integer}}}}
            image/png: {schema: {type: string, format: binary}}
            text/csv: {}
        "204": {description: none}
        "4XX": {description: err, content: {application/problem+json: {schema: {type: object, required: [title], properties: {title: {type: string}}}}}}
  /f:
    post:
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded: {schema: {type: object, required: [n], properties: {n: {type: integer}, l: {type: array, items: {type: integer}}}}}
          multipart/form-data: {schema: {type: object, required: [n], properties: {n: {type: integer}, j: {type: object, properties: {x: {type: integer}}}, f: {type: string, format: binary}}}}
      responses: {"200": {description: ok}}
`
