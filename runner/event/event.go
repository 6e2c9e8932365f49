// Package event is what happened in a run, as plain data.
//
// A run is one stream of events that begins with RunStarted and ends with RunFinished, also when it was
// cut short. Every report is a function of this stream. What stands in an event that a reporter receives
// has been masked; an Event is never changed after it was sent.
package event

import (
	"slices"
	"time"
)

// An Event is one of the types of this package. What is done to every kind of event is a method of each, so that the
// compiler asks for it where a kind is added.
type Event interface {
	// Kind is the event's name in the NDJSON form, such as "assertion".
	Kind() string
	// InStep returns the step that the event belongs to, and the zero Step for an event of the run.
	InStep() Step
	// Relabelled returns the event with other labels: what names its step, its item, its script, its collection.
	Relabelled(l Labels) Event
	// Masked returns the event with the secrets in its texts replaced, names included. What is no text of the user's
	// stays, such as ids, positions, phases and kinds.
	Masked(m Masker) Event
}

// RunStarted opens the stream.
type RunStarted struct {
	Time        time.Time
	Collection  Collection
	Environment Scope
	Globals     Scope
	Iterations  int      // how many will run; 0 when data is streamed and the count is not known
	Items       int      // requests an iteration runs when nothing jumps
	Setup       []int    // how many of Items every shard runs first, by collection; nil for none
	Teardown    []string // globs of the requests that give back what an iteration has made
	Bail        bool
	Strict      bool   // a notice of a run that only looks green is a failure
	Compat      bool   // the run counts as newman does, which knows no run without a response
	Version     string // of the program
	Shard       Shard  // the zero Shard unless the run is one of several
	Collections int    // how many the whole run has, in all its shards; 0 for a run of one
	Merged      int    // of how many recordings this one was merged; 0 for the recording of a run
}

// A Shard says which part of a run that was spread over machines this one is.
type Shard struct {
	Index, Total int    // 1-based, of how many; 0 for a run that was not spread
	RunID        string // the same in all shards of a run
	By           string // what was dealt out: "collection", "folder", "row" or "request"
}

// A Collection is what reports show of the collection that runs.
type Collection struct {
	ID          string
	Name        string
	File        string
	Description string
	Hash        string // of the collection's content, "" when nobody asked; shards of one run have the same
	Document    []byte // the collection in format 2.1 as JSON, "" unless a reporter asked for documents
}

// A Scope is an environment or globals as a report shows it.
type Scope struct {
	ID     string
	Name   string
	File   string
	Values []Variable
}

// With returns the scope with what a run made of the variables that it began with.
func (s Scope) With(before, after Scope) Scope {
	at := func(s Scope, key string) int {
		return slices.IndexFunc(s.Values, func(v Variable) bool { return v.Key == key })
	}
	s.Values = slices.Clone(s.Values)
	for _, v := range after.Values {
		if was := at(before, v.Key); was >= 0 && before.Values[was] == v {
			continue
		}
		if i := at(s, v.Key); i >= 0 {
			s.Values[i] = v
		} else {
			s.Values = append(s.Values, v)
		}
	}
	return s
}

// A Variable is one entry of a Scope.
type Variable struct {
	Key      string
	Value    string // as JSON text
	Type     string
	Disabled bool
}

// IterationStarted and IterationFinished enclose the steps of one iteration.
type IterationStarted struct {
	Iteration  int    // 0-based
	Row        string // a label of the data row, "" without data
	Collection int    // 0-based, of a run of several collections
}

// IterationFinished closes an iteration.
type IterationFinished struct {
	Iteration  int
	Collection int // 0-based, of a run of several collections
}

// An Item is a request of the collection as reports name it.
type Item struct {
	ID       string
	Name     string
	Path     []string // names of the folders it is in, outermost first, without the collection
	File     string
	Line     int // 1-based, 0 when unknown
	Method   string
	URL      string // as written, with placeholders
	Setup    bool   // every shard runs it first; merged reports show it once
	Teardown bool   // it gives back what an iteration has made, and runs however the iteration ended
	Document []byte // the item in format 2.1 as JSON; nil unless a reporter asked for documents
}

