package sdk

import "posthaste/internal/expansion"

// expander replaces placeholders by what find knows, in the texts of one call.
func (s *SDK) expander(find lookup) func(text string) string {
	e := &expansion.Expansion{Lookup: find, Lenient: true}
	return func(text string) string {
		text = e.Expand(text)
		if err := e.Err(); err != nil {
			s.throw(err.Error())
		}
		return text
	}
}
