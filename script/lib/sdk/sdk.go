package sdk

import (
	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/chai"
	"posthaste/script/lib/chai/assertion"
	"posthaste/script/lib/sdk/assert"
	"posthaste/script/lib/sdk/cookie"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/request"
	"posthaste/script/lib/sdk/response"
)

type (
	// Env is what the SDK may use of the outside.
	Env = core.Env
	// Response is what pm.response and the responses to pm.sendRequest show.
	Response = core.Response
	// Cookie is one cookie of a CookieList.
	Cookie = core.Cookie
)

// An SDK is the SDK of one runtime. Like the runtime it is not safe for concurrent use.
type SDK struct {
	core *core.SDK
	chai *chai.Chai     // nil without assertions
	lean *response.Lean // nil before it is asked for
}

// New prepares the SDK of a runtime. It must be called before scripts run, because it remembers the
// engine's own functions; everything else is made when first used.
func New(env Env) *SDK { return &SDK{core: core.New(env, define)} }

// InstallAssertions adds chai-postman's assertions to c, and makes "to" of the SDK's requests and
// responses begin an assertion of c.
func InstallAssertions(c *chai.Chai, s *SDK) {
	assert.Install(c, s.core)
	s.chai = c
}

// makeLean makes what stands for responses.
func (s *SDK) makeLean() {
	s.lean = response.NewLean(s.core, func() goja.Value {
		if assertion.Shown(s.chai.Library) || s.core.LeanState.Touch {
			return jsvalue.Get(s.core.Object(s.lean.Full()), "to")
		}
		return assertion.Passing(s.chai.Library, s.core.Lean, goja.Undefined()).Value()
	})
	assert.StandIn(s.chai, s.core.Lean, s.lean.Full)
}

// Retire is to be called when a script has ended: the requests and responses that were made for it live on only where it
// kept them.
func (s *SDK) Retire() {
	s.core.Retire()
	if s.lean != nil {
		s.lean.Drop()
	}
}

// Module is the value of require('postman-collection'). Each constructor is made when first read.
func (s *SDK) Module() *goja.Object { return module(s.core) }

// Request shows r as pm.request, without changing it: see request.New.
func (s *SDK) Request(r *collection.Request) *goja.Object {
	return request.New(s.core, r)
}

// Changed says whether a script has changed, or may have changed, a request that Request made.
func (s *SDK) Changed(o *goja.Object) bool { return request.Changed(s.core, o) }

// ReadRequest reads what scripts use as a request: an instance of Request, its definition, or the text of a URL.
func (s *SDK) ReadRequest(v goja.Value) (collection.Request, error) { return request.Read(s.core, v) }

// Response shows r as pm.response.
func (s *SDK) Response(r Response) *goja.Object {
	if s.lean != nil {
		s.lean.Replaced()
	}
	return response.New(s.core, r)
}

// LeanResponse shows r to a script that reads nothing of it but code, status, responseTime, responseSize and to, calls nothing but
// json and text, and keeps none of these but what the two return; an assertion must be followed at once. It is an object that stands
// for that response until Retire, and nil where only Response will do. full makes the response where an assertion needs it.
func (s *SDK) LeanResponse(r Response, full func() *goja.Object) *goja.Object {
	if s.chai == nil {
		return nil
	}
	if s.lean == nil {
		s.makeLean()
	}
	return s.lean.Show(r, full)
}

// CookieList shows cookies, without a parent.
func (s *SDK) CookieList(list []Cookie) *goja.Object {
	return cookie.List(s.core, goja.Undefined(), list)
}
