package response

import (
	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
)

// A Lean stands for pm.response in scripts that ask it for nothing but its JSON, its text, its code and the like, and that
// keep it nowhere. One object stands for all responses of a runtime, since making a Response takes longer than most
// scripts. What it does not know is asked of the Response, which is made then.
type Lean struct {
	s        *core.SDK
	state    core.State
	response core.Response
	class    *core.Class

	full  func() *goja.Object // makes the Response
	begin func() goja.Value   // begins an assertion on what the object stands for
}

// NewLean makes the object, which knows no response yet.
func NewLean(s *core.SDK, begin func() goja.Value) *Lean {
	l := &Lean{s: s, begin: begin, class: s.Class("Response")}
	s.Lean, s.LeanState = s.VM.NewDynamicObject(l), &l.state
	_ = s.Lean.SetPrototype(nil)
	return l
}

// Show has the object stand for a response, until Drop. full makes the response as others see it. It is nil where only that will
// do: for a request without a response, and where a script has changed the class.
func (l *Lean) Show(r core.Response, full func() *goja.Object) *goja.Object {
	if !r.Received || r.ID == "" {
		return nil
	}
	for name, method := range l.class.Kept {
		if l.class.Prototype().Get(name) != method {
			return nil
		}
	}
	l.response, l.full = r, full
	l.state = core.State{Response: &l.response}
	l.state.Begin()
	l.state.Parts = append(l.state.Parts, "headers", "stream")
	return l.s.Lean
}

// Full is the response that the object stands for.
func (l *Lean) Full() goja.Value {
	if l.full == nil {
		return goja.Undefined()
	}
	return l.full()
}

// Replaced notes that the Response was made. A script may have changed it.
func (l *Lean) Replaced() { l.state.Touch = true }

// Drop lets go of the response.
func (l *Lean) Drop() { l.full, l.response, l.state = nil, core.Response{}, core.State{} }

// Get reads one of the properties that the object knows.
func (l *Lean) Get(name string) goja.Value {
	r := &l.response
	switch name {
	case "json", "text":
		return l.class.Kept[name]
	case "to":
		return l.begin()
	case "code":
		return l.s.VM.ToValue(r.Code)
	case "status":
		if text := reasonText(l.s, r); text != "" {
			return l.s.VM.ToValue(text)
		}
	case "responseTime":
		return l.s.VM.ToValue(r.TimeMS)
	case "responseSize":
		return l.s.VM.ToValue(len(r.Body))
	}
	return nil
}

// reasonText is the reason on the status line, or the standard one of the code; "" without both.
func reasonText(s *core.SDK, r *core.Response) string {
	if r.Reason != "" {
		return r.Reason
	}
	return standardReason(s.VM.ToValue(r.Code))
}

// Has says whether the object knows a property.
func (l *Lean) Has(name string) bool { return !jsvalue.IsUndefined(l.Get(name)) }

// Set does nothing: scripts that write do not see the object.
func (l *Lean) Set(string, goja.Value) bool { return false }

// Delete does nothing.
func (l *Lean) Delete(string) bool { return false }

// Keys lists nothing.
func (l *Lean) Keys() []string { return nil }
