package generate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/schema"
)

// escape encodes a part of a query. Braces of placeholders stay.
func escape(text string) string {
	if strings.Contains(text, "{{") {
		return text
	}
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}

var template = regexp.MustCompile(`\{([^{}]+)\}`)

// path is the path of an operation with a variable for each parameter.
func (g *generator) path(o *openapi.Operation) string {
	return template.ReplaceAllStringFunc(o.Path, func(part string) string {
		name := part[1 : len(part)-1]
		key := variableOf(o.Path, name)
		value := "1"
		for _, p := range o.Parameters {
			if p.In == "path" && p.Name == name {
				value = g.pathText(p)
				key = g.fitting(key, p)
			}
		}
		g.variable(key, value, "")
		return "{{" + key + "}}"
	})
}

// fitting is the variable, or another of the same name with a number where its value does not fit the parameter.
func (g *generator) fitting(key string, p *openapi.Parameter) string {
	own := key
	for i := 2; ; i++ {
		at := slices.IndexFunc(g.variables, func(v variable) bool { return v.Key == own })
		if at < 0 {
			return own
		}
		text := g.variables[at].Value
		if plain, err := url.PathUnescape(text); err == nil {
			text = plain
		}
		v := node.Text(text)
		if number, err := node.ParseJSON(text, nil); err == nil && p.Schema != nil && !p.Schema.Accepts(node.String) {
			v = number
		}
		if g.made.Fits(p.Schema, v) || !g.made.Fits(p.Schema, g.value(p)) {
			return own
		}
		own = key + strconv.Itoa(i)
	}
}

// pathText is a value that stands well in a path, where the schema allows that.
func (g *generator) pathText(p *openapi.Parameter) string {
	text := g.text(p)
	simple := strings.NewReplacer(" ", "-", "/", "-").Replace(text)
	if simple != text && !strings.Contains(text, "/") && g.made.Fits(p.Schema, node.Text(simple)) {
		return simple
	}
	if strings.ContainsAny(text, "/?#%\\") {
		return url.PathEscape(text)
	}
	return text
}

// variableOf names the variable of a parameter: itemId for /items/{id}.
func variableOf(path, name string) string {
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' {
			return r
		}
		return '_'
	}, name)
	if !strings.EqualFold(clean, "id") && !strings.EqualFold(clean, "name") && !strings.EqualFold(clean, "uuid") {
		return clean
	}
	before, _, _ := strings.Cut(path, "{"+name+"}")
	segments := strings.Split(strings.Trim(before, "/"), "/")
	for i := len(segments) - 1; i >= 0; i-- {
		if s := segments[i]; s != "" && !strings.ContainsAny(s, "{}.:") {
			return singular(s) + strings.ToUpper(clean[:1]) + clean[1:]
		}
	}
	return clean
}

func singular(word string) string {
	switch {
	case strings.HasSuffix(word, "ies") && len(word) > 4:
		return word[:len(word)-3] + "y"
	case strings.HasSuffix(word, "sses"), strings.HasSuffix(word, "xes"):
		return word[:len(word)-2]
	case strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && len(word) > 2:
		return word[:len(word)-1]
	}
	return word
}

// authenticate adds what the first requirement of an operation asks for that can be written down.
func (g *generator) authenticate(o *openapi.Operation, r *request, query *[]string) {
	if len(o.Security) == 0 {
		return
	}
	for _, name := range o.Security[0] {
		for _, s := range g.doc.Schemes {
			if s.Name == name {
				g.scheme(s, r, query)
			}
		}
	}
	if len(o.Security[0]) == 0 {
		r.Auth = &auth{"type": "noauth"}
	}
}

// scheme adds one scheme: the first that Postman has a type for as the request's authentication, others as what they send.
func (g *generator) scheme(s openapi.Scheme, r *request, query *[]string) {
	entry := func(key, value string) map[string]any {
		return map[string]any{"key": key, "value": value, "type": "string"}
	}
	secret := func(name, what string) string {
		g.variable(name, "<your "+what+">", "secret")
		return "{{" + name + "}}"
	}
	clean := template.ReplaceAllString(strings.NewReplacer(" ", "_", ".", "_").Replace(s.Name), "")
	switch {
	case s.Type == "http" && s.HTTP == "basic":
		user, password := secret("username", "user name"), secret("password", "password")
		if r.Auth == nil {
			r.Auth = &auth{"type": "basic", "basic": []any{entry("username", user), entry("password", password)}}
		}
	case s.Type == "apiKey" && s.In == "query":
		*query = append(*query, s.Key+"="+secret(clean, "API key"))
	case s.Type == "apiKey" && s.In == "cookie":
		r.Header = append(r.Header, field{Key: "Cookie", Value: s.Key + "=" + secret(clean, "session")})
	case s.Type == "apiKey":
		r.Header = append(r.Header, field{Key: s.Key, Value: secret(clean, "API key")})
	case s.Type == "mutualTLS":
	default: // bearer, oauth2, openIdConnect
		token := secret("accessToken", "access token")
		if r.Auth == nil {
			r.Auth = &auth{"type": "bearer", "bearer": []any{entry("token", token)}}
		} else {
			r.Header = append(r.Header, field{Key: "Authorization", Value: "Bearer " + token})
		}
	}
}

