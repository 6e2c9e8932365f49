package reporters

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"posthaste/runner/event"
)

// Verdicts of a row. What broke counts as failed.
const (
	htmlPassed = iota
	htmlFailed
	htmlSkipped
)

// The data of the page. Names are short, since they stand there thousands of times; page/*.js reads them.
type (
	// htmlRow is what the list shows of a request and what search looks through.
	htmlRow struct {
		Name      string  `json:"n"`
		Path      string  `json:"p,omitempty"`
		Iteration int     `json:"i,omitempty"`
		Label     string  `json:"l,omitempty"` // "2: NO" when the run has several iterations
		Verdict   int     `json:"v,omitempty"`
		Flaky     bool    `json:"f,omitempty"` // passed, but not at the first attempt
		Method    string  `json:"m,omitempty"`
		URL       string  `json:"u,omitempty"`
		Code      int     `json:"c,omitempty"`
		Time      float64 `json:"t,omitempty"` // ms
		Messages  string  `json:"e,omitempty"`
		Tests     string  `json:"x,omitempty"` // names of assertions
		Chunk     int     `json:"k,omitempty"` // 0: no details are kept
		Offset    int     `json:"o,omitempty"`
	}
	htmlDetail struct {
		File          string         `json:"f,omitempty"`
		Elapsed       float64        `json:"e,omitempty"`
		Outcomes      []htmlOutcome  `json:"o,omitempty"`
		OutcomesLeft  int            `json:"ol,omitempty"`
		Exchanges     []htmlExchange `json:"x,omitempty"`
		ExchangesLeft int            `json:"xl,omitempty"`
		Main          int            `json:"i,omitempty"` // index of the exchange that is the item's own
		Console       []htmlLine     `json:"c,omitempty"`
		ConsoleLeft   int            `json:"cl,omitempty"`
		Variables     []htmlVariable `json:"v,omitempty"`
		Notices       []htmlNotice   `json:"w,omitempty"`
		Earlier       []htmlDetail   `json:"r,omitempty"` // attempts that were tried again
	}
	htmlOutcome struct {
		Name    string     `json:"n"`
		Verdict int        `json:"v,omitempty"`
		Error   *htmlError `json:"e,omitempty"`
		Reason  string     `json:"r,omitempty"`
		Where   string     `json:"w,omitempty"`
	}
	htmlError struct {
		Message  string `json:"m,omitempty"`
		Diff     bool   `json:"d,omitempty"`
		Expected string `json:"x,omitempty"`
		Got      string `json:"g,omitempty"`
		Hint     string `json:"h,omitempty"`
		Source   string `json:"s,omitempty"`
	}
	htmlExchange struct {
		Source   string        `json:"o,omitempty"` // "" for the collection's own
		Request  htmlRequest   `json:"q"`
		Response *htmlResponse `json:"r,omitempty"`
		Error    *htmlError    `json:"e,omitempty"`
	}
	htmlRequest struct {
		Method string      `json:"m"`
		URL    string      `json:"u"`
		Header [][2]string `json:"h,omitempty"`
		Body   *htmlBytes  `json:"b,omitempty"`
	}
	htmlResponse struct {
		Code   int         `json:"c"`
		Reason string      `json:"s,omitempty"`
		Proto  string      `json:"p,omitempty"`
		Remote string      `json:"a,omitempty"`
		Size   int64       `json:"z,omitempty"`
		Header [][2]string `json:"h,omitempty"`
		Body   *htmlBytes  `json:"b,omitempty"`
		Timing htmlTiming  `json:"t"`
	}
	// htmlTiming is in milliseconds. Wait is what is left of the time to the first byte.
	htmlTiming struct {
		DNS     float64 `json:"d,omitempty"`
		Connect float64 `json:"c,omitempty"`
		TLS     float64 `json:"l,omitempty"`
		Wait    float64 `json:"w,omitempty"`
		Body    float64 `json:"b,omitempty"`
		Total   float64 `json:"t,omitempty"`
	}
	// htmlBytes is a body: text, or the first bytes of what is none in base64.
	htmlBytes struct {
		Size   int64  `json:"n"`
		Cut    int64  `json:"c,omitempty"` // bytes that are not here
		Text   string `json:"t,omitempty"`
		Base64 string `json:"b,omitempty"`
	}
	htmlLine struct {
		Level string `json:"l"`
		Text  string `json:"t"`
	}
	htmlVariable struct {
		Scope string `json:"s"`
		Key   string `json:"k"`
		Value string `json:"v,omitempty"`
		Unset bool   `json:"u,omitempty"`
		By    string `json:"w,omitempty"`
	}
	htmlNotice struct {
		Text string `json:"t"`
		Hint string `json:"h,omitempty"`
	}
)

func newHTMLRow(s *step, run event.RunStarted) htmlRow {
	row := htmlRow{
		Name: plain(clip(s.Item.Name, 300)), Path: plain(clip(strings.Join(s.Item.Path, " / "), 300)), Iteration: s.Iteration,
		Method: s.Item.Method, URL: clip(s.Item.URL, 1000), Verdict: htmlSkipped,
	}
	if run.Iterations != 1 {
		row.Label = fmt.Sprint(s.Iteration + 1)
		if s.Row != "" {
			row.Label += ": " + plain(clip(s.Row, 100))
		}
	}
	if x := s.main(); x != nil {
		row.Method, row.URL = x.Request.Method, clip(x.Request.URL, 1000)
		if x.Response != nil {
			row.Code, row.Time = x.Response.Code, millis(x.Response.Timing.Total)
		}
	}
	var messages, names []string
	for _, o := range s.outcomes() {
		if o.Error != nil {
			messages = append(messages, oneLine(clip(o.Name, 200)+": "+clip(errorText(o.Error), 200)))
		} else if o.Name != completed {
			names = append(names, oneLine(clip(o.Name, 200)))
		}
		switch o.Verdict {
		case failed, errored:
			row.Verdict = htmlFailed
		case passed:
			if row.Verdict == htmlSkipped {
				row.Verdict = htmlPassed
			}
		case skipped:
		}
	}
	row.Flaky = row.Verdict == htmlPassed && len(s.Earlier) > 0
	row.Messages, row.Tests = clip(strings.Join(messages, " · "), htmlMessage), clip(strings.Join(names, " · "), htmlMessage)
	return row
}

