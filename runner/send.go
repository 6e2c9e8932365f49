package runner

import (
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"posthaste/collection"
	"posthaste/internal/auth"
	"posthaste/internal/expansion"
	"posthaste/internal/status"
	"posthaste/internal/transport"
	"posthaste/internal/transport/failure"
	"posthaste/runner/deviation"
	"posthaste/runner/event"
	"posthaste/runner/sent"
	"posthaste/script"
)

// maxReplays is how often a scheme may have a request sent again (newman: maximum
// intermediate request limit). A server that always asks for one more try would else never
// end.
const maxReplays = 3

// An outgoing request is on its way: what is sent and for whom. It is passed by value: a
// replay changes its own.
type outgoing struct {
	step     event.Step
	item     event.Item
	source   string
	request  collection.Request   // resolved, unsigned
	vars     *expansion.Expansion // what resolved it, for its authentication; nil leaves that as it is
	auth     *collection.Auth     // unresolved; nil signs nothing
	own      *collection.Auth     // the one that stands on the request itself, nil where it is inherited
	behavior collection.Behavior
	script   bool                    // from pm.sendRequest
	written  string                  // the URL before its variables were put in; "" where it has none
	url      string                  // of request, as text; "" where that is still to be put together
	refusals *atomic.Int32           // of the step's requests that must not be sent; may be nil
	judged   *deviation.List         // what the contract says of the step; may be nil
	sent     func()                  // called when it is on its way; may be nil
	hold     func(bytes int64) error // of transport.Request
}

// An exchange is a request and how it ended. Exactly one of response and err is set. id is
// the response's for events and scripts.
type exchange struct {
	sent     collection.Request // as signed and sent
	shown    event.Request      // the same as events carry it
	body     event.Body         // as sent, for the contract of the run
	response *transport.Response
	err      *event.Error
	id       string
	elapsed  time.Duration
}

// send sends the step's request and keeps what the test scripts will see. The error is the
// request's own, already reported.
func (s *step) send(ctx context.Context) error {
	r := s.run
	vars := r.stack.Again()
	r.names = make([]event.Name, 0, len(r.names)) // as many as the request before had
	written := s.item.written
	if s.changed {
		written = s.request.URL.Resolved()
	}
	resolved, url := resolve(&s.request, written, vars, &r.urls)
	r.keep.expand(r.stack.Scopes, s.request.URL.Variables)
	x := outgoing{
		step: s.host.step, item: s.shown, source: event.FromCollection, request: resolved, vars: vars,
		auth: s.item.auth, own: s.request.Auth, behavior: s.item.behavior, written: written, url: url, refusals: &s.host.refusals,
		judged: &s.host.deviations,
	}
	if s.request.Auth != nil && s.request.Auth != s.item.item.Request.Auth {
		x.auth = s.request.Auth // a prerequest script set it
	}
	s.flows.auth = x.auth
	out := r.exchange(ctx, x)
	if x.auth != nil && x.auth == s.item.item.Request.Auth && x.auth.Type != "oauth2" {
		delete(r.schemes, x.auth) // newman: what a challenge taught is kept for authentication of folders only
	}
	item := s.item.item
	s.sent = &script.Request{Request: out.sent, ID: item.ID, Name: item.Name}
	if out.err != nil {
		s.answer = &script.Response{} // test scripts run also without a response and find an empty one
		return &SendError{out.err}
	}
	s.answer = answer(out)
	s.cookies = jar{r.jar}.Cookies(out.response.URL)
	s.answer.Cookies = s.cookies
	return nil
}

// sendFromScript carries out pm.sendRequest: no placeholders are resolved, no folder's
// authentication or behavior applies, bodies are never dropped (newman: sendRequest). It runs
// in a goroutine of its own, beside the script.
func (r *run) sendFromScript(ctx context.Context, h *host, req *script.Request) (*script.Response, error) {
	x := outgoing{
		step: h.step, item: h.item, source: event.FromScript, request: req.Request, auth: req.Auth, own: req.Auth,
		script: true, sent: req.Sent, hold: req.Hold, refusals: &h.refusals, judged: &h.deviations,
	}
	out := r.exchange(ctx, x)
	if out.err != nil {
		return nil, &SendError{out.err}
	}
	response := answer(out)
	response.Cookies = jar{r.jar}.Cookies(out.response.URL)
	return response, nil
}

