package sdk

import (
	"errors"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
)

// answer is a usual answer.
func answer() Response {
	return Response{
		Received: true, ID: "id", Code: 200, Reason: "OK", TimeMS: 12,
		Header: []collection.Header{
			{Key: "Content-Type", Value: "application/json; charset=utf-8"},
			{Key: "Set-Cookie", Value: "a=1"},
			{Key: "set-cookie", Value: "b=2"},
		},
		Body: []byte(`{"a":[1,2],"s":"é"}`),
	}
}

// eval runs an expression in which r is a response and returns its JSON, or what it throws.
func eval(t *testing.T, r Response, expression string) string {
	t.Helper()
	vm, s := world(t)
	must(t, vm.Set("r", s.Response(r)))
	v, err := vm.RunString("JSON.stringify(" + expression + ")")
	var thrown *goja.Exception
	if errors.As(err, &thrown) {
		return "throws " + thrown.Value().String()
	}
	must(t, err)
	return v.String()
}

func TestResponse(t *testing.T) {
	uuid := "d366dae7-c28d-42d2-a134-7dc1eb351e53" // as long as ids are, since messages show short ones
	hollow := Response{ID: uuid}
	identified := answer()
	identified.ID = uuid
	latin := answer()
	latin.Body, latin.Header = []byte("\xe9"), []collection.Header{{Key: "content-type", Value: "text/plain; charset=ISO-8859-1"}}
	custom := answer()
	custom.Code, custom.Reason = 599, "Odd"
	marked := answer()
	marked.Body = []byte("\ufeff{\"a\":1}")
	sized := answer()
	sized.Size, sized.HeaderSize = 7, 100
	for name, c := range map[string]struct {
		response   Response
		expression string
		want       string
	}{
		"code, status, time and size":    {answer(), `[r.code, r.status, r.reason(), r.responseTime, r.responseSize]`, `[200,"OK","OK",12,20]`},
		"keys":                           {answer(), `Object.keys(r)`, `["id","_details","status","code","headers","stream","cookies","responseTime","responseSize"]`},
		"all own names":                  {answer(), `Object.getOwnPropertyNames(r).length`, `10`},
		"text":                           {answer(), `r.text()`, `"{\"a\":[1,2],\"s\":\"é\"}"`},
		"json":                           {answer(), `r.json()`, `{"a":[1,2],"s":"é"}`},
		"each json is a new object":      {answer(), `r.json() !== r.json()`, `true`},
		"json with a reviver":            {answer(), `r.json((k, v) => k === 'a' ? undefined : v)`, `{"s":"é"}`},
		"headers":                        {answer(), `[r.headers.get('CONTENT-TYPE'), r.headers.get('set-cookie'), r.headers.count(), r.headers.toObject()]`, `["application/json; charset=utf-8","b=2",3,{"content-type":"application/json; charset=utf-8","set-cookie":["a=1","b=2"]}]`},
		"cookies are empty":              {answer(), `[r.cookies.count(), r.cookies.toJSON()]`, `[0,[]]`},
		"latin-1 is decoded":             {latin, `[r.text(), r.contentInfo().charset]`, `["é","iso-8859-1"]`},
		"a byte order mark is dropped":   {marked, `[r.text(), r.json()]`, `["{\"a\":1}",{"a":1}]`},
		"a reason of the server's own":   {custom, `[r.status, r.details()]`, `["Odd",{"name":"Odd","detail":"The server could not carry out a request that may be right.","code":599,"standardName":"Network connect timeout error[23]"}]`},
		"stream":                         {answer(), `[r.stream.byteLength, r.stream[0]]`, `[20,123]`},
		"text after stream was read":     {answer(), `[r.stream && 0, r.text().length]`, `[0,19]`},
		"json after headers were read":   {answer(), `[r.headers && 0, r.json().a]`, `[0,[1,2]]`},
		"sizes as received":              {sized, `[r.responseSize, r.size()]`, `[20,{"body":7,"header":100,"total":107}]`},
		"size":                           {answer(), `r.size()`, `{"body":20,"header":100,"total":120}`},
		"dataURI":                        {latin, `r.dataURI()`, `"data:text/plain;base64, 6Q=="`},
		"encoding":                       {answer(), `r.encoding()`, `{}`},
		"assertions":                     {answer(), `(r.to.have.status(200), r.to.be.json, r.to.have.jsonBody('a[1]', 2), 1)`, `1`},
		"hollow: nothing is known":       {hollow, `[r.code, r.status, r.responseTime, r.responseSize, r.text(), r.reason()].every(v => v === undefined)`, `true`},
		"hollow: keys":                   {hollow, `Object.keys(r)`, `["id","_details","headers","cookies"]`},
		"hollow: size":                   {hollow, `r.size()`, `{"body":0,"header":32,"total":32}`},
		"hollow: content info":           {hollow, `r.contentInfo()`, `{"contentType":"text/plain","mimeType":"text","mimeFormat":"plain","charset":"utf8","fileExtension":"txt","fileName":"response.txt"}`},
		"hollow: status assertion":       {hollow, `r.to.have.status(200)`, `throws AssertionError: expected PostmanResponse{ …(5) } to have property 'code'`},
		"hollow: ok assertion":           {hollow, `r.to.be.ok`, `throws AssertionError: expected response to have status reason 'OK' but got 'UNDEFINED'`},
		"an answer as a subject":         {identified, `expect(r).to.be.a('number')`, `throws AssertionError: expected PostmanResponse{ …(10) } to be a number`},
		"schema without a validator":     {answer(), `r.to.have.jsonSchema({})`, `throws Error: jsonSchema is not available: no schema validator is built in`},
		"a patched array prototype":      {answer(), `(Array.prototype.push = Array.prototype[Symbol.iterator] = Object.prototype.hasOwnProperty = () => { throw 1 }, JSON.parse = null, [r.headers.toObject()['content-type'], r.json().a[1]])`, `["application/json; charset=utf-8",2]`},
		"a user's patch is seen":         {answer(), `(sdk.Response.prototype.shout = function () { return this.status + '!' }, r.shout())`, `"OK!"`},
		"it is one of the SDK's classes": {answer(), `[r instanceof sdk.Response, sdk.Response.isResponse(r), r.headers instanceof sdk.HeaderList]`, `[true,true,true]`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := eval(t, c.response, c.expression); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.expression, got, c.want)
			}
		})
	}
}

