package eventtest

import (
	"reflect"
	"time"

	"posthaste/runner/event"
)

// Filled returns a value of e's type with something in every field, so that no field can be forgotten.
func Filled(e event.Event) event.Event {
	v := reflect.New(reflect.TypeOf(e)).Elem()
	n := int64(0)
	fill(v, &n)
	full, _ := v.Interface().(event.Event) // it is of e's type
	return full
}

// fill gives every field a value of its own, so that a codec or a masker that forgets a field is found.
func fill(v reflect.Value, n *int64) {
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 11, 22, 5, 0, 0, int(*n), time.UTC)))
		return
	case []byte:
		v.SetBytes([]byte{0xff, byte(*n), 'a'})
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.String:
		v.SetString("text " + string(rune('a'+*n%26)) + " <é\x00> \u2028")
	case reflect.Int, reflect.Int64:
		v.SetInt(1_234_567_890_000 + *n)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("a field of kind " + v.Kind().String() + " that the codec does not know")
	}
}
