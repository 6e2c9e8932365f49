package sdk

import (
	"github.com/dop251/goja"
)

// An SDK is the SDK of one runtime. Like the runtime it is not safe for concurrent use.
type SDK struct {
	env     Env
	vm      *goja.Runtime
	define  func(s *SDK, name string) *class // makes the description of a class, which is not built yet
	classes map[string]*class
	byProto map[*goja.Object]*class
	byCtor  map[*goja.Object]*class
	engine  intrinsics
	// accessors are the getter and setter of each part's name.
	accessors map[string][2]*goja.Object
	module    *goja.Object
	expect    func(v goja.Value) goja.Value // set by InstallAssertions
	to        *goja.Object                  // the getter of "to"
	depth     int                           // of the value that Go is walking
	ids       int                           // counted ids, when there is no Rand
}

// newSDK is New with what knows the classes.
func newSDK(env Env, define func(s *SDK, name string) *class) *SDK {
	return &SDK{
		define: define,
		env:    env, vm: env.VM,
		classes: map[string]*class{},
		byProto: map[*goja.Object]*class{},
		byCtor:  map[*goja.Object]*class{},
		engine:  captureIntrinsics(env.VM),

		accessors: map[string][2]*goja.Object{},
	}
}
