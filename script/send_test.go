package script

import (
	"context"
	"testing"
	"time"

	"posthaste/runner/event"
)

func TestSendRequest(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"a promise":          {"const r = await pm.sendRequest('http://a'); console.log(r.code, r.json().ok)", "201 true"},
		"a callback":         {"const p = pm.sendRequest('http://a', (err, res, h) => console.log(err, res.code, typeof h.cookies)); console.log(p === pm)", "true|null 201 object"},
		"an error":           {"pm.sendRequest('http://fail', (err, res) => console.log(err.message, err.code, res))", "getaddrinfo ENOTFOUND fail ENOTFOUND undefined"},
		"a rejected promise": {"try { await pm.sendRequest('http://fail') } catch (e) { console.log(e.message) }", "getaddrinfo ENOTFOUND fail"},
		"nothing":            {"pm.sendRequest('', (err) => console.log(err.message))", "sendrequest: nothing to request"},
		"in sequence":        {"let n = 0; for (let i = 0; i < 5; i++) n += (await pm.sendRequest('http://a')).code; console.log(n)", "1005"},
		"at once":            {"const all = await Promise.all([1, 2, 3].map(() => pm.sendRequest('http://a'))); console.log(all.length)", "3"},
		"inside a test":      {"pm.test('t', async () => { const r = await pm.sendRequest('http://a'); pm.expect(r.code).to.equal(201) }); ", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{})
			s.send = func(r *Request) (*Response, error) {
				if r.URL.String() == "http://fail" {
					return nil, errNotFound{}
				}
				return &Response{Received: true, Code: 201, Reason: "Created", Body: []byte(`{"ok":true}`), Time: time.Millisecond}, nil
			}
			wantLines(t, "console", s.run(test.give).said(), test.want)
			if s.result.Failed > 0 {
				t.Errorf("assertions %v", s.asserted())
			}
		})
	}
}

func TestCompatGivesAHollowAnswerBesideAnError(t *testing.T) {
	s := newStage(t, Options{Compat: true}).run("pm.sendRequest('http://a', (err, res) => console.log(typeof err, typeof res, res.code))")
	wantLines(t, "console", s.said(), "object object undefined")
}

func TestRequestsEndWithTheirScript(t *testing.T) {
	s := newStage(t, Options{})
	s.call.Timeout = 20 * time.Millisecond
	ended := make(chan struct{})
	s.sendContext = func(ctx context.Context) {
		<-ctx.Done()
		close(ended)
	}
	if s.try("pm.sendRequest('http://a', () => {})"); !s.result.TimedOut {
		t.Errorf("result %+v, want a timeout", s.result)
	}
	select {
	case <-ended:
	default:
		t.Error("Run returned before the request had ended")
	}
}

type errNotFound struct{}

func (errNotFound) Error() string { return "getaddrinfo ENOTFOUND fail" }
func (errNotFound) Failure() *event.Error {
	return &event.Error{Code: "ENOTFOUND", Errno: -3008, Syscall: "getaddrinfo", Address: "fail"}
}

func TestCookies(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"set and get by callback": {"const jar = pm.cookies.jar(); jar.set('http://a', 'n', 'v v', (e, c) => jar.get('http://a', 'n', (e, v) => console.log(e, v)))", "null v v"},
		"by promise":              {"const jar = pm.cookies.jar(); await jar.set('http://a', 'n', 'v'); console.log(await jar.get('http://a', 'n'), await jar.get('http://a', 'x'))", "v null"},
		"by object":               {"const jar = pm.cookies.jar(); await jar.set('http://a', {name: 'n', value: 'v', path: '/', httpOnly: true}); console.log((await jar.getAll('http://a')).count())", "1"},
		"unset":                   {"const jar = pm.cookies.jar(); await jar.set('http://a', 'n', 'v'); await jar.unset('http://a', 'n'); console.log(await jar.get('http://a', 'n'))", "null"},
		"clear":                   {"const jar = pm.cookies.jar(); await jar.set('http://a', 'n', 'v'); await jar.clear('http://a'); console.log(await jar.get('http://a', 'n'))", "null"},
		"no URL":                  {"try { pm.cookies.jar().get(null, 'n', () => {}) } catch (e) { console.log(e.name, e.message) }", "TypeError CookieJar.get() requires a valid url"},
		"refused":                 {"pm.cookies.jar().set('http://bad', 'n', 'v', e => console.log(e.message))", "cookie not allowed here"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantLines(t, "console", newStage(t, Options{}).run(test.give).said(), test.want)
		})
	}
}
