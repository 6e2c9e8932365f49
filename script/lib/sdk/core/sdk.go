// Package core is what all classes of the SDK share: constructors and prototypes in Go, calls, values, and the parts of
// requests and responses that are built when a script reads them.
package core

import "github.com/dop251/goja"

// An SDK is the SDK of one runtime. Like the runtime it is not safe for concurrent use.
// Classes are built when they are first asked for: most scripts use three or four of about
// thirty.
type SDK struct {
	Env     Env // clock, randomness and the rest of what the SDK gets from the outside
	VM      *goja.Runtime
	define  func(s *SDK, name string) *Class // makes the description of a class, which is not built yet
	classes map[string]*Class                // built classes by name
	ByProto map[*goja.Object]*Class          // the class of an object, by its prototype
	ByCtor  map[*goja.Object]*Class          // and by its constructor
	Engine  intrinsics                       // functions of the engine as they were before any script ran
	// accessors are the getter and setter of each part's name. All objects share them, which
	// keeps an object with lazy parts cheap.
	accessors map[string][2]*goja.Object
	Module    *goja.Object
	Expect    func(v goja.Value) goja.Value // set by InstallAssertions
	Lean      *goja.Object                  // stands for a response in scripts that ask it for little; nil before the first
	LeanState *State
	Response  func(o *goja.Object, key string) goja.Value // builds the parts of responses; set with the first
	to        *goja.Object                                // the getter of "to"
	states    states
	depth     int // of the value that Go is walking
	Ids       int // counted ids, when there is no Rand
}

// New makes the SDK of a runtime. define describes a class by its name, nil for names that it
// does not know; it is a parameter because the classes import this package. The runtime's
// built-in functions are captured here, so New must be called before a script can replace
// them.
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
