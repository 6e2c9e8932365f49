package html

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// Verdicts of a row. What broke counts as failed.
const (
	rowPassed = iota
	rowFailed
	rowSkipped
)

// The data of the page. Names are short, since they stand there thousands of times; page/*.js reads them.
type (
	// shownRow is what the list shows of a request and what search looks through.
	shownRow struct {
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
		Start     float64 `json:"s,omitempty"` // ms since the run began
		Elapsed   float64 `json:"d,omitempty"` // ms, with scripts
		Cause     int     `json:"a,omitempty"` // the number of its cause, from 1
		Follows   bool    `json:"w,omitempty"` // it is a consequence
		Was       string  `json:"b,omitempty"` // in the run that this one is compared with, see changes
		Chunk     int     `json:"k,omitempty"` // 0: no details are kept
		Offset    int     `json:"o,omitempty"`
	}
	shownDetail struct {
		File          string          `json:"f,omitempty"`
		Elapsed       float64         `json:"e,omitempty"`
		Outcomes      []shownOutcome  `json:"o,omitempty"`
		OutcomesLeft  int             `json:"ol,omitempty"`
		Exchanges     []shownExchange `json:"x,omitempty"`
		ExchangesLeft int             `json:"xl,omitempty"`
		Main          int             `json:"i,omitempty"` // index of the exchange that is the item's own
		Console       []consoleLine   `json:"c,omitempty"`
		ConsoleLeft   int             `json:"cl,omitempty"`
		Variables     []shownVariable `json:"v,omitempty"`
		Notices       []shownNotice   `json:"w,omitempty"`
		Earlier       []shownDetail   `json:"r,omitempty"` // attempts that were tried again
	}
	shownOutcome struct {
		Name    string      `json:"n"`
		Verdict int         `json:"v,omitempty"`
		Error   *shownError `json:"e,omitempty"`
		Reason  string      `json:"r,omitempty"`
		Where   string      `json:"w,omitempty"`
	}
	shownError struct {
		Message  string `json:"m,omitempty"`
		Diff     bool   `json:"d,omitempty"`
		Expected string `json:"x,omitempty"`
		Got      string `json:"g,omitempty"`
		Hint     string `json:"h,omitempty"`
		Source   string `json:"s,omitempty"`
		// The first difference of two objects or lists, and their lines: "-" and "+" before those that only one has.
		Path  string   `json:"p,omitempty"`
		Lines []string `json:"l,omitempty"`
	}
	shownExchange struct {
		Source   string         `json:"o,omitempty"` // "" for the collection's own
		Request  shownRequest   `json:"q"`
		Response *shownResponse `json:"r,omitempty"`
		Error    *shownError    `json:"e,omitempty"`
	}
	shownRequest struct {
		Method string      `json:"m"`
		URL    string      `json:"u"`
		Header [][2]string `json:"h,omitempty"`
		Body   *shownBytes `json:"b,omitempty"`
	}
	shownResponse struct {
		Code   int         `json:"c"`
		Reason string      `json:"s,omitempty"`
		Proto  string      `json:"p,omitempty"`
		Remote string      `json:"a,omitempty"`
		Size   int64       `json:"z,omitempty"`
		Header [][2]string `json:"h,omitempty"`
		Body   *shownBytes `json:"b,omitempty"`
		Timing shownTiming `json:"t"`
	}
	// shownTiming is in milliseconds. Wait is what is left of the time to the first byte.
	shownTiming struct {
		DNS     float64 `json:"d,omitempty"`
		Connect float64 `json:"c,omitempty"`
		TLS     float64 `json:"l,omitempty"`
		Wait    float64 `json:"w,omitempty"`
		Body    float64 `json:"b,omitempty"`
		Total   float64 `json:"t,omitempty"`
	}
	// shownBytes is a body: text, or the first bytes of binary data in base64.
	shownBytes struct {
		Size   int64  `json:"n"`
		Cut    int64  `json:"c,omitempty"` // bytes that are not here
		Text   string `json:"t,omitempty"`
		Base64 string `json:"b,omitempty"`
	}
	consoleLine struct {
		Level string `json:"l"`
		Text  string `json:"t"`
	}
	shownVariable struct {
		Scope string `json:"s"`
		Key   string `json:"k"`
		Value string `json:"v,omitempty"`
		Unset bool   `json:"u,omitempty"`
		By    string `json:"w,omitempty"`
	}
	shownNotice struct {
		Text   string `json:"t"`
		Hint   string `json:"h,omitempty"`
		Place  string `json:"f,omitempty"`
		Failed bool   `json:"x,omitempty"`
	}
)

