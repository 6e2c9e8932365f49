// Package response has the responses that the layers in front of Vipps' APIs give,
// and how any response is made and written. fault/errors.json has them as data.
package response

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"strconv"
	"time"
)

// The content types of Vipps' responses.
const (
	MIMEJSON    = "application/json; charset=utf-8"
	MIMEProblem = "application/problem+json"
)

// What Azure API Management and the access check say.
const (
	KeyMissing   = "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API."
	KeyInvalid   = "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription."
	TokenRefused = "Something went wrong, please try again later."
	pathUnknown  = "APIM Resource Not Found"
)

// A Response is ready to send. It never points into an API's state.
type Response struct {
	Status int
	Type   string // of the content; empty with an empty body
	Body   []byte
	Header http.Header
}

// Write sends the response.
func (r Response) Write(w http.ResponseWriter) {
	maps.Copy(w.Header(), r.Header)
	if r.Type != "" {
		w.Header().Set("Content-Type", r.Type)
	}
	w.WriteHeader(r.Status)
	_, _ = w.Write(r.Body) // the client may have gone; there is nobody to tell
}

// Empty has a status and no body.
func Empty(status int) Response { return Response{Status: status} }

// Redirect sends a browser on. Nothing may keep it.
func Redirect(status int, to string) Response {
	return Response{Status: status, Header: http.Header{"Location": {to}, "Cache-Control": {"no-store"}}}
}

// JSON has v as its body. It encodes v at once, so that later changes of state do
// not reach the response.
func JSON(status int, v any) Response { return encoded(status, MIMEJSON, v) }

// Problem is JSON with the content type of RFC 7807.
func Problem(status int, v any) Response { return encoded(status, MIMEProblem, v) }

func encoded(status int, contentType string, v any) Response {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // landing URLs carry an ampersand
	if err := enc.Encode(v); err != nil {
		panic(fmt.Errorf("encoding a response: %w", err)) // our own types always encode
	}
	return Response{Status: status, Type: contentType, Body: bytes.TrimSpace(b.Bytes())}
}

// Error is how the simulator's own endpoints refuse.
func Error(status int, text string) Response {
	return JSON(status, struct {
		Error string `json:"error"`
	}{text})
}

// Gateway is the shape of Azure API Management's own refusals.
func Gateway(status int, message string) Response {
	return encoded(status, "application/json", struct {
		StatusCode int    `json:"statusCode"`
		Message    string `json:"message"`
	}{status, message})
}

// RateLimited refuses one call too many.
func RateLimited(wait time.Duration) Response {
	seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
	r := Gateway(http.StatusTooManyRequests, "Rate limit is exceeded. Try again in "+seconds+" seconds.")
	r.Header = http.Header{"Retry-After": {seconds}}
	return r
}

// Azure is the shape that Vipps' specifications call ErrorFromAzure.
func Azure(status int, message string) Response {
	type info struct {
		Code    int    `json:"responseCode"`
		Message string `json:"responseMessage"`
	}
	type result struct {
		Message string `json:"message"`
	}
	return JSON(status, struct {
		Info   info   `json:"responseInfo"`
		Result result `json:"result"`
	}{info{status, message}, result{message}})
}

// UnknownPath answers a path or method that no API has.
func UnknownPath() Response { return Azure(http.StatusNotFound, pathUnknown) }

// OAuth is an error of RFC 6749, as token endpoints give it.
func OAuth(status int, kind, text string) Response {
	return JSON(status, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{kind, text})
}

// ClientUnknown is how OAuth endpoints refuse client id and secret.
const ClientUnknown = "Client authentication failed (e.g., unknown client," +
	" no client authentication included, or unsupported authentication method)."

// A NameReason is a field of a request and what is wrong with it.
type NameReason struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}
