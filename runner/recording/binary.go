package recording

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"time"

	"posthaste/runner/event"
)

// The binary form of events is for a spool, which the same process reads: it has no names and
// no version. Fields come in their order; a list, a text and a pointer say first whether they
// are there. A text that came before is the number of its first coming: the events of a step
// repeat what they have in common.

// kinds are the types of events, in the order by which the binary form numbers them.
func kinds() (list []reflect.Type) {
	for _, e := range event.Kinds() {
		list = append(list, reflect.TypeOf(e))
	}
	return list
}

// What texts are kept to be referred to: so many, of so many bytes each. Then both sides
// begin again. Longer texts, such as bodies, hardly ever come twice.
const (
	mostKept    = 4096
	longestKept = 256
)

//nolint:gochecknoglobals // types
var (
	timeType  = reflect.TypeFor[time.Time]()
	bytesType = reflect.TypeFor[[]byte]()
)

// A writer writes values into data, to which it appends.
type writer struct {
	data []byte
	// The number of each text that was written in full.
	kept map[string]uint64
}

// value writes any value that an event has. A type that is not listed is an error, so that a
// new field cannot be lost in silence.
func (w *writer) value(v reflect.Value) error {
	switch v.Type() {
	case timeType:
		at, _ := v.Interface().(time.Time) // it is of that type
		data, err := at.MarshalBinary()
		if err != nil {
			return err
		}
		w.number(uint64(len(data)))
		w.data = append(w.data, data...)
		return nil
	case bytesType:
		if w.list(v) {
			w.data = append(w.data, v.Bytes()...)
		}
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		w.text(v.String())
	case reflect.Bool:
		if v.Bool() {
			w.data = append(w.data, 1)
		} else {
			w.data = append(w.data, 0)
		}
	case reflect.Int, reflect.Int64:
		w.data = binary.AppendVarint(w.data, v.Int())
	case reflect.Struct:
		for i := range v.NumField() {
			if err := w.value(v.Field(i)); err != nil {
				return err
			}
		}
	case reflect.Slice:
		if w.list(v) {
			for i := range v.Len() {
				if err := w.value(v.Index(i)); err != nil {
					return err
				}
			}
		}
	case reflect.Pointer:
		if v.IsNil() {
			w.data = append(w.data, 0)
			return nil
		}
		w.data = append(w.data, 1)
		return w.value(v.Elem())
	default:
		return fmt.Errorf("a spool cannot hold %s", v.Type())
	}
	return nil
}

// number writes a count or an index in as few bytes as it needs.
func (w *writer) number(n uint64) { w.data = binary.AppendUvarint(w.data, n) }

// list writes the length of a list, and reports whether there is anything in it. Nil is 0, so
// an empty one is 1: what was nil comes back as nil.
func (w *writer) list(v reflect.Value) bool {
	if v.IsNil() {
		w.number(0)
		return false
	}
	w.number(uint64(v.Len()) + 1)
	return v.Len() > 0
}

// text writes each text once and then refers to it by number. Reader and writer forget at the
// same place. The lowest bit tells a number (1) from a length (0).
func (w *writer) text(s string) {
	if n, ok := w.kept[s]; ok {
		w.number(n<<1 | 1)
		return
	}
	w.number(uint64(len(s)) << 1)
	w.data = append(w.data, s...)
	if len(s) == 0 || len(s) > longestKept {
		return
	}
	if w.kept == nil || len(w.kept) == mostKept {
		w.kept = make(map[string]uint64, mostKept)
	}
	w.kept[s] = uint64(len(w.kept))
}

// errSpool is the error for a file that was changed or cut: a spool has no other reader.
var errSpool = errors.New("it is damaged")

// A reader reads what a writer wrote, event by event. Texts are kept from one to the next.
type reader struct {
	data []byte
	kept []string
}

// value reads into a value that can be set, of the type that was written.
func (r *reader) value(v reflect.Value) error {
	switch v.Type() {
	case timeType:
		data, err := r.bytes()
		if err != nil {
			return err
		}
		var at time.Time
		if err := at.UnmarshalBinary(data); err != nil {
			return err
		}
		v.Set(reflect.ValueOf(at))
		return nil
	case bytesType:
		n, there, err := r.list()
		if err != nil || !there {
			return err
		}
		v.SetBytes(append(make([]byte, 0, n), r.data[:n]...))
		r.data = r.data[n:]
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		s, err := r.text()
		v.SetString(s)
		return err
	case reflect.Bool:
		there, err := r.there()
		v.SetBool(there)
		return err
	case reflect.Int, reflect.Int64:
		n, size := binary.Varint(r.data)
		if size <= 0 {
			return errSpool
		}
		r.data = r.data[size:]
		v.SetInt(n)
	default:
		return r.composite(v)
	}
	return nil
}

// composite reads a value that consists of others. Events hold no other kinds: a test writes
// each.
func (r *reader) composite(v reflect.Value) error {
	switch v.Kind() { //nolint:exhaustive // see above
	case reflect.Struct:
		for i := range v.NumField() {
			if err := r.value(v.Field(i)); err != nil {
				return err
			}
		}
		return nil
	case reflect.Slice:
		n, there, err := r.list()
		if err != nil || !there {
			return err
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			if err := r.value(v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	case reflect.Pointer:
		there, err := r.there()
		if err != nil || !there {
			return err
		}
		v.Set(reflect.New(v.Type().Elem()))
		return r.value(v.Elem())
	}
	return fmt.Errorf("%w: a spool holds no %s", errSpool, v.Kind())
}

// number is the inverse of the writer's.
func (r *reader) number() (uint64, error) {
	n, size := binary.Uvarint(r.data)
	if size <= 0 {
		return 0, errSpool
	}
	r.data = r.data[size:]
	return n, nil
}

// there reads a byte that says whether a pointer is nil, or what a bool is.
func (r *reader) there() (bool, error) {
	if len(r.data) == 0 {
		return false, errSpool
	}
	there := r.data[0] != 0
	r.data = r.data[1:]
	return there, nil
}

// list reads the length of a list, each of whose elements takes a byte at least, and whether
// the list is there. Lengths beyond the rest of the data are refused before memory is taken
// for them.
func (r *reader) list() (n int, there bool, err error) {
	length, err := r.number()
	if err != nil || length == 0 {
		return 0, false, err
	}
	if length-1 > uint64(len(r.data)) {
		return 0, false, errSpool
	}
	return int(length - 1), true, nil
}

// bytes reads a length and as many bytes, which are part of the data.
func (r *reader) bytes() ([]byte, error) {
	n, err := r.number()
	if err != nil || n > uint64(len(r.data)) {
		return nil, errSpool
	}
	data := r.data[:n]
	r.data = r.data[n:]
	return data, nil
}

// text is the inverse of the writer's. Numbers and lengths are checked: the file may be
// damaged.
func (r *reader) text() (string, error) {
	n, err := r.number()
	switch {
	case err != nil:
		return "", err
	case n&1 != 0 && n>>1 < uint64(len(r.kept)):
		return r.kept[n>>1], nil
	case n&1 != 0 || n>>1 > uint64(len(r.data)):
		return "", errSpool
	}
	s := string(r.data[:n>>1])
	r.data = r.data[n>>1:]
	if len(s) == 0 || len(s) > longestKept {
		return s, nil
	}
	if len(r.kept) == mostKept {
		r.kept = r.kept[:0]
	}
	r.kept = append(r.kept, s)
	return s, nil
}
