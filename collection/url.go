package collection

// A URL is Postman's URL object: parts that may hold placeholders. ParseURL makes one from
// text; String puts it together again. The flags beside the parts keep what text cannot be
// told from: an empty part and no part.
type URL struct {
	Protocol    string // "" when the text named none
	HasProtocol bool   // "://" was given, be it with nothing before it
	User        *Userinfo
	Host        []string // labels
	Port        string
	EmptyPort   bool // ":" was given with no port after it
	Path        []string
	HasPath     bool // a path was given, be it "/"
	Query       []QueryParam
	HasQuery    bool // a "?" was given, be it the last character
	Hash        string
	HasHash     bool
	Variables   []PathVariable
	Extra       []byte // further keys of the object as a JSON object, or nil
	Raw         string // url.raw as written, for exports; newman: never read when url is an object
}

// Userinfo is the part of a URL before "@", not decoded. It is sent as Basic authentication.
type Userinfo struct {
	User        string
	Password    string
	HasPassword bool
}

// A QueryParam is one parameter of a query string, not decoded.
type QueryParam struct {
	Key         string
	Value       string
	NoKey       bool // key was null
	NoValue     bool // value was null: "?key" rather than "?key="
	Disabled    bool
	Description string
	Extra       []byte // further keys as a JSON object, or nil
}

// A PathVariable gives the value of a ":key" segment. Those that no segment names are kept
// and do nothing.
type PathVariable struct {
	Key         string // key, or id where the file has no key
	ID          string // id, "" when the file has none
	Value       Value  // newman: only non-empty strings are put in
	Type        string
	Disabled    bool
	Description string
	Extra       []byte // further keys as a JSON object, or nil
}