func newNotice(n event.Notice, failed bool) shownNotice {
	shown := shownNotice{Text: report.Plain(report.Clip(n.Text, 1000)), Hint: report.Plain(report.Clip(n.Hint, 1000)), Failed: failed}
	if n.File != "" && n.Line > 0 {
		shown.Place = fmt.Sprintf("%s:%d", n.File, n.Line)
	}
	return shown
}

// newRow is the line of a step in the list. It has the texts that the page's filter searches.
func newRow(s *report.Step, outcomes []report.Outcome, run event.RunStarted) shownRow {
	row := shownRow{
		Name: report.Plain(report.Clip(s.Item.Name, 300)), Path: report.Plain(report.Clip(strings.Join(s.Item.Path, " / "), 300)), Iteration: s.Iteration,
		Method: s.Item.Method, URL: report.Clip(s.Item.URL, 1000), Verdict: rowSkipped,
	}
	if run.Iterations != 1 {
		row.Label = fmt.Sprint(s.Iteration + 1)
		if s.Row != "" {
			row.Label += ": " + report.Plain(report.Clip(s.Row, 100))
		}
	}
	if s.Item.Teardown {
		row.Name += " [teardown]"
	}
	if x := s.Main(); x != nil {
		row.Method, row.URL = x.Request.Method, report.Clip(x.Request.URL, 1000)
		if x.Response != nil {
			row.Code, row.Time = x.Response.Code, millis(x.Response.Timing.Total)
		}
	}
	var messages, names []string
	for _, o := range outcomes {
		if o.Error != nil && o.Follow != nil {
			messages = append(messages, report.OneLine(report.Clip(o.Name, 200)+" "+report.Clip(o.Follow.Text(), 200)))
		} else if o.Error != nil {
			messages = append(messages, report.OneLine(report.Clip(o.Name, 200)+": "+report.Clip(report.ErrorText(o.Error), 200)))
		} else if o.Name != report.Completed {
			names = append(names, report.OneLine(report.Clip(o.Name, 200)))
		}
		switch o.Status {
		case report.Failed, report.Errored:
			row.Verdict = rowFailed
		case report.Passed:
			if row.Verdict == rowSkipped {
				row.Verdict = rowPassed
			}
		case report.Skipped:
		}
	}
	row.Flaky = row.Verdict == rowPassed && len(s.Earlier) > 0
	row.Messages, row.Tests = report.Clip(strings.Join(messages, " · "), mostMessage), report.Clip(strings.Join(names, " · "), mostMessage)
	return row
}

// newDetail is what a row unfolds. Very long lists are cut, and say how much was left out.
func (r *pageReport) newDetail(s *report.Step, outcomes []report.Outcome) shownDetail {
	d := shownDetail{Elapsed: millis(s.Elapsed)}
	if s.Item.File != "" {
		d.File = s.Item.File
		if s.Item.Line > 0 {
			d.File += fmt.Sprintf(":%d", s.Item.Line)
		}
	}
	d.OutcomesLeft = max(0, len(outcomes)-mostListed)
	for _, o := range outcomes[:len(outcomes)-d.OutcomesLeft] {
		d.Outcomes = append(d.Outcomes, newOutcome(o))
	}
	d.ExchangesLeft = max(0, len(s.Exchanges)-mostSent)
	first := 0
	if d.ExchangesLeft > 0 && s.Main() == &s.Exchanges[len(s.Exchanges)-1] {
		first = d.ExchangesLeft // the item's own must not be among those left out
	}
	for i := range s.Exchanges[first : first+len(s.Exchanges)-d.ExchangesLeft] {
		x := &s.Exchanges[first+i]
		if x == s.Main() {
			d.Main = i
		}
		d.Exchanges = append(d.Exchanges, r.newExchange(x))
	}
	d.ConsoleLeft = max(0, len(s.Console)-mostListed) + s.ConsoleLeft
	for _, c := range s.Console[:min(mostListed, len(s.Console))] {
		d.Console = append(d.Console, consoleLine{c.Level, report.Plain(report.Clip(strings.Join(c.Args, ", "), 8<<10))})
	}
	for _, v := range s.Variables[:min(mostListed, len(s.Variables))] {
		d.Variables = append(d.Variables, shownVariable{v.Scope, report.Clip(v.Key, 300), report.Clip(v.Value, 2<<10), v.Unset, report.ScriptName(v.Script)})
	}
	for _, n := range s.Notices {
		d.Notices = append(d.Notices, newNotice(n, false))
	}
	for _, e := range s.Earlier {
		d.Earlier = append(d.Earlier, r.newDetail(e, e.Outcomes()))
	}
	return d
}

