package event

import "slices"

// A Masker replaces the secrets in the parts of an event. What it is given stays as it is: it returns copies, but for
// what holds no secret.
type Masker interface {
	// Known is how many secrets are known. It grows.
	Known() int64
	// Text masks a text in which secrets may stand.
	Text(text string) string
	// Variable masks a whole value, given as JSON text.
	Variable(json string) string
	// Header masks names and values of header lines.
	Header(lines []Header) []Header
	// Body masks a body, after it has cut it to what reports want to see.
	Body(b Body) Body
	// Document masks a JSON document.
	Document(doc []byte) []byte
	// Alike is a number above 0 for a text, the same for the same text and as good as never for two. It does not tell
	// what the text is.
	Alike(text string) int64
}

func (e RunStarted) Masked(m Masker) Event {
	e.Collection, e.Teardown = e.Collection.Masked(m), texts(m, e.Teardown)
	e.Environment, e.Globals = e.Environment.Masked(m), e.Globals.Masked(m)
	return e
}

func (e IterationStarted) Masked(m Masker) Event {
	e.Row = m.Text(e.Row)
	return e
}

func (e IterationFinished) Masked(Masker) Event { return e }

func (e ItemStarted) Masked(m Masker) Event {
	e.Item = e.Item.Masked(m)
	return e
}

func (e ItemFinished) Masked(m Masker) Event {
	e.Item, e.Attachments = e.Item.Masked(m), texts(m, e.Attachments)
	return e
}

func (e PhaseStarted) Masked(Masker) Event { return e }

func (e ScriptStarted) Masked(m Masker) Event {
	e.Script = e.Script.Masked(m)
	return e
}

func (e ScriptFinished) Masked(m Masker) Event {
	e.Script, e.Error = e.Script.Masked(m), e.Error.Masked(m)
	if e.Next != nil {
		next := *e.Next
		next.Name = m.Text(next.Name)
		e.Next = &next
	}
	return e
}

// Two assertions whose names differ in a secret only look the same once masked; Alike tells them apart.
func (e Assertion) Masked(m Masker) Event {
	e.Script, e.Item = e.Script.Masked(m), e.Item.Masked(m)
	name := m.Text(e.Name)
	if name != e.Name && e.Alike == 0 {
		e.Alike = m.Alike(e.Name)
	}
	e.Name, e.Error = name, e.Error.Masked(m)
	return e
}

func (e Exception) Masked(m Masker) Event {
	e.Script, e.Error = e.Script.Masked(m), e.Error.Masked(m)
	return e
}

func (e Console) Masked(m Masker) Event {
	e.Script, e.Args = e.Script.Masked(m), texts(m, e.Args)
	return e
}

func (e VariableSet) Masked(m Masker) Event {
	e.Script, e.Key, e.Value = e.Script.Masked(m), m.Text(e.Key), m.Variable(e.Value)
	return e
}

func (e VariableFlow) Masked(m Masker) Event {
	left := make([]LeftVariable, len(e.Left))
	for i, l := range e.Left {
		l.Key = m.Text(l.Key)
		left[i] = l
	}
	e.Left, e.Read, e.Credentials = left, texts(m, e.Read), texts(m, e.Credentials)
	e.URL, e.Given, e.Resource = texts(m, e.URL), texts(m, e.Given), m.Text(e.Resource)
	return e
}

func (e Checkpoint) Masked(m Masker) Event {
	e.File, e.Method, e.URL, e.Body = m.Text(e.File), m.Text(e.Method), m.Text(e.URL), m.Body(e.Body)
	if len(e.Variables) > 0 {
		list := make([]ScopedVariable, len(e.Variables))
		for i, v := range e.Variables {
			v.Key, v.Value = m.Text(v.Key), m.Variable(v.Value)
			list[i] = v
		}
		e.Variables = list
	}
	return e
}

func (e TornDown) Masked(Masker) Event { return e }

func (e RequestSent) Masked(m Masker) Event {
	e.Request = e.Request.Masked(m)
	if len(e.Names) > 0 {
		names := make([]Name, len(e.Names))
		for i, n := range e.Names {
			n.Key = m.Text(n.Key)
			names[i] = n
		}
		e.Names = names
	}
	return e
}

func (e ResponseReceived) Masked(m Masker) Event {
	e.Item, e.Request, e.Response = e.Item.Masked(m), e.Request.Masked(m), e.Response.Masked(m)
	return e
}

