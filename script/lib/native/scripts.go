package native

import (
	"io/fs"
	"sync"

	"github.com/dop251/goja"
)

// Scripts are JavaScript files of our own. Each is the body of a strict function, and is compiled once a process: a
// compiled program is immutable, so all runtimes share it. Safe for concurrent use.
type Scripts struct {
	files    fs.FS
	label    string // before the name in stack traces
	params   string // of the function, as JavaScript
	compiled sync.Map
}

// NewScripts returns the files js/NAME.js of an embedded file system. A stack trace shows them as label and name.
func NewScripts(files fs.FS, label, params string) *Scripts {
	return &Scripts{files: files, label: label, params: params}
}

// Function returns the function of a file, made in a runtime. Errors are those of a build without the file, or of a
// file that is no JavaScript.
func (s *Scripts) Function(vm *goja.Runtime, name string) (goja.Value, error) {
	program, err := s.program(name)
	if err != nil {
		return nil, err
	}
	return vm.RunProgram(program)
}

// Compiling a file costs milliseconds, which every new runtime would pay.
func (s *Scripts) program(name string) (*goja.Program, error) {
	if program, ok := s.compiled.Load(name); ok {
		return program.(*goja.Program), nil
	}
	source, err := fs.ReadFile(s.files, "js/"+name+".js")
	if err != nil {
		return nil, err
	}
	program, err := goja.Compile(s.label+name, "(function ("+s.params+") { 'use strict';"+string(source)+"\n})", false)
	if err != nil {
		return nil, err
	}
	s.compiled.Store(name, program) // two runtimes at once compile it twice, which is harmless
	return program, nil
}
