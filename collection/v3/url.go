package v3

import (
	"slices"

	"posthaste/collection"
)

// url reads url, queryParams and pathVariables. An enabled parameter stands both in the URL
// and in queryParams, a disabled one in queryParams only. Where the two disagree the URL
// holds, and what only queryParams has is added to it.
func (r *reader) url(v value) collection.URL {
	text := r.text(v.get("url"), "url")
	u := collection.ParseURL(text)
	u.Raw = text
	if list := v.get("queryParams"); !list.isNull() {
		params := r.queryParams(list)
		if enabled := sent(params); len(enabled) == len(u.Query) && queryText(enabled) == queryText(u.Query) {
			u.Query = params
		} else {
			written := queryText(sending(u.Query))
			if written != queryText(sending(params)) {
				r.warn(list, "url-query", "write each enabled parameter in both", "url and queryParams differ")
			}
			u.Query = union(u.Query, params)
		}
		u.HasQuery = len(u.Query) > 0
		u.Raw = u.String()
	}
	r.pathVariables(v.get("pathVariables"), &u)
	return u
}

// queryParams reads the list, with disabled entries. A null key and a null value are told
// apart from "".
func (r *reader) queryParams(v value) []collection.QueryParam {
	var list []collection.QueryParam
	for _, e := range r.entryPairs(v, "queryParams") {
		list = append(list, collection.QueryParam{
			Key: e.key, Value: r.text(e.value, "query parameter "+e.key), NoKey: e.noKey, NoValue: e.value.isNull(),
			Disabled: e.disabled, Description: e.description,
		})
	}
	return list
}

// sent returns the parameters that are not disabled, in a list of their own.
func sent(list []collection.QueryParam) []collection.QueryParam {
	return slices.DeleteFunc(slices.Clone(list), func(p collection.QueryParam) bool { return p.Disabled })
}

// sending returns the parameters that have something to send. Empty rows are what the app's
// editor leaves.
func sending(list []collection.QueryParam) []collection.QueryParam {
	return slices.DeleteFunc(sent(list), func(p collection.QueryParam) bool { return p.Key == "" && p.Value == "" })
}

// queryText returns the parameters as they are sent. "?key" and "?key=" are told apart. It is
// for comparing.
func queryText(list []collection.QueryParam) string {
	text, _ := collection.URL{Query: list}.QueryString()
	return text
}

// union returns the URL's parameters, described as the list does where it has them, then what
// the list has beyond them; of that, entries with neither key nor value are left out.
// Disabled parameters come last, which changes nothing that is sent.
func union(written, listed []collection.QueryParam) []collection.QueryParam {
	all := slices.Clone(written)
	used := make([]bool, len(written))
	for _, p := range listed {
		if p.Disabled {
			all = append(all, p)
			continue
		}
		same := func(i int, w collection.QueryParam) bool {
			return !used[i] && w.Key == p.Key && w.Value == p.Value
		}
		found := false
		for i, w := range written {
			if same(i, w) {
				used[i], found = true, true
				all[i].Description = p.Description
				break
			}
		}
		if !found && p.Key+p.Value != "" && !slices.ContainsFunc(written, func(w collection.QueryParam) bool { return w.Key == p.Key && w.Value == p.Value }) {
			all = append(all, p)
		}
	}
	return all
}

// pathVariables sets the values of ":name" segments. The list replaces what the URL names,
// also where the two differ: a name without an entry has no value.
func (r *reader) pathVariables(v value, u *collection.URL) {
	listed := r.entryPairs(v, "pathVariables")
	if v.isNull() {
		return
	}
	var list []collection.PathVariable
	for _, e := range listed {
		list = append(list, collection.PathVariable{
			Key: e.key, Value: collection.Text(r.text(e.value, "path variable "+e.key)), Disabled: e.disabled, Description: e.description,
		})
	}
	u.Variables = list
}
