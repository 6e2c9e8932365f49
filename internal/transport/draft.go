package transport

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync/atomic"

	"posthaste/collection"
	"posthaste/internal/transport/content"
	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/http1"
	"posthaste/internal/transport/target"
)

// A Draft is a request whose URL is encoded, and whose body is built once, when it is first
// asked for. Until it is finished, signing may change its query, its header lines and, before
// anybody asked for it, its body. It is used by one goroutine.
type Draft struct {
	client   *Client
	request  *Request
	settings settings
	address  *address      // of the request's URL
	target   target.Target // the same, until its query is changed
	changed  bool          // it was
	err      error         // why the URL names no host

	from     *collection.Body // what payload was built of
	payload  content.Payload
	bodyErr  error
	warnings []string // about files of the body, reported by Finish
	prepared Prepared // what Finish returns
}

// Counts are how often a client did each step, for tests that a request is prepared once.
// They are safe for concurrent use.
type Counts struct{ URLs, Bodies, Finished atomic.Int64 }

// Counts returns the client's own counters, which go on counting.
func (c *Client) Counts() *Counts { return &c.counts }

// Draft encodes the URL. An error in it is reported when the draft is finished, or by Target.
// The draft keeps r and changes its header and body in Set.
func (c *Client) Draft(r *Request) *Draft {
	d := &Draft{client: c, request: r, settings: c.settingsOf(r.Behavior)}
	d.settings.proxy, d.settings.tunnel, d.settings.sent, d.settings.hold = r.Proxy, r.Tunnel, r.Sent, r.Hold
	d.settings.client, d.settings.request = c, r
	c.counts.URLs.Add(1)
	d.address, d.err = c.book.read(r.URL, d.settings.verbatimURL)
	d.target = d.address.target
	return d
}

// Target is the URL as it will be sent, and the *failure.Error of one that names no host.
// Schemes sign it.
func (d *Draft) Target() (target.Target, error) { return d.target, d.err }

// Shown is the URL with credentials and fragment, as reports and scripts show it.
func (d *Draft) Shown() string {
	if d.changed {
		return d.target.Shown()
	}
	return d.address.shown
}

// Asked returns the URL that a map puts in the place of the request's, for messages. For a
// request to a mapped host that its rule does not cover, and which is not sent, it is the URL
// that the rule leads to; without a rule it is "".
func (d *Draft) Asked() string {
	t, isMapped, err := d.client.mapped(d.target)
	switch {
	case isMapped:
	case err != nil:
		to := &d.client.ruleOf(t).to
		t.Scheme, t.Hostname, t.Port, t.HasPort = to.Scheme, to.Hostname, to.Port, to.HasPort
	default:
		return ""
	}
	return t.Href()
}

// SetQuery replaces the URL's query and encodes it. has tells an empty query ("?") from none.
// Schemes that sign in the query call it.
func (d *Draft) SetQuery(text string, has bool) {
	if text == d.target.Query && has == d.target.HasQuery {
		return
	}
	d.target.Query, d.target.HasQuery, d.changed = text, has, true
	// A script can make text that is not UTF-8; the wire needs bytes.
	d.target.RawQuery = strings.ToValidUTF8(text, "\ufffd")
	if !d.settings.verbatimURL {
		d.target.RawQuery = target.EncodeQuery(d.target.RawQuery)
	}
}

// Set replaces the request's header lines and body by the signed ones. A body other than the
// request's own is built again.
func (d *Draft) Set(header []collection.Header, body *collection.Body) {
	d.request.Header, d.request.Body = header, body
}

// check returns why nothing can be sent, before a body is built. The order of the checks is
// that of the errors in newman.
func (d *Draft) check(ctx context.Context) error {
	if ctx.Err() != nil {
		return failure.Of("connect", context.Cause(ctx))
	}
	if d.err != nil {
		return d.err
	}
	if err := d.target.CheckSendable(); err != nil {
		return err
	}
	if _, _, err := d.client.mapped(d.target); err != nil {
		return err
	}
	if method := d.request.method(); !http1.IsToken(method) {
		return &failure.Error{Code: "ERR_INVALID_HTTP_TOKEN", Message: fmt.Sprintf("Method must be a valid HTTP token [\"%s\"]", method)}
	}
	return nil
}

// warn records a problem with a file that does not stop the request. It is reported when the
// draft is finished.
func (d *Draft) warn(text string) { d.warnings = append(d.warnings, text) }

// sends reports whether the method lets a body be sent: newman drops the bodies of GET and
// others, unless the request's settings keep them or a script sends it.
func (d *Draft) sends() bool {
	return !pruned(d.request.method()) || d.settings.keepBody || d.request.Script
}

// build returns the body, which it builds on the first call. Another body of the request, by
// its address, is built again. The payload is the draft's and must not be changed.
func (d *Draft) build() (*content.Payload, error) {
	b := d.request.Body
	if b == nil || b.Disabled {
		return &content.Payload{}, nil
	}
	if d.from != b {
		d.from = b
		d.client.counts.Bodies.Add(1)
		d.payload, d.bodyErr = d.client.builder(d).Build(b, d.request.Header)
	}
	return &d.payload, d.bodyErr
}

// A Content is a body as a request carries it, for schemes that hash it.
type Content struct {
	Mode string // of the collection's body; "" when none is sent
	Type string // the Content-Type that goes with it, or ""

	payload *content.Payload
	files   content.FileOpener
}

// Content returns the body that will be sent. With pruned it is also one that the method
// keeps from being sent, unless that is a file: newman's schemes hash it all the same.
func (d *Draft) Content(ctx context.Context, pruned bool) (*Content, error) {
	if err := d.check(ctx); err != nil {
		return nil, err
	}
	p := &content.Payload{}
	if d.sends() || pruned && d.request.Body != nil && d.request.Body.Mode != "file" {
		var err error
		if p, err = d.build(); err != nil {
			return nil, err
		}
	}
	lines := userHeaders(d.request.Header, 1)
	if err := checkHeaders(lines); err != nil {
		return nil, err
	}
	c := &Content{Mode: p.Mode, payload: p, files: d.client.opts.Files}
	lines, due := typed(lines, p, &d.settings)
	if due {
		c.Type = p.Type
	} else if i := find(lines, "Content-Type"); i >= 0 {
		c.Type = lines[i].Value
	}
	return c, nil
}

// Open returns a reader of the whole body. Files are opened when they are reached, so an
// error can come from Read. The caller closes it.
func (c *Content) Open() io.ReadCloser {
	return c.payload.Open(c.files)
}

// builder returns the value that builds the draft's body with the client's files and
// randomness.
func (c *Client) builder(d *Draft) *content.Builder {
	return &content.Builder{Files: c.opts.Files, Rand: c.opts.Rand, Script: d.request.Script, Warn: d.warn}
}
