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

// maxDepth bounds the nesting of elements: what is nested deeper would exhaust the
// stack of whoever walks the result.
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

// parse reads a document. Without an element root is nil. pause is called with the number of each token.
func parse(text string, pause func(n int)) (root *node, err error) {
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune(" \t\r\n", r) }); text[i] != '<' {
		return nil, failAt(text, i+1, "Non-whitespace before first tag.")
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	var stack []*node
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
		switch t := token.(type) {
		case xml.StartElement:
			if len(stack) >= maxDepth {
				return nil, failAt(text, end, "Elements are nested too deeply")
			}
			n := &node{name: qualified(t.Name), attrs: append([]xml.Attr{}, t.Attr...)}
			if root == nil {
				root = n
			} else {
				parent := stack[len(stack)-1]
				parent.children = append(parent.children, n)
			}
			stack = append(stack, n)
		case xml.EndElement:
			if len(stack) == 0 {
				return nil, failAt(text, end, "Unmatched closing tag: "+qualified(t.Name))
			}
			if stack[len(stack)-1].name != qualified(t.Name) {
				return nil, failAt(text, end, "Unexpected close tag")
			}
			if stack = stack[:len(stack)-1]; len(stack) == 0 {
				return root, nil // what follows the root is not looked at
			}
		case xml.CharData:
			if len(stack) == 0 {
				if strings.TrimSpace(string(t)) != "" {
					return nil, failAt(text, start+1, "Non-whitespace before first tag.")
				}
				continue
			}
			n := stack[len(stack)-1]
			n.text.Write(t)
			n.cdata = n.cdata || len(t) > 0 && strings.HasPrefix(text[start:], "<![CDATA[")
		}
	}
	if len(stack) > 0 {
		return nil, failAt(text, len(text), "Unclosed root tag")
	}
	return root, nil
}

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// failAt makes the error for the byte before offset.
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