// FullPath is the names of the folders that the item is in, and its own.
func (i Item) FullPath() []string { return append(slices.Clip(i.Path), i.Name) }

// A Step names one execution of an item. Events of a step carry it.
type Step struct {
	ID         string // unique in the run
	Iteration  int    // 0-based
	Position   int    // 0-based index of the item in the run order
	Attempt    int    // 0 for the first try of a retried item
	Caller     string // ID of the step whose script ran this one by pm.execution.runRequest; events come after its own
	Collection int    // 0-based, of a run of several collections
	// Unit is the part of a parallel or merged run that the step is in, "" for the run itself. Steps of one unit share
	// variables; a unit begins with the variables of the unit whose name stands before its last "/".
	Unit string
}

// ItemStarted opens a step.
type ItemStarted struct {
	Step Step
	Item Item
	Time time.Time
}

// ItemFinished closes a step.
type ItemFinished struct {
	Step    Step
	Item    Item
	Skipped bool // pm.execution.skipRequest was called
	// Retried says that another attempt follows, so that what failed in this one does not count.
	Retried bool
	// Attachments are files that the run kept of this step, such as saved responses, by path.
	Attachments []string
	Elapsed     time.Duration
}

// A Script names the script that an event came from.
type Script struct {
	Listen string // PhasePrerequest or PhaseTest
	Owner  string // name of the collection, folder or request that holds it
	Level  string // "collection", "folder" or "item"
	ID     string
}

// The phases of a step, as PhaseStarted.Listen and Script.Listen name them.
const (
	PhasePrerequest = "prerequest"
	PhaseTest       = "test"
)

// PhaseStarted opens the prerequest or test phase of a step, also when it has no scripts.
type PhaseStarted struct {
	Step   Step
	Listen string
}

// ScriptStarted opens one script.
type ScriptStarted struct {
	Step   Step
	Script Script
}

// ScriptFinished closes one script. Error is nil when it ran to its end.
type ScriptFinished struct {
	Step    Step
	Script  Script
	Error   *Error
	Next    *Next // the last setNextRequest of the script, nil when it called none
	Elapsed time.Duration
}

// Next is what a script passed to setNextRequest.
type Next struct {
	Name string
	Null bool // null was passed: the iteration ends
}

// Assertion is the outcome of one pm.test or one legacy tests entry.
type Assertion struct {
	Step    Step
	Script  Script
	Item    Item
	Name    string
	Index   int // 0-based within its script
	Skipped bool
	Async   bool
	Error   *Error // nil: passed
	// Alike is 0, or a number for the name as the script gave it, where masking changed that: of names that read the
	// same, those with the same number are the same. It means nothing outside its run.
	Alike int64
}

// Exception is an error outside a script's main body: in a timer or a promise nobody waits for.
type Exception struct {
	Step    Step
	Script  Script
	Error   *Error
	Counted bool // whether it failed the script; newman: it never does
}

// Console is one call of a console method.
type Console struct {
	Step   Step
	Script Script
	Level  string   // "log", "info", "warn", "error", "debug", "clear"
	Args   []string // each argument as util.inspect shows it
}

// VariableSet says that a script changed a variable. Events of this kind come within the step of their script, each
// variable once a script, with the value it left.
type VariableSet struct {
	Step   Step
	Script Script
	Scope  string // "environment", "globals", "collection" or "local"
	Key    string
	Value  string // as JSON text, "" when Unset
	Unset  bool   // the variable was removed
}