// newOutcome shows one outcome; where it stands is of no interest when it passed.
func newOutcome(o report.Outcome) shownOutcome {
	h := shownOutcome{Name: report.Plain(report.Clip(o.Name, 1000)), Reason: o.Reason, Where: report.Plain(o.Where())}
	switch o.Status {
	case report.Failed, report.Errored:
		h.Verdict = rowFailed
	case report.Skipped:
		h.Verdict = rowSkipped
	case report.Passed:
		h.Where = ""
	}
	if o.Error != nil {
		h.Error = newError(o.Error)
	}
	if o.Follow != nil {
		h.Error.Hint = report.Plain(o.Follow.Text())
	}
	return h
}

// newError shows an error with its line of the script and the difference, cut to what a browser can show.
func newError(e *event.Error) *shownError {
	h := &shownError{
		Message: report.Plain(report.Clip(report.ErrorText(e), 4<<10)), Diff: e.HasDiff, Expected: report.Plain(report.Clip(e.Expected, 16<<10)),
		Got: report.Plain(report.Clip(e.Actual, 16<<10)), Hint: report.Plain(e.Detail),
	}
	if d, ok := report.Compare(e.Expected, e.Actual); ok && e.HasDiff {
		h.Path = report.Plain(d.Path)
		for _, l := range d.Lines {
			h.Lines = append(h.Lines, report.Plain(string(l.Sign)+l.Text))
		}
	}
	if e.Source != "" {
		h.Source = report.Plain(report.Clip(report.SourceLine(e, ""), 2<<10))
	}
	return h
}

// newExchange shows a request and its response, with sizes as on the wire and times by phase.
func (r *pageReport) newExchange(x *report.Exchange) shownExchange {
	h := shownExchange{Request: shownRequest{x.Request.Method, x.Request.URL, headerPairs(x.Request.Header), r.bytes(x.Request.Body)}}
	if x.Source != event.FromCollection {
		h.Source = x.Source
	}
	if x.Error != nil {
		h.Error = newError(x.Error)
	}
	if res := x.Response; res != nil {
		t := res.Timing
		h.Response = &shownResponse{
			Code: res.Code, Reason: res.Reason, Proto: res.Proto, Remote: res.Remote, Size: report.WireSize(res),
			Header: headerPairs(res.Header), Body: r.bytes(res.Body),
			Timing: shownTiming{millis(t.DNS), millis(t.Connect), millis(t.TLS), millis(report.Waiting(t)), millis(t.Body), millis(t.Total)},
		}
	}
	return h
}

func headerPairs(list []event.Header) [][2]string {
	var pairs [][2]string
	for _, h := range list {
		pairs = append(pairs, [2]string{h.Key, report.Clip(h.Value, 16<<10)})
	}
	return pairs
}

// bytes is a body within the limit of the page.
func (r *pageReport) bytes(b event.Body) *shownBytes {
	if b.Size == 0 && len(b.Data) == 0 {
		return nil
	}
	const head = 512 // of what is no text
	h := &shownBytes{Size: b.Size}
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
	h.Cut = report.Missing(b, len(data))
	return h
}
