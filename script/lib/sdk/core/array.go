package core

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"posthaste/script/jsvalue"
	"posthaste/script/lib/lazy"
)

// Items reads an array into a slice; what is no array is empty.
func Items(v goja.Value) []goja.Value { return ItemsUpTo(v, maxItems) }

// ItemsUpTo returns the elements of an array, at most so many.
func ItemsUpTo(v goja.Value, most int) []goja.Value {
	o, ok := v.(*goja.Object)
	if !ok || lazy.Class(o) != "Array" {
		return nil
	}
	n := min(int(jsvalue.Get(o, "length").ToInteger()), most)
	list := make([]goja.Value, 0, min(n, 1<<16))
	for i := range n {
		list = append(list, jsvalue.Get(o, strconv.Itoa(i)))
	}
	return list
}

// Array makes a JavaScript array.
func (s *SDK) Array(list []goja.Value) *goja.Object { return jsvalue.Array(s.VM, list) }

// Texts makes a JavaScript array of strings.
func (s *SDK) Texts(list []string) *goja.Object {
	anys := make([]any, len(list))
	for i, v := range list {
		anys[i] = v
	}
	return s.VM.NewArray(anys...)
}

// Refill makes an existing array hold list.
func (s *SDK) Refill(o *goja.Object, list []goja.Value) {
	for i, v := range list {
		Set(o, strconv.Itoa(i), v)
	}
	_ = o.Set("length", len(list))
}

// Lower is text in lower case.
func Lower(text string) string { return strings.ToLower(text) }

// JoinTexts joins as Array.prototype.join does: null and undefined are empty.
func JoinTexts(list []goja.Value, separator string) string {
	parts := make([]string, len(list))
	for i, v := range list {
		if !jsvalue.IsNullish(v) {
			parts[i] = Text(v)
		}
	}
	return strings.Join(parts, separator)
}

// ReadTexts returns the elements of an array as texts.
func ReadTexts(list goja.Value) []string {
	all := Items(list)
	texts := make([]string, len(all))
	for i, v := range all {
		if !jsvalue.IsNullish(v) {
			texts[i] = Text(v)
		}
	}
	return texts
}
