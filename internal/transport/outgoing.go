package transport

import (
	"net/url"
	"strconv"
	"strings"

	"posthaste/collection"
	"posthaste/internal/transport/failure"
	"posthaste/internal/transport/target"
)

// An Outgoing is a hop that is about to be sent: the request itself, or where a redirect
// sends it on. It is what Options.Admit decides by.
type Outgoing struct {
	Method   string
	Target   target.Target       // whom it is for, before Options.Map
	Header   []collection.Header // as on the wire
	Proxy    *url.URL            // that the request itself names; nil for none
	Previous string              // the URL that led here by a redirect; "" for the first hop
	Size     int64               // of the body, in bytes
	// Body returns the body, and false when it comes from files. It must not be changed.
	Body func() ([]byte, bool)
}

// CodeFraming is the code of a request that is not sent because its body could be read as
// another request (request smuggling).
const CodeFraming = "EFRAMING"

// admit tells Options.Visited of the hop and asks Options.Admit for permission. previous is the URL that redirected here, "" for
// the first hop. What is admitted by its head must not carry a second request in its body, so
// a body whose length the head states wrongly is refused whenever there is an Admit.
func (c *Client) admit(h *hop, previous string) error {
	if c.opts.Visited != nil {
		c.opts.Visited(h.target.Hostname)
	}
	if c.opts.Admit == nil {
		return nil
	}
	if !h.framingIsClear() {
		return &failure.Error{
			Code: CodeFraming, Message: "not sent: its head does not tell how long its body is, so that a part of the body could be taken for another request",
			Hint: "leave Content-Length and Transfer-Encoding to the program while --allow-host or --limit holds",
		}
	}
	return c.opts.Admit(&Outgoing{
		Method: h.method, Target: h.target, Header: h.header, Proxy: h.settings.proxy, Previous: previous,
		Size: h.payload.Size, Body: h.payload.Bytes,
	})
}

// framingIsClear reports whether every reader of the head finds the end of the body where it is:
// exactly one correct Content-Length, or exactly one "chunked", or no body. With both,
// readers disagree (RFC 9112, 6.3).
func (h *hop) framingIsClear() bool {
	lengths, encodings := 0, 0
	for i := range h.header {
		value := strings.TrimSpace(h.header[i].Value)
		switch strings.ToLower(strings.TrimSpace(h.header[i].Key)) {
		case "content-length":
			if lengths++; value != strconv.FormatInt(h.payload.Size, 10) {
				return false
			}
		case "transfer-encoding":
			if encodings++; !strings.EqualFold(value, "chunked") {
				return false
			}
		}
	}
	return lengths+encodings == 1 || lengths+encodings == 0 && h.payload.Size == 0
}
