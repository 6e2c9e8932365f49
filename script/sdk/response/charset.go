package response

import (
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"posthaste/internal/media"
)

// decode turns bytes into text by the name of a charset; unknown names mean UTF-8. A byte order mark is
// dropped.
func decode(b []byte, charset string) string {
	if charset != "" && charset != "utf8" && charset != "utf-8" {
		if encoding, err := htmlindex.Get(charset); err == nil {
			if decoded, err := encoding.NewDecoder().Bytes(b); err == nil {
				b = decoded
			}
		}
	}
	if !utf8.Valid(b) {
		if decoded, err := unicode.UTF8.NewDecoder().Bytes(b); err == nil {
			b = decoded
		}
	}
	return strings.TrimPrefix(string(b), "\ufeff")
}

// decodeShared does as decode does with bytes that nobody changes any more: text that is UTF-8 already shares them,
// which halves what a large answer costs.
func decodeShared(b []byte, charset string) string {
	if len(b) == 0 || charset != "" && charset != "utf8" && charset != "utf-8" || !utf8.Valid(b) {
		return decode(b, charset)
	}
	return strings.TrimPrefix(unsafe.String(unsafe.SliceData(b), len(b)), "\ufeff")
}

// charset reads the charset of a content type, in lower case; "" when it names none.
func charset(contentType string) string { return media.Charset(contentType) }
