package subject

import (
	"bytes"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/expansion"
	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/internal/transport/content"
	"posthaste/runner/event"
)

// body builds the body with its Content-Type, as transport does. One that is not known, such as that of a file, is Cut.
func (d *draft) body() {
	b := d.step.Item.Request.Body
	if b == nil || b.Disabled || b.Mode == "" || !d.k.SendsBody(d.step.Item) {
		return
	}
	var header []collection.Header
	for _, h := range d.request.Header {
		header = append(header, collection.Header{Key: h.Key, Value: h.Value})
	}
	if b.Mode == collection.BodyFile {
		d.request.Body = event.Body{Size: 1, Cut: true}
		if _, ok := d.has("Content-Type"); !ok {
			d.setHeader("Content-Type", d.gap()) // by the file's name
		}
		return
	}
	// No file is read, and the boundary may be any.
	builder := &content.Builder{Rand: bytes.NewReader(make([]byte, 1<<10)), Warn: func(string) {}}
	p, err := builder.Build(d.resolved(b), header)
	if err != nil || p.Mode == "" {
		return
	}
	data, _ := p.Bytes()
	kind, written := d.has("Content-Type")
	if !written || p.Mode == collection.BodyURLEncoded && !strings.HasPrefix(kind, p.Type) && !openapi.HasGap(kind) || p.Mode == collection.BodyFormData && !p.OwnBoundary {
		kind = p.Type
		d.setHeader("Content-Type", kind)
	}
	d.request.Body = event.Body{Data: data, Size: int64(len(data))}
	d.request.BodyMode = p.Mode
	if strings.Contains(strings.ToLower(kind), "json") {
		text := filledJSON(string(data))
		if _, err := node.ParseJSON(text, nil); err != nil && openapi.HasGap(text) || IsServerTemplate(b.Raw) {
			d.request.Body.Cut = true // it is JSON once it is filled in
		}
		d.request.Body.Data = []byte(text)
	} else if openapi.HasGap(string(data)) && strings.Contains(strings.ToLower(kind), "xml") {
		d.request.Body.Cut = d.request.Body.Cut || openapi.IsGap(strings.TrimSpace(string(data)))
	}
}

// resolved is a copy of a body with the values of variables put in, for the mode that is sent. Files are gaps.
func (d *draft) resolved(b *collection.Body) *collection.Body {
	c := &collection.Body{Mode: b.Mode, Language: b.Language, RawJSON: b.RawJSON}
	value := func(v collection.Value) collection.Value {
		if v.IsString() {
			return collection.Text(d.text(v.String()))
		}
		if text := v.JSONText(); strings.Contains(text, "{{") {
			return collection.Text(d.vars.Expand(text))
		}
		return v
	}
	switch b.Mode {
	case collection.BodyRaw:
		c.Raw = d.vars.Expand(b.Raw)
	case collection.BodyURLEncoded:
		for _, p := range b.URLEncoded {
			if !p.Disabled {
				p.Key, p.Value = d.text(p.Key), value(p.Value)
				c.URLEncoded = append(c.URLEncoded, p)
			}
		}
	case collection.BodyFormData:
		for _, p := range b.FormData {
			if p.Disabled {
				continue
			}
			p.Key, p.Value = d.text(p.Key), value(p.Value)
			if p.Type == "file" {
				p.Value = collection.Text(d.gap())
			}
			p.Type, p.Src, p.FileName = "text", nil, ""
			c.FormData = append(c.FormData, p)
		}
	case collection.BodyGraphQL:
		if b.GraphQL != nil {
			g := *b.GraphQL
			g.Query, g.OperationName = d.vars.Expand(g.Query), d.vars.Expand(g.OperationName)
			g.Variables = value(g.Variables)
			c.GraphQL = &g
		}
	}
	return c
}

// filledJSON puts quotes around gaps that stand outside of texts: {"amount": {{amount}}} is JSON then. What stands directly
// beside a gap is a part of its value. A text that asks to be replaced is a gap, and so is a list of one gap, which may be
// several elements.
func filledJSON(text string) string {
	var b strings.Builder
	tokens(text, func(token string, kind tokenKind) {
		switch plain := strings.Trim(token, `"`); {
		case kind == bareToken && openapi.HasGap(token):
			b.WriteString(`"` + bare + token + `"`)
		case kind == textToken && isBracketed(plain):
			b.WriteString(`"` + openapi.NewGap(b.Len()) + `"`)
		default:
			b.WriteString(token)
		}
	})
	out := b.String()
	if !openapi.HasGap(out) {
		return out
	}
	return withoutLoneGaps(out)
}

