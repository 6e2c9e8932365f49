package content

import (
	"encoding/base64"
	"io"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
)

// A Builder makes the bodies of requests. It is safe for concurrent use as far as Rand and
// Warn are.
type Builder struct {
	Files  FileOpener        // nil: bodies cannot name files
	Rand   io.Reader         // for boundaries
	Script bool              // from pm.sendRequest: files are not read
	Warn   func(text string) // what is wrong with a file, which is left out
}

// Build makes a body from the collection's. The header lines that the user wrote decide on
// comments in JSON and on the boundary. A body that is empty to newman, and a mode that is
// not known, give a Payload without a mode: the request has no body and no Content-Type then.
func (c *Builder) Build(b *collection.Body, header []collection.Header) (Payload, error) {
	p := Payload{Mode: b.Mode}
	switch b.Mode {
	case "raw":
		if data := rawBytes(b, header); len(data) > 0 && !emptyJSON(b) {
			p.Type = languageType(b.Language)
			p.add(data)
			return p, nil
		}
	case "urlencoded":
		if slices.ContainsFunc(b.URLEncoded, func(e collection.Param) bool { return !e.Disabled }) {
			p.Type = "application/x-www-form-urlencoded"
			p.add([]byte(urlEncoded(b.URLEncoded)))
			return p, nil
		}
	case "graphql":
		if b.GraphQL != nil {
			p.Type = "application/json"
			p.add(graphql(b.GraphQL))
			return p, nil
		}
	case "formdata":
		return c.multipart(b, header)
	case "file":
		return c.fileBody(b.File)
	}
	return Payload{}, nil
}

// emptyJSON reports whether a raw body that is no text is empty to newman: a number, true, a
// list or an object of nothing. (postman-collection: RequestBody.isEmpty)
func emptyJSON(b *collection.Body) bool {
	if !b.RawJSON {
		return false
	}
	parsed := gjson.Parse(b.Raw)
	return parsed.Type != gjson.JSON || parsed.Raw == "{}" || parsed.Raw == "[]"
}

// languageType is the Content-Type of a raw body that names none, by the language that
// Postman's editor keeps in options.raw.
func languageType(language string) string {
	switch language {
	case "html":
		return "text/html"
	case "json":
		return "application/json"
	case "javascript":
		return "application/javascript"
	case "xml":
		return "application/xml"
	}
	return "text/plain"
}

// fileBody builds a body that is a file, or the base64 text of one. A file that cannot be
// read is a warning, and the request goes out without a body, as in newman.
func (c *Builder) fileBody(f *collection.File) (Payload, error) {
	switch {
	case f == nil:
		return Payload{}, nil
	case f.HasContent:
		data := inline(f)
		if len(data) == 0 {
			return Payload{}, nil
		}
		p := Payload{Mode: "file"}
		p.add(data)
		return p, nil
	// Scripts must not read files: a collection from elsewhere could send any of them away.
	case f.Src == "" || c.Script:
		c.Warn("Binary file load error: invalid or missing file source")
		return Payload{}, nil
	}
	size, err := c.stat(f.Src)
	if err != nil {
		c.Warn("Binary file load error: " + err.Error())
		return Payload{}, nil //nolint:nilerr // newman: the request goes out without it
	}
	p := Payload{Mode: "file", Type: typeByName(f.Src)}
	p.addFile(f.Src, size)
	return p, nil
}

// inline decodes a body that stands in the collection, as Node decodes base64: either
// alphabet, up to the first "=", and without what belongs to no alphabet, such as line
// breaks. It never fails.
func inline(f *collection.File) []byte {
	content, _, _ := strings.Cut(f.Content, "=")
	var digits strings.Builder
	for _, c := range []byte(content) {
		switch {
		case c == '-':
			digits.WriteByte('+')
		case c == '_':
			digits.WriteByte('/')
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '+', c == '/':
			digits.WriteByte(c)
		}
	}
	text := digits.String()
	if len(text)%4 == 1 { // six bits are no byte
		text = text[:len(text)-1]
	}
	data, _ := base64.RawStdEncoding.DecodeString(text) // it holds only digits
	return data
}

// Bytes returns what a body puts on the wire where that is known without files and
// boundaries: raw, urlencoded, graphql and inline bodies. Whether the method drops its body
// is not asked. The header decides on comments in JSON. No body is nil and true; ok is false
// for forms with parts and for files. Signatures over the body (AWS, Hawk) need it before it
// is sent.
func Bytes(b *collection.Body, header []collection.Header) (data []byte, ok bool) {
	if b == nil || b.Disabled {
		return nil, true
	}
	switch {
	case b.Mode == collection.BodyRaw:
		return rawBytes(b, header), true
	case b.Mode == collection.BodyURLEncoded:
		return []byte(urlEncoded(b.URLEncoded)), true
	case b.Mode == collection.BodyGraphQL:
		return graphql(b.GraphQL), true
	case b.Mode == collection.BodyFile && b.File != nil && b.File.HasContent:
		return inline(b.File), true
	}
	return nil, b.Mode != collection.BodyFormData && b.Mode != collection.BodyFile
}

// rawBytes is the text of a raw body, without comments where it is JSON.
func rawBytes(b *collection.Body, header []collection.Header) []byte {
	if isJSONBody(b, header) {
		return []byte(StripComments(b.Raw))
	}
	return []byte(b.Raw)
}
