package native

import "github.com/dop251/goja"

// Bytes returns the memory behind an ArrayBuffer, typed array or DataView, shared
// with the script and not copied. ok is false for any other value.
func (e *Env) Bytes(v goja.Value) (b []byte, ok bool) {
	o := Object(v)
	if o == nil {
		return nil, false
	}
	switch x := o.Export().(type) {
	case goja.ArrayBuffer:
		return x.Bytes(), true
	case []byte:
		// A Go slice wrapped by ToValue exports the same way; both are bytes.
		return x, true
	}
	return e.view(o)
}

// view finds the bytes of views whose elements are not bytes, through their buffer.
func (e *Env) view(o *goja.Object) (b []byte, ok bool) {
	if !IsView(o) {
		return nil, false
	}
	buffer, ok := o.Get("buffer").Export().(goja.ArrayBuffer)
	if !ok {
		return nil, false
	}
	offset, length := int(o.Get("byteOffset").ToInteger()), int(o.Get("byteLength").ToInteger())
	all := buffer.Bytes()
	if offset < 0 || length < 0 || offset+length > len(all) {
		return nil, false
	}
	return all[offset : offset+length], true
}

// IsView says that o is a typed array or a DataView.
func IsView(o *goja.Object) bool {
	switch o.Export().(type) {
	case []int8, []byte, []int16, []uint16, []int32, []uint32, []float32, []float64, []int64, []uint64:
		return Object(o.Get("buffer")) != nil
	}
	if o.ClassName() != "DataView" && o.ClassName() != "Object" {
		return false
	}
	tag := o.GetSymbol(goja.SymToStringTag)
	return tag != nil && tag.String() == "DataView"
}

// Uint8Array makes a Uint8Array over b, which it then owns.
func (e *Env) Uint8Array(b []byte) *goja.Object {
	o, err := e.VM.New(e.VM.GlobalObject().Get("Uint8Array"), e.VM.ToValue(e.VM.NewArrayBuffer(b)))
	e.Check(err)
	return o
}