// bare begins a gap that stood outside of quotes. It is of private use, as gaps are.
const bare = "\uf8fe"

// withoutLoneGaps replaces each list whose only element is a gap outside of quotes by the gap.
func withoutLoneGaps(text string) string {
	root, err := node.ParseJSON(text, nil)
	if err != nil {
		return text
	}
	return loneGaps(root).JSON()
}

// loneGaps is withoutLoneGaps for a node, which is not changed.
func loneGaps(n *node.Node) *node.Node {
	if n.Kind == node.Array && len(n.Items) == 1 && n.Items[0].Kind == node.String && strings.HasPrefix(n.Items[0].Text, bare) && openapi.IsGap(n.Items[0].Text) {
		return n.Items[0]
	}
	if n.Kind != node.Array && n.Kind != node.Object {
		return n
	}
	items := slices.Clone(n.Items)
	for i := range items {
		items[i] = loneGaps(items[i])
	}
	if n.Kind == node.Array {
		return node.List(nil, items)
	}
	return node.Map(nil, n.Keys, items)
}

// A tokenKind says what a piece of JSON text is.
type tokenKind int

const (
	otherToken   tokenKind = iota // a bracket, a comma, a colon, white space
	textToken                     // a text with its quotes
	bareToken                     // a number or word, or placeholders and what stands beside them
	commentToken                  // // … or /* … */
)

// tokens takes JSON text with placeholders apart. The pieces put together are the text.
func tokens(text string, each func(token string, kind tokenKind)) {
	for i := 0; i < len(text); {
		n, kind := tokenAt(text[i:])
		each(text[i:i+n], kind)
		i += n
	}
}

// tokenAt is the length of the piece that a text begins with, in bytes, and its kind.
func tokenAt(text string) (int, tokenKind) {
	switch {
	case text[0] == '"':
		return quotedLength(text), textToken
	case strings.HasPrefix(text, "//"):
		if i := strings.IndexByte(text, '\n'); i >= 0 {
			return i, commentToken
		}
		return len(text), commentToken
	case strings.HasPrefix(text, "/*"):
		if i := strings.Index(text, "*/"); i >= 0 {
			return i + 2, commentToken
		}
		return len(text), commentToken
	}
	i := 0
	for i < len(text) {
		if n := PlaceholderLength(text[i:]); n > 0 {
			i += n
			continue
		}
		if strings.IndexByte("{}[],:\" \t\r\n/", text[i]) >= 0 {
			break
		}
		i++
	}
	if i == 0 {
		return 1, otherToken
	}
	return i, bareToken
}

// quotedLength is the length of the quoted text at the begin, with its quotes; to the end where it does not end.
func quotedLength(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

// PlaceholderLength is the length of the {{name}} or <<name>> that a text begins with, 0 for none.
func PlaceholderLength(text string) int {
	if start, end := expansion.Next(text[:min(len(text), longestName)]); strings.HasPrefix(text, "{{") && start == 0 {
		return end
	}
	if strings.HasPrefix(text, "<<") {
		if i := strings.IndexAny(text[2:], "<>\n"); i >= 0 && strings.HasPrefix(text[2+i:], ">>") {
			return i + 4
		}
	}
	return 0
}

// longestName is how far the end of a placeholder is looked for, so that a body of many opening brackets is read in linear time.
const longestName = 500

// sameLength is JSON text in which each placeholder and each comment is replaced by something of the same length, so that places in
// it are places in the text.
func sameLength(text string) string {
	var b strings.Builder
	tokens(text, func(token string, kind tokenKind) {
		switch {
		case kind == commentToken:
			b.WriteString(strings.Map(func(r rune) rune {
				if r == '\n' {
					return r
				}
				return ' '
			}, strings.ToValidUTF8(onlyASCII(token), " ")))
		case kind == bareToken && (strings.Contains(token, "{{") || strings.Contains(token, "<<")):
			b.WriteString(`"` + strings.Repeat("x", max(len(token)-2, 0)) + `"`)
		default:
			b.WriteString(token)
		}
	})
	return b.String()
}

// onlyASCII replaces each byte above ASCII by a letter.
func onlyASCII(text string) string {
	data := []byte(text)
	for i, c := range data {
		if c >= 0x80 {
			data[i] = 'x'
		}
	}
	return string(data)
}
