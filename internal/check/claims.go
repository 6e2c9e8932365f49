package check

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// claimsOf reads what a JWT says, without verifying it. It tells whether the token is one.
func claimsOf(token string) (gjson.Result, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return gjson.Result{}, false
	}
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil || !gjson.ValidBytes(data) {
		return gjson.Result{}, false
	}
	claims := gjson.ParseBytes(data)
	return claims, claims.IsObject()
}

// disagrees tells whether a token says something else than a claim wants.
func (s *session) disagrees(claims gjson.Result, c Claim) bool {
	got := claims.Get(c.Name)
	switch {
	case !got.Exists():
		return false
	case c.Equals != "":
		g := s.value(c.Equals)
		return g != nil && len(g.vars) > 0 && !strings.EqualFold(got.String(), g.text())
	case c.Environment != nil:
		if want, ok := c.Environment[s.env.ID]; ok {
			return got.String() != want
		}
		for _, of := range c.Environment { // known of others only: it must be none of theirs
			if got.String() == of {
				return true
			}
		}
		return false
	}
	return !time.Unix(got.Int(), 0).After(s.now())
}

// checkClaims looks into the token that came. It tells whether the token is as it should be.
func (s *session) checkClaims(r *result) bool {
	claims, ok := claimsOf(s.token)
	if !ok {
		s.say(Skip, s.title(r.step), "cannot be read: it is no JWT")
		return true
	}
	for _, c := range s.rules.Claims {
		if s.disagrees(claims, c) {
			s.find(c.Symptom, finding{result: r})
			s.say(Unknown, s.title(r.step), s.text(s.rules.bySymptom(c.Symptom).Line, nil))
			s.decisive = r
			return false
		}
	}
	text := "given"
	if exp := claims.Get("exp").Int(); exp > 0 {
		text = "given for " + span(time.Unix(exp, 0).Sub(s.now()))
	}
	for _, c := range s.rules.Claims {
		if g := s.value(c.Equals); g != nil && claims.Get(c.Name).Exists() {
			text += ", and for this " + g.name(s.in)
		}
	}
	s.say(OK, s.title(r.step), text)
	return true
}

// checkOldToken mentions a token that an earlier run left in the file.
func (s *session) checkOldToken() {
	for _, v := range s.lookup(s.rules.OldToken) {
		claims, ok := claimsOf(strings.TrimSpace(v.Value))
		if !ok {
			continue
		}
		var what []string
		for _, c := range s.rules.Claims {
			switch {
			case !s.disagrees(claims, c):
			case c.Equals != "":
				what = append(what, "is for another "+c.Equals)
			case c.Environment != nil:
				what = append(what, "is not from "+s.env.Label)
			default:
				what = append(what, "has expired")
			}
		}
		if len(what) > 0 {
			words := map[string]string{"what": join(what) + ": get a new one before other calls"}
			s.find("old-token", finding{vars: []Variable{v}, words: words})
		}
	}
}

// span is a duration for people.
func span(d time.Duration) string {
	switch {
	case d >= 2*time.Hour:
		return fmt.Sprintf("%.0f hours", d.Hours())
	case d >= 2*time.Minute:
		return fmt.Sprintf("%.0f minutes", d.Minutes())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
