package transport

import (
	"strconv"

	"posthaste/collection"
	"posthaste/internal/transport/content"
	"posthaste/internal/transport/target"
)

// byteCount is a size for a message.
func byteCount(n int64) string { return strconv.FormatInt(n, 10) + " bytes" }

// redirect returns where a response sends the request on, and whether that is to be followed:
// any 3xx with a Location, whatever the method (newman: followAllRedirects).
func (h *hop) redirect(r *Response) (string, bool) {
	if r.Code < 300 || r.Code > 399 || !h.settings.follow {
		return "", false
	}
	i := find(r.Header, "Location")
	if i < 0 || r.Header[i].Value == "" {
		return "", false
	}
	return r.Header[i].Value, true
}

// follow changes h into the next hop. Credentials are not sent on to another host, unless the
// request's settings say so; the method becomes GET, except for HEAD, 307 and 308.
func (c *Client) follow(h *hop, code int, location string) error {
	previous := h.target
	next, err := target.Resolve(&previous, location, h.settings.verbatimURL)
	if err == nil {
		err = next.CheckSendable()
	}
	if err != nil {
		return err
	}
	// A copy: the lines of the hop before are in the response.
	lines := make([]collection.Header, 0, len(h.header)+2)
	lines = append(lines, h.header...)
	if h.method != "HEAD" && code != 307 && code != 308 && !h.settings.keepMethod {
		h.method, h.payload = "GET", content.Payload{}
		lines = remove(remove(lines, "Content-Type"), "Content-Length")
	}
	if next.Hostname != previous.Hostname && !h.settings.keepAuth {
		lines = remove(lines, "Authorization")
	}
	form := h.payload.Mode == collection.BodyFormData // newman: a form is made again, and its lines with it
	if form {
		lines = remove(remove(lines, "Content-Type"), "Content-Length")
	}
	if !h.settings.noReferer {
		lines = refer(lines, previous.Href())
	}
	if !h.settings.disabledSystem["host"] {
		lines = append(remove(lines, "Host"), collection.Header{Key: "Host", Value: next.Host(), System: true})
	}
	if next.HasUser && find(lines, "Authorization") < 0 {
		lines = append(lines, collection.Header{Key: "Authorization", Value: basic(&next), System: true})
	}
	h.target, h.url, h.dial, h.header, h.cookieAt = next, next.String(), "", lines, len(lines)
	if form {
		h.formLines()
	}
	return nil
}

// refer sets Referer, in the place of the user's own where there is one. It changes lines in
// place.
func refer(lines []collection.Header, from string) []collection.Header {
	if i := find(lines, "Referer"); i >= 0 {
		lines[i].Value = from
		return lines
	}
	return append(lines, collection.Header{Key: "Referer", Value: from, System: true})
}

// formLines appends the lines that describe a form. A new Cookie line goes between them, as
// in newman.
func (h *hop) formLines() {
	if !h.settings.disabledSystem["content-type"] {
		h.header = append(h.header, collection.Header{Key: "Content-Type", Value: h.payload.Type, System: true})
	}
	h.cookieAt = len(h.header)
	if !h.settings.disabledSystem["content-length"] && !h.chunked {
		h.header = append(h.header, collection.Header{Key: "Content-Length", Value: strconv.FormatInt(h.payload.Size, 10), System: true})
	}
}
