package script

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/cheerio"
)

// makeRequire is require(): our own modules first, then what the sandbox itself is, then bundled libraries.
func (r *run) makeRequire() goja.Value {
	s := r.instance
	return s.env.Func("require", 1, func(call goja.FunctionCall) goja.Value {
		name := call.Argument(0).String()
		if v, ok := s.lookModule(name); ok {
			return v
		}
		s.env.Throw("Error", "Cannot find module '"+name+"'")
		return nil
	})
}

func (s *instance) lookModule(name string) (goja.Value, bool) {
	switch name {
	case "chai":
		return s.chai.Module(), true
	case "json":
		return s.env.JSON, true
	case "ajv":
		return s.schema.Ajv(), true
	case "tv4":
		return s.schema.TV4(), true
	case "postman-collection":
		return s.collectionModule(), true
	case "cheerio":
		return s.kept("require cheerio", func() goja.Value { return cheerio.New(s.env) }), true
	case "fs":
		return s.kept("require fs", func() goja.Value { return s.vm.NewObject() }), true
	}
	if v, ok := s.modules.Require(name); ok {
		return v, true
	}
	if isBundled(name) {
		return s.library(name), true
	}
	return nil, false
}

// isBundled says that Postman offers name and that it comes as JavaScript of others.
func isBundled(name string) bool {
	switch name {
	case "lodash", "lodash3", "moment", "backbone", "stream":
		return true
	}
	return false
}

// library loads a bundled library once for the realm.
func (s *instance) library(name string) goja.Value {
	if v, ok := s.libraries[name]; ok {
		return v
	}
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
	v := s.loadModule(program)
	s.libraries[name] = v
	return v
}
