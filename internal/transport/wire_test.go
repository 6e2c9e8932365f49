package transport

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
	"posthaste/internal/transport/content"
	"posthaste/internal/transport/failure"
)

// The system lines as a client with zeros for randomness sends them.
const (
	agent  = "User-Agent: test\r\nAccept: */*\r\nCache-Control: no-cache\r\nPostman-Token: 00000000-0000-4000-8000-000000000000\r\n"
	tail   = "Accept-Encoding: gzip, deflate, br\r\nConnection: keep-alive\r\n"
	system = agent + "Host: HOST\r\n" + tail
	dashes = "--------------------------000000000000000000000000"
)

func headers(pairs ...string) []collection.Header {
	var h []collection.Header
	for i := 0; i < len(pairs); i += 2 {
		h = append(h, collection.Header{Key: pairs[i], Value: pairs[i+1]})
	}
	return h
}

func raw(text, language string) *collection.Body {
	return &collection.Body{Mode: "raw", Raw: text, Language: language}
}

func behavior(json string) collection.Behavior {
	var b collection.Behavior
	if json == "" {
		return nil
	}
	v := collection.Behavior{}
	for _, pair := range strings.Split(json, ";") {
		key, value, _ := strings.Cut(pair, "=")
		v[key] = collection.JSONValue(value)
	}
	b = v
	return b
}

