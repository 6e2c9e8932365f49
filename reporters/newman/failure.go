package newman

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// The shapes of run.failures. Their members are in newman's order, which the encoder keeps.
type (
	failureShape struct {
		Error  errorShape  `json:"error"`
		At     string      `json:"at"`
		Source any         `json:"source,omitempty"`
		Parent any         `json:"parent,omitempty"`
		Cursor cursorShape `json:"cursor"`
	}
	// An errorShape is an error of any of newman's three kinds: each fills some of its members.
	errorShape struct {
		Type       string   `json:"type,omitempty"`
		Errno      int      `json:"errno,omitempty"`
		Code       string   `json:"code,omitempty"`
		Syscall    string   `json:"syscall,omitempty"`
		Address    string   `json:"address,omitempty"`
		Port       int      `json:"port,omitempty"`
		Name       string   `json:"name,omitempty"`
		Index      *int     `json:"index,omitempty"`
		Test       string   `json:"test,omitempty"`
		Message    string   `json:"message,omitempty"`
		Hint       string   `json:"hint,omitempty"`
		Expected   *string  `json:"expected,omitempty"`
		Actual     *string  `json:"actual,omitempty"`
		Line       int      `json:"line,omitempty"`
		Column     int      `json:"column,omitempty"`
		Snippet    string   `json:"source,omitempty"`
		Stack      string   `json:"stack,omitempty"`
		Checksum   string   `json:"checksum,omitempty"`
		ID         string   `json:"id,omitempty"`
		Timestamp  int64    `json:"timestamp,omitempty"`
		Stacktrace *[]frame `json:"stacktrace,omitempty"`

		thrown string // the JSON object that was thrown, whose members come first
	}
	// A frame is one line of a stack as newman's serialiser takes it apart.
	frame struct {
		FileName     string `json:"fileName"`
		LineNumber   int    `json:"lineNumber"`
		FunctionName string `json:"functionName"`
		TypeName     string `json:"typeName"`
		MethodName   string `json:"methodName"`
		ColumnNumber int    `json:"columnNumber"`
		Native       bool   `json:"native"`
	}
)

// failure writes the entry of run.failures that an event makes, if it makes one. Retried
// attempts have none: the events come after it is known.
func (r *jsonReport) failure(e event.Event) error {
	switch e := e.(type) {
	case event.Assertion:
		if e.Error == nil {
			return nil
		}
		at := fmt.Sprintf("assertion:%d in test-script", e.Index) // newman: also in a prerequest script
		a := report.Assertion{Name: e.Name, Script: &e.Script, Index: e.Index, Error: e.Error}
		return r.fail(e.Step, at, r.assertionError(e.Step, &a), func(f *failureShape) { f.Cursor = r.within(f.Cursor, e.Step, e.Script) })
	case event.ScriptFinished:
		if e.Error == nil {
			return nil
		}
		at := e.Script.Listen + "-script"
		switch {
		case e.Error.Name == report.Bailed:
			at += ":39:17" // newman: the place in its own source that makes this error
		case r.cfg.Compat && e.Error.At != "":
			at += ":" + e.Error.At
		}
		return r.fail(e.Step, at, r.scriptError(e.Step.ID, e.Script, e.Error), func(f *failureShape) { f.Cursor.ScriptID = e.Script.ID })
	case event.Exception:
		if !e.Counted {
			return nil
		}
		return r.fail(e.Step, e.Script.Listen+"-script", r.scriptError(e.Step.ID, e.Script, report.OrUnknown(e.Error)),
			func(f *failureShape) { f.Cursor.ScriptID = e.Script.ID })
	case event.RequestFailed:
		failed := report.OrUnknown(e.Error)
		shape := networkShape(failed)
		shape.Name, shape.Message = failed.Name, failed.Message
		shape.Stack = failed.Name + ": " + failed.Message
		r.stamp(&shape, e.Step.ID, "request")
		return r.fail(e.Step, "request", shape, func(f *failureShape) {
			f.Source, f.Parent = r.requestSource(e), nil // newman: no parent
			f.Cursor = r.within(f.Cursor, e.Step, r.journal.Step(e.Step).Running)
		})
	}
	return nil
}

// fail spools a failure of an item, with what adjust changes in it. at is newman's text for
// the place.
func (r *jsonReport) fail(s event.Step, at string, failed errorShape, adjust func(*failureShape)) error {
	step := r.journal.Step(s)
	shape := failureShape{
		Error: failed, At: at, Cursor: r.cursor(s, len(step.Exchanges) > 0),
		Source: r.document(step.Item.Document, step.Item.ID, step.Item.Name),
		Parent: r.parent(step.Item.ID),
	}
	adjust(&shape)
	text, err := report.Indented(shape, "      ")
	if err != nil {
		return err
	}
	if err := element(r.failures, &r.failed); err != nil {
		return err
	}
	_, err = r.failures.Write([]byte(text))
	return err
}

