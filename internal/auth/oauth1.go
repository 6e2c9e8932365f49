package auth

import (
	"context"
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"posthaste/collection"
)

// oauth1 is RFC 5849 with the body hash extension (newman: oauth1.js). An absent signatureMethod is HMAC-SHA1.
type oauth1 struct{ env Env }

// Sign adds the protocol's parameters where addParamsToHeader says: to Authorization, or else to a urlencoded body of
// PUT and POST, or else to the query. The query is encoded anew by RFC 3986, which servers sign. Without consumerKey
// and a secret or key the request stays as it is.
func (o oauth1) Sign(_ context.Context, p Params, r *Request) error {
	method := p.Or("signatureMethod", "HMAC-SHA1")
	secret := "consumerSecret"
	if strings.HasPrefix(method, "RSA-") {
		secret = "privateKey"
	}
	if p.Text("consumerKey") == "" || p.Text(secret) == "" {
		return nil
	}
	o.clean(r)
	list, err := o.params(p, r, method)
	if err != nil {
		return err
	}
	t, err := r.Target()
	if err != nil {
		return err
	}
	all := slices.Concat(formPairs(t.Query), list, bodyPairs(r.Body))
	signature, err := oauth1Signature(method, oauth1Base(r.Method, t, all), p, o.env)
	if err != nil {
		return err
	}
	if !r.Verbatim {
		reencodeQuery(r, t)
	}
	o.place(p, r, append(list, pair{key: "oauth_signature", value: signature}))
	return nil
}

// clean takes out what an earlier signature left.
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

// params are the protocol's parameters in newman's order, without the signature. Those that are empty take part
// only where addEmptyParamsToSign says so, the extensions' never.
func (o oauth1) params(p Params, r *Request, method string) ([]pair, error) {
	stamp, once := p.Text("timestamp"), p.Text("nonce")
	var err error
	if once == "" {
		if once, err = nonce(o.env.Rand, 11); err != nil {
			return nil, err
		}
	}
	if stamp == "" {
		stamp = strconv.FormatInt(o.env.Now().Unix(), 10)
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

// place adds the parameters to the request.
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
		}
	}
}

func oauth1Header(realm string, list []pair, encode bool) string {
	escape := func(s string) string { return s }
	if encode {
		escape = percent
	}
	var fields []string
	if strings.TrimSpace(realm) != "" {
		fields = append(fields, `realm="`+escape(realm)+`"`)
	}
	for _, q := range list {
		if q.value != "" {
			fields = append(fields, escape(q.key)+`="`+escape(strings.TrimSpace(q.value))+`"`)
		}
	}
	return "OAuth " + strings.Join(fields, ",")
}

// reencodeQuery encodes the query as the signature does, so that a server need not guess.
func reencodeQuery(r *Request, t Target) {
	if t.Query == "" {
		return
	}
	list := formPairs(t.Query)
	r.URL.Query = make([]collection.QueryParam, 0, len(list)+10)
	for _, q := range list {
		r.URL.Query = append(r.URL.Query, collection.QueryParam{Key: percent(q.key), Value: percent(q.value), NoValue: q.bare})
	}
}

func isForm(b *collection.Body) bool { return b != nil && b.Mode == "urlencoded" }

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
		value := ""
		switch q.Value.Kind() {
		case collection.String, collection.Number, collection.Bool:
			value = q.Value.String()
		}
		list = append(list, pair{key: q.Key, value: value})
	}
	return list
}

// oauth1BodyHash returns "" where the method names no hash or the body is not known before it is sent.
func oauth1BodyHash(r *Request, method string) (string, error) {
	algorithm, ok := oauth1Hash(method)
	if !ok {
		return "", nil
	}
	w, err := r.Wire()
	if err != nil {
		return "", err
	}
	h := algorithm.New()
	known, err := w.feed(h, -1)
	if err != nil || !known {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}

func oauth1Hash(method string) (crypto.Hash, bool) {
	_, name, _ := strings.Cut(method, "-")
	switch name {
	case "SHA1":
		return crypto.SHA1, true
	case "SHA256":
		return crypto.SHA256, true
	case "SHA512":
		return crypto.SHA512, true
	}
	return 0, false
}

// oauth1Base is the signature base string (RFC 5849, 3.4.1). The scheme's own port is left out.
func oauth1Base(method string, t Target, all []pair) string {
	lines := make([]string, 0, len(all))
	for _, q := range all {
		if q.key != "oauth_signature" {
			lines = append(lines, percent(q.key)+"\x00"+percent(q.value)) // 0 sorts before all that can follow
		}
	}
	slices.Sort(lines)
	params := strings.ReplaceAll(strings.Join(lines, "&"), "\x00", "=")
	host := strings.ToLower(t.Host)
	if t.Scheme == "http" && t.Port == "80" || t.Scheme == "https" && t.Port == "443" {
		host = strings.ToLower(t.Hostname)
	}
	return percent(strings.ToUpper(method)) + "&" + percent(t.Scheme+"://"+host+t.Path) + "&" + percent(params)
}

func oauth1Signature(method, base string, p Params, env Env) (string, error) {
	key := percent(p.Text("consumerSecret")) + "&" + percent(p.Text("tokenSecret"))
	if method == "PLAINTEXT" {
		return key, nil
	}
	algorithm, ok := oauth1Hash(method)
	kind, _, _ := strings.Cut(method, "-")
	switch {
	case ok && kind == "HMAC":
		m := hmac.New(algorithm.New, []byte(key))
		m.Write([]byte(base))
		return base64.StdEncoding.EncodeToString(m.Sum(nil)), nil
	case ok && kind == "RSA":
		private, err := privateKey(p.Text("privateKey"))
		if err != nil {
			return "", err
		}
		signer, ok := private.(*rsa.PrivateKey)
		if !ok {
			return "", errors.New("the private key is not an RSA key")
		}
		h := algorithm.New()
		h.Write([]byte(base))
		signature, err := rsa.SignPKCS1v15(env.Rand, signer, algorithm, h.Sum(nil))
		if err != nil {
			return "", fmt.Errorf("signing with the private key: %w", err)
		}
		return base64.StdEncoding.EncodeToString(signature), nil
	}
	return "", fmt.Errorf("unsupported signature method %q", method)
}
