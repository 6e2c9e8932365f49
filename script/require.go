package script

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"
)

// makeRequire is require(), which knows what lib.Table lists.
func (r *run) makeRequire() goja.Value {
	s := r.instance
	return s.env.Func("require", 1, func(call goja.FunctionCall) goja.Value {
		name := call.Argument(0).String()
		if v, ok := s.modules.Require(name); ok {
			return v
		}
		s.env.Throw("Error", "Cannot find module '"+name+"'")
		return nil
	})
}

// The rest is lib.Sandbox: the libraries that the sandbox itself works with, and the bundled ones.

// Ajv is require('ajv').
func (s *instance) Ajv() goja.Value { return s.schema.Ajv() }

// Chai is require('chai'), which pm.expect uses too: plugins change both.
func (s *instance) Chai() goja.Value { return s.chai.Module() }

// TV4 is require('tv4').
func (s *instance) TV4() goja.Value { return s.schema.TV4() }

// Bundle loads a library that was bundled into this binary. It throws when the binary was built without it.
func (s *instance) Bundle(name string) goja.Value {
	source, ok := "", false
	if s.opt.Libraries != nil {
		source, ok = s.opt.Libraries(name)
	}
	if !ok {
		shown := strings.TrimSuffix(name, "3") // the global _ is lodash 3
		s.env.Throw("Error", fmt.Sprintf("%s is not built into this binary; run make libs and build again", shown))
	}
	program, err := s.realm.Cache.Library(name, source)
	if err != nil {
		s.env.Throw("Error", err.Error())
	}
	return s.loadModule(program)
}