// A SendError is why a request got no response. It has been reported as an event already.
type SendError struct{ Cause *event.Error }

// Error is newman's text for it, which scripts and reports compare.
func (e *SendError) Error() string { return e.Cause.Message }

// Failure is what the system said, with code, address and port as Node has them.
func (e *SendError) Failure() *event.Error { return e.Cause }

// exchange signs and sends a request, again where its scheme asks for it, and reports each
// try. The last try is reported as the request's own, those before as the scheme's.
func (r *run) exchange(ctx context.Context, x outgoing) exchange {
	scheme, list := r.scheme(x)
	// A value that could not be put in, or a text that grew too large: nothing is sent.
	if x.vars != nil && x.vars.Err() != nil {
		return r.unsent(x, x.request, x.vars.Err())
	}
	params := auth.NewParams(list)
	if r.opt.Compat {
		params = auth.NewmanParams(typedParams(list)) // newman's schemes read the parameters in their own way
	}
	if x.url == "" {
		x.url = x.request.URL.String()
	}
	for try := 0; ; try++ {
		request := x.request
		request.Header = slices.Clip(request.Header)
		request.Auth = x.shownAuth(scheme, list)
		wire := wireRequest(x, &request, r.warner(x.step, x.item.Name))
		draft := r.client.Draft(wire)
		if err := r.fenced(x, wire, draft); err != nil {
			return r.unsent(x, request, err)
		}
		url := x.url
		if scheme != nil {
			request = r.signed(ctx, x, scheme, params, request, draft, try)
			url = request.URL.String()
		}
		out := r.once(ctx, x, request, url, draft)
		if out.err != nil && out.sent.Auth != nil && x.inherits() {
			out.withoutAuth(r.opt.Documents)
		}
		challenger, ok := scheme.(auth.Challenger)
		if out.err != nil || !ok {
			r.report(x, out)
			return out
		}
		again, err := challenger.Challenged(ctx, params, &auth.Answer{
			Code: out.response.Code, Header: out.response.Header, Body: out.response.Body,
		})
		if err != nil {
			r.authNotice(x, err)
		}
		if again && try == maxReplays {
			r.authNotice(x, errors.New("the server asked for one more try after the last that is allowed"))
			again = false
		}
		if !again {
			r.report(x, out)
			return out
		}
		replayed := x
		replayed.source = event.FromAuth
		r.report(replayed, out)
		if r.opt.Compat {
			x.request.Header = out.sent.Header // newman: a replay begins with the header lines of the try before
		}
	}
}

// withoutAuth takes the authentication from a request without a response (newman: an inherited
// one becomes part of the request with the response).
func (out *exchange) withoutAuth(documents bool) {
	out.sent.Auth = nil
	if documents {
		out.shown.Document = collection.RequestDocument(&out.sent)
	}
}

// unsent reports a request that is not sent, such as one whose variables could not be put in,
// as failed with that error.
func (r *run) unsent(x outgoing, request collection.Request, err error) exchange {
	r.keep.request(&request, false)
	out := exchange{sent: request, id: r.ids.UUID(), err: requestError(err)}
	out.shown = r.shownRequest(&out.sent, out.sent.URL.String(), nil)
	r.report(x, out)
	return out
}

