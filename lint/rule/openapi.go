package rule

import (
	"fmt"
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/near"
	"posthaste/internal/openapi"
	"posthaste/internal/secret/naming"
	"posthaste/lint/subject"
)

// openAPIRules hold requests against the files of --openapi. Without such a file they find nothing.
func openAPIRules() []Rule {
	return []Rule{
		{
			Id: "openapi-operation", Severity: subject.Error, Check: apiOperations,
			About: "A request matches no operation of the OpenAPI file.",
			Doc: `This rule and the next five need --openapi. A request belongs to a file when its URL begins with one of the file's servers. If the host
is a variable whose value is not known, the path decides, with or without the base path of the servers. Such a path is reported
only if another request with the same host matches an operation. If no request belongs to a file, that is a warning. Variables that
scripts set or that no file defines fit everything, and so do ` + "`<<name>>`" + ` and ` + "`<string>`" + `. A request whose prerequest script changes the URL is
not checked.`,
		},
		{
			Id: "openapi-missing", Severity: subject.Error, Check: apiMissing,
			About: "A request lacks a parameter or a body that the OpenAPI file requires.",
			Doc: `Headers that the auth of the request, a prerequest script or the run itself adds are counted. A missing cookie is a warning, because an
earlier response may set it. If the tests of a request expect only a status of 4xx, the request is wrong on purpose: this rule and the
next three do not check it.`,
		},
		{
			Id: "openapi-parameter", Severity: subject.Error, Check: apiParameters,
			About: "The value of a parameter does not fit its schema in the OpenAPI file.",
			Doc:   "This concerns parameters in path, query, headers and cookies. Formats such as uuid are checked only with --openapi-formats.",
		},
		{
			Id: "openapi-body", Severity: subject.Error, Check: apiBodies,
			About: "A request's body does not fit the OpenAPI file.",
			Doc: `The Content-Type of the body or a value in it is wrong. JSON, XML and forms are checked. A placeholder fits every value, also in JSON without
quotes. Not checked are the content of files, and bodies that become JSON only when their placeholders are replaced.`,
		},
		{
			Id: "openapi-unknown", Severity: subject.Warning, Check: apiUnknown,
			About: "The OpenAPI file does not document a query parameter, a field of the body, or any body.",
			Doc:   "Most of these are typing mistakes, which a server ignores without a message. If the schema forbids further fields, the rule openapi-body reports them. Headers are not checked.",
		},
		{
			Id: "openapi-deprecated", Severity: subject.Warning, Check: apiDeprecated,
			About: "A request uses an operation or a parameter that the OpenAPI file calls deprecated.",
			Doc:   "One finding for each, with all requests that use it.",
		},
	}
}

// isBody reports whether a deviation is about the body.
func isBody(d subject.Deviation) bool {
	return strings.HasPrefix(d.Where, "request ") || d.Keyword == "content-type"
}

// deviations reports those deviations that a rule is about.
func deviations(k *subject.Checker, is func(subject.Deviation) bool) {
	for _, d := range k.Deviations().Deviations {
		if is(d) {
			k.Report(deviation(k, d))
		}
	}
}

// deviation makes the finding of one: what the contract says, with the place of what asks. The value of a secret is left out.
func deviation(k *subject.Checker, d subject.Deviation) subject.Finding {
	what := d.Where
	if d.Keyword == "content-type" {
		what = "header Content-Type"
	}
	text := fmt.Sprintf("%s: %s: %s", d.Operation, what, d.Message)
	if what == "operation" {
		text = fmt.Sprintf("%s: %s", d.Operation, d.Message)
	}
	name := what[strings.LastIndexAny(what, " /")+1:]
	switch {
	case naming.Names(name) && d.Value != "":
		text = fmt.Sprintf("%s: %s: its value does not fit (%s)", d.Operation, what, d.Keyword)
	case d.Value != "" && !openapi.IsGap(strings.Trim(d.Value, `"`)) && !strings.Contains(d.Message, d.Value) && d.Keyword != "content-type":
		text += "; it is " + d.Value
	}
	if d.Count > 1 {
		text += fmt.Sprintf(" (%d times)", d.Count)
	}
	f := k.Finding(d.Step.Item, name, openapi.Shown(text))
	f.Put(d.At(k))
	f.OpenAPI = d.Place
	return f
}

