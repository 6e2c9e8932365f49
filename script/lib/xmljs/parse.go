// Package xmljs turns XML into JavaScript objects by the rules of xml2js 0.6, which
// require('xml2js') and the global xml2Json stand on. The callback API and the
// Builder are in js/xml2js.js of package module.
package xmljs

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxDepth bounds the nesting of elements: what is nested deeper would exhaust the stack of
// whoever walks the result.
const maxDepth = 10000

// A node is one element as it was read.
type node struct {
	name     string
	attrs    []xml.Attr
	text     strings.Builder // all character data of the element itself
	cdata    bool            // some of it was CDATA, which counts even when blank
	children []*node
}

// A parseError has the form of sax errors, which scripts print and match: the
// message, then line and column, both counted from 0, and the last character read.
type parseError struct {
	message      string
	line, column int
	char         string
}

func (e *parseError) Error() string {
	return fmt.Sprintf("%s\nLine: %d\nColumn: %d\nChar: %s", e.message, e.line, e.column, e.char)
}

// parse reads a document and returns its root, nil for a text without an element. What
// follows the root is not read, as in xml2js. pause is called with the number of each token,
// so that a long text can be interrupted.
func parse(text string, pause func(n int)) (root *node, err error) {
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	// An XML text begins with "<".
	if i := strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune(" \t\r\n", r) }); text[i] != '<' {
		return nil, failAt(text, i+1, "Non-whitespace before first tag.")
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil } // the text is UTF-8 already, whatever its declaration says
	b := builder{text: text}
	for n := 0; ; n++ {
		pause(n)
		start := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		end := int(d.InputOffset())
		if err != nil {
			return nil, translate(text, end, err)
		}
		if err := b.add(token, start, end); err != nil {
			return nil, err
		}
		if b.root != nil && len(b.stack) == 0 {
			return b.root, nil // what follows the root is not looked at
		}
	}
	if len(b.stack) > 0 {
		return nil, failAt(text, len(text), "Unclosed root tag")
	}
	return b.root, nil
}

// A builder puts the tree together; stack has the elements that are open, the root first.
type builder struct {
	text  string
	root  *node
	stack []*node
}

// add takes the token between the offsets start and end. Errors are worded as sax, by which
// xml2js reads, words them. Comments and instructions are dropped.
func (b *builder) add(token xml.Token, start, end int) error {
	switch t := token.(type) {
	case xml.StartElement:
		if len(b.stack) >= maxDepth {
			return failAt(b.text, end, "Elements are nested too deeply")
		}
		n := &node{name: qualified(t.Name), attrs: append([]xml.Attr{}, t.Attr...)}
		if b.root == nil {
			b.root = n
		} else {
			parent := b.stack[len(b.stack)-1]
			parent.children = append(parent.children, n)
		}
		b.stack = append(b.stack, n)
	case xml.EndElement:
		if len(b.stack) == 0 {
			return failAt(b.text, end, "Unmatched closing tag: "+qualified(t.Name))
		}
		if b.stack[len(b.stack)-1].name != qualified(t.Name) {
			return failAt(b.text, end, "Unexpected close tag")
		}
		b.stack = b.stack[:len(b.stack)-1]
	case xml.CharData:
		return b.characters(t, start)
	}
	return nil
}

// characters adds text to the innermost open element. Outside of the root only white space is
// allowed.
func (b *builder) characters(t xml.CharData, start int) error {
	if len(b.stack) == 0 {
		if strings.TrimSpace(string(t)) != "" {
			return failAt(b.text, start+1, "Non-whitespace before first tag.")
		}
		return nil
	}
	n := b.stack[len(b.stack)-1]
	n.text.Write(t)
	n.cdata = n.cdata || len(t) > 0 && strings.HasPrefix(b.text[start:], "<![CDATA[")
	return nil
}

// qualified is a name with its prefix: xml2js does not resolve namespaces.
func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// failAt makes the error for the byte before offset. Line and column count from 0.
func failAt(text string, offset int, message string) error {
	offset = min(max(offset, 0), len(text))
	before := text[:offset]
	line := strings.Count(before, "\n")
	column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	char := ""
	if offset < len(text) || message != "Unclosed root tag" {
		r, _ := utf8.DecodeLastRuneInString(before)
		char = string(r)
	}
	return &parseError{message, line, column, char}
}

// translate gives the decoder's own errors the words of sax where it has such.
func translate(text string, offset int, err error) error {
	message := err.Error()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		message = syntax.Msg
	}
	switch {
	case strings.Contains(message, "unexpected EOF"):
		return failAt(text, len(text), "Unclosed root tag")
	case strings.Contains(message, "invalid character entity"):
		message = "Invalid character entity"
	case strings.Contains(message, "attribute name without"):
		message = "Attribute without value"
	case strings.Contains(message, "unquoted or missing attribute value"):
		message = "Unquoted attribute value"
	case strings.Contains(message, "expected element name"):
		message = "Unencoded <"
	}
	return failAt(text, offset, message)
}
