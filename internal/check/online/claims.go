package online

import (
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/check/evidence"
	"posthaste/internal/check/rule"
)

// Disagrees reports whether a token says something else than a claim wants. equal is the value that the claim must be.
func Disagrees(claims gjson.Result, c rule.Claim, environment, equal string, now time.Time) bool {
	got := claims.Get(c.Name)
	switch {
	case !got.Exists():
		return false
	case c.Equals != "":
		return equal != "" && !strings.EqualFold(got.String(), equal)
	case c.Environment != nil:
		if want, ok := c.Environment[environment]; ok {
			return got.String() != want
		}
		for _, of := range c.Environment { // known of others only: it must be none of theirs
			if got.String() == of {
				return true
			}
		}
		return false
	}
	if c.Past {
		return time.Unix(got.Int(), 0).After(now.Add(evidence.StaleClock))
	}
	return !time.Unix(got.Int(), 0).After(now)
}

// checkClaims looks into the token that came. It returns the symptom of what is wrong with it, and adds what is right
// to the evidence.
func (s *session) checkClaims(r *Result, token string) string {
	claims, ok := evidence.Claims(token)
	if r.Step.Opaque || len(s.Rules.Claims) == 0 {
		s.out.Life = time.Duration(gjson.GetBytes(r.Answer.Body, "expires_in").Int()) * time.Second
		r.Evidence = r.Evidence.And("the token is valid for " + evidence.Span(s.out.Life))
		return ""
	}
	if !ok {
		return "token-unread"
	}
	for _, c := range s.Rules.Claims {
		equal := ""
		if g := s.value(c.Equals); g != nil && r.Sent(c.Equals) {
			equal = g.Text()
		}
		switch {
		case Disagrees(claims, c, s.Environment.ID, equal, s.Now()):
			return c.Symptom
		case c.Needed && !claims.Get(c.Name).Exists(), c.Equals != "" && equal == "":
			return "token-unread"
		case c.Equals != "":
			r.Evidence = r.Evidence.And("the token is for this " + s.value(c.Equals).Vars[0].Name + " (claim " + c.Name + ")")
		case c.Environment != nil && c.Environment[s.Environment.ID] != "":
			r.Evidence = r.Evidence.And("of " + s.Environment.Label + " (claim " + c.Name + ")")
		}
	}
	if exp := claims.Get("exp").Int(); exp > 0 {
		s.out.Life = time.Unix(exp, 0).Sub(s.Now())
		r.Evidence = r.Evidence.And("valid for " + evidence.Span(s.out.Life) + " (claim exp)")
	}
	return ""
}
