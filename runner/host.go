package runner

import (
	"context"
	"sync/atomic"

	"posthaste/internal/cookie"
	"posthaste/internal/variable"
	"posthaste/runner/deviation"
	"posthaste/runner/event"
	"posthaste/script"
)

// A host is what the scripts of one step reach outside their realm. It tells the run what
// they do. It implements the script package's Host.
type host struct {
	run        *run
	step       event.Step
	item       event.Item
	script     event.Script
	assertions int
	exception  *event.Error   // the first in the script at work
	failed     []string       // names of assertions that failed in the script at work
	nesting    nesting        // requests that its scripts run
	refusals   atomic.Int32   // requests that must not be sent, those of its scripts included
	calls      int            // how many they have asked for
	labels     event.Labels   // what events of scripts get; made for the first
	deviations deviation.List // what the run's contract says of the step's exchanges
}

// Send carries out pm.sendRequest. It is called from a goroutine of its own.
func (h *host) Send(ctx context.Context, req *script.Request) (*script.Response, error) {
	return h.run.sendFromScript(ctx, h, req)
}

// Emit fills in where an event comes from and hands it on. The script package knows neither
// step nor item.
func (h *host) Emit(e event.Event) {
	switch e := e.(type) {
	case event.Assertion:
		h.assertions++
		if e.Error != nil {
			h.failed = append(h.failed, e.Name)
		}
	case event.Exception:
		if h.exception == nil {
			h.exception = e.Error
		}
	}
	if h.labels.Step == nil {
		h.labels = event.Labels{
			Step:   func(event.Step) event.Step { return h.step },
			Item:   func(event.Item) event.Item { return h.item },
			Script: func(event.Script) event.Script { return h.script },
		}
	}
	h.run.emit.emit(e.Relabelled(h.labels))
}

// Jar is the run's cookie jar, which pm.cookies.jar() changes for requests to come.
func (h *host) Jar() script.Jar { return jar{h.run.jar} }

// Expand replaces placeholders by these scopes, narrowest first. It is pm.variables.replaceIn
// and the like; the run's own notices hear nothing of it. The error is a text that grew too
// large.
func (h *host) Expand(text string, scopes ...script.Scope) (string, error) {
	stack := &variable.Stack{Dynamic: h.run.dynamic, Angles: h.run.stack.Angles, Lenient: h.run.stack.Lenient}
	for _, scope := range scopes {
		stack.Scopes = append(stack.Scopes, scope)
	}
	return stack.Expand(text)
}

// A jar shows the run's cookies to scripts.
type jar struct{ *cookie.Jar }

// Cookies returns the cookies that a request to the URL would carry.
func (j jar) Cookies(url string) []script.Cookie {
	var list []script.Cookie
	for _, c := range j.Jar.Cookies(url) {
		list = append(list, shownCookie(&c))
	}
	return list
}

// Cookie returns the first cookie of that name that a request to the URL would carry.
func (j jar) Cookie(url, name string) (script.Cookie, bool) {
	c, ok := j.Jar.Cookie(url, name)
	if !ok {
		return script.Cookie{}, false
	}
	return shownCookie(&c), true
}

// shownCookie is a cookie with the fields that scripts can read.
func shownCookie(c *cookie.Cookie) script.Cookie {
	return script.Cookie{
		Name: c.Name, Value: c.Value, Domain: c.Domain, Path: c.Path, Expires: c.Expires, HostOnly: c.HostOnly,
		HTTPOnly: c.HTTPOnly, Secure: c.Secure, SameSite: c.SameSite, Session: c.Expires.IsZero() && !c.HasMaxAge, // neither Expires nor Max-Age
		MaxAge: int(c.MaxAge), Extensions: c.Extensions,
	}
}

// SetCookie stores what a Set-Cookie header of that line would. The error says that the line
// is not a cookie, or that the URL may not set it.
func (j jar) SetCookie(url, line string) error { return j.Set(url, line) }

// SetValue stores what a Set-Cookie header of that line would, with another value: one that
// need not be quoted to stand in a line.
func (j jar) SetValue(url, line, value string) error {
	c, err := cookie.Parse(line)
	if err != nil {
		return err
	}
	c.Value = value
	return j.Jar.SetCookie(url, c)
}

// Unset removes the cookie of that name that a request to the URL would carry.
func (j jar) Unset(url, name string) error {
	j.Jar.Unset(url, name)
	return nil
}

// Clear removes every cookie that a request to the URL would carry.
func (j jar) Clear(url string) error {
	j.Jar.Clear(url)
	return nil
}
