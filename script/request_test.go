package script

import (
	"net/http"
	"testing"

	"posthaste/collection"
)

func TestResponse(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"code, status and time":   {"console.log(pm.response.code, pm.response.status, pm.response.responseTime)", "200 OK 42"},
		"a header":                {"console.log(pm.response.headers.get('content-type'))", "application/json"},
		"text":                    {"console.log(pm.response.text().length > 10)", "true"},
		"json is new each time":   {"console.log(pm.response.json() === pm.response.json(), pm.response.json().list.length)", "false 3"},
		"status assertions":       {"pm.test('a', () => pm.response.to.have.status(200)); pm.test('b', () => pm.response.to.be.ok)", ""},
		"through expect":          {"pm.test('a', () => pm.expect(pm.response).to.have.status(200))", ""},
		"json body":               {"pm.test('a', () => pm.response.to.have.jsonBody('user.name', 'Ola'))", ""},
		"json schema":             {"pm.test('a', () => pm.response.to.have.jsonSchema({type: 'object', required: ['user']}))", ""},
		"a header assertion":      {"pm.test('a', () => pm.response.to.have.header('Content-Type'))", ""},
		"no response beforehand":  {"console.log(typeof pm.response)", "object"},
		"cookies":                 {"console.log(pm.cookies.count(), pm.cookies.get('sid'))", "1 s1"},
		"assertion with a number": {"pm.test('a', () => pm.expect(pm.response.responseTime).to.be.below(100))", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{})
			s.call.Cookies = []Cookie{{Name: "sid", Value: "s1"}}
			wantLines(t, "console", s.run(test.give).said(), test.want)
			if s.result.Failed > 0 {
				t.Errorf("assertions %v", s.asserted())
			}
		})
	}
}

func TestFailingStatusAssertion(t *testing.T) {
	s := newStage(t, Options{}).run("pm.test('a', () => pm.response.to.have.status(201))")
	wantLines(t, "assertions", s.asserted(), "not ok a: AssertionError: expected response to have status code 201 but got 200")
}

func TestFailingSchemaAssertion(t *testing.T) {
	s := newStage(t, Options{}).run("pm.test('a', () => pm.response.to.have.jsonSchema({properties: {expires_in: {type: 'string'}}, required: ['nope']}))")
	wantLines(t, "assertions", s.asserted(), "not ok a: AssertionError: expected data to satisfy schema but found following errors: \n"+
		"data should have required property 'nope', data.expires_in should be string")
}

func TestAResponseThatNeverCame(t *testing.T) {
	s := newStage(t, Options{})
	s.call.Response = &Response{}
	s.run("console.log(typeof pm.response, pm.response.code, pm.response.text(), responseBody, JSON.stringify(responseCode))")
	wantLines(t, "console", s.said()[len(s.said())-1:], "object undefined undefined undefined {}")
}

func TestPrerequestScriptsChangeTheRequest(t *testing.T) {
	tests := map[string]struct {
		give string
		want func(r *collection.Request) bool
	}{
		"a header":         {"pm.request.headers.add({key: 'X-A', value: '1'})", func(r *collection.Request) bool { return len(r.Header) == 2 && r.Header[1].Key == "X-A" }},
		"upsert":           {"pm.request.headers.upsert({key: 'x-old', value: '2'})", func(r *collection.Request) bool { return len(r.Header) == 1 && r.Header[0].Value == "2" }},
		"the method":       {"pm.request.method = 'PUT'", func(r *collection.Request) bool { return r.Method == http.MethodPut }},
		"the URL":          {"pm.request.url = 'https://b.example/{{x}}?q=1'", func(r *collection.Request) bool { return r.URL.String() == "https://b.example/{{x}}?q=1" }},
		"a query param":    {"pm.request.url.addQueryParams('a=1')", func(r *collection.Request) bool { return r.URL.String() == "https://a.example/p?a=1" }},
		"the body":         {"pm.request.body = {mode: 'raw', raw: '{}'}", func(r *collection.Request) bool { return r.Body != nil && r.Body.Raw == "{}" }},
		"the body in part": {"pm.request.body.raw = 'new'", func(r *collection.Request) bool { return r.Body != nil && r.Body.Raw == "new" }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newPrerequest(t).run(test.give)
			if s.result.Request == nil || !test.want(&s.result.Request.Request) {
				t.Errorf("request %+v", s.result.Request)
			}
		})
	}
	if s := newPrerequest(t).run("console.log(pm.request.method)"); s.result.Request != nil {
		t.Errorf("a request that was only read came back: %+v", s.result.Request)
	}
	if s := newPrerequest(t).run("1"); s.result.Request != nil {
		t.Errorf("a request that was not read came back: %+v", s.result.Request)
	}
}

func newPrerequest(t *testing.T) *stage {
	t.Helper()
	s := newStage(t, Options{})
	s.call.Listen, s.call.Response = "prerequest", nil
	s.call.Request = &Request{ID: "id-1", Name: "Token", Request: collection.Request{
		Method: "POST", URL: collection.URL{Protocol: "https", Host: []string{"a", "example"}, Path: []string{"p"}, HasPath: true},
		Header: []collection.Header{{Key: "X-Old", Value: "1"}}, Body: &collection.Body{Mode: "raw", Raw: "old"},
	}}
	return s
}

func TestWhatAPrerequestScriptSees(t *testing.T) {
	s := newPrerequest(t).run("console.log(typeof pm.response, pm.cookies.count(), typeof responseBody, pm.request.url.getHost())")
	wantLines(t, "console", s.said(), "undefined 0 undefined a.example")
}

func TestFilesAreTakenOutOfRequestsOfScripts(t *testing.T) {
	s := newStage(t, Options{})
	s.send = func(*Request) (*Response, error) { return &Response{Received: true, Code: 200}, nil }
	s.run("await pm.sendRequest({url: 'http://a', method: 'POST', body: {mode: 'formdata', formdata: [{key: 'f', type: 'file', src: '/etc/passwd'}, {key: 't', type: 'text', value: 'v'}]}})")
	wantLines(t, "console", s.said(), "warn: uploading files from scripts is not allowed")
	if got := s.requests[0].Body.FormData; len(got) != 1 || got[0].Key != "t" {
		t.Errorf("form %+v, want the text alone", got)
	}
}
