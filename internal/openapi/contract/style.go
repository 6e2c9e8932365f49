package contract

import (
	"net/url"
	"strings"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
)

// A piece is a name=value of a query that has a part of a parameter's value.
type piece struct{ name, text string }

func textsOf(pieces []piece) []string {
	list := make([]string, 0, len(pieces))
	for _, one := range pieces {
		list = append(list, one.text)
	}
	return list
}

// pieces are those of an object or list that the query has in pieces, in their order:
// filter[a]=1, or, exploded, a=1.
func (k *check) pieces(p *openapi.Parameter) (list []piece) {
	for pair := range strings.SplitSeq(k.url.RawQuery, "&") {
		key, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(key)
		if err != nil {
			continue
		}
		text, err := url.QueryUnescape(value)
		if err != nil {
			continue
		}
		if strings.HasPrefix(name, p.Name+"[") || p.Style == "form" && p.Explode && p.Schema != nil && p.Schema.Property(name) != nil {
			list = append(list, piece{name, text})
		}
	}
	return list
}

// assembled makes the value of pieces.
func assembled(p *openapi.Parameter, pieces []piece) *node.Node {
	var keys []string
	values, deep := map[string][]string{}, false
	for _, one := range pieces {
		deep = deep || strings.HasPrefix(one.name, p.Name+"[")
		if values[one.name] == nil {
			keys = append(keys, one.name)
		}
		values[one.name] = append(values[one.name], one.text)
	}
	if deep {
		return nested(p.Schema, p.Name, keys, values)
	}
	return fields(p.Schema, keys, values)
}

// plainStyle makes of a value in the path in the styles label and matrix what the style simple
// has: .1.2 and ;id=1,2 are 1,2 (OpenAPI 3.0.3, Style Values). A value that is not in the
// style stays, so that its type is wrong. Other values are returned as they are.
func plainStyle(p *openapi.Parameter, values []string) []string {
	if p.In != "path" || len(values) != 1 {
		return values
	}
	text := values[0]
	isList := p.Schema.Accepts(node.Array) && !p.Schema.Accepts(node.String)
	isObject := p.Schema.Accepts(node.Object) && !p.Schema.Accepts(node.String)
	switch {
	case p.Style == "label" && strings.HasPrefix(text, "."):
		text = text[1:]
		// The table of OpenAPI 3.0 has dots between the values of a list that is not exploded, later ones have commas.
		if (isList || isObject) && (p.Explode || !strings.Contains(text, ",")) {
			text = strings.ReplaceAll(text, ".", ",")
		}
	case p.Style == "matrix" && strings.HasPrefix(text, ";"):
		text = text[1:]
		name := p.Name + "="
		switch {
		case p.Explode && isObject:
			text = strings.ReplaceAll(text, ";", ",")
		case p.Explode && isList:
			text = strings.ReplaceAll(strings.TrimPrefix(text, name), ";"+name, ",")
		case text == p.Name:
			text = "" // ;id is an empty value
		default:
			text = strings.TrimPrefix(text, name)
		}
	}
	return []string{text}
}
