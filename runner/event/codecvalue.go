package event

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// The events are plain data: structs, lists, pointers, text, numbers and truth values. The codec walks them by
// their fields, so a field that is added to an event is in its NDJSON form too.

// encodeMembers writes the members of an event after those that the line begins with.
func encodeMembers(b *bytes.Buffer, e Event) error {
	return eachField(reflect.ValueOf(e), func(name string, v reflect.Value) error {
		b.WriteString(`,"` + name + `":`)
		return encodeValue(b, v)
	})
}

// eachField calls f for every field of a struct that is not at its zero value.
func eachField(v reflect.Value, f func(string, reflect.Value) error) error {
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			continue
		}
		if err := f(memberName(v.Type().Field(i).Name), v.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

// memberName is a field's name in JSON: ID is id, BodyMode is bodyMode.
func memberName(field string) string {
	if strings.ToUpper(field) == field {
		return strings.ToLower(field)
	}
	return strings.ToLower(field[:1]) + field[1:]
}

// encodeValue writes durations in milliseconds, and bytes that are not UTF-8 as {"base64": …}.
func encodeValue(b *bytes.Buffer, v reflect.Value) error {
	switch x := v.Interface().(type) {
	case time.Time:
		return encodeJSON(b, x.Format(time.RFC3339Nano))
	case time.Duration:
		b.WriteString(strconv.FormatFloat(float64(x)/float64(time.Millisecond), 'f', -1, 64))
		return nil
	case []byte:
		return encodeText(b, string(x))
	case string:
		return encodeText(b, x)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.Elem().IsZero() {
			b.WriteString("{}")
			return nil
		}
		return encodeValue(b, v.Elem())
	case reflect.Struct:
		separator := byte('{')
		err := eachField(v, func(name string, f reflect.Value) error {
			b.WriteByte(separator)
			separator = ','
			b.WriteString(`"` + name + `":`)
			return encodeValue(b, f)
		})
		if separator == '{' { // a list may hold zero structs
			b.WriteByte('{')
		}
		b.WriteByte('}')
		return err
	case reflect.Slice:
		b.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := encodeValue(b, v.Index(i)); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	default:
		return encodeJSON(b, v.Interface())
	}
}

// encodeText writes text that JSON can hold as it is, and other bytes in base64.
func encodeText(b *bytes.Buffer, text string) error {
	if utf8.ValidString(text) {
		return encodeJSON(b, text)
	}
	b.WriteString(`{"base64":"` + base64.StdEncoding.EncodeToString([]byte(text)) + `"}`)
	return nil
}

func encodeJSON(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the line break that Encode adds
	return nil
}

// decodeMembers returns an event like e with the members that the line has.
func decodeMembers(line []byte, e Event) (Event, error) {
	v := reflect.New(reflect.TypeOf(e)).Elem()
	if err := decodeValue(line, v); err != nil {
		return nil, fmt.Errorf("reading %s: %w", e.Kind(), err)
	}
	decoded, _ := v.Interface().(Event) // it is of e's type
	return decoded, nil
}

// decodeValue is the inverse of encodeValue. It refuses durations that Go cannot hold: recordings come from anywhere.
func decodeValue(text json.RawMessage, v reflect.Value) error {
	switch v.Interface().(type) {
	case time.Time:
		return json.Unmarshal(text, v.Addr().Interface())
	case time.Duration:
		var ms float64
		if err := json.Unmarshal(text, &ms); err != nil {
			return err
		}
		ns := math.Round(ms * float64(time.Millisecond))
		if math.Abs(ns) >= math.MaxInt64 {
			return fmt.Errorf("%s ms is no duration", text)
		}
		v.SetInt(int64(ns))
		return nil
	case []byte:
		data, err := decodeText(text)
		v.SetBytes([]byte(data))
		return err
	case string:
		data, err := decodeText(text)
		v.SetString(data)
		return err
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return decodeValue(text, v.Elem())
	case reflect.Struct:
		return decodeStruct(text, v)
	case reflect.Slice:
		var list []json.RawMessage
		if err := json.Unmarshal(text, &list); err != nil {
			return err
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
		for i, element := range list {
			if err := decodeValue(element, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	default:
		return json.Unmarshal(text, v.Addr().Interface())
	}
}

// decodeStruct ignores members that it does not know, so that newer recordings can be read.
func decodeStruct(text json.RawMessage, v reflect.Value) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return err
	}
	for i := range v.NumField() {
		name := memberName(v.Type().Field(i).Name)
		member, ok := members[name]
		if !ok || string(member) == "null" {
			continue
		}
		if err := decodeValue(member, v.Field(i)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func decodeText(text json.RawMessage) (string, error) {
	if len(text) > 0 && text[0] == '{' {
		var binary struct{ Base64 []byte }
		err := json.Unmarshal(text, &binary)
		return string(binary.Base64), err
	}
	var s string
	err := json.Unmarshal(text, &s)
	return s, err
}