// once sends the request that draft was made of, as signed; url is its URL as text. It tells
// RequestSent before, but not how it ended: the caller does.
func (r *run) once(ctx context.Context, x outgoing, request collection.Request, url string, draft *transport.Draft) exchange {
	r.keep.request(&request, false)
	out := exchange{sent: request, id: r.ids.UUID()}
	start := r.opt.Now()
	// Pace may wait for long, so it comes before the request is prepared, whose signature
	// would age.
	if out.err = r.pace(ctx); out.err != nil {
		out.shown = r.shownRequest(&out.sent, url, nil)
		return out
	}
	if x.vars == nil || url != x.url { // else the draft was made of just this query
		draft.SetQuery(request.URL.QueryString())
	}
	draft.Set(request.Header, request.Body)
	prepared, err := draft.Finish(ctx)
	// All that will be shown must be learnt first: the cookies, then the lines and the body
	// as they go out.
	if prepared != nil {
		r.keep.cookies(prepared.Header)
		out.sent.Header = sent.Header(&request, prepared.Header, r.opt.Compat)
		if err != nil { // newman: it failed before the length was known
			out.sent.Header = slices.DeleteFunc(out.sent.Header, func(h collection.Header) bool { return h.System && h.Key == "Content-Length" })
		}
		out.sent.Body = sent.Body(request.Body, request.Header, prepared)
	}
	out.show(r, url, draft, prepared)
	if r.opt.Contract != nil && prepared != nil {
		out.body.Size = prepared.BodySize
		out.body.Data, _ = prepared.Body() // of files only the size is known
	}
	told := event.RequestSent{Step: x.step, Request: out.shown, Source: x.source, Time: start}
	if x.vars != nil && len(r.names) > 0 {
		told.Names = r.names
	}
	r.emit.emit(told)
	if err == nil {
		// A checkpoint must be on disk before the request leaves, or a crash would lose what
		// it created.
		body, _ := prepared.Body() // what comes from files is not told
		err = r.undo.checkpoint(r, x, out.shown, body)
	}
	if err == nil {
		out.response, err = r.client.Do(ctx, prepared)
	}
	if err != nil {
		out.err, out.elapsed = requestError(r.explained(x, err)), r.opt.Now().Sub(start)
		r.blame(x, out.err)
		return out
	}
	if !sameLines(out.response.Sent, prepared.Header) { // the jar has added its cookies
		out.sent.Header = sent.Header(&request, out.response.Sent, r.opt.Compat)
		out.shown.Header = shownHeader(out.sent.Header)
	}
	r.keep.response(out.response.Header, out.response.Body)
	return out
}

// show puts together what events show of a request: its URL as draft encodes it, beside url,
// what it was before. Prepared is nil when it could not be.
func (out *exchange) show(r *run, url string, draft *transport.Draft, prepared *transport.Prepared) {
	shown := url
	if t, _ := draft.Target(); t.Scheme != "" { // also what cannot be sent is shown so
		out.sent.URL, shown = r.urls.read(draft.Shown())
	}
	out.shown = r.shownRequest(&out.sent, shown, prepared)
	if url != out.shown.URL {
		out.shown.Resolved = url
	}
	out.shown.Asked = draft.Asked()
}

// sameLines reports whether both are one and the same list.
func sameLines(a, b []collection.Header) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// pace waits until the request may go out. The error says that the run ended before;
// ECANCELED is the code that Node has for it.
func (r *run) pace(ctx context.Context) *event.Error {
	if r.opt.Pace == nil {
		return nil
	}
	waiting, done := r.untilStop(ctx)
	defer done()
	r.opt.Pace(waiting)
	if waiting.Err() == nil {
		return nil
	}
	return &event.Error{Name: "Error", Message: "the run was stopped before this request was sent", Code: "ECANCELED"}
}

// wireRequest is a request as the transport takes it. The texts are not encoded yet: that is
// the transport's work.
func wireRequest(x outgoing, request *collection.Request, warn func(code, text string)) *transport.Request {
	wire := &transport.Request{
		Method: request.Method, URL: x.url, Header: request.Header, Body: request.Body,
		Behavior: x.behavior, Script: x.script, Warn: warn, Sent: x.sent, Hold: x.hold,
	}
	if p := request.Proxy; p != nil {
		wire.Proxy, wire.Tunnel = &url.URL{Scheme: "http", Host: net.JoinHostPort(p.Host, strconv.Itoa(p.Port))}, p.Tunnel
		if p.HasUser {
			wire.Proxy.User = url.UserPassword(p.User, p.Password)
		}
	}
	return wire
}

// report emits how an exchange ended: ResponseReceived or RequestFailed.
func (r *run) report(x outgoing, out exchange) {
	if out.err != nil {
		x.refused(out.err)
		r.emit.emit(event.RequestFailed{
			Step: x.step, Item: x.item, Request: out.shown, Error: out.err, Source: x.source, Elapsed: out.elapsed,
		})
		return
	}
	x.judge(r.opt.Contract, out)
	r.emit.emit(event.ResponseReceived{
		Step: x.step, Item: x.item, Request: out.shown, Response: shownResponse(out), Source: x.source,
	})
}

