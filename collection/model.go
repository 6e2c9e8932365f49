package collection

import "posthaste/collection/source"

// A Collection is a tree of folders and requests with what they inherit. It is not changed
// after it was read; several runs may share one.
type Collection struct {
	File        string // as the user gave it; "-" is standard input, "" a collection made in memory
	ID          string // info._postman_id, or a random UUID when the file has none
	Name        string // info.name; the ID when the file names nothing
	Description string
	Schema      string // info.schema as written; never checked
	Version     string // info.version as text, "" when absent
	Items       []*Item
	Events      []Event
	Variables   []Variable
	Auth        *Auth    // nil: nothing to inherit
	Behavior    Behavior // protocolProfileBehavior

	// Notices are what the reader should say to the user once, in whole sentences: a deprecated format,
	// an environment that holds no variables.
	Notices []string

	// Foreign says that the file is JSON and has nothing of a collection, neither "info" nor "item". Newman runs it: it
	// holds no requests.
	Foreign bool

	// Selected is the folder or request that the user named instead of the whole collection, as a path into
	// a directory of format 3 can; nil means all.
	Selected *Item
	Lost     []Loss // what the files said and this model cannot hold

	source  string // the file's JSON, for exports; "" when made in memory
	meta    []byte // keys of info that begin with "_", as a JSON object
	v1      bool   // the source is of format 1, which exports do not keep
	bare    bool   // the source is a single request
	unnamed bool   // Name is the ID
}

// A Loss is something that a format or this model cannot say. Conversions list them.
type Loss struct {
	Path string // of the item, its names joined by " / "; "" is the collection itself
	What string // what is lost, as the rest of a line
}

// An Item is a folder or a request. Request is nil exactly for folders.
type Item struct {
	ID          string // id or _postman_id; a random UUID when the file has none
	HasID       bool   // whether ID stood in the file
	Name        string
	Description string
	Items       []*Item // of a folder, in file order
	Request     *Request
	Events      []Event
	Variables   []Variable // kept for exports; newman: the runtime ignores them
	Auth        *Auth      // of a folder; a request's is in Request
	Behavior    Behavior
	Responses   []byte // the saved examples as JSON, or nil
	File        string // the file of its own that holds it, as in format 3; "" is the collection's file
	Pos         Pos    // where the item begins in that file
	Kind        string // "graphql" for a request of that kind in format 3; "" is HTTP
	Parent      *Item  // nil at the collection's root
	Extra       []byte // further keys of the item as a JSON object, or nil
}

// A Pos is a place in the user's file: line and column, both from 1. The zero Pos is unknown.
type Pos = source.Pos

// A ParseError says where a file departs from its format, and what the user can do.
type ParseError = source.ParseError

// An Event is a script and when it runs. Several events of one name run in file order.
type Event struct {
	ID        string
	Listen    string // "prerequest" and "test" run; others are kept only
	Script    Script
	HasScript bool // whether the file gave a script; newman: an event without one runs nothing and counts nothing
	Disabled  bool
	Only      string // the kind of request that it runs for, "http" or "graphql"; "" is any
}

// A Script is JavaScript source as the file holds it. It is not checked when the file is
// read: a syntax error fails the run of the script.
type Script struct {
	ID       string
	Name     string
	Type     string // "text/javascript" or what the file says; newman: any type runs
	Source   string // the lines of exec joined by "\n"
	Src      string // a file named instead of exec; newman: nothing is loaded
	File     string // the file that holds the source, where it is not that of the item; Lines point into it
	Lines    []Pos  // where each element of exec begins, when exec is a list; else its one place
	Packages []byte // the "packages" object as JSON, nil when absent
}

// An Auth is one authentication scheme with its parameters in file order. The type is one of
// AuthTypes, or unknown, which signs nothing.
type Auth struct {
	Type   string
	Params []AuthParam
}

// An AuthParam is one parameter of a scheme. Values may hold placeholders.
type AuthParam struct {
	Key   string
	Value Value
	Type  string // as the file says, "" when it does not
	// System says that the scheme found the value while it signed, such as a nonce. Files have no such parameters.
	System bool
}

