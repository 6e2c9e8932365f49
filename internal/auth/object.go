package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
)

// An object is a JSON object that keeps its keys in order, so that tokens come out as newman's do: as JavaScript's
// JSON.stringify(JSON.parse(…)) writes them. Values are compact JSON.
type object struct {
	keys   []string
	values map[string]string
}

// parseObject reads a JSON object and nothing but one: text after it is an error. Of a key
// that occurs twice the last value counts, at the place of the first, as in JavaScript.
func parseObject(text string) (*object, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber() // numbers are formatted as JavaScript does, which a float64 printed by Go would not be
	first, err := d.Token()
	if err != nil {
		return nil, jsonError(err)
	}
	if first != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	o, err := readObject(d)
	if err != nil {
		return nil, jsonError(err)
	}
	if _, err = d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more behind the JSON object")
	}
	return o, nil
}

// jsonError words the end of the input for a person; other errors of the decoder say enough.
func jsonError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the JSON ends too early")
	}
	return err
}

// readObject reads what follows an opening brace, up to and with the closing one.
func readObject(d *json.Decoder) (*object, error) {
	o := &object{values: map[string]string{}}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		value, err := readValue(d)
		if err != nil {
			return nil, err
		}
		o.set(key.(string), value) // the decoder gives nothing else for a key
	}
	_, err := d.Token()
	return o, err
}

// readValue reads a value and writes it compactly, without spaces, with numbers and strings
// as JSON.stringify writes them.
func readValue(d *json.Decoder) (string, error) {
	t, err := d.Token()
	if err != nil {
		return "", err
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			o, err := readObject(d)
			if err != nil {
				return "", err
			}
			return o.String(), nil
		}
		// An array. Its elements keep their order, unlike an object's keys.
		var list []string
		for d.More() {
			v, err := readValue(d)
			if err != nil {
				return "", err
			}
			list = append(list, v)
		}
		_, err := d.Token()
		return "[" + strings.Join(list, ",") + "]", err
	case json.Number:
		f, _ := strconv.ParseFloat(t.String(), 64) // what is too large is infinite, as in JavaScript
		return collection.NumberValue(f).JSONText(), nil
	case string:
		return collection.Quote(t), nil
	case nil:
		return "null", nil
	}
	return fmt.Sprint(t), nil // true and false
}

// set replaces a value where it stands, or adds it at the end. value is JSON.
func (o *object) set(key, value string) {
	if _, known := o.values[key]; !known {
		o.keys = append(o.keys, key)
	}
	o.values[key] = value
}

// truthy returns a value as JSON, "" where it is absent or JavaScript takes it for false.
// Numbers are already in JavaScript's form, so "0.0" and "-0" cannot occur.
func (o *object) truthy(key string) string {
	switch v := o.values[key]; v {
	case "null", "false", "0", `""`:
		return ""
	default:
		return v
	}
}

// String writes the object, keys that are numbers first and in their order, as JavaScript has
// them (ECMA-262, OrdinaryOwnPropertyKeys).
func (o *object) String() string {
	var indexes, rest []string
	for _, k := range o.keys {
		if isIndex(k) {
			indexes = append(indexes, k)
		} else {
			rest = append(rest, k)
		}
	}
	// Without leading zeros, the longer number is the greater one, so no conversion is
	// needed.
	slices.SortFunc(indexes, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	var b bytes.Buffer
	b.WriteByte('{')
	for i, k := range append(indexes, rest...) {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(collection.Quote(k) + ":" + o.values[k])
	}
	b.WriteByte('}')
	return b.String()
}

// isIndex reports whether JavaScript takes a key for an array index: 0 to 2³²−2 in its
// shortest form, so not "01" and not "+1".
func isIndex(key string) bool {
	n, err := strconv.ParseUint(key, 10, 32)
	return err == nil && n < 1<<32-1 && key == strconv.FormatUint(n, 10)
}
