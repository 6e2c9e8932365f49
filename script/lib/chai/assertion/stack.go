package assertion

import (
	"bytes"
	"slices"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

const (
	// maxFrames is the number of frames that a stack trace shows.
	maxFrames = 100
	// maxOrigins bounds what is kept for functions that scripts read from flags.
	maxOrigins = 4096
	// maxCounted is how deep a stack may be for its frames to be counted: a recursion would count them again and again.
	maxCounted = 250
)

// An origin is where the stack traces of an assertion begin, chai's flag ssfi: the
// function whose frame and what it called are left out.
type origin struct {
	fn     *goja.Object // nil until a script reads the flag
	frames int          // of the caller, when the function began; 0 when not known
	custom bool         // it is a function of a script, found by its name
}

// origins leads from functions that scripts have seen as the flag ssfi to what is
// known of them.
type origins map[*goja.Object]*origin

// note keeps the latest origin of a function.
func (l *Library) note(fn *goja.Object, o *origin) {
	if l.origins == nil || len(l.origins) > maxOrigins {
		l.origins = origins{}
	}
	l.origins[fn] = o
}

// originFunc is the flag ssfi as scripts read it.
func (l *Library) originFunc(a *Assertion) goja.Value {
	if a.origin == nil {
		return l.class
	}
	if a.origin.fn == nil {
		a.origin.fn = l.B.Func("proxyGetter", func(goja.FunctionCall) goja.Value { return nil })
		l.note(a.origin.fn, a.origin)
	}
	return a.origin.fn
}

// originOf is what is known of a function that a script sets as ssfi, nil for what
// is no function.
func (l *Library) originOf(v goja.Value) *origin {
	fn, ok := v.(*goja.Object)
	if !ok || fn == l.class || !jsvalue.IsFunction(fn) {
		return nil
	}
	if known := l.origins[fn]; known != nil {
		return known
	}
	return &origin{fn: fn, custom: true}
}

// begin makes a function of the chain the place where stack traces begin, unless
// it runs within another assertion.
func (l *Library) begin(this goja.Value, wrapper *goja.Object) {
	a := l.assertionOf(this)
	switch {
	case jsvalue.IsUndefined(this):
		return
	case a == nil:
		if !jsvalue.Truthy(l.FlagOf(this, "lockSsfi")) {
			l.SetFlagOf(this, "ssfi", wrapper)
		}
		return
	}
	a.begin(wrapper)
}

// begin remembers where the script called the assertion, so that a stack trace does not begin inside of chai.
func (a *Assertion) begin(wrapper *goja.Object) {
	if a.Is(lockSsfi) {
		return
	}
	a.origin = &origin{fn: wrapper}
	if a.l.scripts {
		a.origin.frames = a.l.callerFrames()
		a.l.note(wrapper, a.origin)
	}
}

// beginProperty is begin for getters: with a proxy, reading has set the place.
func (l *Library) beginProperty(this goja.Value, getter *goja.Object) {
	a := l.assertionOf(this)
	switch {
	case !l.ProxyOn():
		l.begin(this, getter)
	case a == nil:
	case !a.Is(lockSsfi) && a.origin != nil && a.origin.frames == 0:
		a.origin.frames = l.callerFrames()
	}
}

// callerFrames counts the frames below the native functions on top of the stack; 0 when the stack is too deep.
func (l *Library) callerFrames() int {
	frames := l.B.VM.CaptureCallStack(maxCounted, nil)
	if len(frames) >= maxCounted {
		return 0
	}
	return len(scriptFrames(frames))
}

// scriptFrames leaves out the native functions on top of a stack.
func scriptFrames(frames []goja.StackFrame) []goja.StackFrame {
	i := 0
	for i < len(frames) && frames[i].SrcName() == "<native>" {
		i++
	}
	return frames[i:]
}

// setStack gives an error the stack trace that begins at an origin. With
// config.includeStack it has chai's own frames as well, impl on top.
func (l *Library) setStack(e *goja.Object, from *origin, impl ...string) {
	frames := l.B.VM.CaptureCallStack(0, nil)
	switch {
	case l.includeStack():
	case from != nil && from.frames > 0:
		frames, impl = frames[max(0, len(frames)-from.frames):], nil
	case from != nil && from.custom:
		frames, impl = below(frames, l.B.Str(from.fn.Get("name"))), nil
	default:
		frames, impl = scriptFrames(frames), nil
	}
	get := l.B.VM.ToValue(func(goja.FunctionCall) goja.Value { return l.stackText(e, frames, impl) })
	set := l.B.VM.ToValue(func(in goja.FunctionCall) goja.Value {
		jsvalue.Hide(e, "stack", in.Argument(0))
		return nil
	})
	jsvalue.Must(e.DefineAccessorProperty("stack", get, set, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// stackText is a stack trace as text. It is written when it is first read, so that it
// begins with the message that the error has then, as in Node.
func (l *Library) stackText(e *goja.Object, frames []goja.StackFrame, impl []string) goja.Value {
	var text bytes.Buffer
	text.WriteString(l.B.Str(e.Get("name")))
	if message := e.Get("message"); jsvalue.Truthy(message) {
		text.WriteString(": " + l.B.Str(message))
	}
	text.WriteByte('\n')
	for _, name := range impl {
		text.WriteString("\tat " + name + " (native)\n")
	}
	for i := range frames[:min(len(frames), maxFrames)] {
		text.WriteString("\tat ")
		frames[i].Write(&text)
		text.WriteByte('\n')
	}
	v := l.B.String(text.String())
	jsvalue.Hide(e, "stack", v)
	return v
}

// below are the frames behind the innermost one of a named function of a script,
// all of the script's when there is no such frame.
func below(frames []goja.StackFrame, name string) []goja.StackFrame {
	frames = scriptFrames(frames)
	i := slices.IndexFunc(frames, func(f goja.StackFrame) bool { return name != "" && f.FuncName() == name })
	return frames[i+1:]
}
