package contract

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/node"
)

// response checks status, headers, content type and body. An undocumented status ends the
// check, for nothing says what the rest should be.
func (k *check) response() {
	op, res := k.match.Operation, k.exchange.Response
	r := op.Response(res.Code)
	if r == nil {
		var list []string
		for _, one := range op.Responses {
			list = append(list, one.Status)
		}
		documented := "the file documents none"
		if len(list) > 0 {
			documented = "the file has " + strings.Join(list, ", ")
		}
		k.add(Violation{
			Status: res.Code, Where: "status", Keyword: "status", Message: fmt.Sprintf("%d is not documented; %s", res.Code, documented),
			Place: keyPlace(op.Node, "responses"), Value: strconv.Itoa(res.Code),
		})
		return
	}
	k.seen.response = r
	for _, h := range r.Headers {
		k.responseHeader(h)
	}
	k.responseBody(r)
}

// responseHeader checks one documented header. A text that is not the JSON it should be is
// passed over.
func (k *check) responseHeader(h *openapi.Parameter) {
	if strings.EqualFold(h.Name, "Content-Type") {
		return // content says that
	}
	// Set-Cookie and others may come several times.
	values := headerValues(k.exchange.Response.Header, h.Name)
	where := "header " + h.Name
	if values == nil {
		if h.Required {
			k.add(Violation{Status: k.exchange.Response.Code, Where: where, Keyword: "required", Message: "it is missing", Place: h.Node.Place()})
		}
		return
	}
	k.seen.headers = append(k.seen.headers, h)
	if h.Schema == nil {
		return
	}
	if v := readParameter(h, values); v != nil {
		k.validate(h.Schema, v, where, false, h.Node)
	}
}

// responseBody checks the content type and value of a body, and that there is one where the
// file documents it.
func (k *check) responseBody(r *openapi.Response) {
	res := k.exchange.Response
	// These have no body, whatever their headers say (RFC 9110 6.4.1).
	if k.exchange.Request.Method == http.MethodHead || res.Code == http.StatusNotModified {
		return
	}
	empty := res.Body.Size == 0 && len(res.Body.Data) == 0
	kind := strings.Join(headerValues(res.Header, "Content-Type"), "")
	switch {
	case len(r.Content) == 0 && !empty:
		k.odd(Violation{Status: res.Code, Where: "body", Keyword: "undocumented", Message: "the file documents no body", Place: r.Node.Place()})
		return
	case len(r.Content) == 0, empty && res.Code == 204:
		return
	case empty:
		// An empty text or file is a possible value; an empty JSON or XML is not.
		if slices.ContainsFunc(r.Content, func(m *openapi.Media) bool { return isJSON(m.Type) || isXML(m.Type) }) {
			k.add(Violation{Status: res.Code, Where: "body", Keyword: "required", Message: "it is empty where " + typesOf(r.Content) + " is asked", Place: r.Node.Place()})
		}
		return
	}
	m := mediaFor(r.Content, kind)
	if m == nil {
		has := plainType(kind)
		if kind == "" {
			has = "no content type"
		}
		k.add(Violation{
			Status: res.Code, Where: "header Content-Type", Keyword: "content-type", Message: has + " where " + typesOf(r.Content) + " is asked",
			Place: keyPlace(r.Node, "content"), Value: node.Text(plainType(kind)).JSON(),
		})
		return
	}
	// Cut to what the run keeps of a body for its events, or not kept at all: a part of JSON
	// proves nothing.
	if res.Body.Cut || int64(len(res.Body.Data)) < res.Body.Size && len(res.Body.Data) == 0 {
		k.verdict.NotJudged = "the body was cut"
		return
	}
	k.body(m, kind, res.Body.Data, "", false)
}

// plainType is a content type without its parameters, in lower case: "application/json" of
// "Application/JSON; charset=utf-8".
func plainType(kind string) string {
	plain, _, _ := strings.Cut(kind, ";")
	return strings.ToLower(strings.TrimSpace(plain))
}

// typesOf lists content types for a message: "application/json or text/csv".
func typesOf(content []*openapi.Media) string {
	var list []string
	for _, m := range content {
		list = append(list, m.Type)
	}
	return strings.Join(list, " or ")
}

// mediaFor chooses the form of a body by its content type: the same with parameters, the
// same, a range such as text/*. A body without a content type has the only form there is. nil
// where no form is for the type.
func mediaFor(content []*openapi.Media, kind string) *openapi.Media {
	if kind == "" {
		if len(content) == 1 {
			return content[0]
		}
		return nil
	}
	plain := plainType(kind)
	_, params, _ := mime.ParseMediaType(kind)
	var best *openapi.Media
	score := 0
	for _, m := range content {
		if n := fitsType(m.Type, plain, params); n > score {
			best, score = m, n
		}
	}
	return best
}

// fitsType is how well a documented type is that of a body, from 0, not at all, upwards. An
// equal type scores 10, changed by the parameters that agree or do not (version=2), and never
// less than a range; charset says nothing of the form.
func fitsType(documented, plain string, params map[string]string) int {
	want := plainType(documented)
	major, _, _ := strings.Cut(plain, "/")
	switch {
	case want == plain:
		_, asked, _ := mime.ParseMediaType(documented)
		n := 10
		for key, value := range asked {
			if key != "charset" && strings.EqualFold(params[key], value) {
				n++
			} else if key != "charset" {
				n--
			}
		}
		return max(n, 4)
	case want == major+"/*":
		return 3
	case want == "*/*", want == "*":
		return 2
	case want == "application/*+json" && strings.HasSuffix(plain, "+json"):
		return 3
	}
	return 0
}

// isJSON reports whether a content type is JSON: also +json (RFC 6839 3.1), such as
// application/problem+json.
func isJSON(kind string) bool {
	plain := plainType(kind)
	return plain == "application/json" || strings.HasSuffix(plain, "+json") || plain == "text/json"
}

// isXML is the same for XML (RFC 7303).
func isXML(kind string) bool {
	plain := plainType(kind)
	return plain == "application/xml" || plain == "text/xml" || strings.HasSuffix(plain, "+xml")
}
