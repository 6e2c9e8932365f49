package data

import (
	"encoding/base64"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"posthaste/collection"
	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// HAR describes the har reporter, with 1 MB of each body.
func HAR() report.Spec {
	return report.Spec{Name: "har", About: "the requests as a HAR file, for browsers and proxies", Extension: ".har", Bodies: 1 << 20, New: func(cfg report.Config) (report.Reporter, error) {
		return &harReport{out: cfg.Out, sent: map[string][]time.Time{}}, nil
	}}
}

// A harReport writes every request and its response as an HTTP archive 1.2, which browsers
// and proxies read.
type harReport struct {
	out  io.Writer
	n    int
	sent map[string][]time.Time // when the requests under way began, by step and request
}

// The objects of HAR 1.2, as far as they are used. Sizes are in bytes. Lists must be there
// also when they are empty, hence no omitempty.
type (
	harEntry struct {
		Started  string      `json:"startedDateTime"`
		Time     float64     `json:"time"`
		Request  harRequest  `json:"request"`
		Response harResponse `json:"response"`
		Cache    struct{}    `json:"cache"`
		Timings  harTimings  `json:"timings"`
		Server   string      `json:"serverIPAddress,omitempty"`
		Comment  string      `json:"comment,omitempty"`
	}
	harPair struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	harRequest struct {
		Method      string    `json:"method"`
		URL         string    `json:"url"`
		HTTPVersion string    `json:"httpVersion"`
		Cookies     []harPair `json:"cookies"`
		Headers     []harPair `json:"headers"`
		Query       []harPair `json:"queryString"`
		PostData    *harBody  `json:"postData,omitempty"`
		HeadersSize int64     `json:"headersSize"` // -1: not known
		BodySize    int64     `json:"bodySize"`
	}
	harResponse struct {
		Status      int       `json:"status"` // 0: no response
		StatusText  string    `json:"statusText"`
		HTTPVersion string    `json:"httpVersion"`
		Cookies     []harPair `json:"cookies"`
		Headers     []harPair `json:"headers"`
		Content     harBody   `json:"content"`
		RedirectURL string    `json:"redirectURL"`
		HeadersSize int64     `json:"headersSize"`
		BodySize    int64     `json:"bodySize"`
		Error       string    `json:"_error,omitempty"`
	}
	harBody struct {
		Size     int64  `json:"size,omitempty"`
		MIMEType string `json:"mimeType"`
		Text     string `json:"text"`
		Encoding string `json:"encoding,omitempty"`
	}
	// harTimings is in milliseconds; -1 stands for a phase that did not happen.
	harTimings struct {
		Blocked float64 `json:"blocked"`
		DNS     float64 `json:"dns"`
		Connect float64 `json:"connect"`
		SSL     float64 `json:"ssl"`
		Send    float64 `json:"send"`
		Wait    float64 `json:"wait"`
		Receive float64 `json:"receive"`
	}
)

// Report takes the next event. An entry is written when its response or failure has come.
func (r *harReport) Report(masked event.Masked, _ *event.Summary) error {
	e := masked.Event()
	switch e := e.(type) {
	case event.RunStarted:
		return r.write(`{"log":{"version":"1.2","creator":{"name":"posthaste","version":` + report.JSONText(e.Version) + `},"entries":[`)
	case event.RequestSent:
		// Responses name no request; those of a step are told apart by method and URL, and
		// among equals the first sent is taken.
		key := e.Step.ID + " " + e.Request.Method + " " + e.Request.URL
		r.sent[key] = append(r.sent[key], e.Time)
	case event.ItemFinished:
		clear(r.sent) // what got no response in its step gets none
	case event.ResponseReceived:
		return r.entry(e.Step, e.Item, e.Request, e.Source, harAnswer(e.Response), e.Response.Timing, e.Response.Remote)
	case event.RequestFailed:
		failed := harResponse{Cookies: []harPair{}, Headers: []harPair{}, HeadersSize: -1, BodySize: -1, Error: report.ErrorText(report.OrUnknown(e.Error))}
		return r.entry(e.Step, e.Item, e.Request, e.Source, failed, event.Timing{Total: e.Elapsed}, "")
	case event.RunFinished:
		return r.write("\n]}}\n")
	}
	return nil
}

// entry writes one exchange. Phases that did not happen, such as DNS on an open connection,
// are -1 as the format wants.
func (r *harReport) entry(s event.Step, i event.Item, q event.Request, source string, res harResponse, t event.Timing, remote string) error {
	key := s.ID + " " + q.Method + " " + q.URL
	var started time.Time
	if times := r.sent[key]; len(times) > 0 {
		started, r.sent[key] = times[0], times[1:]
	}
	wait := report.Waiting(t)
	entry := harEntry{
		Started: started.UTC().Format("2006-01-02T15:04:05.000Z07:00"), Response: res, Server: remote, Comment: i.Name,
		Timings: harTimings{-1, phase(t.DNS), phase(t.Connect + t.TLS), phase(t.TLS), 0, float64(wait) / 1e6, float64(t.Body) / 1e6},
	}
	// the archive's time is the sum of its phases; connect includes ssl
	for _, ms := range []float64{entry.Timings.DNS, entry.Timings.Connect, entry.Timings.Wait, entry.Timings.Receive} {
		entry.Time += max(ms, 0)
	}
	if source != event.FromCollection {
		entry.Comment += " (" + source + ")"
	}
	entry.Request = harRequest{
		Method: q.Method, URL: q.URL, HTTPVersion: res.HTTPVersion, Cookies: []harPair{}, Headers: harHeaders(q.Header),
		Query: []harPair{}, HeadersSize: -1, BodySize: q.Body.Size,
	}
	for _, p := range collection.ParseURL(q.URL).Query {
		entry.Request.Query = append(entry.Request.Query, harPair{report.Unescaped(p.Key), report.Unescaped(p.Value)})
	}
	if q.BodyMode != "" {
		body := harContent(q.Header, q.Body)
		body.Size = 0 // postData has none
		entry.Request.PostData = &body
	}
	text, err := report.Indented(entry, "")
	if err != nil {
		return err
	}
	separator := "\n"
	if r.n++; r.n > 1 {
		separator = ",\n"
	}
	return r.write(separator + text)
}

// write writes a piece of the document.
func (r *harReport) write(text string) error {
	if _, err := io.WriteString(r.out, text); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// phase is a duration in milliseconds, -1 for one that did not happen.
func phase(d time.Duration) float64 {
	if d <= 0 {
		return -1
	}
	return float64(d) / 1e6
}

// harAnswer is a response in HAR's words. Redirects and cookies have no places of their own:
// the headers have them.
func harAnswer(r event.Response) harResponse {
	return harResponse{
		Status: r.Code, StatusText: r.Reason, HTTPVersion: r.Proto, Cookies: []harPair{}, Headers: harHeaders(r.Header),
		Content: harContent(r.Header, r.Body), HeadersSize: r.HeaderSize, BodySize: r.WireSize,
	}
}

// harHeaders are header lines, as many and in the order in which they were sent.
func harHeaders(list []event.Header) []harPair {
	pairs := []harPair{}
	for _, h := range list {
		pairs = append(pairs, harPair{h.Key, h.Value})
	}
	return pairs
}

// harContent keeps bytes that are not UTF-8 as Base64, so that nothing is lost. Size is that
// of the whole body; Text may be cut.
func harContent(header []event.Header, b event.Body) harBody {
	body := harBody{Size: b.Size, MIMEType: report.ContentType(header), Text: string(b.Data)}
	if !utf8.Valid(b.Data) {
		body.Text, body.Encoding = base64.StdEncoding.EncodeToString(b.Data), "base64"
	}
	return body
}