// apiOperations finds requests that the file does not have, and a file that is about none of the requests.
func apiOperations(k *subject.Checker) {
	if k.Opt.API == nil {
		return
	}
	all := k.Deviations()
	if all.Requests == 0 && len(k.Steps) > 0 {
		f := k.Finding(nil, "", "no request is to a server of the OpenAPI files: nothing was held against them")
		f.Hint = "is the API served where the file says? --openapi FILE=https://host/base says where; an environment, -e, may give the host"
		f.Mild = true
		k.Report(f)
	}
	for _, d := range all.Deviations {
		if d.Keyword != "operation" {
			continue
		}
		f := deviation(k, d)
		path := pathOf(d.Step.Item.Request.URL)
		f.Text = fmt.Sprintf("%s %s: %s", d.Step.Item.Request.Method, path, d.Message)
		f.Name = path
		if best := nearest(k, d, path); best != "" && !strings.HasPrefix(d.Message, "the path has only") {
			f.Hint = fmt.Sprintf("did you mean %s?", best)
		}
		k.Report(f)
	}
}

// pathOf is the path of a URL as the collection has it.
func pathOf(u collection.URL) string { return "/" + strings.Join(u.Path, "/") }

// nearest is the path of an operation with the same method that a path looks like, "" for none. Parameters count as equal.
func nearest(k *subject.Checker, d subject.Deviation, path string) string {
	segments := strings.Split(path, "/")
	templates := map[string]string{} // by the path with the request's values
	var list []string
	for _, doc := range k.Opt.API.Documents() {
		for _, o := range doc.Operations {
			own := strings.Split(o.Path, "/")
			skip := len(segments) - len(own)
			if o.Method != strings.ToUpper(d.Step.Item.Request.Method) {
				continue
			}
			for i := range own {
				if at := skip + i; strings.HasPrefix(own[i], "{") && at >= 0 {
					own[i] = segments[at]
				}
			}
			if skip > 0 {
				own = slices.Concat(segments[:skip], own[1:])
			}
			filled := strings.Join(own, "/")
			if _, known := templates[filled]; !known {
				templates[filled] = o.Path
				list = append(list, filled)
			}
		}
	}
	if best := near.Names(path, list, 1); len(best) > 0 {
		return templates[best[0]]
	}
	return ""
}

// apiMissing finds required parameters and bodies that are not there.
func apiMissing(k *subject.Checker) {
	for _, d := range k.Deviations().Deviations {
		if d.Keyword != "required" || isBody(d) && d.Where != "request body" {
			continue
		}
		f := deviation(k, d)
		f.Hint = "add it to the request"
		if strings.HasPrefix(d.Where, "cookie ") {
			f.Mild, f.Hint = true, "add it to the request, unless an earlier response sets it"
		}
		k.Report(f)
	}
}

// apiParameters finds values of parameters that do not fit.
func apiParameters(k *subject.Checker) {
	deviations(k, func(d subject.Deviation) bool {
		switch d.Keyword {
		case "operation", "required", "undocumented", "deprecated":
			return false
		}
		return !isBody(d)
	})
}

// apiBodies finds bodies that do not fit. What is no JSON at all is json-body's.
func apiBodies(k *subject.Checker) {
	deviations(k, func(d subject.Deviation) bool {
		switch {
		case !isBody(d), d.Keyword == "undocumented", d.Keyword == "required" && d.Where == "request body":
			return false
		case d.Keyword == "syntax" && d.Step.Item.Request.Body.Mode == "raw" && sendsJSON(d.Step):
			return false
		}
		return true
	})
}

// apiUnknown finds what the file does not have.
func apiUnknown(k *subject.Checker) {
	deviations(k, func(d subject.Deviation) bool { return d.Keyword == "undocumented" })
}

// apiDeprecated finds what should be used no more.
func apiDeprecated(k *subject.Checker) {
	var list []subject.Finding
	for _, d := range k.Deviations().Deviations {
		if d.Keyword == "deprecated" {
			list = append(list, deviation(k, d))
		}
	}
	k.GatheredBy(list, func(f subject.Finding) string { return f.Text + "\x00" + f.OpenAPI })
}
