package contract

import (
	"net/url"
	"slices"
	"strings"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/runner/event"
)

// Unsent reports whether a value of a request that was not sent is not known: it has a gap, or is an object with a key that has
// one. It is an Options.Unknown.
func Unsent(v *node.Node) bool {
	return v.Kind == node.String && openapi.HasGap(v.Text) || v.Kind == node.Object && slices.ContainsFunc(v.Keys, openapi.HasGap)
}

// A Draft is what a request that was not sent came to. Of its Verdict, Served says that a file is, or may be, about it.
type Draft struct {
	Verdict
	Host bool // the host is known, so that what the file does not have is wrong
	Open bool // several operations may be meant: nothing was checked
}

// CheckDraft holds a request that was not sent against the files: its operation, parameters and body. Parts that are not known
// are gaps (openapi.NewGap), which fit everything; a body that is not known at all is Cut. URL is the address without its
// host, escaped, and host may have gaps, too. Nothing is counted.
func (c *Contract) CheckDraft(request event.Request, host string, u *url.URL) Draft {
	at := *u
	at.Host = host
	method := strings.ToUpper(request.Method)
	m, doc := c.matchDraft(method, &at)
	if doc == nil {
		return Draft{}
	}
	d := Draft{Host: m.Host, Open: m.Open}
	if m.Open {
		d.Served, d.Document = true, doc
		return d
	}
	k := &check{
		Contract: c, exchange: Exchange{Request: request}, url: &at, match: m.Match,
		verdict: Verdict{Served: true, Document: doc, Operation: m.Operation, Path: m.Path},
	}
	if m.Operation == nil {
		k.noOperation(m.Others)
	} else {
		k.request()
	}
	d.Verdict = k.verdict
	return d
}

// matchDraft is match for a draft: the file with the least doubt has it. Two that have an operation with the same doubt
// leave it open.
func (c *Contract) matchDraft(method string, u *url.URL) (m openapi.DraftMatch, doc *openapi.Document) {
	for _, d := range c.docs {
		found := d.MatchDraft(method, u)
		if found.Operation == nil && method == "HEAD" && slices.Contains(found.Others, "GET") {
			found = d.MatchDraft("GET", u)
		}
		switch {
		case !found.Served:
		case doc == nil, better(found, m):
			m, doc = found, d
		case found.Operation != nil && m.Operation != nil && found.Doubt == m.Doubt && m.Doubt > 0:
			m = openapi.DraftMatch{Served: true, Host: m.Host, Open: true}
		}
	}
	return m, doc
}

// better orders what several files say of a draft: an operation, the less doubt the better; something that may be one; methods
// of the path; nothing.
func better(a, b openapi.DraftMatch) bool {
	rank := func(m openapi.DraftMatch) int {
		switch {
		case m.Operation != nil:
			return 0
		case m.Open:
			return 1
		case len(m.Others) > 0:
			return 2
		}
		return 3
	}
	if rank(a) != rank(b) {
		return rank(a) < rank(b)
	}
	return a.Operation != nil && a.Doubt < b.Doubt
}

// unknown reports whether one of the texts of a parameter, or its name, is not known.
func (c *Contract) unknown(texts ...string) bool {
	return c.opt.Unknown != nil && slices.ContainsFunc(texts, func(text string) bool { return c.opt.Unknown(node.Text(text)) })
}