// parent is the folder or collection that holds an item, nil when it is not known.
func (r *jsonReport) parent(item string) any {
	parent := r.parents.of(item)
	if doc, ok := parent.(json.RawMessage); ok {
		return r.marked(doc)
	}
	return parent
}

// requestSource is the item with its request as sent; for pm.sendRequest one without a name
// (newman).
func (r *jsonReport) requestSource(e event.RequestFailed) any {
	source := struct {
		ID       string          `json:"id"`
		Name     string          `json:"name,omitempty"`
		Request  requestJSON     `json:"request"`
		Response []string        `json:"response"`
		Event    json.RawMessage `json:"event"`
		Behavior json.RawMessage `json:"protocolProfileBehavior,omitempty"`
	}{e.Item.ID, e.Item.Name, requestShape(e.Request), []string{}, json.RawMessage("[]"), nil}
	if e.Source == event.FromScript {
		source.ID, source.Name = r.id("anonymous", e.Step.ID, strconv.Itoa(r.failed)), ""
		source.Behavior = json.RawMessage(`{"disableBodyPruning":true}`) // newman: bodies that scripts send are never dropped
		return source
	}
	var doc struct{ Event json.RawMessage }
	if json.Unmarshal(r.journal.Step(e.Step).Item.Document, &doc) == nil && len(doc.Event) > 0 {
		source.Event = doc.Event
	}
	return source
}

// assertionError is the error of a failed assertion. newman: the place in the stack is that
// of the assertion among its script's and of the item in the run, not one in the script.
// Without --newman-compat it is the place in the script, with what was expected.
func (r *jsonReport) assertionError(s event.Step, a *report.Assertion) errorShape {
	e := a.Error
	line, col := a.Index+1, s.Position+1
	shape := errorShape{Name: e.Name, Index: &a.Index, Test: a.Name, Message: e.Message}
	if !r.cfg.Compat {
		if e.HasDiff {
			shape.Expected, shape.Actual = &e.Expected, &e.Actual
		}
		shape.Line, shape.Column, shape.Snippet = e.Line, e.Col, e.Source
		if e.Line > 0 {
			line, col = e.Line, e.Col
		}
	}
	shape.Stack = fmt.Sprintf("%s: %s\n   at Object.eval sandbox-script.js:%d:%d)", e.Name, e.Message, line, col)
	r.stamp(&shape, s.ID, a.Script.ID+strconv.Itoa(a.Index))
	*shape.Stacktrace = append(*shape.Stacktrace, frame{"sandbox-script.js", line, "Object.eval", "Object", "eval", col, false})
	return shape
}

// scriptError is the error of a script. newman: an object that was thrown and is no error
// appears with its own members.
func (r *jsonReport) scriptError(step string, script event.Script, e *event.Error) errorShape {
	shape := errorShape{Type: "Error", Name: e.Name, Message: e.Message}
	if !r.cfg.Compat {
		shape.Line, shape.Column, shape.Snippet, shape.Stack = e.Line, e.Col, e.Source, e.Stack
	}
	r.stamp(&shape, step, script.Listen+script.ID)
	if r.cfg.Compat && e.Thrown != "" {
		shape.Type, shape.Name, shape.Message, shape.thrown = "", "", "", e.Thrown
	}
	return shape
}

// MarshalJSON writes the members of a thrown object before those of the error. What is thrown
// may have any members, even the same names; JSON keeps both then, as newman does.
func (s errorShape) MarshalJSON() ([]byte, error) {
	type plain errorShape
	var text bytes.Buffer
	own := strings.TrimSuffix(s.thrown, "}")
	if own == "" || !json.Valid([]byte(s.thrown)) {
		own = ""
	} else if own != "{" {
		own += ","
	}
	text.WriteString(own)
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(plain(s)); err != nil || own == "" {
		return text.Bytes(), err
	}
	return append(text.Bytes()[:len(own)], text.Bytes()[len(own)+1:]...), nil
}

// stamp adds what newman's serialiser adds to each error: a checksum, an id, a time, a stack
// in pieces. Ids are the same in each report of the run.
func (r *jsonReport) stamp(shape *errorShape, step, place string) {
	sum := sha256.Sum256([]byte(shape.Name + "\x00" + shape.Message + "\x00" + shape.Stack))
	shape.Checksum = hex.EncodeToString(sum[:16])
	shape.ID = r.id("error", step, place)
	shape.Timestamp = r.cfg.Now().UnixMilli()
	shape.Stacktrace = &[]frame{}
}

// networkShape is what Node's network errors carry: those of a connection the address.
func networkShape(e *event.Error) errorShape {
	shape := errorShape{Code: e.Code, Errno: e.Errno, Syscall: e.Syscall}
	if e.Syscall == "connect" {
		shape.Address, shape.Port = e.Address, e.Port
	}
	return shape
}
