package sdk

import (
	"strconv"

	"github.com/dop251/goja"

	"posthaste/script/module/lazy"
)

// items reads an array into a slice; what is no array is empty.
func items(v goja.Value) []goja.Value { return itemsUpTo(v, maxItems) }

func itemsUpTo(v goja.Value, most int) []goja.Value {
	o, ok := v.(*goja.Object)
	if !ok || lazy.Class(o) != "Array" {
		return nil
	}
	n := min(int(get(o, "length").ToInteger()), most)
	list := make([]goja.Value, 0, min(n, 1<<16))
	for i := range n {
		list = append(list, get(o, strconv.Itoa(i)))
	}
	return list
}

// array makes a JavaScript array.
func (s *SDK) array(list []goja.Value) *goja.Object {
	anys := make([]any, len(list))
	for i, v := range list {
		anys[i] = v
	}
	return s.vm.NewArray(anys...)
}

// texts makes a JavaScript array of strings.
func (s *SDK) texts(list []string) *goja.Object {
	anys := make([]any, len(list))
	for i, v := range list {
		anys[i] = v
	}
	return s.vm.NewArray(anys...)
}

// refill makes an existing array hold list.
func (s *SDK) refill(o *goja.Object, list []goja.Value) {
	for i, v := range list {
		set(o, strconv.Itoa(i), v)
	}
	_ = o.Set("length", len(list))
}
