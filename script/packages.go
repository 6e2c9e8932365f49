package script

import (
	"errors"
	"path"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/engine/failure"
	"posthaste/script/packages"
)

// makePackageRequire is pm.require: packages of the folder that Options.Packages is, never the network.
func (r *run) makePackageRequire() goja.Value {
	s := r.instance
	return s.env.Func("require", 1, func(call goja.FunctionCall) goja.Value {
		name := call.Argument(0).String()
		if s.packages == nil {
			s.env.Throw("Error", "Cannot find package '"+name+"': no folder of packages was given (--packages)")
		}
		file, err := s.packages.Find(name)
		if err != nil {
			s.cannotFind(name, err)
		}
		var exports goja.Value
		if thrown := s.vm.Try(func() { exports = s.cur.loadFile(file) }); thrown != nil {
			panic(s.inPackage(name, thrown.Value()))
		}
		return exports
	})
}

// inPackage says in an error's message which package it comes from (Postman's words).
func (s *instance) inPackage(name string, thrown goja.Value) goja.Value {
	prefix := "Error in package '" + name + "': "
	if o, ok := thrown.(*goja.Object); ok {
		if message := o.Get("message"); message != nil && goja.IsString(message) && !strings.HasPrefix(message.String(), "Error in package '") {
			_ = o.Set("message", prefix+message.String())
		}
	}
	return thrown
}

// cannotFind throws the error for a name that leads nowhere. A refused package says so itself.
func (s *instance) cannotFind(name string, err error) {
	var missing *packages.NotFound
	if errors.As(err, &missing) {
		s.env.Throw("Error", "Cannot find package '"+name+"': "+err.Error())
	}
	s.env.Throw("Error", err.Error())
}

// maxPackageDepth ends packages that require each other without end.
const maxPackageDepth = 200

// loadFile runs a file of a package, once for each script, and returns its exports. A file that is still being
// run gives what it has exported so far.
func (r *run) loadFile(file packages.File) goja.Value {
	if m, ok := r.files[file.Path]; ok {
		return m.Get("exports")
	}
	if len(r.files) > maxPackageDepth {
		r.instance.env.Throw("Error", "too many files of packages require each other")
	}
	text, err := r.instance.packages.Read(file)
	if err != nil {
		r.instance.env.Throw("Error", err.Error())
	}
	module := r.instance.vm.NewObject()
	_ = module.Set("id", file.Name())
	_ = module.Set("filename", file.Path)
	_ = module.Set("loaded", false)
	_ = module.Set("exports", r.instance.vm.NewObject())
	if r.files == nil {
		r.files = map[string]*goja.Object{}
	}
	r.files[file.Path] = module
	if path.Ext(file.Path) == ".json" {
		_ = module.Set("exports", r.instance.realm.JSON(text))
		return module.Get("exports")
	}
	r.runFile(file, text, module)
	_ = module.Set("loaded", true)
	return module.Get("exports")
}

// runFile runs a file of a package. One that fails is forgotten, so that the next require fails alike.
func (r *run) runFile(file packages.File, text string, module *goja.Object) {
	variant := "package"
	if strings.HasPrefix(file.Package, "npm:") {
		variant = "npm package"
	}
	program, err := r.instance.realm.Cache.Module(file.Name(), text, r.instance.names[variant])
	if err != nil {
		delete(r.files, file.Path)
		r.instance.throwFault(err)
	}
	hosts := make([]goja.Value, len(program.Names))
	for i, name := range program.Names {
		hosts[i] = r.hostValue(name)
	}
	require := r.fileRequire(file)
	if err := r.instance.realm.RunFile(program, hosts, module, require, file.Path, path.Dir(file.Path)); err != nil {
		delete(r.files, file.Path)
		panic(r.instance.realm.Rethrow(err))
	}
}

// fileRequire is require inside a file of a package.
func (r *run) fileRequire(file packages.File) goja.Value {
	s := r.instance
	return s.env.Func("require", 1, func(call goja.FunctionCall) goja.Value {
		name := call.Argument(0).String()
		found, ok, err := s.packages.Resolve(file, name)
		switch {
		case err != nil:
			s.cannotFind(name, err)
		case ok:
			return s.cur.loadFile(found)
		}
		if v, ok := s.modules.Require(name); ok {
			return v
		}
		s.env.Throw("Error", "Cannot find module '"+name+"', which "+file.Name()+" requires")
		return nil
	})
}

// throwFault throws an error of the compiler into the script.
func (s *instance) throwFault(err error) {
	var fault *failure.Fault
	if errors.As(err, &fault) {
		s.env.Throw(fault.Name, fault.Message)
	}
	s.env.Throw("Error", err.Error())
}
