// Package format is what the reader and the writer of format 3 share: kinds of files, limits, and how texts are
// quoted.
//
// It exists so that reader and writer cannot disagree: what one refuses the other must not write.
package format

import (
	"slices"
	"strings"

	"posthaste/collection"
)

// The kinds of files, as $kind names them.
const (
	Collection = "collection"
	HTTP       = "http-request"
	GraphQL    = "graphql-request"
)

// MaxNest bounds how deep maps and lists may nest in a file.
const MaxNest = 100

// Language returns the language of a raw body of that type, "" for other types of body.
func Language(kind string) string {
	if slices.Contains([]string{"json", "text", "xml", "html", "javascript"}, kind) {
		return kind
	}
	return ""
}

// Pruned reports whether format 2 would drop the request's body because of its method. Format 3 drops none.
func Pruned(q *collection.Request) bool {
	return Prunes(q.Method) && !emptyBody(q.Body)
}

// Prunes says whether format 2 drops the bodies of requests with this method. newman: lib of postman-runtime, by method.
func Prunes(method string) bool {
	return slices.Contains([]string{"GET", "COPY", "HEAD", "PURGE", "UNLOCK"}, method)
}

// emptyBody reports whether a body has nothing to send.
func emptyBody(b *collection.Body) bool {
	if b == nil || b.Disabled {
		return true
	}
	switch b.Mode {
	case "raw":
		return b.Raw == ""
	case "urlencoded":
		return len(b.URLEncoded) == 0
	case "formdata":
		return len(b.FormData) == 0
	case "file":
		return b.File == nil || b.File.Src == "" && b.File.Content == ""
	case "graphql":
		return b.GraphQL == nil
	}
	return true
}

// Clip shortens a text to what fits a message.
func Clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:57], "") + "..."
	}
	return s
}
