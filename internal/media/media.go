// Package media names what the body of a response is, in the words of Postman's SDK: pm.response.contentInfo and newman's
// terminal report show them.
package media

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// An Info is what a content type tells.
type Info struct {
	Type    string // the media type without its parameters, in lower case
	Kind    string // "text", "image", "embed", "unknown" …
	Format  string // "json", "plain", "raw" …
	Charset string // "utf8" where none is named
	Sniffed bool   // Type was found by the first bytes
}

// Of reads a Content-Type. Without one the first bytes of the body decide, and what they do not tell is text/plain
// (newman: postman-collection's content-info, mime-format).
func Of(contentType string, body []byte) Info {
	i := Info{Charset: "utf8"}
	if contentType == "" {
		contentType = "text/plain"
		if found := sniff(body); found != "" {
			contentType, i.Sniffed = found, true
		}
	}
	i.Type, _, _ = strings.Cut(strings.Join(strings.Fields(strings.ToLower(contentType)), ""), ";")
	i.Kind, i.Format = kindOf(i.Type)
	if charset := Charset(contentType); charset != "" {
		i.Charset = charset
	}
	return i
}

// named is where a content type names its charset (newman: the package charset).
var named = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:charset|encoding)\s{0,10}=\s{0,10}['"]? {0,10}([\w-]{1,100})`)
})

// Charset reads the charset of a content type, in lower case; "" when it names none.
func Charset(contentType string) string {
	if !strings.Contains(contentType, "=") { // most: no need to look closer
		return ""
	}
	m := named().FindStringSubmatch(contentType)
	switch {
	case m == nil:
		return ""
	case strings.EqualFold(m[1], "utf-8"):
		return "utf8"
	}
	return strings.ToLower(m[1])
}

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

// kindOf sorts a media type: what it is shown as, and in which format.
func kindOf(mime string) (kind, format string) {
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