// judge asks the run's contract about an exchange.
func (x *outgoing) judge(by deviation.Contract, out exchange) {
	if by == nil {
		return
	}
	request := out.shown
	request.Body = out.body
	x.judged.Judge(by, request, event.Response{
		Code: out.response.Code, Header: shownHeader(out.response.Header),
		Body: event.Body{Data: out.response.Body, Size: int64(len(out.response.Body))},
	})
}

// requestError is a transport's error as events carry it: with Node's name, code and fields,
// which newman's users look for, and with our hint.
func requestError(err error) *event.Error {
	e := &event.Error{Name: "Error", Message: err.Error()}
	if hinting := hinter(nil); errors.As(err, &hinting) {
		e.Detail = hinting.Hint()
	}
	if coded := coder(nil); errors.As(err, &coded) {
		e.Code = coded.Code()
	}
	if failed := (*failure.Error)(nil); errors.As(err, &failed) {
		e.Message, e.Code, e.Detail = failed.Message, failed.Code, failed.Hint
		e.Errno, e.Syscall, e.Address, e.Port = failed.Errno, failed.Syscall, failed.Address, failed.Port
		switch failed.Code { // Node's classes of these errors
		case "ERR_INVALID_CHAR", "ERR_INVALID_HTTP_TOKEN", "ERR_UNESCAPED_CHARACTERS":
			e.Name = "TypeError"
		case "ERR_SOCKET_BAD_PORT":
			e.Name = "RangeError"
		}
	}
	return e
}

// A hinter is an error that knows what to do about it, in a sentence for the user.
type hinter interface {
	error
	Hint() string
}

// A coder is an error that has a code of ours, for reports.
type coder interface {
	error
	Code() string
}

// shownRequest is a request as events carry it, not masked yet; url is its URL as text.
// Prepared is nil when it could not be.
func (r *run) shownRequest(sent *collection.Request, url string, prepared *transport.Prepared) event.Request {
	shown := event.Request{Method: sent.Method, URL: url, Header: shownHeader(sent.Header)}
	if sent.Body != nil {
		shown.BodyMode = sent.Body.Mode
	}
	if prepared != nil && r.opt.Bodies > 0 {
		shown.Body.Size = prepared.BodySize
		shown.Body.Data, _ = prepared.Body() // what comes from files is not held in memory
	}
	if r.opt.Documents {
		shown.Document = collection.RequestDocument(sent)
	}
	return shown
}

// shownHeader lists the lines without those descriptions and disabled ones that only files
// have.
func shownHeader(list []collection.Header) []event.Header {
	shown := make([]event.Header, len(list))
	for i, h := range list {
		shown[i] = event.Header{Key: h.Key, Value: h.Value, System: h.System}
	}
	return shown
}

// shownResponse is a response as events have it, with the times of its phases, not masked
// yet.
func shownResponse(out exchange) event.Response {
	res := out.response
	reason, headerSize := res.Reason, res.HeaderSize
	if reason == "" { // newman: the standard's is shown and counted
		reason = status.Reason(res.Code)
		headerSize += int64(len(reason))
	}
	return event.Response{
		ID: out.id, Code: res.Code, Reason: reason, Proto: res.Proto, Header: shownHeader(res.Header),
		Body:       event.Body{Data: res.Body, Size: int64(len(res.Body))},
		HeaderSize: headerSize, WireSize: res.WireSize, Remote: res.Remote,
		Timing: event.Timing{
			Prepare: res.Timing.Prepare, Wait: res.Timing.Wait, Process: res.Timing.Process, DNS: res.Timing.DNS, Connect: res.Timing.Connect, TLS: res.Timing.TLS,
			FirstByte: res.Timing.FirstByte, Body: res.Timing.Body, Total: res.Timing.Total,
		},
	}
}

// wholeMillis rounds up: a response that took no time at all would look like none. newman's
// times are whole milliseconds.
func wholeMillis(d time.Duration) time.Duration {
	return (d + time.Millisecond - 1).Truncate(time.Millisecond)
}

// answer is a response as scripts see it, with its body as it came.
func answer(out exchange) *script.Response {
	res := out.response
	return &script.Response{
		Received: true, ID: out.id, Code: res.Code, Reason: res.Reason, Header: res.Header, Body: res.Body,
		Time: wholeMillis(res.Timing.Total), WireSize: res.WireSize, HeaderSize: res.HeaderSize,
	}
}
