package check

import (
	"strings"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/online"
	"posthaste/internal/check/value"
)

// checkOldToken mentions a token that an earlier run left in the file, where it is not valid
// any more or for another merchant. It is only told: a run fetches a new one.
func (s *inspection) checkOldToken() {
	for _, v := range value.Lookup(s.in.Variables, s.rules.OldToken) {
		claims, ok := evidence.Claims(strings.TrimSpace(v.Value))
		if !ok {
			continue
		}
		var what []string
		for _, c := range s.rules.Claims {
			equal := ""
			if g := s.value(c.Equals); g != nil {
				equal = g.Text()
			}
			switch {
			case !online.Disagrees(claims, c, s.env.ID, equal, s.now()):
			case c.Equals != "":
				what = append(what, "is for another "+c.Equals)
			case c.Past:
				what = append(what, "is not valid yet")
			case c.Environment != nil:
				what = append(what, "is not from "+s.env.Label)
			default:
				what = append(what, "has expired")
			}
		}
		if len(what) > 0 {
			words := map[string]string{"what": join(what) + ": get a new one before other calls"}
			s.find("old-token", finding{vars: []value.Variable{v}, words: words})
		}
	}
}
