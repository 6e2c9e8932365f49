package openapi

import (
	"net/http"
	"strconv"
	"strings"
)

// Response is the response that the operation documents for a status: its own, or that of its class, or the default. It is nil where there is
// none.
func (o *Operation) Response(code int) *Response {
	status := strconv.Itoa(code)
	for _, want := range []string{status, status[:1] + "XX", "default"} {
		for _, r := range o.Responses {
			if r.Status == want {
				return r
			}
		}
	}
	return nil
}

// Usual is the response to a request that is as it should be, with its status: the lowest of 2xx, else of 3xx, else the default as 200, else the
// first that there is. It is nil, with 200, where nothing is documented.
func (o *Operation) Usual() (*Response, int) {
	var best *Response
	code := 0
	for _, r := range o.Responses {
		n, err := strconv.Atoi(strings.Replace(r.Status, "XX", "00", 1))
		if err == nil && n >= 200 && n < 400 && (best == nil || n < code) {
			best, code = r, n
		}
	}
	if best != nil {
		return best, code
	}
	if r := o.Response(http.StatusOK); r != nil || len(o.Responses) == 0 {
		return r, http.StatusOK
	}
	code, err := strconv.Atoi(strings.Replace(o.Responses[0].Status, "XX", "00", 1))
	if err != nil {
		code = http.StatusOK
	}
	return o.Responses[0], code
}
