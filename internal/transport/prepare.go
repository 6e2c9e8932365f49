package transport

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"posthaste/collection"
	"posthaste/internal/transport/content"
	"posthaste/internal/transport/target"
)

// A Request is what to send, with all placeholders resolved. It is not changed by preparing
// it, except through Draft.Set.
type Request struct {
	Method   string // "" is GET
	URL      string // as text
	Header   []collection.Header
	Body     *collection.Body // nil: no body
	Behavior collection.Behavior
	Proxy    *url.URL                // asked instead of what Options.Proxy says; nil leaves that
	Tunnel   bool                    // Proxy is asked for a tunnel for http as well
	Script   bool                    // from pm.sendRequest: bodies of GET are kept, files are not read
	Warn     func(code, text string) // instead of Options.Warn; nil leaves that
	Hold     func(n int64) error     // asked before n bytes more of a response's body are held; its error ends the request; may be nil
	Sent     func()                  // called when the request, or a redirect's, has been written; may be nil
}

// method is the method, GET if missing.
func (r *Request) method() string {
	if r.Method == "" {
		return http.MethodGet
	}
	return r.Method
}

// A Prepared is a request as it is sent, without the cookies of the jar. It can be sent more
// than once.
type Prepared struct {
	Method   string
	URL      string              // encoded, without credentials and fragment
	Target   target.Target       // the same in parts
	Header   []collection.Header // in the order of the wire; Do adds the jar's cookies
	BodyMode string              // "raw", "urlencoded" …, "" when no body is sent
	BodySize int64               // in bytes

	payload  content.Payload
	settings settings
	cookieAt int  // where in Header the jar's Cookie goes
	noJar    bool // newman: the jar's cookies go into a line that another spelling of Cookie replaces
	began    time.Time
	dial     string // host and port of Target
	host     string // the same, for the Host line
	random   [16]byte
}

// Body returns the body when it is in memory, and false when it comes from files. The caller must not
// change it.
func (p *Prepared) Body() ([]byte, bool) { return p.payload.Bytes() }

// Prepare makes a request ready to be sent that needs no signing: a draft, finished at once.
func (c *Client) Prepare(ctx context.Context, r *Request) (*Prepared, error) {
	return c.Draft(r).Finish(ctx)
}

// Finish builds the body, if that was not done yet, and puts the header lines together. Files
// are looked at, not read. What HTTP cannot carry is a *failure.Error. It is called once for
// a draft.
func (d *Draft) Finish(ctx context.Context) (*Prepared, error) {
	c, r := d.client, d.request
	c.counts.Finished.Add(1)
	p := &d.prepared
	*p = Prepared{Method: r.method(), settings: d.settings, began: c.opts.Now(), Target: d.target}
	if err := d.check(ctx); err != nil {
		return nil, err
	}
	p.URL, p.dial, p.host = d.address.text, d.address.dial, d.address.host
	if d.changed {
		p.URL = p.Target.String()
	}
	if d.sends() {
		built, err := d.build()
		for _, text := range d.warnings {
			c.warn(r, text)
		}
		if err != nil {
			return nil, err
		}
		p.payload = *built
	}
	p.BodyMode, p.BodySize = p.payload.Mode, p.payload.Size
	if err := c.assemble(p, r.Header); err != nil {
		return nil, err
	}
	return p, checkHeaders(p.Header)
}

// assemble puts the lines in newman's order: the user's, the type of raw bodies, the
// system's, and a tail whose order depends on the body. The order has no meaning to HTTP, but
// servers that log or sign headers show it, and comparisons with newman do.
func (c *Client) assemble(p *Prepared, given []collection.Header) error {
	mode, s := p.payload.Mode, &p.settings
	p.Header = userHeaders(given, 12) // room for the lines that are added
	p.noJar = c.opts.KeepCookies && spellsCookieTwice(given)
	var due bool
	p.Header, due = typed(p.Header, &p.payload, s)
	addType := func() {
		if due {
			p.Header = append(p.Header, collection.Header{Key: "Content-Type", Value: p.payload.Type, System: true})
		}
	}
	if mode == collection.BodyRaw || mode == collection.BodyGraphQL {
		addType()
		due = false
	}
	var err error
	if p.Header, err = c.addSystem(p, s); err != nil {
		return err
	}
	if p.Target.HasUser && find(p.Header, "Authorization") < 0 {
		p.Header = append(p.Header, collection.Header{Key: "Authorization", Value: basic(&p.Target), System: true})
	}
	switch mode {
	case "raw", "graphql":
		p.addLength()
		p.cookieAt = len(p.Header)
	case "urlencoded":
		addType()
		p.addLength()
		p.cookieAt = len(p.Header)
	case "file":
		p.cookieAt = len(p.Header)
		p.addLength()
		addType()
	default: // formdata, and no body
		addType()
		p.cookieAt = len(p.Header)
		p.addLength()
	}
	return nil
}

// typed gives a form's own type to a Content-Type that the user wrote, where newman replaces
// it, and reports whether a line with the body's type has to be added. It changes lines in
// place.
func typed(lines []collection.Header, p *content.Payload, s *settings) ([]collection.Header, bool) {
	if s.disabledSystem["content-type"] {
		return lines, false
	}
	i := find(lines, "Content-Type")
	if i >= 0 && overrides(p, lines[i].Value) {
		lines[i].Value = p.Type
	}
	return lines, i < 0 && p.Type != ""
}

// overrides reports whether a form's type replaces the one that the user wrote. For
// urlencoded it does unless that is the same, perhaps with a charset; for formdata unless the
// user chose the boundary.
func overrides(p *content.Payload, written string) bool {
	switch p.Mode {
	case "urlencoded":
		return !strings.HasPrefix(written, p.Type)
	case "formdata":
		return !p.OwnBoundary
	}
	return false
}

// addLength appends Content-Length where it belongs: for a body, and as 0 for methods that
// usually have one (RFC 9110, 8.6).
func (p *Prepared) addLength() {
	if find(p.Header, "Content-Length") >= 0 || p.settings.disabledSystem["content-length"] {
		return
	}
	if p.payload.Mode == "" {
		if find(p.Header, "Transfer-Encoding") >= 0 { // the length would contradict it
			return
		}
		switch p.Method {
		case http.MethodGet, http.MethodHead, http.MethodDelete, http.MethodOptions, http.MethodTrace, http.MethodConnect:
			return
		}
	}
	p.Header = append(p.Header, collection.Header{Key: "Content-Length", Value: strconv.FormatInt(p.payload.Size, 10), System: true})
}

// pruned reports whether newman drops the body of a method unless disableBodyPruning is set.
func pruned(method string) bool {
	switch method {
	case "GET", "COPY", "HEAD", "PURGE", "UNLOCK":
		return true
	}
	return false
}
