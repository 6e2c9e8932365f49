// Package contract holds requests and responses against the files that describe an API: whether the operation exists, and
// whether parameters, status, headers, content type and body are as documented. It also counts how much of the files a run
// has covered.
package contract

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
	"posthaste/runner/event"
)

// Options say how strict a Contract is. The zero Options check what a file says and nothing
// that people disagree about, such as whether a field that no schema knows is an error.
type Options struct {
	Formats bool // format of schemas is checked, too
	Strict  bool // what the file does not know is a violation: fields, parameters of a query, bodies
	// Unknown reports that a value is not known, such as one that was masked. It fits any schema. Nil knows all.
	Unknown func(*node.Node) bool
	// Baseline are known deviations; nil for none.
	Baseline *Baseline
}

// A Contract is the files of a run, and what it has seen of them. It is safe for concurrent
// use: mu guards the counts, and the documents are read only.
type Contract struct {
	docs []*openapi.Document
	opt  Options

	mu       sync.Mutex
	coverage *coverage
	// How many exchanges Judge took, and how many of them a file is about.
	exchanges, served int
	// Violations and notices of the run, for its end.
	met, odd tally
}

// New makes a Contract of documents, which it keeps. Where several describe an operation, the
// first does.
func New(docs []*openapi.Document, opt Options) *Contract {
	return &Contract{docs: docs, opt: opt, coverage: newCoverage(docs)}
}

// Documents are the files, in the order in which they were given.
func (c *Contract) Documents() []*openapi.Document { return c.docs }

// A Violation is one way in which an exchange is not as the file says. Its texts may hold
// values of the exchange, and are masked by the reporters like these.
type Violation struct {
	Operation string // "GET /payments/{reference}"
	Status    int    // 0 where it is about the request
	Where     string // "/amount/value" of a response's body; "request /amount/value"; "header X"; "query limit"; "status"
	Keyword   string // of JSON Schema, or what else is checked: "operation", "status", "content-type" …
	Message   string
	Place     string // file:line:column of what asks
	Value     string // as JSON, "" where something is missing or too long to be shown
	Count     int    // how many elements of lists are wrong in the same way
	ID        string // the same in every run
}

// String is "GET /x/{id} 200: /amount/value: string where integer is asked". Value and place
// are left out; Text has them.
func (v Violation) String() string {
	text := v.Operation
	if v.Status != 0 {
		text += " " + strconv.Itoa(v.Status)
	}
	text += ": " + v.Where + ": " + v.Message
	if v.Count > 1 {
		text += fmt.Sprintf(" (%d times)", v.Count)
	}
	return text
}

// A Verdict is what an exchange came to. Its lists belong to the caller.
type Verdict struct {
	Served     bool // a file is about the request
	Document   *openapi.Document
	Operation  *openapi.Operation // nil where no file has one
	Path       []openapi.PathValue
	Violations []Violation
	Known      []Violation // those in the baseline
	Notices    []Violation // what is odd and no violation
	NotJudged  string      // why the body was not judged, "" where it was
}

// An Exchange is a request and its response, as they were sent and received. Bodies may be
// cut to what the run keeps.
type Exchange struct {
	Request  event.Request
	Response event.Response
}

// Check holds an exchange against the files, and counts what it covers. An exchange that no
// file is about, such as one with an identity provider, gives a Verdict with Served false and
// nothing else.
func (c *Contract) Check(x Exchange) Verdict {
	// The URL was sent, so that this is one that another tool recorded.
	u, err := url.Parse(x.Request.URL)
	if err != nil {
		return Verdict{}
	}
	m, doc, others := c.match(strings.ToUpper(x.Request.Method), u)
	if doc == nil {
		return Verdict{}
	}
	k := &check{Contract: c, exchange: x, url: u, verdict: Verdict{Served: true, Document: doc, Operation: m.Operation, Path: m.Path}, match: m}
	if m.Operation == nil {
		k.noOperation(others)
	} else {
		k.seen.operation = m.Operation
		k.request()
		k.response()
	}
	// Only the counting is under the lock: validation takes longer, and touches no shared
	// state.
	c.mu.Lock()
	defer c.mu.Unlock()
	c.coverage.add(&k.seen)
	if k.verdict.NotJudged != "" {
		c.coverage.skip(k.verdict.Operation)
	}
	k.verdict.Violations, k.verdict.Known = c.opt.Baseline.split(k.verdict.Violations)
	return k.verdict
}

// match finds the operation in the first file that has it, or else the first file that is
// about the server, with the methods that the path has there.
func (c *Contract) match(method string, u *url.URL) (m openapi.Match, doc *openapi.Document, others []string) {
	for _, d := range c.docs {
		found, served, methods := d.Match(method, u)
		// HEAD is answered like GET (RFC 9110 9.3.2), and files rarely list it.
		if found.Operation == nil && method == "HEAD" && slices.Contains(methods, "GET") {
			found, _, _ = d.Match("GET", u)
		}
		switch {
		case found.Operation != nil:
			return found, d, nil
		// Of the files for the server, one that at least knows the path explains more.
		case served && (doc == nil || len(others) == 0 && len(methods) > 0):
			doc, others = d, methods
		}
	}
	return openapi.Match{}, doc, others
}

// Match finds the operation of a request. Served is false where no file is about it. Nothing
// is counted.
func (c *Contract) Match(method string, u *url.URL) (m openapi.Match, served bool) {
	m, doc, _ := c.match(method, u)
	return m, doc != nil
}

