package sdk

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/dop251/goja"
)

// A content is what a response's content type tells, or its first bytes when it has none.
type content struct {
	contentType, mimeType, mimeFormat, charset, extension, fileName string
}

func (s *SDK) contentObject(o *goja.Object) *goja.Object {
	c := s.content(o)
	result := s.vm.NewObject()
	for _, p := range [][2]string{
		{"contentType", c.contentType},
		{"mimeType", c.mimeType},
		{"mimeFormat", c.mimeFormat},
		{"charset", c.charset},
		{"fileExtension", c.extension},
		{"fileName", c.fileName},
	} {
		if p[1] != "" {
			set(result, p[0], s.vm.ToValue(p[1]))
		}
	}
	return result
}

func (s *SDK) content(o *goja.Object) content {
	header := s.headerTexts(o)
	given := header("Content-Type")
	var c content
	if given == "" {
		given = "text/plain"
		if b, ok := s.streamBytes(o); ok {
			if found := sniff(b); found != "" {
				given = found
			}
		}
	}
	mime, _, _ := strings.Cut(strings.Join(strings.Fields(lower(given)), ""), ";")
	c.contentType = mime
	c.mimeType, c.mimeFormat = mimeKind(mime)
	c.charset = charset(given)
	if c.charset == "" {
		c.charset = "utf8"
	}
	c.extension = extensions()[mime]
	c.fileName = fileName(header("Content-Disposition"))
	if c.fileName == "" {
		c.fileName = "response"
		if c.extension != "" {
			c.fileName += "." + c.extension
		}
	}
	return c
}

// dataURI is the body as a data URI. The SDK has a space after "base64,".
func (s *SDK) dataURI(o *goja.Object) string {
	prefix := "data:" + s.content(o).contentType + ";base64, "
	if b, ok := s.streamBytes(o); ok {
		return prefix + base64.StdEncoding.EncodeToString(b)
	}
	if body := get(o, "body"); !isNil(body) {
		return prefix + base64.StdEncoding.EncodeToString([]byte(text(body)))
	}
	return prefix
}

// sniff recognises pictures, archives and the like by their first bytes; "" for text and the unknown.
func sniff(b []byte) string {
	found, _, _ := strings.Cut(http.DetectContentType(b), ";")
	switch found {
	case "text/plain", "text/html", "text/xml", "application/octet-stream":
		if strings.HasPrefix(string(b), "<?xml ") {
			return "application/xml"
		}
		return ""
	case "application/x-gzip":
		return "application/gzip"
	}
	return found
}

// mimeKind sorts a media type: what it is shown as, and in which format.
func mimeKind(mime string) (kind, format string) {
	switch mime {
	case "application/x-www-form-urlencoded":
		return "text", "plain"
	case "application/pdf":
		return "embed", "pdf"
	case "application/jwt":
		return "text", "jwt"
	case "application/xhtml+xml":
		return "text", "xml"
	case "application/ogg":
		return "audio", "ogg"
	}
	base, _, _ := strings.Cut(mime, "/")
	siblings := []string{"jsonp", "json", "xml", "html", "yaml", "vml", "webml", "script"}
	media := []string{"audio", "video", "image", "text"}
	if found := firstOf(base, media); found != "" {
		if found != "text" {
			return found, found
		}
		if format := firstOf(mime, siblings); format != "" {
			return "text", format
		}
		return "text", "plain"
	}
	if format := firstOf(mime, siblings); format != "" {
		return "text", format
	}
	if _, subtype, ok := strings.Cut(mime, "/"); ok {
		if found := lastOf(subtype, media); found != "" {
			return found, found
		}
	}
	if found := firstOf(base, []string{"application", "message", "multipart"}); found != "" {
		return found, "raw"
	}
	return "unknown", "raw"
}

// firstOf returns the word that begins first in text; of two that begin together the earlier in words.
func firstOf(text string, words []string) string {
	best, at := "", len(text)
	for _, w := range words {
		if i := strings.Index(text, w); i >= 0 && i < at {
			best, at = w, i
		}
	}
	return best
}

// lastOf returns the word that begins last in text.
func lastOf(text string, words []string) string {
	best, at := "", -1
	for _, w := range words {
		if i := strings.LastIndex(text, w); i > at {
			best, at = w, i
		}
	}
	return best
}

