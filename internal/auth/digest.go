package auth

import (
	"context"
	"fmt"
	"strings"

	"posthaste/collection"
)

// digest is RFC 7616 (newman: digest.js). The first request is sent unsigned, unless realm
// and nonce are given; the challenge that comes back is answered, and what it said serves
// later requests.
//
// Where newman uses one challenge for all hosts and never renews it, this scheme keeps one
// for each origin, and answers a new challenge when a nonce is no longer good: at most two
// renewals a request, and none for credentials that a fresh nonce has shown to be wrong.
// a fresh nonce has shown to be wrong.
type digest struct {
	env      Env
	sessions map[string]*session // by origin
	last     struct {            // of the request that was signed last
		origin string
		try    int
		signed bool
	}
}

// A session is what a challenge said, and how often it was used. Its nonce count must never
// be used twice.
type session struct {
	realm, nonce, opaque string
	qop                  string // as offered: a list
	algorithm            string // "" when the challenge named none
	utf8, hashUser       bool
	preset               string // the parameters that this or an earlier session began with
	cnonce               string // the client's nonce of this session
	count                int    // requests signed
	refused              string // credentials that were wrong although the nonce was fresh
}

func newDigest(env Env) *digest { return &digest{env: env, sessions: map[string]*session{}} }

// Sign answers the challenge that is known for the request's origin. Without one, or without
// a user name, the request stays as it is.
func (d *digest) Sign(_ context.Context, p Params, r *Request) error {
	t, err := r.Target()
	if err != nil {
		return err
	}
	d.last.origin, d.last.try, d.last.signed = t.Scheme+"://"+t.Host, r.Try, false
	// newman has one challenge for all origins.
	if d.env.Compat {
		d.last.origin = ""
	}
	s := d.session(p)
	if s == nil || p.Text("username") == "" {
		return nil
	}
	a := answer{
		session: s, username: p.Text("username"), password: p.Text("password"),
		method: r.Method, uri: t.requestURI(), algorithm: d.algorithm(p, s),
	}
	if a.cnonce, err = d.cnonce(p, s); err != nil {
		return err
	}
	if a.hash, err = digestHash(a.algorithm); err != nil {
		return err
	}
	if a.qop = d.qop(p.Or("qop", s.qop)); a.qop == "auth-int" {
		if a.body, err = a.bodyHash(r); err != nil {
			return err
		}
	}
	s.count++
	a.nc = p.Or("nonceCount", fmt.Sprintf("%08x", s.count))
	r.setHeader("Authorization", a.header())
	d.last.signed = true
	d.show(p, s, &a, r)
	return nil
}

// show records what the answer was made of, for reports. newman: the count is that of the
// next request.
func (d *digest) show(p Params, s *session, a *answer, r *Request) {
	learn := func(key, value string) {
		if p.Text(key) == "" {
			r.learn(key, collection.Text(value))
		}
	}
	learn("nonce", s.nonce)
	learn("realm", s.realm)
	learn("qop", a.qop)
	learn("opaque", s.opaque)
	learn("clientNonce", a.cnonce)
	learn("nonceCount", fmt.Sprintf("%08x", s.count+1))
}

// session returns what is known for the origin, nil when nothing is. Parameters that give
// realm and nonce begin a session, also when they change.
func (d *digest) session(p Params) *session {
	s := d.sessions[d.last.origin]
	realm, nonce := p.Text("realm"), p.Text("nonce")
	preset := realm + "\x00" + nonce
	if realm == "" || nonce == "" || s != nil && s.preset == preset {
		return s
	}
	s = &session{realm: realm, nonce: nonce, opaque: p.Text("opaque"), preset: preset}
	d.sessions[d.last.origin] = s
	return s
}

// cnonce is the client's nonce: the user's, or a random one that stays as long as the
// server's nonce, so that nc counts.
func (d *digest) cnonce(p Params, s *session) (string, error) {
	if given := p.Text("clientNonce"); given != "" {
		return given, nil
	}
	var err error
	if s.cnonce == "" {
		s.cnonce, err = nonce(d.env.Rand, 8)
	}
	return s.cnonce, err
}

// algorithm is the chosen one, otherwise the challenge's, otherwise MD5. newman: MD5 whatever
// the challenge says.
func (d *digest) algorithm(p Params, s *session) string {
	if d.env.Compat {
		return p.Or("algorithm", "MD5")
	}
	return p.Or("algorithm", or(s.algorithm, "MD5"))
}

// or is s, otherwise where s is empty.
func or(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}

// qop picks the quality of protection from a list: "auth" where it is offered, which needs no
// body. newman: a list of several counts as no list.
func (d *digest) qop(list string) string {
	if d.env.Compat && list != "auth" && list != "auth-int" {
		return ""
	}
	chosen := ""
	for offer := range strings.SplitSeq(list, ",") {
		switch offer = strings.ToLower(strings.TrimSpace(offer)); offer {
		case "auth":
			return offer
		case "auth-int":
			chosen = offer
		}
	}
	return chosen
}

// Challenged stores a challenge that comes with 401 or 403 and asks for another try, if that
// can change anything. Any other response shows that the credentials are right.
func (d *digest) Challenged(_ context.Context, p Params, a *Answer) (again bool, err error) {
	if p.Bool("disableRetryRequest") {
		return false, nil
	}
	old := d.sessions[d.last.origin]
	c := d.pick(p, a)
	if a.Code != 401 && a.Code != 403 || c == nil {
		if d.last.signed {
			old.refused = ""
		}
		return false, nil
	}
	if !d.worthwhile(p, old, c) {
		return false, nil
	}
	s := &session{
		realm: c.params["realm"], nonce: c.params["nonce"], opaque: c.params["opaque"], qop: c.params["qop"],
		algorithm: c.params["algorithm"], utf8: strings.EqualFold(c.params["charset"], "UTF-8"),
		hashUser: strings.EqualFold(c.params["userhash"], "true"),
	}
	if s.nonce == "" {
		return false, nil
	}
	if _, err := digestHash(d.algorithm(p, s)); err != nil && !d.env.Compat { // newman: only signing notices
		return false, err
	}
	if old != nil {
		s.preset = old.preset
	}
	d.sessions[d.last.origin] = s
	return true, nil
}

// worthwhile reports whether answering the challenge c can change anything. A request that
// was signed with a fresh nonce and refused has wrong credentials.
func (d *digest) worthwhile(p Params, s *session, c *challenge) bool {
	if !d.last.signed {
		return d.last.try == 0
	}
	if d.env.Compat || d.last.try >= 2 {
		return false
	}
	if strings.EqualFold(c.params["stale"], "true") {
		return true
	}
	credentials := p.Text("username") + "\x00" + p.Text("password")
	if d.last.try > 0 || s.refused == credentials { // the nonce was the server's newest
		s.refused = credentials
		return false
	}
	return true
}

// pick returns the challenge to answer: that of the chosen algorithm, otherwise the first
// whose algorithm is known, otherwise the first. newman: the first.
func (d *digest) pick(p Params, a *Answer) *challenge {
	var first *challenge
	chosen := p.Text("algorithm")
	list := challenges(a.Header)
	for i := range list {
		c := &list[i]
		if !c.is("Digest") {
			continue
		}
		if first == nil {
			first = c
		}
		offered := or(c.params["algorithm"], "MD5")
		_, err := digestHash(offered)
		if !d.env.Compat && (strings.EqualFold(offered, chosen) || chosen == "" && err == nil) {
			return c
		}
	}
	return first
}
