package sdk

import (
	"net/http"
	"strings"
)

// sniff recognises pictures, archives and the like by their first bytes; "" for text and the unknown.
func sniff(b []byte) string {
	found, _, _ := strings.Cut(http.DetectContentType(b), ";")
	switch found {
	case "text/plain", "text/html", "text/xml", "application/octet-stream":
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