func (r *htmlReport) newHTMLDetail(s *step) htmlDetail {
	d := htmlDetail{Elapsed: millis(s.Elapsed)}
	if s.Item.File != "" {
		d.File = s.Item.File
		if s.Item.Line > 0 {
			d.File += fmt.Sprintf(":%d", s.Item.Line)
		}
	}
	outcomes := s.outcomes()
	d.OutcomesLeft = max(0, len(outcomes)-htmlList)
	for _, o := range outcomes[:len(outcomes)-d.OutcomesLeft] {
		d.Outcomes = append(d.Outcomes, newHTMLOutcome(o))
	}
	d.ExchangesLeft = max(0, len(s.Exchanges)-htmlSent)
	first := 0
	if d.ExchangesLeft > 0 && s.main() == &s.Exchanges[len(s.Exchanges)-1] {
		first = d.ExchangesLeft // the item's own must not be among those left out
	}
	for i := range s.Exchanges[first : first+len(s.Exchanges)-d.ExchangesLeft] {
		x := &s.Exchanges[first+i]
		if x == s.main() {
			d.Main = i
		}
		d.Exchanges = append(d.Exchanges, r.newHTMLExchange(x))
	}
	d.ConsoleLeft = max(0, len(s.Console)-htmlList) + s.ConsoleLeft
	for _, c := range s.Console[:min(htmlList, len(s.Console))] {
		d.Console = append(d.Console, htmlLine{c.Level, plain(clip(strings.Join(c.Args, ", "), 8<<10))})
	}
	for _, v := range s.Variables[:min(htmlList, len(s.Variables))] {
		d.Variables = append(d.Variables, htmlVariable{v.Scope, clip(v.Key, 300), clip(v.Value, 2<<10), v.Unset, scriptName(v.Script)})
	}
	for _, n := range s.Notices {
		d.Notices = append(d.Notices, htmlNotice{plain(n.Text), plain(n.Hint)})
	}
	for _, e := range s.Earlier {
		d.Earlier = append(d.Earlier, r.newHTMLDetail(e))
	}
	return d
}

func newHTMLOutcome(o outcome) htmlOutcome {
	h := htmlOutcome{Name: plain(clip(o.Name, 1000)), Reason: o.Reason, Where: plain(o.where())}
	switch o.Verdict {
	case failed, errored:
		h.Verdict = htmlFailed
	case skipped:
		h.Verdict = htmlSkipped
	case passed:
		h.Where = ""
	}
	if o.Error != nil {
		h.Error = newHTMLError(o.Error)
	}
	return h
}

func newHTMLError(e *event.Error) *htmlError {
	h := &htmlError{
		Message: plain(clip(errorText(e), 4<<10)), Diff: e.HasDiff, Expected: plain(clip(e.Expected, 16<<10)),
		Got: plain(clip(e.Actual, 16<<10)), Hint: plain(e.Detail),
	}
	if e.Source != "" {
		h.Source = plain(clip(sourceLine(e, ""), 2<<10))
	}
	return h
}

func (r *htmlReport) newHTMLExchange(x *exchange) htmlExchange {
	h := htmlExchange{Request: htmlRequest{x.Request.Method, x.Request.URL, headerPairs(x.Request.Header), r.bytes(x.Request.Body)}}
	if x.Source != event.FromCollection {
		h.Source = x.Source
	}
	if x.Error != nil {
		h.Error = newHTMLError(x.Error)
	}
	if res := x.Response; res != nil {
		t := res.Timing
		h.Response = &htmlResponse{
			Code: res.Code, Reason: res.Reason, Proto: res.Proto, Remote: res.Remote, Size: wireSize(res),
			Header: headerPairs(res.Header), Body: r.bytes(res.Body),
			Timing: htmlTiming{millis(t.DNS), millis(t.Connect), millis(t.TLS), millis(waiting(t)), millis(t.Body), millis(t.Total)},
		}
	}
	return h
}

func headerPairs(list []event.Header) [][2]string {
	var pairs [][2]string
	for _, h := range list {
		pairs = append(pairs, [2]string{h.Key, clip(h.Value, 16<<10)})
	}
	return pairs
}

// bytes is a body within the limit of the page.
func (r *htmlReport) bytes(b event.Body) *htmlBytes {
	if b.Size == 0 && len(b.Data) == 0 {
		return nil
	}
	const head = 512 // of what is no text
	h := &htmlBytes{Size: b.Size}
	data := b.Data[:min(len(b.Data), r.body)]
	for cut := 0; cut < utf8.UTFMax && len(data) > 0 && len(data) < len(b.Data) && !utf8.Valid(data); cut++ {
		data = data[:len(data)-1] // a character that the cut went through
	}
	if utf8.Valid(data) {
		h.Text = string(data)
	} else {
		data = data[:min(len(data), head)]
		h.Base64 = base64.StdEncoding.EncodeToString(data)
	}
	h.Cut = missing(b, len(data))
	return h
}
