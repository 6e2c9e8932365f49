package header

import (
	"strings"
	"unicode"

	"github.com/dop251/goja"

	"posthaste/collection"
	"posthaste/script/jsvalue"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/property"
)

// headerLine is one header without a line end.
func headerLine(o *goja.Object) string {
	return core.Text(jsvalue.Get(o, "key")) + ": " + core.Text(jsvalue.Get(o, "value"))
}

// Unparse writes the enabled headers of a list or an array, each followed by separator, in
// their order.
func Unparse(s *core.SDK, v goja.Value, separator string) string {
	var b strings.Builder
	for _, h := range property.MembersOf(s, v) {
		if o, ok := h.(*goja.Object); ok && !jsvalue.Truthy(jsvalue.Get(o, "disabled")) {
			b.WriteString(headerLine(o))
			b.WriteString(separator)
		}
	}
	return b.String()
}

// parseHeader splits "Key: value" at the first colon and trims both. Without a colon the
// whole line is the key.
func parseHeader(line string) (key, value string) {
	key, value, _ = strings.Cut(line, ":")
	return strings.TrimSpace(key), strings.TrimSpace(value)
}

// parseHeaders splits lines of "Key: value"; a line without a colon in its first word is
// skipped. A line that begins with a blank continues the one before (obsolete folding, RFC
// 9112, 5.2) and is joined to it, except for the first header, as in the SDK.
func parseHeaders(lines string) []collection.Header {
	list := headerLines(strings.NewReplacer("\r\n ", " ", "\r\n\t", "\t").Replace(lines))
	if unfolded := headerLines(lines); len(list) > 0 && len(unfolded) > 0 {
		list[0] = unfolded[0]
	}
	return list
}

// headerLines takes "
// ", "\r
// " and "\r" as line ends and skips empty lines.
func headerLines(lines string) []collection.Header {
	var list []collection.Header
	for line := range strings.FieldsFuncSeq(lines, func(r rune) bool { return r == '\n' || r == '\r' }) {
		word := line
		if i := strings.IndexFunc(line, unicode.IsSpace); i >= 0 {
			word = line[:i]
		}
		// The last colon of the word ends the key.
		if colon := strings.LastIndexByte(word, ':'); colon > 0 {
			list = append(list, collection.Header{Key: line[:colon], Value: strings.TrimSpace(line[colon+1:])})
		}
	}
	return list
}