// An Error is why something failed.
type Error struct {
	Name     string // "AssertionError", "TypeError", "ECONNREFUSED" …
	Message  string
	Expected string // short text, "" when the error has none
	Actual   string
	HasDiff  bool   // Expected and Actual are meaningful
	Code     string // of a request error: "ECONNREFUSED", "ETIMEDOUT" …
	Errno    int    // of a request error, as Node numbers it: negative, or 0
	Syscall  string // of a request error: "connect", "getaddrinfo" …
	Address  string // of a request error: the IP address, or the name that was looked up
	Port     int
	Detail   string // a second line of help, or ""
	Line     int    // 1-based line in the script as the user sees it, 0 when unknown
	Col      int    // 1-based
	Source   string // that line of the script
	Stack    string

	// At is where a script threw by newman's count, "LINE:COLUMN"; "" where newman says nothing. Thrown is the JSON
	// of an object that a script threw and that is no Error; "" else. Both are for newman's reports alone.
	At, Thrown string
}

// Where a request comes from.
const (
	FromCollection = "collection"
	FromScript     = "script" // pm.sendRequest
	FromAuth       = "auth"   // a replay after a challenge, or a request for a token
)

// RequestSent says that a request is on its way, resolved and signed.
type RequestSent struct {
	Step    Step
	Request Request
	Source  string // FromCollection, FromScript or FromAuth
	Time    time.Time
	Names   []Name // variables that the request was made of, for FromCollection
}

// A Name is a variable that a request was made of. Dynamic variables are left out.
type Name struct {
	Key   string
	Scope string // "local", "data", "environment", "collection", "globals", "outside"; "" when no scope has it
	Void  bool   // the value is empty, null or undefined
}

// A VariableFlow is what became of variables in a step that failed, was refused or got an error status: by a static
// look at its scripts and by what they did. It comes before the step's ItemFinished. A step in which all went well has
// none, but where it puts a variable right that an earlier step left wrong.
type VariableFlow struct {
	Step        Step
	Left        []LeftVariable
	Read        []string // names that scripts read, but for those whose absence they cope with
	Credentials []string // names that the request's authentication was made of
	URL         []string // names that the request's URL was made of
	Resource    string   // the request's URL as far as the last variable in its path, "" without one
	Given       []string // names that scripts set properly, whether their values changed or not
}

// A LeftVariable is one that a step's scripts would have set and did not, or set to undefined.
type LeftVariable struct {
	Key   string
	State string // a state of package cause: "missing", "undefined", "stale" or "initial"
}

// A Checkpoint is what a teardown of the run's iteration needs to know should the run be killed: what scripts changed
// since the last one, and the request that is about to leave, which may create something. There are none in a run
// without a teardown. In the file of a run that was killed they come twice, at once and with their step.
type Checkpoint struct {
	Step      Step
	File      string // of the collection
	Teardown  bool   // the step is one of a teardown
	Source    string // of the request: FromCollection, FromScript or FromAuth; "" at the end of a step
	Method    string // "" at the end of a step
	URL       string
	Body      Body // cut
	Variables []ScopedVariable
}

// A ScopedVariable is a variable as scripts left it, or one of the row of data.
type ScopedVariable struct {
	Scope string // "environment", "globals", "collection", "local" or "data"
	Key   string
	Value string // as JSON text, "" when Unset
	Unset bool
}

// TornDown says that the teardown of an iteration, or of a unit's part of it, is over.
type TornDown struct {
	Iteration  int
	Collection int    // 0-based, of a run of several collections
	Unit       string // as Step.Unit
	Cut        bool   // it was ended before it was through
}

// A Request is a request as sent. URL is the original one even where --map answered it elsewhere.
type Request struct {
	Method   string
	URL      string
	Header   []Header
	Body     Body
	BodyMode string // "raw", "urlencoded" …, "" without a body
	Document []byte // the SDK's JSON of the request; nil unless a reporter asked for documents
	Resolved string // the URL before it was encoded, "" where that is the same; newman's terminal shows it
	Asked    string // the URL that --map puts in the place of URL, also for a request that it kept from being sent; "" for none
}

// A Header is one header line.
type Header struct {
	Key    string
	Value  string
	System bool // added by the runner
}

