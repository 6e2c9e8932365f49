package collection

import (
	"slices"

	"github.com/tidwall/gjson"
)

// A jsonWriter puts JSON together. It adds the commas. What it is told to write is not
// checked: braces must be balanced and raw values must be JSON.
type jsonWriter struct {
	buf     []byte
	postman bool // write what Postman writes, not its SDK: url.raw, and no "_"
}

// comma separates a value from the one before it. It looks at the last byte, so no state is
// kept: after an opening bracket or a colon none is needed.
func (j *jsonWriter) comma() {
	if n := len(j.buf); n > 0 && j.buf[n-1] != '{' && j.buf[n-1] != '[' && j.buf[n-1] != ':' {
		j.buf = append(j.buf, ',')
	}
}

// open begins an object or a list.
func (j *jsonWriter) open(bracket byte) {
	j.comma()
	j.buf = append(j.buf, bracket)
}

// close ends it, with the bracket that fits.
func (j *jsonWriter) close(bracket byte) { j.buf = append(j.buf, bracket) }

// key begins a member; its value must follow.
func (j *jsonWriter) key(k string) {
	j.comma()
	j.buf = append(AppendQuote(j.buf, k), ':')
}

// raw writes a key and a value that is JSON already; without key, a list's element, or a
// member whose text holds its key.
func (j *jsonWriter) raw(key, value string) {
	if key != "" {
		j.key(key)
	} else {
		j.comma()
	}
	j.buf = append(j.buf, value...)
}

// text writes a member that is a string.
func (j *jsonWriter) text(key, value string) {
	j.key(key)
	j.buf = AppendQuote(j.buf, value)
}

// optional writes a text unless it is empty.
func (j *jsonWriter) optional(key, value string) {
	if value != "" {
		j.text(key, value)
	}
}

// flag writes a member that is true, or nothing: false is what is missing.
func (j *jsonWriter) flag(key string, set bool) {
	if set {
		j.raw(key, "true")
	}
}

// value writes a value unless it is undefined. Null is written.
func (j *jsonWriter) value(key string, v Value) {
	if v.Kind() != Undefined {
		j.raw(key, v.JSONText())
	}
}

// texts writes a list of strings, [] when it is empty or nil.
func (j *jsonWriter) texts(key string, list []string) {
	j.key(key)
	j.open('[')
	for _, s := range list {
		j.comma()
		j.buf = AppendQuote(j.buf, s)
	}
	j.close(']')
}

// description writes the SDK's description object; Postman writes the text alone. An empty
// text is not written.
func (j *jsonWriter) description(text string) {
	if text == "" {
		return
	}
	if j.postman {
		j.text("description", text)
		return
	}
	j.key("description")
	j.open('{')
	j.text("content", text)
	j.text("type", "text/plain")
	j.close('}')
}

// meta writes what the SDK keeps of keys that begin with "_": an object "_" with the keys
// shortened, so "_postman_id" is found there as "postman_id". What a file has under "_"
// itself is taken for such an object.
func (j *jsonWriter) meta(extra []byte) {
	if j.postman {
		return
	}
	var fields []field
	// A key that comes both ways counts once, at its first place, with its last value.
	set := func(f field) {
		if i := slices.IndexFunc(fields, func(g field) bool { return g.key == f.key }); i >= 0 {
			fields[i] = f
			return
		}
		fields = append(fields, f)
	}
	for _, f := range fieldsOf(extra) {
		switch {
		case f.key == "_":
			for _, inner := range f.val.object().fields {
				set(inner)
			}
		case f.key != "" && f.key[0] == '_':
			f.key = f.key[1:]
			set(f)
		}
	}
	if len(fields) == 0 {
		return
	}
	j.key("_")
	j.open('{')
	for _, f := range fields {
		j.raw("", Quote(f.key)+":"+compact(f.val.Raw))
	}
	j.close('}')
}

// identity writes what the SDK keeps of any object's further keys: "_", id and name. All
// others are lost in a document.
func (j *jsonWriter) identity(extra []byte) {
	if extra == nil {
		return
	}
	j.meta(extra)
	o := newNode(gjson.ParseBytes(extra)).object()
	for _, key := range [...]string{"id", "name"} {
		if n := o.get(key); n.truthy() {
			j.raw(key, compact(n.Raw))
		}
	}
}
