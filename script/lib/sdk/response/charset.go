package response

import (
	"strings"
	"unicode/utf8"
	"unsafe"

	"posthaste/internal/charset"
	"posthaste/internal/media"
)

// decodeShared turns bytes that nobody changes any more into text: text that is UTF-8 already shares them, which halves what a
// large response costs.
func decodeShared(b []byte, name string) string {
	if len(b) == 0 || !charset.IsUTF8(name) || !utf8.Valid(b) {
		return charset.Decode(b, name)
	}
	return strings.TrimPrefix(unsafe.String(unsafe.SliceData(b), len(b)), "\ufeff")
}

// charsetOf reads the charset of a content type, in lower case; "" when it names none.
func charsetOf(contentType string) string { return media.Charset(contentType) }
