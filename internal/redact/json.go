package redact

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// JSON masks a JSON document string by string, so that it stays one. The values of members that kept lists stay, by which
// readers know what a thing is, and with them the names of all members. Where kept is nil the names are data and are
// masked too. A number that is a secret becomes a text. Short secrets are masked where they are the value of a member in
// whole lists, or everywhere when whole is nil. A text that is no JSON is masked as a text.
func (s *Set) JSON(doc []byte, kept, whole []string) []byte {
	if s == nil || !s.filled.Load() && !s.short.Load() {
		return doc
	}
	if !s.short.Load() && !s.holds(string(doc)) {
		return doc
	}
	if !json.Valid(doc) {
		return s.Bytes(doc)
	}
	w := jsonWalk{set: s, doc: doc, kept: kept, whole: whole}
	w.walk()
	if w.out == nil {
		return doc
	}
	return append(w.out, doc[w.done:]...)
}

// holds reports whether a secret stands in text.
func (s *Set) holds(text string) bool {
	return s.Text(text) != text
}

// A jsonWalk is a valid document on its way.
type jsonWalk struct {
	set         *Set
	doc         []byte
	kept, whole []string
	out         []byte // what is masked, up to done of doc
	done        int
	objects     []bool // what is open: objects and arrays
	name        string // of the member whose value comes next
}

// walk goes over a valid document once and masks its values in place; keys and everything between stay as they are.
func (w *jsonWalk) walk() {
	for i := 0; i < len(w.doc); {
		switch c := w.doc[i]; c {
		case '{', '[':
			w.objects = append(w.objects, c == '{')
			i++
		case '}', ']':
			w.objects = w.objects[:len(w.objects)-1]
			i++
		case ' ', '\t', '\r', '\n', ',', ':':
			i++
		case '"':
			i = w.text(i)
		default:
			end := i
			for end < len(w.doc) && !bytes.ContainsRune([]byte(",]} \t\r\n"), rune(w.doc[end])) {
				end++
			}
			w.value(i, end, string(w.doc[i:end]))
			i = end
		}
	}
}

// text reads the string at i, which is a name or a value, and returns where it ends.
func (w *jsonWalk) text(i int) int {
	end := i + 1
	for w.doc[end] != '"' {
		if w.doc[end] == '\\' {
			end++
		}
		end++
	}
	end++
	decoded := string(w.doc[i+1 : end-1])
	if strings.IndexByte(decoded, '\\') >= 0 {
		if json.Unmarshal(w.doc[i:end], &decoded) != nil {
			return end // the document is valid, so Go can read it
		}
	}
	rest := bytes.TrimLeft(w.doc[end:], " \t\r\n")
	if len(w.objects) > 0 && w.objects[len(w.objects)-1] && len(rest) > 0 && rest[0] == ':' {
		w.name = decoded
		if w.kept == nil {
			w.replace(i, end, decoded, w.set.Text(decoded))
		}
		return end
	}
	w.value(i, end, decoded)
	return end
}

// value masks one value, unless its key is one of those that are kept.
func (w *jsonWalk) value(from, to int, value string) {
	if slices.Contains(w.kept, w.name) {
		return
	}
	masked := w.set.Text(value)
	if w.whole == nil || slices.Contains(w.whole, w.name) {
		masked = w.set.Mask(value)
	}
	w.replace(from, to, value, masked)
}

// replace puts what was masked in the place of a string or a number, unless it is the same.
func (w *jsonWalk) replace(from, to int, value, masked string) {
	if masked == value {
		return
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(masked) != nil {
		return // a string can always be encoded
	}
	w.out = append(append(w.out, w.doc[w.done:from]...), bytes.TrimRight(b.Bytes(), "\n")...)
	w.done = to
}
