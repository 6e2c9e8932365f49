package auth

import (
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"

	"posthaste/collection"
)

// A Wire is the body of a request as it goes out, for the signers that hash it (AWS, Digest
// auth-int, Hawk, EdgeGrid, OAuth 1.0).
type Wire struct {
	Mode string // "raw", "urlencoded", "formdata", "file", "graphql"; "" sends none
	Type string // the Content-Type that goes with it
	// Open reads the body from its start; each call gives a new reader that the caller
	// closes. Nil says that it cannot be known, as newman says of forms of several parts,
	// whose boundary is drawn when they are sent.
	Open func() io.ReadCloser
}

// headerValue returns the value of the last line of that name, or "". The last one is what
// newman's header list gives for a name that occurs twice. Disabled lines are not sent and so
// do not count.
func headerValue(list []collection.Header, name string) string {
	for _, h := range slices.Backward(list) {
		if !h.Disabled && strings.EqualFold(h.Key, name) {
			return h.Value
		}
	}
	return ""
}

// feed writes at most limit bytes of the body to h, or all of them when limit is negative. It
// reports whether the body can be known at all; without a body it is known and empty.
func (w *Wire) feed(h hash.Hash, limit int64) (known bool, err error) {
	if w.Mode == "" {
		return true, nil
	}
	if w.Open == nil {
		return false, nil
	}
	body := w.Open()
	defer func() { _ = body.Close() }() // it was only read
	var r io.Reader = body
	if limit >= 0 {
		r = io.LimitReader(body, limit)
	}
	if _, err = io.Copy(h, r); err != nil {
		return false, fmt.Errorf("reading the body to sign it: %w", err)
	}
	return true, nil
}

// setHeader takes out every header of that name, in any case, and adds one at the end
// (newman: each authorizer's sign step). System marks it as made by the runner, so that it is
// not written back into the collection.
func (r *Request) setHeader(key, value string) {
	r.removeHeader(func(k string) bool { return strings.EqualFold(k, key) })
	r.Header = append(r.Header, collection.Header{Key: key, Value: value, System: true})
}

// putHeader replaces the value of a header where it stands, or adds it at the end. It keeps
// the case in which the collection spells the name.
func (r *Request) putHeader(key, value string) {
	for i, h := range r.Header {
		if !h.Disabled && strings.EqualFold(h.Key, key) {
			r.Header[i] = collection.Header{Key: h.Key, Value: value, System: true}
			return
		}
	}
	r.Header = append(r.Header, collection.Header{Key: key, Value: value, System: true})
}

// removeHeader makes a new list, since the old one may be shared with the collection's request.
func (r *Request) removeHeader(match func(key string) bool) {
	kept := make([]collection.Header, 0, len(r.Header)+1)
	for _, h := range r.Header {
		if !match(h.Key) {
			kept = append(kept, h)
		}
	}
	r.Header = kept
}

// dropHeaders takes out every header of these names, in any case. Disabled ones go too.
func (r *Request) dropHeaders(names ...string) {
	r.removeHeader(func(k string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(k, name) })
	})
}

// setQuery takes out every parameter of that name and adds one at the end. Names are compared
// as they are written, case and encoding included.
func (r *Request) setQuery(key, value string) {
	r.dropQuery(key)
	r.addQuery(key, value)
}

// addQuery adds a parameter at the end. Key and value are sent as given, apart from
// characters that no URL can have. Clip makes append copy, since the list may be shared with
// the collection.
func (r *Request) addQuery(key, value string) {
	r.URL.Query = append(slices.Clip(r.URL.Query), collection.QueryParam{Key: key, Value: value})
	r.URL.HasQuery = true
}

// dropQuery takes out every parameter of these names, into a new list.
func (r *Request) dropQuery(names ...string) {
	kept := make([]collection.QueryParam, 0, len(r.URL.Query)+1)
	for _, q := range r.URL.Query {
		if !slices.Contains(names, q.Key) {
			kept = append(kept, q)
		}
	}
	r.URL.Query = kept
}