// A Variable is an entry of a collection, an environment or a globals file.
type Variable struct {
	Key          string
	NoKey        bool // the file gives none; newman: nothing reaches it then
	Value        Value
	Type         string // as the file says; "" when it does not
	Disabled     bool   // by disabled:true or by enabled:false
	Description  string
	EnabledFalse bool   // disabled by enabled:false alone, which newman does not honour
	HasEnabled   bool   // the file says enabled rather than disabled
	Extra        []byte // further keys of the entry as a JSON object, or nil
}

// A Request is what an item sends, as written: placeholders are not replaced and nothing is
// encoded.
type Request struct {
	Method      string // upper case; "GET" when the file has none
	URL         URL
	Header      []Header
	Body        *Body // nil: no body
	Auth        *Auth // nil: inherited
	Description string
	Name        string // request.name, which nothing shows
	Proxy       *Proxy // nil: as for all requests; also in Extra
	Extra       []byte // further keys as a JSON object, or nil
}

// A Proxy is what a request names to be sent through. Its texts may hold placeholders.
type Proxy struct {
	Host     string
	Port     int  // 8080 when the file has none
	Tunnel   bool // http goes through a tunnel as well
	HasUser  bool // the proxy is to be told User and Password
	User     string
	Password string
}

// A Header is one header line. Disabled lines are kept and not sent. Several lines may have
// one name.
type Header struct {
	Key         string
	Value       string
	Disabled    bool
	System      bool // added by the runner, not by the user
	Description string
	Extra       []byte // further keys as a JSON object, or nil
}

// The modes of a body. They are the texts of the format and so appear in files.
const (
	BodyRaw        = "raw"
	BodyURLEncoded = "urlencoded"
	BodyFormData   = "formdata"
	BodyFile       = "file"
	BodyGraphQL    = "graphql"
)

// A Body is a request's payload. Only the field that Mode names is used.
type Body struct {
	Mode       string // BodyRaw, BodyURLEncoded, BodyFormData, BodyFile or BodyGraphQL; "" is no body
	Raw        string
	RawJSON    bool   // raw stood in the file as JSON that is not a string; Raw is its compact text
	Language   string // options.raw.language: "json", "xml", "text" …; "" when absent
	URLEncoded []Param
	FormData   []FormParam
	File       *File
	GraphQL    *GraphQL
	Disabled   bool
	Options    []byte // options as JSON, for exports; nil when absent
	Extra      []byte // further keys as a JSON object, or nil
}

// A Param is one key and value of an urlencoded body.
type Param struct {
	Key         string
	Value       Value
	Disabled    bool
	Description string
	Extra       []byte // further keys as a JSON object, or nil
}

// A FormParam is one part of a multipart body: text, or files when Type is "file". A part
// with several files is sent as several parts of that name.
type FormParam struct {
	Key         string
	Value       Value
	Type        string   // "text" or "file"
	Src         []string // files to send, as written; nil when the file gives none
	SrcList     bool     // src stood as a list
	FileName    string
	ContentType string
	Disabled    bool
	Description string
	Extra       []byte // further keys as a JSON object, or nil
}

// A File is a body read from disk or given inline.
type File struct {
	Src        string // path as written; "" when absent
	Content    string // base64, used when HasContent
	HasContent bool
}

// A GraphQL body is sent as JSON with these three members, by POST like any other body.
type GraphQL struct {
	Query         string
	OperationName string
	Variables     Value // a string goes out verbatim, an object as its JSON text

	// What the file has for the two texts: Undefined when it has nothing, Null, or String. newman: beside
	// variables that are no text, null goes out as null; else only texts do.
	QueryKind, OperationNameKind Kind
}

// Behavior is protocolProfileBehavior: JSON by key, such as {"followRedirects": false}. The
// nil map changes nothing.
type Behavior map[string]Value

// An Environment is a named list of variables: an environment or a globals file. Of several
// with one key all are kept.
type Environment struct {
	File    string
	ID      string
	Name    string
	Values  []Variable
	HasID   bool   // whether ID stood in the file
	Extra   []byte // the file's other top-level keys as a JSON object, or nil
	Notices []string
}
