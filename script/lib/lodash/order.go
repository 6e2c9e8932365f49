package lodash

import (
	"slices"

	"github.com/dop251/goja"
)

// A criterion is one value that an item is sorted by, read once.
type criterion struct {
	rank   int // 0 is comparable; null, undefined and NaN come after in this order
	number float64
	text   goja.String
}

const (
	rankNull      = 2
	rankUndefined = 3
	rankNaN       = 4
)

// order sorts items by their criteria, a list for each, and gives their indexes. It gives undefined where a criterion is an
// object or symbol, or where text and numbers meet: JavaScript compares these.
func (l *library) order(call goja.FunctionCall) goja.Value {
	lists, ok1 := l.items(call.Argument(0).ToObject(l.env.VM))
	down, ok2 := l.items(call.Argument(1).ToObject(l.env.VM))
	if !ok1 || !ok2 || len(lists) == 0 {
		return goja.Undefined()
	}
	columns := make([][]criterion, len(lists))
	for i, list := range lists {
		values, ok := l.items(list.ToObject(l.env.VM))
		if !ok {
			return goja.Undefined()
		}
		if columns[i] = criteria(values); columns[i] == nil {
			return goja.Undefined()
		}
	}
	indexes := make([]int, len(columns[0]))
	for i := range indexes {
		indexes[i] = i
	}
	slices.SortStableFunc(indexes, func(a, b int) int {
		for i, column := range columns {
			said := column[a].compare(column[b])
			if said == 0 && column[a].rank == rankNaN {
				said = a - b // NaN is never equal, so a descending order turns it around
			}
			if said != 0 {
				if down[i].ToBoolean() {
					return -said
				}
				return said
			}
		}
		return a - b
	})
	out := make([]any, len(indexes))
	for i, index := range indexes {
		out[i] = index
	}
	return l.env.VM.NewArray(out...)
}

// criteria reads the values of one criterion; nil where they cannot be compared here.
func criteria(values []goja.Value) []criterion {
	out := make([]criterion, len(values))
	numbers, texts := false, false
	for i, v := range values {
		switch {
		case v == nil || goja.IsUndefined(v):
			out[i].rank = rankUndefined
		case goja.IsNull(v):
			out[i].rank = rankNull
		case goja.IsNaN(v):
			out[i].rank = rankNaN
		case goja.IsNumber(v):
			numbers = true
			out[i].number = v.ToFloat()
		case goja.IsString(v):
			text, ok := v.(goja.String)
			if !ok {
				return nil
			}
			texts = true
			out[i].text = text
		default:
			return nil
		}
	}
	if numbers && texts {
		return nil
	}
	return out
}

func (c criterion) compare(o criterion) int {
	switch {
	case c.rank != o.rank:
		return c.rank - o.rank
	case c.rank != 0:
		return 0
	case c.text != nil:
		return c.text.CompareTo(o.text)
	case c.number < o.number:
		return -1
	case c.number > o.number:
		return 1
	}
	return 0
}