// fileName reads the name out of a Content-Disposition header, the extended form first; "" when it gives
// none that can be read.
func fileName(disposition string) string {
	plain := ""
	for _, param := range strings.Split(disposition, ";")[1:] {
		key, value, _ := strings.Cut(param, "=")
		value = strings.TrimLeft(value, " \t")
		switch strings.Trim(key, " \t") {
		case "filename*":
			if name := extendedName(value); name != "" {
				return name
			}
		case "filename":
			if plain == "" {
				at := strings.Index(disposition, param) // a quoted name may hold semicolons
				_, value, _ = strings.Cut(disposition[at:], "=")
				plain = plainName(strings.TrimLeft(value, " \t"))
			}
		}
	}
	return plain
}

// plainName reads a quoted string or a token.
func plainName(value string) string {
	if !strings.HasPrefix(value, `"`) {
		end := strings.IndexAny(value, " \t;,()<>@:\\\"/[]?={}")
		if end >= 0 {
			value = value[:end]
		}
		return value
	}
	var b strings.Builder
	for i := 1; i < len(value); i++ {
		switch {
		case value[i] == '\\' && i+1 < len(value):
			i++
			b.WriteByte(value[i])
		case value[i] == '"':
			return b.String()
		default:
			b.WriteByte(value[i])
		}
	}
	return ""
}

// extendedName reads charset'language'percent-encoded, for the charsets that the SDK reads.
func extendedName(value string) string {
	charset, rest, ok := strings.Cut(value, "'")
	_, encoded, ok2 := strings.Cut(rest, "'")
	if !ok || !ok2 {
		return ""
	}
	encoded, _, _ = strings.Cut(encoded, ";")
	raw := []byte(nil)
	encoded = strings.TrimSpace(encoded)
	for i := 0; i < len(encoded); i++ {
		if encoded[i] == '%' && i+2 < len(encoded) {
			if high, low := unhex(encoded[i+1]), unhex(encoded[i+2]); high >= 0 && low >= 0 {
				raw = append(raw, byte(high<<4|low))
				i += 2
				continue
			}
		}
		raw = append(raw, encoded[i])
	}
	switch charset {
	case "utf-8":
		return strings.ToValidUTF8(string(raw), "\ufffd")
	case "iso-8859-1":
		runes := make([]rune, len(raw))
		for i, c := range raw {
			runes[i] = rune(c)
			if c < 0x20 || c > 0x7e && c < 0xa0 {
				runes[i] = '?'
			}
		}
		return string(runes)
	}
	return ""
}

func unhex(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

// extensions are the file name extensions of the media types that APIs answer with.
func extensions() map[string]string {
	return map[string]string{
		"application/atom+xml": "atom", "application/epub+zip": "epub", "application/geo+json": "geojson",
		"application/gzip": "gz", "application/java-archive": "jar", "application/javascript": "js",
		"application/json": "json", "application/json5": "json5", "application/ld+json": "jsonld",
		"application/manifest+json": "webmanifest", "application/msword": "doc",
		"application/octet-stream": "bin", "application/ogg": "ogx", "application/pdf": "pdf",
		"application/rss+xml": "rss", "application/rtf": "rtf", "application/vnd.ms-excel": "xls",
		"application/vnd.ms-powerpoint": "ppt", "application/wasm": "wasm",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         "xlsx",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   "docx",
		"application/x-7z-compressed":                                               "7z", "application/x-sh": "sh", "application/x-tar": "tar",
		"application/x-x509-ca-cert": "der", "application/xhtml+xml": "xhtml", "application/xml": "xml",
		"application/zip": "zip", "audio/mpeg": "mpga", "audio/ogg": "oga", "audio/wav": "wav",
		"font/woff": "woff", "font/woff2": "woff2", "image/bmp": "bmp", "image/gif": "gif",
		"image/jpeg": "jpeg", "image/png": "png", "image/svg+xml": "svg", "image/tiff": "tif",
		"image/vnd.microsoft.icon": "ico", "image/webp": "webp", "image/x-icon": "ico",
		"message/rfc822": "eml", "text/calendar": "ics", "text/css": "css", "text/csv": "csv",
		"text/html": "html", "text/markdown": "markdown", "text/plain": "txt", "text/vcard": "vcard",
		"text/xml": "xml", "text/yaml": "yaml", "video/mp4": "mp4", "video/quicktime": "qt",
		"video/webm": "webm",
	}
}
