package script

import (
	"github.com/dop251/goja"

	"posthaste/runner/event"
	"posthaste/script/legacy"
	"posthaste/script/variables"
)

// currentScopes are the scopes of the script that runs, nil between scripts.
func (s *instance) currentScopes() *variables.Scopes {
	if s.cur == nil {
		return nil
	}
	return &s.cur.scopes
}

// currentLegacy are the legacy globals of the script that runs.
func (s *instance) currentLegacy() *legacy.Globals { return s.cur.legacy() }

// legacy are the legacy globals, made when a script first names one.
func (r *run) legacy() *legacy.Globals {
	if r.globals == nil {
		s := r.instance
		r.globals = legacy.New(s.env, s.class, &r.scopes, r.call, r, s.currentLegacy)
	}
	return r.globals
}

// makeConsole is the console object: each call becomes an event.
func (s *instance) makeConsole() goja.Value {
	return s.console.Object(
		func() bool { return s.cur != nil && !s.cur.silent },
		func(level string, args []string) { s.cur.host.Emit(event.Console{Level: level, Args: args}) },
	)
}

// The rest is what the legacy globals need of a run, see legacy.Sandbox.

// Response is pm.response.
func (r *run) Response() goja.Value { return r.own(partResponse, r.makeResponse) }

// Cookies is pm.cookies.
func (r *run) Cookies() goja.Value { return r.own(partCookies, r.makeCookies) }

// Cookie shows a cookie.
func (r *run) Cookie(c Cookie) goja.Value { return r.instance.cookieObject(c) }

// Global is a library that is a global of its own.
func (r *run) Global(name string) (goja.Value, bool) { return r.instance.modules.Global(name) }

// Library is what require gives.
func (r *run) Library(name string) (goja.Value, bool) { return r.instance.modules.Require(name) }

// Warn prints a warning of the sandbox itself.
func (r *run) Warn(text string) {
	if !r.silent {
		r.host.Emit(event.Console{Level: "warn", Args: []string{r.instance.console.Text(r.instance.vm.ToValue(text))}})
	}
}

// Report reports an assertion of tests["…"]. As in Postman, those are numbered on from the tests before,
// and so are tests behind.
func (r *run) Report(name string, failure *event.Error) {
	r.assertion(event.Assertion{Name: name, Index: r.index + r.reported, Error: failure})
	r.reported++
}

// Stopped says whether a limit has ended the script.
func (r *run) Stopped() bool { return r.instance.realm.Stopped() }

// Rethrow is what to panic with so that a script sees err as it was thrown.
func (r *run) Rethrow(err error) any { return r.instance.realm.Rethrow(err) }
