package auth

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
)

// oauth1 is RFC 5849 with the body hash extension (newman: oauth1.js). An absent signatureMethod is HMAC-SHA1.
type oauth1 struct{ env Env }

// Sign adds the protocol's parameters where addParamsToHeader says: to Authorization, or else
// to a urlencoded body of PUT and POST, or else to the query. The query is encoded again by
// RFC 3986, which servers sign. Without consumerKey and a secret or key the request stays as
// it is (newman: the same, and no error).
//
// Errors are a key that cannot be read, a method that is not known, and a body that cannot be
// read for its hash.
func (o oauth1) Sign(_ context.Context, p Params, r *Request) error {
	method := p.Or("signatureMethod", "HMAC-SHA1")
	secret := "consumerSecret"
	if strings.HasPrefix(method, "RSA-") {
		secret = "privateKey"
	}
	if p.Text("consumerKey") == "" || p.Text(secret) == "" {
		return nil
	}
	// A request that is tried again, or a collection that was saved with its signature, must
	// not sign its own old parameters.
	o.clean(r)
	list, err := o.params(p, r, method)
	if err != nil {
		return err
	}
	t, err := r.Target()
	if err != nil {
		return err
	}
	// All that RFC 5849, 3.4.1.3 covers: query, protocol parameters, urlencoded body.
	all := slices.Concat(formPairs(t.Query), list, bodyPairs(r.Body))
	signature, err := oauth1Signature(method, oauth1Base(r.Method, t, all), p, o.env)
	if err != nil {
		return err
	}
	if !r.Verbatim {
		reencodeQuery(r, t)
	}
	if o.env.Compat && p.Text("signatureMethod") == "" { // newman: signs with one that it does not name
		list = slices.DeleteFunc(list, func(q pair) bool { return q.key == "oauth_signature_method" })
	}
	// The signature itself is added last: it is not part of what it signs.
	o.place(p, r, append(list, pair{key: "oauth_signature", value: signature}))
	return nil
}

// clean takes out what an earlier signature left, from the header, the query and the body.
// The body is copied first, since it may be shared with the collection.
func (oauth1) clean(r *Request) {
	names := []string{
		"oauth_consumer_key", "oauth_token", "oauth_signature_method", "oauth_timestamp", "oauth_nonce",
		"oauth_version", "oauth_signature", "oauth_callback", "oauth_verifier", "oauth_body_hash",
	}
	r.dropHeaders("Authorization")
	r.dropQuery(names...)
	if !isForm(r.Body) {
		return
	}
	body := *r.Body
	body.URLEncoded = slices.DeleteFunc(slices.Clone(body.URLEncoded), func(q collection.Param) bool {
		return slices.Contains(names, q.Key)
	})
	r.Body = &body
}

// params are the protocol's parameters in newman's order, without the signature. Those that
// are empty take part only where addEmptyParamsToSign says so, the extensions' never. A
// timestamp and a nonce that the collection gives are taken as they are, which tests with
// recorded signatures need.
func (o oauth1) params(p Params, r *Request, method string) ([]pair, error) {
	stamp, once := p.Text("timestamp"), p.Text("nonce")
	var err error
	if once == "" {
		if once, err = nonce(o.env.Rand, 11); err != nil { // newman: oauth1.js draws 11 characters
			return nil, err
		}
	}
	if stamp == "" {
		stamp = strconv.FormatInt(o.env.Now().Unix(), 10) // seconds
	}
	list := []pair{
		{key: "oauth_consumer_key", value: p.Text("consumerKey")},
		{key: "oauth_token", value: p.Text("token")},
		{key: "oauth_signature_method", value: method},
		{key: "oauth_timestamp", value: stamp},
		{key: "oauth_nonce", value: once},
		{key: "oauth_version", value: p.Text("version")},
	}
	if !p.Bool("addEmptyParamsToSign") {
		list = slices.DeleteFunc(list, func(q pair) bool { return strings.TrimSpace(q.value) == "" })
	}
	sum := ""
	// RFC 5849 signs a urlencoded body by its parameters; the hash extension is for the other
	// kinds.
	if p.Bool("includeBodyHash") && !isForm(r.Body) {
		if sum, err = oauth1BodyHash(r, method); err != nil {
			return nil, err
		}
	}
	for _, q := range []pair{
		{key: "oauth_body_hash", value: sum},
		{key: "oauth_callback", value: p.Text("callback")},
		{key: "oauth_verifier", value: p.Text("verifier")},
	} {
		if strings.TrimSpace(q.value) != "" {
			list = append(list, q)
		}
	}
	return list, nil
}

// place adds the parameters to the request, the signature among them. A request that is sent
// verbatim gets them in the query without further encoding.
func (oauth1) place(p Params, r *Request, list []pair) {
	switch {
	case p.Bool("addParamsToHeader"):
		r.setHeader("Authorization", oauth1Header(p.Text("realm"), list, !p.Bool("disableHeaderEncoding")))
	case isForm(r.Body) && (strings.Contains(r.Method, "PUT") || strings.Contains(r.Method, "POST")):
		for _, q := range list { // the body is our own since clean
			r.Body.URLEncoded = append(r.Body.URLEncoded, collection.Param{Key: q.key, Value: collection.Text(q.value)})
		}
	case r.Verbatim:
		for _, q := range list {
			r.addQuery(q.key, q.value)
		}
	default:
		for _, q := range list {
			r.addQuery(percent(q.key), percent(q.value))
			if _, given := p.Lookup("token"); q.key == "oauth_token" && !given { // newman: null has no "="
				r.URL.Query[len(r.URL.Query)-1].NoValue = true
			}
		}
	}
}

// oauth1Header writes the Authorization header of RFC 5849, 3.5.1. Parameters without value
// are left out. Without encoding, values with quotation marks would break the header; newman
// offers that all the same.
func oauth1Header(realm string, list []pair, encode bool) string {
	escape := func(s string) string { return s }
	if encode {
		escape = percent
	}
	var fields []string
	if strings.TrimSpace(realm) != "" {
		// The realm comes first and is not part of the signature.
		fields = append(fields, `realm="`+escape(realm)+`"`)
	}
	for _, q := range list {
		if q.value != "" {
			fields = append(fields, escape(q.key)+`="`+escape(strings.TrimSpace(q.value))+`"`)
		}
	}
	return "OAuth " + strings.Join(fields, ",")
}

// reencodeQuery encodes the query as the signature does, so that a server need not guess:
// "a+b" and "a%20b" are the same parameter but not the same bytes.
func reencodeQuery(r *Request, t Target) {
	if t.Query == "" {
		return
	}
	list := formPairs(t.Query)
	r.URL.Query = make([]collection.QueryParam, 0, len(list)+10) // room for the protocol's parameters
	for _, q := range list {
		r.URL.Query = append(r.URL.Query, collection.QueryParam{Key: percent(q.key), Value: percent(q.value), NoValue: q.bare})
	}
}

// isForm reports whether a body is urlencoded. A nil body is not.
func isForm(b *collection.Body) bool { return b != nil && b.Mode == collection.BodyURLEncoded }

// bodyPairs are the parameters of a urlencoded body, which the signature covers.
func bodyPairs(b *collection.Body) []pair {
	var list []pair
	if !isForm(b) || b.Disabled {
		return nil
	}
	for _, q := range b.URLEncoded {
		if q.Disabled {
			continue
		}
		value := q.Value.String()
		if k := q.Value.Kind(); k == collection.Null || k == collection.JSON {
			value = "" // as the transport sends it
		}
		list = append(list, pair{key: q.Key, value: value})
	}
	return list
}
