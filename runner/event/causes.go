package event

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"posthaste/runner/cause"
)

// Causes returns what failed by itself, in the order in which it failed, each with what followed from it. The caller must
// not change them. Package cause says what the judgement is.
func (s *Summary) Causes() []*cause.Cause { return s.judge.Causes() }

// Caused is the number of causes and of the failures that followed from them.
func (s *Summary) Caused() (causes, consequences int) { return s.judge.Count() }

// Judged returns the verdict on a step whose ItemFinished was added last or, after RunFinished, that was cut short.
func (s *Summary) Judged(id Step) cause.Verdict { return s.judge.Of(id.ID) }

// consider hands the judge what it has to know of an event.
func (s *Summary) consider(e Event) {
	switch e := e.(type) {
	case RequestSent:
		if e.Source == FromCollection {
			s.judge.Sent(judged(e.Step, Item{}), causeRequest(e.Request, e.Names))
		}
	case VariableSet:
		if !e.Unset {
			s.judge.Set(judged(e.Step, Item{}), e.Key, isVoid(e.Value))
		}
	case VariableFlow:
		s.judge.Flows(judged(e.Step, Item{}), e.causeFlow())
	case ResponseReceived:
		if e.Source == FromCollection {
			s.judge.Answered(judged(e.Step, e.Item), e.Response.Code, e.Response.Reason, e.Response.Body.Data)
		}
	case RequestFailed:
		s.unanswered(e)
	case Assertion:
		s.judge.Asserted(judged(e.Step, e.Item))
		if e.Error != nil {
			s.judge.Failed(judged(e.Step, e.Item), causeFailure(e.Name, e.Script, e.Error))
		}
	case ScriptFinished:
		if e.Error != nil && e.Error.Name != Bailed {
			s.judge.Failed(judged(e.Step, Item{}), causeFailure(e.Script.title(), e.Script, e.Error))
		}
	case Exception:
		if e.Counted {
			s.judge.Failed(judged(e.Step, Item{}), causeFailure(e.Script.title()+", in a timer or promise", e.Script, e.Error))
		}
	case ItemFinished:
		s.judge.Finish(judged(e.Step, e.Item), e.Retried)
	case Threshold:
		if e.Broken {
			s.judge.Run(cause.Failure{Name: "threshold " + e.Text, Message: "it was " + e.Value}, "")
		}
	case Notice:
		if s.strict && e.Doubtful() {
			f := cause.Failure{Name: e.Title(), Message: e.Text}
			if e.File != "" && e.Line > 0 {
				f.Where = fmt.Sprintf("%s:%d", e.File, e.Line)
			}
			s.judge.Run(f, e.Hint)
		}
	case RunFinished:
		s.judge.End()
	}
}

// unanswered tells the judge. Requests of scripts and of auth are failures of the step, not its response.
func (s *Summary) unanswered(e RequestFailed) {
	why := e.Error
	if why == nil {
		why = &Error{Message: "no reason was given"}
	}
	if e.Source == FromCollection {
		s.judge.Unanswered(judged(e.Step, e.Item), causeRequest(e.Request, nil), why.Code, why.Message)
		return
	}
	name := "pm.sendRequest " + e.Request.Method + " " + e.Request.URL
	if e.Source == FromAuth {
		name = "authentication request completed"
	}
	s.judge.Failed(judged(e.Step, e.Item), cause.Failure{Name: name, Message: why.Message})
}

// judged is a step as the judge knows it: shared state is followed within a group only.
func judged(s Step, i Item) cause.Step {
	group := strconv.Itoa(s.Collection)
	if s.Unit != "" {
		group += "/" + s.Unit
	}
	return cause.Step{ID: s.ID, Group: group, Iteration: s.Iteration, Item: cause.Place{ID: i.ID, Path: i.Path, Name: i.Name}}
}

func causeRequest(r Request, names []Name) cause.Request {
	q := cause.Request{Method: r.Method, URL: r.URL, Host: hostOf(r.URL)}
	if len(names) > 0 {
		q.Names = make([]cause.Name, len(names))
		for i, n := range names {
			q.Names[i] = cause.Name{Key: n.Key, Unset: n.Scope == "", Void: n.Void}
		}
	}
	return q
}

// hostOf is the host of a URL with its port.
func hostOf(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		rest = url
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return rest[strings.LastIndexByte(rest, '@')+1:]
}

// isVoid knows values that put nothing into a request, as JSON text.
func isVoid(value string) bool {
	switch value {
	case "", "null", `""`, `"null"`, `"undefined"`:
		return true
	}
	return false
}

func (e VariableFlow) causeFlow() cause.Flow {
	f := cause.Flow{Given: e.Given, Read: e.Read, Credentials: e.Credentials, URL: e.URL, Resource: e.Resource}
	for _, l := range e.Left {
		f.Left = append(f.Left, cause.Left{Name: l.Key, State: l.State})
	}
	return f
}

func causeFailure(name string, script Script, e *Error) cause.Failure {
	f := cause.Failure{Name: name}
	if e == nil {
		return f
	}
	f.Message = e.Message
	if e.Name != "" && e.Name != "Error" && e.Name != "AssertionError" {
		f.Message = strings.TrimSuffix(e.Name+": "+e.Message, ": ")
	}
	f.Message = cmp.Or(f.Message, e.Name)
	if script.Listen != "" && e.Line > 0 {
		f.Where = fmt.Sprintf("%s, line %d", script.title(), e.Line)
	}
	return f
}

// title tells a script from the others of a step.
func (s Script) title() string {
	if s.Level == "" || s.Level == "item" {
		return s.Listen + " script"
	}
	return s.Listen + " script of " + s.Level + " " + s.Owner
}