// body adds the body: JSON where the operation takes it.
func (g *generator) body(o *openapi.Operation, r *request) {
	m := bodyMedia(o)
	if m == nil {
		return
	}
	v := g.bodyValue(m)
	g.note(o, "the body", m.Schema, v)
	kind, _, _ := strings.Cut(strings.ToLower(m.Type), ";")
	switch {
	case kind == "application/x-www-form-urlencoded":
		r.Body = &body{Mode: "urlencoded", URLEncoded: fields(v, "")}
		return
	case kind == "multipart/form-data":
		r.Body = &body{Mode: "formdata", FormData: fields(v, "")}
		return
	case strings.Contains(kind, "json"):
		r.Body = &body{Mode: "raw", Raw: indented(v), Options: json.RawMessage(`{"raw":{"language":"json"}}`)}
	default:
		r.Body = &body{Mode: "raw", Raw: plain(v, ",")}
	}
	if strings.Contains(kind, "*") {
		m = &openapi.Media{Type: "application/json"}
	}
	r.Header = append(r.Header, field{Key: "Content-Type", Value: m.Type})
}

// bodyMedia is the form in which a body is sent, nil without a body.
func bodyMedia(o *openapi.Operation) *openapi.Media {
	if o.Body == nil || len(o.Body.Content) == 0 {
		return nil
	}
	for _, m := range o.Body.Content {
		if strings.Contains(m.Type, "json") {
			return m
		}
	}
	return o.Body.Content[0]
}

func (g *generator) bodyValue(m *openapi.Media) *node.Node {
	g.odd = ""
	for _, v := range m.Examples {
		if g.made.Fits(m.Schema, v) {
			return v
		}
	}
	return g.made.Value(m.Schema)
}

func indented(v *node.Node) string {
	var b bytes.Buffer
	if err := json.Indent(&b, v.AppendJSON(nil), "", "  "); err != nil {
		return v.JSON()
	}
	return b.String()
}

// fields are the fields of a form; those of objects and lists are named as card[number].
func fields(v *node.Node, prefix string) []field {
	var list []field
	for i, one := range v.Items {
		key := ""
		if v.Kind == node.Object {
			key = v.Keys[i]
		}
		name := key
		if prefix != "" {
			name = prefix + "[" + key + "]"
		}
		switch {
		case one.Kind == node.Object:
			list = append(list, fields(one, name)...)
		case one.Kind == node.Array && prefix == "":
			for _, item := range one.Items {
				if item.Kind == node.Object {
					list = append(list, fields(item, name+"[0]")...)
					continue
				}
				list = append(list, field{Key: name, Value: plain(item, ","), Type: "text"})
			}
		default:
			list = append(list, field{Key: name, Value: plain(one, ","), Type: "text"})
		}
	}
	return list
}

// tests are the script behind a request: the status, the main properties, and what later requests need.
func (g *generator) tests(o *openapi.Operation) []string {
	var codes []string
	var answer *schema.Schema
	open := len(o.Responses) == 0 // or a range, or a default: which statuses are a success is not said
	best, code := o.Usual()
	for _, r := range o.Responses {
		n, err := strconv.Atoi(r.Status)
		switch {
		case err != nil && r.Status[0] != '4' && r.Status[0] != '5':
			open = true
		case err == nil && n < 400:
			codes = append(codes, r.Status)
		}
	}
	if best != nil && code != http.StatusNoContent && o.Method != http.MethodHead {
		for _, m := range best.Content {
			if strings.Contains(m.Type, "json") && m.Schema != nil {
				answer = m.Schema
			}
		}
	}
	if len(codes) == 0 && !open {
		return []string{"// the file documents no success"}
	}
	condition := "pm.expect(pm.response.code).to.be.below(400)"
	title := "status is a success"
	if len(codes) > 0 && !open {
		condition, title = "pm.expect(pm.response.code).to.be.oneOf(["+strings.Join(codes, ", ")+"])", "status is "+strings.Join(codes, " or ")
	}
	lines := []string{fmt.Sprintf("pm.test(%q, () => %s);", title, condition)}
	if answer == nil {
		return lines
	}
	if names := required(answer); len(names) > 0 {
		list, _ := json.Marshal(names) // texts
		lines = append(lines, fmt.Sprintf("pm.test(%q, () => pm.expect(pm.response.json()).to.include.all.keys(%s));", "has "+strings.Join(names, ", "), list))
	}
	return append(lines, g.keeps(o, answer)...)
}

// mostNames is how many properties a test looks for.
const mostNames = 8

// required are the properties that an object must have, nil for other values.
func required(s *schema.Schema) []string {
	if !s.Accepts(node.Object) || s.Accepts(node.Array) || s.Accepts(node.Null) {
		return nil
	}
	names := s.AllRequired(true)
	return names[:min(len(names), mostNames)]
}
