// Package openapi reads the file that describes an API: OpenAPI 3.0 and 3.1 and Swagger 2.0, in JSON and YAML, in one file
// or several. One model comes out, whatever the version.
//
// Load reads and compiles everything, so that whatever is wrong with a file is said before a request is sent, with file and
// line. A Document is read only afterwards.
package openapi

import (
	"posthaste/internal/openapi/node"
	"posthaste/internal/openapi/reference"
	"posthaste/internal/openapi/schema"
)

// A Document is an API as its file describes it. It and all that it refers to is read only
// once Load has returned it, so that goroutines may share it.
type Document struct {
	Name    string // of the file, as the user gave it
	Version string // "2.0", "3.0" or "3.1"
	// info.title, for headings; "" without one.
	Title string
	// At least one. A file that names none is served at "", which stands for any host.
	Servers    []Server
	Operations []*Operation // in the order of the file
	Schemes    []Scheme     // how requests can be authenticated
	// The root node of the file, for what has no field here.
	Root  *node.Node
	Files int // how many were read
	// Problems are what is wrong with the file and left out, such as a pattern that is no regular expression.
	Problems []Problem

	// The files that were loaded, by name.
	set *reference.Set
	// The compiler that made the schemas, which knows all anchors and ids.
	compiler *schema.Compiler
	routes   map[int][]*Operation // by the number of their segments, the most concrete first
	served   [][]base             // lists of servers; the first is the file's own
}

// A Problem is something wrong with a file that does not keep it from being used. What it
// concerns is not checked.
type Problem struct {
	Place   string // file:line:column
	Message string
	// Reference says that a reference leads nowhere, or to another host, so that what it stands for is not checked.
	Reference bool
}

// String is the problem behind its place, as compilers write it: "api.yaml:12:7: the path …".
func (p Problem) String() string {
	if p.Place == "" {
		return p.Message
	}
	return p.Place + ": " + p.Message
}

// A Server is where an API is served. Its URL has no slash at the end, and may be relative
// (/v1): to the host of requests then.
type Server struct {
	URL       string // with {variables}
	Variables []Variable
	Node      *node.Node // nil where it was given on the command line, or where the file has none
}

// A Variable is a part of a Server's URL. Enum lists its values; without it, any text is one.
type Variable struct {
	Name, Default string
	Enum          []string
}

// An Operation is a request that an API answers. Its fields have what the file says,
// references followed.
type Operation struct {
	Document    *Document
	Method      string // in capitals
	Path        string // template, such as /payments/{reference}
	ID          string // operationId
	Summary     string
	Description string
	Tags        []string
	Deprecated  bool
	Servers     []Server // those of the file, the path or the operation
	// Those of the path and of the operation, merged; in Swagger 2.0 without those that make
	// up the body.
	Parameters []*Parameter
	Body       *Body       // nil where none is documented
	Responses  []*Response // in the order of the file
	// Alternatives: a request must meet one of them. An empty Requirement among them allows
	// requests without authentication.
	Security []Requirement
	Node     *node.Node

	// The path template, prepared by loader.route.
	route route
}

// String is "GET /payments/{reference}".
func (o *Operation) String() string { return o.Method + " " + o.Path }

// A Parameter is a part of a request's path, query, header or cookies, or a header of a
// response (In is "header" then, and the name's case does not matter).
type Parameter struct {
	Name        string
	In          string // "path", "query", "header" or "cookie"
	Description string
	// Always true of a parameter in the path, whatever the file says (OpenAPI 3.0.3,
	// Parameter Object).
	Required   bool
	Deprecated bool
	Schema     *schema.Schema // nil asks for nothing
	Style      string         // of OpenAPI 3: "form", "simple", "deepObject" …
	// Each value of a list has its own name=value (a=1&a=2), instead of one text (a=1,2).
	Explode  bool
	MayEmpty bool   // of a query: name= and name stand for no value (allowEmptyValue)
	Media    string // the type of a value that is a document, "" for others
	Examples []*node.Node
	Node     *node.Node
}

// A Body is what a request carries. Content has one Media for each type that the file allows,
// in its order.
type Body struct {
	Required bool
	// Empty where the file documents a body and says nothing of its form.
	Content []*Media
	Node    *node.Node
}

// A Media is the form of a body in one content type. Ranges such as text/* are possible keys.
type Media struct {
	Type     string         // as the file has it: "application/json", "text/*"
	Schema   *schema.Schema // nil asks for nothing
	Examples []*node.Node
	Encoding map[string]string // content types of the parts of a form
	Node     *node.Node
}

// A Response is an answer that is documented, for one status, one class of statuses, or all
// others.
type Response struct {
	Status      string // "200", "4XX" or "default"
	Description string
	Headers     []*Parameter
	Content     []*Media // none documents no body
	Links       []Link
	Node        *node.Node
}

// A Link says which operation goes on with values of a response. One of OperationID and
// OperationRef is set.
type Link struct {
	Name, OperationID, OperationRef string
	Parameters                      map[string]string // runtime expressions, such as $response.body#/id
}

// A Scheme is a way to authenticate: an entry of securitySchemes, or of Swagger 2.0's
// securityDefinitions in the same words.
type Scheme struct {
	Name, Type string // Type is "apiKey", "http", "oauth2" or "openIdConnect"
	In, Key    string // of an apiKey: where, and its name
	HTTP       string // of http: "basic", "bearer" …
	TokenURL   string // of oauth2
	Node       *node.Node
}

// A Requirement is the schemes, by name, that a request needs together. Scopes of OAuth 2.0
// are not kept: a runner cannot see which a token has.
type Requirement []string
