package transport

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

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

func copyFile(w io.Writer, part piece, files FileOpener) error {
	f, err := files.Open(part.name)
	if err != nil {
		return fmt.Errorf("reading body file: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	n, err := io.CopyN(w, f, part.size)
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("reading body file: %s has %d bytes, %d were announced", part.name, n, part.size)
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
// urlencoded and graphql bodies, for signers that hash them. ok is false for the other modes.
func BodyBytes(b *collection.Body, header []collection.Header) (data []byte, ok bool) {
	if b == nil || b.Disabled {
		return nil, true
	}
	switch b.Mode {
	case "raw":
		return rawBytes(b, header), true
	case "urlencoded":
		return []byte(urlencoded(b.URLEncoded)), true
	case "graphql":
		return graphql(b.GraphQL), true
	case "formdata", "file":
		return nil, false
	}
	return nil, true
}

func rawBytes(b *collection.Body, header []collection.Header) []byte {
	if isJSONBody(b, header) {
		return []byte(StripComments(b.Raw))
	}
	return []byte(b.Raw)
}

// payloadOf builds the body of r. Whatever is wrong with files is told and left out.
func (c *Client) payloadOf(r *Request, method string, s *settings) (payload, error) {
	b := r.Body
	if b == nil || b.Disabled || pruned(method) && !s.keepBody && !r.Script {
		return payload{}, nil
	}
	p := payload{mode: b.Mode}
	switch b.Mode {
	case "raw":
		if data := rawBytes(b, r.Header); len(data) > 0 {
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
		return c.multipart(r)
	case "file":
		return c.fileBody(r)
	}
	return payload{}, nil
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

// urlencoded writes parameters as newman's object of lists comes out: equal keys stand at the first one's
// place, keys that are array indexes come first in numeric order.
func urlencoded(params []collection.Param) string {
	var keys []string
	values := map[string][]string{}
	for _, p := range params {
		if p.Disabled || p.Key == "__proto__" {
			continue
		}
		if _, known := values[p.Key]; !known {
			keys = append(keys, p.Key)
		}
		values[p.Key] = append(values[p.Key], plainText(p.Value))
	}
	slices.SortStableFunc(keys, func(a, b string) int {
		i, oka := arrayIndex(a)
		j, okb := arrayIndex(b)
		switch {
		case oka && okb:
			return int(i - j)
		case oka:
			return -1
		case okb:
			return 1
		}
		return 0
	})
	var out strings.Builder
	for _, k := range keys {
		for _, v := range values[k] {
			if out.Len() > 0 {
				out.WriteByte('&')
			}
			out.WriteString(encode(k, notComponent))
			out.WriteByte('=')
			out.WriteString(encode(v, notComponent))
		}
	}
	return out.String()
}

// plainText is a value in a form: objects, null and undefined are empty.
func plainText(v collection.Value) string {
	switch v.Kind() {
	case collection.String, collection.Number, collection.Bool:
		return v.String()
	default:
		return ""
	}
}

// arrayIndex tells whether JavaScript takes a key for an index, which orders it before other keys.
func arrayIndex(key string) (int64, bool) {
	if key == "" || len(key) > 1 && key[0] == '0' {
		return 0, false
	}
	n, err := strconv.ParseUint(key, 10, 32)
	return int64(n), err == nil && n != 1<<32-1
}

// graphql writes the three members in newman's order. Variables that are text go out as they are, even where
// that makes no JSON.
func graphql(g *collection.GraphQL) []byte {
	if g == nil {
		return nil
	}
	var b bytes.Buffer
	b.WriteString(`{"query":` + collection.Quote(g.Query))
	if g.OperationName != "" {
		b.WriteString(`,"operationName":` + collection.Quote(g.OperationName))
	}
	switch v := g.Variables; {
	case v.Kind() == collection.Undefined:
	case !v.IsString():
		b.WriteString(`,"variables":` + v.JSONText())
	case v.String() != "":
		b.WriteString(`,"variables":` + v.String())
	}
	b.WriteByte('}')
	return b.Bytes()
}

// fileBody builds a body that is a file, or the base64 text of one.
func (c *Client) fileBody(r *Request) (payload, error) {
	f := r.Body.File
	switch {
	case f == nil:
		return payload{}, nil
	case f.HasContent:
		data, err := base64.StdEncoding.DecodeString(f.Content)
		if err != nil {
			data, _ = base64.RawStdEncoding.DecodeString(strings.TrimRight(f.Content, "=")) // as far as it goes
		}
		if len(data) == 0 {
			return payload{}, nil
		}
		p := payload{mode: "file"}
		p.add(data)
		return p, nil
	case f.Src == "" || r.Script:
		c.warn(r, "Binary file load error: invalid or missing file source")
		return payload{}, nil
	}
	size, err := c.stat(f.Src)
	if err != nil {
		c.warn(r, "Binary file load error: "+err.Error())
		return payload{}, nil //nolint:nilerr // newman: the request goes out without it
	}
	p := payload{mode: "file", contentType: typeByName(f.Src)}
	p.addFile(f.Src, size)
	return p, nil
}
