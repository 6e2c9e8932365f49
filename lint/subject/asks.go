package subject

import (
	"regexp"
	"strings"
	"sync"

	"posthaste/internal/near"
	"posthaste/internal/secret/naming"
)

// asking is what templates write in the place of a credential: "YOUR_API_TOKEN", "change-me", "ADD_TOKEN_HERE".
var asking = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?:your|Your)(?:[-_ ][A-Za-z _-]+|[A-Z][A-Za-z]*)|YOUR[A-Z _-]+` +
		`|(?i:(?:add|insert|enter|put|paste|replace|fill)[-_ ][a-z _-]*[-_ ]?(?:here|this|me|in)|[a-z][a-z _-]*[-_ ]here|(?:change|replace)[-_ ]?(?:me|this)(?:[-_ ][a-z _-]+)?|<[a-z][a-z_-]*>))$`)
})

// askingHost is an address that has such a text for its server.
var askingHost = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^https?://(?:[a-z0-9-]+\.)?(?:your-[a-z-]+|YOUR[-_A-Z]+|<[A-Za-z _-]+>)(?:[.:/][^\s]*)?$`)
})

// AsksForValue reports whether a value is a text that asks for one. Only what says who is asking, and addresses, are
// judged: elsewhere "your message here" may be what is to be sent.
func AsksForValue(name, value string) bool {
	value = strings.TrimSpace(value)
	if askingHost().MatchString(value) {
		return true
	}
	if fold := near.Fold(name); !naming.Names(name) && !strings.HasSuffix(fold, "clientid") && !strings.HasSuffix(fold, "key") && !strings.HasSuffix(fold, "token") {
		return false
	}
	if scheme, rest, ok := strings.Cut(value, " "); ok && IsScheme(scheme) {
		value = rest
	}
	return asking().MatchString(value)
}

// IsScheme knows the words before a credential in a header.
func IsScheme(word string) bool {
	switch strings.ToLower(word) {
	case "bearer", "basic", "token", "apikey":
		return true
	}
	return false
}