func TestScriptsCannotChangeABody(t *testing.T) {
	r := answer()
	if got := eval(t, r, `(r.stream[0] = 0, r.stream[0])`); got != "0" {
		t.Errorf("the stream kept %s", got)
	}
	if r.Body[0] != '{' {
		t.Error("the script wrote into the body that reports use")
	}
}

func TestParseJSONThrowsItsOwnErrors(t *testing.T) {
	vm, s := world(t)
	s.core.Env.ParseJSON = func(text string) (goja.Value, error) {
		_, err := vm.RunString(`(() => { const e = new Error("Unexpected token '<' at 1:1\n<a>\n^"); e.name = 'JSONError'; throw e })()`)
		return nil, err
	}
	must(t, vm.Set("r", s.Response(answer())))
	for script, want := range map[string]string{
		`r.json()`:             "JSONError: Unexpected token '<' at 1:1\n<a>\n^",
		`r.to.be.json`:         "AssertionError: expected response body to be a valid json but got error Unexpected token '<' at 1:1",
		`r.to.have.jsonBody()`: "AssertionError: expected response body to be a valid json but got error Unexpected token '<' at 1:1",
	} {
		v, err := vm.RunString(`try { ` + script + `; 'holds' } catch (e) { String(e) }`)
		must(t, err)
		if v.String() != want {
			t.Errorf("%s\n got %s\nwant %s", script, v, want)
		}
	}
}

func TestSchemaSeam(t *testing.T) {
	vm, s := world(t)
	var seen string
	s.core.Env.Schema = func(schema, data, options goja.Value) ([]string, error) {
		seen = s.core.Read(data).JSONText() + s.core.Read(options).JSONText()
		if s.core.Read(schema).JSONText() == "{}" {
			return nil, nil
		}
		return []string{"data.a should be number", "data.b should be string"}, nil
	}
	must(t, vm.Set("r", s.Response(answer())))
	v, err := vm.RunString(`r.to.have.jsonSchema({}); expect({a: 1}).to.not.have.jsonSchema({x: 1});
		try { r.to.have.jsonSchema({x: 1}, {allErrors: false}) } catch (e) { String(e) }`)
	must(t, err)
	want := "AssertionError: expected data to satisfy schema but found following errors: \ndata.a should be number, data.b should be string"
	if diff := cmp.Diff(v.String(), want); diff != "" {
		t.Error(diff)
	}
	if want := `{"a":[1,2],"s":"é"}{"allErrors":false,"logger":false}`; seen != want {
		t.Errorf("the validator saw %s, want %s", seen, want)
	}
}

func TestCookieList(t *testing.T) {
	vm, s := world(t)
	list := s.CookieList([]Cookie{
		{Name: "a", Value: "x y", Domain: "h", Path: "/", HostOnly: true, Expires: time.Unix(1e9, 0), SameSite: "Lax"},
		{Name: "B", Value: "2", Secure: true, HTTPOnly: true, Session: true},
	})
	must(t, vm.Set("cookies", list))
	got, err := vm.RunString(`JSON.stringify([cookies.get('a'), cookies.has('b'), cookies.toObject(), cookies.count(),
		cookies.one('A').toString(), cookies.one('B').httpOnly, cookies instanceof sdk.CookieList])`)
	must(t, err)
	want := `["x y",true,{"a":"x y","b":"2"},2,"a=x%20y; Expires=Sun, 09 Sep 2001 01:46:40 GMT; Path=/; SameSite=Lax",true,true]`
	if diff := cmp.Diff(got.String(), want); diff != "" {
		t.Error(diff)
	}
}
