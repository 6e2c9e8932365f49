package response

import (
	"strings"
	"unicode/utf8"
	"unsafe"

	"posthaste/internal/charset"
	"posthaste/internal/media"
)

// decodeShared turns bytes that nobody changes any more into text. Text that is UTF-8 already
// shares the bytes, which halves the memory that a large response costs; all other text is a
// copy. A byte order mark is left out.
func decodeShared(b []byte, name string) string {
	if len(b) == 0 || !charset.IsUTF8(name) || !utf8.Valid(b) {
		return charset.Decode(b, name)
	}
	// Safe only because of the caller's promise: the bytes belong to the response, which is
	// never written to.
	return strings.TrimPrefix(unsafe.String(unsafe.SliceData(b), len(b)), "\ufeff")
}

// charsetOf reads the charset of a content type, in lower case; "" when it names none. For
// example "text/html; charset=UTF-8" is "utf-8".
func charsetOf(contentType string) string { return media.Charset(contentType) }
