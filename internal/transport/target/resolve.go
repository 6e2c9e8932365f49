package target

import "strings"

// Resolve reads a Location against the URL it answers. No dot segments are removed.
// (newman: postman-url-encoder's resolveNodeUrl)
func Resolve(base *Target, location string, verbatim bool) (Target, error) {
	location = strings.TrimSpace(location)
	origin := base.Scheme + "://" + base.Host()
	before, _, absolute := strings.Cut(location, "://")
	switch {
	case absolute && !strings.ContainsAny(before, "/?#"):
	case strings.HasPrefix(location, "//"):
		location = base.Scheme + ":" + location
	case strings.HasPrefix(location, "/"):
		location = origin + location
	case strings.HasPrefix(location, "?"):
		location = origin + base.Path + location
	case strings.HasPrefix(location, "#"):
		location = base.String() + location
	default:
		location = origin + base.Path[:strings.LastIndexByte(base.Path, '/')+1] + location
	}
	return Parse(location, verbatim)
}
