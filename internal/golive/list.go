package golive

import (
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/runner/event"
)

// Options say which evidence counts.
type Options struct {
	Now       time.Time // evidence older than a month before it does not count
	Simulated bool      // evidence from a simulator counts
}

// A List is a checklist as far as it is filled in.
type List struct {
	Checklist
	Simulated bool
	Filled    []Row // one for each of the checklist's rows, and one for the headers
}

// A Row is a row of a list with its evidence, or with what is missing.
type Row struct {
	Text     string
	Done     bool
	Evidence *Evidence // the best there is; nil without one
	Missing  string    // why the row is open, "" when it is done
	Note     string    // in how many requests it was seen, of a row about all of them that is done
}

// Evidence is a call that a recording tells of.
type Evidence struct {
	Time      time.Time
	Method    string
	URL       string
	Status    int
	Reference string // of the payment or the agreement, "" without one
	Trace     string // trace id of the response, "" without one
	Recording string
	Doubt     string // why it does not count, "" when it does
}

// A call is a request that was answered, as a recording tells of it.
type call struct {
	Evidence

	method       string
	url          *url.URL
	status       int
	header       []event.Header
	sent, answer []byte
	teardown     bool
	before       facts // of its payment
}

// A Reader fills a list in from events. Recorded ones are masked, and so is the evidence.
type Reader struct {
	opt   Options
	list  Checklist
	sent  map[string]time.Time // by step, method and URL
	calls []*call
}

// New returns a reader for a checklist.
func New(c Checklist, opt Options) *Reader {
	return &Reader{opt: opt, list: c, sent: map[string]time.Time{}}
}

// headers must be in all requests: they tell Vipps which system sends them.
func headers() []string {
	return []string{"Vipps-System-Name", "Vipps-System-Version", "Vipps-System-Plugin-Name", "Vipps-System-Plugin-Version"}
}

// Add takes an event of the recording of that name. Recordings may come in any order.
func (r *Reader) Add(recording string, e event.Event) {
	switch e := e.(type) {
	case event.RequestSent:
		r.sent[key(e.Step, e.Request)] = e.Time
	case event.ItemFinished:
		for k := range r.sent {
			if strings.HasPrefix(k, e.Step.ID+"\x00") {
				delete(r.sent, k)
			}
		}
	case event.ResponseReceived:
		r.answered(recording, e)
	}
}

func key(s event.Step, q event.Request) string { return s.ID + "\x00" + q.Method + " " + q.URL }

func (r *Reader) answered(recording string, e event.ResponseReceived) {
	u, err := url.Parse(e.Request.URL)
	if err != nil {
		return
	}
	at := r.sent[key(e.Step, e.Request)]
	answer := gjson.ParseBytes(e.Response.Body.Data)
	r.calls = append(r.calls, &call{
		Evidence: Evidence{
			Time: at, Method: e.Request.Method, URL: e.Request.URL, Status: e.Response.Code, Trace: trace(e.Response, answer),
			Recording: recording, Doubt: r.doubt(e, at),
		},
		method: e.Request.Method, url: u, status: e.Response.Code, header: e.Request.Header,
		sent: whole(e.Request.Body), answer: whole(e.Response.Body), teardown: e.Item.Teardown,
	})
}

// whole is a body that the recording has all of: the end of a cut one may be half a number.
func whole(b event.Body) []byte {
	if b.Cut {
		return nil
	}
	return b.Data
}

// better prefers what counts, then what is newer.
func better(a, b Evidence) bool {
	if (a.Doubt == "") != (b.Doubt == "") {
		return a.Doubt == ""
	}
	return a.Time.After(b.Time)
}

// doubt is why a call does not count.
func (r *Reader) doubt(e event.ResponseReceived, at time.Time) string {
	switch host := hostOf(e.Request.URL); {
	case simulated(e):
		if !r.opt.Simulated {
			return "it comes from a simulator"
		}
	case !testHost(host):
		return "it was sent to " + host + ", which is no host of the test environment"
	}
	switch {
	case at.IsZero():
		return "the recording does not tell when it was sent"
	case at.Before(monthBefore(r.opt.Now)):
		return "it is more than a month old"
	case at.After(r.opt.Now.AddDate(0, 0, 1)): // clocks differ a little
		return "the recording says that it was sent in the future"
	}
	return ""
}

// monthBefore is the same day of the month before, or its last day where it has no such day.
func monthBefore(t time.Time) time.Time {
	before := t.AddDate(0, -1, 0)
	if before.Day() != t.Day() { // it went on into t's month
		before = before.AddDate(0, 0, -before.Day())
	}
	return before
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
}

// testHost reports whether a host is one of the test environment.
func testHost(host string) bool { return host == "apitest.vipps.no" }

// simulated reports whether something else than Vipps answered, as simulators do: this machine, or a host that --map or a
// base address names in the place of Vipps' own, such as that of a container.
func simulated(e event.ResponseReceived) bool {
	for _, host := range []string{hostOf(e.Request.URL), hostOf(e.Request.Asked), address(e.Response.Remote)} {
		if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
			return true
		}
	}
	return !isVipps(hostOf(e.Request.URL)) || e.Request.Asked != "" && !isVipps(hostOf(e.Request.Asked))
}

// isVipps reports whether a host is one of Vipps MobilePay's.
func isVipps(host string) bool {
	for _, name := range []string{"vipps.no", "vippsmobilepay.com", "mobilepay.dk", "mobilepay.fi"} {
		if host == name || strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return false
}

func address(remote string) string {
	if host, _, err := net.SplitHostPort(remote); err == nil {
		return host
	}
	return remote
}

// trace is what Vipps finds the call by.
func trace(res event.Response, answer gjson.Result) string {
	for _, name := range []string{"traceId", "extraDetails.traceId"} {
		if v := answer.Get(name).String(); v != "" {
			return v
		}
	}
	for _, h := range res.Header {
		switch strings.ToLower(h.Key) {
		case "x-trace-id", "trace-id", "traceparent", "request-id", "x-request-id", "x-correlation-id":
			return h.Value
		}
	}
	return ""
}

// Open is the number of rows that are not done. Those for people do not count.
func (l *List) Open() int {
	n := 0
	for _, row := range l.Filled {
		if !row.Done {
			n++
		}
	}
	return n
}
