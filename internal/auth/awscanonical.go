package auth

import (
	"cmp"
	"slices"
	"strings"

	"posthaste/collection"
)

// An awsRequest is what an AWS signature covers (AWS: Create a signed API request).
type awsRequest struct {
	method string
	target Target
	s3     bool // S3 has rules of its own for paths
	header []collection.Header
	body   string // its hash, or what stands for it
}

// canonical writes the canonical request, which is hashed: method, path, query, headers,
// their names, and the body's hash, each on its line.
func (c *awsRequest) canonical() string {
	var lines strings.Builder
	for _, h := range c.headers() {
		lines.WriteString(h.key + ":" + h.value + "\n")
	}
	return strings.Join([]string{
		c.method, c.path(), c.query(), lines.String(), c.signedHeaders(), c.body,
	}, "\n")
}

// headers returns name and value of all lines but those that proxies and clients change,
// sorted by name. Several lines of one name become one, joined by commas.
func (c *awsRequest) headers() []pair {
	values := map[string][]string{}
	for _, h := range c.header {
		name := strings.ToLower(h.Key)
		if h.Disabled || name == "" {
			continue
		}
		switch name {
		case "authorization", "connection", "x-amzn-trace-id", "user-agent", "expect", "presigned-expires", "range":
			continue
		}
		values[name] = append(values[name], strings.Join(strings.Fields(h.Value), " "))
	}
	list := make([]pair, 0, len(values))
	for name, of := range values {
		list = append(list, pair{key: name, value: strings.Join(of, ",")})
	}
	slices.SortFunc(list, func(a, b pair) int { return strings.Compare(a.key, b.key) })
	return list
}

// signedHeaders lists the names as the canonical request has them: lower case, sorted, joined
// by semicolons.
func (c *awsRequest) signedHeaders() string {
	var names []string
	for _, h := range c.headers() {
		names = append(names, h.key)
	}
	return strings.Join(names, ";")
}

// query sorts the parameters by encoded name and value. S3 looks at the first of several
// values only (newman: aws4).
func (c *awsRequest) query() string {
	var list []pair
	known := map[string]bool{}
	for _, p := range formPairs(c.target.Query) {
		e := pair{key: percent(p.key), value: percent(p.value)}
		if p.key == "" || c.s3 && known[e.key] {
			continue
		}
		known[e.key] = true
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b pair) int {
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.value, b.value))
	})
	var b strings.Builder
	for i, p := range list {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(p.key + "=" + p.value)
	}
	return b.String()
}

// path encodes the path of the wire once more, with dots and empty segments resolved. S3 uses
// the path as it is, encoded once.
func (c *awsRequest) path() string {
	path := awsPathText(c.target.Path)
	if path == "" || path == "/" {
		return "/"
	}
	if c.s3 {
		path = unpercent(strings.ReplaceAll(path, "+", " "))
		return strings.ReplaceAll(percent(path), "%2F", "/")
	}
	var kept []string
	for segment := range strings.SplitSeq(path, "/") {
		switch segment {
		case "", ".":
		case "..":
			kept = kept[:max(0, len(kept)-1)]
		default:
			kept = append(kept, percent(segment))
		}
	}
	text := "/" + strings.Join(kept, "/")
	if len(kept) > 0 && strings.HasSuffix(path, "/") {
		text += "/"
	}
	return text
}

// awsPathText encodes what the wire leaves open and AWS does not: "[", "|", "^" and their
// like.
func awsPathText(path string) string {
	var b strings.Builder
	for i := range len(path) {
		if c := path[i]; unreserved(c) || strings.IndexByte(";,/?:@&=+$!*'()#%", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString(percent(path[i : i+1]))
		}
	}
	return b.String()
}
