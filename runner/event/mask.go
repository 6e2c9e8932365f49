package event

// A Masker replaces the secrets in the parts of an event. What it is given stays as it is: it returns copies.
type Masker interface {
	// Known is how many secrets are known. It grows.
	Known() int64
	// Text masks a text in which secrets may stand.
	Text(text string) string
	// Variable masks a whole value, given as JSON text.
	Variable(json string) string
	// Header masks the values of header lines.
	Header(lines []Header) []Header
	// Body masks a body, after it has cut it to what reports want to see.
	Body(b Body) Body
	// Document masks a JSON document.
	Document(doc []byte) []byte
}

func (e RunStarted) Masked(m Masker) Event {
	e.Collection.Document = m.Document(e.Collection.Document)
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
	e.Item = e.Item.Masked(m)
	return e
}

func (e PhaseStarted) Masked(Masker) Event { return e }

func (e ScriptStarted) Masked(Masker) Event { return e }

func (e ScriptFinished) Masked(m Masker) Event {
	e.Error = e.Error.Masked(m)
	return e
}

func (e Assertion) Masked(m Masker) Event {
	e.Name, e.Error, e.Item = m.Text(e.Name), e.Error.Masked(m), e.Item.Masked(m)
	return e
}

func (e Exception) Masked(m Masker) Event {
	e.Error = e.Error.Masked(m)
	return e
}

func (e Console) Masked(m Masker) Event {
	args := make([]string, len(e.Args))
	for i, text := range e.Args {
		args[i] = m.Text(text)
	}
	e.Args = args
	return e
}

func (e VariableSet) Masked(m Masker) Event {
	e.Value = m.Variable(e.Value)
	return e
}

func (e RequestSent) Masked(m Masker) Event {
	e.Request = e.Request.Masked(m)
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
	return e
}

func (e Threshold) Masked(Masker) Event { return e }

func (e RunFinished) Masked(m Masker) Event {
	e.Error = m.Text(e.Error)
	e.Environment, e.Globals = e.Environment.Masked(m), e.Globals.Masked(m)
	return e
}

// Masked returns the scope with the secrets in its values replaced.
func (s Scope) Masked(m Masker) Scope {
	values := make([]Variable, len(s.Values))
	for i, v := range s.Values {
		v.Value = m.Variable(v.Value)
		values[i] = v
	}
	s.Values = values
	return s
}

// Masked returns the item with the secrets in its values replaced.
func (i Item) Masked(m Masker) Item {
	i.Name, i.URL, i.Document = m.Text(i.Name), m.Text(i.URL), m.Document(i.Document)
	return i
}

// Masked returns the request with the secrets in its values replaced.
func (r Request) Masked(m Masker) Request {
	r.URL, r.Resolved, r.Document = m.Text(r.URL), m.Text(r.Resolved), m.Document(r.Document)
	r.Header, r.Body = m.Header(r.Header), m.Body(r.Body)
	return r
}

// Masked returns the response with the secrets in its values replaced.
func (r Response) Masked(m Masker) Response {
	r.Reason = m.Text(r.Reason)
	r.Header, r.Body = m.Header(r.Header), m.Body(r.Body)
	return r
}

// Masked returns the error with the secrets in its values replaced. Nil stays nil.
func (e *Error) Masked(m Masker) *Error {
	if e == nil {
		return nil
	}
	c := *e
	for _, text := range []*string{&c.Message, &c.Expected, &c.Actual, &c.Detail, &c.Source, &c.Stack} {
		*text = m.Text(*text)
	}
	return &c
}
