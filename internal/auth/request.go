package auth

import (
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"

	"posthaste/collection"
)

// A Wire is a request as it would go out now.
type Wire struct {
	Header []collection.Header // all lines but the jar's cookies, in their order
	Mode   string              // of the body: "raw", "urlencoded", "formdata", "file", "graphql"; "" sends none
	Body   []byte              // what is sent, where Known
	// Known tells that Body is what will be sent. It is false for files and for multipart bodies, whose boundary is
	// drawn when they are sent.
	Known bool
	// Open reads a body that is one file; nil for all others.
	Open func() (io.ReadCloser, error)
}

// headerValue returns the value of the last line of that name, "" when there is none.
func headerValue(list []collection.Header, name string) string {
	for _, h := range slices.Backward(list) {
		if !h.Disabled && strings.EqualFold(h.Key, name) {
			return h.Value
		}
	}
	return ""
}

// feed writes at most limit bytes of the body to h, or all of them when limit is negative. It tells whether the
// body can be known at all: forms of several parts cannot.
func (w *Wire) feed(h hash.Hash, limit int64) (known bool, err error) {
	switch {
	case w.Mode == "":
		return true, nil
	case w.Known && limit >= 0 && int64(len(w.Body)) > limit:
		h.Write(w.Body[:limit])
		return true, nil
	case w.Known:
		h.Write(w.Body)
		return true, nil
	case w.Open == nil:
		return false, nil
	}
	f, err := w.Open()
	if err != nil {
		return false, fmt.Errorf("reading the body to sign it: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	var r io.Reader = f
	if limit >= 0 {
		r = io.LimitReader(f, limit)
	}
	if _, err = io.Copy(h, r); err != nil {
		return false, fmt.Errorf("reading the body to sign it: %w", err)
	}
	return true, nil
}

// setHeader takes out every header of that name, in any case, and adds one at the end
// (newman: each authorizer's sign step).
func (r *Request) setHeader(key, value string) {
	r.removeHeader(func(k string) bool { return strings.EqualFold(k, key) })
	r.Header = append(r.Header, collection.Header{Key: key, Value: value, System: true})
}

// putHeader replaces the value of a header where it stands, or adds it at the end.
func (r *Request) putHeader(key, value string) {
	for i, h := range r.Header {
		if !h.Disabled && strings.EqualFold(h.Key, key) {
			r.Header[i] = collection.Header{Key: h.Key, Value: value, System: true}
			return
		}
	}
	r.Header = append(r.Header, collection.Header{Key: key, Value: value, System: true})
}

func (r *Request) removeHeader(match func(key string) bool) {
	kept := make([]collection.Header, 0, len(r.Header)+1)
	for _, h := range r.Header {
		if !match(h.Key) {
			kept = append(kept, h)
		}
	}
	r.Header = kept
}

// dropHeaders takes out every header of these names, in any case.
func (r *Request) dropHeaders(names ...string) {
	r.removeHeader(func(k string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(k, name) })
	})
}

// setQuery takes out every parameter of that name and adds one at the end.
func (r *Request) setQuery(key, value string) {
	r.dropQuery(key)
	r.addQuery(key, value)
}

// addQuery adds a parameter at the end.
func (r *Request) addQuery(key, value string) {
	r.URL.Query = append(slices.Clip(r.URL.Query), collection.QueryParam{Key: key, Value: value})
	r.URL.HasQuery = true
}

// dropQuery takes out every parameter of these names.
func (r *Request) dropQuery(names ...string) {
	kept := make([]collection.QueryParam, 0, len(r.URL.Query)+1)
	for _, q := range r.URL.Query {
		if !slices.Contains(names, q.Key) {
			kept = append(kept, q)
		}
	}
	r.URL.Query = kept
}
