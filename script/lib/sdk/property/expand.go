package property

import (
	"posthaste/internal/expansion"
	"posthaste/script/lib/sdk/core"
)

// Expander replaces placeholders by what find knows, in the texts of one call. The bounds of
// internal/expansion on depth and size count over all these texts together; when they are
// reached, the script gets an exception.
func Expander(s *core.SDK, find lookup) func(text string) string {
	// Lenient: a placeholder that nobody knows stays as it is written, and is no error in a
	// script.
	e := &expansion.Expansion{Lookup: find, Lenient: true}
	return func(text string) string {
		text = e.Expand(text)
		if err := e.Err(); err != nil {
			s.Throw(err.Error())
		}
		return text
	}
}