// check is one exchange at work. It is used by one goroutine.
type check struct {
	*Contract
	exchange Exchange
	url      *url.URL
	match    openapi.Match
	verdict  Verdict
	seen     seen
}

// noOperation reports a request to the server that no operation of the file has: a typing
// error in the collection, or an operation that nobody documented.
func (k *check) noOperation(others []string) {
	path := k.url.EscapedPath()
	message := "no operation of " + k.verdict.Document.Name + " has this path"
	if n := len(k.docs); n > 1 {
		message = fmt.Sprintf("no operation of the %d files has this path", n)
	}
	if len(others) > 0 {
		message = "the path has only " + strings.Join(others, ", ")
	}
	v := Violation{
		Operation: k.exchange.Request.Method + " " + path, Where: "operation", Keyword: "operation", Message: message,
		Place: keyPlace(k.verdict.Document.Root, "paths"),
	}
	v.Status = k.exchange.Response.Code
	v.ID = id(k.exchange.Request.Method+" "+withoutIDs(path), &v)
	k.add(v)
}

// withoutIDs is a path without a known template, with a star for each segment that has a digit: it likely is another in
// the next run. Versions such as v2 stay.
func withoutIDs(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		number, hasV := strings.CutPrefix(strings.ToLower(part), "v")
		isVersion := hasV && strings.Trim(number, "0123456789.") == ""
		if strings.ContainsAny(part, "0123456789") && !isVersion {
			parts[i] = "*"
		}
	}
	return strings.Join(parts, "/")
}

// keyPlace is the place of a key of a node, or of the node where it has no such key.
func keyPlace(n *node.Node, key string) string {
	if v := n.Get(key); v != nil {
		return v.Place()
	}
	return n.Place()
}

// add files a violation, with its defaults filled in.
func (k *check) add(v Violation) {
	k.finish(&v)
	k.verdict.Violations = append(k.verdict.Violations, v)
}

// odd files what the file does not know: a violation only where the contract is strict, for
// OpenAPI says nothing of what is left out.
func (k *check) odd(v Violation) {
	if k.opt.Strict {
		k.add(v)
		return
	}
	k.finish(&v)
	k.verdict.Notices = append(k.verdict.Notices, v)
}

// finish fills in what all violations have in common. An ID that is there already stays for an operation that no file has.
func (k *check) finish(v *Violation) {
	if v.Operation == "" {
		v.Operation = k.match.Operation.String()
	}
	if v.Count == 0 {
		v.Count = 1
	}
	if v.ID == "" || k.match.Operation != nil {
		v.ID = id(v.Operation, v)
	}
}

// id is what a violation is called in a baseline. It leaves out values and indices, so that the baseline still knows it tomorrow.
func id(operation string, v *Violation) string {
	return strings.Join([]string{operation, strconv.Itoa(v.Status), stars(v.Where), v.Keyword}, " | ")
}

// stars puts a star in the place of each index of a pointer: /items/3/name is /items/*/name.
// A key of an object that is a number becomes one, too.
func stars(where string) string {
	parts := strings.Split(where, "/")
	for i, part := range parts {
		if _, err := strconv.Atoi(part); err == nil && i > 0 {
			parts[i] = "*"
		}
	}
	return strings.Join(parts, "/")
}

// mostShown is how long a value may be to be shown, in bytes of JSON. A longer one is left
// out, not cut: a part of a secret is no secret that is known, and would not be masked.
const mostShown = 80

// shown is a value as JSON where it is short; "" for a longer one and for nil.
func shown(v *node.Node) string {
	if v == nil {
		return ""
	}
	if text := v.JSON(); len(text) <= mostShown {
		return text
	}
	return ""
}

// validate holds a value against a schema and files what does not fit. where is what stands
// before pointers ("" for a body of a response), and at is the node whose place is named for
// schemas that come from no file.
func (k *check) validate(s *schema.Schema, v *node.Node, where string, isRequest bool, at *node.Node) {
	if s == nil {
		return
	}
	r := s.Validate(v, schema.Options{Request: isRequest, Response: !isRequest, Formats: k.opt.Formats, Unknown: k.opt.Unknown, Trace: true})
	// Half a judgement would look like a whole one; the coverage says that this body was not
	// judged.
	if r.Exhausted {
		k.verdict.NotJudged = "the schema asks for too many checks"
		return
	}
	status := k.exchange.Response.Code
	if isRequest {
		status = 0
	}
	violation := func(f schema.Failure) Violation {
		place := at
		if f.Schema != nil && f.Schema.File != nil {
			place = f.Schema
		}
		at := where + f.Pointer
		if at == "" {
			// The pointer of the whole body is empty, and the message needs a word.
			at = "body"
		}
		return Violation{Status: status, Where: at, Keyword: f.Keyword, Message: f.Message, Place: place.Place(), Value: shown(f.Value), Count: f.Count}
	}
	for _, f := range r.Failures {
		k.add(violation(f))
	}
	for _, f := range r.Undocumented {
		k.odd(violation(f))
	}
	// Requests and responses are counted apart: a schema that both use is not covered by one
	// of them.
	if isRequest {
		k.seen.requestMarks = append(k.seen.requestMarks, r.Marks...)
	} else {
		k.seen.responseMarks = append(k.seen.responseMarks, r.Marks...)
	}
}
