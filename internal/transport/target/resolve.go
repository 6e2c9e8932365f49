package target

import (
	"regexp"
	"strings"
	"sync"
)

// absolute is a URL with a scheme, as newman tells one from a path.
var absolute = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[a-z0-9.+-]+:(?://|\\\\)[^\n\r\x{2028}\x{2029}]`)
})

// Resolve reads a Location against the URL it answers. No dot segments are removed.
// (newman: postman-url-encoder's resolveNodeUrl)
func Resolve(base *Target, location string, verbatim bool) (Target, error) {
	origin := base.Scheme + "://" + base.Host()
	switch {
	case strings.HasPrefix(location, "http:"), strings.HasPrefix(location, "https:"): // newman: be there slashes or not
	case strings.HasPrefix(location, "//"), strings.HasPrefix(location, `\\`):
		location = base.Scheme + ":" + location
	case strings.HasPrefix(location, "/"), strings.HasPrefix(location, `\`):
		location = origin + location
	case strings.HasPrefix(location, "?"):
		location = origin + base.Path + location
	case strings.HasPrefix(location, "#"):
		location = base.String() + location
	case absolute().MatchString(location):
	default:
		location = origin + base.Path[:strings.LastIndexByte(base.Path, '/')+1] + location
	}
	return Parse(location, verbatim)
}
