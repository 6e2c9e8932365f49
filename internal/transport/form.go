package transport

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
)

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