// wire is what newman 6.2.2 was seen to send for the same request; HOST stands for the server.
func TestWire(t *testing.T) {
	text := collection.Text
	form := func(params ...collection.Param) *collection.Body {
		return &collection.Body{Mode: "urlencoded", URLEncoded: params}
	}
	multi := func(params ...collection.FormParam) *collection.Body {
		return &collection.Body{Mode: "formdata", FormData: params}
	}
	file := func(f collection.File) *collection.Body { return &collection.Body{Mode: "file", File: &f} }
	graph := func(variables collection.Value) *collection.Body {
		return &collection.Body{Mode: "graphql", GraphQL: &collection.GraphQL{Query: "{ a(b: \"é\") }", OperationName: "op", Variables: variables}}
	}
	typed := func(kind string) string { return "Content-Type: " + kind + "\r\n" }
	tests := map[string]struct {
		give Request
		want string // after "METHOD "
	}{
		"a bare GET has the system's lines":     {Request{URL: "BASE"}, "/ HTTP/1.1\r\n" + system + "\r\n"},
		"a query without path gets one":         {Request{URL: "BASE?x=1"}, "/?x=1 HTTP/1.1\r\n" + system + "\r\n"},
		"a lone question mark stays":            {Request{URL: "BASE/?"}, "/? HTTP/1.1\r\n" + system + "\r\n"},
		"empty parameters stay":                 {Request{URL: "BASE/?a&&b&e=&=v&"}, "/?a&&b&e=&=v& HTTP/1.1\r\n" + system + "\r\n"},
		"paths are not normalised":              {Request{URL: "BASE//a/./b/../c//"}, "//a/./b/../c// HTTP/1.1\r\n" + system + "\r\n"},
		"each part has its own encoding":        {Request{URL: "BASE/a{b?x={y}&'|^`\\z \"<>#f"}, "/a%7Bb?x={y}&%27|^`\\z%20%22%3C%3E HTTP/1.1\r\n" + system + "\r\n"},
		"punctuation goes raw":                  {Request{URL: "BASE/;,|^[]()*!~'?;,|[]()*!~+"}, "/;,|^[]()*!~'?;,|[]()*!~+ HTTP/1.1\r\n" + system + "\r\n"},
		"escapes and lone percents stay":        {Request{URL: "BASE/%41%zz%?%41%zz%"}, "/%41%zz%?%41%zz% HTTP/1.1\r\n" + system + "\r\n"},
		"trailing blanks are encoded":           {Request{URL: "  BASE/x "}, "/x%20 HTTP/1.1\r\n" + system + "\r\n"},
		"backslashes become slashes":            {Request{URL: "BASE\\a\\b?\\"}, "/a/b?\\ HTTP/1.1\r\n" + system + "\r\n"},
		"UTF-8 is encoded":                      {Request{URL: "BASE/é?ü=ł"}, "/%C3%A9?%C3%BC=%C5%82 HTTP/1.1\r\n" + system + "\r\n"},
		"encoding can be off":                   {Request{URL: "BASE/é?ü=<>{}\"", Behavior: behavior("disableUrlEncoding=true")}, "/\xe9?\xfc=<>{}\" HTTP/1.1\r\n" + system + "\r\n"},
		"credentials become Basic":              {Request{URL: "http://u%40:p@ss@HOST/"}, "/ HTTP/1.1\r\n" + system + "Authorization: Basic dUA6cEBzcw==\r\n\r\n"},
		"credentials yield to Authorization":    {Request{URL: "http://u:p@HOST/", Header: headers("authorization", "own")}, "/ HTTP/1.1\r\nauthorization: own\r\n" + system + "\r\n"},
		"header names keep their spelling":      {Request{URL: "BASE", Header: headers("client_id", "c", "Ocp-Apim-Subscription-Key", "k")}, "/ HTTP/1.1\r\nclient_id: c\r\nOcp-Apim-Subscription-Key: k\r\n" + system + "\r\n"},
		"equal names are sent apart":            {Request{URL: "BASE", Header: headers("X-D", "1", "X-E", "", "X-D", "2")}, "/ HTTP/1.1\r\nX-D: 1\r\nX-D: 2\r\nX-E: \r\n" + system + "\r\n"},
		"of other spellings the last counts":    {Request{URL: "BASE", Header: headers("X-One", "1", "Y", "y", "x-one", "2")}, "/ HTTP/1.1\r\nx-one: 2\r\nY: y\r\n" + system + "\r\n"},
		"empty and disabled names are dropped":  {Request{URL: "BASE", Header: append(headers("", "x"), collection.Header{Key: "Off", Value: "1", Disabled: true})}, "/ HTTP/1.1\r\n" + system + "\r\n"},
		"values keep blanks and tabs":           {Request{URL: "BASE", Header: headers("X-S", "  pad  ", "X-T", "a\tb")}, "/ HTTP/1.1\r\nX-S:   pad  \r\nX-T: a\tb\r\n" + system + "\r\n"},
		"values go out as Latin-1":              {Request{URL: "BASE", Header: headers("X-L", "é")}, "/ HTTP/1.1\r\nX-L: \xe9\r\n" + system + "\r\n"},
		"the user's system lines win":           {Request{URL: "BASE", Header: headers("user-agent", "mine", "ACCEPT", "a", "Host", "other", "connection", "close")}, "/ HTTP/1.1\r\nuser-agent: mine\r\nACCEPT: a\r\nHost: other\r\nconnection: close\r\nCache-Control: no-cache\r\nPostman-Token: 00000000-0000-4000-8000-000000000000\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n"},
		"system lines can be off":               {Request{URL: "BASE", Behavior: behavior(`disabledSystemHeaders={"user-agent":true,"accept":true,"cache-control":true,"postman-token":true,"accept-encoding":true,"connection":true,"host":true}`)}, "/ HTTP/1.1\r\n\r\n"},
		"POST without body has length 0":        {Request{Method: "POST", URL: "BASE"}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
		"so have methods of one's own":          {Request{Method: "FOO", URL: "BASE"}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
		"DELETE without body has none":          {Request{Method: "DELETE", URL: "BASE"}, "/ HTTP/1.1\r\n" + system + "\r\n"},
		"OPTIONS without body has none":         {Request{Method: "OPTIONS", URL: "BASE"}, "/ HTTP/1.1\r\n" + system + "\r\n"},
		"a length can be off":                   {Request{Method: "POST", URL: "BASE", Behavior: behavior(`disabledSystemHeaders={"content-length":true}`)}, "/ HTTP/1.1\r\n" + system + "\r\n"},
		"the user's own length is sent":         {Request{Method: "POST", URL: "BASE", Header: headers("content-length", "3"), Body: raw("abc", "")}, "/ HTTP/1.1\r\ncontent-length: 3\r\n" + typed("text/plain") + system + "\r\nabc"},
		"the user's own chunks are sent":        {Request{Method: "POST", URL: "BASE", Header: headers("transfer-encoding", "chunked"), Body: raw("abc", "")}, "/ HTTP/1.1\r\ntransfer-encoding: chunked\r\n" + typed("text/plain") + system + "Content-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n"},
		"GET drops its body":                    {Request{URL: "BASE", Body: raw("x", "json")}, "/ HTTP/1.1\r\n" + system + "\r\n"},
		"PURGE drops its body and has length 0": {Request{Method: "PURGE", URL: "BASE", Body: raw("x", "")}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
		"DELETE keeps its body":                 {Request{Method: "DELETE", URL: "BASE", Body: raw("x", "")}, "/ HTTP/1.1\r\n" + typed("text/plain") + system + "Content-Length: 1\r\n\r\nx"},
		"GET keeps its body without pruning":    {Request{URL: "BASE", Body: raw("x", ""), Behavior: behavior("disableBodyPruning=true")}, "/ HTTP/1.1\r\n" + typed("text/plain") + system + "Content-Length: 1\r\n\r\nx"},
		"GET of a script keeps its body":        {Request{URL: "BASE", Body: raw("x", ""), Script: true}, "/ HTTP/1.1\r\n" + typed("text/plain") + system + "Content-Length: 1\r\n\r\nx"},
		"raw JSON has its type":                 {Request{Method: "POST", URL: "BASE", Body: raw("{}", "json")}, "/ HTTP/1.1\r\n" + typed("application/json") + system + "Content-Length: 2\r\n\r\n{}"},
		"raw XML has its type":                  {Request{Method: "POST", URL: "BASE", Body: raw("<a/>", "xml")}, "/ HTTP/1.1\r\n" + typed("application/xml") + system + "Content-Length: 4\r\n\r\n<a/>"},
		"raw HTML has its type":                 {Request{Method: "POST", URL: "BASE", Body: raw("<a>", "html")}, "/ HTTP/1.1\r\n" + typed("text/html") + system + "Content-Length: 3\r\n\r\n<a>"},
		"raw JavaScript has its type":           {Request{Method: "POST", URL: "BASE", Body: raw("a()", "javascript")}, "/ HTTP/1.1\r\n" + typed("application/javascript") + system + "Content-Length: 3\r\n\r\na()"},
		"unknown languages are plain text":      {Request{Method: "POST", URL: "BASE", Body: raw("a", "cobol")}, "/ HTTP/1.1\r\n" + typed("text/plain") + system + "Content-Length: 1\r\n\r\na"},
		"the user's type stays in its place":    {Request{Method: "POST", URL: "BASE", Header: headers("content-type", "a/b", "X", "1"), Body: raw("a", "json")}, "/ HTTP/1.1\r\ncontent-type: a/b\r\nX: 1\r\n" + system + "Content-Length: 1\r\n\r\na"},
		"a raw body's type can be off":          {Request{Method: "POST", URL: "BASE", Body: raw("a", "json"), Behavior: behavior(`disabledSystemHeaders={"content-type":true}`)}, "/ HTTP/1.1\r\n" + system + "Content-Length: 1\r\n\r\na"},
		"an empty raw body is no body":          {Request{Method: "POST", URL: "BASE", Body: raw("", "json")}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
		"a disabled body is no body":            {Request{Method: "POST", URL: "BASE", Body: &collection.Body{Mode: "raw", Raw: "x", Disabled: true}}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
		"comments go from JSON":                 {Request{Method: "POST", URL: "BASE", Body: raw("{\"a\":\"//\"/*x*/}//c", "json")}, "/ HTTP/1.1\r\n" + typed("application/json") + system + "Content-Length: 10\r\n\r\n{\"a\":\"//\"}"},
		"comments go where the type says JSON":  {Request{Method: "POST", URL: "BASE", Header: headers("content-type", "application/vnd.x+json"), Body: raw("{}//c", "")}, "/ HTTP/1.1\r\ncontent-type: application/vnd.x+json\r\n" + system + "Content-Length: 2\r\n\r\n{}"},
		"comments stay in what is no JSON":      {Request{Method: "POST", URL: "BASE", Body: raw("{}//c", "")}, "/ HTTP/1.1\r\n" + typed("text/plain") + system + "Content-Length: 5\r\n\r\n{}//c"},
		"forms are grouped and strictly encoded": {Request{Method: "POST", URL: "BASE", Header: headers("content-TYPE", "application/json", "X-After", "1"), Body: form(
			collection.Param{Key: "b", Value: text("1 2+3!'()*~")}, collection.Param{Key: "10", Value: text("t")}, collection.Param{Key: "a", Value: collection.NumberValue(5)},
			collection.Param{Key: "b", Value: collection.NullValue()}, collection.Param{Key: "9", Value: collection.BoolValue(true)}, collection.Param{Key: "", Value: text("n")},
			collection.Param{Key: "o", Value: collection.JSONValue(`{"a":1}`)}, collection.Param{Key: "__proto__", Value: text("x")}, collection.Param{Key: "nv"},
			collection.Param{Key: "%41", Value: text("é%")}, collection.Param{Key: "d", Value: text("x"), Disabled: true},
		)}, "/ HTTP/1.1\r\ncontent-TYPE: application/x-www-form-urlencoded\r\nX-After: 1\r\n" + system + "Content-Length: 72\r\n\r\n9=true&10=t&b=1%202%2B3%21%27%28%29%2A~&b=&a=5&=n&o=&nv=&%2541=%C3%A9%25"},
		"a form's type comes late":          {Request{Method: "POST", URL: "BASE", Body: form(collection.Param{Key: "b", Value: text("1")})}, "/ HTTP/1.1\r\n" + system + typed("application/x-www-form-urlencoded") + "Content-Length: 3\r\n\r\nb=1"},
		"a form's own charset stays":        {Request{Method: "POST", URL: "BASE", Header: headers("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), Body: form(collection.Param{Key: "b", Value: text("1")})}, "/ HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\n" + system + "Content-Length: 3\r\n\r\nb=1"},
		"a form's type can be off":          {Request{Method: "POST", URL: "BASE", Body: form(collection.Param{Key: "b", Value: text("1")}), Behavior: behavior(`disabledSystemHeaders={"content-type":true}`)}, "/ HTTP/1.1\r\n" + system + "Content-Length: 3\r\n\r\nb=1"},
		"an empty form is no body":          {Request{Method: "POST", URL: "BASE", Body: form()}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
		"a form all disabled is no body":    {Request{Method: "POST", URL: "BASE", Body: form(collection.Param{Key: "a", Disabled: true})}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
		"an unknown mode is no body":        {Request{Method: "POST", URL: "BASE", Body: &collection.Body{Mode: "odd"}}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
		"graphql text goes verbatim":        {Request{Method: "POST", URL: "BASE", Body: graph(text("bad"))}, "/ HTTP/1.1\r\n" + typed("application/json") + system + "Content-Length: 65\r\n\r\n{\"query\":\"{ a(b: \\\"é\\\") }\",\"operationName\":\"op\",\"variables\":bad}"},
		"graphql empty text is left out":    {Request{Method: "POST", URL: "BASE", Body: graph(text(""))}, "/ HTTP/1.1\r\n" + typed("application/json") + system + "Content-Length: 49\r\n\r\n{\"query\":\"{ a(b: \\\"é\\\") }\",\"operationName\":\"op\"}"},
		"graphql null is null":              {Request{Method: "POST", URL: "BASE", Body: graph(collection.NullValue())}, "/ HTTP/1.1\r\n" + typed("application/json") + system + "Content-Length: 66\r\n\r\n{\"query\":\"{ a(b: \\\"é\\\") }\",\"operationName\":\"op\",\"variables\":null}"},
		"graphql objects are JSON":          {Request{Method: "POST", URL: "BASE", Body: graph(collection.JSONValue(`{"z":1}`))}, "/ HTTP/1.1\r\n" + typed("application/json") + system + "Content-Length: 69\r\n\r\n{\"query\":\"{ a(b: \\\"é\\\") }\",\"operationName\":\"op\",\"variables\":{\"z\":1}}"},
		"a file has length and type":        {Request{Method: "POST", URL: "BASE", Body: file(collection.File{Src: "f.json"})}, "/ HTTP/1.1\r\n" + system + "Content-Length: 2\r\nContent-Type: application/json\r\n\r\n{}"},
		"a file without extension is bytes": {Request{Method: "POST", URL: "BASE", Body: file(collection.File{Src: "f"})}, "/ HTTP/1.1\r\n" + system + "Content-Length: 1\r\nContent-Type: application/octet-stream\r\n\r\nx"},
		"a file's type can be the user's":   {Request{Method: "POST", URL: "BASE", Header: headers("Content-Type", "a/b"), Body: file(collection.File{Src: "f"})}, "/ HTTP/1.1\r\nContent-Type: a/b\r\n" + system + "Content-Length: 1\r\n\r\nx"},
		"inline content has no type":        {Request{Method: "POST", URL: "BASE", Body: file(collection.File{Content: "aGVsbG8=", HasContent: true})}, "/ HTTP/1.1\r\n" + system + "Content-Length: 5\r\n\r\nhello"},
		"a missing file is no body":         {Request{Method: "POST", URL: "BASE", Body: file(collection.File{Src: "nope"})}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
		"a folder is no body":               {Request{Method: "POST", URL: "BASE", Body: file(collection.File{Src: "dir"})}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
		"a part keeps the user's boundary": {
			Request{Method: "POST", URL: "BASE", Header: headers("content-type", "multipart/form-data; boundary=XYZ"), Body: multi(collection.FormParam{Key: "a", Type: "file", Src: []string{"f.txt", "f.json"}}, collection.FormParam{Key: "t", Value: text("v")}, collection.FormParam{Key: "later", Type: "file", Src: []string{"f"}})},
			"/ HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=XYZ\r\n" + system + "Content-Length: 382\r\n\r\n" +
				"--XYZ\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f.txt\"\r\nContent-Type: text/plain\r\n\r\ntext\r\n" +
				"--XYZ\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f.json\"\r\nContent-Type: application/json\r\n\r\n{}\r\n" +
				"--XYZ\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nv\r\n" +
				"--XYZ\r\nContent-Disposition: form-data; name=\"later\"; filename=\"f\"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n--XYZ--\r\n",
		},
		"parts look like newman's": {Request{Method: "POST", URL: "BASE", Header: headers("content-type", "application/json"), Body: multi(
			collection.FormParam{Key: "a", Value: text("1")}, collection.FormParam{Key: "o", Value: collection.JSONValue(`{"x":1}`)}, collection.FormParam{Key: "u", Value: collection.NullValue()},
			collection.FormParam{Key: "ct", Value: text("{}"), ContentType: "application/json"}, collection.FormParam{Key: "qu\"ote\né", Value: text("v")},
			collection.FormParam{Key: "off", Value: text("v"), Disabled: true}, collection.FormParam{Key: "fn", Type: "file", Src: []string{"f.json"}, FileName: "o.png"},
			collection.FormParam{Key: "nosrc", Type: "file"}, collection.FormParam{Key: "b64", Type: "file", Value: text("aGVsbG8=")}, collection.FormParam{Key: "missing", Type: "file", Src: []string{"no.txt"}},
		)}, "/ HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=" + dashes + "\r\n" + system + "Content-Length: 1025\r\n\r\n" +
			"--" + dashes + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n" +
			"--" + dashes + "\r\nContent-Disposition: form-data; name=\"o\"\r\n\r\n{\"x\":1}\r\n" +
			"--" + dashes + "\r\nContent-Disposition: form-data; name=\"u\"\r\n\r\n\r\n" +
			"--" + dashes + "\r\nContent-Disposition: form-data; name=\"ct\"\r\nContent-Type: application/json\r\n\r\n{}\r\n" +
			"--" + dashes + "\r\nContent-Disposition: form-data; name=\"qu\"ote\né\"\r\n\r\nv\r\n" +
			"--" + dashes + "\r\nContent-Disposition: form-data; name=\"fn\"; filename=\"o.png\"\r\nContent-Type: application/json\r\n\r\n{}\r\n" +
			"--" + dashes + "\r\nContent-Disposition: form-data; name=\"nosrc\"; filename=\"\"\r\n\r\n\r\n" +
			"--" + dashes + "\r\nContent-Disposition: form-data; name=\"b64\"\r\nContent-Type: application/octet-stream\r\n\r\nhello\r\n" +
			"--" + dashes + "--\r\n"},
		"a form of unreadable files is no body": {Request{Method: "POST", URL: "BASE", Body: multi(collection.FormParam{Key: "a", Type: "file", Src: []string{"nope"}})}, "/ HTTP/1.1\r\n" + system + "Content-Length: 0\r\n\r\n"},
	}
	files := mapOpener{"f.json": "{}", "f.txt": "text", "f": "x", "dir/x": ""}
	srv := answering(t, okAnswer)
	c := client(t, Options{UserAgent: "test", Files: files})
	host := strings.TrimPrefix(srv.url(), "http://")
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := len(srv.requests())
			test.give.URL = strings.NewReplacer("BASE", srv.url(), "HOST", host).Replace(test.give.URL)
			if _, err := do(t, c, &test.give); err != nil {
				t.Fatal(err)
			}
			method := test.give.Method
			if method == "" {
				method = "GET"
			}
			got := srv.requests()[before:]
			want := method + " " + strings.ReplaceAll(test.want, "HOST", host)
			if len(got) != 1 {
				t.Fatalf("%d requests were sent, want 1", len(got))
			}
			if diff := cmp.Diff(strings.Split(got[0], "\r\n"), strings.Split(want, "\r\n")); diff != "" {
				t.Errorf("the wire differs (-got +want):\n%s", diff)
			}
		})
	}
}

// mapOpener is a FileOpener over names and contents.
type mapOpener map[string]string

func (m mapOpener) Open(name string) (fs.File, error) {
	files := fstest.MapFS{}
	for n, content := range m {
		files[n] = &fstest.MapFile{Data: []byte(content)}
	}
	return files.Open(name)
}

func TestRefused(t *testing.T) {
	tests := map[string]struct {
		give          Request
		code, message string
	}{
		"an empty URL":                   {Request{}, "", "runtime:extensions~request: request url is empty"},
		"no host":                        {Request{URL: "https://"}, "", `Invalid URI "https:///"`},
		"another protocol":               {Request{URL: "ftp://x/"}, "", "Invalid protocol: ftp:"},
		"a port of letters":              {Request{URL: "http://127.0.0.1:abc/"}, "ERR_SOCKET_BAD_PORT", "Port should be >= 0 and < 65536. Received type string ('abc')."},
		"a port too high":                {Request{URL: "http://127.0.0.1:99999/"}, "ERR_SOCKET_BAD_PORT", "Port should be >= 0 and < 65536. Received type string ('99999')."},
		"a blank in an unencoded path":   {Request{URL: "http://a/b c", Behavior: behavior("disableUrlEncoding=true")}, "ERR_UNESCAPED_CHARACTERS", "Request path contains unescaped characters"},
		"a letter beyond Latin-1 in one": {Request{URL: "http://a/ł", Behavior: behavior("disableUrlEncoding=true")}, "ERR_UNESCAPED_CHARACTERS", "Request path contains unescaped characters"},
		"a method with a blank":          {Request{URL: "http://a/", Method: "G T"}, "ERR_INVALID_HTTP_TOKEN", `Method must be a valid HTTP token ["G T"]`},
		"a header name with a blank":     {Request{URL: "http://a/", Header: headers("Bad Name", "x")}, "ERR_INVALID_HTTP_TOKEN", `Header name must be a valid HTTP token ["Bad Name"]`},
		"a header name beyond ASCII":     {Request{URL: "http://a/", Header: headers("X-É", "x")}, "ERR_INVALID_HTTP_TOKEN", `Header name must be a valid HTTP token ["X-É"]`},
		"a line break in a value":        {Request{URL: "http://a/", Header: headers("X", "a\r\nb")}, "ERR_INVALID_CHAR", `Invalid character in header content ["X"]`},
		"a value beyond Latin-1":         {Request{URL: "http://a/", Header: headers("X-U", "ł")}, "ERR_INVALID_CHAR", `Invalid character in header content ["X-U"]`},
	}
	c := client(t, Options{})
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := do(t, c, &test.give)
			var e *failure.Error
			if !errors.As(err, &e) || e.Code != test.code || e.Message != test.message {
				t.Errorf("the request ends in %#v, want code %q, message %q", err, test.code, test.message)
			}
		})
	}
}

func TestFileWarnings(t *testing.T) {
	form := func(p collection.FormParam) *collection.Body {
		return &collection.Body{Mode: "formdata", FormData: []collection.FormParam{p}}
	}
	tests := map[string]struct {
		give *collection.Body
		want string
	}{
		"a missing binary file":  {&collection.Body{Mode: "file", File: &collection.File{Src: "no"}}, `Binary file load error: "no", no such file`},
		"a folder as body":       {&collection.Body{Mode: "file", File: &collection.File{Src: "dir"}}, `Binary file load error: "dir", is not a file`},
		"no source at all":       {&collection.Body{Mode: "file", File: &collection.File{}}, "Binary file load error: invalid or missing file source"},
		"a missing file of form": {form(collection.FormParam{Key: "k", Type: "file", Src: []string{"no"}}), "Form param `k`, file load error: \"no\", no such file"},
		"a form without source":  {form(collection.FormParam{Key: "k", Type: "file"}), "Form param `k`, file load error: missing file source"},
		"what the opener denies": {&collection.Body{Mode: "file", File: &collection.File{Src: "../denied"}}, "Binary file load error: PPERM: insecure file access outside working directory"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			c := client(t, Options{Files: denying{mapOpener{"dir/x": ""}}})
			_, err := c.Prepare(t.Context(), &Request{Method: "POST", URL: "http://a/", Body: test.give, Warn: func(_, text string) { got = append(got, text) }})
			if err != nil || len(got) != 1 || got[0] != test.want {
				t.Errorf("Prepare = %v and warns %q, want %q", err, got, test.want)
			}
		})
	}
}

type denying struct{ content.FileOpener }

func (d denying) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "../") {
		return nil, errors.New("PPERM: insecure file access outside working directory")
	}
	return d.FileOpener.Open(name)
}
