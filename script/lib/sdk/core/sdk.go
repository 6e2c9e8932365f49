// Package core is what all classes of the SDK share: constructors and prototypes in Go, calls, values, and the parts of
// requests and responses that are built when a script reads them.
package core

import "github.com/dop251/goja"

// An SDK is the SDK of one runtime. Like the runtime it is not safe for concurrent use.
type SDK struct {
	Env     Env
	VM      *goja.Runtime
	define  func(s *SDK, name string) *Class // makes the description of a class, which is not built yet
	classes map[string]*Class
	ByProto map[*goja.Object]*Class
	ByCtor  map[*goja.Object]*Class
	Engine  intrinsics
	// accessors are the getter and setter of each part's name.
	accessors map[string][2]*goja.Object
	Module    *goja.Object
	Expect    func(v goja.Value) goja.Value // set by InstallAssertions
	to        *goja.Object                  // the getter of "to"
	depth     int                           // of the value that Go is walking
	Ids       int                           // counted ids, when there is no Rand
}

// New is New with what knows the classes.
func New(env Env, define func(s *SDK, name string) *Class) *SDK {
	return &SDK{
		define: define,
		Env:    env, VM: env.VM,
		classes: map[string]*Class{},
		ByProto: map[*goja.Object]*Class{},
		ByCtor:  map[*goja.Object]*Class{},
		Engine:  captureIntrinsics(env.VM),

		accessors: map[string][2]*goja.Object{},
	}
}
