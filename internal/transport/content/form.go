package content

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/internal/transport/target"
)

// urlEncoded writes parameters as newman's object of lists comes out: equal keys stand at the
// first one's place, keys that are array indexes come first in numeric order. The latter is
// how JavaScript orders the keys of any object (ECMA-262, OrdinaryOwnPropertyKeys).
func urlEncoded(params []collection.Param) string {
	var keys []string
	values := map[string][]string{}
	for _, p := range params {
		// Setting __proto__ on an object makes no key.
		if p.Disabled || p.Key == "__proto__" {
			continue
		}
		if _, known := values[p.Key]; !known {
			keys = append(keys, p.Key)
		}
		values[p.Key] = append(values[p.Key], plainTexts(p.Value)...)
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
			out.WriteString(target.EncodeComponent(k))
			out.WriteByte('=')
			out.WriteString(target.EncodeComponent(v))
		}
	}
	return out.String()
}

// plainText is a value in a form: objects, null and undefined are empty. (Node:
// querystring.stringify)
func plainText(v collection.Value) string {
	switch v.Kind() {
	case collection.String, collection.Number, collection.Bool:
		return v.String()
	default:
		return ""
	}
}

// plainTexts is plainText of a value, or of each element of a list; an empty list has none.
func plainTexts(v collection.Value) []string {
	if list := gjson.Parse(v.String()); v.Kind() == collection.JSON && list.IsArray() {
		var texts []string
		for _, e := range list.Array() {
			texts = append(texts, plainText(collection.JSONValue(e.Raw)))
		}
		return texts
	}
	return []string{plainText(v)}
}

// arrayIndex reports whether JavaScript takes a key for an index, which orders it before
// other keys: digits without a leading zero, below 2^32 - 1 (ECMA-262 6.1.7).
func arrayIndex(key string) (int64, bool) {
	if key == "" || len(key) > 1 && key[0] == '0' {
		return 0, false
	}
	n, err := strconv.ParseUint(key, 10, 32)
	return int64(n), err == nil && n != 1<<32-1
}

// graphql writes the three members in newman's order, and only those that are given.
// Variables that are text go out as they are, even where that makes no JSON: Postman keeps
// them as the text of its editor. nil gives nil.
func graphql(g *collection.GraphQL) []byte {
	if g == nil {
		return nil
	}
	var members []string
	add := func(name, text string, kind collection.Kind) {
		switch {
		case kind == collection.Null && !g.Variables.IsString():
			members = append(members, `"`+name+`":null`)
		case kind == collection.String || kind != collection.Null && text != "":
			members = append(members, `"`+name+`":`+collection.Quote(text))
		}
	}
	add("query", g.Query, g.QueryKind)
	add("operationName", g.OperationName, g.OperationNameKind)
	switch v := g.Variables; {
	case v.Kind() == collection.Undefined:
	case !v.IsString():
		members = append(members, `"variables":`+v.JSONText())
	case v.String() != "":
		members = append(members, `"variables":`+v.String())
	}
	return []byte("{" + strings.Join(members, ",") + "}")
}
