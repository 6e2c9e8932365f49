package property

import (
	"posthaste/internal/expansion"
	"posthaste/script/lib/sdk/core"
)

// Expander replaces placeholders by what find knows, in the texts of one call.
func Expander(s *core.SDK, find lookup) func(text string) string {
	e := &expansion.Expansion{Lookup: find, Lenient: true}
	return func(text string) string {
		text = e.Expand(text)
		if err := e.Err(); err != nil {
			s.Throw(err.Error())
		}
		return text
	}
}
