package newman

import (
	"fmt"
	"strconv"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// execute writes a step's executions: one a request, none when nothing was sent. newman: the
// requests of an item are one object, which ends up holding the last of each part.
func (r *jsonReport) execute(s *report.Step) error {
	for i := range s.Exchanges {
		if err := r.execution(s, merged(s.Exchanges), i); err != nil {
			return fmt.Errorf("spooling an execution: %w", err)
		}
	}
	return nil
}

// merged is what newman's one object holds after all requests of an item: the last request
// and response, and the last error of any.
func merged(list []report.Exchange) *report.Exchange {
	last := list[len(list)-1] // a copy
	for i := range list {
		if list[i].Error != nil {
			last.Error = list[i].Error
		}
	}
	return &last
}

// execution writes the n-th of a step. x is what newman's members show; the n-th exchange
// itself is shown by a member of our own.
func (r *jsonReport) execution(s *report.Step, x *report.Exchange, n int) error {
	if err := element(r.executions, &r.written); err != nil {
		return err
	}
	o := newObject(r.executions, "      ")
	o.field("cursor", r.within(r.cursor(s.Step, true), s.Step, x.Script))
	o.field("item", r.document(s.Item.Document, s.Item.ID, s.Item.Name))
	o.field("request", requestShape(x.Request))
	if x.Response != nil {
		r.response(o, *x.Response)
	}
	id := s.Item.ID
	if x.Source == event.FromScript {
		id = r.id("anonymous", s.ID, strconv.Itoa(len(s.Exchanges)-1)) // newman: sendRequest has an item without a name
	}
	o.field("id", id)
	if x.Error != nil {
		o.field("requestError", networkShape(x.Error))
	}
	r.scripts(o, s)
	if !r.cfg.Compat {
		r.exchange(o, &s.Exchanges[n], len(s.Exchanges) > 1)
		if len(s.Earlier) > 0 {
			o.field("attempts", len(s.Earlier)+1)
			o.field("flaky", s.Flaky() != "")
		}
	}
	return o.close()
}

// exchange writes a member of our own: the request that the execution stands for, where
// newman's members are those of several, and why it got no response.
func (r *jsonReport) exchange(o *object, x *report.Exchange, several bool) {
	if !several && x.Error == nil {
		return
	}
	in := o.object("exchange")
	in.field("source", x.Source)
	if several {
		in.field("request", requestShape(x.Request))
		if x.Response != nil {
			r.response(in, *x.Response)
		}
	}
	if x.Error != nil {
		shape := networkShape(x.Error)
		shape.Name, shape.Message, shape.Hint = x.Error.Name, x.Error.Message, x.Error.Detail
		in.field("error", shape)
	}
	_ = in.close() // the outermost close returns the error they share
}

// scripts writes what the item's scripts did: assertions, and errors by phase. A member
// without content is not written.
func (r *jsonReport) scripts(o *object, s *report.Step) {
	early := len(s.Assertions) > 0 && s.Assertions[0].Script.Listen == event.PhasePrerequest
	if early { // newman: members stand in the order in which they came about
		o.field("assertions", r.assertions(s))
	}
	if list := r.thrown(s, event.PhasePrerequest); len(list) > 0 {
		o.field("prerequestScript", list)
	}
	if len(s.Assertions) > 0 && !early {
		o.field("assertions", r.assertions(s))
	}
	if list := r.thrown(s, event.PhaseTest); len(list) > 0 {
		o.field("testScript", list)
	}
}

// assertions are shaped as newman's, with the error of those that failed.
func (r *jsonReport) assertions(s *report.Step) []assertionShape {
	list := make([]assertionShape, 0, len(s.Assertions))
	for _, a := range s.Assertions {
		shape := assertionShape{Assertion: a.Name, Skipped: a.Skipped}
		if a.Error != nil {
			e := r.assertionError(s.Step, &a)
			e.Checksum, e.ID, e.Timestamp, e.Stacktrace = "", "", 0, nil // newman: only failures are stamped
			shape.Error = &e
		}
		list = append(list, shape)
	}
	return list
}

// An assertionShape is one assertion of an execution.
type assertionShape struct {
	Assertion string      `json:"assertion"`
	Skipped   bool        `json:"skipped"`
	Error     *errorShape `json:"error,omitempty"`
}

// A thrownShape is one error of a script.
type thrownShape struct {
	Error errorShape `json:"error"`
}

// thrown lists the errors of the scripts of one phase: those that ended a script, then those
// of timers and promises.
func (r *jsonReport) thrown(s *report.Step, listen string) []thrownShape {
	var list []thrownShape
	add := func(script event.Script, e *event.Error) {
		if script.Listen == listen {
			list = append(list, thrownShape{r.scriptError(s.ID, script, e)})
		}
	}
	for _, t := range s.Thrown {
		add(t.Script, t.Error)
	}
	for _, e := range s.Exceptions {
		add(e.Script, e.Error)
	}
	return list
}

// response writes a response with its body as Node's Buffer: {"type":"Buffer","data":[…]}. A
// body beyond the limit is cut, and "omitted" says by how many bytes.
func (r *jsonReport) response(o *object, res event.Response) {
	in := o.object("response")
	in.field("id", res.ID)
	in.field("status", res.Reason)
	in.field("code", res.Code)
	in.field("header", headerShapes(res.Header))
	stream := in.object("stream")
	stream.field("type", "Buffer")
	data := res.Body.Data
	if r.limit >= 0 && len(data) > r.limit {
		data = data[:r.limit]
	}
	stream.numbers("data", data)
	if left := report.Missing(res.Body, len(data)); left > 0 {
		stream.field("omitted", left)
	}
	_ = stream.close()             // the outermost close returns the error they share
	in.field("cookie", []string{}) // newman: the response's own cookies are never filled in
	in.field("responseTime", report.WholeMS(res.Timing.Total).Milliseconds())
	in.field("responseSize", res.Body.Size)
	_ = in.close()
}