func (e RequestFailed) Masked(m Masker) Event {
	e.Item, e.Request, e.Error = e.Item.Masked(m), e.Request.Masked(m), e.Error.Masked(m)
	return e
}

func (e Notice) Masked(m Masker) Event {
	e.Text, e.Hint, e.Console = m.Text(e.Text), m.Text(e.Hint), m.Text(e.Console)
	e.Subject, e.Requests, e.File = m.Text(e.Subject), m.Text(e.Requests), m.Text(e.File)
	return e
}

func (e Threshold) Masked(m Masker) Event {
	e.Text, e.Value = m.Text(e.Text), m.Text(e.Value)
	return e
}

func (e RunFinished) Masked(m Masker) Event {
	e.Error = m.Text(e.Error)
	e.Environment, e.Globals = e.Environment.Masked(m), e.Globals.Masked(m)
	return e
}

// Masked returns the collection with the secrets in its texts replaced. Its ID and Hash stay: by them recordings tell
// whether they belong together.
func (c Collection) Masked(m Masker) Collection {
	for _, text := range []*string{&c.Name, &c.File, &c.Description} {
		*text = m.Text(*text)
	}
	c.Document = m.Document(c.Document)
	return c
}

// Masked returns the scope with the secrets in its texts replaced. Its ID stays.
func (s Scope) Masked(m Masker) Scope {
	values := make([]Variable, len(s.Values))
	for i, v := range s.Values {
		v.Key, v.Value, v.Type = m.Text(v.Key), m.Variable(v.Value), m.Text(v.Type)
		values[i] = v
	}
	s.Name, s.File, s.Values = m.Text(s.Name), m.Text(s.File), values
	return s
}

// Masked returns the item with the secrets in its texts replaced. Its ID stays.
func (i Item) Masked(m Masker) Item {
	if s, ok := m.(*Sharer); ok {
		return s.itemOf(i)
	}
	return i.masked(m)
}

func (i Item) masked(m Masker) Item {
	for _, text := range []*string{&i.Name, &i.File, &i.Method, &i.URL} {
		*text = m.Text(*text)
	}
	i.Path, i.Document = texts(m, i.Path), m.Document(i.Document)
	return i
}

// Masked returns the script with the secrets in its owner's name replaced. What else it says is not text.
func (s Script) Masked(m Masker) Script {
	if sharer, ok := m.(*Sharer); ok {
		return sharer.scriptOf(s)
	}
	return s.masked(m)
}

func (s Script) masked(m Masker) Script {
	s.Owner = m.Text(s.Owner)
	return s
}

// Masked returns the request with the secrets in its texts replaced.
func (r Request) Masked(m Masker) Request {
	if s, ok := m.(*Sharer); ok {
		return s.requestOf(r)
	}
	return r.masked(m)
}

func (r Request) masked(m Masker) Request {
	for _, text := range []*string{&r.Method, &r.URL, &r.Resolved, &r.Asked} {
		*text = m.Text(*text)
	}
	r.Document = m.Document(r.Document)
	r.Header, r.Body = m.Header(r.Header), m.Body(r.Body)
	return r
}

// Masked returns the response with the secrets in its texts replaced.
func (r Response) Masked(m Masker) Response {
	r.Reason, r.Remote = m.Text(r.Reason), m.Text(r.Remote)
	r.Header, r.Body = m.Header(r.Header), m.Body(r.Body)
	return r
}

// Bailed is the name of the error that a script gets under --bail because an assertion in it failed (newman). Reports
// know such an error by it.
const Bailed = "AssertionFailure"

// Masked returns the error with the secrets in its texts replaced. Nil stays nil. Code and Syscall stay, and the name
// Bailed: they are the program's own.
func (e *Error) Masked(m Masker) *Error {
	if e == nil {
		return nil
	}
	c := *e
	for _, text := range []*string{&c.Message, &c.Expected, &c.Actual, &c.Address, &c.Detail, &c.Source, &c.Stack} {
		*text = m.Text(*text)
	}
	if c.Name != Bailed {
		c.Name = m.Text(c.Name)
	}
	if c.Thrown != "" {
		c.Thrown = m.Variable(c.Thrown)
	}
	return &c
}

// texts masks each text. Nil stays nil.
func texts(m Masker, list []string) []string {
	if list == nil {
		return nil
	}
	masked := list
	for i, text := range list {
		text = m.Text(text)
		if text == list[i] {
			continue
		}
		if &masked[0] == &list[0] {
			masked = slices.Clone(list)
		}
		masked[i] = text
	}
	return masked
}