// A Body is the bytes of a message, cut to what the reporters asked for. Masking changes the length of Data, so that
// Size alone does not tell whether it was cut.
type Body struct {
	Data []byte
	Size int64 // of the whole body in bytes, as sent
	Cut  bool  // Data lacks the end
}

// ResponseReceived is the response to a RequestSent.
type ResponseReceived struct {
	Step     Step
	Item     Item
	Request  Request
	Response Response
	Source   string
}

// A Response is a response after decompression.
type Response struct {
	ID         string
	Code       int
	Reason     string
	Proto      string // "HTTP/1.1", "HTTP/2.0"
	Header     []Header
	Body       Body
	HeaderSize int64  // bytes
	WireSize   int64  // bytes of the body as received, before decompression
	Remote     string // address that answered
	Timing     Timing
}

// Timing is the phases of a request, of its last hop. Phases that did not happen are 0. FirstByte counts from before the
// connection.
type Timing struct {
	Prepare time.Duration // before the network: body, header lines
	Wait    time.Duration // until a connection was looked for
	Process time.Duration // after the last byte

	DNS, Connect, TLS, FirstByte, Body time.Duration
	Total                              time.Duration // with redirects, as responseTime shows it
}

// RequestFailed says that a RequestSent got no response, or could not be sent.
type RequestFailed struct {
	Step    Step
	Item    Item
	Request Request
	Error   *Error
	Source  string
	Elapsed time.Duration
}

// Notice is something the user should know and that fails nothing: a warning of the runner.
type Notice struct {
	Step  Step   // the zero Step for the whole run
	Level string // "warn", "info"
	Code  string // stable: "unresolved", "placeholder", "unasserted", "undefined", "silent", "auth", "file", "format" …
	Text  string // one sentence
	Hint  string // what to do, "" when there is nothing to add
	// Subject is what it is about: the name of a variable, of a request; "" where the text alone says it. Code and Subject
	// stand for a notice of the run when runs are compared or merged.
	Subject  string
	Requests string // names of the requests that Text ends with, one a line; "" where it does not
	File     string // of the first request that it concerns, "" when unknown
	Line     int    // 1-based, 0 when unknown
	// Console is what newman writes on the console instead, "" where it writes nothing.
	Console string
}

// Threshold is a limit that the run was judged by. It comes before RunFinished.
type Threshold struct {
	Text   string // as it was asked for: "p95<500ms"
	Value  string // what it was in this run: "812ms"
	Broken bool
}

// RunFinished closes the stream.
type RunFinished struct {
	Time        time.Time
	Elapsed     time.Duration
	Reason      string // "" when the run came to its end, "bail", "timeout", "interrupt", "error"
	Error       string // text of the fatal error for Reason "error"
	Environment Scope  // as the run left it
	Globals     Scope
}

// The kinds, as the NDJSON form names them.
func (RunStarted) Kind() string        { return "run.started" }
func (IterationStarted) Kind() string  { return "iteration.started" }
func (IterationFinished) Kind() string { return "iteration.finished" }
func (ItemStarted) Kind() string       { return "item.started" }
func (ItemFinished) Kind() string      { return "item.finished" }
func (PhaseStarted) Kind() string      { return "phase.started" }
func (ScriptStarted) Kind() string     { return "script.started" }
func (ScriptFinished) Kind() string    { return "script.finished" }
func (Assertion) Kind() string         { return "assertion" }
func (Exception) Kind() string         { return "exception" }
func (Console) Kind() string           { return "console" }
func (VariableSet) Kind() string       { return "variable.set" }
func (VariableFlow) Kind() string      { return "variable.flow" }
func (Checkpoint) Kind() string        { return "checkpoint" }
func (TornDown) Kind() string          { return "torn.down" }
func (RequestSent) Kind() string       { return "request.sent" }
func (ResponseReceived) Kind() string  { return "response.received" }
func (RequestFailed) Kind() string     { return "request.failed" }
func (Notice) Kind() string            { return "notice" }
func (Threshold) Kind() string         { return "threshold" }
func (RunFinished) Kind() string       { return "run.finished" }
