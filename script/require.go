package script

import "github.com/dop251/goja"

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

// The rest is lib.Sandbox: the libraries that the sandbox itself works with.

// Ajv is require('ajv').
func (s *instance) Ajv() goja.Value { return s.schema.Ajv() }

// Chai is require('chai'), which pm.expect uses too: plugins change both.
func (s *instance) Chai() goja.Value { return s.chai.Module() }

// TV4 is require('tv4').
func (s *instance) TV4() goja.Value { return s.schema.TV4() }
