package engine

import (
	"reflect"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
)

// The engine ends a script whose calls are nested too deeply by an error that the script cannot catch. In V8 that is a
// RangeError like any other, and scripts do catch it. So every function that calls something begins with a call of a
// guard, which throws that error before the engine's own limit is reached: about 35 ns a call.

// maxDepth is how many calls may be nested in a script, those of native functions included. Newman's stack takes some
// 12,000 plain calls, or 5,700 of a function by way of call, which are three here.
const maxDepth = 17000

// maxCallStack is the engine's own limit, which what the guard does not see can reach: recursion inside libraries.
const maxCallStack = maxDepth + 3000

// A depthReader counts the calls that are nested in an engine, which has no such method. The length of its stack is read
// by reflection; an engine that keeps it in another place has no depth, and its own limit counts alone.
type depthReader struct{ calls reflect.Value }

// newDepthReader reads the depth of goja's call stack by reflection. Where another version has no such field the
// reader says 0, and the guard works by the limit alone.
func newDepthReader(vm *goja.Runtime) depthReader {
	inner := reflect.ValueOf(vm).Elem().FieldByName("vm")
	if inner.Kind() != reflect.Pointer || inner.IsNil() {
		return depthReader{}
	}
	calls := inner.Elem().FieldByName("callStack")
	if calls.Kind() != reflect.Slice {
		return depthReader{}
	}
	return depthReader{calls}
}

func (d depthReader) depth() int {
	if !d.calls.IsValid() {
		return 0
	}
	return d.calls.Len()
}

// stack throws where calls are nested too deeply.
func (b *bounds) stack(goja.Value) {
	if b.depths.depth() > maxDepth {
		panic(jsvalue.NewError(b.vm, "RangeError", "Maximum call stack size exceeded"))
	}
}
