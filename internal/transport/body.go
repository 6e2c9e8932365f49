package transport

import (
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
)

// A payload is a body that can be sent any number of times: pieces in memory and files that are opened anew.
type payload struct {
	mode        string // of the collection's body; "" is no body
	contentType string // "" asks for none
	ownBoundary bool   // the user's Content-Type has the boundary of the form
	pieces      []piece
	size        int64 // of all pieces
}

// A piece is bytes, or a file when name is not "".
type piece struct {
	data []byte
	name string
	size int64
}

func (p *payload) add(data []byte) {
	p.pieces = append(p.pieces, piece{data: data, size: int64(len(data))})
	p.size += int64(len(data))
}

func (p *payload) addFile(name string, size int64) {
	p.pieces = append(p.pieces, piece{name: name, size: size})
	p.size += size
}

// bytes returns the body when all of it is in memory.
func (p *payload) bytes() ([]byte, bool) {
	if len(p.pieces) == 1 && p.pieces[0].name == "" {
		return p.pieces[0].data, true
	}
	var all []byte
	for _, part := range p.pieces {
		if part.name != "" {
			return nil, false
		}
		all = append(all, part.data...)
	}
	return all, true
}

// writeTo sends the body. A file that has become shorter is an error: its length was announced.
func (p *payload) writeTo(w io.Writer, files FileOpener) error {
	for _, part := range p.pieces {
		if part.name == "" {
			if _, err := w.Write(part.data); err != nil {
				return err
			}
			continue
		}
		if err := copyFile(w, part, files); err != nil {
			return err
		}
	}
	return nil
}

// copyFile sends one file. Its own errors are *Error, to be told from those of the network.
func copyFile(w io.Writer, part piece, files FileOpener) error {
	f, err := files.Open(part.name)
	if err != nil {
		return &Error{Message: "reading body file: " + err.Error(), Err: err}
	}
	defer func() { _ = f.Close() }() // it was only read
	from := &countReader{r: io.LimitReader(f, part.size)}
	_, err = io.Copy(w, from)
	if err == nil && from.n < part.size {
		err = &Error{Message: fmt.Sprintf("reading body file: %s has %d bytes, %d were announced", part.name, from.n, part.size), Hint: "the file was changed meanwhile"}
	}
	return err
}

// pruned holds the methods whose bodies newman drops unless disableBodyPruning is set.
func pruned(method string) bool {
	switch method {
	case "GET", "COPY", "HEAD", "PURGE", "UNLOCK":
		return true
	}
	return false
}

// BodyBytes returns what a body puts on the wire where that is known without files and boundaries: raw,
// urlencoded, graphql and inline bodies. Whether the method drops its body is not asked. The header decides on
// comments in JSON. No body is nil and true; ok is false for forms with parts and for files.
func BodyBytes(b *collection.Body, header []collection.Header) (data []byte, ok bool) {
	if b == nil || b.Disabled {
		return nil, true
	}
	switch {
	case b.Mode == collection.BodyRaw:
		return rawBytes(b, header), true
	case b.Mode == collection.BodyURLEncoded:
		return []byte(urlencoded(b.URLEncoded)), true
	case b.Mode == collection.BodyGraphQL:
		return graphql(b.GraphQL), true
	case b.Mode == collection.BodyFile && b.File != nil && b.File.HasContent:
		return inline(b.File), true
	}
	return nil, b.Mode != collection.BodyFormData && b.Mode != collection.BodyFile
}

func rawBytes(b *collection.Body, header []collection.Header) []byte {
	if isJSONBody(b, header) {
		return []byte(StripComments(b.Raw))
	}
	return []byte(b.Raw)
}

// payloadOf builds the body of a draft. Whatever is wrong with files is told and left out.
func (c *Client) payloadOf(d *Draft) (payload, error) {
	r, b := d.request, d.request.Body
	p := payload{mode: b.Mode}
	switch b.Mode {
	case "raw":
		if data := rawBytes(b, r.Header); len(data) > 0 && !emptyJSON(b) {
			p.contentType = languageType(b.Language)
			p.add(data)
			return p, nil
		}
	case "urlencoded":
		if slices.ContainsFunc(b.URLEncoded, func(e collection.Param) bool { return !e.Disabled }) {
			p.contentType = "application/x-www-form-urlencoded"
			p.add([]byte(urlencoded(b.URLEncoded)))
			return p, nil
		}
	case "graphql":
		if b.GraphQL != nil {
			p.contentType = "application/json"
			p.add(graphql(b.GraphQL))
			return p, nil
		}
	case "formdata":
		return c.multipart(d)
	case "file":
		return c.fileBody(d)
	}
	return payload{}, nil
}

// emptyJSON tells whether a raw body that is no text is empty to newman: a number, true, a list or an object of nothing.
func emptyJSON(b *collection.Body) bool {
	if !b.RawJSON {
		return false
	}
	parsed := gjson.Parse(b.Raw)
	return parsed.Type != gjson.JSON || parsed.Raw == "{}" || parsed.Raw == "[]"
}

// languageType is the Content-Type of a raw body that names none.
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

// fileBody builds a body that is a file, or the base64 text of one.
func (c *Client) fileBody(d *Draft) (payload, error) {
	r := d.request
	f := r.Body.File
	switch {
	case f == nil:
		return payload{}, nil
	case f.HasContent:
		data := inline(f)
		if len(data) == 0 {
			return payload{}, nil
		}
		p := payload{mode: "file"}
		p.add(data)
		return p, nil
	case f.Src == "" || r.Script:
		d.warn("Binary file load error: invalid or missing file source")
		return payload{}, nil
	}
	size, err := c.stat(f.Src)
	if err != nil {
		d.warn("Binary file load error: " + err.Error())
		return payload{}, nil //nolint:nilerr // newman: the request goes out without it
	}
	p := payload{mode: "file", contentType: typeByName(f.Src)}
	p.addFile(f.Src, size)
	return p, nil
}

// inline decodes a body that stands in the collection, as Node decodes base64: either alphabet, up to the first "=", and without
// what belongs to no alphabet.
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
