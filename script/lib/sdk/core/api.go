package core

import (
	"io"
	"time"

	"github.com/dop251/goja"

	"posthaste/collection"
)

// An Env is what the SDK may use of the outside. VM must be set; everything else may be zero, and what
// needs it then falls back as said below.
type Env struct {
	VM *goja.Runtime
	// ParseJSON is Postman's JSON.parse. Its error becomes a thrown error: a *goja.Exception keeps its
	// value. nil is the engine's own JSON.parse, with the engine's messages.
	ParseJSON func(text string) (goja.Value, error)
	// Now is not used: nothing in the SDK reads the time but Date, which is the engine's.
	Now func() time.Time
	// Rand is the source of random ids. Without it ids are counted: predictable, but unique in a runtime.
	Rand io.Reader
	// Bytes shows a body as response.stream; nil makes a Uint8Array.
	Bytes func(b []byte) goja.Value
	// Dynamic gives the value of a dynamic variable such as "$guid" for replaceIn; nil knows none.
	Dynamic func(name string) (string, bool)
	// Schema checks data against a JSON schema with Ajv's options and returns what does not fit, in Ajv's
	// words ("data.a should be number"). With nil the jsonSchema assertion throws that it is missing.
	Schema func(schema, data, options goja.Value) (errors []string, err error)
}

// A Response is what pm.response and the responses to pm.sendRequest show. The zero Response is the hollow
// one of a request that got no response.
type Response struct {
	Received   bool // false: code, status, time and body are undefined
	ID         string
	Code       int
	Reason     string // as the server wrote it; "" shows the standard reason
	Header     []collection.Header
	Body       []byte // after decompression; shared, and must never change
	TimeMS     int64
	Size       int64 // body bytes as received, which size() shows; 0 is computed as the SDK does
	HeaderSize int64 // bytes; 0 is computed from Header as the SDK does
	Cookies    []Cookie
}

// A Cookie is one cookie of a CookieList.
type Cookie struct {
	Name, Value, Domain, Path           string
	Expires                             time.Time // zero for a session cookie
	MaxAge                              int       // seconds; 0 is not given
	HostOnly, HTTPOnly, Secure, Session bool
	SameSite                            string
	Extensions                          []string // "key" or "key=value"
}
