package auth

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"posthaste/collection"
	"posthaste/internal/transport"
)

// A caller sends requests through one scheme as the runner does: sign, send, ask for another try.
type caller struct {
	t      *testing.T
	scheme Scheme
	params map[string]collection.Value
	client *transport.Client
	env    Env
	now    time.Time
	tries  int // of the last request

	noticed []error
}

// counting is randomness that a test can foresee: 0, 1, 2 …
type counting struct{ next byte }

func (c *counting) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = c.next
		c.next++
	}
	return len(b), nil
}

func newCaller(t *testing.T, typ string, params map[string]any) *caller {
	t.Helper()
	c := &caller{t: t, now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), params: map[string]collection.Value{}}
	c.env = Env{Now: func() time.Time { return c.now }, Rand: &counting{}}
	c.set(params)
	var err error
	if c.scheme, err = New(typ, c.env); err != nil {
		t.Fatal(err)
	}
	c.client, err = transport.New(transport.Options{Now: time.Now, Files: dirFiles{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.client.CloseIdle)
	return c
}

func (c *caller) set(params map[string]any) {
	for k, v := range params {
		switch v := v.(type) {
		case string:
			c.params[k] = collection.Text(v)
		case bool:
			c.params[k] = collection.BoolValue(v)
		case int:
			c.params[k] = collection.NumberValue(float64(v))
		case collection.Value:
			c.params[k] = v
		default:
			c.t.Fatalf("a parameter of type %T", v)
		}
	}
}

func (c *caller) list() Params {
	var list []collection.AuthParam
	for k, v := range c.params {
		list = append(list, collection.AuthParam{Key: k, Value: v})
	}
	return NewParams(list)
}

// request makes a request from text such as "GET http://host/path", header lines "Name: value", and a body.
func request(line, body string, header ...string) *collection.Request {
	method, url, _ := strings.Cut(line, " ")
	r := &collection.Request{Method: method, URL: collection.ParseURL(url)}
	for _, h := range header {
		key, value, _ := strings.Cut(h, ": ")
		r.Header = append(r.Header, collection.Header{Key: key, Value: value})
	}
	if body != "" {
		r.Body = &collection.Body{Mode: "raw", Raw: body}
	}
	return r
}

// form makes a request with a urlencoded body of keys and values in turn.
func form(line string, pairs ...string) *collection.Request {
	r := request(line, "")
	r.Body = &collection.Body{Mode: "urlencoded"}
	for pair := range slices.Chunk(pairs, 2) {
		r.Body.URLEncoded = append(r.Body.URLEncoded, collection.Param{Key: pair[0], Value: collection.Text(pair[1])})
	}
	return r
}

func (c *caller) draft(r *collection.Request) *transport.Draft {
	return c.client.Draft(&transport.Request{Method: r.Method, URL: r.URL.String(), Header: r.Header, Body: r.Body})
}

// sign signs a copy of r for its nth try and returns it.
func (c *caller) sign(r *collection.Request, try int) (*collection.Request, error) {
	return c.signDraft(r, c.draft(r), try)
}

// signDraft is sign with the draft that will be sent.
func (c *caller) signDraft(r *collection.Request, draft *transport.Draft, try int) (*collection.Request, error) {
	signed := *r
	signed.Header = slices.Clone(r.Header)
	err := c.scheme.Sign(c.t.Context(), c.list(), &Request{
		Request: &signed, Try: try,
		Target: func() (Target, error) {
			draft.SetQuery(signed.URL.QueryString())
			t, err := draft.Target()
			return Target{
				Scheme: t.Scheme, Host: t.Host(), Hostname: t.Hostname, Port: t.Port, Path: t.Path, Query: t.RawQuery,
				HasQuery: t.HasQuery,
			}, err
		},
		Wire: func() (*Wire, error) {
			draft.Set(signed.Header, signed.Body)
			content, err := draft.Content(c.t.Context(), false)
			if err != nil {
				return nil, err
			}
			w := &Wire{Mode: content.Mode, Type: content.Type, Open: content.Open}
			if c.env.Compat && w.Mode == "formdata" { // as the runner says it
				w.Open = nil
			}
			return w, nil
		},
		Send: func(_ context.Context, r *collection.Request) (*Answer, error) { return c.send(r, c.draft(r)) },
	})
	return &signed, err
}

// send sends the draft with what signing changed.
func (c *caller) send(r *collection.Request, draft *transport.Draft) (*Answer, error) {
	draft.SetQuery(r.URL.QueryString())
	draft.Set(r.Header, r.Body)
	p, err := draft.Finish(c.t.Context())
	if err != nil {
		return nil, err
	}
	res, err := c.client.Do(c.t.Context(), p)
	if err != nil {
		return nil, err
	}
	return &Answer{Code: res.Code, Header: res.Header, Body: res.Body}, nil
}

// do sends r as often as the scheme asks for, and returns the last answer.
func (c *caller) do(r *collection.Request) *Answer {
	c.t.Helper()
	for c.tries = 1; ; c.tries++ {
		draft := c.draft(r)
		signed, err := c.signDraft(r, draft, c.tries-1)
		if err != nil {
			c.noticed = append(c.noticed, err)
		}
		a, err := c.send(signed, draft)
		if err != nil {
			c.t.Fatal(err)
		}
		challenger, ok := c.scheme.(Challenger)
		if !ok {
			return a
		}
		again, err := challenger.Challenged(c.t.Context(), c.list(), a)
		if err != nil {
			c.noticed = append(c.noticed, err)
		}
		if !again {
			return a
		}
		if c.tries > 4 {
			c.t.Fatal("the scheme asks for ever more tries")
		}
	}
}

// want sends r and checks status and number of tries.
func (c *caller) want(r *collection.Request, code, tries int) {
	c.t.Helper()
	if a := c.do(r); a.Code != code || c.tries != tries {
		c.t.Errorf("%s %s got status %d after %d tries, want %d after %d: %s %v",
			r.Method, r.URL.String(), a.Code, c.tries, code, tries, a.Body, c.noticed)
	}
}

// header returns what the signed request has in a header, "" when it has none.
func headerOf(r *collection.Request, name string) string {
	for _, h := range r.Header {
		if strings.EqualFold(h.Key, name) {
			return h.Value
		}
	}
	return ""
}

// serve starts a loopback server whose checks see the request and its whole body; "" lets the request in.
func serve(t *testing.T, check func(w http.ResponseWriter, r *http.Request, body []byte) string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("reading a request: %v", err)
		}
		if reason := check(w, r, body); reason != "" {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, reason)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// dirFiles lets bodies name any file.
type dirFiles struct{}

func (dirFiles) Open(name string) (fs.File, error) { return os.Open(name) }
