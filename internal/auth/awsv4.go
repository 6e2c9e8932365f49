package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"time"

	"posthaste/collection"
)

const (
	awsAlgorithm = "AWS4-HMAC-SHA256"
	awsHash      = "X-Amz-Content-Sha256"
	awsUnsigned  = "UNSIGNED-PAYLOAD"
)

// awsV4 is AWS Signature Version 4 in headers or in the query (newman: aws4.js, and what its
// library aws4 knows of services). Unlike newman, a query signature of other services than S3
// covers the body that is sent, and the hash of a multipart form is that of the form; newman
// hashes nothing for both, as Env.Compat does.
type awsV4 struct{ env Env }

// Sign adds X-Amz-Date, Authorization and the headers that belong to them. Headers and
// parameters of an earlier signature are removed first, since a request may be signed again.
func (s awsV4) Sign(_ context.Context, p Params, r *Request) error {
	r.dropHeaders("Authorization", "X-Amz-Date", "X-Amz-Security-Token", awsHash)
	r.dropQuery("X-Amz-Security-Token", "X-Amz-Date", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-SignedHeaders",
		"X-Amz-Signature")
	t, err := r.Target()
	if err != nil {
		return err
	}
	k := awsKey{
		access: s.key(p, "accessKey"), secret: s.key(p, "secretKey"), token: p.Text("sessionToken"),
		region: p.Or("region", "us-east-1"), service: p.Or("service", "execute-api"), time: s.time(r),
	}
	if k.service == "email" { // Simple Email Service has this name in its hosts only
		k.service = "ses"
	}
	// The hash must be known before the headers are complete.
	sum, err := awsBodyHash(r, k.service)
	if err != nil {
		return err
	}
	if p.Bool("addAuthDataToQuery") {
		return s.signQuery(r, &k, t, sum)
	}
	if sum != "" {
		r.putHeader(awsHash, sum)
	}
	if !hasHeader(r.Header, "Host") {
		r.putHeader("Host", t.Host)
	}
	if k.token != "" {
		r.putHeader("X-Amz-Security-Token", k.token)
	}
	r.putHeader("X-Amz-Date", k.stamp())
	c := awsRequest{method: r.Method, target: t, s3: k.service == "s3", header: r.Header, body: or(sum, hexSHA256(""))}
	r.putHeader("Authorization", awsAlgorithm+" Credential="+k.access+"/"+k.scope()+
		", SignedHeaders="+c.signedHeaders()+", Signature="+k.sign(c.canonical()))
	return nil
}

// key is a parameter as text. newman: one that is missing is the text "undefined".
func (s awsV4) key(p Params, name string) string {
	if _, given := p.Lookup(name); !given && s.env.Compat {
		return "undefined"
	}
	return p.Text(name)
}

// signQuery adds the signature and what it needs to the query (presigned URL). The signature
// itself is added last and not signed.
func (s awsV4) signQuery(r *Request, k *awsKey, t Target, sum string) error {
	if !hasHeader(r.Header, "Host") {
		r.putHeader("Host", t.Host)
	}
	c := awsRequest{method: r.Method, s3: k.service == "s3", header: r.Header, body: or(sum, hexSHA256(""))}
	switch {
	case c.s3:
		c.body = awsUnsigned
	case s.env.Compat:
		c.body = hexSHA256("")
	}
	add := func(key, value string) { r.addQuery(key, percent(value)) }
	if k.token != "" {
		add("X-Amz-Security-Token", k.token)
	}
	// S3 refuses a signature without a lifetime; a day, in seconds.
	if c.s3 && !hasQuery(r.URL.Query, "X-Amz-Expires") {
		add("X-Amz-Expires", "86400")
	}
	add("X-Amz-Date", k.stamp())
	add("X-Amz-Algorithm", awsAlgorithm)
	add("X-Amz-Credential", k.access+"/"+k.scope())
	add("X-Amz-SignedHeaders", c.signedHeaders())
	var err error
	if c.target, err = r.Target(); err != nil { // with the parameters that were just added
		return err
	}
	add("X-Amz-Signature", k.sign(c.canonical()))
	return nil
}

// time is that of the user's Date header, otherwise now.
func (s awsV4) time(r *Request) time.Time {
	for _, h := range r.Header {
		if !h.Disabled && strings.EqualFold(h.Key, "Date") {
			if t, err := http.ParseTime(h.Value); err == nil {
				return t
			}
		}
	}
	return s.env.Now()
}

// awsBodyHash returns the hash of the body in hex. It is "" where there is no body and the
// service does not ask for a hash, or where the body cannot be known.
func awsBodyHash(r *Request, service string) (string, error) {
	w, err := r.Wire()
	if err != nil {
		return "", err
	}
	if w.Mode == "" && service != "s3" {
		return "", nil
	}
	h := sha256.New()
	known, err := w.feed(h, -1)
	switch {
	case err != nil:
		return "", err
	case known, service == "s3":
		return hex.EncodeToString(h.Sum(nil)), nil
	}
	return "", nil
}

// An awsKey is who signs, for what service, and when.
type awsKey struct {
	access, secret, token string
	region, service       string
	time                  time.Time
}

// stamp is the time as X-Amz-Date has it, in UTC.
func (k *awsKey) stamp() string { return k.time.UTC().Format("20060102T150405Z") }

// scope is the credential scope: date/region/service/aws4_request.
func (k *awsKey) scope() string {
	return strings.Join([]string{k.stamp()[:8], k.region, k.service, "aws4_request"}, "/")
}

// sign returns the signature of a canonical request in hex. The key is derived from the
// secret by each part of the scope.
func (k *awsKey) sign(canonical string) string {
	key := []byte("AWS4" + k.secret)
	for _, part := range strings.Split(k.scope(), "/") {
		key = hmacSHA256(key, part)
	}
	text := strings.Join([]string{awsAlgorithm, k.stamp(), k.scope(), hexSHA256(canonical)}, "\n")
	return hex.EncodeToString(hmacSHA256(key, text))
}

func hmacSHA256(key []byte, text string) []byte {
	m := hmac.New(sha256.New, key)
	_, _ = io.WriteString(m, text) // a hash takes everything
	return m.Sum(nil)
}

func hexSHA256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// hasHeader reports whether an enabled header of that name exists, in any case.
func hasHeader(list []collection.Header, name string) bool {
	for _, h := range list {
		if !h.Disabled && strings.EqualFold(h.Key, name) {
			return true
		}
	}
	return false
}

// hasQuery reports whether an enabled parameter of that name exists.
func hasQuery(list []collection.QueryParam, name string) bool {
	for _, q := range list {
		if !q.Disabled && q.Key == name {
			return true
		}
	}
	return false
}
