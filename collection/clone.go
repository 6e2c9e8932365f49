package collection

import "slices"

// A run changes requests while it prepares and sends them. The methods here make copies that
// share nothing that can be changed with what they were made from. Byte slices, which hold
// the JSON of what nobody uses, are shared: they are never written to.

// Clone returns a copy of the request; nil stays nil. Every field that is a pointer or a list
// must be copied here: one that is forgotten would let a run change the collection for the
// next iteration.
func (q *Request) Clone() *Request {
	if q == nil {
		return nil
	}
	c := *q
	c.URL = q.URL.Clone()
	c.Header = slices.Clone(q.Header)
	c.Body = q.Body.Clone()
	c.Auth = q.Auth.Clone()
	return &c
}

// Clone returns a copy of the URL. u is a copy already, only what it points to must be
// copied.
func (u URL) Clone() URL {
	if u.User != nil {
		user := *u.User
		u.User = &user
	}
	u.Host = slices.Clone(u.Host)
	u.Path = slices.Clone(u.Path)
	u.Query = slices.Clone(u.Query)
	u.Variables = slices.Clone(u.Variables)
	return u
}

// Clone returns a copy of the body; nil stays nil.
func (b *Body) Clone() *Body {
	if b == nil {
		return nil
	}
	c := *b
	c.URLEncoded = slices.Clone(b.URLEncoded)
	c.FormData = slices.Clone(b.FormData)
	for i := range c.FormData {
		c.FormData[i].Src = slices.Clone(c.FormData[i].Src)
	}
	if b.File != nil {
		file := *b.File
		c.File = &file
	}
	if b.GraphQL != nil {
		g := *b.GraphQL
		c.GraphQL = &g
	}
	return &c
}

// Clone returns a copy of the auth; nil stays nil.
func (a *Auth) Clone() *Auth {
	if a == nil {
		return nil
	}
	return &Auth{Type: a.Type, Params: slices.Clone(a.Params)}
}

// Clone returns a copy of the environment; nil stays nil.
func (e *Environment) Clone() *Environment {
	if e == nil {
		return nil
	}
	c := *e
	c.Values = slices.Clone(e.Values)
	c.Notices = slices.Clone(e.Notices)
	return &c
}

// CloneHeaders returns a copy of a header list. Headers hold no pointers but Extra, which is
// never changed.
func CloneHeaders(h []Header) []Header { return slices.Clone(h) }
