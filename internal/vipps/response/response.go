package vipps

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

// This file holds the bodies that the layers in front of the APIs answer with,
// and how any answer is written. testdata/errors.json has them as data.

const (
	mimeJSON    = "application/json; charset=utf-8"
	mimeProblem = "application/problem+json"
)

const (
	subKeyMissing = "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API."
	subKeyInvalid = "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription."
	tokenRefused  = "Something went wrong, please try again later."
	pathUnknown   = "APIM Resource Not Found"
)

// A reply is an answer that is ready to send. It never points into the server's state.
type reply struct {
	status int
	mime   string // empty with an empty body
	body   []byte
	header http.Header
}

func (r reply) write(w http.ResponseWriter) {
	maps.Copy(w.Header(), r.header)
	if r.mime != "" {
		w.Header().Set("Content-Type", r.mime)
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body) // the client may have gone; there is nobody to tell
}

// jsonReply renders v now, so that later changes of state do not reach the answer.
func jsonReply(status int, mime string, v any) reply {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // landing URLs carry an ampersand
	if err := enc.Encode(v); err != nil {
		panic(fmt.Errorf("encoding an answer: %w", err)) // our own types always encode
	}
	return reply{status: status, mime: mime, body: bytes.TrimSpace(b.Bytes())}
}

// apimReply is the shape of Azure API Management's own refusals.
func apimReply(status int, message string) reply {
	return jsonReply(status, "application/json", struct {
		StatusCode int    `json:"statusCode"`
		Message    string `json:"message"`
	}{status, message})
}

func rateReply(wait time.Duration) reply {
	seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
	r := apimReply(http.StatusTooManyRequests, "Rate limit is exceeded. Try again in "+seconds+" seconds.")
	r.header = http.Header{"Retry-After": {seconds}}
	return r
}

// azureReply is the shape that Vipps' specifications call ErrorFromAzure.
func azureReply(status int, message string) reply {
	type info struct {
		Code    int    `json:"responseCode"`
		Message string `json:"responseMessage"`
	}
	type result struct {
		Message string `json:"message"`
	}
	return jsonReply(status, mimeJSON, struct {
		Info   info   `json:"responseInfo"`
		Result result `json:"result"`
	}{info{status, message}, result{message}})
}

func apimNotFound() reply { return azureReply(http.StatusNotFound, pathUnknown) }

// entraReply is what Entra ID (formerly Azure AD) says about client id and secret.
func (s *Server) entraReply(c *call, status int, kind string, code int, text string) reply {
	stamp, trace, correlation := c.now.Format("2006-01-02 15:04:05Z"), s.guid(), s.guid()
	return jsonReply(status, mimeJSON, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		Codes       []int  `json:"error_codes"`
		Timestamp   string `json:"timestamp"`
		Trace       string `json:"trace_id"`
		Correlation string `json:"correlation_id"`
		URI         string `json:"error_uri"`
	}{
		kind,
		fmt.Sprintf("AADSTS%d: %s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s", code, text, trace, correlation, stamp),
		[]int{code},
		stamp, trace, correlation,
		fmt.Sprintf("https://login.windows.net/error?code=%d", code),
	})
}
